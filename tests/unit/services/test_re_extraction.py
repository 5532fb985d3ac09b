"""A newer extractor over what is stored: ids, what becomes of facts, interruptions, other writers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from extraction.document import Article, Document, Fact
from services.filters import FactFilters
from services.newsroom import Newsroom, open_newsroom
from services.paging import PageRequest
from services.views import FactView
from tests.fakes.extractor import FakeExtractor
from tests.fakes.records import record

TEXT = "12 navires et 30 marins sont arrivés.\n\n« Tout va bien », a dit Odile Marchand."


class NewerExtractor(FakeExtractor):
    """Another version, which ``change`` tells from the first; ``meanwhile`` happens once, while it reads."""

    def __init__(self) -> None:
        self.version = "fake 1"
        self.change: Callable[[Fact], Fact | None] = lambda fact: fact
        self.meanwhile: Callable[[], object] = lambda: None
        self.read: list[str] = []
        self.complete = True

    def extract(self, article: Article) -> Document:
        self.meanwhile()
        self.read.append(article.text)
        document = super().extract(article)
        changed = (self.change(fact) for fact in document.facts)
        version = self.version if self.complete else f"{self.version} in part"
        return replace(document, version=version, facts=tuple(fact for fact in changed if fact is not None))


@pytest.fixture
def extractor() -> NewerExtractor:
    return NewerExtractor()


@pytest.fixture
def newsroom(tmp_path: Path, extractor: NewerExtractor) -> Iterator[Newsroom]:
    with open_newsroom(data_dir=tmp_path, extractor=extractor) as opened:
        yield opened


def facts(newsroom: Newsroom) -> dict[str, FactView]:
    page = newsroom.facts.page(FactFilters(), PageRequest(limit=100))
    return {view.payload["id"]: view for view in page.items}


def without_marines(fact: Fact) -> Fact | None:
    return None if fact.quantity is not None and fact.quantity.value == 30 else fact


def in_dozens(fact: Fact) -> Fact:
    if fact.quantity is None or fact.quantity.value != 12:
        return fact
    return replace(fact, quantity=replace(fact.quantity, qualifier="about"))


def denied(fact: Fact) -> Fact:
    return fact if fact.quotation is None else replace(fact, polarity="denied")


@pytest.mark.parametrize(
    ("change", "kept", "altered", "gone"),
    [
        (lambda fact: fact, 3, 0, 0),
        (lambda fact: replace(fact, confidence=0.5), 3, 0, 0),
        (without_marines, 2, 0, 1),
        (in_dozens, 2, 1, 0),
        (denied, 2, 1, 0),
    ],
    ids=["nothing", "how sure", "a fact less", "another id", "the same id"],
)
def test_re_extraction_says_what_became_of_facts(
    newsroom: Newsroom, extractor: NewerExtractor, change: Callable[[Fact], Fact], kept: int, altered: int, gone: int
) -> None:
    newsroom.articles.submit(record(external_id="a", text=TEXT))
    extractor.version, extractor.change = "fake 2", change
    result = newsroom.re_extraction.run()
    assert (result.articles, result.kept, result.altered, result.gone, result.new) == (1, kept, altered, gone, 0)


def test_re_extraction_keeps_the_ids_of_facts_and_lets_the_others_be_cited(
    newsroom: Newsroom, extractor: NewerExtractor
) -> None:
    article = newsroom.articles.submit(record(external_id="a", text=TEXT)).article
    before = facts(newsroom)
    extractor.version, extractor.change = "fake 2", without_marines
    newsroom.re_extraction.run()
    after = facts(newsroom)
    assert len(before.keys() & after.keys()) == 2
    (gone,) = before.keys() - after.keys()
    assert newsroom.citations.get(gone).citation.status == "superseded"
    assert newsroom.verification.verify().ok
    again = newsroom.articles.get(article.id)
    assert (again.facts, again.revision.number) == (2, 1)
    assert again.etag != article.etag


@pytest.mark.parametrize(("confidence", "stale"), [(None, False), (0.5, True)])
def test_re_extraction_makes_copies_stale_only_where_what_is_served_changes(
    newsroom: Newsroom, extractor: NewerExtractor, *, confidence: float | None, stale: bool
) -> None:
    article = newsroom.articles.submit(record(external_id="a", text=TEXT)).article
    extractor.version = "fake 2"
    extractor.change = lambda fact: replace(fact, confidence=confidence or fact.confidence)
    newsroom.re_extraction.run()
    assert (newsroom.articles.get(article.id).etag != article.etag) is stale


def test_re_extraction_reads_what_another_version_read_and_goes_on_where_it_stopped(
    newsroom: Newsroom, extractor: NewerExtractor
) -> None:
    for name in "abcd":
        newsroom.articles.submit(record(external_id=name, text=f"{name}. {TEXT}"))
    extractor.version = "fake 2"
    extractor.read.clear()

    def stop_at_the_third() -> None:
        if len(extractor.read) == 2:
            raise KeyboardInterrupt

    extractor.meanwhile = stop_at_the_third
    with pytest.raises(KeyboardInterrupt):
        newsroom.re_extraction.run()
    extractor.meanwhile = lambda: None
    assert newsroom.re_extraction.count() == 2
    assert newsroom.re_extraction.run().articles == 2
    assert len(set(extractor.read)) == len(extractor.read) == 4
    assert newsroom.re_extraction.run().articles == 0
    assert newsroom.re_extraction.run(everything=True).kept == 12


def test_re_extraction_leaves_what_was_stored_or_withdrawn_meanwhile(
    newsroom: Newsroom, extractor: NewerExtractor
) -> None:
    article = newsroom.articles.submit(record(external_id="a", text=TEXT)).article
    extractor.version = "fake 2"

    def revise() -> None:
        extractor.meanwhile = lambda: None
        newsroom.articles.submit(record(external_id="a", text="7 navires sont partis."))

    extractor.meanwhile = revise
    assert newsroom.re_extraction.run().articles == 0
    assert [view.payload["quantity"]["value"] for view in facts(newsroom).values()] == [7]
    extractor.version = "fake 3"
    newsroom.articles.withdraw(article.id, "*")
    assert newsroom.re_extraction.count() == 0


def test_re_extraction_can_compare_only(newsroom: Newsroom, extractor: NewerExtractor) -> None:
    newsroom.articles.submit(record(external_id="a", text=TEXT))
    before = facts(newsroom)
    extractor.version, extractor.change = "fake 2", without_marines
    assert newsroom.re_extraction.run(store=False).gone == 1
    assert facts(newsroom).keys() == before.keys()
    assert newsroom.re_extraction.count() == 1


def test_an_article_that_was_not_read_by_all_of_the_extractor_is_read_again(
    newsroom: Newsroom, extractor: NewerExtractor
) -> None:
    extractor.change, extractor.complete = without_marines, False
    newsroom.articles.submit(record(text=TEXT))
    assert newsroom.re_extraction.run().incomplete == 1
    extractor.change, extractor.complete = lambda fact: fact, True
    result = newsroom.re_extraction.run()
    assert (result.articles, result.new, result.incomplete) == (1, 1, 0)
    assert newsroom.re_extraction.count() == 0


def test_a_reading_that_lacks_a_part_takes_nothing_from_a_whole_one_of_the_same_version(
    newsroom: Newsroom, extractor: NewerExtractor
) -> None:
    newsroom.articles.submit(record(text=TEXT))
    before = facts(newsroom)
    extractor.change, extractor.complete = without_marines, False
    assert newsroom.re_extraction.run(everything=True).incomplete == 1
    assert facts(newsroom) == before
    assert newsroom.re_extraction.count() == 0
