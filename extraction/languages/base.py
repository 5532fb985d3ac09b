"""What a language brings: one class, which says how its passages are analysed, and data files beside it."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import ClassVar, Protocol

from extraction.analysis import Analysis, Token
from extraction.spans import Span

RULES = "rules"
"""What stands in a model's place where a language is read by rules."""


class Analyser(Protocol):
    """Turns passages into tokens with a tree."""

    def analyse(self, text: str, passages: Sequence[tuple[int, Span]], merges: Sequence[Span]) -> list[Analysis]:
        """One analysis for each (position, span) of ``passages``; each span of ``merges`` becomes one token.

        ``merges`` are numbers ("3 000"), in order and without overlap.
        """
        ...


class Language:
    """A language pack. A subclass names its ``code`` and, where it has a grammar, makes its analyser.

    The package that defines the subclass holds the data files that ``docs/languages.md`` describes; a file that is not
    there means that the language has none of what it would hold. Without an analyser of its own a language is read by
    its words alone: amounts, times, names and what stands in quotation marks, no events.
    """

    code: ClassVar[str]
    """The primary tag of BCP 47 in lower case: "es"."""
    model: ClassVar[str] = RULES
    """What analyses unless the operator chose otherwise: the name of a model, or "rules"."""

    def analyser(self, model: str) -> Analyser:
        """What analyses with the model of this name, or by rules. Raises OSError for a model that is not installed."""
        if model != RULES:
            raise OSError(f"The language pack {self.code!r} knows no model {model!r}, only {RULES!r}.")
        return PlainAnalyser()

    @property
    def data(self) -> Traversable:
        """The folder of the data files."""
        return files(str(sys.modules[type(self).__module__].__package__))


_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+['’]?|[^\w\s]")
_SENTENCE_END = frozenset(".!?…")


class PlainAnalyser:
    """Words and sentences without grammar: for a language pack that must load at once."""

    def analyse(self, text: str, passages: Sequence[tuple[int, Span]], merges: Sequence[Span]) -> list[Analysis]:
        """Every token hangs on the first of its sentence, with the unspecified relation ``dep``."""
        return [Analysis(at, span, _plain_tokens(text, span, merges)) for at, span in passages]


def _plain_tokens(text: str, span: Span, merges: Sequence[Span]) -> list[Token]:
    tokens: list[Token] = []
    sentence = root = 0
    inside = [m for m in merges if span.contains(m)]
    for match in _WORD.finditer(text, span.start, span.end):
        start, end = match.span()
        merge = next((m for m in inside if m.start <= start < m.end), None)
        if merge is not None and start != merge.start:
            continue
        start, end = (merge.start, merge.end) if merge is not None else (start, end)
        word = text[start:end]
        pos = "NUM" if word[0].isdigit() else "PUNCT" if not word[0].isalnum() else "X"
        i = len(tokens)
        tokens.append(Token(i, start, end, word, word.lower(), pos, "", "dep", root, sentence))
        if word in _SENTENCE_END:
            sentence, root = sentence + 1, i + 1
    for token in tokens:
        if token.head == token.i:
            token.dep = "ROOT"
    return tokens
