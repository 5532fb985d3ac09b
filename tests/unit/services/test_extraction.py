from __future__ import annotations

import pytest

from services.errors import InvalidRecord
from services.filters import ArticleFilters, FactFilters
from services.newsroom import Newsroom
from services.paging import PageRequest
from tests.fakes.records import HARBOUR, record

EVERYTHING = PageRequest(limit=100)


def test_extract_stores_nothing_and_names_facts_as_storing_does(newsroom: Newsroom) -> None:
    document = newsroom.extraction.extract(record())
    assert newsroom.articles.page(ArticleFilters(), EVERYTHING).total == 0
    newsroom.articles.submit(record())
    stored = {fact.id: fact.payload for fact in newsroom.facts.page(FactFilters(), EVERYTHING).items}
    assert {fact["id"]: fact for fact in document["facts"]} == stored
    assert document["external_id"] == "phare-1"
    for mention in document["mentions"]["entities"]:
        assert HARBOUR[mention["start"] : mention["end"]] == mention["exact"]
        assert newsroom.entities.get(mention["entity"]).entity.name == mention["name"]


def test_extract_refuses_bad_records(newsroom: Newsroom) -> None:
    with pytest.raises(InvalidRecord):
        newsroom.extraction.extract(record(text=" \n"))


def test_export_gives_every_current_fact_with_its_citation(newsroom: Newsroom) -> None:
    newsroom.articles.submit(record())
    exported = list(newsroom.export.facts())
    assert {fact["id"] for fact in exported} == {f.id for f in newsroom.facts.page(FactFilters(), EVERYTHING).items}
    for fact in exported:
        selector = fact["citation"]["selector"]
        assert HARBOUR[selector["start"] : selector["end"]] == selector["exact"] == fact["evidence"]["exact"]
        assert fact["citation"]["revision"]["retrieved_at"].endswith("Z")


def test_citation_of_a_fact_shows_its_passage_with_the_evidence(newsroom: Newsroom) -> None:
    newsroom.articles.submit(record(rights="© La Vigie"))
    fact = newsroom.facts.page(FactFilters(kind="quotation"), EVERYTHING).items[0]
    detail = newsroom.citations.get(fact.id)
    start, end = detail.highlight
    assert detail.passage.text[start:end] == fact.citation.selector.exact
    assert (detail.fact, detail.citation, detail.rights) == (fact.payload, fact.citation, "© La Vigie")
    whole = newsroom.citations.get(detail.passage.id)
    assert (whole.fact, whole.highlight) == (None, (0, len(detail.passage.text)))
    assert whole.citation.selector.exact == detail.passage.text
