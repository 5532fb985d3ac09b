"""Days, weeks, seasons and movable feasts, and how each is written in EDTF."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

DAYS_IN_WEEK = 7
_WINTER = 24
_SEASON_MONTHS = {21: 3, 22: 6, 23: 9, _WINTER: 12}


@dataclass(frozen=True, slots=True)
class Stretch:
    """An EDTF value and the first day that it covers."""

    edtf: str
    first: date


def day(moment: date) -> Stretch:
    """One day."""
    return Stretch(moment.isoformat(), moment)


def month(year: int, number: int) -> Stretch:
    """One month; numbers past the ends of the year run on into the next or the last."""
    years, index = divmod(number - 1, 12)
    first = date(year + years, index + 1, 1)
    return Stretch(f"{first.year:04}-{first.month:02}", first)


def year(number: int) -> Stretch:
    """One year."""
    return Stretch(f"{number:04}", date(number, 1, 1))


def season(year_number: int, code: int) -> Stretch:
    """A season by its EDTF code; winter begins in December of the year named."""
    return Stretch(f"{year_number:04}-{code}", date(year_number, _SEASON_MONTHS[code], 1))


def current_season_year(code: int, on: date) -> int:
    """The year whose season of that kind is under way, or the last to begin, on a day."""
    return on.year if on.month >= _SEASON_MONTHS[code] else on.year - 1


def months_until_season(code: int, on: date) -> int:
    """How many months after a day's own the next season of a kind begins; 0 in its first month."""
    return (_SEASON_MONTHS[code] - on.month) % 12


def is_in_season(code: int, on: date) -> bool:
    """Whether a day lies in the three months of a season."""
    return (on.month - _SEASON_MONTHS[code]) % 12 < 3


def days(first: date, last: date) -> Stretch:
    """From one day to another. Raises ValueError when they do not come in that order."""
    if first > last:
        raise ValueError("an interval runs forwards")
    return day(first) if first == last else Stretch(f"{first}/{last}", first)


def between(first: Stretch, last: Stretch) -> Stretch:
    """From one stretch to another. Raises ValueError when they do not come in that order."""
    if first.first > last.first:
        raise ValueError("an interval runs forwards")
    return first if first == last else Stretch(f"{first.edtf}/{last.edtf}", first.first)


def week(on: date, shift: int = 0) -> Stretch:
    """Monday to Sunday of the week of a day, or of one so many weeks later."""
    monday = on - timedelta(days=on.weekday()) + timedelta(weeks=shift)
    return days(monday, monday + timedelta(days=6))


def weekend(on: date, shift: int = 0) -> Stretch:
    """Saturday and Sunday of the week of a day, or of one so many weeks later."""
    saturday = on + timedelta(days=5 - on.weekday(), weeks=shift)
    return days(saturday, saturday + timedelta(days=1))


def months(year_number: int, first: int, count: int) -> Stretch:
    """So many months from one on, as an interval."""
    return between(month(year_number, first), month(year_number, first + count - 1))


def nth_weekday(first_of_month: date, weekday: int, ordinal: int) -> date:
    """The ordinal-th weekday (Monday is 1) of a month, or the last for -1. Raises ValueError where it has none."""
    if ordinal < 0:
        last = date(first_of_month.year, first_of_month.month, last_day(first_of_month))
        return last - timedelta(days=(last.isoweekday() - weekday) % DAYS_IN_WEEK)
    found = first_of_month + timedelta(days=(weekday - first_of_month.isoweekday()) % DAYS_IN_WEEK)
    found += timedelta(weeks=ordinal - 1)
    if found.month != first_of_month.month:
        raise ValueError("the month has no such weekday")
    return found


def last_day(on: date) -> int:
    """The number of the last day of a month."""
    return monthrange(on.year, on.month)[1]


def easter(year_number: int) -> date:
    """Western Easter Sunday, by the Gregorian computus (Meeus, "Astronomical Algorithms", chapter 8)."""
    golden, (century, rest) = year_number % 19, divmod(year_number, 100)
    leaps, correction = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * correction + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    number, index = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year_number, number, index + 1)
