from __future__ import annotations

import pytest

from extraction.document import Document, EntityMention
from extraction.identity import sha256
from extraction.spans import Span
from services.errors import InvalidQuery, NotFound
from services.filters import ArticleFilters, EntityFilters
from services.newsroom import Newsroom
from services.paging import PageRequest
from services.rows import identify_entities
from tests.fakes.records import MARKET, record

EVERYTHING = PageRequest(limit=100)


def test_page_lists_who_current_articles_mention(newsroom: Newsroom) -> None:
    newsroom.articles.submit(record())
    newsroom.articles.submit(record(external_id="marche-1", text=MARKET + "\nMaëlle Corvec était là.\n"))
    page = newsroom.entities.page(EntityFilters(), EVERYTHING)
    assert [(e.name, e.mentions, e.articles) for e in page.items] == [("Maëlle Corvec", 2, 2), ("Yanis Obertin", 1, 1)]
    newsroom.articles.submit(record(external_id="marche-1", text="Il ne reste rien."))
    assert newsroom.entities.page(EntityFilters(), EVERYTHING).total == 1


def test_page_finds_beginnings_of_words_and_types(newsroom: Newsroom) -> None:
    newsroom.articles.submit(record())
    assert newsroom.entities.page(EntityFilters(q="corv mae"), EVERYTHING).total == 1
    assert newsroom.entities.page(EntityFilters(q="aelle"), EVERYTHING).total == 0
    assert newsroom.entities.page(EntityFilters(type="place"), EVERYTHING).total == 0
    for bad in (EntityFilters(type="ship"), EntityFilters(q="  ")):
        with pytest.raises(InvalidQuery):
            newsroom.entities.page(bad, EVERYTHING)


def test_get_gives_names_and_articles(newsroom: Newsroom) -> None:
    article = newsroom.articles.submit(record()).article
    identifier = newsroom.entities.page(EntityFilters(), EVERYTHING).items[0].id
    detail = newsroom.entities.get(identifier)
    assert [(name.name, name.mentions) for name in detail.names] == [("Maëlle Corvec", 1)]
    assert [(found.id, found.mentions, found.source.name) for found in detail.articles] == [
        (article.id, 1, "La Vigie de Brélan")
    ]


def test_bare_surnames_of_two_articles_stay_two_people() -> None:
    bare = (EntityMention(Span(0, 6), "person", "Martin", "person:martin"),)
    full = (EntityMention(Span(0, 6), "person", "Alix Martin", "person:alix martin"),)
    place = (EntityMention(Span(0, 4), "place", "Sète", "place:sète"),)
    for mentions, same in ((bare, False), (full, True), (place, True)):
        document = Document("fr", sha256(""), (), mentions, version="1")
        assert (identify_entities(document, "a-1") == identify_entities(document, "a-2")) is same


def test_get_serves_links_both_ways_and_ids_elsewhere(newsroom: Newsroom) -> None:
    newsroom.articles.submit(record(external_id="brelan-7", text="Moscou dément. Les Russes votent à Brélan.\n"))
    moscow = newsroom.entities.page(EntityFilters(q="moscou"), EVERYTHING).items[0]
    assert moscow.external_ids == {"geonames": "524901"}
    link = newsroom.entities.get(moscow.id).links[0]
    assert (link.relation, link.reason, link.mentions, link.articles) == ("stands_for", "capital", 1, 1)
    assert link.entity is not None
    assert (link.entity.type, link.entity.name) == ("place", "Russie")
    assert newsroom.entities.page(EntityFilters(q="russie"), EVERYTHING).total == 0
    russia = newsroom.entities.get(link.entity.id)
    assert (russia.entity.mentions, russia.entity.external_ids["iso3166"]) == (0, "RU")
    assert [(found.relation, found.entity and found.entity.name, found.word) for found in russia.links] == [
        ("demonym", None, "russes"),
        ("represented_by", "Moscou", None),
    ]


def test_links_go_with_the_text_that_makes_them(newsroom: Newsroom) -> None:
    newsroom.articles.submit(record(external_id="brelan-7", text="Moscou dément. Les Russes votent à Brélan.\n"))
    moscow = newsroom.entities.page(EntityFilters(q="moscou"), EVERYTHING).items[0].id
    russia = newsroom.entities.get(moscow).links[0].entity
    assert russia is not None
    newsroom.articles.submit(record(external_id="brelan-7", text="Rien à dire.\n"))
    for identifier in (moscow, russia.id):
        with pytest.raises(NotFound):
            newsroom.entities.get(identifier)


def test_filters_take_ids_elsewhere(newsroom: Newsroom) -> None:
    article = newsroom.articles.submit(record(external_id="brelan-7", text="Moscou dément.\n")).article
    for wanted in ("geonames:524901", "GeoNames:524901", "Moscou", "Moscow"):
        assert [a.id for a in newsroom.articles.page(ArticleFilters(entity=wanted), EVERYTHING).items] == [article.id]
    assert newsroom.articles.page(ArticleFilters(entity="iso3166:FR"), EVERYTHING).total == 0
