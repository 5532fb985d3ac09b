"""What an expression of time may count from, and what a reading of it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from extraction.document import Basis
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
BYLINE = "It is the date of the text, not of what it tells."
BY_COUNTRY = "The day of this feast differs from country to country."


@dataclass(frozen=True, slots=True)
class LastDays:
    """The days last said that are not after, and not before, the publication; ``late``: the last was said to be over.

    ``night`` holds both days of a night that was said last; ``own``: the passage itself said a day.
    """

    behind: date | None = None
    ahead: date | None = None
    late: bool = False
    night: tuple[date, date] | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """What an expression may count from: the day of publication, the verb's tense, the last date in the passage.

    ``day`` is the last date that is a day, of this passage or the one before, unless a later time came into play;
    ``is_led``: not the verb but words before the expression say the tense; ``dated`` is the last day that was said with
    its year; ``last`` are the days that a clock time may be of.
    """

    published: date | None
    tense: Tense | None
    context: Stretch | None
    day: Stretch | None
    months_first: bool = False
    is_led: bool = False
    dated: Stretch | None = None
    last: LastDays = field(default_factory=LastDays)

    @property
    def looks_ahead(self) -> bool:
        """Whether the verb tells of what is, or was, to come."""
        return self.tense in {"future", "intended"}


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


def shift_of(match: Match) -> int | None:
    """How many units away the words say ("last" is -1, "this" 0), None where they do not."""
    return next((shift for name in ("shift", "pre", "beside") if (shift := match.number(name)) is not None), None)
