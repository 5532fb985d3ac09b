"""Expressions of time, resolved against the day of publication or the article's own dates, never guessed.

A weekday, month or day without its year is the last one not after publication, or the next where the verb is in the
future. Without a day to count from, the mention stays, unresolved, and says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from extraction.document import TimeMention
from extraction.expressions.calendars import Stretch
from extraction.expressions.folding import Folded, fold
from extraction.expressions.lexicon import LANGUAGES, Preceding, load_lexicon
from extraction.expressions.readings import READERS, read_match
from extraction.expressions.refusals import SENTENCE_START, Refusals
from extraction.expressions.time_readings import Reading, Reference
from extraction.expressions.time_rules import Match, TimeRules, time_rules
from extraction.spans import Span
from extraction.tense import Tense

TenseAt = Callable[[int], Tense | None]
_YEARS = frozenset({"year", "year_bare", "year_open", "years", "year_part", "years_short"})
_BARE_YEARS = range(1900, 2100)
# "the 2024 elections" are of a year; the figures of no other count stand so often after an article.
_NAMED_YEARS = range(1950, 2051)
_GLUED = re.compile(r"[\w#&@$£€/.,-]\Z|[0-9][ ]\Z")


_GOES_ON = re.compile(r"[-–/][0-9]")


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage being read, with what its expressions count from."""

    text: str
    folded: Folded
    published: date | None
    tense: TenseAt | None
    context: Stretch | None

    def reference(self, start: int, *, months_first: bool) -> Reference:
        """What an expression that begins at a position of the view may count from."""
        tense = self.tense(self.folded.starts[start]) if self.tense is not None else None
        return Reference(self.published, tense, self.context, months_first)


@dataclass(frozen=True, slots=True)
class _Finder:
    """One language's rules with what keeps a match from being a date."""

    rules: TimeRules
    refusals: Refusals
    before: dict[str, Preceding]
    habit: re.Pattern[str]
    named: Preceding

    def find(self, text: str, span: Span, published_on: date | None, tense: TenseAt | None) -> list[TimeMention]:
        """The expressions of one passage, in order."""
        folded, found, end = fold(text, span), list[TimeMention](), 0
        context: Stretch | None = None
        starts = self.rules.starts(folded.view)
        for at, start in enumerate(starts):
            if start < end:
                continue
            passage = _Passage(text, folded, published_on, tense, context)
            best = self._best(passage, starts, at)
            if best is not None:
                match, reading = best
                found.append(_mention(folded, match, reading))
                end, context = match.end, reading.stretch or context
        return found

    def _best(self, passage: _Passage, starts: list[int], at: int) -> tuple[Match, Reading] | None:
        """The longest expression at a start, or a later one that reaches past its end ("after | January 1, 2007")."""
        best = self._first(passage, starts[at])
        if best is None:
            return None
        for start in starts[at + 1 : at + self.rules.WORDS_BEFORE]:
            if start >= best[0].end or self.rules.has_trigger(passage.folded.view, best[0].start, start):
                break
            other = self._first(passage, start, best[0].end)
            if other is not None:
                return other
        return best

    def _first(self, passage: _Passage, start: int, beyond: int = 0) -> tuple[Match, Reading] | None:
        for match in self.rules.matches(passage.folded.view, start):
            if match.end <= beyond:
                return None
            if self._refuses(passage.text, passage.folded, match):
                continue
            reading = read_match(match, passage.reference(start, months_first=self.rules.months_first))
            if reading is not None:
                return match, reading
        return None

    def _refuses(self, text: str, folded: Folded, match: Match) -> bool:
        view, kind = folded.view, match.kind
        if view[match.start].isdigit() and _GLUED.search(view[max(0, match.start - 2) : match.start]):
            return True
        if kind == "month" and (view[match.start - 1 : match.start] == "-" or self._is_name(text, folded, match)):
            return True
        if kind == "month_capital" and not text[folded.starts[view.rfind(" ", 0, match.end) + 1]].isupper():
            return True
        if kind in _YEARS and self._counts(view, match):
            return True
        if kind == "year_bare" and (match.number("year") or 0) not in _BARE_YEARS:
            return True
        if kind == "year_bare" and _GOES_ON.match(view, match.end):
            return True
        if kind in self.before and self.before[kind].match(view, match.start) is not None:
            return True
        return self._is_habit(view, match)

    def _is_name(self, text: str, folded: Folded, match: Match) -> bool:
        """Whether a capital inside a sentence makes a month something else (the planet Mars)."""
        if not text[folded.starts[match.start]].isupper():
            return False
        word = folded.view[match.start : match.end]
        opens = SENTENCE_START.search(folded.view[max(0, match.start - 6) : match.start]) is not None
        return not opens and any(re.fullmatch(pattern, word) for _, pattern in self.rules.section("proper"))

    def _is_habit(self, view: str, match: Match) -> bool:
        """Whether an article makes a bare weekday a habit ("le lundi")."""
        if match.kind != "weekday" or set(match.values) != {"weekday"}:
            return False
        article = self.habit.match(view, match.start)
        return article is not None and " " not in view[article.end() : match.end]

    def _counts(self, view: str, match: Match) -> bool:
        """Whether figures that look like a year count something ("2000 personnes")."""
        if self.rules.counting.match(view, match.end) is not None:
            return True
        if self.named.match(view, match.start) is not None and (match.number("year") or 0) in _NAMED_YEARS:
            return False
        return self.refusals.has_plural(view, match.end)


@lru_cache
def _finder(language: str) -> _Finder:
    rules = time_rules(language)
    unknown = {kind for kind, _ in rules.kinds} - set(READERS)
    if unknown:
        raise ValueError(f"rules without a reading: {sorted(unknown)}")
    kinds = {kind for kind, _ in rules.section("not_before")}
    before = {
        kind: Preceding([("", pattern) for name, pattern in rules.section("not_before") if name == kind])
        for kind in kinds
    }
    return _Finder(
        rules, Refusals(load_lexicon(language)), before, re.compile(rules.habit), Preceding(rules.section("named_year"))
    )


def find_times(
    text: str,
    spans: Sequence[Span],
    language: str,
    published_on: date | None,
    tense: TenseAt | None = None,
) -> tuple[TimeMention, ...]:
    """Expressions of time inside the given spans, in order and without overlap.

    ``tense`` answers, for an offset of the text, the tense of the verb that governs there. None in a language without
    tables. An unresolved mention has no value and a reason.
    """
    if language not in LANGUAGES:
        return ()
    finder = _finder(language)
    return tuple(mention for span in spans for mention in finder.find(text, span, published_on, tense))


def _mention(folded: Folded, match: Match, reading: Reading) -> TimeMention:
    return TimeMention(folded.span(match.start, match.end), reading.edtf, reading.basis, reading.reason)
