"""What each kind of expression of time means: one small function a kind, on numbers, without any language.

A reading answers an EDTF value with its basis; or, without a day to count from, why there is none; or None where the
words are no date after all. It raises ValueError for days that no calendar has, which the caller takes for None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from extraction.document import Basis
from extraction.expressions import calendars
from extraction.expressions.calendars import Stretch
from extraction.expressions.time_rules import Match
from extraction.tense import Tense

NO_PUBLICATION = "The article has no publication date to count from."
NO_CONTEXT = "No date nearby says what this counts from."
APPROXIMATE = "The text gives only an approximate distance in time."
BELOW_A_DAY = "A distance of hours names no day."
SEPARATE = "Several separate days are named."
OTHER_YEAR = "A date of another year stands beside it, so that its own year is open."
NOWADAYS = "The word may mean nowadays as well as the day of publication."
AMBIGUOUS = "Day and month cannot be told apart."
_SOON = 60
_PIVOT = 30


@dataclass(frozen=True, slots=True)
class Reference:
    """What an expression may count from: the day of publication, the verb's tense, the last date in the passage.

    ``day`` is the last date that is a day, of this passage or the one before, unless a later time came into play.
    """

    published: date | None
    tense: Tense | None
    context: Stretch | None
    day: Stretch | None
    months_first: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A value with the stretch that later expressions may count from, or the reason why there is none."""

    edtf: str | None
    basis: Basis
    reason: str | None = None
    stretch: Stretch | None = None


def resolved(stretch: Stretch, basis: Basis) -> Reading:
    """A reading that has a value."""
    return Reading(stretch.edtf, basis, None, stretch)


def unresolved(reason: str) -> Reading:
    """A reading that has none, and says why."""
    return Reading(None, "unresolved", reason)


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
    if reference.tense is None and last != published and (coming - published).days <= _SOON:
        return coming  # "les élections du 30 juin", ten days before them
    return coming if reference.tense == "future" else last


def with_clock(match: Match, reading: Reading) -> Reading | None:
    """The reading to the minute, where the match has a clock time."""
    hour = match.number("noon") if match.number("noon") is not None else match.number("hour")
    if hour is None or reading.stretch is None:
        return reading
    late = match.text("meridiem") == "pm" or match.text("evening") is not None or match.number("tonight") is not None
    if late and hour < 12:
        hour += 12
    elif match.text("meridiem") == "am" and hour == 12:
        hour = 0
    minute = match.number("minute") or match.number("minutes") or 0
    if hour > 23 or minute > 59:
        return None if hour > 24 or minute > 59 else reading
    zone = match.text("zone") or ""
    return Reading(f"{reading.stretch.first}T{hour:02}:{minute:02}:00{zone}", reading.basis, None, reading.stretch)


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


def shift_of(match: Match) -> int | None:
    """How many units away the words say ("last" is -1, "this" 0), None where they do not."""
    return match.number("shift") if match.number("shift") is not None else match.number("pre")


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
    if (shift is not None and shift > 0) or (shift is None and reference.tense == "future"):
        ahead = ahead or (12 if shift is not None else 0)
    elif ahead or shift is not None:
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
    return _part_of_month(
        match, reference, lambda first, ordinal: calendars.week(calendars.nth_weekday(first, 1, ordinal))
    )


def read_weekend_of(match: Match, reference: Reference) -> Reading | None:
    """The n-th week-end of a month."""
    return _part_of_month(
        match, reference, lambda first, ordinal: calendars.weekend(calendars.nth_weekday(first, 6, ordinal))
    )


def read_weekday_first(match: Match, reference: Reference) -> Reading | None:
    """The n-th weekday of a month."""
    weekday = match.number("weekday") or 1
    return _part_of_month(
        match, reference, lambda first, ordinal: calendars.day(calendars.nth_weekday(first, weekday, ordinal))
    )


def read_year(match: Match, reference: Reference) -> Reading | None:  # noqa: ARG001
    """A year, or its beginning or end, which count as the year."""
    year = match.number("year")
    return None if year is None else resolved(calendars.year(year), "explicit")


def read_year_words(match: Match, reference: Reference) -> Reading | None:  # noqa: ARG001
    """A year written out, as a number or as its century and the rest."""
    century, tens, number = match.number("century"), match.number("tens"), match.number("count")
    if century is not None and tens is not None and 10 <= tens < 100:
        return resolved(calendars.year(century * 100 + tens), "explicit")
    return resolved(calendars.year(number), "explicit") if number is not None and 1900 <= number < 2100 else None


def read_week_number(match: Match, reference: Reference) -> Reading | None:
    """An ISO week of the year given or of the publication's."""
    number, year, published = match.number("count"), match.number("year"), reference.published
    if number is None:
        return None
    if year is None and published is None:
        return unresolved(NO_PUBLICATION)
    monday = date.fromisocalendar(year or (published.year if published else 0), number, 1)
    return resolved(calendars.week(monday), "published_at" if year is None else "explicit")


def read_year_open(match: Match, reference: Reference) -> Reading | None:  # noqa: ARG001
    """From a year on."""
    year = match.number("year")
    if year is None:
        return None
    return Reading(f"{year:04}/..", "explicit", None, calendars.year(year))


def read_decade(match: Match, reference: Reference) -> Reading | None:  # noqa: ARG001
    """The ten years of a decade; two figures are of the last century that had them."""
    decade = match.number("decade") or match.number("tens") or match.number("nineties")
    if decade is None or decade % 10 or not (10 < decade < 100 or decade >= 1000):
        return None
    start = decade if decade >= 1000 else 1900 + decade
    return resolved(calendars.between(calendars.year(start), calendars.year(start + 9)), "explicit")


def read_season(match: Match, reference: Reference) -> Reading | None:
    """A season with its year, or the last or next one."""
    code, year, published = match.number("season"), match.number("year"), reference.published
    if code is None:
        return None
    if year is not None:
        return resolved(calendars.season(year, code), "explicit")
    if published is None:
        return unresolved(NO_PUBLICATION)
    shift, begun = shift_of(match), calendars.current_season_year(code, published)
    current = calendars.is_in_season(code, published)
    if match.kind == "season_this":
        begun += 0 if current or (code == 24 and published.month < 6) or begun == published.year else 1
    elif shift == 0:
        begun = published.year if code != 24 or published.month > 3 else published.year - 1
    elif shift is not None:
        begun += 1 if shift > 0 else -1 if current else 0
    elif reference.tense == "future" and not current:
        begun += 1
    return resolved(calendars.season(begun, code), "published_at")


def read_quarter(match: Match, reference: Reference) -> Reading | None:
    """A quarter or half of a year, of the year given or the last to begin."""
    ordinal, year, published = match.number("ordinal"), match.number("year"), reference.published
    size = 6 if match.text("period") == "semester" else 3
    if ordinal is None or (ordinal < 0 and year is None):
        return None
    ordinal = 12 // size if ordinal < 0 else ordinal
    if ordinal * size > 12:
        return None
    first = (ordinal - 1) * size + 1
    if year is not None:
        return resolved(calendars.months(year, first, size), "explicit")
    if published is None:
        return unresolved(NO_PUBLICATION)
    if shift_of(match) is not None:
        return resolved(calendars.months(published.year + (shift_of(match) or 0), first, size), "published_at")
    late = published.month < first and reference.tense != "future"
    return resolved(calendars.months(published.year - int(late), first, size), "published_at")


def holiday_on(spec: str, year: int) -> date:
    """The day of a feast ("12-25", "easter-2") in a year."""
    if (movable := re.fullmatch(r"easter([+-][0-9]+)", spec)) is not None:
        return calendars.easter(year) + timedelta(days=int(movable[1]))
    month, number = map(int, spec.split("-"))
    return date(year, month, number)


def read_holiday(match: Match, reference: Reference) -> Reading | None:
    """A feast in the year given, or the last or next one."""
    spec, year, published = match.text("holiday"), match.number("year"), reference.published
    if spec is None:
        return None
    if year is not None:
        return resolved(calendars.day(holiday_on(spec, year)), "explicit")
    if published is None:
        return unresolved(NO_PUBLICATION)
    days = [holiday_on(spec, published.year + years) for years in (-2, -1, 0, 1, 2)]
    return with_clock(match, resolved(calendars.day(_chosen(days, reference, match.number("shift"))), "published_at"))
