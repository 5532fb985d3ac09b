"""Clock times: on the day that they stand beside, or alone, on the day in play."""

from __future__ import annotations

from datetime import date, time, timedelta

from extraction.document import Basis
from extraction.expressions import calendars
from extraction.expressions.edtf import bounds
from extraction.expressions.references import NO_PUBLICATION, Reading, Reference, unresolved
from extraction.expressions.time_rules import Match

_NOON, _HOURS = 12, 24
# A clock time so early, said after an evening or a night, is of the day after.
_EARLY = 6
_YEAR_LENGTH, _DAY_LENGTH = len("2024"), len("2024-06-19")


def clock_of(match: Match) -> tuple[int, int] | None:
    """Hour and minute of a match's clock time, None without one; hour 24 is the midnight that ends the day.

    Raises ValueError for one that no clock shows.
    """
    noon, hour = match.number("noon"), match.number("hour")
    hour = noon if noon is not None else hour
    if hour is None:
        return None
    late = match.text("meridiem") == "pm" or match.text("evening") is not None or match.number("tonight") is not None
    if late and noon == 0:
        hour = _HOURS
    elif late and hour < _NOON:
        hour += _NOON
    elif match.text("meridiem") == "am" and hour == _NOON:
        hour = 0
    minute = match.number("minute") or match.number("minutes") or match.number("past") or 0
    if minute < 0:
        hour, minute = (hour - 1) % _HOURS, minute + 60  # "neuf heures moins dix"
    if hour > _HOURS or minute > 59:
        raise ValueError("no clock shows this")
    return hour, minute


def with_clock(match: Match, reading: Reading) -> Reading:
    """The reading to the minute, where the match has a clock time. Raises ValueError for one that no clock shows."""
    clock = clock_of(match)
    if clock is None or reading.stretch is None or clock[0] == _HOURS:
        return reading
    return _at(match, reading.stretch.first, clock, reading.basis)


def read_clock(match: Match, reference: Reference) -> Reading | None:
    """A clock time alone: of the day in play that the tense asks for, else of the day of publication.

    None where a week or month that is not over was said last, which leaves the day open, and where neither a verb nor
    the passage dates it ("le départ est à 4 heures").
    """
    clock = clock_of(match)
    if clock is None or _is_day_open(reference) or (reference.tense in {"present", None} and not reference.last.own):
        return None
    day, basis = _day_of(reference, clock[0])
    if day is None:
        return unresolved(NO_PUBLICATION)
    if clock[0] == _HOURS or (match.number("noon") == 0 and reference.tense != "past"):
        day, clock = day + timedelta(days=1), (0, clock[1])
    return _at(match, day, clock, basis)


def read_stamp(match: Match, reference: Reference) -> Reading | None:
    """The time of an entry of a live blog."""
    clock = clock_of(match)
    if clock is None or clock[0] == _HOURS:
        return None
    return unresolved(NO_PUBLICATION) if reference.published is None else _at(match, reference.published, clock)


def _at(match: Match, day: date, clock: tuple[int, int], basis: Basis = "published_at") -> Reading:
    moment = f"{day}T{time(*clock):%H:%M}:00{match.text('zone') or ''}"
    return Reading(moment, basis, None, calendars.day(day))


def _is_day_open(reference: Reference) -> bool:
    context, published = reference.context, reference.published
    if context is None or published is None or reference.last.night is not None:
        return False
    last = bounds(context.edtf)[1]
    return len(context.edtf) not in {_YEAR_LENGTH, _DAY_LENGTH} and (last is None or last >= published)


def _day_of(reference: Reference, hour: int) -> tuple[date | None, Basis]:
    last, published = reference.last, reference.published
    if last.night is not None and not reference.looks_ahead:
        return last.night[int(hour < _NOON)], "context"
    day = last.behind if reference.tense == "past" else last.ahead
    if reference.tense not in {"past", "future"}:
        day = reference.day.first if reference.day is not None else None
    if day is None:
        return published, "published_at"
    return day + timedelta(days=int(last.late and hour < _EARLY)), "context"
