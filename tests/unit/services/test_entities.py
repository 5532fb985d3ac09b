from __future__ import annotations

import pytest

from extraction.document import EntityMention
from extraction.spans import Span
from services.errors import InvalidQuery
from services.filters import EntityFilters
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
    assert identify_entities(bare, "a-1") != identify_entities(bare, "a-2")
    assert identify_entities(full, "a-1") == identify_entities(full, "a-2")
    assert identify_entities(place, "a-1") == identify_entities(place, "a-2")
