"""Completing and correcting words over lexicons made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from search_index.spelling import COMMONER, Lexicon, Spelling, bare, is_correctable


def lexicon(counts: Mapping[str, int]) -> Lexicon:
    ordered = sorted(counts, key=str.encode)
    written = [word.encode() for word in ordered]
    ends = np.array(list(accumulate(map(len, written))), dtype=np.uint32)
    return Lexicon(b"".join(written), ends, np.array([counts[word] for word in ordered], dtype=np.int32))


def spelling(*counts: Mapping[str, int]) -> Spelling:
    return Spelling(lexicon(one) for one in counts)


def words_of(found: Iterable[object]) -> list[str]:
    return [known.word for known in found]  # type: ignore[attr-defined]


HARBOUR = {"port": 90, "portique": 4, "porte": 40, "portail": 4, "dockers": 12, "grue": 7, "seisme": 9, "aujourdhui": 8}


@pytest.mark.parametrize(
    ("prefix", "limit", "expected"),
    [
        ("port", 10, ["port", "porte", "portail", "portique"]),
        ("port", 2, ["port", "porte"]),
        ("PORTI", 10, ["portique"]),
        ("séi", 10, ["seisme"]),
        ("aujourd’h", 10, ["aujourdhui"]),
        ("z", 10, []),
        ("", 10, []),
        ("’", 10, []),
    ],
)
def test_a_prefix_is_completed_by_frequency_whatever_its_case_and_accents(
    prefix: str, limit: int, expected: list[str]
) -> None:
    assert words_of(spelling(HARBOUR).complete(prefix, limit)) == expected


def test_a_prefix_outside_ascii_is_completed() -> None:
    known = spelling({"порт": 3, "портовый": 2, "порядок": 5, "\U00020000\U00020001": 1})
    assert words_of(known.complete("порт", 5)) == ["порт", "портовый"]
    assert words_of(known.complete("\U00020000", 5)) == ["\U00020000\U00020001"]


@given(st.lists(st.dictionaries(st.text("abé", min_size=1, max_size=4), st.integers(1, 9)), max_size=4))
def test_several_lexicons_complete_as_one(parts: list[dict[str, int]]) -> None:
    counts = {word: sum(part.get(word, 0) for part in parts) for part in parts for word in part}
    expected = sorted((counts[word] for word in counts if word.startswith("a")), reverse=True)[:3]
    found = spelling(*parts).complete("a", 3)
    assert [known.frequency for known in found] == expected
    assert [counts[known.word] for known in found] == expected


def test_of_words_equally_frequent_the_first_are_completed() -> None:
    counts = {f"port{a}{b}": 1 for a in "abcdefgh" for b in "abcdefgh"}
    assert words_of(spelling(counts).complete("port", 3)) == ["portaa", "portab", "portac"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("dokers", "dockers"),
        ("dockesr", "dockers"),
        ("doockers", "dockers"),
        ("dockars", "dockers"),
        ("dckres", "dockers"),
        ("DÔKERS", "dockers"),
        ("seïmse", "seisme"),
        ("prot", "port"),
        ("aujourd'huy", "aujourdhui"),
    ],
)
def test_a_slip_is_corrected(typed: str, expected: str) -> None:
    assert words_of(spelling(HARBOUR).correct(typed))[0] == expected


@pytest.mark.parametrize(
    "typed",
    [
        "dockers",  # known
        "pt",  # too short
        "pqrt2",  # has a digit
        "2024",
        "port²",
        "prtt",  # two edits in a short word
        "dxxkrrs",  # more than two in a long one
        "inconnu",
        "",
        "😀",
    ],
)
def test_what_is_known_short_numeric_or_far_is_not_corrected(typed: str) -> None:
    assert spelling(HARBOUR).correct(typed) == ()


def test_the_nearer_word_comes_first_unless_the_farther_is_far_commoner() -> None:
    near, far = "manifestant", "manifestants"
    assert words_of(spelling({near: 5, far: 20}).correct("manifestan"))[0] == near
    assert words_of(spelling({near: 1, far: 5_000}).correct("manifestan"))[0] == far


def test_among_equals_the_word_with_the_same_first_letter_comes_first() -> None:
    assert words_of(spelling({"barque": 3, "marque": 3}).correct("barqe")) == ["barque"]
    assert words_of(spelling({"bille": 3, "pilla": 3}).correct("pille")) == ["pilla", "bille"]


def test_a_very_rare_word_is_corrected_only_to_a_far_commoner_one() -> None:
    assert spelling({"gouvernment": 1, "gouvernement": COMMONER}).correct("gouvernment") == ()
    found = spelling({"gouvernment": 1, "gouvernement": COMMONER + 1}).correct("gouvernment")
    assert words_of(found) == ["gouvernement"]
    assert spelling({"gouvernment": 3, "gouvernement": 10**6}).correct("gouvernment") == ()


def test_passages_of_a_word_in_several_lexicons_add_up() -> None:
    parts = [{"gouvernement": COMMONER // 2 + 1}, {"gouvernement": COMMONER // 2 + 1}, {"gouvernment": 1}]
    found = spelling(*parts).correct("gouvernment")
    assert [(known.word, known.frequency) for known in found] == [("gouvernement", COMMONER + 2)]


@given(
    st.dictionaries(st.text("abcé日", min_size=1, max_size=9).map(bare).filter(bool), st.integers(1, 9), max_size=40),
    st.text("abcé日", min_size=3, max_size=9),
)
def test_no_near_word_is_missed(counts: dict[str, int], typed: str) -> None:
    key = bare(typed)
    reach = 1 if len(key) < 6 else 2
    expected = {word for word in counts if OSA.distance(key, word) <= reach}
    found = spelling(counts).correct(typed, limit=100)
    assert set(words_of(found)) == (set() if key in counts and counts[key] > 0 else expected)


def test_a_lexicon_larger_than_a_chunk_is_searched_to_its_end() -> None:
    counts = {f"{chr(97 + n % 26)}{n:x}": 1 for n in range(70_000)} | {"zygomatique": 3}
    assert words_of(spelling(counts).correct("zygomatiqe")) == ["zygomatique"]


def test_an_empty_lexicon_knows_nothing() -> None:
    empty = spelling({})
    assert (empty.complete("a", 5), empty.correct("abcdef"), empty.frequency("a")) == ((), (), 0)
    assert Spelling(()).correct("abcdef") == ()


@pytest.mark.parametrize(
    ("word", "expected"), [("abc", True), ("ab", False), ("a1c", False), ("abⅷ", False), ("½bc", False)]
)
def test_numbers_and_short_words_are_never_corrected(word: str, *, expected: bool) -> None:
    assert is_correctable(word) is expected


def test_a_lexicon_may_be_arrays_that_somebody_else_keeps() -> None:
    blob = np.frombuffer(b"digueport", np.uint8)
    known = Spelling([Lexicon(blob, np.array([5, 9], np.uint32), np.array([2, 3], np.uint32))])
    assert [known.frequency(word) for word in ("digue", "port", "por", "z")] == [2, 3, 0, 0]
