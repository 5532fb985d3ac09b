"""Completions and corrections from a real index: of several segments, with passages deleted, in several languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from search_index import SearchFilters, SearchIndex, parse_query
from tests.unit.search_index.samples import HARBOUR, index_of, passage

MORE = [
    passage("q-1", "Les dockers de Marans et les porteurs du port.", article="b-1"),
    passage("q-2", "Les dockers reprennent ; le portique est réparé.", article="b-2"),
    passage("q-3", "The dockers of the port", article="b-3", language="en"),
]


@pytest.fixture
def index(tmp_path: Path) -> SearchIndex:
    index = index_of(tmp_path, HARBOUR)
    for one in MORE:
        index.apply({one.article_id: [one]})
    return index


def terms(index: SearchIndex, text: str, limit: int = 10, **filters: tuple[str, ...]) -> list[tuple[str, int]]:
    return [(found.word, found.passages) for found in index.complete(text, limit, SearchFilters(**filters)).items]  # type: ignore[arg-type]


def changes(index: SearchIndex, query: str) -> list[tuple[str, str]]:
    return [(query[found.start : found.end], found.to.word) for found in index.corrections(parse_query(query))]


def test_the_last_word_is_completed_over_all_segments(index: SearchIndex) -> None:
    assert terms(index, "grève au port") == [("port", 4), ("porteurs", 1), ("portique", 1)]
    assert terms(index, "DOC") == [("dockers", 3)]
    assert terms(index, "l'él") == [("elections", 2)]
    found = index.complete("grève au port", 5)
    assert (found.start, found.end) == (9, 13)


def test_a_completion_names_passages_that_have_it(index: SearchIndex) -> None:
    (found,) = index.complete("portiq", 5).items
    assert found.examples == ("q-2",)


@pytest.mark.parametrize(("text", "place"), [("", None), ("  …", None), ("😀", None), ("zzz", 0)])
def test_what_nothing_completes_has_no_terms(index: SearchIndex, text: str, place: int | None) -> None:
    found = index.complete(text, 5)
    assert (found.start, found.items) == (place, ())


def test_tool_words_boilerplate_and_other_languages_are_not_offered(index: SearchIndex) -> None:
    assert terms(index, "le") == []
    assert terms(index, "imag") == []
    assert terms(index, "port", languages=("en",)) == [("port", 1)]
    assert terms(index, "unem", languages=("fr",)) == []


def test_a_withdrawn_word_is_offered_no_longer(index: SearchIndex) -> None:
    index.apply({"b-2": []})
    assert terms(index, "port") == [("port", 4), ("porteurs", 1)]
    assert changes(index, "protique") == []
    assert terms(index, "dock") == [("dockers", 2)]


def test_a_slip_that_no_passage_has_is_corrected_with_its_place(index: SearchIndex) -> None:
    assert changes(index, "dokers de Marnas") == [("dokers", "dockers"), ("Marnas", "marans")]
    assert changes(index, "portique-reparré") == [("reparré", "repare")]
    assert changes(index, "+dokers") == [("dokers", "dockers")]


@pytest.mark.parametrize(
    "query",
    [
        "dockers",
        "docker",  # another form of a known word
        '"dokers"',
        '+"dokers marans"',
        "-dokers port",
        "dokers*",
        "source:dokers port",
        "title:dokers",
        "300O",
        "3001",
        "xylophone",
    ],
)
def test_known_quoted_excluded_and_numeric_words_are_left_alone(index: SearchIndex, query: str) -> None:
    assert changes(index, query) == []


def test_a_name_of_an_entity_is_known_though_no_passage_spells_it_so(tmp_path: Path) -> None:
    plain = passage("p-1", "Le port de Seoul est ouvert.")
    assert changes(index_of(tmp_path / "a", [plain]), "Seoull") == [("Seoull", "seoul")]
    named = passage("p-1", "Le port de Seoul est ouvert.", names=("Seoull",))
    assert changes(index_of(tmp_path / "b", [named]), "Seoull") == []


def test_only_some_unknown_words_of_a_long_query_are_corrected(index: SearchIndex) -> None:
    assert len(changes(index, " ".join(["dokers", "dockres", "dockerss", "dcokers", "dockrs", "dockes"]))) == 4


def test_a_filter_that_lets_hardly_any_through_still_completes(tmp_path: Path) -> None:
    passages = [passage(f"p-{n}", f"abc{n:03d} abc{n:03d}x", article=f"a-{n}") for n in range(90)]
    passages.append(passage("p-en", "abczebra", article="a-en", language="en"))
    assert terms(index_of(tmp_path, passages), "abc", 5, languages=("en",)) == [("abczebra", 1)]
