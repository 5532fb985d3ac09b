"""The rules that read expressions of time in one language, compiled from its table.

A rule is a kind and a pattern in which ``<name>`` stands for the words of a section of the table, or for one of the
figures defined here; a digit after the name tells a second occurrence apart. What a match says is decoded into numbers,
so that the readings (``extraction.expressions.time_readings``) know no language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extraction.expressions.lexicon import Lexicon, load_lexicon, read_table, spaced
from extraction.expressions.numerals import NumeralReader, numeral_reader

_PLACEHOLDER = re.compile(r"(?<!\(\?P)<([a-z_]+?)([0-9]?)>")
_MAX_DEPTH = 4
# A word ends before anything but a letter or figure; the mark of a footnote is neither.
_END = r"(?![^\W\u00b9\u00b2\u00b3\u2070-\u2079])"
# Sections that are pieces of patterns rather than words with a value.
_PIECES = frozenset({"at", "daypart", "clock", "time", "middle", "weekyear", "bare"})
_FIGURES = {
    "year": r"(?P<year@>(?:1[0-9]|2[01])[0-9]{2})(?![0-9]|[.,:][0-9]|[a-z])",
    "hour": r"(?P<hour@>[01]?[0-9]|2[0-4]|{article_hour}|{few_words})",
    "minute": r"(?P<minute@>[0-5][0-9])",
    "count": r"(?P<count@>[0-9]{{1,4}}|{words})(?![\w])",
    "day": r"(?P<day@>(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])|{day_words}|{other_words})",
    "dayof": r"(?P<day@>(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])|{day_words})",
    # A figure that stands alone after a weekday; more figures make it a count ("lundi 3 200", "lundi 2,5").
    "dayfigure": r"(?P<day@>{first_day}|(?:0?[1-9]|[12][0-9]|3[01])(?![0-9]|[.,:/][0-9]| [0-9]{{3}}(?![0-9])))",
    "iso": r"(?P<iso@>[12][0-9]{3}(?:-[01][0-9]-|/[01][0-9]/)[0-3][0-9])(?![0-9/-])",
    "numeric": r"(?P<first@>[0-3]?[0-9])(?P<mark@>[/.-])(?P<second@>[0-3]?[0-9])"
    r"(?:(?P=mark@)(?P<figures@>[0-9]{4}|[0-9]{2}))?(?![0-9/-]|[.,][0-9])",
    "monthnumber": r"(?<![0-9/])(?P<monthnumber@>0?[1-9]|1[0-2])",
    "weeks": r"(?P<weeks@>{words}|{week_figures})(?![\w])",
    "tens": r"(?P<tens@>{words})(?![\w])",
    "nth_day": r"(?P<nth@>[0-9]{1,2} ?[a-z]{1,4}|[a-z]{4,12})",
}


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's match: its kind, where it stands, and what its words say (numbers, or text where no number fits)."""

    kind: str
    start: int
    end: int
    values: dict[str, int | str]

    def number(self, name: str) -> int | None:
        """A value that is a number, None where it is absent."""
        value = self.values.get(name)
        return value if isinstance(value, int) else None

    def text(self, name: str) -> str | None:
        """A value that is a word, None where it is absent."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None


class TimeRules:
    """One language's rules. Matching starts only at the few words before a word of time, so it is linear."""

    WORDS_BEFORE = 7

    def __init__(self, words: Lexicon, rows: list[tuple[str, str, str]], numbers: NumeralReader) -> None:
        self.numbers = numbers
        self.words = words
        self._number_words = _number_words(words)
        # An article counts ("a week ago"), but is neither an hour nor a day of the month.
        self._other_words = _number_words(words, but=words.union("article"))
        self._sections = Lexicon(row for row in rows if row[0] != "rule")
        self._values = {
            name: [(key, re.compile(pattern)) for key, pattern in self._sections.rows(name)]
            for name in {row[0] for row in rows} - _PIECES
        }
        self._rules = [
            (kind, re.compile(spaced(self._expanded(pattern)) + _END)) for name, kind, pattern in rows if name == "rule"
        ]
        self._trigger = re.compile(self._triggers())
        self._word = re.compile(r"(?<![\w])[\w]")
        self.counting = re.compile(self._sections.union("counting"))
        self.habit = self._sections.union("habit")
        self.months_first = bool(self._sections.rows("month_first"))

    @property
    def kinds(self) -> list[tuple[str, re.Pattern[str]]]:
        """The rules, each with its kind."""
        return self._rules

    def section(self, name: str) -> list[tuple[str, str]]:
        """(key, pattern) of a section of the table of times."""
        return self._sections.rows(name)

    def union(self, name: str) -> str:
        """One alternation of a section of the table of times; matches nothing if there is none."""
        return self._sections.union(name)

    def has_trigger(self, view: str, start: int, end: int) -> bool:
        """Whether a word of time, or a figure, stands in a stretch of the view."""
        return self._trigger.search(view, start, end) is not None

    def starts(self, view: str) -> list[int]:
        """Positions at which an expression may begin, in order."""
        words = [m.start() for m in self._word.finditer(view)]
        found: set[int] = set()
        at = 0
        for trigger in self._trigger.finditer(view):
            while at < len(words) and words[at] <= trigger.start():
                at += 1
            found.update(words[max(0, at - self.WORDS_BEFORE) : at])
        return sorted(found)

    def matches(self, view: str, at: int) -> Iterator[Match]:
        """What the rules read at a position, the longest first."""
        found = [
            (m.end(), -rank, kind, m) for rank, (kind, rule) in enumerate(self._rules) if (m := rule.match(view, at))
        ]
        for end, _, kind, match in sorted(found, key=lambda item: item[:2], reverse=True):
            values = self._decoded(match)
            if values is not None:
                yield Match(kind, at, end, values)

    def _decoded(self, match: re.Match[str]) -> dict[str, int | str] | None:
        values: dict[str, int | str] = {}
        for name, words in match.groupdict().items():
            if words is not None:
                value = self._value(name.rstrip("2"), words)
                if value is None:
                    return None
                values[name] = value
        return values

    def _value(self, name: str, words: str) -> int | str | None:
        for key, pattern in self._values.get({"nth": "ordinal"}.get(name, name), ()):
            if pattern.fullmatch(words):
                return int(key) if re.fullmatch(r"-?[0-9]+", key) else key
        if name in {"unit", "month", "weekday", "nth"}:
            return None
        if re.fullmatch(r"[0-9]+", words):
            return int(words)
        number = self.numbers.read(words) if name in {"count", "hour", "day", "weeks", "tens", "year"} else None
        if number is not None and number == int(number):
            return int(number)
        return None if name in {"count", "hour", "day", "weeks", "tens"} else words

    def _expanded(self, pattern: str, depth: int = 0) -> str:
        if depth > _MAX_DEPTH:
            raise ValueError(f"a pattern that contains itself: {pattern!r}")
        return _PLACEHOLDER.sub(lambda m: self._expanded(self._piece(m[1], m[2]), depth + 1), pattern)

    def _piece(self, name: str, suffix: str) -> str:
        if name in _FIGURES:
            figure = _FIGURES[name].replace("@", suffix).replace("{words}", self._number_words)
            figure = figure.replace("{few_words}", self._other_words.replace("{0,3}", "{0,2}?"))
            figure = figure.replace("{other_words}", self._other_words)
            figure = figure.replace("{article_hour}", self._sections.union("article_hour"))
            for section in ("first_day", "week_figures"):
                figure = figure.replace(f"{{{section}}}", self._sections.union(section))
            figure = figure.replace("{day_words}", self._sections.union("day"))
            return figure.replace("{{", "{").replace("}}", "}")
        if not self._sections.rows(name):
            return "(?!)"
        if name in _PIECES:
            return self._sections.union(name)
        return f"(?P<{name}{suffix}>{self._sections.union(name)}){_END}"

    def _triggers(self) -> str:
        names = ("fullmonth", "weekday", "unit", "span", "season", "relative", "tonight", "holiday", "trigger")
        alternatives = [pattern for name in names for _, pattern in self._sections.rows(name)]
        return rf"(?<![\w])(?:{'|'.join(alternatives) or '(?!)'})(?![\w])|(?<![0-9])[0-9]"


def _number_words(lexicon: Lexicon, but: str = r"(?!)") -> str:
    words = sorted((word for _, word in lexicon.rows("number")), key=len, reverse=True)
    if not words:
        return r"(?!)"
    starts = [word for word in words if not re.fullmatch(but, word)]
    # Where only some words may be linked, an article ends a number as well ("vingt et un").
    tails = words if lexicon.rows("linked_value") else starts
    return rf"(?:{'|'.join(starts)})(?:{lexicon.union('joint')}(?:{'|'.join(tails)})){{0,3}}(?![\w])"


@lru_cache
def time_rules(language: str) -> TimeRules:
    """The rules of a language, none where it has no table of times."""
    rows = read_table(language, "expressions_times.tsv")
    return TimeRules(load_lexicon(language), rows, numeral_reader(language))
