"""The part of EDTF (ISO 8601-2, level 1) that the contract uses: from a value to the first and last day it covers.

Seasons are those of the northern half of the world, each wide enough for both the meteorological and the astronomical
reading, since newspapers use either: 21 spring, 22 summer, 23 autumn, 24 winter, which begins in the year it names.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, time

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}):([0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?)?")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_YEAR = re.compile(r"[0-9]{4}")
_OPEN = ".."
# First and last day of each season as (years after the one named, month, day).
_SEASONS = {
    21: ((0, 3, 1), (0, 6, 20)),
    22: ((0, 6, 1), (0, 9, 22)),
    23: ((0, 9, 1), (0, 12, 20)),
    24: ((0, 12, 1), (1, 3, 20)),
}


def bounds(edtf: str) -> tuple[date | None, date | None]:
    """First and last day that a value covers; None for an open end.

    Reads days, clock times, months, seasons, years and intervals of days, months, seasons or years (``2015/..``).
    Raises ValueError for anything else, for days that no calendar has and for intervals that run backwards.
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _covered(edtf)
    if first == last == _OPEN:
        raise ValueError(f"an interval without any end: {edtf!r}")
    lower = None if first == _OPEN else _end(first)[0]
    upper = None if last == _OPEN else _end(last)[1]
    if lower is not None and upper is not None and lower > upper:
        raise ValueError(f"an interval that runs backwards: {edtf!r}")
    return lower, upper


def _end(value: str) -> tuple[date, date]:
    if "T" in value:
        raise ValueError(f"intervals of clock times are not used: {value!r}")
    return _covered(value)


def _covered(value: str) -> tuple[date, date]:
    if match := _DAY.fullmatch(value):
        _check_clock(*match.group(4, 5, 6, 7))
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return day, day
    if match := _MONTH.fullmatch(value):
        return _month_or_season(int(match[1]), int(match[2]))
    if _YEAR.fullmatch(value):
        return date(int(value), 1, 1), date(int(value), 12, 31)
    raise ValueError(f"not a value of this EDTF subset: {value!r}")


def _month_or_season(year: int, number: int) -> tuple[date, date]:
    if number in _SEASONS:
        (years, month, day), (later, last_month, last_day) = _SEASONS[number]
        return date(year + years, month, day), date(year + later, last_month, last_day)
    first = date(year, number, 1) if 1 <= number <= 12 else None
    if first is None:
        raise ValueError(f"neither month nor season: {number}")
    return first, date(year, number, monthrange(year, number)[1])


def _check_clock(hour: str | None, minute: str | None, second: str | None, zone: str | None) -> None:
    if hour is not None and minute is not None and second is not None:
        time.fromisoformat(f"{hour}:{minute}:{second}{zone or ''}")
