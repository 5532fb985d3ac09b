"""Units and multipliers that are said once for two amounts: "de 5 et 7 ans", "passé de 4,5 à 5 millions d'euros",
"12 millions d'euros, contre 9 en 2019".
"""

from __future__ import annotations

import re

from extraction.expressions.amount import Amount
from extraction.expressions.lexicon import Keyed, Lexicon, Preceding
from extraction.expressions.measures import MeasureReader
from extraction.expressions.numerals import Numeral
from extraction.expressions.refusals import Place, Refusals
from extraction.expressions.units import TIME_UNITS

_REACH = 80
_STOP = re.compile(r"[.!?;\n](?![0-9])")
# Beyond this an amount without its multiplier is rather meant as it stands ("de 800 à 1,1 million").
_FARTHEST = 50
_LARGEST_BARE = 1000
_NEVER_SHARED = frozenset({"ratio", "times", "magnitude"})


class UnitSharing:
    """Gives amounts without a unit the one that is said beside them."""

    def __init__(self, lexicon: Lexicon, measures: MeasureReader, refusals: Refusals) -> None:
        self._measures = measures
        self._refusals = refusals
        self._and = re.compile(lexicon.union("and"))
        self._from = Preceding([(key, p) for key, p in lexicon.rows("range_open") if key == "from"])
        self._to = Keyed([(key, p) for key, p in lexicon.rows("range_link") if key == "to"])
        self._list = re.compile(rf"{lexicon.union('and_so_on')}\Z")
        self._inherit = Preceding(lexicon.rows("inherit"))
        self._linked_nouns = bool(lexicon.rows("linked_nouns"))
        self._noun = re.compile(lexicon.union("of"))

    def from_following(self, place: Place, amount: Amount, numeral: Numeral, following: Numeral) -> None:
        """From the number after it, over "and" or in "from this to that"."""
        measure = self._measures.after(place, following)
        if self._and.fullmatch(place.view, amount.end, following.start) is not None:
            if measure is not None and measure.factor == 1 and measure.unit in {*TIME_UNITS, "percent"}:
                amount.unit = measure.unit
            return
        link = self._to.match(place.view, amount.end)
        if link is None or link[1] != following.start or self._from.match(place.view, amount.start) is None:
            return
        if following.scale > 1 and is_near(numeral, following):
            amount.scale(following.scale)
            amount.order = following.scale
        elif following.scale > 1 and numeral.scale == 1:
            return
        if measure is not None and measure.unit not in _NEVER_SHARED:
            amount.scale(measure.factor)
            amount.unit = measure.unit

    def from_preceding(self, place: Place, amount: Amount, last: Amount) -> None:
        """From the amount before it in the sentence, after a word that compares the two or takes a part."""
        view = place.view
        if last.unit_place is None and last.unit == "year" and self._and.fullmatch(view, last.end, amount.start):
            amount.unit = "year"  # "aged 19 and 24"
            return
        link = self._link(view, amount.start)
        if link is None or amount.value is None or last.value is None or amount.start - last.end > _REACH:
            return
        if _STOP.search(view, last.end, amount.start) or self._noun.match(view, amount.end):
            return
        # After "millions" a noun needs its "de", so that a plural is an adjective ("48 millions prévus").
        noun = self._refusals.has_plural(view, amount.end) and not (self._linked_nouns and amount.order > 1)
        if noun or last.unit in _NEVER_SHARED:
            return
        whole = amount.value == int(amount.value)
        if link == "list" and (whole or last.order == 1):
            return
        if last.order > 1 and amount.order == 1:
            if amount.value >= _LARGEST_BARE or (last.unit is None and (whole or link != "against")):
                return
            if link == "part" and amount.value * last.order >= last.value:
                return
            amount.scale(last.order)
            amount.order = last.order
        amount.unit = last.unit

    def _link(self, view: str, at: int) -> str | None:
        """What ties an amount to the one before it: "against", "part" or "list"."""
        found = self._inherit.match(view, at)
        if found is not None:
            return found[0]
        return "list" if self._list.search(view[max(0, at - 8) : at]) is not None else None


def is_near(numeral: Numeral, following: Numeral) -> bool:
    """Whether a bare number is of the order of the figures before a multiplier."""
    if numeral.scale > 1 or not 0 < numeral.value < _LARGEST_BARE:
        return False
    figures = following.value / following.scale
    return figures / _FARTHEST <= numeral.value <= figures * _FARTHEST
