"""Readings of expressions that count from another day: weekdays, "last week", "three days ago", "the next day"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from extraction.document import Basis
from extraction.expressions import calendars
from extraction.expressions.calendars import DAYS_IN_WEEK, Stretch
from extraction.expressions.clock_readings import with_clock
from extraction.expressions.references import (
    APPROXIMATE,
    BELOW_A_DAY,
    NO_CONTEXT,
    NO_PUBLICATION,
    Reading,
    Reference,
    resolved,
    shift_of,
    unresolved,
)
from extraction.expressions.time_readings import dated
from extraction.expressions.time_rules import Match

# A weekday with a bare number is of these weeks; where no month nearby has it, the number counts something.
_FARTHEST_MONTH = 3
_NEAREST = 3
_YEAR_LENGTH = len("2024")
# What was to be so few days ago is over; what was to be on another day is still to come.
_JUST_PAST = 2


def weekday_near(weekday: int, reference: Reference, shift: int | None) -> date | None:
    """The last such day not after publication, or the next under a present or future verb.

    A shift excludes the day itself.
    """
    published = reference.published
    if published is None:
        return None
    if shift == 0:
        return _of_this_week(published, weekday, reference)
    ahead = (weekday - published.isoweekday()) % DAYS_IN_WEEK
    coming = reference.last.ahead
    goes_on = reference.last.own and coming is not None and coming > published
    if shift is None and not ahead and goes_on and reference.tense != "past":
        return published + timedelta(weeks=1)  # "Lundi, ... Mardi, il neigera", on a Tuesday
    if shift is not None:
        return published + timedelta(days=(ahead or DAYS_IN_WEEK) if shift > 0 else ahead - DAYS_IN_WEEK)
    forward = reference.tense in {"present", "future"} or not ahead
    if reference.tense == "intended":
        forward = DAYS_IN_WEEK - ahead > _JUST_PAST
    return published + timedelta(days=ahead if forward else ahead - DAYS_IN_WEEK)


def _of_this_week(published: date, weekday: int, reference: Reference) -> date:
    """The day of the week of publication, or of the next or last week where the verb looks the other way."""
    day = calendars.week(published).first + timedelta(days=weekday - 1)
    if day < published and (reference.looks_ahead or reference.tense == "present"):
        return day + timedelta(weeks=1)
    return day - timedelta(weeks=1) if day > published and reference.tense == "past" else day


def read_weekday(match: Match, reference: Reference) -> Reading | None:
    """A weekday by tense and shift."""
    weekday = match.number("weekday")
    if weekday is None:
        return None
    shift = shift_of(match)
    announced = reference.tense is None and match.number("hour") is not None
    # "Rendez-vous mardi à 18 h": what has an hour and no verb is announced.
    found = weekday_near(weekday, replace(reference, tense="present") if announced else reference, shift)
    if found is None:
        return unresolved(NO_PUBLICATION)
    return with_clock(match, resolved(calendars.day(found), "published_at"))


def read_weekday_this(match: Match, reference: Reference) -> Reading | None:
    """A weekday after "this": the nearest such day where no verb says which; under a present one, rather the next."""
    weekday, published = match.number("weekday"), reference.published
    if weekday is None:
        return None
    if published is None:
        return unresolved(NO_PUBLICATION)
    ahead = (weekday - published.isoweekday()) % DAYS_IN_WEEK
    farthest = {"past": 2, "present": DAYS_IN_WEEK - 2, "future": DAYS_IN_WEEK, "intended": 4}.get(
        reference.tense or "", _NEAREST
    )
    days = ahead if ahead <= farthest else ahead - DAYS_IN_WEEK
    return with_clock(match, resolved(calendars.day(published + timedelta(days=days)), "published_at"))


def read_weekday_beside(match: Match, reference: Reference) -> Reading | None:
    """The first such day after, or before, the date in play, or without one the publication."""
    weekday, shift, base = match.number("weekday"), match.number("beside"), _context_day(reference, exact=True)
    basis: Basis = "context" if base is not None else "published_at"
    base = base or reference.published
    if weekday is None or shift is None:
        return None
    if base is None:
        return unresolved(NO_PUBLICATION)
    ahead = (weekday - base.isoweekday()) % DAYS_IN_WEEK
    days = (ahead or DAYS_IN_WEEK) if shift > 0 else ahead - DAYS_IN_WEEK
    return with_clock(match, resolved(calendars.day(base + timedelta(days=days)), basis))


def read_weekday_day(match: Match, reference: Reference) -> Reading | None:
    """A weekday with its day of the month: the nearest month where they go together."""
    weekday, published = match.number("weekday"), reference.published
    number = match.number("day") or match.number("day2")
    if weekday is None or number is None:
        return None
    if published is None:
        return unresolved(NO_PUBLICATION)
    days = []
    for months in range(-_FARTHEST_MONTH, _FARTHEST_MONTH + 1):
        first = calendars.month(published.year, published.month + months).first
        if number <= calendars.last_day(first) and first.replace(day=number).isoweekday() == weekday:
            days.append(first.replace(day=number))
    if not days:
        return None
    nearest = min(days, key=lambda d: (abs(d - published), d))
    return with_clock(match, resolved(calendars.day(nearest), "published_at"))


def read_weekday_later(match: Match, reference: Reference) -> Reading | None:
    """One or two weeks after the next such day ("lundi en huit", "en quinze")."""
    weekday, weeks, published = match.number("weekday"), match.number("weeks"), reference.published
    if weekday is None or weeks not in {8, 15}:
        return None
    if published is None:
        return unresolved(NO_PUBLICATION)
    ahead = (weekday - published.isoweekday()) % DAYS_IN_WEEK
    days = ahead + (DAYS_IN_WEEK if weeks == 8 else 2 * DAYS_IN_WEEK)
    return resolved(calendars.day(published + timedelta(days=days)), "published_at")


def read_weekday_week(match: Match, reference: Reference) -> Reading | None:
    """A weekday of this, the last or the next week."""
    weekday, published = match.number("weekday"), reference.published
    if weekday is None:
        return None
    if published is None:
        return unresolved(NO_PUBLICATION)
    shift = shift_of(match)
    found = calendars.week(published, shift or 0).first + timedelta(days=weekday - 1)
    return with_clock(match, resolved(calendars.day(found), "published_at"))


def read_night(match: Match, reference: Reference) -> Reading | None:
    """The night between two weekdays, as both days."""
    first, second = match.number("weekday"), match.number("weekday2")
    if first is None or second is None or second != first % DAYS_IN_WEEK + 1:
        return None
    month, number, shift = match.number("month"), match.number("day"), match.number("shift")
    if month is not None and number is not None:
        match = replace(match, values=match.values | {"weekday": second})
        end = dated(reference, match.number("year"), month, number, match)
        end_day = end.stretch.first if end.stretch is not None else None
        return end if end_day is None else resolved(calendars.days(end_day - timedelta(days=1), end_day), end.basis)
    last = weekday_near(second, reference, shift)
    if last is None:
        return unresolved(NO_PUBLICATION)
    if last == reference.published and reference.looks_ahead:
        last += timedelta(weeks=1)  # that night is over
    return resolved(calendars.days(last - timedelta(days=1), last), "published_at")


def read_relative(match: Match, reference: Reference) -> Reading | None:
    """Today, yesterday, tomorrow and their neighbours."""
    days = match.number("relative") if match.number("relative") is not None else match.number("tonight")
    if days is None:
        return None
    if reference.published is None:
        return unresolved(NO_PUBLICATION)
    return with_clock(match, resolved(calendars.day(reference.published + timedelta(days=days)), "published_at"))


def shifted(unit: str, count: int, base: date) -> Stretch | None:
    """So many units after a day, as coarse as the unit; None for units below a day."""
    if unit == "day":
        return calendars.day(base + timedelta(days=count))
    if unit in {"week", "fortnight"}:
        return calendars.week(base, count * (2 if unit == "fortnight" else 1))
    if unit == "weekend":
        return calendars.weekend(base, count)
    if unit in {"quarter", "semester"}:
        size = 3 if unit == "quarter" else 6
        return calendars.months(base.year, (base.month - 1) // size * size + 1 + count * size, size)
    if unit == "month":
        return calendars.month(base.year, base.month + count)
    years = {"year": 1, "decade": 10, "century": 100}.get(unit)
    return None if years is None else calendars.year(base.year + years * count)


def _offset(match: Match, base: date | None, sign: int, basis: Basis, missing: str) -> Reading | None:
    count, unit = match.number("count"), match.text("unit")
    if unit in {"hour", "minute"}:
        return unresolved(BELOW_A_DAY)
    if match.text("vague") is not None or unit in {"decade", "century"}:
        return unresolved(APPROXIMATE)
    if count is None or unit is None:
        return None
    if base is None:
        return unresolved(missing)
    stretch = shifted(unit, sign * count, base)
    return None if stretch is None else resolved(stretch, basis)


def read_offset_ago(match: Match, reference: Reference) -> Reading | None:
    """So long before publication."""
    return _offset(match, reference.published, -1, "published_at", NO_PUBLICATION)


def read_offset_to_day(match: Match, reference: Reference) -> Reading | None:
    """So long before publication, to the day ("il y a dix ans jour pour jour")."""
    count, unit, published = match.number("count"), match.text("unit"), reference.published
    if count is None or unit is None:
        return None
    if published is None:
        return unresolved(NO_PUBLICATION)
    stretch = shifted(unit, -count, published)
    if stretch is None or unit == "day":
        return None if stretch is None else resolved(stretch, "published_at")
    if unit == "week":
        return resolved(calendars.day(published - timedelta(weeks=count)), "published_at")
    first = stretch.first if unit == "month" else stretch.first.replace(month=published.month)
    return resolved(calendars.day(first.replace(day=published.day)), "published_at")


def read_offset_ahead(match: Match, reference: Reference) -> Reading | None:
    """So long after publication; with a past verb it is how long something took."""
    if reference.tense == "past":
        return None
    return _offset(match, reference.published, 1, "published_at", NO_PUBLICATION)


def read_offset_within(match: Match, reference: Reference) -> Reading | None:
    """So long after publication; "in two years" is rather how long something took unless the verb is in the future."""
    near = match.text("unit") in {"week", "fortnight", "month"}
    return read_offset_ahead(match, reference) if reference.looks_ahead or near else None


def _context_day(reference: Reference, *, exact: bool) -> date | None:
    context = reference.day if exact else reference.context
    return context.first if context is not None else None


def _base_of(match: Match, reference: Reference) -> date | None:
    """What a distance counts from: a day for days and weeks, no mere year for months."""
    unit, context = match.text("unit"), reference.context
    if unit == "month" and context is not None and len(context.edtf) == _YEAR_LENGTH:
        return None
    return _context_day(reference, exact=unit in {"day", "week"})


def read_offset_after(match: Match, reference: Reference) -> Reading | None:
    """So long after the date in play."""
    reading = _offset(match, _base_of(match, reference), 1, "context", NO_CONTEXT)
    stretch, published = reading.stretch if reading is not None else None, reference.published
    if stretch is None or published is None or reference.looks_ahead or stretch.first <= published:
        return reading
    return unresolved(NO_CONTEXT)  # "soixante ans plus tard, on en parle encore"


def read_offset_before(match: Match, reference: Reference) -> Reading | None:
    """So long before the date in play."""
    return _offset(match, _base_of(match, reference), -1, "context", NO_CONTEXT)


def _context_shift(match: Match, reference: Reference, days: int) -> Reading | None:
    base = _context_day(reference, exact=True)
    if base is None:
        return unresolved(NO_CONTEXT)
    return with_clock(match, resolved(calendars.day(base + timedelta(days=days)), "context"))


def read_day_shift(match: Match, reference: Reference) -> Reading | None:
    """A day or two before or after the date in play ("le surlendemain", "the previous day")."""
    shift = match.number("dayshift")
    return None if shift is None else _context_shift(match, reference, shift)


def read_same_day(match: Match, reference: Reference) -> Reading | None:
    """The date in play itself."""
    return _context_shift(match, reference, 0)


def read_that_day(match: Match, reference: Reference) -> Reading | None:
    """The day told of ("ce soir-là"): one said with its year rather than one of the publication's own days after it."""
    day, dated, published = reference.day, reference.dated, reference.published
    if day is None or dated is None or published is None:
        return read_same_day(match, reference)
    recent = published - day.first < timedelta(weeks=1) < published - dated.first
    return read_same_day(match, replace(reference, day=dated) if recent else reference)


def read_month_same_year(match: Match, reference: Reference) -> Reading | None:
    """A month of the year in play."""
    month, base = match.number("fullmonth"), _context_day(reference, exact=False)
    if month is None:
        return None
    return unresolved(NO_CONTEXT) if base is None else resolved(calendars.month(base.year, month), "context")


def read_context_span(match: Match, reference: Reference) -> Reading | None:
    """The week, month, quarter or year beside the one in play, or where the passage has none, beside publication's."""
    unit, shift = match.text("span") or match.text("anyspan"), match.number("beside") or match.number("trail")
    base = _context_day(reference, exact=False)
    basis: Basis = "context"
    if unit is None or shift is None:
        return None
    if base is None and match.kind == "span_beside":
        base, basis = reference.published, "published_at"
    stretch = shifted(unit, shift, base) if base is not None else None
    return unresolved(NO_CONTEXT) if stretch is None else resolved(stretch, basis)


def read_span(match: Match, reference: Reference) -> Reading | None:
    """The current, the last or the next week, week-end, month, quarter or year."""
    unit = match.text("span") or {"year_of": "year", "month_end": "month", "week_end": "week"}.get(
        match.kind, "weekend"
    )
    published = reference.published
    if published is None:
        return unresolved(NO_PUBLICATION)
    shift = shift_of(match)
    if unit == "weekend":
        return resolved(_weekend(reference, published, match, shift), "published_at")
    stretch = shifted(unit, shift or 0, published)
    return None if stretch is None else resolved(stretch, "published_at")


def read_weekend_next(match: Match, reference: Reference) -> Reading | None:  # noqa: ARG001
    """The week-end of the next week."""
    if reference.published is None:
        return unresolved(NO_PUBLICATION)
    return resolved(calendars.weekend(reference.published, 1), "published_at")


def _weekend(reference: Reference, published: date, match: Match, shift: int | None) -> Stretch:
    """During the week "ce week-end" is the coming one but for a past verb; "le week-end" goes by tense."""
    begun = published.isoweekday() >= 6
    if shift:
        return calendars.weekend(published, shift if begun or shift < 0 else shift - 1)
    if begun or reference.looks_ahead or reference.tense == "present":
        return calendars.weekend(published)
    coming = reference.tense is None and (shift == 0 or match.kind == "span_this") and published.isoweekday() >= 4
    return calendars.weekend(published, 0 if coming else -1)
