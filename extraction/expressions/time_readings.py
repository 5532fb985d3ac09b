"""What each kind of expression of time means: one small function a kind, on numbers, without any language.

A reading answers an EDTF value with its basis; or, without a day to count from, why there is none; or None where the
words are no date after all. It raises ValueError for days that no calendar has, which the caller takes for None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from extraction.document import Basis
from extraction.expressions import calendars
from extraction.expressions.calendars import Stretch
from extraction.expressions.clock_readings import with_clock
from extraction.expressions.references import (
    AMBIGUOUS,
    BY_COUNTRY,
    NO_PUBLICATION,
    Reading,
    Reference,
    resolved,
    shift_of,
    unresolved,
)
from extraction.expressions.time_rules import Match

# So many days ahead a day without its year may lie, by the tense of its verb, before it is rather the last one:
# "les élections du 30 juin" ten days before them, "le procès s'ouvre le 30 juin" half a year before it. Under a past
# verb a day of next week is one arranged: nobody leaves out the year of one so long ago.
_DAYS_AHEAD = {"future": 1500, "intended": 350, "present": 183, None: 60, "past": 14}
# So many months ahead a month without its year may lie, by the tense of its verb, before it is rather the last one.
_MONTHS_AHEAD = {"future": 12, "intended": 9, "present": 6, None: 3, "past": 0}
# Solstices and equinoxes fall on or near this day.
_SOLSTICE = 20
# Nobody tells of a quarter or half of a year before so much of it has passed.
_UNTOLD = 0.5
_PIVOT = 30


def full_year(figures: int, published: date | None) -> int:
    """A year of two figures: at most thirty years after the publication (or after 2000), else of the century before."""
    if figures >= 100:
        return figures
    base = published.year if published is not None else 2000
    year = base - base % 100 + figures
    return year - 100 if year > base + _PIVOT else year


def read_date(match: Match, reference: Reference) -> Reading | None:
    """A day of a month, with or without its year, weekday and clock time."""
    if (iso := match.text("iso")) is not None:
        return with_clock(match, resolved(calendars.day(date.fromisoformat(iso.replace("/", "-"))), "explicit"))
    if match.number("first") is not None:
        return _numeric(match, reference)
    month, number = match.number("month"), match.number("day") or match.number("day2")
    if month is None:
        return None
    if number is None:
        return _nth_day(match, reference, month)
    return with_clock(match, dated(reference, match.number("year"), month, number, match))


def dated(reference: Reference, year: int | None, month: int, number: int, match: Match) -> Reading:
    """A day whose year is given, or else the last or next one that fits tense, shift and weekday."""
    if year is not None:
        return resolved(calendars.day(date(year, month, number)), "explicit")
    date(2000, month, number)  # raises for a day that no year has
    published = reference.published
    if published is None:
        return unresolved(NO_PUBLICATION)
    days = _existing(published.year, month, number)
    weekday = match.number("weekday")
    if weekday is not None and (same := [d for d in days if d.isoweekday() == weekday]):
        return resolved(calendars.day(min(same, key=lambda d: abs(d - published))), "published_at")
    return resolved(calendars.day(_chosen(days, reference, match.number("shift"))), "published_at")


def _existing(year: int, month: int, number: int) -> list[date]:
    """The days of that name around a year (29 February: the leap years nearby)."""
    found = []
    for candidate in range(year - 4, year + 5):
        try:
            found.append(date(candidate, month, number))
        except ValueError:
            continue
    return found


def _chosen(days: list[date], reference: Reference, shift: int | None) -> date:
    published = reference.published
    assert published is not None
    last = max(d for d in days if d < published or (shift is None and d == published))
    coming = min(d for d in days if d > published or (shift is None and d == published))
    if shift is not None:
        return last if shift < 0 else coming
    farthest = 0 if reference.is_led and reference.tense == "past" else _DAYS_AHEAD[reference.tense]
    return coming if last != published and (coming - published).days <= farthest else last


def _numeric(match: Match, reference: Reference) -> Reading | None:
    reading = read_figures(match, reference)
    return None if reading is None else with_clock(match, reading)


def read_figures(match: Match, reference: Reference, suffix: str = "") -> Reading | None:
    """Figures with marks between them: 22/04/2016, 31.12.2019, 22/04."""
    first, second = match.number(f"first{suffix}") or 0, match.number(f"second{suffix}") or 0
    mark, figures = match.text(f"mark{suffix}"), match.number(f"figures{suffix}")
    if figures is None and (mark != "/" or match.end - match.start < 5):
        return None
    if figures is not None and figures < 100 and mark != "/":
        return None
    number, month = first, second
    if reference.months_first and first != second and second <= 12:
        if first <= 12:
            return unresolved(AMBIGUOUS)
    elif reference.months_first and second > 12:
        number, month = second, first
    year = full_year(figures, reference.published) if figures is not None else None
    return dated(reference, year, month, number, match)


def _nth_day(match: Match, reference: Reference, month: int) -> Reading | None:
    nth = match.number("nth")
    if nth is None:
        return None
    first = month_stretch(match, reference, month)
    if first is None:
        return unresolved(NO_PUBLICATION)
    number = calendars.last_day(first[0].first) if nth < 0 else nth
    return resolved(calendars.day(first[0].first.replace(day=number)), first[1])


def month_stretch(match: Match, reference: Reference, month: int, suffix: str = "") -> tuple[Stretch, Basis] | None:
    """A month with its year given, or the last or next one; None without anything to count from."""
    year, published = match.number(f"year{suffix}"), reference.published
    if year is not None:
        return calendars.month(year, month), "explicit"
    if published is None:
        return None
    shift = shift_of(match)
    if shift == 0:
        return calendars.month(published.year, month), "published_at"
    ahead = (month - published.month) % 12
    if shift is not None:
        ahead = (ahead or 12) if shift > 0 else ahead - 12
    elif ahead > _MONTHS_AHEAD[reference.tense]:
        ahead -= 12
    return calendars.month(published.year, published.month + ahead), "published_at"


def read_month(match: Match, reference: Reference) -> Reading | None:
    """A month, or its beginning, middle or end, which count as the month."""
    names = ("month", "fullmonth", "safemonth", "plainmonth", "monthnumber")
    month = next((number for name in names if (number := match.number(name)) is not None), None)
    if month is None:
        return None
    found = month_stretch(match, reference, month)
    return resolved(*found) if found is not None else unresolved(NO_PUBLICATION)


def read_month_of(match: Match, reference: Reference) -> Reading | None:
    """A month of this, the last or the next year."""
    month, published = match.number("fullmonth"), reference.published
    if month is None:
        return None
    if published is None:
        return unresolved(NO_PUBLICATION)
    return resolved(calendars.month(published.year + (shift_of(match) or 0), month), "published_at")


def _part_of_month(match: Match, reference: Reference, build: Callable[[date, int], Stretch]) -> Reading | None:
    month, ordinal = match.number("month"), match.number("ordinal")
    if ordinal is None:
        return None
    if month is not None:
        found = month_stretch(match, reference, month)
        return resolved(build(found[0].first, ordinal), found[1]) if found is not None else unresolved(NO_PUBLICATION)
    published = reference.published
    if published is None:
        return unresolved(NO_PUBLICATION)
    first = calendars.month(published.year, published.month + (shift_of(match) or 0)).first
    return resolved(build(first, ordinal), "published_at")


def read_fortnight(match: Match, reference: Reference) -> Reading | None:
    """The first or second half of a month."""
    return _part_of_month(match, reference, _half)


def _half(first: date, ordinal: int) -> Stretch:
    if ordinal == 1:
        return calendars.days(first, first.replace(day=15))
    return calendars.days(first.replace(day=16), first.replace(day=calendars.last_day(first)))


def read_week_of(match: Match, reference: Reference) -> Reading | None:
    """The n-th full week of a month."""
    return _part_of_month(match, reference, _week)


def _week(first: date, ordinal: int) -> Stretch:
    """The n-th Monday's week; the last is the last that lies mostly in the month."""
    return calendars.week(calendars.nth_weekday(first, 4 if ordinal < 0 else 1, ordinal))


def read_weekend_of(match: Match, reference: Reference) -> Reading | None:
    """The n-th week-end of a month."""
    return _part_of_month(
        match, reference, lambda first, ordinal: calendars.weekend(calendars.nth_weekday(first, 6, ordinal))
    )


def read_weekday_of_month(match: Match, reference: Reference) -> Reading | None:
    """The n-th weekday of the month, unless the present makes it a habit ("on s'y réunit le premier jeudi du mois")."""
    return read_weekday_first(match, reference) if reference.tense == "past" or reference.looks_ahead else None


def read_weekday_first(match: Match, reference: Reference) -> Reading | None:
    """The n-th weekday of a month."""
    weekday = match.number("weekday") or 1
    return _part_of_month(
        match, reference, lambda first, ordinal: calendars.day(calendars.nth_weekday(first, weekday, ordinal))
    )


def read_week_number(match: Match, reference: Reference) -> Reading | None:
    """An ISO week of the year given or of the publication's."""
    number, year, published = match.number("count"), match.number("year"), reference.published
    if number is None:
        return None
    if year is None and published is None:
        return unresolved(NO_PUBLICATION)
    monday = date.fromisocalendar(year or (published.year if published else 0), number, 1)
    return resolved(calendars.week(monday), "published_at" if year is None else "explicit")


def holiday_on(spec: str, year: int) -> date:
    """The day of a feast in a year.

    Written as "12-25", "easter-2", "9/1#1" (the first Monday of September), or "5/7#-1!49": the last Sunday of May,
    or a week later where that is the 49th day after Easter.
    """
    if (nth := re.fullmatch(r"([0-9]+)/([1-7])#(-?[0-9])(?:!([0-9]+))?", spec)) is not None:
        found = calendars.nth_weekday(date(year, int(nth[1]), 1), int(nth[2]), int(nth[3]))
        gives_way = nth[4] is not None and found == calendars.easter(year) + timedelta(days=int(nth[4]))
        return found + timedelta(weeks=int(gives_way))
    if (movable := re.fullmatch(r"easter([+-][0-9]+)", spec)) is not None:
        return calendars.easter(year) + timedelta(days=int(movable[1]))
    month, number = map(int, spec.split("-"))
    return date(year, month, number)


def read_holiday(match: Match, reference: Reference) -> Reading | None:
    """A feast in the year given, or the last or next one."""
    spec, year, published = match.text("holiday"), match.number("year"), reference.published
    if spec is None:
        return None
    if spec == "-":
        return unresolved(BY_COUNTRY)
    if re.fullmatch(r"[0-9]{4}-[0-9-]{5}", spec):
        return resolved(calendars.day(date.fromisoformat(spec)), "explicit")
    if year is not None:
        return resolved(calendars.day(holiday_on(spec, year)), "explicit")
    if published is None:
        return unresolved(NO_PUBLICATION)
    days = [holiday_on(spec, published.year + years) for years in (-2, -1, 0, 1, 2)]
    return with_clock(match, resolved(calendars.day(_chosen(days, reference, shift_of(match))), "published_at"))
