"""Quantities and dates that a query says in words or figures, in the form that the index has of passages' own.

A query says in what language it is by nothing but its words, so the grammar of every language that has one reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction.document import QuantityMention, TimeMention
from extraction.expressions import find_quantities, find_times
from extraction.spans import Span
from search_index import Query
from services.values import number_values

LANGUAGES = ("fr", "en")
MOST_READ = 200
"""Code points that are read; in what is pasted beyond, words find words."""

_LITERAL = re.compile(
    r"[-+]?(?:[A-Za-z]{1,16}:)?(?:\"[^\"]*\"|“[^”]*”|„[^“]*“|«[^»]*»)"  # to be found as written
    r"|(?<!\S)(?:[-+]|[A-Za-z_]+:)\S*"  # an order, or a field
    r"|(?<!\S)\S*\*"  # a prefix
)
_GROUPED_OR_DECIMAL = re.compile(r"\d{1,3}[.,]\d{3}")
_YEAR = len("2024")


def values_of(query: Query) -> tuple[str, ...]:
    """The values that a query's plain words mean, each once, without those that a word already looks for as it is."""
    text = _LITERAL.sub(" ; ", query.text[:MOST_READ])
    known = {word.folded for clause in query.clauses if clause.kind == "word" for word in clause.words}
    return tuple(value for value in dict.fromkeys(_values(text)) if value not in known)


def _values(text: str) -> Iterator[str]:
    span = Span(0, len(text))
    for language in LANGUAGES:
        times = find_times(text, [span], language, None)
        for time in times:
            yield from _dates(time)
        for quantity in find_quantities(text, [span], language, times):
            yield from _numbers(quantity, text)


def _dates(time: TimeMention) -> Iterator[str]:
    """Days, months and seasons; a year is looked for as a word is."""
    ends = () if time.edtf is None else dict.fromkeys(time.edtf.split("/"))
    yield from (end.partition("T")[0] for end in ends if len(end) > _YEAR)


def _numbers(quantity: QuantityMention, text: str) -> Iterator[str]:
    """Its value or bounds, unless languages would read the figures differently: those are looked for as a word is."""
    if _GROUPED_OR_DECIMAL.fullmatch(quantity.number.of(text)) is None:
        yield from number_values((quantity.value, quantity.lower, quantity.upper))
