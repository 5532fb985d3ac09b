"""Quantities: numbers with their qualifier and unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extraction.document import QuantityMention, TimeMention
from extraction.spans import Span

_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,6}(?:,\d{1,9})?(?!\d)")


def number_spans(text: str, span: Span, language: str) -> list[Span]:  # noqa: ARG001
    """Spans inside ``span`` that are one number and must become one token before parsing ("3 000")."""
    return [Span(*m.span()) for m in _GROUPED.finditer(text, span.start, span.end)]


def find_quantities(
    text: str, spans: Sequence[Span], language: str, times: Sequence[TimeMention]
) -> tuple[QuantityMention, ...]:
    """Quantities inside the given spans, in order, apart from what ``times`` covers."""
    found = [n for span in spans for n in number_spans(text, span, language)]
    free = [n for n in found if not any(t.span.overlaps(n) for t in times)]
    return tuple(
        QuantityMention(n, float(re.sub(r"[^\d,]", "", n.of(text)).replace(",", ".")), None, None, "exact", None, n)
        for n in free
    )
