"""The dates in play while a text is read: what "the next day", "six months later" or "at 8 p.m." count from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from extraction.expressions.calendars import Stretch
from extraction.expressions.references import LastDays

_DAY_LENGTH = len("2024-06-19")
# A day said farther above than the passage before is still in play where it is of the week before publication.
_RECENT = timedelta(days=7)


@dataclass(slots=True)
class DaysInPlay:
    """The dates in play: the last of the passage, and the last that is a day, perhaps of the passage before.

    ``dated`` is the last day or month that was said with its year, and where that ended; ``dated_day`` the last day of
    them; ``own`` the last day that the passage itself said.
    """

    published: date | None
    last: Stretch | None = None
    day: Stretch | None = None
    own: Stretch | None = None
    dated: tuple[Stretch, int] | None = None
    dated_day: Stretch | None = None
    days: LastDays = field(default_factory=LastDays)

    def enter(self, stretch: Stretch, *, late: bool, aside: bool = False) -> None:
        """Brings a date into play; one coarser than a day leaves the day alone unless it is of a later time.

        ``aside``: it is the day of a telling, or a bound, so that no clock time is of it if another is said.
        """
        self.last = stretch
        if len(stretch.edtf) == _DAY_LENGTH:
            self.day = self.own = stretch
            past = self.published is None or stretch.first <= self.published
            if not aside or (self.days.behind is None and past):
                self._enter_day(stretch.first, late=late)
        else:
            self._enter_night(stretch)
            self.day = self._past(self.day, stretch)
            self.own = self._past(self.own, stretch)

    @staticmethod
    def _past(day: Stretch | None, stretch: Stretch) -> Stretch | None:
        return None if day is not None and stretch.first > day.first else day

    def _enter_day(self, day: date, *, late: bool) -> None:
        behind = day if self.published is None or day <= self.published else self.days.behind
        ahead = day if self.published is None or day >= self.published else self.days.ahead
        self.days = LastDays(behind, ahead, late, own=True)

    def _enter_night(self, stretch: Stretch) -> None:
        first, slash, last = stretch.edtf.partition("/")
        if slash and len(first) == len(last) == _DAY_LENGTH:
            nights = date.fromisoformat(first), date.fromisoformat(last)
            if nights[1] - nights[0] == timedelta(days=1):
                self.days = replace(self.days, night=nights, own=True)

    def next_passage(self, *, keeps_days: bool) -> DaysInPlay:
        """What is in play where the next passage begins; the entries of a live blog are all of one day."""
        if not keeps_days:
            return DaysInPlay(self.published, day=self.own)
        days = replace(self.days, late=False, night=None, own=False)
        if self.own is None and self.published is not None:
            behind = days.behind
            days = replace(days, behind=behind if behind and self.published - behind <= _RECENT else None)
        return DaysInPlay(self.published, day=self.own, days=days)
