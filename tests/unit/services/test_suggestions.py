from __future__ import annotations

import pytest

from services.errors import IndexRebuilding, InvalidQuery
from services.filters import MAX_QUERY, SearchRequest, SuggestRequest
from services.newsroom import Newsroom
from services.search_views import Change, SuggestionsView
from services.suggestions import Suggestions
from tests.fakes.index import FakeIndex
from tests.fakes.records import record


def suggest(newsroom: Newsroom, typed: str, limit: int = 10, language: str | None = None) -> SuggestionsView:
    return newsroom.suggestions.suggest(SuggestRequest(q=typed, limit=limit, language=language))


def names(newsroom: Newsroom, typed: str, limit: int = 10) -> list[tuple[str, int]]:
    return [(entity.name, entity.articles) for entity in suggest(newsroom, typed, limit).entities]


def terms(newsroom: Newsroom, typed: str, language: str | None = None) -> list[tuple[str, int]]:
    return [(term.term, term.passages) for term in suggest(newsroom, typed, language=language).terms]


def submit(newsroom: Newsroom, number: int, text: str, language: str = "fr") -> None:
    newsroom.articles.submit(record(external_id=f"n-{number}", url=None, title="", text=text, language=language))


@pytest.fixture
def harbour(newsroom: Newsroom) -> Newsroom:
    submit(newsroom, 1, "Maëlle Corvec a vu les Éclusiers.\n\nÉvacués, les éclusiers de Brélan attendent.")
    submit(newsroom, 2, "Le quai a brûlé.\n\nD'après Maëlle Corvec, et aussi Yanis Corven, les éclusiers sont évacués.")
    submit(newsroom, 3, "Selon l’armateur, Moscou dément.\n\nLa RADE est vide à Brélan.")
    return newsroom


def test_terms_are_written_as_passages_write_them(harbour: Newsroom) -> None:
    assert terms(harbour, "les eclu") == [("éclusiers", 3)]
    assert terms(harbour, "evac") == [("évacués", 2)]
    assert terms(harbour, "brel") == [("Brélan", 2)]
    assert terms(harbour, "rad") == [("rade", 1)]
    assert terms(harbour, "zz") == []


def test_the_place_of_the_last_word_is_told(harbour: Newsroom) -> None:
    found = suggest(harbour, "où est l'arm")
    assert (found.start, found.end) == (9, 12)
    assert (suggest(harbour, "?").start, suggest(harbour, "?").end) == (None, None)


def test_terms_of_one_language_are_counted_in_its_passages(harbour: Newsroom) -> None:
    submit(harbour, 4, "The quay burns.\n\nThe quays of the eclusia.", "en")
    assert terms(harbour, "eclus", "en") == [("eclusia", 1)]
    assert terms(harbour, "eclus", "FR") == [("éclusiers", 3)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("maell", [("Maëlle Corvec", 2)]),
        ("CORVE", [("Maëlle Corvec", 2), ("Yanis Corven", 1)]),
        ("yanis corve", [("Yanis Corven", 1), ("Maëlle Corvec", 2)]),
        ("que dit yanis corve", [("Yanis Corven", 1), ("Maëlle Corvec", 2)]),
        ('+"maëlle c', [("Maëlle Corvec", 2)]),
        ("orvec", []),
        ("%", []),
        ("_", []),
        ("", []),
    ],
)
def test_entities_are_found_by_the_beginning_of_any_word(
    harbour: Newsroom, typed: str, expected: list[tuple[str, int]]
) -> None:
    assert [found for found in names(harbour, typed) if found in expected or not expected] == expected


def test_entities_are_found_by_names_of_other_languages(harbour: Newsroom) -> None:
    assert names(harbour, "mosco") == [("Moscou", 1)]


def test_no_more_are_suggested_than_asked_for(harbour: Newsroom) -> None:
    found = suggest(harbour, "e", limit=1)
    assert len(found.terms) == 1
    assert len(suggest(harbour, "corv", limit=1).entities) == 1


def test_what_only_withdrawn_articles_mention_is_not_suggested(harbour: Newsroom) -> None:
    assert ("Yanis Corven", 1) in names(harbour, "corv")
    submit(harbour, 2, "Il n'en reste rien.")
    assert names(harbour, "corv") == [("Maëlle Corvec", 1)]
    assert terms(harbour, "brul") == []


def test_the_best_known_of_very_many_come_first(newsroom: Newsroom) -> None:
    for number in range(6):
        crowd = ", ".join(f"Zoé Za{chr(97 + n // 26)}{chr(97 + n % 26)}{number}" for n in range(100))
        submit(newsroom, number, f"{crowd}.\n\nUne phrase de plus avec Zoé Zyx.")
    assert names(newsroom, "z", 2)[0] == ("Zoé Zyx", 6)
    assert len(names(newsroom, "z", 50)) == 50


def test_a_query_with_a_slip_is_answered_with_another(harbour: Newsroom) -> None:
    page = harbour.search.search(SearchRequest(q="évacuéss brelna éclusiers"))
    assert page.did_you_mean is not None
    assert page.did_you_mean.query == "évacués Brélan éclusiers"
    assert page.did_you_mean.changes == (
        Change("évacuéss", "évacués", 0, 8),
        Change("brelna", "Brélan", 9, 15),
    )
    assert page.total == 3
    for known in ("évacués", '"évacuéss"', "corven", "Moscow"):
        assert harbour.search.search(SearchRequest(q=known)).did_you_mean is None


def test_a_word_of_an_entity_s_name_is_never_corrected(harbour: Newsroom) -> None:
    submit(harbour, 5, "Les Corvas chantent.\n\nUne suite.")
    assert harbour.search.search(SearchRequest(q="moscow")).did_you_mean is None


def test_a_query_that_is_too_long_is_refused_with_the_place(newsroom: Newsroom) -> None:
    with pytest.raises(InvalidQuery) as raised:
        suggest(newsroom, "a" * (MAX_QUERY + 1))
    assert raised.value.position == MAX_QUERY


def test_an_index_that_cannot_be_read_is_said_so(newsroom: Newsroom) -> None:
    broken = FakeIndex()
    broken.usable = False
    with pytest.raises(IndexRebuilding):
        Suggestions(newsroom.transactions, broken).suggest(SuggestRequest(q="a"))
