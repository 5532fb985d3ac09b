"""The paragraphs of a text as it was printed, with what their form tells.

A paragraph is what stands between two line breaks. Where a text was wrapped at a fixed width (press releases,
mails), its lines continue one another and a blank line separates paragraphs; ``read_lines`` joins those.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extraction.cleaning import fold_line
from extraction.document import PassageKind
from extraction.spans import Span

# The line boundaries of str.splitlines: CR LF, the controls, NEL, and Unicode's separators of lines and paragraphs.
_LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_WORD = re.compile(r"[^\W_]+")
_CLOSERS = " \u00a0\u202f\"'”’»)]*_"
_ENDERS = frozenset(".!?…。！？؟।")
_BULLET = re.compile(r"\s*(?:[-–—•●▪◦‣·*►✓✔→]|\d{1,2}[.)]|[a-z]\))\s+\S")
_OPENING_QUOTE = frozenset('«“"„‹')
_FOLDED_LENGTH = 700
_SAMPLE = 6000


@dataclass(slots=True)
class Line:
    """One paragraph.

    ``key`` is its folded form, "" for a long one; ``block`` counts the groups of lines between blank ones; ``kind`` is
    None until a rule has judged it; ``prose`` is remembered once it was asked; ``suspect`` is the rule that would set
    the line aside if it stood among furniture, and ``leans`` that furniture on one side is enough.
    """

    span: Span
    text: str
    key: str
    words: list[str]
    block: int = 0
    kind: PassageKind | None = None
    rule: str | None = None
    prose: bool | None = None
    suspect: str | None = None
    leans: bool = False

    @property
    def junk(self) -> bool:
        """Whether a rule has set the line aside."""
        return self.kind == "boilerplate"

    def set_aside(self, rule: str) -> None:
        """Judge the line boilerplate under a named rule."""
        self.kind, self.rule = "boilerplate", rule

    @property
    def ending(self) -> str:
        """The last sign that is neither a closing quotation mark or bracket nor a space."""
        return self.text[-40:].rstrip(_CLOSERS)[-1:]

    @property
    def ends_sentence(self) -> bool:
        """Whether the line ends as a sentence does."""
        return self.ending in _ENDERS

    @property
    def truncated(self) -> bool:
        """Whether the line breaks off with dots."""
        return self.text.rstrip(_CLOSERS + "[(").endswith(("...", "…")) or self.text.endswith(("[...]", "[…]"))

    @property
    def quoted(self) -> bool:
        """Whether the line begins as a quotation."""
        return self.text[:1] in _OPENING_QUOTE or self.text[:2] in {"— ", "– "}

    @property
    def bulleted(self) -> bool:
        """Whether the line is an item of a list by its first sign."""
        return _BULLET.match(self.text) is not None

    @property
    def has_digit(self) -> bool:
        """Whether a number in digits stands in the line."""
        return any(c.isdigit() for c in self.text[:_SAMPLE])


def words_of(text: str) -> list[str]:
    """The words in lower case: runs of letters and digits, so that elided articles stand alone."""
    return _WORD.findall(text.casefold())


def read_lines(text: str) -> list[Line]:
    """All paragraphs of a text in order. No sign but white space lies outside them."""
    return [_line(text, span, block) for span, block in _join_wrapped(text, _blocks(text))]


def _line(text: str, span: Span, block: int) -> Line:
    exact = span.of(text)
    key = fold_line(exact) if len(exact) <= _FOLDED_LENGTH else ""
    return Line(span, exact, key, words_of(exact[:_SAMPLE]), block)


def _blocks(text: str) -> list[list[Span]]:
    """Printed lines, grouped between blank ones."""
    blocks: list[list[Span]] = [[]]
    start = 0
    for end, after in [*((m.start(), m.end()) for m in _LINE_BREAK.finditer(text)), (len(text), len(text))]:
        line = trim(text, Span(start, end))
        if len(line):
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
        start = after
    return [block for block in blocks if block]


def trim(text: str, span: Span) -> Span:
    """Without white space at the ends, but never between a space and the mark that combines with it."""
    stripped = span.strip(text)
    if span.start < stripped.start < stripped.end and continues_cluster(text[stripped.start]):
        return Span(stripped.start - 1, stripped.end)
    return stripped


def continues_cluster(character: str) -> bool:
    """Whether a character belongs to the grapheme cluster before it (UAX #29, rules GB9 and GB9a)."""
    is_mark = unicodedata.category(character) in {"Mn", "Me", "Mc"}
    return is_mark or character in "\u200c\u200d" or "\U0001f3fb" <= character <= "\U0001f3ff"


def _join_wrapped(text: str, blocks: Sequence[Sequence[Span]]) -> list[tuple[Span, int]]:
    """Paragraphs with the number of their block."""
    width = _wrap_width(text, blocks)
    joined: list[tuple[Span, int]] = []
    for number, block in enumerate(blocks):
        previous = 0
        for position, span in enumerate(block):
            continued = width and position and previous >= 0.6 * width and not _BULLET.match(text, span.start, span.end)
            if continued:
                joined[-1] = (Span(joined[-1][0].start, span.end), number)
            else:
                joined.append((span, number))
            previous = len(span)
    return joined


def _wrap_width(text: str, blocks: Sequence[Sequence[Span]]) -> int:
    """The width at which a text was wrapped; 0 where its lines are paragraphs."""
    widest = max((len(span) for block in blocks for span in block), default=0)
    pairs = [pair for block in blocks for pair in pairwise(block)]
    if not 45 <= widest <= 120 or len(pairs) < 3:
        return 0
    full = [(a, b) for a, b in pairs if len(a) >= 0.6 * widest]
    running = sum(text[a.end - 1] not in ".!?:;…" and text[b.start].islower() for a, b in full)
    return widest if len(full) >= 0.6 * len(pairs) and running >= 0.5 * len(full) else 0
