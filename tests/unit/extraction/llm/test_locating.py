from __future__ import annotations

import pytest

from extraction.llm.locating import find_once, same_length_view
from extraction.spans import Span

TEXT = "Plus de 3\u202f000 élus, dont l’élue de Brest, ont quitté la salle.\nLe maire reste, le maire adjoint part."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("3 000 élus", "3\u202f000 élus"),
        ("l'élue", "l’élue"),
        ("  la salle ", "la salle"),
        ("la salle. Le maire", "la salle.\nLe maire"),
        ("Le maire", "Le maire"),
        ("maire", None),  # twice
        ("élu", None),  # a part of a word
        ("elus", None),  # another word
        ("ont quitté la  salle", None),
        ("ont quitté … la salle", None),
        ("Br\u0435st", None),  # a Cyrillic letter
        ("3,000", None),
        ("", None),
        (" ", None),
    ],
)
def test_find_once_finds_the_very_words_and_only_where_they_stand_once(words: str, found: str | None) -> None:
    span = find_once(same_length_view(TEXT), words, Span(0, len(TEXT)))
    assert (None if span is None else span.of(TEXT)) == found


def test_find_once_looks_nowhere_else() -> None:
    at = TEXT.index("\n") + 1
    span = find_once(same_length_view(TEXT), "maire adjoint", Span(at, len(TEXT)))
    assert span is not None
    assert find_once(same_length_view(TEXT), "maire adjoint", Span(0, at)) is None
    assert find_once(same_length_view(TEXT), "Le maire reste", Span(at + 1, len(TEXT))) is None


def test_find_once_never_cuts_a_letter_from_its_accent() -> None:
    text = "Le cafe\u0301 ferme."
    assert find_once(same_length_view(text), "cafe", Span(0, len(text))) is None
    assert find_once(same_length_view(text), "cafe\u0301", Span(0, len(text))) == Span(3, 8)
