"""Numbers written out: a run of number words read as one value, as far as it makes one.

A state machine over kinds of words, so that "vingt trente" is two numbers and "soixante-dix-neuf" one. It knows units
(1-9), teens (10-19), tens, hundred and thousand; larger multipliers are nouns, see ``extraction.expressions.numerals``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extraction.expressions.lexicon import Lexicon

_WORD = re.compile(r"[a-z]+(?![\w])")
_LONGEST_RUN = 16


@dataclass(slots=True)
class _Run:
    """Thousands already closed, the part below a thousand, and the kind of the last word."""

    closed: float = 0
    part: float = 0
    last: str = ""


class WordReader:
    """Reads the number words of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = {word: _kind_and_value(key) for key, word in lexicon.rows("number")}
        self._joint = re.compile(lexicon.union("joint"))
        self._linked_values = {float(key) for key, _ in lexicon.rows("linked_value")}
        self._linked_after = {key for key, _ in lexicon.rows("linked_after")}
        self._teens_after = {float(key) for key, _ in lexicon.rows("teens_after")}

    @property
    def words(self) -> list[str]:
        """All number words, the longest first."""
        return sorted(self._words, key=len, reverse=True)

    def read(self, view: str, at: int) -> tuple[float, int] | None:
        """Value and end of the number that begins at a position."""
        run, end, linked = _Run(), at, False
        for _ in range(_LONGEST_RUN):
            found = _WORD.match(view, at)
            term = self._words.get(found.group()) if found is not None else None
            if found is None or term is None or not self._add(run, *term, linked=linked):
                break
            end = found.end()
            joint = self._joint.match(view, end)
            if joint is None or run.last == "zero":
                break
            at, linked = joint.end(), len(joint.group()) > 1
        return (run.closed + run.part, end) if run.last else None

    def _add(self, run: _Run, kind: str, value: float, *, linked: bool) -> bool:
        if linked and not self._may_link(run, value):
            return False
        if kind == "thousand":
            return _close_thousand(run, value)
        if kind == "hundred":
            return _add_hundred(run, value)
        return self._add_below_hundred(run, kind, value)

    def _may_link(self, run: _Run, value: float) -> bool:
        return run.last in self._linked_after and (not self._linked_values or value in self._linked_values)

    def _add_below_hundred(self, run: _Run, kind: str, value: float) -> bool:
        if run.last == "unit" and run.part % 100 == 4 and value == 20 and self._teens_after:
            run.part, run.last = run.part + 76, "ten"  # quatre-vingts
            return True
        if not (run.last in {"", "hundred", "thousand"} or self._fits(run, kind, value)):
            return False
        run.part, run.last = run.part + value, kind
        return run.part > 0 or kind == "zero"

    def _fits(self, run: _Run, kind: str, value: float) -> bool:
        if run.last == "ten":
            return kind == "unit" or (kind == "teen" and run.part % 100 in self._teens_after)
        # dix-sept, soixante-dix-huit
        return bool(self._teens_after) and run.last == "teen" and run.part % 20 == 10 and kind == "unit" and value >= 7


def _kind_and_value(key: str) -> tuple[str, float]:
    kind, value = key.split(":")
    return kind, float(value)


def _add_hundred(run: _Run, value: float) -> bool:
    """A hundred, or hundreds in one word ("doscientos"), which nothing multiplies."""
    if run.last in {"", "thousand"}:
        run.part = value
    elif value == 100 and run.last in {"unit", "teen"} and 1 <= run.part < 20:
        run.part *= 100
    else:
        return False
    run.last = "hundred"
    return True


def _close_thousand(run: _Run, value: float) -> bool:
    if run.closed or run.last == "zero":
        return False
    run.closed, run.part, run.last = max(run.part, 1) * value, 0, "thousand"
    return True
