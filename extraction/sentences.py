"""Where a long paragraph may be cut: between sentences, at most 150 words together.

Punctuation of Latin script and of Chinese, Arabic and Devanagari ends a sentence. A cut is never made after an
abbreviation, an initial or a number of a list, inside a grapheme cluster, or, where that can be helped, inside a
quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extraction.cleaning import load_cleaning
from extraction.lines import continues_cluster
from extraction.spans import Span

MOST_WORDS = 150
# An end of sentence with what closes after it, then white space. Possessive, so that no text makes it slow.
_END = re.compile(r"(?<![.!?…])[.!?…。！？؟।]++(?:[ \u00a0\u202f]?[»”)\]]|[\"'’])*+(?P<gap>\s++)(?=\S)")
_LAST_WORD = re.compile(r"[\w.’'-]{1,12}$")
_OPENERS = frozenset("«“\"‘'’([¿¡-–—•")


@dataclass(frozen=True, slots=True)
class Cut:
    """A place between two sentences: the first ends at ``end``, the next begins at ``start``."""

    end: int
    start: int
    in_quotation: bool


def cut_paragraph(text: str, span: Span) -> Iterator[Span]:
    """Consecutive sentences of at most 150 words together; a longer single sentence stays whole.

    Words are what white space separates. A short paragraph comes back as it is.
    """
    if len(span.of(text).split()) <= MOST_WORDS:
        yield span
        return
    cuts = [*_cuts(text, span), Cut(span.end, span.end, in_quotation=False)]
    start, first = span.start, 0
    while first < len(cuts):
        chosen = _farthest(text, start, cuts, first)
        yield Span(start, cuts[chosen].end)
        start, first = cuts[chosen].start, chosen + 1


def _farthest(text: str, start: int, cuts: list[Cut], first: int) -> int:
    """Position of the last cut within the limit, outside quotations if there is one; ``first`` if none is within."""
    best = best_outside = None
    words, at = 0, start
    for position in range(first, len(cuts)):
        cut = cuts[position]
        words += len(text[at : cut.end].split())
        at = cut.end
        if words > MOST_WORDS:
            break
        best = position
        if not cut.in_quotation:
            best_outside = position
    if best_outside is not None:
        return best_outside
    return first if best is None else best


def _cuts(text: str, span: Span) -> Iterator[Cut]:
    depth, straight, scanned = 0, 0, span.start
    for match in _END.finditer(text, span.start, span.end):
        end, start = match.span("gap")
        piece = text[scanned:end]
        depth = max(0, depth + sum(c in "«“" for c in piece) - sum(c in "»”" for c in piece))
        straight += piece.count('"')
        scanned = end
        if _begins_sentence(text, start) and not _abbreviated(text, span.start, match.start(), end):
            yield Cut(end, start, in_quotation=depth > 0 or straight % 2 == 1)


def _begins_sentence(text: str, start: int) -> bool:
    first = text[start]
    if continues_cluster(first):
        return False
    return first in _OPENERS or (not first.islower() and (first.isalnum() or ord(first) > 0x2000))


def _abbreviated(text: str, lower: int, dot: int, end: int) -> bool:
    """Whether a full stop belongs to the word before it: "M.", "J.", "1."."""
    if text[dot:end] != ".":
        return False
    before = _LAST_WORD.search(text[max(lower, dot - 12) : dot])
    if before is None:
        return False
    word = before[0].rpartition("’")[2].rpartition("'")[2]
    numbers_a_list = word.isdigit() and dot - len(word) in {lower, lower + 1}
    return word.lower() in load_cleaning().abbreviations or (len(word) == 1 and word.isupper()) or numbers_a_list
