"""Which reading belongs to each kind of rule."""

from __future__ import annotations

from collections.abc import Callable

from extraction.expressions import clock_readings as clocks
from extraction.expressions import period_readings as periods
from extraction.expressions import relative_readings as relative
from extraction.expressions import stretch_readings as stretches
from extraction.expressions import time_readings as dated
from extraction.expressions.references import Reading, Reference
from extraction.expressions.time_rules import Match

Reader = Callable[[Match, Reference], Reading | None]
READERS: dict[str, Reader] = {
    "year_words": periods.read_year_words,
    "week_number": dated.read_week_number,
    "numerics": stretches.read_numerics,
    "date": dated.read_date,
    "month": dated.read_month,
    "month_capital": dated.read_month,
    "month_number": dated.read_month,
    "month_part": dated.read_month,
    "month_of": dated.read_month_of,
    "month_same_year": relative.read_month_same_year,
    "fortnight": dated.read_fortnight,
    "week_of": dated.read_week_of,
    "weekend_of": dated.read_weekend_of,
    "weekday_first": dated.read_weekday_first,
    "weekday_of_month": dated.read_weekday_of_month,
    "year": periods.read_year,
    "year_bare": periods.read_year,
    "year_part": periods.read_year,
    "decade": periods.read_decade,
    "decade_words": periods.read_decade,
    "season": periods.read_season,
    "season_habit": periods.read_season_habit,
    "season_this": periods.read_season,
    "quarter": periods.read_quarter,
    "holiday": dated.read_holiday,
    "weekday": relative.read_weekday,
    "weekday_beside": relative.read_weekday_beside,
    "weekday_this": relative.read_weekday_this,
    "weekday_day": relative.read_weekday_day,
    "weekday_later": relative.read_weekday_later,
    "weekday_week": relative.read_weekday_week,
    "night": relative.read_night,
    "night_days": stretches.read_night_days,
    "relative": relative.read_relative,
    "offset_ago": relative.read_offset_ago,
    "offset_ahead": relative.read_offset_ahead,
    "offset_after": relative.read_offset_after,
    "offset_before": relative.read_offset_before,
    "offset_within": relative.read_offset_within,
    "day_shift": relative.read_day_shift,
    "same_day": relative.read_same_day,
    "that_day": relative.read_that_day,
    "context_span": relative.read_context_span,
    "span_beside": relative.read_context_span,
    "same_year": relative.read_same_day,
    "span": relative.read_span,
    "span_this": relative.read_span,
    "weekend_next": relative.read_weekend_next,
    "weekend": relative.read_span,
    "year_of": relative.read_span,
    "month_end": relative.read_span,
    "week_end": relative.read_span,
    "days_listed": stretches.read_days_listed,
    "days": stretches.read_days,
    "dates": stretches.read_dates,
    "months": stretches.read_months,
    "years": stretches.read_years,
    "years_short": stretches.read_years_short,
    "weekdays": stretches.read_weekdays,
    "relatives": stretches.read_relatives,
    "short_year": stretches.read_short_year,
    "weekdays_listed": stretches.read_weekdays_listed,
    "months_listed": stretches.read_months_listed,
    "years_listed": stretches.read_years_listed,
    "weekend_day": stretches.read_weekend_day,
    "century": periods.read_century,
    "months_of_year": periods.read_months_of_year,
    "months_to": periods.read_months_to,
    "half_year": periods.read_quarter,
    "offset_to_day": relative.read_offset_to_day,
    "clock": clocks.read_clock,
    "stamp": clocks.read_stamp,
}

# Kinds that say themselves where a stretch ends.
STRETCHES = frozenset({"days", "dates", "months", "years", "years_short", "weekdays", "relatives", "numerics"})


def read_match(match: Match, reference: Reference) -> Reading | None:
    """The reading of a match; None where it turns out to be no date."""
    try:
        return READERS[match.kind](match, reference)
    except (ValueError, OverflowError):
        return None
