"""Readings of years, decades, centuries, seasons, quarters and the first or last months of a year."""

from __future__ import annotations

from datetime import date, timedelta

from extraction.expressions import calendars
from extraction.expressions.calendars import Stretch
from extraction.expressions.references import (
    NO_PUBLICATION,
    Reading,
    Reference,
    resolved,
    shift_of,
    unresolved,
)
from extraction.expressions.time_readings import dated, month_stretch
from extraction.expressions.time_rules import Match
from extraction.tense import Tense

_MONTHS_IN_YEAR = 12
_MONTHS = {"quarter": 3, "semester": 6, "year": 12}
# Solstices and equinoxes fall on or near this day.
_SOLSTICE = 20
_WINTER, _SPRING = 24, 5
# So many months ahead a season may begin for a verb in the present to mean the next one.
_SOON = 6
# Nobody tells of a quarter or half of a year before so much of it has passed.
_UNTOLD = 0.5


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


def read_decade(match: Match, reference: Reference) -> Reading | None:  # noqa: ARG001
    """The ten years of a decade; two figures are of the last century that had them."""
    decade = match.number("decade") or match.number("tens") or match.number("nineties")
    if decade is None or decade % 10 or not (10 < decade < 100 or decade >= 1000):
        return None
    start = decade if decade >= 1000 else 1900 + decade
    return resolved(calendars.between(calendars.year(start), calendars.year(start + 9)), "explicit")


def read_century(match: Match, reference: Reference) -> Reading | None:
    """The hundred years of a century by its number, or of the last or this one."""
    number, shift, published = match.number("nth_century"), shift_of(match), reference.published
    shift = -1 if number is None and shift is None else shift
    if number is not None:
        return resolved(_century(number), "explicit")
    if published is None:
        return unresolved(NO_PUBLICATION)
    return resolved(_century((published.year - 1) // 100 + 1 + (shift or 0)), "published_at")


def _century(number: int) -> Stretch:
    return calendars.between(calendars.year(100 * number - 99), calendars.year(100 * number))


def read_season(match: Match, reference: Reference) -> Reading | None:
    """A season with its year, or the last or next one."""
    code, year, published = match.number("season"), match.number("year"), reference.published
    if code is None:
        return None
    if year is not None:
        return resolved(calendars.season(year, code), "explicit")
    if published is None:
        return unresolved(NO_PUBLICATION)
    shift = 0 if match.kind == "season_this" else shift_of(match)
    begun = calendars.current_season_year(code, published) + _seasons_away(code, shift, published, reference.tense)
    return resolved(calendars.season(begun, code), "published_at")


def read_season_habit(match: Match, reference: Reference) -> Reading | None:
    """A season in words that make it one of every year unless the verb looks back or ahead ("en été, on y vient")."""
    return read_season(match, reference) if reference.tense == "past" or reference.looks_ahead else None


def _seasons_away(code: int, shift: int | None, published: date, tense: Tense | None) -> int:
    """How many seasons of a kind lie between the last to begin and the one meant."""
    is_current, months = calendars.is_in_season(code, published), calendars.months_until_season(code, published)
    if shift == 0:
        begins_later = calendars.season(published.year, code).first > published
        return int(begins_later and not (is_current or (code == _WINTER and published.month <= _SPRING)))
    if shift is not None:
        return 1 if shift > 0 else -int(is_current)
    if tense == "past":
        return -int(months == 0 and published.day < _SOLSTICE)
    ahead = tense in {"future", "intended"} or (tense == "present" and months <= _SOON)
    return int(ahead and not is_current)


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
    passed = (published.month - first + 1) / size
    late = not reference.looks_ahead and passed <= (_UNTOLD if reference.tense == "past" else 0)
    return resolved(calendars.months(published.year - int(late), first, size), "published_at")


def read_months_of_year(match: Match, reference: Reference) -> Reading | None:
    """The first or last so many months of a year."""
    edge, count, year, published = (
        match.number("edge"),
        match.number("count"),
        match.number("year"),
        reference.published,
    )
    if edge is None or count is None or not 1 < count < _MONTHS_IN_YEAR:
        return None
    if year is None and published is None:
        return unresolved(NO_PUBLICATION)
    meant = year or (published.year if published is not None else 0) + (shift_of(match) or 0)
    first = 1 if edge > 0 else _MONTHS_IN_YEAR + 1 - count
    return resolved(calendars.months(meant, first, count), "published_at" if year is None else "explicit")


def read_months_to(match: Match, reference: Reference) -> Reading | None:
    """So many months, a quarter or a year that end with a month or a day ("the three months to June")."""
    count = match.number("count") or _MONTHS.get(match.text("span") or "")
    month, number = match.number("fullmonth"), match.number("day") or match.number("day2")
    if count is None or month is None:
        return None
    found = month_stretch(match, reference, month)
    if found is None:
        return unresolved(NO_PUBLICATION)
    end, basis = found[0].first, found[1]
    if number is not None and number != calendars.last_day(end):
        day = dated(reference, match.number("year"), month, number, match)
        if day.stretch is None:
            return day
        before = calendars.month(day.stretch.first.year, month - count).first
        number = min(number, calendars.last_day(before))
        start = before.replace(day=number) + timedelta(days=1)
        return resolved(calendars.days(start, day.stretch.first), day.basis)
    return resolved(calendars.months(end.year, end.month + 1 - count, count), basis)
