"""Units, currencies and rates beside a number."""

from __future__ import annotations

import re
from typing import NamedTuple

from extraction.expressions.lexicon import Keyed, Lexicon, Preceding
from extraction.expressions.numerals import Numeral, NumeralReader
from extraction.expressions.refusals import Place
from extraction.expressions.units import Measure

_LOWER_SYMBOLS = frozenset({"m", "g", "t", "s", "l", "h"})
_UPPER_SYMBOLS = frozenset({"c", "f", "k"})
_SPREAD = 3


class _Part(NamedTuple):
    """How many make a whole unit, and the unit that the sum is told in ("trois ans et quatre mois": 40 months)."""

    whole: str
    divisor: str
    unit: str = ""


class MeasureReader:
    """Reads what follows and precedes numbers in one language."""

    def __init__(self, lexicon: Lexicon, numbers: NumeralReader) -> None:
        self._numbers = numbers
        self._before = Preceding([(key, f"(?:{pattern}) ?") for key, pattern in lexicon.rows("currency_before")])
        self._short = Keyed(_spaced_rows(lexicon, "short_multiplier"))
        self._unit_before = Preceding(lexicon.rows("unit_before"))
        self._currency = Keyed(_spaced_rows(lexicon, "currency"))
        self._scaled = Keyed(_spaced_rows(lexicon, "currency_scaled"))
        self._units = Keyed(_spaced_rows(lexicon, "unit"))
        self._rates = Keyed(lexicon.rows("rate"))
        self._times = re.compile(rf"{lexicon.union('multiple')}")
        self._multiplied = Preceding([("", lexicon.union("multiple_before"))])
        self._repeated = re.compile(rf"[ \n]{lexicon.union('times_noun')}(?![\w-])")
        self._times_noun = re.compile(rf"[ \n]{lexicon.union('times_noun')}(?![\w])")
        self._half = re.compile(rf"{lexicon.union('half_unit')}(?![\w])")
        self._quarter = re.compile(rf"{lexicon.union('quarter_unit')}(?![\w])")
        self._cents = re.compile(rf"{lexicon.union('cents')}(?![\w])")
        self._cent_figures = re.compile(rf"{lexicon.union('cents_digits')}(?=[ \n]?[,.;:!?)]|\Z)")
        ends = r"(?![\w,.]?[0-9%])(?![\w])"
        self._sub = [(_Part(*key.split("/")), re.compile(part + ends)) for key, part in lexicon.rows("sub")]
        self._coin = re.compile(rf"{lexicon.union('coin')}(?![\w])")
        self._coined = [(key, re.compile(pattern)) for key, pattern in lexicon.rows("coin_of")]
        self._below_zero = re.compile(rf"{lexicon.union('below_zero')}(?![\w])")
        self._person = re.compile(lexicon.union("person_noun"))
        self._age = re.compile(rf"{lexicon.union('bare_age')}")

    def before(self, view: str, at: int) -> tuple[str, int] | None:
        """Currency and start of a sign or code that ends where a number begins ("US$", "GBP")."""
        return self._before.match(view, at)

    def short_multiplier(self, view: str, numeral: Numeral) -> tuple[float, int] | None:
        """Factor and end of a letter that multiplies an amount after a currency sign ("$3m")."""
        found = self._short.match(view, numeral.end) if numeral.scale == 1 else None
        return None if found is None else (float(found[0]), found[1])

    def label_before(self, view: str, at: int) -> str | None:
        """A unit named before its number ("magnitude 6,2")."""
        found = self._unit_before.match(view, at)
        return None if found is None else found[0]

    def after(self, place: Place, numeral: Numeral) -> Measure | None:
        """The unit or currency that follows a number, with its own fractions ("deux heures et demie")."""
        view, at = place.view, numeral.end
        rate = self._rates.match(view, at)
        if rate is not None and not place.is_taken(at + 1, rate[1]):
            return Measure(rate[0], 1, at + 1, rate[1])
        if self._times.match(view, at) is not None or self._multiplied.match(view, numeral.start) is not None:
            noun = self._times_noun.match(view, at)
            return Measure("times", 1, at, noun.end() if noun is not None else at)
        repeated = self._repeated.match(view, at)
        if repeated is not None:
            return Measure("times", 1, at, repeated.end())
        money = self._money(view, numeral) or self._coins(view, numeral)
        return money if money is not None else self._physical(place, at)

    def _money(self, view: str, numeral: Numeral) -> Measure | None:
        found = self._currency.match(view, numeral.end)
        if found is None and numeral.scale > 1:
            found = self._scaled.match(view, numeral.end)
        if found is None:
            return None
        unit, factor = _unit_and_factor(found[0])
        added, end = self._cents_after(view, found[1])
        return Measure(unit, factor, numeral.end, end, added)

    def _coins(self, view: str, numeral: Numeral) -> Measure | None:
        """Coins are those of the currency that the passage names ("quatre centimes" where sums are in euros)."""
        found = self._coin.match(view, numeral.end) if numeral.scale == 1 else None
        for currency, pattern in self._coined if found is not None else ():
            if found is not None and pattern.search(view) is not None:
                return Measure(currency, 0.01, numeral.end, found.end())
        return None

    def _cents_after(self, view: str, at: int) -> tuple[float, int]:
        for pattern in (self._cents, self._cent_figures):
            found = pattern.match(view, at)
            value = self._numbers.read(found[1]) if found is not None else None
            if found is not None and value is not None and value < 100:
                return value / 100, found.end()
        return 0, at

    def _physical(self, place: Place, at: int) -> Measure | None:
        view = place.view
        found = self._units.match(view, at)
        if found is None or not self._is_symbol_right(place, at, found[1]):
            return None
        unit, factor = _unit_and_factor(found[0])
        added, end, finer = self._parts(view, unit, found[1])
        if finer is not None:
            return Measure(finer.unit, factor * float(finer.divisor), at, end, added)
        if unit.startswith("degree") and (below := self._below_zero.match(view, end)) is not None:
            factor, end = -factor, below.end()
        return Measure(unit, factor, at, end, added)

    def _is_symbol_right(self, place: Place, start: int, end: int) -> bool:
        """A letter alone is a symbol only in lower case, and no article before an apostrophe ("12 l'ont")."""
        symbol = place.view[start:end].split()[-1] if place.view[start:end].strip() else ""
        if symbol in _UPPER_SYMBOLS and place.view[start:end].strip() == symbol:
            return place.original(end - 1).isupper()
        if symbol not in _LOWER_SYMBOLS:
            return True
        return symbol == "h" or (not place.original(end - 1).isupper() and place.view[end : end + 1] != "'")

    def _parts(self, view: str, unit: str, end: int) -> tuple[float, int, _Part | None]:
        """What a unit's parts add, where they end, and the finer unit that the whole is told in, if any."""
        for key, part in (("half", 0.5), ("quarter", 0.25)):
            found = (self._half if key == "half" else self._quarter).match(view, end)
            if found is not None:
                return part, found.end(), None
        for part_of, pattern in self._sub:
            found = pattern.match(view, end) if part_of.whole == unit else None
            value = self._numbers.read(found[1]) if found is not None else None
            if found is not None and value is not None:
                return value / float(part_of.divisor), found.end(), part_of if part_of.unit else None
        return 0, end, None

    def is_bare_age(self, place: Place, numeral: Numeral) -> bool:
        """Whether bare figures between commas after a name are an age ("Mary Poe, 53, said")."""
        if numeral.form != "digits" or not 1 <= numeral.value < 120:
            return False
        start, view = numeral.start, place.view
        if start < _SPREAD or view[start - 2 : start] != ", " or not view[start - 3].isalpha():
            return False
        word = view.rfind(" ", 0, start - 2) + 1
        named = place.original(word).isupper() or self._person.fullmatch(view, word, start - 2) is not None
        return self._age.match(view, numeral.end) is not None and named


def _spaced_rows(lexicon: Lexicon, section: str) -> list[tuple[str, str]]:
    return [(key, rf"[ \n-]?(?:{pattern})") for key, pattern in lexicon.rows(section)]


def _unit_and_factor(key: str) -> tuple[str, float]:
    unit, _, factor = key.partition("*")
    return unit, float(factor or 1)
