"""Words in quotation marks, wherever they begin and end: nested, over several sentences, over several paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extraction.spans import Span

_PAIRS = {"«": "»", "“": "”", "„": "“”"}
_STRAIGHT = '"'
# Marks of one passage that nothing closes, after which the rest of it is left alone.
_MOST_UNCLOSED = 20


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


def find_quotes(text: str, passages: Sequence[Span]) -> list[Quote]:
    """Outermost quotations of the passages, in order. A mark that nothing closes before long is passed over."""
    quotes: list[Quote] = []
    carried: str | None = None
    for at, passage in enumerate(passages):
        following = text[passages[at + 1].start : passages[at + 1].end] if at + 1 < len(passages) else ""
        found, carried = _in_passage(text, passage, carried, following)
        quotes += found
    return quotes


def _in_passage(text: str, passage: Span, carried: str | None, following: str) -> tuple[list[Quote], str | None]:
    """Quotations of one passage, and the mark that it leaves open for the next."""
    quotes: list[Quote] = []
    at = passage.start if carried is None else _after_repeated_mark(text, passage)
    opened, mark = passage.start, carried
    for _ in range(_MOST_UNCLOSED):
        found, mark, opened = _scan(text, Span(at, passage.end), mark, opened)
        continues = carried is not None and not quotes
        quotes += [_quote(text, s.start, s.end, continued=continues and s.start == passage.start) for s in found]
        if mark is None:
            return quotes, None
        if _goes_on(mark, following):
            quotes.append(_quote(text, opened, passage.end, continued=continues and opened == passage.start))
            return quotes, mark
        if carried is not None and opened == passage.start:
            return quotes, None
        # What an unclosed mark hides may hold whole quotations of its own.
        at, mark = opened + 1, None
    return quotes, None


def _scan(text: str, passage: Span, mark: str | None, opened: int) -> tuple[list[Span], str | None, int]:
    """Closed quotations with their marks; the mark that stays open, and where it stands."""
    closed: list[Span] = []
    depth = 1 if mark else 0
    for at in range(passage.start, passage.end):
        character = text[at]
        if mark is None:
            if _opens(text, at, passage):
                opened, mark, depth = at, character, 1
        elif character in _closing(mark) and (character != _STRAIGHT or _may_close(text, at, passage)):
            depth -= 1
            if depth == 0:
                closed.append(Span(opened, at + 1))
                mark = None
        elif character == mark and mark != _STRAIGHT:
            depth += 1
    return closed, mark, opened


def _after_repeated_mark(text: str, passage: Span) -> int:
    """Past the mark that French repeats at the head of each paragraph of a long quotation."""
    return passage.start + 1 if text[passage.start] in '«“"»' else passage.start


def _closing(mark: str) -> str:
    return _PAIRS.get(mark, mark)


def _opens(text: str, at: int, passage: Span) -> bool:
    if text[at] in _PAIRS:
        return True
    before = text[at - 1] if at > passage.start else " "
    after = text[at + 1] if at + 1 < passage.end else " "
    return text[at] == _STRAIGHT and not before.isalnum() and not after.isspace()


def _may_close(text: str, at: int, passage: Span) -> bool:
    after = text[at + 1] if at + 1 < passage.end else " "
    return not after.isalnum()


def _goes_on(mark: str, following: str) -> bool:
    """Whether the next paragraph closes the quotation before it opens another."""
    if mark == _STRAIGHT or not following:
        return False
    rest = following.lstrip()
    rest = rest[1:] if rest[:1] in {mark, "»"} else rest
    closes = min((rest.find(c) for c in _closing(mark) if c in rest), default=-1)
    opens = rest.find(mark)
    return closes >= 0 and (opens < 0 or closes < opens)


def _quote(text: str, start: int, end: int, *, continued: bool) -> Quote:
    span = Span(start, end).strip(text)
    first = span.start + (text[span.start : span.start + 1] in tuple('«“„"»'))
    inner = Span(first, max(first, span.end - (text[span.end - 1] in '»”"“')))
    content = inner.strip(text) if inner.start < inner.end else Span(span.start, span.start)
    if len(content) > 1 and text[content.end - 1] == ",":
        # English sets the comma of the sentence around inside the marks.
        content = Span(content.start, content.end - 1)
    return Quote(span, content, continued)
