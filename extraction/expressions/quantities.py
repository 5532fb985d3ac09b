"""Quantities: which of a text's numbers count or measure something, with their qualifier, unit and direction.

What a number counts is left to the grammar of the sentence, see ``extraction.quantity_facts``; here only words that
touch the number are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extraction.document import QuantityMention, TimeMention
from extraction.expressions.amount import Amount
from extraction.expressions.amounts import AmountReader
from extraction.expressions.currencies import currencies
from extraction.expressions.folding import fold
from extraction.expressions.lexicon import has_tables, load_lexicon
from extraction.expressions.numerals import numeral_reader
from extraction.expressions.refusals import Place, Refusals
from extraction.spans import Span


@lru_cache
def _amount_reader(language: str) -> AmountReader:
    lexicon = load_lexicon(language)
    return AmountReader(lexicon, numeral_reader(language), Refusals(lexicon))


def number_spans(text: str, span: Span, language: str) -> list[Span]:
    """Spans inside ``span`` that must become one token before parsing, in order and without overlap.

    Figures grouped by spaces ("3 000", also with no-break spaces) and numbers written in several words ("vingt-trois
    mille"). A multiplier that is a noun ("millions") stays outside, since it governs what is counted.
    """
    if not has_tables(language):
        return []
    folded = fold(text, span)
    simple = (folded.span(start, end) for start, end in numeral_reader(language).simple_spans(folded.view))
    return [number for number in simple if _is_split(number.of(text))]


def _is_split(number: str) -> bool:
    return any(not (c.isalpha() or c.isdigit()) for c in number)


def find_quantities(
    text: str, spans: Sequence[Span], language: str, times: Sequence[TimeMention]
) -> tuple[QuantityMention, ...]:
    """Quantities inside the given spans, in order and without overlap, apart from what ``times`` covers.

    None in a language without tables. Nothing is guessed: a number that may be a name, a rank, a score, a clock time or
    the back reference of "les deux pays" is left out.
    """
    if not has_tables(language):
        return ()
    reader = _amount_reader(language)
    found: list[QuantityMention] = []
    seen: set[float] = set()
    for span in spans:
        folded = fold(text, span)
        place = Place(text, folded, bytearray(len(folded.view)), seen)
        for time in _inside(span, times):
            place.take(folded.position(time.start), folded.position(time.end))
        found += [_mention(place, amount) for amount in reader.read(place)]
    return currencies(language).settle(text, found)


def _inside(span: Span, times: Sequence[TimeMention]) -> list[Span]:
    return [time.span for time in times if span.overlaps(time.span)]


def _mention(place: Place, amount: Amount) -> QuantityMention:
    unit_span = None if amount.unit_place is None else place.folded.span(*amount.unit_place)
    return QuantityMention(
        span=place.folded.span(amount.start, amount.end),
        value=amount.value,
        lower=amount.lower,
        upper=amount.upper,
        qualifier=amount.qualifier,
        unit=amount.unit,
        number=place.folded.span(amount.number_start, amount.number_end),
        unit_span=unit_span,
        change=amount.change,
    )
