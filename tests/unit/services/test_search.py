from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from services.errors import InvalidCursor, InvalidQuery, SearchTooSlow
from services.filters import SearchRequest
from services.newsroom import Newsroom, open_newsroom
from services.records import SourceRecord
from services.search_views import FacetValue
from tests.fakes.extractor import FakeExtractor
from tests.fakes.records import MARKET, record


@pytest.fixture(autouse=True)
def _two_articles(newsroom: Newsroom) -> None:
    newsroom.articles.submit(record())
    market = {"external_id": "marche-1", "url": None, "text": MARKET, "published_at": date(2024, 6, 1)}
    newsroom.articles.submit(record(source=SourceRecord(name="Le Goéland"), title="Le marché", **market))


def test_search_answers_with_passage_highlights_citation_and_facts(newsroom: Newsroom) -> None:
    page = newsroom.search.search(SearchRequest(q="gardiens"))
    hit = page.items[0]
    assert (page.total, page.next, hit.passage.kind) == (1, None, "body")
    assert [hit.passage.text[start:end] for start, end in hit.highlights] == ["gardiens"]
    assert hit.citation.id == hit.passage.id
    assert hit.citation.selector.exact == hit.passage.text
    facts = [newsroom.facts.get(identifier).payload["quantity"]["value"] for identifier in hit.facts]
    assert facts == [14, 2021]


@pytest.mark.parametrize(
    ("changes", "total"),
    [
        ({}, 2),
        ({"source": "vigie.example"}, 1),
        ({"source": "personne"}, 0),
        ({"language": "FR"}, 2),
        ({"language": "en"}, 0),
        ({"published_from": date(2024, 6, 1)}, 1),
        ({"published_to": date(2024, 5, 2)}, 1),
        ({"passage_kind": "title"}, 0),
        ({"entity": "Maëlle Corvec"}, 0),
        ({"q": 'gardiens étals source:"Le Goéland"'}, 1),
        ({"q": "voiliers"}, 0),
        ({"q": "voiliers", "passage_kind": "boilerplate"}, 1),
        ({"q": "lumière", "entity": "maelle corvec"}, 1),
    ],
)
def test_search_filters(newsroom: Newsroom, changes: dict[str, object], total: int) -> None:
    request = SearchRequest(**{"q": "gardiens étals", **changes})  # type: ignore[arg-type]  # a table of parameters
    assert newsroom.search.search(request).total == total


def test_search_counts_facets_by_name(newsroom: Newsroom) -> None:
    page = newsroom.search.search(SearchRequest(q="gardiens étals", facets=("source", "passage_kind")))
    assert {value.name for value in page.facets["source"]} == {"La Vigie de Brélan", "Le Goéland"}
    assert page.facets["passage_kind"] == (FacetValue(value="body", name="body", count=2),)


def test_search_pages_through_everything_once_under_writes(newsroom: Newsroom) -> None:
    for number in range(6):
        newsroom.articles.submit(record(external_id=f"n{number}", url=None, text="Les gardiens " * (number + 1)))
    expected = {hit.passage.id for hit in newsroom.search.search(SearchRequest(q="gardiens", limit=100)).items}
    seen: list[str] = []
    cursor = None
    for step in range(20):
        page = newsroom.search.search(SearchRequest(q="gardiens", limit=2, cursor=cursor))
        seen += [hit.passage.id for hit in page.items]
        newsroom.articles.submit(record(external_id=f"x{step}", url=None, text="Deux gardiens."))
        cursor = page.next
        if cursor is None:
            break
    assert len(seen) == len(set(seen))
    assert expected <= set(seen)


def test_search_refuses_what_it_does_not_understand(newsroom: Newsroom) -> None:
    for request in (
        SearchRequest(q="gardiens", sort="title"),
        SearchRequest(q="gardiens", passage_kind="footnote"),
        SearchRequest(q="gardiens", facets=("author",)),
        SearchRequest(q="gardiens", limit=0),
        SearchRequest(q="ga*"),
        SearchRequest(q=""),
    ):
        with pytest.raises(InvalidQuery):
            newsroom.search.search(request)
    with pytest.raises(InvalidCursor):
        newsroom.search.search(SearchRequest(q="gardiens", cursor="bm9uc2Vuc2U"))


@pytest.mark.parametrize("query", ["kind:footnote gardiens", "gardiens -kind:Title"])
def test_search_refuses_a_kind_that_does_not_exist_and_says_where(newsroom: Newsroom, query: str) -> None:
    with pytest.raises(InvalidQuery) as refusal:
        newsroom.search.search(SearchRequest(q=query))
    assert refusal.value.position == query.index("kind") - query.startswith("gardiens")


def test_search_explains_scores_when_asked(newsroom: Newsroom) -> None:
    hit = newsroom.search.search(SearchRequest(q="gardiens tempête", explain=True)).items[0]
    assert hit.explanation is not None
    assert [term.term for term in hit.explanation.terms] == ["gardiens", "tempête"]
    made_of = sum(term.score for term in hit.explanation.terms) + sum(hit.explanation.bonuses.values())
    assert made_of == pytest.approx(hit.score, abs=1e-5)
    assert newsroom.search.search(SearchRequest(q="gardiens")).items[0].explanation is None


def test_search_keeps_to_the_deadline_that_was_set(tmp_path: Path) -> None:
    hurried = open_newsroom(data_dir=tmp_path / "hurried", extractor=FakeExtractor(), search_deadline=0.0)
    with hurried as newsroom, pytest.raises(SearchTooSlow):
        newsroom.search.search(SearchRequest(q="gardiens"))


def test_search_folds_copies_in_other_articles_and_names_them(newsroom: Newsroom) -> None:
    wire = "Les grutiers du port de Kervalec ont voté la reprise du travail, selon le syndicat maritime, jeudi soir."
    for outlet in ("Le Phare", "La Vigie", "L'Ancre"):
        source = SourceRecord(name=outlet)
        newsroom.articles.submit(record(source=source, title=f"Vu par {outlet}", text=wire, url=None, external_id="1"))
    (hit,) = newsroom.search.search(SearchRequest(q="grutiers")).items
    assert len(hit.similar) == 2
    assert {one.source for one in hit.similar} | {hit.citation.source.name} == {"Le Phare", "La Vigie", "L'Ancre"}
    assert all(one.title == f"Vu par {one.source}" for one in hit.similar)
    unfolded = newsroom.search.search(SearchRequest(q="grutiers", fold=False))
    assert (len(unfolded.items), unfolded.total) == (3, 3)
    assert not any(one.similar for one in unfolded.items)
