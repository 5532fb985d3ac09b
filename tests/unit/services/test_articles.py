from __future__ import annotations

import multiprocessing
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from extraction.html import HtmlArticle, HtmlEmpty
from extraction.identity import sha256
from services.errors import (
    InvalidCursor,
    InvalidQuery,
    InvalidRecord,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    UnsupportedContent,
    Withdrawn,
)
from services.filters import ArticleFilters, EntityFilters, FactFilters, SearchRequest
from services.newsroom import Newsroom, open_newsroom
from services.paging import PageRequest
from services.records import SourceRecord
from tests.fakes.extractor import FakeExtractor
from tests.fakes.records import HARBOUR, MARKET, VIGIE, record

EVERYTHING = PageRequest(limit=100)


def fact_ids(newsroom: Newsroom) -> set[str]:
    return {fact.id for fact in newsroom.facts.page(FactFilters(), EVERYTHING).items}


def test_submit_stores_an_article_with_its_counts_and_source(newsroom: Newsroom) -> None:
    submission = newsroom.articles.submit(record())
    article = newsroom.articles.get(submission.article.id)
    assert submission.outcome == "created"
    assert article == submission.article
    assert (article.source.name, article.published_at, article.authors) == (
        "La Vigie de Brélan",
        "2024-05-02",
        ("Soizic Le Dantec",),
    )
    assert (article.passages, article.facts, article.revision.number) == (4, 5, 1)
    assert newsroom.articles.revision_text(article.id, 1) == HARBOUR
    assert article.revision.text_sha256 == sha256(HARBOUR)


def test_submit_twice_writes_nothing(newsroom: Newsroom) -> None:
    first = newsroom.articles.submit(record())
    again = newsroom.articles.submit(record())
    assert again.outcome == "unchanged"
    assert again.article == first.article
    assert newsroom.index.status().pending == 0


def test_submit_another_text_makes_a_revision_and_supersedes_citations(newsroom: Newsroom) -> None:
    first = newsroom.articles.submit(record())
    old = fact_ids(newsroom)
    revised = newsroom.articles.submit(record(text=MARKET))
    assert revised.outcome == "revised"
    assert revised.article.id == first.article.id
    assert revised.article.etag != first.article.etag
    assert [revision.number for revision in newsroom.articles.revisions(first.article.id)] == [1, 2]
    assert newsroom.articles.revision_text(first.article.id, 1) == HARBOUR
    assert not fact_ids(newsroom) & old
    for identifier in old:
        citation = newsroom.citations.get(identifier).citation
        assert (citation.status, citation.revision.number) == ("superseded", 1)
        assert HARBOUR[citation.selector.start : citation.selector.end] == citation.selector.exact
    assert newsroom.verification.verify().ok


def test_submit_an_earlier_text_again_revives_its_citations(newsroom: Newsroom) -> None:
    newsroom.articles.submit(record())
    first = fact_ids(newsroom)
    newsroom.articles.submit(record(text=MARKET))
    second = fact_ids(newsroom)
    back = newsroom.articles.submit(record())
    assert back.article.revision.number == 3
    assert fact_ids(newsroom) == first
    assert {newsroom.citations.get(i).citation.revision.number for i in first} == {3}
    assert {newsroom.citations.get(i).citation.status for i in second} == {"superseded"}
    assert newsroom.articles.revision_text(back.article.id, 1) == HARBOUR
    found = newsroom.search.search(SearchRequest(q="gardiens"))
    assert [hit.citation.revision.number for hit in found.items] == [3]
    assert newsroom.search.search(SearchRequest(q="étals")).total == 0
    assert newsroom.verification.verify().ok


def test_submit_other_metadata_updates_what_depends_on_it(newsroom: Newsroom) -> None:
    first = newsroom.articles.submit(record())
    updated = newsroom.articles.submit(record(published_at=date(2024, 6, 9), tags=("mer", "phare")))
    assert updated.outcome == "updated"
    assert updated.article.revision.number == 1
    assert updated.article.tags == ("mer", "phare")
    since_june = FactFilters(published_from=date(2024, 6, 1))
    assert newsroom.facts.page(since_june, EVERYTHING).total == first.article.facts
    assert newsroom.search.search(SearchRequest(q="gardiens", published_from=date(2024, 6, 1))).total == 1
    assert newsroom.articles.submit(record(published_at=date(2024, 6, 9), tags=("mer", "phare"))).outcome == "unchanged"


def test_submit_knows_an_article_by_its_canonical_url(newsroom: Newsroom) -> None:
    first = newsroom.articles.submit(record(external_id=None, url="https://vigie.example/phare?id=3"))
    again = newsroom.articles.submit(record(external_id=None, url="HTTPS://VIGIE.example/phare?utm_source=x&id=3#top"))
    assert again.article.id == first.article.id
    assert newsroom.articles.find(url="https://vigie.example/phare?id=3&fbclid=1")[0].id == first.article.id


def test_submit_knows_an_article_without_names_by_its_text(newsroom: Newsroom) -> None:
    first = newsroom.articles.submit(record(external_id=None, url=None))
    again = newsroom.articles.submit(record(external_id=None, url=None, title="Un autre titre"))
    assert (again.outcome, again.article.id) == ("updated", first.article.id)


def test_submit_gives_two_sources_with_the_same_external_id_two_articles(newsroom: Newsroom) -> None:
    first = newsroom.articles.submit(record())
    other = newsroom.articles.submit(record(source=SourceRecord(name="Le Goéland")))
    assert other.outcome == "created"
    assert other.article.id != first.article.id


def test_submit_names_every_bad_field(newsroom: Newsroom) -> None:
    bad = record(source=SourceRecord(name=" "), text="a\0b", html="<p>", url="ftp://x", title="\ud800")
    with pytest.raises(InvalidRecord) as refused:
        newsroom.articles.submit(bad)
    assert {error.pointer for error in refused.value.errors} == {"/source/name", "/html", "/text", "/url", "/title"}
    assert newsroom.articles.page(ArticleFilters(), EVERYTHING).total == 0


def test_submit_refuses_a_naive_instant(newsroom: Newsroom) -> None:
    with pytest.raises(InvalidRecord, match="offset"):
        newsroom.articles.submit(record(published_at=datetime(2024, 5, 2, 8)))


def test_submit_keeps_an_instant_with_its_offset_and_local_day(newsroom: Newsroom) -> None:
    late = datetime(2024, 5, 2, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    article = newsroom.articles.submit(record(published_at=late)).article
    assert article.published_at == "2024-05-02T23:30:00-05:00"
    on_that_day = ArticleFilters(published_from=date(2024, 5, 2), published_to=date(2024, 5, 2))
    assert newsroom.articles.page(on_that_day, EVERYTHING).total == 1


def test_submit_reads_html_and_what_it_says_of_its_article(tmp_path: Path) -> None:
    def read(html: str) -> HtmlArticle:
        if "vide" in html:
            raise HtmlEmpty("The page holds no text.")
        return HtmlArticle(MARKET, title="Le marché couvert ferme", published=date(2023, 9, 1))

    with open_newsroom(data_dir=tmp_path, extractor=FakeExtractor(), read_html=read) as newsroom:
        page = record(text=None, html="<p>…</p>", title=None, published_at=None)
        article = newsroom.articles.submit(page).article
        assert (article.title, article.published_at, article.revision.has_html) == (
            "Le marché couvert ferme",
            "2023-09-01",
            True,
        )
        assert newsroom.articles.submit(page).outcome == "unchanged"
        with pytest.raises(UnsupportedContent):
            newsroom.articles.submit(record(text=None, html="vide"))


def test_revise_needs_the_current_etag(newsroom: Newsroom) -> None:
    article = newsroom.articles.submit(record()).article
    with pytest.raises(PreconditionRequired):
        newsroom.articles.revise(article.id, record(text=MARKET), None)
    with pytest.raises(PreconditionFailed) as stale:
        newsroom.articles.revise(article.id, record(text=MARKET), '"older"')
    assert stale.value.current_etag == article.etag
    revised = newsroom.articles.revise(article.id, record(text=MARKET), f'"other", "{article.etag}"')
    assert (revised.outcome, revised.article.revision.number) == ("revised", 2)
    with pytest.raises(PreconditionFailed):
        newsroom.articles.revise(article.id, record(), f'"{article.etag}"')


def test_revise_keeps_the_identity(newsroom: Newsroom) -> None:
    article = newsroom.articles.submit(record()).article
    with pytest.raises(InvalidRecord) as refused:
        newsroom.articles.revise(article.id, record(external_id="phare-2"), "*")
    assert refused.value.errors[0].pointer == "/external_id"


def test_a_changed_source_name_changes_the_etag_of_its_articles(newsroom: Newsroom) -> None:
    article = newsroom.articles.submit(record()).article
    renamed = SourceRecord(name="La Nouvelle Vigie", url=VIGIE.url, country="FR")
    newsroom.articles.submit(record(external_id="marche-1", url=None, text=MARKET, source=renamed))
    now = newsroom.articles.get(article.id)
    assert now.source.name == "La Nouvelle Vigie"
    assert now.etag != article.etag
    assert newsroom.articles.submit(record()).outcome == "unchanged"


def test_withdraw_leaves_a_tombstone(newsroom: Newsroom) -> None:
    article = newsroom.articles.submit(record()).article
    cited = sorted(fact_ids(newsroom))[0]
    with pytest.raises(PreconditionRequired):
        newsroom.articles.withdraw(article.id, None)
    newsroom.articles.withdraw(article.id, article.etag)
    for refused in (
        lambda: newsroom.articles.get(article.id),
        lambda: newsroom.articles.submit(record()),
        lambda: newsroom.articles.submit(record(text=MARKET)),
        lambda: newsroom.articles.withdraw(article.id, article.etag),
        lambda: newsroom.articles.revisions(article.id),
        lambda: newsroom.articles.revision_text(article.id, 1),
        lambda: newsroom.facts.get(cited),
    ):
        with pytest.raises(Withdrawn):
            refused()
    with pytest.raises(Withdrawn) as gone:
        newsroom.citations.get(cited)
    assert (gone.value.article_id, gone.value.citation_id) == (article.id, cited)
    assert "gardiens" not in str(gone.value)


def test_withdraw_empties_every_list_and_the_index(newsroom: Newsroom) -> None:
    article = newsroom.articles.submit(record()).article
    newsroom.articles.withdraw(article.id, "*")
    assert newsroom.articles.page(ArticleFilters(), EVERYTHING).total == 0
    assert newsroom.facts.page(FactFilters(), EVERYTHING).total == 0
    assert newsroom.entities.page(EntityFilters(), EVERYTHING).total == 0
    assert newsroom.search.search(SearchRequest(q="gardiens")).total == 0
    assert list(newsroom.export.facts()) == []
    report = newsroom.verification.verify()
    assert (report.ok, report.indexed) == (True, 0)


def test_get_tells_the_unknown(newsroom: Newsroom) -> None:
    article = newsroom.articles.submit(record()).article
    for unknown in (
        lambda: newsroom.articles.get("a-nothing"),
        lambda: newsroom.articles.revision(article.id, 2),
        lambda: newsroom.articles.revision_text(article.id, 10**30),
        lambda: newsroom.facts.get("f-nothing"),
        lambda: newsroom.citations.get("x-nothing"),
        lambda: newsroom.entities.get("e-nothing"),
        lambda: newsroom.sources.get("s-nothing"),
    ):
        with pytest.raises(NotFound):
            unknown()


@pytest.mark.parametrize("sort", ["published_at", "-published_at"])
def test_page_neither_repeats_nor_skips_when_articles_come_in_between(newsroom: Newsroom, sort: str) -> None:
    days = [date(2024, 1, 1 + n % 5) if n % 4 else None for n in range(12)]
    for number, day in enumerate(days):
        newsroom.articles.submit(record(external_id=f"n{number}", text=f"Texte {number}.", published_at=day))
    seen: list[str | None] = []
    cursor = None
    for step in range(100):
        page = newsroom.articles.page(ArticleFilters(), PageRequest(limit=5, cursor=cursor), sort)
        seen += [article.external_id for article in page.items]
        newsroom.articles.submit(record(external_id=f"new{step}", text="Neuf.", published_at=date(2024, 1, 3)))
        cursor = page.next
        if cursor is None:
            break
    counts = Counter(seen)
    assert {f"n{number}" for number in range(12)} <= set(counts)
    assert set(counts.values()) == {1}
    undated = [external_id in {"n0", "n4", "n8"} for external_id in seen]
    assert undated == sorted(undated)


def test_page_refuses_cursors_of_other_queries(newsroom: Newsroom) -> None:
    for number in range(3):
        newsroom.articles.submit(record(external_id=f"n{number}", text=f"Texte {number}."))
    cursor = newsroom.articles.page(ArticleFilters(), PageRequest(limit=1)).next
    with pytest.raises(InvalidCursor):
        newsroom.articles.page(ArticleFilters(language="fr"), PageRequest(limit=1, cursor=cursor))
    with pytest.raises(InvalidQuery):
        newsroom.articles.page(ArticleFilters(), EVERYTHING, "title")


def test_page_finds_a_source_by_id_host_and_name(newsroom: Newsroom) -> None:
    article = newsroom.articles.submit(record()).article
    newsroom.articles.submit(record(source=SourceRecord(name="Le Goéland"), text=MARKET))
    for name in (article.source.id, "vigie.example", "la vigie de brelan"):
        page = newsroom.articles.page(ArticleFilters(source=name), EVERYTHING)
        assert [item.id for item in page.items] == [article.id]
    assert newsroom.articles.page(ArticleFilters(source="personne"), EVERYTHING).total == 0
    assert newsroom.articles.page(ArticleFilters(entity="maelle corvec"), EVERYTHING).total == 1


def _submit_many(data_dir: Path, answers: Any) -> None:
    with open_newsroom(data_dir=data_dir, extractor=FakeExtractor()) as newsroom:
        answers.put([newsroom.articles.submit(record(external_id=f"n{n}", text=f"Texte {n}.")) for n in range(12)])


def test_two_processes_that_submit_the_same_get_the_same(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    processes = [context.Process(target=_submit_many, args=(tmp_path, answers)) for _ in range(2)]
    for process in processes:
        process.start()
    first, second = (answers.get(timeout=60) for _ in processes)
    for process in processes:
        process.join()
    assert [s.article.id for s in first] == [s.article.id for s in second]
    outcomes = Counter(submission.outcome for submission in [*first, *second])
    assert outcomes == {"created": 12, "unchanged": 12}
    with open_newsroom(data_dir=tmp_path, extractor=FakeExtractor()) as newsroom:
        assert newsroom.articles.page(ArticleFilters(), EVERYTHING).total == 12
        assert newsroom.verification.verify().ok


def test_a_text_that_came_back_counts_the_same_in_each_of_its_revisions(newsroom: Newsroom) -> None:
    first = newsroom.articles.submit(record()).article
    newsroom.articles.submit(record(text=MARKET))
    newsroom.articles.submit(record())
    counts = [(r.number, r.passages, r.facts, r.current) for r in newsroom.articles.revisions(first.id)]
    assert counts[0] == (1, first.passages, first.facts, False)
    assert counts[2] == (3, first.passages, first.facts, True)
    assert counts[1][1:] != counts[0][1:]


@pytest.mark.parametrize("if_match", ["*, *", '"x", *', "**"])
def test_an_asterisk_among_tags_matches_nothing(newsroom: Newsroom, if_match: str) -> None:
    article = newsroom.articles.submit(record()).article
    with pytest.raises(PreconditionFailed):
        newsroom.articles.withdraw(article.id, if_match)
