"""Any text at all: exact spans, valid values, bounded work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from re import _constants, _parser  # type: ignore[attr-defined]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.expressions import bounds, find_quantities, find_times, number_spans
from extraction.expressions.lexicon import load_lexicon, read_table
from extraction.expressions.time_rules import time_rules
from extraction.languages.discovery import languages
from extraction.spans import Span

LANGUAGES = sorted(languages())
_WORDS = [
    "le", "3", "mai", "2019", "3 000", "\u202f", "\xa0", "e\u0301", "🐝", "cent", "mille", "vingt", "et", "un",
    "-", "–", "/", ",", ".", "de", "à", "entre", "plus de", "%", "€", "$", "millions", "lundi", "prochain",
    "20h", "30", "hier", "\r\n", "\n", "on", "May", "the", "twenty", "hundred", "between", "and", "to",
    "half", "o'clock", "q1", "ago", "years", "in", "sur", "février", "29", "0", "99999999999999999999",
    "il y a", "\xad", "’", "l’an", "dernier", "1er", "XIe", "İ", "ß", "٣",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(_WORDS), max_size=14).map(" ".join),
    st.lists(st.sampled_from(_WORDS), max_size=14).map("".join),
)


@given(TEXTS, st.sampled_from(LANGUAGES), st.none() | st.dates())
def test_any_text_gives_spans_inside_it_and_valid_values(text: str, language: str, published: date | None) -> None:
    whole = Span(0, len(text))
    times = find_times(text, [whole], language, published)
    quantities = find_quantities(text, [whole], language, times)
    for spans in ([t.span for t in times], [q.span for q in quantities], number_spans(text, whole, language)):
        assert all(whole.contains(span) and len(span) for span in spans)
        assert all(one.end <= other.start for one, other in pairwise(spans))
    for time in times:
        assert (time.edtf is None) == (time.basis == "unresolved") == (time.reason is not None)
        assert time.edtf is None or bounds(time.edtf)
    for quantity in quantities:
        assert quantity.span.contains(quantity.number)
        assert (quantity.value is None) == (quantity.lower is not None or quantity.upper is not None)
        assert not any(quantity.number.overlaps(time.span) for time in times)


@given(TEXTS, st.integers(0, 40))
def test_a_text_reads_the_same_at_any_offset(text: str, shift: int) -> None:
    def read(whole: str, start: int) -> list[tuple[int, int, str | None]]:
        found = find_times(whole, [Span(start, len(whole))], "fr", date(2024, 6, 19))
        return [(t.span.start - start, t.span.end - start, t.edtf) for t in found]

    assert read("x" * shift + text, shift) == read(text, 0)


def _patterns(language: str) -> Iterator[str]:
    names = {row[0] for row in read_table(language, "expressions.tsv")}
    lexicon = load_lexicon(language)
    for name in names:
        yield from (pattern for _, pattern in lexicon.rows(name))
    yield from (rule.pattern for _, rule in time_rules(language).kinds)


def _largest_repeat(parsed: object) -> int:
    """The largest upper bound of a repetition anywhere in a parsed pattern."""
    largest = 1
    if isinstance(parsed, tuple | list | _parser.SubPattern):
        for item in parsed:
            if isinstance(item, tuple) and item and item[0] in {_constants.MAX_REPEAT, _constants.MIN_REPEAT}:
                largest = max(largest, int(item[1][1]))
            largest = max(largest, _largest_repeat(item))
    return largest


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_pattern_repeats_without_bound(language: str) -> None:
    unbounded = [p for p in _patterns(language) if _largest_repeat(_parser.parse(p)) > 1000]
    assert unbounded == []


@pytest.mark.parametrize("unit", ["1", "cent ", "3 mai ", "1 a ", "lundi ", "1,234,", "des ", "3/", "a 1 sur "])
def test_starting_points_grow_with_the_text_and_no_faster(unit: str) -> None:
    rules = time_rules("fr")
    counts = [len(rules.starts(unit * times)) for times in (200, 400)]
    assert counts[1] <= 2 * counts[0] + rules.WORDS_BEFORE


def test_number_words_in_a_hostile_run_are_read_in_bounded_pieces() -> None:
    text = "cent " * 400
    longest = max(
        len(span.of(text).split()) for span in (q.span for q in find_quantities(text, [Span(0, 2000)], "fr", ()))
    )
    assert longest <= 16
    assert re.fullmatch(r"(cent )+", text)
