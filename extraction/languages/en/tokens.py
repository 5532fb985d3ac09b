"""English words and sentences, with exact offsets for any text.

Word borders follow the English treebanks of Universal Dependencies where that helps grammar (``do`` + ``n't``,
``mayor`` + ``'s``), but a hyphenated word stays whole unless a number inside it was merged by the caller.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extraction.languages.en.data import word_set
from extraction.spans import Span

MAX_SENTENCE_WORDS = 160
"""A longer sentence is cut for grammar: no newspaper writes one, and cost must not grow with a hostile text."""

_MARKS = "\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\u200d"
_LETTERS = rf"[^\W\d_][\w{_MARKS}]*"
_APOSTROPHES = "'’"
_TOKEN = re.compile(
    rf"""
      (?:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?)\]'’]   # an address without the punctuation after it
    | [\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]{{1,64}})+
    | [@\#]\w+
    | (?:[^\W\d_]\.){{2,}}                                  # U.S., a.m.
    | \d+(?:-[^\W\d_]+)+                                    # 45-year-old
    | \d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|m|bn|k|km|kg)?\b
    | {_LETTERS}(?:[-‑]\w[\w{_MARKS}]*|&{_LETTERS}|[{_APOSTROPHES}](?!s\b|S\b){_LETTERS})*
    | [\w{_MARKS}]+
    | \.{{2,}} | -{{2,}} | !+ | \?+
    | [^\w\s]
    """,
    re.VERBOSE,
)
_CONTRACTION = re.compile(rf"(?i)(?:(?<=\w)n[{_APOSTROPHES}]t|[{_APOSTROPHES}](?:re|ve|ll|d|m|em))$")
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]\b")
_TERMINAL = frozenset(".!?…")
_CLOSING = frozenset("\"”’'»)]")
_OPENING = frozenset("\"“‘'«([")
_BREAK = re.compile(r"\n[^\S\n]*\n")


@dataclass(slots=True)
class Word:
    """A word on its way through the grammar; ``head`` and ``i`` are positions in the passage."""

    i: int
    start: int
    end: int
    text: str
    sentence: int = 0
    tag: str = ""
    lemma: str = ""
    pos: str = "X"
    morph: str = ""
    dep: str = ""
    head: int = -1
    entity: str = ""
    entity_start: bool = False

    @property
    def lower(self) -> str:
        """The word in lower case, with a plain apostrophe."""
        return self.text.lower().replace("’", "'")


def words_of(text: str, span: Span, merges: Sequence[Span]) -> list[Word]:
    """The words of a passage, numbered by sentence; a span of ``merges`` (in order, apart) is one word."""
    words: list[Word] = []
    at = span.start
    first = bisect_left([m.start for m in merges], span.start)
    for merge in merges[first:]:
        if merge.start >= span.end:
            break
        if merge.end <= span.end and merge.start >= at and len(merge):
            _append(words, text, _pieces(text, at, merge.start))
            _append(words, text, [(merge.start, merge.end)])
            at = merge.end
    _append(words, text, _pieces(text, at, span.end))
    _number_sentences(text, words)
    return words


def _append(words: list[Word], text: str, pieces: Sequence[tuple[int, int]] | Iterator[tuple[int, int]]) -> None:
    for start, end in pieces:
        words.append(Word(len(words), start, end, text[start:end]))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while match := _TOKEN.search(text, at, end):
        first, last = match.span()
        if (possessive := _POSSESSIVE.match(text, first, end)) and first > start and text[first - 1].isalnum():
            last = possessive.end()
        elif text[first].isalpha():
            last = _with_abbreviation_dot(text, first, last, end)
        yield from _split_contraction(text, first, last)
        at = last


def _with_abbreviation_dot(text: str, first: int, last: int, end: int) -> int:
    if last < end and text[last] == ".":
        word = text[first:last]
        if word.lower() in word_set("abbreviations") or (len(word) == 1 and word.isupper()):
            return last + 1
    return last


def _split_contraction(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    word = text[first:last]
    if word.lower() == "cannot":
        yield from ((first, first + 3), (first + 3, last))
        return
    match = _CONTRACTION.search(word) if "'" in word or "’" in word else None
    if match is None or not match.start():
        yield first, last
        return
    yield first, first + match.start()
    yield first + match.start(), last


_LONGEST_DATELINE = 14


def _number_sentences(text: str, words: list[Word]) -> None:
    number, size, quotes = 0, 0, 0
    for at, word in enumerate(words):
        if at and (_ends_before(text, words, at) or _overlong(words, at, size)):
            number, size = number + 1, 0
        word.sentence = number
        size += 1
        quotes += word.text in {"“", "”", '"'}


def _overlong(words: list[Word], at: int, size: int) -> bool:
    return size >= MAX_SENTENCE_WORDS or (size >= MAX_SENTENCE_WORDS * 3 // 4 and words[at - 1].text in {";", ","})


def _ends_before(text: str, words: list[Word], at: int) -> bool:
    """Whether a sentence ends between the words ``at - 1`` and ``at``."""
    before, word = words[at - 1], words[at]
    between = text[before.end : word.start]
    if _BREAK.search(between) or _is_behind_dateline(words, at):
        return True
    last = at - 1
    while last > 0 and at - last <= 3 and words[last].text in _CLOSING and words[last].start == words[last - 1].end:
        last -= 1
    mark = words[last]
    if mark.text[0] not in _TERMINAL:
        return _dotted(mark) and bool(between) and word.text in word_set("sentence_openers")
    if word.text in _CLOSING and not between:
        return False
    if not between and word.text not in _OPENING:
        return mark.text == "." and _capital(word.text) and len(before.text) > 1
    if mark.text in {"…", "...", ".."} or mark.text[0] in "!?":
        return _opens(words, at) and not (last < at - 1 and _is_tag(words, at))
    return _opens(words, at) and not (last == at - 1 and _initial_before(words, last))


def _is_behind_dateline(words: list[Word], at: int) -> bool:
    """As in "PORT SELVA (Nov 20) - Two people": behind the dash after a place in capitals and brackets."""
    if not 2 < at <= _LONGEST_DATELINE or words[at - 1].text not in {"-", "–", "—", "--"} or words[at - 2].text != ")":
        return False
    return words[0].text.isupper() and len(words[0].text) > 1


def _dotted(word: Word) -> bool:
    """An abbreviation with its own dot that may also close the sentence ("in the U.S. The …", "at 5 p.m. The …")."""
    return word.text.endswith(".") and word.text.lower().rstrip(".") not in word_set("honorifics")


def _initial_before(words: list[Word], at: int) -> bool:
    return at > 0 and len(words[at - 1].text) == 1 and words[at - 1].text.isupper() and words[at - 1].text != "I"


def _opens(words: list[Word], at: int) -> bool:
    """Whether a word can open a sentence: no small letter, also behind an opening quotation mark."""
    text = words[at].text
    if text in _OPENING or text in {"-", "–", "—", "•"}:
        return at + 1 >= len(words) or not words[at + 1].text[0].islower()
    return not text[0].islower() and text not in {",", ";", ":"}


def _capital(text: str) -> bool:
    return text[0].isupper()


def _is_tag(words: list[Word], at: int) -> bool:
    """“…!” Anna Petrov said: the tag of a quotation, though it begins with a capital."""
    for word in words[at : at + 5]:
        if word.lower in word_set("tag_verbs"):
            return True
        if not word.text[0].isalpha():
            return False
    return False
