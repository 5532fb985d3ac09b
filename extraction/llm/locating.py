"""Where a model's words stand in the text, character by character; words that stand there twice stand nowhere.

Models write a plain space for every kind of space and a straight mark for a typographic one. Those, and nothing else,
count as the same character: each is one code point for one, so that what is found is a span of the untouched text.
"""

from __future__ import annotations

from unicodedata import combining

from extraction.spans import Span

_SPACES = "\t\n\r\u00a0\u2002\u2003\u2007\u2009\u200a\u202f"
_SAME = str.maketrans({**dict.fromkeys(_SPACES, " "), "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2011": "-"})


class Refused(Exception):  # noqa: N818  # what became of a proposal, no failure of the program
    """A proposal is not believed; ``reason`` is one of a few words, to be counted."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def same_length_view(text: str) -> str:
    """The text with its spaces and apostrophes made equal; every offset stays what it is."""
    return text.translate(_SAME)


def find_once(view: str, words: str, inside: Span) -> Span | None:
    """Where whole words stand inside a span of a view; None where they stand nowhere or more than once."""
    wanted = words.strip().translate(_SAME)
    found: Span | None = None
    at = view.find(wanted, inside.start, inside.end) if wanted else -1
    while at >= 0:
        span = Span(at, at + len(wanted))
        if _is_whole(view, span):
            if found is not None:
                return None
            found = span
        at = view.find(wanted, at + 1, inside.end)
    return found


def _is_whole(view: str, span: Span) -> bool:
    """Whether no word is cut at either end."""
    return not (_joins(view, span.start) or _joins(view, span.end))


def _joins(view: str, at: int) -> bool:
    return 0 < at < len(view) and _is_of_word(view[at - 1]) and _is_of_word(view[at])


def _is_of_word(character: str) -> bool:
    return character.isalnum() or combining(character) > 0
