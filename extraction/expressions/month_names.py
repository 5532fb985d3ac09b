"""Months that are names in a text: "Theresa May", "April Poe", the planet Mars.

A month that is also a given name or a surname, written with a capital beside another capitalised word that no
preposition explains, names somebody; so it may do elsewhere in the same text.
"""

from __future__ import annotations

import re

from extraction.expressions.folding import fold_word
from extraction.expressions.lexicon import Lexicon
from extraction.expressions.time_rules import TimeRules

_CAPITAL, _SMALL = r"[^\W\d_a-zß-öø-ÿ]", r"[a-zß-öø-ÿ'’-]{1,24}"
_CAPITALISED = rf"{_CAPITAL}{_SMALL}(?:(?<=-){_CAPITAL}{_SMALL})?"


class MonthNames:
    """Finds what months a language's text uses as names."""

    def __init__(self, rules: TimeRules, words: Lexicon) -> None:
        months = "|".join(pattern for _, pattern in rules.section("name_month")) or r"(?!)"
        self._beside = re.compile(
            rf"(?:(?P<before>[\w'’-]{{1,24}})\.? )?(?<![\w-])(?i:(?P<month>{months}))(?![\w-])"
            rf"(?: (?P<after>{_CAPITALISED})(?![\w]))?"
        )
        openers = "|".join(pattern for _, pattern in rules.section("month_opener")) or r"(?!)"
        self._explained = re.compile(
            rf"(?:{words.union('function')}|{words.union('sentence_openers')}|{openers}|[0-9]{{1,4}}.{{0,4}})\Z"
        )

    def find(self, text: str) -> frozenset[str]:
        """Folded month words that name somebody or something in the text."""
        return frozenset(fold_word(found["month"]) for found in self._beside.finditer(text) if self._names(found))

    def _names(self, found: re.Match[str]) -> bool:
        before = found["before"] or ""
        if not found["month"][0].isupper() or self._explained.match(fold_word(before)) is not None:
            return False
        return found["after"] is not None or re.fullmatch(_CAPITALISED, before) is not None
