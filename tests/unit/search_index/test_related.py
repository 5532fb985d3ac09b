"""Words that mean nearly the same."""

from __future__ import annotations

import pytest

from search_index.analysis import Group, Word, terms, words
from search_index.related import related_terms


def _word(text: str) -> Word:
    return next(iter(words(text)))


@pytest.mark.parametrize(
    ("word", "language", "other"),
    [
        ("dégâts", "fr", "dommages"),
        ("dégâts", "en", "damage"),
        ("ouvriers", "fr", "salariés"),
        ("ouvriers", "en", "workers"),
        ("naissance", "fr", "née"),
        ("military", "fr", "armée"),
        ("military", "en", "soldiers"),
    ],
)
def test_related_terms_have_relatives_as_the_index_stems_them(word: str, language: Group, other: str) -> None:
    assert terms(_word(other), language)[0] in related_terms(_word(word))[language]


def test_related_terms_are_worth_at_most_the_word_itself() -> None:
    worth = [value for own in related_terms(_word("mort")).values() for value in own.values()]
    assert worth
    assert all(0 < value <= 1 for value in worth)


def test_related_terms_of_an_unknown_word_are_none() -> None:
    assert not any(related_terms(_word("Kervalec")).values())
