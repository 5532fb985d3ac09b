"""Quantities and dates in one form each, the same for passages and for questions: ``3000``, ``2.5``, ``2024-06-19``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_LARGEST = 1e18
_DECIMALS = 9
_MONTH, _DAY = len("2024-06"), len("2024-06-19")


def number_value(number: float | None) -> str | None:
    """A number as the shortest decimal, without sign and grouping; None for none and for one beyond all counting."""
    if number is None or not abs(number) < _LARGEST:
        return None
    return f"{abs(number):.{_DECIMALS}f}".rstrip("0").rstrip(".")


def number_values(numbers: Iterable[float | None]) -> Iterator[str]:
    """The forms of those numbers that have one."""
    return (value for value in map(number_value, numbers) if value is not None)


def time_values(edtf: str) -> Iterator[str]:
    """A date with the month and the year that it lies in; of an interval, those of both ends. Clock times are left out.

    ``edtf`` is a value of the subset that ``extraction.expressions.edtf`` reads.
    """
    for end in edtf.split("/"):
        if end != "..":
            yield from dict.fromkeys((end[:_DAY], end[:_MONTH], end[:4]))
