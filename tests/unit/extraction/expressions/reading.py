"""Short forms of what the package answers, so that tests read as tables."""

from __future__ import annotations

from datetime import date
from typing import Literal

from extraction.document import QuantityMention, TimeMention
from extraction.expressions import find_quantities, find_times
from extraction.spans import Span

PUBLISHED = date(2024, 6, 19)  # a Wednesday


def times_in(
    text: str, language: str, published: date | None = PUBLISHED, tense: Literal["past", "future"] | None = None
) -> tuple[TimeMention, ...]:
    return find_times(text, [Span(0, len(text))], language, published, lambda _: tense)


def quantities_in(text: str, language: str) -> tuple[QuantityMention, ...]:
    return find_quantities(text, [Span(0, len(text))], language, times_in(text, language))


def values_in(text: str, language: str) -> list[tuple[object, str | None, str]]:
    """(value or bounds, unit, qualifier) of each quantity."""
    return [
        (q.value if q.value is not None else (q.lower, q.upper), q.unit, q.qualifier)
        for q in quantities_in(text, language)
    ]


def edtf_in(text: str, language: str, tense: Literal["past", "future"] | None = None) -> list[str | None]:
    return [t.edtf for t in times_in(text, language, tense=tense)]
