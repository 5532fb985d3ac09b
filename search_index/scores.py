"""The scores of the passages found: one for each passage of the index where many are, else of those found alone.

Both do the same; which is used changes no score and no order. Scores are above zero; zero is not found.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from search_index.segment import Floats, Ints
from search_index.store import Part

_BLOCKS = 64
_ABOVE_ALL = np.float32(2.0**62)  # and unlike infinity a number in JSON


class Scores(Protocol):
    """What was found, by the passages' numbers among all. Good until the scratch that it lies in is given back."""

    def total(self) -> int:
        """How many were found."""
        ...

    def numbers(self) -> Ints:
        """Which, ascending."""
        ...

    def at(self, numbers: Ints) -> Floats:
        """The scores of some, a copy; zero for one that was not found."""
        ...

    def best(self, most: int) -> tuple[np.float32, Ints]:
        """At most so many, ascending: those with more than the score that comes next, and that score.

        For none, whatever is above every score.
        """
        ...

    def above(self, least: np.float32) -> Ints:
        """Those with more than this, ascending."""
        ...

    def first(self, wanted: int) -> Ints:
        """At least so many of those with the highest scores (or all there are), ties included, ascending."""
        ...

    def leave_out(self, numbers: Ints) -> None:
        """Forget some, ascending, that were found."""
        ...

    def leave_out_above(self, most: np.float32) -> None:
        """Forget those with more than this."""
        ...

    def of(self, part: Part) -> Ints:
        """Those found in a part, by their numbers there."""
        ...


class ManyScores:
    """Scores in an array with a place for each passage."""

    def __init__(self, values: Floats) -> None:
        self._values = values

    def total(self) -> int:
        """How many were found."""
        return int(np.count_nonzero(self._values > 0))  # faster than counting floats

    def numbers(self) -> Ints:
        """Which, ascending."""
        return np.flatnonzero(self._values > 0)

    def at(self, numbers: Ints) -> Floats:
        """The scores of some."""
        return self._values[numbers]

    def best(self, most: int) -> tuple[np.float32, Ints]:
        """At most so many: those with more than the score that comes next."""
        values, n = self._values, most + 1
        if not most:
            return _ABOVE_ALL, np.zeros(0, dtype=np.int64)
        size = len(values) // _BLOCKS
        if size <= n:
            numbers = self.numbers()
            return _cut(numbers, values[numbers], n, np.float32(0))
        # Block j has every size-th value from the j-th on: the maxima of columns are found many at a time. Each of the
        # n blocks with the largest maxima has a value of at least the smallest of these; so the n-th largest is that,
        # or one of the few values above it.
        blocks = values[: size * _BLOCKS].reshape(_BLOCKS, size)
        maxima = blocks.max(axis=0)
        least = np.partition(maxima, size - n)[size - n]
        columns = np.flatnonzero(maxima > least)
        row, column = np.nonzero(blocks[:, columns] > least)
        tail = np.flatnonzero(values[size * _BLOCKS :] > least) + size * _BLOCKS
        numbers = np.sort(np.concatenate([row * size + columns[column], tail]))
        return _cut(numbers, values[numbers], n, least)

    def above(self, least: np.float32) -> Ints:
        """Those with more than this."""
        return np.flatnonzero(self._values > least)

    def first(self, wanted: int) -> Ints:
        """At least so many of those with the highest scores."""
        least, numbers = self.best(wanted)
        if len(numbers) >= wanted or least == 0:
            return numbers
        return np.flatnonzero(self._values >= least)

    def leave_out(self, numbers: Ints) -> None:
        """Forget some."""
        self._values[numbers] = 0

    def leave_out_above(self, most: np.float32) -> None:
        """Forget those with more than this."""
        np.multiply(self._values, self._values <= most, out=self._values)

    def of(self, part: Part) -> Ints:
        """Those found in a part."""
        return np.flatnonzero(self._values[part.base : part.base + part.view.count] > 0)


class FewScores:
    """Scores of the passages found alone: their numbers, ascending, and scores."""

    def __init__(self, numbers: Ints, values: Floats) -> None:
        self._numbers = numbers
        self._values = values

    def total(self) -> int:
        """How many were found."""
        return len(self._numbers)

    def numbers(self) -> Ints:
        """Which, ascending."""
        return self._numbers

    def at(self, numbers: Ints) -> Floats:
        """The scores of some."""
        found = np.zeros(len(numbers), dtype=np.float32)
        if len(self._numbers):
            place = np.minimum(np.searchsorted(self._numbers, numbers), len(self._numbers) - 1)
            known = self._numbers[place] == numbers
            found[known] = self._values[place[known]]
        return found

    def best(self, most: int) -> tuple[np.float32, Ints]:
        """At most so many: those with more than the score that comes next."""
        if not most:
            return _ABOVE_ALL, np.zeros(0, dtype=np.int64)
        return _cut(self._numbers, self._values, most + 1, np.float32(0))

    def above(self, least: np.float32) -> Ints:
        """Those with more than this."""
        return self._numbers[self._values > least]

    def first(self, wanted: int) -> Ints:
        """At least so many of those with the highest scores."""
        if len(self._values) <= wanted:
            return self._numbers
        least = np.partition(self._values, len(self._values) - wanted)[len(self._values) - wanted]
        found: Ints = self._numbers[np.flatnonzero(self._values >= least)]
        return found

    def leave_out(self, numbers: Ints) -> None:
        """Forget some."""
        self._keep(np.isin(self._numbers, numbers, assume_unique=True, invert=True))

    def leave_out_above(self, most: np.float32) -> None:
        """Forget those with more than this."""
        self._keep(self._values <= most)

    def _keep(self, mask: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> None:
        self._numbers, self._values = self._numbers[mask], self._values[mask]

    def of(self, part: Part) -> Ints:
        """Those found in a part."""
        begin, end = np.searchsorted(self._numbers, (part.base, part.base + part.view.count)).tolist()
        found: Ints = np.subtract(self._numbers[begin:end], part.base)
        return found


def _cut(numbers: Ints, values: Floats, n: int, least: np.float32) -> tuple[np.float32, Ints]:
    """The n-th largest of some values, or ``least`` if there are fewer; and the numbers of those with more."""
    if len(values) >= n:
        least = np.float32(np.partition(values, len(values) - n)[len(values) - n])
    return least, numbers[values > least]
