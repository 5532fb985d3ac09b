"""From numbers to amounts: ranges, ratios, qualifiers, units and the direction of change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from extraction.document import Change, Qualifier
from extraction.expressions.amount import Amount, without_dust
from extraction.expressions.lexicon import Keyed, Lexicon, Preceding
from extraction.expressions.measures import MeasureReader
from extraction.expressions.numerals import Numeral, NumeralReader
from extraction.expressions.refusals import SENTENCE_START, Place, Refusals
from extraction.expressions.shared_units import UnitSharing, is_near
from extraction.expressions.units import TIME_UNITS, Measure

_CHANGE_REACH = 72
_SHARE_REACH = 160
_SENTENCE_END = re.compile(r"[.!?;][ \n]|\n")
_FROM_BELOW = frozenset({"more_than", "at_least"})
_FROM_ABOVE = frozenset({"less_than", "at_most"})
_LONGEST_SCORE = 100
_LARGEST_WHOLE = 10
_HUNDRED = 100


class AmountReader:
    """Reads the amounts of one language's passages."""

    def __init__(self, lexicon: Lexicon, numbers: NumeralReader, refusals: Refusals) -> None:
        self._numbers = numbers
        self._refusals = refusals
        self._measures = MeasureReader(lexicon, numbers)
        self._before = Preceding(lexicon.rows("before"))
        self._after = Keyed(lexicon.rows("after"))
        self._open = Preceding(lexicon.rows("range_open"))
        self._link = Keyed(lexicon.rows("range_link"))
        self._both = re.compile(lexicon.union("both"))
        self._sharing = UnitSharing(lexicon, self._measures, refusals)
        self._falls = re.compile(rf"(?<![\w]){lexicon.union('moved_down')}[ \n](?:[\w'-]{{1,16}}[ \n]){{0,4}}\Z")
        self._grows = re.compile(rf"(?<![\w]){lexicon.union('moved_by')}[ \n](?:[\w'-]{{1,16}}[ \n]){{0,4}}\Z")
        self._index = re.compile(rf"(?<![\w]){lexicon.union('index')}(?![\w])")
        self._moved = re.compile(rf"(?<![\w]){lexicon.union('moved')}[ \n](?:[\w'-]{{1,16}}[ \n]){{0,4}}\Z")
        self._out_of = re.compile(lexicon.union("out_of"))
        self._changes = [
            (key, re.compile(rf"(?<![\w])(?:{_either(lexicon, 'change', key)}){lexicon.union('change_link')}\Z"))
            for key in ("increase", "decrease")
        ]
        self._directly = [
            (key, re.compile(rf"(?<![\w])(?:{_either(lexicon, 'change_direct', key)})[ \n]\Z"))
            for key in ("increase", "decrease")
        ]
        self._change_after = Keyed(lexicon.rows("change_after"))
        self._article = re.compile(rf"{lexicon.union('article')}\Z")
        self._spanning = re.compile(lexicon.union("time_spanning"))
        self._exceeded = Preceding(lexicon.rows("time_exceeded"))
        self._threshold = re.compile(lexicon.union("threshold"))
        self._share = re.compile(rf"(?<![\w]){lexicon.union('share_word')}")
        self._points = re.compile(rf"{lexicon.union('points')}(?![\w])")

    def read(self, place: Place) -> Iterator[Amount]:
        """Amounts in order, without overlap; a lower and an upper bound side by side are one range."""
        last: Amount | None = None
        for amount in self._each(place):
            if last is not None and self._bounds_both(place.view, last, amount):
                last = _between(last, amount)
                continue
            if last is not None:
                yield last
            last = amount
        if last is not None:
            yield last

    def _bounds_both(self, view: str, first: Amount, second: Amount) -> bool:
        """Whether "plus de 10 et moins de 20" follow each other, in either order."""
        if self._both.fullmatch(view, first.end, second.start) is None or first.unit not in {None, second.unit}:
            return False
        low, high = (first, second) if first.qualifier in _FROM_BELOW else (second, first)
        if low.qualifier not in _FROM_BELOW or high.qualifier not in _FROM_ABOVE:
            return False
        return low.value is not None and high.value is not None and low.value < high.value

    def _each(self, place: Place) -> Iterator[Amount]:
        self._refusals.block(place)
        numerals = list(self._numbers.scan(place.view))
        at = end = 0
        last: Amount | None = None
        while at < len(numerals):
            used, amount = self._read_at(place, numerals, at)
            at += used
            if amount is not None and amount.start >= end:
                if amount.unit is None and last is not None:
                    self._sharing.from_preceding(place, amount, last)
                end, last = amount.end, amount
                if amount.value is not None:
                    place.seen.add(amount.value)
                yield amount

    def _read_at(self, place: Place, numerals: list[Numeral], at: int) -> tuple[int, Amount | None]:
        """How many numbers were used up, and the amount that they make, if any."""
        numeral = numerals[at]
        if self._refusals.refuses(place, numeral):
            return 1, None
        following = numerals[at + 1] if at + 1 < len(numerals) else None
        if following is not None and not self._refusals.refuses(place, following):
            ratio = self._ratio(place, numeral, following)
            if ratio is not None:
                return 2, self._finished(place, ratio, None)
            used, amount = self._range(place, numeral, following)
            if used:
                return used, amount
        single = self._single(place, numeral)
        if single is not None and single.unit is None and following is not None:
            self._sharing.from_following(place, single, numeral, following)
        return 1, single

    def _single(self, place: Place, numeral: Numeral) -> Amount | None:
        view = place.view
        money = self._measures.before(view, numeral.start)
        measure = self._measures.after(place, numeral)
        start = money[1] if money is not None else numeral.start
        if not self._stands(place, numeral, start, measure, has_sign=money is not None):
            return None
        value = abs(numeral.value) if numeral.sign == "+" else numeral.value
        amount = Amount(start, numeral.end, numeral.start, numeral.end, without_dust(value), order=numeral.scale)
        if numeral.vague:
            amount.value, amount.lower = None, amount.value
        if numeral.approximate:
            amount.qualifier = "about"
        if money is not None:
            self._regroup(view, numeral, amount)
            short = self._measures.short_multiplier(view, numeral)
            if short is not None:
                amount.scale(short[0])
                amount.end = amount.number_end = short[1]
            amount.unit, amount.unit_place = money[0], (money[1], numeral.start)
            if measure is not None and measure.unit == money[0]:
                amount.end = measure.end
        elif measure is not None:
            _measured(amount, measure)
        else:
            amount.unit = self._unwritten_unit(place, numeral)
        if numeral.sign == "+" and amount.unit in {"percent", "percentage_point"}:
            amount.change = "increase"
        return self._finished(place, amount, numeral)

    def _unwritten_unit(self, place: Place, numeral: Numeral) -> str | None:
        """The unit of a number that none follows: of multiples, fractions, labels before it and bare ages."""
        if numeral.multiple or numeral.fraction:
            return "times" if numeral.multiple else "ratio"
        label = self._measures.label_before(place.view, numeral.start)
        if label is None and self._measures.is_bare_age(place, numeral):
            return "year"
        return label

    def _regroup(self, view: str, numeral: Numeral, amount: Amount) -> None:
        """After a currency sign, a decimal comma before three figures groups ("$10,000" in French too)."""
        if amount.value is not None and re.fullmatch(r"[0-9]{1,3},[0-9]{3}", view[numeral.start : numeral.end]):
            amount.value = float(view[numeral.start : numeral.end].replace(",", ""))

    def _stands(self, place: Place, numeral: Numeral, start: int, measure: Measure | None, *, has_sign: bool) -> bool:
        """Whether a lone number is an amount at all."""
        view, refusals = place.view, self._refusals
        end = numeral.end
        if has_sign and (short := self._measures.short_multiplier(view, numeral)) is not None:
            end = short[1]
        if refusals.is_glued_before(view, start) or (measure is None and refusals.is_glued_after(view, end)):
            return False
        if measure is not None and place.is_taken(measure.start, measure.end):
            return False
        if refusals.is_title(view, numeral, start, measure) or refusals.is_offset(view, start, measure):
            return False
        if self._is_article(view, numeral, measure):
            return False
        if measure is not None or has_sign:
            hyphened = measure is not None and view[measure.start : measure.start + 1] == "-"
            measured = measure is None or measure.unit not in TIME_UNITS or hyphened
            return not refusals.points_back(place, numeral, start, measured=measured)
        if refusals.is_labelled(view, numeral) or refusals.is_stamp(place, numeral):
            return False
        if refusals.stands_alone(view, numeral) or refusals.is_part_of_name(place, numeral):
            return False
        if refusals.is_postcode(place, numeral) or refusals.is_year(view, numeral):
            return False
        return not refusals.points_back(place, numeral, start, measured=False)

    def _is_article(self, view: str, numeral: Numeral, measure: Measure | None) -> bool:
        """Whether a written one only introduces a noun; never where a unit has parts of its own or tells a rate."""
        if numeral.form != "words" or numeral.value != 1 or numeral.scale != 1 or numeral.fraction or numeral.sign:
            return False
        if measure is None:
            return True
        if measure.added or measure.unit == "percent" or measure.unit.startswith("times_per"):
            return False
        if measure.unit in TIME_UNITS and self._refusals.spans_time(view, numeral, measure):
            return False
        return measure.unit in TIME_UNITS or self._article.match(view[numeral.start : numeral.end]) is not None

    def _ratio(self, place: Place, numeral: Numeral, following: Numeral) -> Amount | None:
        """One number out of another ("un Français sur trois"); "30 vols sur 200" counts twice instead."""
        link = self._out_of.match(place.view, numeral.end)
        if link is None or link.end() != following.start or not 0 < numeral.value < following.value:
            return None
        if numeral.value != 1 and following.value > _LARGEST_WHOLE and following.value != _HUNDRED:
            return None
        if place.is_taken(numeral.start, following.end) or numeral.scale > 1:
            return None
        if self._measures.after(place, following) is not None or self._refusals.is_glued_after(
            place.view, following.end
        ):
            return None
        value = numeral.value / following.value
        return Amount(numeral.start, following.end, numeral.start, following.end, value, unit="ratio")

    def _range(self, place: Place, low: Numeral, high: Numeral) -> tuple[int, Amount | None]:
        """Numbers used up (0: no range) and the range that two numbers make with the word between them."""
        view = place.view
        inner = self._measures.after(place, low)
        multiplied = inner if inner is not None and inner.start == inner.end else None
        inner = inner if multiplied is None else None
        low_end = inner.end if inner is not None else low.end
        link = self._link.match(view, low_end)
        money = self._measures.before(view, high.start)
        high_start = money[1] if money is not None else high.start
        if link is None or link[1] != high_start or high.sign:
            return 0, None
        if (high.form == "words" and high.value == 1 and link[0] != "to") or low.fraction != high.fraction:
            return 0, None
        first_money = self._measures.before(view, low.start)
        start = first_money[1] if first_money is not None else low.start
        opened = self._open.match(view, start)
        low = _sharing(low, high) if inner is None else low
        if inner is None and high.scale > 1 and is_near(low, high):
            return (0, None) if opened is not None and opened[0] == "from" else (2, None)  # "de 9 à 7 millions"
        outer = self._measures.after(place, high) or multiplied
        kind = link[0]
        if inner is not None and (outer is None or inner.unit != outer.unit):
            return 0, None
        if kind == "dash" and not self._is_dashed_range(place, low, high, outer):
            return (0, None) if inner is not None else (2, None)
        if not self._is_range(view, kind, (low, high), opened, outer):
            return (2, None) if self._is_score(kind, low, high, opened, outer) else (0, None)
        glued = outer is None and self._refusals.is_glued_after(view, high.end)
        if glued or self._refusals.is_glued_before(view, start) or self._refusals.is_offset(view, start, outer):
            return 2, None
        bounds = without_dust(low.value), without_dust(high.value)
        amount = Amount(start, high.end, low.start, high.end, None, *bounds, "range")
        if kind == "between" and opened is not None:
            amount.start = opened[1]
        self._measure_range(view, amount, (inner, outer), first_money or money)
        return 2, self._finished(place, amount, None)

    def _measure_range(
        self, view: str, amount: Amount, measures: tuple[Measure | None, Measure | None], money: tuple[str, int] | None
    ) -> None:
        """Gives a range the unit of its upper end, its currency sign, or the unit named before it."""
        inner, outer = measures
        if outer is not None:
            if inner is not None:
                _rescale_lower(amount, inner.factor / outer.factor)
            _measured(amount, outer)
        else:
            amount.unit = money[0] if money is not None else self._measures.label_before(view, amount.start)

    def _is_range(
        self,
        view: str,
        kind: str,
        ends: tuple[Numeral, Numeral],
        opened: tuple[str, int] | None,
        outer: Measure | None,
    ) -> bool:
        low, high = ends
        if not low.value < high.value or low.vague or high.vague:
            return False
        if kind == "between":
            return opened is not None and opened[0] == "between"
        if kind == "or":
            return high.value <= 3 * low.value
        if kind == "to" and opened is not None and opened[0] == "from":
            before = view[max(0, opened[1] - 48) : opened[1]]
            # What falls "de 20 à 30 cm" falls by so much.
            by_so_much = self._falls.search(before) is not None or (
                outer is not None and outer.unit == "percent" and self._grows.search(before) is not None
            )
            return self._moved.search(before) is None or by_so_much
        return True

    def _is_dashed_range(self, place: Place, low: Numeral, high: Numeral, outer: Measure | None) -> bool:
        if outer is not None or high.scale > 1:
            return low.value < high.value
        return low.value < high.value and self._refusals.has_plural(place.view, high.end)

    @staticmethod
    def _is_score(
        kind: str, low: Numeral, high: Numeral, opened: tuple[str, int] | None, outer: Measure | None
    ) -> bool:
        """Two small numbers that do not rise, with no unit and no "de" before them ("2 à 0")."""
        small = low.value < _LONGEST_SCORE and high.value < _LONGEST_SCORE
        return kind == "to" and small and opened is None and outer is None and low.value >= high.value

    def _finished(self, place: Place, amount: Amount, numeral: Numeral | None) -> Amount:
        """With the qualifiers around it and the direction of change."""
        view = place.view
        after = self._after.match(view, amount.end)
        if after is not None and amount.qualifier == "exact" and not place.is_taken(amount.end, after[1]):
            amount.qualifier, amount.end = cast("Qualifier", after[0]), after[1]
        before = self._before.match(view, amount.start)
        if before is not None and (self._is_threshold(view, before[1], amount) or self._spans(view, before[1], amount)):
            before = None
        if before is not None and before[0] != "exact" and not place.is_taken(before[1], amount.start):
            amount.start = before[1]
            if amount.qualifier != "range" and not (before[0] == "about" and after is not None):
                amount.qualifier = cast("Qualifier", before[0])
        if numeral is not None and numeral.vague:
            amount.qualifier = "about"
        self._direct(view, amount)
        return amount

    def _is_threshold(self, view: str, start: int, amount: Amount) -> bool:
        """Whether a clause is opened by the mark beyond which it holds ("Au-delà de 5 km/h, ..."): so much exactly."""
        if amount.unit is None or view[amount.end : amount.end + 1] != ",":
            return False
        opens = SENTENCE_START.search(view[max(0, start - 6) : start]) is not None
        return opens and self._threshold.match(view, start) is not None

    def _spans(self, view: str, start: int, amount: Amount) -> bool:
        """Whether a word that may exceed says how long something went on ("fraud over three years")."""
        if amount.unit not in TIME_UNITS or self._spanning.match(view, start) is None:
            return False
        return self._exceeded.match(view, start) is None

    def _direct(self, view: str, amount: Amount) -> None:
        self._find_change(view, amount, self._changes)
        points = self._points.match(view, amount.end) if amount.unit is None else None
        if points is not None and self._are_shares(view, amount):
            amount.unit, amount.unit_place = "percentage_point", (amount.end, points.end())
            amount.end = points.end()
        if amount.unit in {"percent", "percentage_point"}:
            self._find_change(view, amount, self._directly)

    def _find_change(self, view: str, amount: Amount, patterns: list[tuple[str, re.Pattern[str]]]) -> None:
        window = view[max(0, amount.start - _CHANGE_REACH) : amount.start]
        for key, pattern in patterns:
            if amount.change is None and pattern.search(window) is not None:
                amount.change = cast("Change", key)
        after = self._change_after.match(view, amount.end) if amount.change is None else None
        if after is not None:
            amount.change = cast("Change", after[0])

    def _are_shares(self, view: str, amount: Amount) -> bool:
        """Whether points are those of a percentage: of a rise or a fall, or in a sentence that speaks of a share."""
        if (amount.value or amount.upper or 0) > _LONGEST_SCORE:
            return False
        before = _SENTENCE_END.split(view[max(0, amount.start - _SHARE_REACH) : amount.start])[-1]
        after = _SENTENCE_END.split(view[amount.end : amount.end + _SHARE_REACH])[0]
        if self._index.search(before[-_CHANGE_REACH:]) is not None:
            return False
        return amount.change is not None or self._share.search(f"{before} {after}") is not None


def _either(lexicon: Lexicon, section: str, key: str) -> str:
    return "|".join(pattern for name, pattern in lexicon.rows(section) if name == key) or "(?!)"


def _sharing(low: Numeral, high: Numeral) -> Numeral:
    """The lower number with the multiplier that only the upper one has ("25 à 30 millions")."""
    if low.scale == 1 and high.scale > 1 and not high.approximate and low.value < high.value / high.scale:
        return replace(low, value=low.value * high.scale, scale=high.scale)
    return low


def _between(first: Amount, second: Amount) -> Amount:
    lower, upper = sorted((first.value or 0.0, second.value or 0.0))
    return replace(
        second,
        start=first.start,
        number_start=first.number_start,
        value=None,
        lower=lower,
        upper=upper,
        qualifier="range",
        change=first.change or second.change,
    )


def _measured(amount: Amount, measure: Measure) -> None:
    if amount.value is not None:
        amount.value += measure.added
    amount.scale(measure.factor)
    amount.unit, amount.end = measure.unit, max(amount.end, measure.end)
    amount.unit_place = (measure.start, measure.end) if measure.end > measure.start else None


def _rescale_lower(amount: Amount, factor: float) -> None:
    if amount.lower is not None:
        amount.lower *= factor
