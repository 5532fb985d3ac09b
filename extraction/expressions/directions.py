"""Which way an expression looks that names no year or week: by the words that lead to it, else by the verb.

"d'ici vendredi" and "reporté à vendredi" look ahead under any verb, "depuis vendredi" back.
"""

from __future__ import annotations

import re

from extraction.expressions.lexicon import Preceding
from extraction.expressions.readings import STRETCHES
from extraction.expressions.time_rules import Match, TimeRules
from extraction.tense import Tense

_WEEKDAYS = frozenset({"weekday", "weekday_day", "weekdays_listed"})


class Directions:
    """Reads the words before an expression, or those that it begins with."""

    def __init__(self, rules: TimeRules) -> None:
        self._leads = [
            (tense, kind == "weekday", unless_past, _Lead(rows))
            for section, tense, unless_past in _SECTIONS
            for kind in ("any", "weekday")
            if (rows := [("", pattern) for key, pattern in rules.section(section) if key == kind])
        ]
        self._daypart = re.compile(rules.union("daypart"))

    def tense(self, view: str, match: Match, tense: Tense | None) -> tuple[Tense | None, bool]:
        """The tense that an expression goes by, given that of its verb, and whether words before it say so."""
        for led, of_weekday, unless_past, lead in () if match.kind in STRETCHES else self._leads:
            if of_weekday and match.kind not in _WEEKDAYS:
                continue
            if (tense != "past" or not unless_past) and lead.leads(view, match):
                return "intended" if tense == "intended" and led == "future" else led, True
        return None if tense == "present" and self._sets_a_scene(view, match) else tense, False

    def _sets_a_scene(self, view: str, match: Match) -> bool:
        """Whether a sentence opens with a part of a weekday ("Lundi matin, la place est vide"): reports begin so."""
        if match.kind != "weekday" or self._daypart.search(view, match.start, match.end) is None:
            return False
        return _BEGINNING.search(view[max(0, match.start - 4) : match.start]) is not None


class _Lead:
    def __init__(self, rows: list[tuple[str, str]]) -> None:
        self._before = Preceding(rows)
        self._inside = re.compile("|".join(f"(?:{pattern})" for _, pattern in rows))

    def leads(self, view: str, match: Match) -> bool:
        starts = [match.start]
        if (first := _FIRST_WORD.match(view, match.start, match.end)) is not None:
            starts.append(first.end())  # "... until | June", where the expression has the word that leads to it
        if any(self._before.match(view, start) is not None for start in starts):
            return True
        return self._inside.match(view, match.start) is not None


_FIRST_WORD = re.compile(r"[^\W\d_]{2,7} ")
_BEGINNING = re.compile(r"(?:\A|[.!?\n»”\"])[ \n\"“«]{0,3}\Z")
# Sections of the table, in the order in which they are asked: what they say, and whether a past verb says otherwise.
_SECTIONS: tuple[tuple[str, Tense, bool], ...] = (
    ("looks_back", "past", False),
    ("looks_ahead", "future", False),
    ("looks_ahead_unless_past", "future", True),
)
