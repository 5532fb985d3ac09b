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
from extraction.expressions.lexicon import Preceding, has_tables, load_lexicon
from extraction.expressions.month_names import MonthNames
from extraction.expressions.readings import READERS, read_match
from extraction.expressions.refusals import SENTENCE_START, Refusals
from extraction.expressions.time_readings import NOWADAYS, OTHER_YEAR, Reading, Reference, unresolved
from extraction.expressions.time_rules import Match, TimeRules, time_rules
from extraction.spans import Span
from extraction.tense import Tense

TenseAt = Callable[[int], Tense | None]
_YEARS = frozenset({"year", "year_bare", "year_open", "years", "year_part", "years_short"})
# Days and months, which a year may go with.
_CALENDAR = frozenset({"date", "month", "month_part", "month_capital", "days", "dates"})
_OLD = 20
_MONTHS = frozenset({"month", "month_capital", "month_part"})
_BARE_YEARS = range(1900, 2100)
# "the 2024 elections" are of a year; the figures of no other count stand so often after an article.
_NAMED_YEARS = range(1950, 2051)
_GLUED = re.compile(r"[\w#&@$£€/.,-]\Z|[0-9][ ]\Z")


_SENTENCE_REACH = 160
_SENTENCE_END = re.compile(r"[.!?…\n]")
# So few words around it say no more than the day.
_FEW_WORDS = 3
_DAY_LENGTH = len("2024-06-19")
_GOES_ON = re.compile(r"[-–/][0-9]")


@dataclass(slots=True)
class _Play:
    """The dates in play: the last of the passage, and the last that is a day, perhaps of the passage before.

    ``dated`` is the last day or month that was said with its year, and where that ended.
    """

    last: Stretch | None = None
    day: Stretch | None = None
    dated: tuple[Stretch, int] | None = None

    def enter(self, stretch: Stretch) -> None:
        """Brings a date into play; one coarser than a day leaves the day alone unless it is of a later time."""
        if len(stretch.edtf) == _DAY_LENGTH:
            self.day = stretch
        elif self.day is not None and stretch.first > self.day.first:
            self.day = None
        self.last = stretch


@dataclass(frozen=True, slots=True)
class _Article:
    """What holds for all passages of an article."""

    text: str
    published: date | None
    tense: TenseAt | None
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage being read, with what its expressions count from."""

    article: _Article
    folded: Folded
    play: _Play

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    def reference(self, start: int, *, months_first: bool) -> Reference:
        """What an expression that begins at a position of the view may count from."""
        tense = self.article.tense(self.folded.starts[start]) if self.article.tense is not None else None
        return Reference(self.article.published, tense, self.play.last, self.play.day, months_first)


@dataclass(frozen=True, slots=True)
class _Finder:
    """One language's rules with what keeps a match from being a date."""

    rules: TimeRules
    refusals: Refusals
    before: dict[str, Preceding]
    after: dict[str, re.Pattern[str]]
    season: re.Pattern[str]
    habit: re.Pattern[str]
    named: Preceding
    month: re.Pattern[str]
    capital: re.Pattern[str]
    before_capital: re.Pattern[str]
    names_alone: re.Pattern[str]
    nowadays: re.Pattern[str]
    nowadays_beside: tuple[re.Pattern[str], re.Pattern[str]]
    today_event: re.Pattern[str]
    only_first: bool
    names: MonthNames

    def find(self, article: _Article, span: Span, day: Stretch | None) -> tuple[list[TimeMention], Stretch | None]:
        """The expressions of one passage, in order, and the last day of its own that is in play at its end.

        ``day`` is the day in play at the end of the passage before.
        """
        folded, found, end = fold(article.text, span), list[TimeMention](), 0
        play, own = _Play(day=day), _Play()
        starts = self.rules.starts(folded.view)
        for at, start in enumerate(starts):
            if start < end:
                continue
            best = self._best(_Passage(article, folded, play), starts, at)
            if best is not None:
                match, reading = best
                found.append(_mention(folded, match, reading))
                end = match.end
                if reading.stretch is not None:
                    play.enter(reading.stretch)
                    own.enter(reading.stretch)
                    if reading.basis == "explicit" and match.number("year") is not None and match.kind in _CALENDAR:
                        play.dated = reading.stretch, match.end
        return found, own.day

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
            if self._refuses(passage, match):
                continue
            reference = passage.reference(start, months_first=self.rules.months_first)
            if self._is_nowadays(passage.folded.view, match, reference):
                return match, unresolved(NOWADAYS)
            reading = read_match(match, reference)
            if reading is not None:
                return match, unresolved(OTHER_YEAR) if _is_year_open(passage, match, reading) else reading
        return None

    def _refuses(self, passage: _Passage, match: Match) -> bool:
        view, kind = passage.folded.view, match.kind
        if view[match.start].isdigit() and _GLUED.search(view[max(0, match.start - 2) : match.start]):
            return True
        if kind in _MONTHS and self._is_no_month(passage, match):
            return True
        if kind in _YEARS and self._counts(view, match):
            return True
        if kind == "year_bare" and (match.number("year") or 0) not in _BARE_YEARS:
            return True
        if kind == "year_bare" and _GOES_ON.match(view, match.end):
            return True
        if kind == "weekday_day" and self.refusals.has_plural(view, match.end):
            return True
        if kind in self.after and self.after[kind].match(view, match.end) is not None:
            return True
        if kind in {"season", "holiday"} and self._is_named(passage, match):
            return True
        if kind in self.before and self.before[kind].match(view, match.start) is not None:
            return True
        return self._is_habit(view, match)

    def _is_named(self, passage: _Passage, match: Match) -> bool:
        """Whether a season has a capital in a sentence ("le Printemps de Prague"), or a feast is somebody's name."""
        view, text, starts = passage.folded.view, passage.text, passage.folded.starts
        if match.number("year") is not None:
            return False
        if match.kind == "holiday":
            return any(word in passage.article.names for word in view[match.start : match.end].split())
        word = self.season.search(view, match.start, match.end)
        if word is None or word.start() == match.start:
            return False
        first = starts[word.start()]
        return text[first].isupper() and text[first + 1 : first + 2].islower()

    def _is_no_month(self, passage: _Passage, match: Match) -> bool:
        """Whether case or what stands beside it makes a month's word something else ("They march", "Theresa May")."""
        view, text, starts = passage.folded.view, passage.text, passage.folded.starts
        if match.kind == "month" and view[match.start - 1 : match.start] == "-":
            return True
        month = self.month.search(view, match.start, match.end)
        if month is None:
            return False
        capital, word = text[starts[month.start()]].isupper(), month.group()
        if not capital:
            explained = match.start < month.start() and self.before_capital.match(view, match.start) is None
            return match.kind == "month_capital" or (not explained and self.capital.fullmatch(word) is not None)
        if match.number("year") is not None or match.number("shift") is not None:
            return False
        # French writes months small, so that one alone with a capital is rather the name that it is as well.
        alone = month.span() == (match.start, match.end) and self.names_alone.fullmatch(word) is not None
        return alone or word in passage.article.names or self._is_proper(view, month)

    def _is_proper(self, view: str, month: re.Match[str]) -> bool:
        opens = SENTENCE_START.search(view[max(0, month.start() - 6) : month.start()]) is not None
        return not opens and any(re.fullmatch(pattern, month.group()) for _, pattern in self.rules.section("proper"))

    def _is_nowadays(self, view: str, match: Match, reference: Reference) -> bool:
        """Whether "aujourd'hui" has nothing beside it that tells the day from these times."""
        word = self.nowadays.search(view, match.start, match.end) if match.kind == "relative" else None
        if word is None or match.number("hour") is not None:
            return False
        if self.nowadays_beside[0].search(view[max(0, word.start() - 16) : word.start()]):
            return True
        if self.nowadays_beside[1].match(view, word.end()):
            return True
        if reference.tense is not None or word.end() < match.end:
            return False
        before, after = _sentence_around(view, word.start(), word.end())
        if len(f"{before} {after}".split()) <= _FEW_WORDS or (self.only_first and before.strip()):
            return False
        return self.today_event.search(before) is None and self.today_event.search(after) is None

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
    words = load_lexicon(language)
    return _Finder(
        rules=rules,
        refusals=Refusals(words),
        before=before,
        after={kind: re.compile(pattern) for kind, pattern in rules.section("not_after")},
        season=re.compile(rf"(?<![\w]){rules.union('season')}(?![\w])"),
        habit=re.compile(rules.habit),
        named=Preceding(rules.section("named_year")),
        month=re.compile(rf"(?<![\w]){rules.union('fullmonth')}(?![\w])"),
        capital=re.compile(rules.union("capital")),
        before_capital=re.compile(rules.union("before_capital")),
        names_alone=re.compile(rules.union("name_alone")),
        nowadays=re.compile(rf"(?<![\w]){rules.union('nowadays')}(?![\w])"),
        nowadays_beside=(
            re.compile(rf"(?<![\w]){rules.union('nowadays_before')}\Z"),
            re.compile(rules.union("nowadays_after")),
        ),
        today_event=re.compile(rf"(?<![\w]){rules.union('today_event')}"),
        only_first=bool(rules.section("nowadays_first")),
        names=MonthNames(rules, words),
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
    if not has_tables(language):
        return ()
    finder = _finder(language)
    article = _Article(text, published_on, tense, finder.names.find(text))
    mentions: list[TimeMention] = []
    day: Stretch | None = None
    for span in spans:
        found, day = finder.find(article, span, day)
        mentions += found
    return tuple(mentions)


def _is_year_open(passage: _Passage, match: Match, reading: Reading) -> bool:
    """Whether a day or month without its year may be of the year of a date said before it.

    That is so in one sentence ("le 14 juin 1830 et, le 5 juillet, ..."), and for a day in a passage about old times.
    """
    published, dated = passage.article.published, passage.play.dated
    if published is None or dated is None or reading.stretch is None or reading.basis != "published_at":
        return False
    if match.kind not in _CALENDAR or "shift" in match.values or dated[0].first.year >= published.year:
        return False
    if "weekday" in match.values and abs(reading.stretch.first.year - published.year) <= 1:
        return False
    if match.kind == "date" and published.year - dated[0].first.year > _OLD:
        return True
    return _SENTENCE_END.search(passage.folded.view, dated[1], match.start) is None


def _sentence_around(view: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a stretch in its sentence, within reach."""
    before = _SENTENCE_END.split(view[max(0, start - _SENTENCE_REACH) : start])[-1]
    return before, _SENTENCE_END.split(view[end : end + _SENTENCE_REACH], maxsplit=1)[0]


def _mention(folded: Folded, match: Match, reading: Reading) -> TimeMention:
    return TimeMention(folded.span(match.start, match.end), reading.edtf, reading.basis, reading.reason)
