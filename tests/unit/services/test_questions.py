"""What a query says in words or figures of another form, seen through what it finds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from search_index import parse_query
from services.filters import SearchRequest
from services.newsroom import Newsroom, open_newsroom
from services.questions import values_of
from tests.fakes.gazetteer_extractor import GazetteerExtractor
from tests.fakes.records import record


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("trois mille barques", ("3000",)),
        ("three thousand boats", ("3000",)),
        ("two dozen boats", ("24",)),
        ("vingt-trois barques", ("23",)),
        ("vingt et une barques", ("21",)),
        ("3 millions de barques", ("3000000",)),
        ("2,5 milliards d'euros", ("2500000000",)),
        ("1.5 million people", ("1500000",)),
        ("2,50 euros", ("2.5",)),
        ("deux tiers des barques", ("0.666666667",)),
        ("two thirds of the boats", ("0.666666667",)),
        ("entre trois mille et quatre mille barques", ("3000", "4000")),
        ("séisme du 19 juin 2024", ("2024-06-19",)),
        ("June 19, 2024 earthquake", ("2024-06-19",)),
        ("19/06/2024", ("2024-06-19",)),
        ("juin 2024", ("2024-06",)),
        ("in June 2024", ("2024-06",)),
        ("du 17 au 23 juin 2024", ("2024-06-17", "2024-06-23")),
        # what a word looks for as it is
        ("3000 barques", ()),
        ("3 000 barques", ()),
        ("3,000 boats", ()),
        ("3.000 barques", ()),
        ("2024", ()),
        # what is no value
        ("une barque", ()),
        ("hier", ()),
        ("le 19 juin", ()),
        ("Boeing 737", ()),
        # orders and quotations are taken at their word
        ('"trois mille" barques', ()),
        ("« trois mille » barques", ()),
        ("barques -trois", ()),
        ("+trois mille", ("1000",)),
        ('title:"trois mille" barques', ()),
        ("source:trois barques", ()),
        ("trois* mille*", ()),
    ],
)
def test_values_of_a_query(query: str, values: tuple[str, ...]) -> None:
    assert values_of(parse_query(query)) == values


@pytest.mark.parametrize(
    "query", ["le mardi 19 juin " * 100, "12 " * 64, "a" * 2000, "mille " * 64, "19/06/2024 " * 16]
)
def test_values_of_a_long_query_are_read_in_no_time(query: str) -> None:
    parsed = replace(parse_query("barques"), text=query)
    values_of(parsed)
    start = time.process_time()
    for _ in range(10):
        values_of(parsed)
    assert time.process_time() - start < 1.0


WORDS = [
    "Trois mille barques rentrent au port ce soir.",
    "On compte 3 000 habitants sur cette île.",
    "L'usine a produit 3000 vélos, un record.",
]


@pytest.fixture
def known(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(data_dir=tmp_path, extractor=GazetteerExtractor()) as opened:
        yield opened


def _submit(newsroom: Newsroom, text: str, language: str, number: int) -> None:
    given = record(external_id=f"n{number}", url=None, title=None, text=text, language=language)
    newsroom.articles.submit(given)


def _found(newsroom: Newsroom, query: str) -> list[str]:
    return sorted(hit.passage.text for hit in newsroom.search.search(SearchRequest(q=query)).items)


def test_numbers_find_one_another_however_they_are_written(known: Newsroom) -> None:
    for number, text in enumerate(WORDS):
        _submit(known, text, "fr", number)
    _submit(known, "Three thousand boats return.", "en", 3)
    _submit(known, "4 000 vedettes sortent.", "fr", 4)
    expected = sorted([*WORDS, "Three thousand boats return."])
    for query in ("trois mille", "3 000", "3000", "3,000", "three thousand"):
        assert _found(known, query) == expected


def test_dates_find_one_another_however_they_are_written(known: Newsroom) -> None:
    _submit(known, "Le port ferme le 19 juin 2024.", "fr", 0)
    _submit(known, "The harbour closes on June 19, 2024.", "en", 1)
    _submit(known, "Le port ferme hier.", "fr", 2)
    both = ["Le port ferme le 19 juin 2024.", "The harbour closes on June 19, 2024."]
    assert _found(known, "+2024 19/06/2024") == [
        "Le port ferme le 19 juin 2024.",
        "The harbour closes on June 19, 2024.",
    ]
    for query in ("19/06/2024 -hier", "2024-06-19 -hier"):
        assert _found(known, query) == both
    assert _found(known, "mai 2024 -juin -June") == ["Le port ferme hier."]


def test_a_question_finds_the_passage_of_another_language_about_the_same_entity_and_number(known: Newsroom) -> None:
    english = "North Korea sent three thousand soldiers."
    _submit(known, english, "en", 0)
    _submit(known, "Seoul sent 12 observers.", "en", 1)
    assert _found(known, "La Corée du Nord a-t-elle envoyé 3 000 hommes ?")[:1] == [english]


def test_a_word_with_a_hyphen_finds_the_entity_under_its_other_names(known: Newsroom) -> None:
    _submit(known, "The United States sent boats.", "en", 0)
    _submit(known, "United Nations boats returned.", "en", 1)
    assert _found(known, "États-Unis") == ["The United States sent boats."]
    assert _found(known, '"États-Unis"') == []


def test_pages_by_cursor_keep_the_values_of_the_query(known: Newsroom) -> None:
    for number, text in enumerate(WORDS):
        _submit(known, text, "fr", number)
    first = known.search.search(SearchRequest(q="trois mille", limit=2))
    second = known.search.search(SearchRequest(q="trois mille", limit=2, cursor=first.next))
    assert sorted(hit.passage.text for hit in (*first.items, *second.items)) == sorted(WORDS)
