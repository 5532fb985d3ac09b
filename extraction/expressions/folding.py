"""A plain view of a passage for matching, with the way back to the text's own offsets.

The view is lower case without accents, has one space for any run of white space (a line break stays one), straight
apostrophes and hyphens, and lacks characters that are not seen (soft hyphens, joiners, combining marks). The text
itself is never changed; offsets are carried back as in eyecite's ``annotate.py``.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extraction.spans import Span

_ALIKE = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "\u2010": "-",
    "\u2011": "-",
    "—": "–",
    "½": "½",
    "œ": "œ",
}
_LINE_ENDS = frozenset("\n\r\v\f\x85\u2028\u2029")


@dataclass(frozen=True, slots=True)
class Folded:
    """``view[i]`` stands for the text from ``starts[i]`` to ``ends[i]``."""

    view: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The text's span of a stretch of the view that is not empty."""
        return Span(self.starts[start], self.ends[end - 1])

    def position(self, offset: int) -> int:
        """Where an offset of the text falls in the view."""
        return bisect_left(self.starts, offset)


def fold(text: str, span: Span) -> Folded:
    """The view of one span of a text."""
    view: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, character in _seen(text, span):
        if character == "":
            if ends:
                ends[-1] = at + 1
        elif character in " \n" and view and view[-1] in " \n":
            ends[-1] = at + 1
            if character == "\n":
                view[-1] = "\n"
        else:
            view.append(character)
            starts.append(at)
            ends.append(at + 1)
    return Folded("".join(view), tuple(starts), tuple(ends))


def _seen(text: str, span: Span) -> Iterator[tuple[int, str]]:
    for at in range(span.start, span.end):
        yield at, folded_character(text[at])


@lru_cache(maxsize=4096)
def folded_character(character: str) -> str:
    """One character of the view for one of the text; none for what is not seen."""
    if character in _ALIKE:
        return _ALIKE[character]
    if character in _LINE_ENDS:
        return "\n"
    if character.isspace():
        return " "
    if unicodedata.category(character) in {"Mn", "Cf"}:
        return ""
    lower = character.lower()
    base = unicodedata.normalize("NFD", lower)[:1]
    return base if base.isascii() and base.isalpha() else lower if len(lower) == 1 else character


def fold_word(word: str) -> str:
    """A word as it appears in views."""
    return "".join(map(folded_character, word))
