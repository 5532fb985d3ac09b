"""Words and sentences of any language that sets spaces between words, with exact offsets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extraction.analysis import Token
from extraction.cleaning import load_cleaning
from extraction.spans import Span

_WORD = re.compile(r"\d+(?:[.,:]\d+)*\w*|[^\W\d]\w*(?:-\w+)*['’]?|\.{2,}|[^\w\s]")
_ENDS = frozenset(".!?…")
_CLOSING = frozenset("»”\"’')]")
_OPENING = frozenset("«“\"‘'([¿¡—–-")
_LONGEST_SENTENCE = 160
"""Words; what is longer is cut, so that no text makes the grammar slow."""


def words_of(text: str, span: Span, merges: Sequence[Span]) -> list[Token]:
    """The words of a passage, numbered by sentence, without any grammar; each span of ``merges`` is one word."""
    tokens: list[Token] = []
    for start, end in _pieces(text, span, merges):
        tokens.append(Token(len(tokens), start, end, text[start:end], text[start:end].lower(), "X", "", "dep", -1, 0))
    number = size = 0
    for at, token in enumerate(tokens):
        if at and (_ends_before(text, tokens, at) or size >= _LONGEST_SENTENCE):
            number, size = number + 1, 0
        token.sentence = number
        size += 1
    return tokens


def _pieces(text: str, span: Span, merges: Sequence[Span]) -> Iterator[tuple[int, int]]:
    at = span.start
    for merge in merges[bisect_left([m.start for m in merges], span.start) :]:
        if merge.end > span.end:
            break
        yield from _plain_pieces(text, at, merge.start)
        yield merge.start, merge.end
        at = merge.end
    yield from _plain_pieces(text, at, span.end)


def _plain_pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while match := _WORD.search(text, at, end):
        at = match.end()
        if at < end and text[at] == "." and _is_abbreviation(match.group()):
            at += 1
        yield match.start(), at


def _is_abbreviation(word: str) -> bool:
    return word.lower() in load_cleaning().abbreviations or (len(word) == 1 and word.isupper())


def _ends_before(text: str, tokens: list[Token], at: int) -> bool:
    """Whether a sentence ends between the words ``at - 1`` and ``at``."""
    between = text[tokens[at - 1].end : tokens[at].start]
    if between.count("\n") > 1:
        return True
    last = at - 1
    while last > 0 and at - last <= 3 and tokens[last].text in _CLOSING:
        last -= 1
    if not between or tokens[last].text[0] not in _ENDS:
        return False
    opening = tokens[at].text[0]
    return not opening.islower() and (opening.isalnum() or opening in _OPENING)
