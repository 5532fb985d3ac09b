"""Readings of stretches from one day, month or year to another, which share what is said only once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from extraction.expressions import calendars
from extraction.expressions.calendars import DAYS_IN_WEEK
from extraction.expressions.references import (
    NO_PUBLICATION,
    SEPARATE,
    Reading,
    Reference,
    resolved,
    shift_of,
    unresolved,
)
from extraction.expressions.relative_readings import weekday_near
from extraction.expressions.time_readings import (
    dated,
    full_year,
    month_stretch,
    read_figures,
)
from extraction.expressions.time_rules import Match

# A year of two figures after another ends a season or a war, not a document's number.
_LONGEST_SHORT = 10


def read_days(match: Match, reference: Reference) -> Reading | None:
    """From one day to another of the same month."""
    month, first, last = match.number("month"), match.number("day"), match.number("day2")
    if month is None or first is None or last is None or first >= last:
        return None
    year = match.number("year")
    end = dated(_announced(reference), year, month, last, _second_weekday(match, last - first))
    if end.stretch is None:
        return end
    return resolved(calendars.days(end.stretch.first.replace(day=first), end.stretch.first), end.basis)


def _announced(reference: Reference) -> Reference:
    """A stretch of days without a verb is mostly one announced ("Fermeture du 1er au 15 août")."""
    return replace(reference, tense="present") if reference.tense is None else reference


def read_days_listed(match: Match, reference: Reference) -> Reading | None:
    """Days of one month named one by one: a stretch only if they follow each other."""
    reading = read_days(match, reference)
    first, last = match.number("day") or 0, match.number("day2") or 0
    return unresolved(SEPARATE) if reading is not None and last - first != _steps(match) else reading


def _second_weekday(match: Match, days: int) -> Match:
    """The match with the last day's weekday in the place of the first's, from which it follows where it is absent."""
    weekday = match.number("weekday2")
    if weekday is None and (first := match.number("weekday")) is not None:
        weekday = (first + days - 1) % DAYS_IN_WEEK + 1
    values = {k: v for k, v in match.values.items() if k != "weekday"}
    return Match(match.kind, match.start, match.end, values if weekday is None else values | {"weekday": weekday})


def read_weekend_day(match: Match, reference: Reference) -> Reading | None:
    """The week-end, or the week, that a day of a month belongs to ("le week-end du 15 mars")."""
    month, number = match.number("month"), match.number("day") or match.number("day2")
    if month is None or number is None:
        return None
    found = dated(reference, match.number("year"), month, number, match)
    if found.stretch is None:
        return found
    build = calendars.week if match.text("span") == "week" else calendars.weekend
    return resolved(build(found.stretch.first), found.basis)


def read_night_days(match: Match, reference: Reference) -> Reading | None:
    """The night between two days of a month."""
    return read_days(match, reference)


def read_dates(match: Match, reference: Reference) -> Reading | None:
    """From a day of one month to a day of another; a year given once counts for both."""
    month, month2 = match.number("month"), match.number("month2")
    first, last = match.number("day"), match.number("day2")
    if month is None or month2 is None or first is None or last is None:
        return None
    year2 = match.number("year2") or match.number("year")
    end = dated(_announced(reference), year2, month2, last, Match(match.kind, match.start, match.end, {}))
    if end.stretch is None:
        return end
    wraps = (month, first) > (month2, last) and match.number("year") is None
    year = match.number("year") or end.stretch.first.year - int(wraps)
    return resolved(calendars.days(date(year, month, first), end.stretch.first), end.basis)


def read_months(match: Match, reference: Reference) -> Reading | None:
    """From one month to another; a year given last counts for both."""
    first, last = match.number("fullmonth"), match.number("fullmonth2")
    if first is None or last is None:
        return None
    end = month_stretch(match, reference, last, "2")
    if end is None:
        return unresolved(NO_PUBLICATION)
    year = match.number("year") or end[0].first.year - int(first > last)
    if shift_of(match) == 0 and reference.published is not None:
        year = reference.published.year  # "from this May to October 2020"
    return resolved(calendars.between(calendars.month(year, first), end[0]), end[1])


def read_years(match: Match, reference: Reference) -> Reading | None:  # noqa: ARG001
    """From one year to another."""
    first, last = match.number("year"), match.number("year2")
    if first is None or last is None or first >= last:
        return None
    return resolved(calendars.between(calendars.year(first), calendars.year(last)), "explicit")


def read_years_short(match: Match, reference: Reference) -> Reading | None:  # noqa: ARG001
    """Two years of which the second is short: 2023-24."""
    first, short = match.number("year"), match.number("short")
    if first is None or short is None:
        return None
    last = first - first % 100 + short
    return (
        None if last <= first else resolved(calendars.between(calendars.year(first), calendars.year(last)), "explicit")
    )


def read_weekdays(match: Match, reference: Reference) -> Reading | None:
    """From one weekday to a later one."""
    first, last = match.number("weekday"), match.number("weekday2")
    if first is None or last is None or first == last:
        return None
    length = timedelta(days=(last - first) % DAYS_IN_WEEK)
    if (reference.looks_ahead or reference.tense == "present") and (
        start := weekday_near(first, reference, match.number("shift"))
    ) is not None:
        return resolved(calendars.days(start, start + length), "published_at")
    end = weekday_near(last, reference, match.number("shift"))
    if end is None:
        return unresolved(NO_PUBLICATION)
    return resolved(calendars.days(end - length, end), "published_at")


def read_weekdays_listed(match: Match, reference: Reference) -> Reading | None:
    """Weekdays named one by one, where they follow each other; None where they do not and stand for themselves."""
    first, last = match.number("weekday") or 0, match.number("weekday2") or 0
    return read_weekdays(match, reference) if (last - first) % DAYS_IN_WEEK == _steps(match) else None


def read_months_listed(match: Match, reference: Reference) -> Reading | None:
    """Months named one by one, where they follow each other; None where they do not."""
    first, last = match.number("fullmonth") or 0, match.number("fullmonth2") or 0
    return read_months(match, reference) if (last - first) % 12 == _steps(match) else None


def read_years_listed(match: Match, reference: Reference) -> Reading | None:
    """Years named one by one, where they follow each other; None where they do not."""
    first, last = match.number("year") or 0, match.number("year2") or 0
    return read_years(match, reference) if last - first == _steps(match) else None


def _steps(match: Match) -> int:
    """How many steps it is from the first to the last of what is named one by one."""
    return 1 + (match.text("others") or "").count(",")


def read_relatives(match: Match, reference: Reference) -> Reading | None:
    """From one relative day to another."""
    first, last, published = match.number("relative"), match.number("relative2"), reference.published
    if first is None or last is None:
        return None
    if published is None:
        return unresolved(NO_PUBLICATION)
    stretch = calendars.days(published + timedelta(days=first), published + timedelta(days=last))
    return resolved(stretch, "published_at")


def read_short_year(match: Match, reference: Reference) -> Reading | None:
    """A month with a year of two figures."""
    month, short = match.number("month"), match.number("short")
    if month is None or short is None:
        return None
    return resolved(calendars.month(full_year(short, reference.published), month), "explicit")


def read_numerics(match: Match, reference: Reference) -> Reading | None:
    """From one day in figures to another."""
    first, last = read_figures(match, reference), read_figures(match, reference, "2")
    if first is None or last is None:
        return None
    if first.stretch is None or last.stretch is None:
        return first if first.stretch is None else last
    return resolved(calendars.between(first.stretch, last.stretch), last.basis)
