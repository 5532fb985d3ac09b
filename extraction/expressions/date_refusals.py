"""What keeps words of time from being a date: names, counts, habits, and "today" where it means these times."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extraction.expressions.folding import Folded
from extraction.expressions.lexicon import Lexicon, Preceding
from extraction.expressions.references import Reference
from extraction.expressions.refusals import SENTENCE_START, Refusals
from extraction.expressions.time_rules import Match, TimeRules

_YEARS = frozenset({"year", "year_bare", "year_open", "years", "year_part", "years_short", "years_listed"})
_MONTHS = frozenset({"month", "month_capital", "month_part"})
_YEARLY = frozenset({"month", "month_part", "season", "holiday"})
_CLOCKS = frozenset({"clock"})
_BARE_YEARS = range(1900, 2100)
# "the 2024 elections" are of a year; the figures of no other count stand so often after an article.
_NAMED_YEARS = range(1950, 2051)
_GLUED = re.compile(r"[\w#&@$£€/.,-]\Z|[0-9][ ]\Z")
_SENTENCE_REACH = 160
_SENTENCE_END = re.compile(r"[.!?…\n]")
# So few words around it say no more than the day.
_FEW_WORDS = 3
_GOES_ON = re.compile(r"[-–/][0-9]")


@dataclass(frozen=True, slots=True)
class Place:
    """A passage's text and view, with the month words that name somebody in the article."""

    text: str
    folded: Folded
    names: frozenset[str]


class DateRefusals:
    """What keeps one language's matches from being dates."""

    def __init__(self, rules: TimeRules, words: Lexicon) -> None:
        self._rules = rules
        self._refusals = Refusals(words)
        self._before = {
            kind: Preceding([("", pattern) for name, pattern in rules.section("not_before") if name == kind])
            for kind, _ in rules.section("not_before")
        }
        self._after = {
            kind: re.compile("|".join(pattern for name, pattern in rules.section("not_after") if name == kind))
            for kind, _ in rules.section("not_after")
        }
        self._season = re.compile(rf"(?<![\w]){rules.union('season')}(?![\w])")
        self._capital_holiday = re.compile(rules.union("capital_holiday"))
        self._habit = re.compile(rules.habit)
        self._opening_days = re.compile(rules.union("opening_days"))
        self._yearly = re.compile(rf"(?<![\w]){rules.union('yearly')}(?![\w])")
        self._habitual = re.compile(rf"(?<![\w]){rules.union('habitual')}(?![\w])")
        self._business = re.compile(rf"(?<![\w]){rules.union('business')}(?![\w])")
        self._named = Preceding(rules.section("named_year"))
        self._month = re.compile(rf"(?<![\w]){rules.union('fullmonth')}(?![\w])")
        self._capital = re.compile(rules.union("capital"))
        self._before_capital = re.compile(rules.union("before_capital"))
        self._before_month = re.compile(rf"(?<![\w]){rules.union('before_month')}\Z")
        self._names_alone = re.compile(rules.union("name_alone"))
        self._proper = [re.compile(pattern) for _, pattern in rules.section("proper")]
        self._nowadays = Nowadays(rules)
        self._byline_after = re.compile(rules.union("byline_after"))
        self._byline_before = Preceding(rules.section("byline_before"))

    def refuses(self, place: Place, match: Match) -> bool:
        """Whether a match is no date at all."""
        view, kind = place.folded.view, match.kind
        if view[match.start].isdigit() and _GLUED.search(view[max(0, match.start - 2) : match.start]):
            return True
        if kind in self._after and self._after[kind].match(view, match.end) is not None:
            return True
        if kind in self._before and self._before[kind].match(view, match.start) is not None:
            return True
        if kind == "half_year" and not self._is_of_business(view, match):
            return True
        if kind == "weekday_day" and self._refusals.has_plural(view, match.end):
            return True
        return self._is_no_year(view, match) or self._is_a_name(place, match) or self._is_habit(view, match)

    def is_byline(self, view: str, match: Match) -> bool:
        """Whether a date is of the text's writing or publishing ("LYON, 4 mai (Agence) - ...")."""
        dated = match.kind in {"date", "relative"}
        after = dated and self._byline_after.match(view, match.end) is not None
        return after or (dated and self._byline_before.match(view, match.start) is not None)

    def _is_of_business(self, view: str, match: Match) -> bool:
        """Whether the sentence speaks of business, so that a half is no half of a match."""
        return any(self._business.search(part) is not None for part in sentence_around(view, match.start, match.end))

    def is_nowadays(self, view: str, match: Match, reference: Reference) -> bool:
        """Whether "aujourd'hui" has nothing beside it that tells the day from these times."""
        return self._nowadays.is_meant(view, match, reference)

    def _is_no_year(self, view: str, match: Match) -> bool:
        if match.kind in _YEARS and self._counts(view, match):
            return True
        bare = match.kind == "year_bare"
        return bare and ((match.number("year") or 0) not in _BARE_YEARS or _GOES_ON.match(view, match.end) is not None)

    def _is_a_name(self, place: Place, match: Match) -> bool:
        if match.kind in _MONTHS and self._is_no_month(place, match):
            return True
        return match.kind in {"season", "holiday"} and self._is_named(place, match)

    def _is_named(self, place: Place, match: Match) -> bool:
        """Whether a season has a capital in a sentence ("le Printemps de Prague"), or a feast is somebody's name."""
        view, text, starts = place.folded.view, place.text, place.folded.starts
        if match.number("year") is not None:
            return False
        if match.kind == "holiday":
            common = self._capital_holiday.search(view, match.start, match.end)
            if common is not None and not text[starts[common.start()]].isupper():
                return True
            return any(word in place.names for word in view[match.start : match.end].split())
        word = self._season.search(view, match.start, match.end)
        if word is None or word.start() == match.start:
            return False
        first = starts[word.start()]
        return text[first].isupper() and text[first + 1 : first + 2].islower()

    def _is_no_month(self, place: Place, match: Match) -> bool:
        """Whether case or what stands beside it makes a month's word something else ("They march", "Theresa May")."""
        view, text, starts = place.folded.view, place.text, place.folded.starts
        if match.kind == "month" and view[match.start - 1 : match.start] == "-":
            return True
        month = self._month.search(view, match.start, match.end)
        if month is None:
            return False
        capital, word = text[starts[month.start()]].isupper(), month.group()
        explained = match.start < month.start() and self._before_capital.match(view, match.start) is None
        if not capital:
            return match.kind == "month_capital" or (not explained and self._capital.fullmatch(word) is not None)
        if match.number("year") is not None or match.number("shift") is not None:
            return False
        # French writes months small, so that one alone with a capital is rather the name that it is as well.
        alone = month.span() == (match.start, match.end) and self._names_alone.fullmatch(word) is not None
        is_a_name = word in place.names and self._before_month.search(view[match.start : month.start()]) is None
        return alone or is_a_name or self._is_proper(view, month)

    def _is_proper(self, view: str, month: re.Match[str]) -> bool:
        opens = SENTENCE_START.search(view[max(0, month.start() - 6) : month.start()]) is not None
        return not opens and any(pattern.fullmatch(month.group()) for pattern in self._proper)

    def _is_habit(self, view: str, match: Match) -> bool:
        """Whether an article makes a bare weekday a habit ("le lundi"), or its sentence a clock time ("daily at 9")."""
        if match.kind in _CLOCKS:
            around = sentence_around(view, match.start, match.end)
            return any(self._habitual.search(part) is not None for part in around)
        if match.kind in _YEARLY and match.number("year") is None and self._is_yearly(view, match):
            return True
        if match.kind == "weekdays" and self._opening_days.match(view, match.start) is not None:
            return True
        if match.kind != "weekday" or "shift" in match.values:
            return False
        return self._habit.match(view, match.start) is not None

    def _is_yearly(self, view: str, match: Match) -> bool:
        return any(self._yearly.search(part) is not None for part in sentence_around(view, match.start, match.end))

    def _counts(self, view: str, match: Match) -> bool:
        """Whether figures that look like a year count something ("2000 personnes")."""
        if self._rules.counting.match(view, match.end) is not None:
            return True
        if self._named.match(view, match.start) is not None and (match.number("year") or 0) in _NAMED_YEARS:
            return False
        return self._refusals.has_plural(view, match.end)


class Nowadays:
    """Tells the day of publication from these times, where one word may mean both."""

    def __init__(self, rules: TimeRules) -> None:
        self._word = re.compile(rf"(?<![\w]){rules.union('nowadays')}(?![\w])")
        self._before = re.compile(rf"(?<![\w]){rules.union('nowadays_before')}\Z")
        self._after = re.compile(rules.union("nowadays_after"))
        self._event = re.compile(rf"(?<![\w]){rules.union('today_event')}")
        self._only_first = bool(rules.section("nowadays_first"))

    def is_meant(self, view: str, match: Match, reference: Reference) -> bool:
        """Whether nothing beside the word makes it a day."""
        word = self._word.search(view, match.start, match.end) if match.kind == "relative" else None
        if word is None or match.number("hour") is not None:
            return False
        if self._before.search(view[max(0, word.start() - 16) : word.start()]) or self._after.match(view, word.end()):
            return True
        if reference.tense in {"past", "future", "intended"} or word.end() < match.end:
            return False
        before, after = sentence_around(view, word.start(), word.end())
        if len(f"{before} {after}".split()) <= _FEW_WORDS or (self._only_first and before.strip()):
            return False
        return self._event.search(before) is None and self._event.search(after) is None


def sentence_around(view: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a stretch in its sentence, within reach."""
    before = _SENTENCE_END.split(view[max(0, start - _SENTENCE_REACH) : start])[-1]
    return before, _SENTENCE_END.split(view[end : end + _SENTENCE_REACH], maxsplit=1)[0]
