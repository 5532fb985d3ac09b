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


def test_extract_names_links_by_the_ids_of_entities(newsroom: Newsroom) -> None:
    text = "Moscou dément, mais les Russes votent à Moscou.\n"
    mentions = newsroom.extraction.extract(record(text=text))["mentions"]
    newsroom.articles.submit(record(text=text))
    acting, plain = mentions["entities"]
    assert acting["external_ids"] == {"geonames": "524901"}
    assert (acting["entity"], "stands_for" in plain) == (plain["entity"], False)
    linked = newsroom.entities.get(acting["entity"]).links[0].entity
    assert linked is not None
    assert acting["stands_for"] == {"name": "Russie", "entity": linked.id, "reason": "capital"}
    assert [(d["exact"], d["name"], d["entity"]) for d in mentions["demonyms"]] == [("Russes", "Russie", linked.id)]
    assert "demonyms" not in newsroom.extraction.extract(record())["mentions"]


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
