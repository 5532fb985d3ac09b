"""Units as numbers have them beside them."""

from __future__ import annotations

from dataclasses import dataclass

TIME_UNITS = frozenset({"decade", "year", "month", "week", "day", "hour", "minute", "second", "millisecond"})


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit at a place of the view, what a value is multiplied by, and what its own fractions add before that."""

    unit: str
    factor: float
    start: int
    end: int
    added: float = 0
