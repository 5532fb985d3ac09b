"""Words in quotation marks, wherever they begin and end: nested, over several sentences, over several paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extraction.spans import Span

_PAIRS = {"«": "»", "“": "”", "„": "“”", "‹": "›", "‘": "’", "<<": ">>"}
_STRAIGHT = '"'
_SINGLE = "'"
_OPENING = ("<<", *"«“„‹‘\"'")
_CLOSING = (">>", *"»”“›’\"'")
# Marks of one passage that nothing closes, after which the rest of it is left alone.
_MOST_UNCLOSED = 20
# Paragraphs over which one quotation goes on, each with the mark repeated, before it is closed.
_MOST_PARAGRAPHS = 8
# How far a single mark may look for a better end than a plural's apostrophe.
_FARTHEST_END = 400
_STOPS = frozenset(".,!?…")


@dataclass(frozen=True, slots=True)
class Quote:
    """What stands between two marks. ``content`` has no outer marks and no white space at its ends.

    A quotation over several paragraphs is one ``Quote`` for each; ``continued`` says that it began in an earlier one.
    """

    span: Span
    content: Span
    continued: bool = False

    @property
    def outer(self) -> Span:
        """The span with its marks."""
        return self.span


def find_quotes(text: str, passages: Sequence[Span], clipped: frozenset[str] | None = None) -> list[Quote]:
    """Outermost quotations of the passages, in order. A mark that nothing closes before long is passed over.

    ``clipped`` are the words that an apostrophe opens ("em" of "'em") in a language that quotes with straight single
    marks; None for one that does not.
    """
    quotes: list[Quote] = []
    carried: str | None = None
    scanner = _Scanner(text, clipped)
    for at, passage in enumerate(passages):
        found, carried = scanner.read(passage, carried, passages[at + 1 : at + 1 + _MOST_PARAGRAPHS])
        quotes += found
    return quotes


class _Scanner:
    def __init__(self, text: str, clipped: frozenset[str] | None) -> None:
        self._text, self._clipped = text, clipped

    def read(self, passage: Span, carried: str | None, following: Sequence[Span]) -> tuple[list[Quote], str | None]:
        """Quotations of one passage, and the mark that it leaves open for the next."""
        quotes: list[Quote] = []
        at = passage.start if carried is None else self._after_repeated_mark(passage, carried)
        opened, mark = passage.start, carried
        for _ in range(_MOST_UNCLOSED):
            found, mark, opened = self._scan(Span(at, passage.end), mark, opened)
            continues = carried is not None and not quotes
            quotes += [_quote(self._text, s, continued=continues and s.start == passage.start) for s in found]
            if mark is None:
                return quotes, None
            if self._goes_on(mark, following):
                rest = Span(opened, passage.end)
                return [*quotes, _quote(self._text, rest, continued=continues and opened == passage.start)], mark
            if carried is not None and opened == passage.start:
                return quotes, None
            # What an unclosed mark hides may hold whole quotations of its own.
            at, mark = opened + 1, None
        return quotes, None

    def _scan(self, passage: Span, mark: str | None, opened: int) -> tuple[list[Span], str | None, int]:
        """Closed quotations with their marks; the mark that stays open, and where it stands."""
        closed: list[Span] = []
        depth = 1 if mark else 0
        at = passage.start
        while at < passage.end:
            here = self._mark_at(at, passage.end)
            if mark is None:
                if self._opens(at, here, passage):
                    opened, mark, depth = at, here, 1
            elif here and here in _closing(mark) and self._may_close(at, here, passage):
                depth -= 1
                if depth == 0:
                    closed.append(Span(opened, at + len(here)))
                    mark = None
            elif here == mark and mark not in {_STRAIGHT, _SINGLE}:
                depth += 1
            at += max(1, len(here))
        return closed, mark, opened

    def _mark_at(self, at: int, end: int) -> str:
        """The mark that begins at an offset, "<<" and ">>" as one; empty where none does."""
        two = self._text[at : at + 2] if at + 2 <= end else ""
        if two in {"<<", ">>"}:
            return two
        one = self._text[at]
        return one if one in _OPENING or one in _CLOSING else ""

    def _opens(self, at: int, mark: str, passage: Span) -> bool:
        if mark in _PAIRS and mark != "‘":
            return True
        before = self._text[at - 1] if at > passage.start else " "
        after = self._text[at + len(mark)] if mark and at + len(mark) < passage.end else " "
        if before.isalnum() or after.isspace():
            return False
        return mark in {_STRAIGHT, "‘"} or (mark == _SINGLE and self._opens_single(at, passage))

    def _opens_single(self, at: int, passage: Span) -> bool:
        """Whether a straight single mark opens a quotation rather than a clipped word or a decade ("'em", "'90s")."""
        if self._clipped is None or not self._text[at + 1].isalpha():
            return False
        end = next((i for i in range(at + 1, min(at + 10, passage.end)) if not self._text[i].isalpha()), passage.end)
        return self._text[at + 1 : end].lower() not in self._clipped

    def _may_close(self, at: int, mark: str, passage: Span) -> bool:
        after = self._text[at + len(mark)] if at + len(mark) < passage.end else " "
        if mark not in {_STRAIGHT, _SINGLE, "’"}:
            return True
        if after.isalnum():
            return False
        return mark == _STRAIGHT or not self._is_plural(at, mark, passage)

    def _is_plural(self, at: int, mark: str, passage: Span) -> bool:
        """Whether a single mark is the apostrophe of a plural ("the workers’ union"), as a surer end follows."""
        following = self._text[at + 1 : at + 3]
        if self._text[at - 1] != "s" or not (following[:1] == " " and following[1:].isalpha()):
            return False
        for i in range(at + 1, min(at + _FARTHEST_END, passage.end)):
            if self._text[i] == "‘":
                return False
            if self._text[i] == mark and self._text[i - 1] in _STOPS:
                return True
        return False

    def _after_repeated_mark(self, passage: Span, mark: str) -> int:
        """Past the mark that is repeated at the head of each paragraph of a long quotation."""
        return passage.start + self._repeated(passage, mark)

    def _repeated(self, passage: Span, mark: str) -> int:
        """The length of the mark with which a paragraph takes a quotation up again; 0 where it does not."""
        first = self._mark_at(passage.start, passage.end) if len(passage) else ""
        return len(first) if first and (first == mark or first in _closing(mark)) else 0

    def _goes_on(self, mark: str, following: Sequence[Span]) -> bool:
        """Whether a later paragraph closes the quotation before any opens another, each taking it up in between."""
        if mark in {_STRAIGHT, _SINGLE}:
            return False
        for passage in (paragraph.strip(self._text) for paragraph in following):
            repeated = self._repeated(passage, mark)
            rest = self._text[passage.start + repeated : passage.end]
            closes = min((rest.find(c) for c in _closing(mark) if c in rest), default=-1)
            opens = rest.find(mark)
            if closes >= 0:
                return opens < 0 or closes < opens
            if not repeated or opens >= 0:
                return False
        return False


def _closing(mark: str) -> tuple[str, ...]:
    return tuple(_PAIRS[mark]) if mark != "<<" and mark in _PAIRS else (">>",) if mark == "<<" else (mark,)


def _quote(text: str, outer: Span, *, continued: bool) -> Quote:
    span = outer.strip(text)
    whole = span.of(text)
    opening = next((len(m) for m in (*_OPENING, *_CLOSING) if whole.startswith(m)), 0)
    closing = next((len(m) for m in _CLOSING if whole.endswith(m)), 0)
    inner = Span(span.start + opening, max(span.start + opening, span.end - closing))
    content = inner.strip(text) if inner.start < inner.end else Span(span.start, span.start)
    if len(content) > 1 and text[content.end - 1] == ",":
        # English sets the comma of the sentence around inside the marks.
        content = Span(content.start, content.end - 1)
    return Quote(span, content, continued)
