"""Expressions of time, resolved against the day of publication or the article's own dates, never guessed.

A weekday, month or day without its year is the last one not after publication, or the next where the verb or the words
before it look ahead. Without a day to count from, the mention stays, unresolved, and says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from extraction.document import TimeMention
from extraction.expressions.date_refusals import DateRefusals, Place
from extraction.expressions.days_in_play import DaysInPlay
from extraction.expressions.directions import Directions
from extraction.expressions.folding import Folded, fold
from extraction.expressions.lexicon import Preceding, has_tables, load_lexicon
from extraction.expressions.month_names import MonthNames
from extraction.expressions.readings import READERS, STRETCHES, read_match
from extraction.expressions.references import BYLINE, NOWADAYS, OTHER_YEAR, Reading, Reference, shift_of, unresolved
from extraction.expressions.refusals import SENTENCE_START
from extraction.expressions.time_rules import Match, TimeRules, time_rules
from extraction.spans import Span
from extraction.tense import Tense

TenseAt = Callable[[int], Tense | None]
# Days and months, which a year may go with.
_CALENDAR = frozenset({"date", "month", "month_part", "month_capital", "days", "dates"})
_YEAR_LENGTH, _MONTH_LENGTH, _DAY_LENGTH = len("2024"), len("2024-06"), len("2024-06-19")
# How fine a date with its year must be to leave the year of another open that follows it.
_GRAINS = {
    "date": _DAY_LENGTH,
    "month": _MONTH_LENGTH,
    "month_part": _MONTH_LENGTH,
    "month_capital": _MONTH_LENGTH,
    "holiday": _YEAR_LENGTH,
    "season": _YEAR_LENGTH,
}
_DATED = _CALENDAR | _GRAINS.keys()
# "depuis septembre" names the month in which something began, as annotators read it.
_VAGUE_SINCE = frozenset({"month", "season"})
_OLD = 20
_SENTENCE_END = re.compile(r"[.!?…\n]")
_LIVE_STAMP = re.compile(r"^[ \t]{0,4}[0-2]?[0-9][:.hH][0-5][0-9][ \t]{0,4}$", re.MULTILINE)
# So many lines that hold nothing but a clock time make a live blog.
_LIVE_LINES = 3


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
    play: DaysInPlay

    @property
    def view(self) -> str:
        """The folded text."""
        return self.folded.view

    @property
    def place(self) -> Place:
        """The passage as those see it who refuse."""
        return Place(self.article.text, self.folded, self.article.names)

    def tense(self, at: int) -> Tense | None:
        """The tense of the verb that governs at a position of the view."""
        return self.article.tense(self.folded.starts[at]) if self.article.tense is not None else None


@dataclass(frozen=True, slots=True)
class _Finder:
    """One language's rules with what keeps a match from being a date."""

    rules: TimeRules
    refusals: DateRefusals
    directions: Directions
    since: Preceding
    since_inside: re.Pattern[str]
    not_since: re.Pattern[str]
    told: Preceding
    names: MonthNames

    def find(self, article: _Article, span: Span, play: DaysInPlay) -> list[TimeMention]:
        """The expressions of one passage, in order; brings them into play."""
        folded, found, end = fold(article.text, span), list[TimeMention](), 0
        passage = _Passage(article, folded, play)
        starts = self.rules.starts(folded.view)
        for at, start in enumerate(starts):
            if start < end:
                continue
            best = self._best(passage, starts, at)
            if best is not None:
                match, reading = best
                found.append(_mention(folded, *self._opened(folded.view, match, reading, end)))
                end = match.end
                _enter(passage, match, reading, aside=self._is_aside(passage, match))
        return found

    def _is_aside(self, passage: _Passage, match: Match) -> bool:
        """Whether a day is of a telling or only bounds a time, so that clock times are rather of another one."""
        told = self.told.match(passage.view, match.start) is not None
        return told or self.directions.tense(passage.view, match, None)[1]

    def _opened(self, view: str, match: Match, reading: Reading, end: int) -> tuple[Match, Reading]:
        """The match with the word "since" before it, which opens its stretch."""
        if reading.edtf is None or "T" in reading.edtf or ".." in reading.edtf or match.kind in STRETCHES:
            return match, reading
        vague = match.kind in _VAGUE_SINCE and match.number("year") is None
        if vague or self.not_since.match(view, match.end) is not None:
            return match, reading
        found = self.since.match(view, match.start)
        if found is None and self.since_inside.match(view, match.start) is None:
            return match, reading
        start = match.start if found is None or found[1] < end else found[1]
        edtf = f"{reading.edtf.split('/')[0]}/.."
        return replace(match, start=start), replace(reading, edtf=edtf)

    def _best(self, passage: _Passage, starts: list[int], at: int) -> tuple[Match, Reading] | None:
        """The longest expression at a start, or a later one that reaches past its end ("after | January 1, 2007")."""
        best = self._first(passage, starts[at])
        if best is None:
            return None
        for start in starts[at + 1 : at + self.rules.WORDS_BEFORE]:
            if start >= best[0].end or self.rules.has_trigger(passage.view, best[0].start, start):
                break
            other = self._first(passage, start, best[0].end)
            if other is not None:
                return other
        return best

    def _first(self, passage: _Passage, start: int, beyond: int = 0) -> tuple[Match, Reading] | None:
        for match in self.rules.matches(passage.view, start):
            if match.end <= beyond:
                return None
            if self.refusals.refuses(passage.place, match):
                continue
            reference = self._reference(passage, match)
            if self.refusals.is_byline(passage.view, match):
                return match, unresolved(BYLINE)
            if self.refusals.is_nowadays(passage.view, match, reference):
                return match, unresolved(NOWADAYS)
            reading = read_match(match, reference)
            if reading is not None:
                return match, unresolved(OTHER_YEAR) if _is_year_open(passage, match, reading) else reading
        return None

    def _reference(self, passage: _Passage, match: Match) -> Reference:
        tense, is_led = self.directions.tense(passage.view, match, passage.tense(match.start))
        play = passage.play
        return Reference(
            published=passage.article.published,
            tense=tense,
            context=play.last,
            day=play.day,
            months_first=self.rules.months_first,
            is_led=is_led,
            dated=play.dated_day,
            last=play.days,
        )


@lru_cache
def _finder(language: str) -> _Finder:
    rules = time_rules(language)
    unknown = {kind for kind, _ in rules.kinds} - set(READERS)
    if unknown:
        raise ValueError(f"rules without a reading: {sorted(unknown)}")
    words = load_lexicon(language)
    return _Finder(
        rules=rules,
        refusals=DateRefusals(rules, words),
        directions=Directions(rules),
        since=Preceding(rules.section("since")),
        since_inside=re.compile(rules.union("since_inside")),
        not_since=re.compile(rules.union("not_since")),
        told=Preceding(rules.section("told")),
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
    is_live = len(_LIVE_STAMP.findall(text)) >= _LIVE_LINES
    mentions: list[TimeMention] = []
    play = DaysInPlay(published_on)
    for span in spans:
        mentions += finder.find(article, span, play)
        play = play.next_passage(keeps_days=not is_live)
    return tuple(mentions)


def _enter(passage: _Passage, match: Match, reading: Reading, *, aside: bool) -> None:
    if reading.stretch is None:
        return
    passage.play.enter(reading.stretch, late=match.text("evening") is not None, aside=aside)
    if reading.basis == "published_at":
        passage.play.dated = None  # the passage is back in its own days
    if reading.basis != "explicit" or match.number("year") is None:
        return
    if match.kind in _CALENDAR or (match.kind == "year" and _frames(passage.view, match)):
        passage.play.dated = reading.stretch, match.end
        passage.play.dated_day = reading.stretch if match.kind == "date" else passage.play.dated_day


def _frames(view: str, match: Match) -> bool:
    """Whether a year opens its sentence, so that it dates all of it ("En 2016, elle offrait des fleurs à Noël")."""
    opens = SENTENCE_START.search(view[max(0, match.start - 6) : match.start]) is not None
    return opens and view[match.end : match.end + 1] == ","


def _is_year_open(passage: _Passage, match: Match, reading: Reading) -> bool:
    """Whether a day or month without its year may be of the year of a date said before it.

    That is so in one sentence ("le 14 juin 1830 et, le 5 juillet, ..."), and for a day in a passage about old times.
    """
    published, dated = passage.article.published, passage.play.dated
    if published is None or dated is None or reading.stretch is None or reading.basis != "published_at":
        return False
    if match.kind not in _DATED or shift_of(match) is not None or dated[0].first.year >= published.year:
        return False
    if "weekday" in match.values and abs(reading.stretch.first.year - published.year) <= 1:
        return False
    if match.kind == "date" and published.year - dated[0].first.year > _OLD:
        return True
    if len(dated[0].edtf) != _GRAINS.get(match.kind, len(dated[0].edtf)) and len(dated[0].edtf) != _YEAR_LENGTH:
        return False  # "nommé en mai 2023, il a démissionné le 3 mars"
    return _SENTENCE_END.search(passage.view, dated[1], match.start) is None


def _mention(folded: Folded, match: Match, reading: Reading) -> TimeMention:
    return TimeMention(folded.span(match.start, match.end), reading.edtf, reading.basis, reading.reason)
