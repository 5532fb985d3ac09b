"""Furniture that is glued to a paragraph, as where a page's line breaks were lost: cut off as a line of its own.

Looked for behind the last two sentences of a paragraph, and in brackets at its end. Only what is sure furniture by
itself is cut off, and never the whole of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction.cleaning import folded_words
from extraction.junk_furniture import find_verdict
from extraction.junk_phrases import find_rule
from extraction.junk_signs import count_signs, load_signs
from extraction.lines import Line, read_lines
from extraction.page import Page
from extraction.spans import Span

_RULES = frozenset(
    {"advertisement", "navigation", "share", "newsletter", "subscription", "cookies", "read_also", "player"}
)
# Where a sentence ends and another begins; possessive, so that no text makes it slow.
_CUT = re.compile(r"[.!?…][»”\")\]]{0,2}(\s{1,3})(?=[^\s\W\d_a-z]|[>→►«\[(*+])")
_BRACKET = re.compile(r"\s{1,3}[(\[]([^()\[\]]{3,200})[)\]]\s*[.]?$")
_MOST_CUTS = 2
_MOST_WORDS = 30
_FEWEST_WORDS_LEFT = 5
_MOST_SIGNS = 0.15
_SAMPLE = 1200


def cut_glued(page: Page) -> None:
    """Cut off what is surely furniture at the end of paragraphs, as lines that a rule has set aside."""
    lines: list[Line] = []
    for line in page.lines:
        lines.extend(_parts(page, line))
    page.lines = lines


def _parts(page: Page, line: Line) -> list[Line]:
    if line.kind is not None or len(line.words) < _FEWEST_WORDS_LEFT + 1:
        return [line]
    for cut, bare in _cuts(line):
        rule = _rule(page, bare)
        kept = line.text[:cut].rstrip()
        if rule is not None and len(kept.split()) >= _FEWEST_WORDS_LEFT and not _is_likewise(kept):
            return [_part(line, 0, len(kept)), _part(line, cut, len(line.text), rule)]
    return [line]


def _cuts(line: Line) -> Iterator[tuple[int, str]]:
    """Places to cut, the farthest last, each with what would be cut off, brackets apart."""
    start = max(0, len(line.text) - _SAMPLE)
    bracket = _BRACKET.search(line.text, start)
    if bracket is not None:
        yield bracket.start() + len(bracket[0]) - len(bracket[0].lstrip()), bracket[1]
    for match in [*_CUT.finditer(line.text, start)][-_MOST_CUTS:]:
        yield match.end(), line.text[match.end() :]


def _rule(page: Page, text: str) -> str | None:
    words = folded_words(text)
    if not words or len(words) > _MOST_WORDS or not count_signs(load_signs(), words, frozenset()):
        return None
    line = read_lines(text)[0]
    rule = find_rule(page, line)
    if rule is None:
        verdict = find_verdict(page, line, frozenset())
        rule = verdict.rule if verdict is not None and verdict.sure else None
    labelled = len(words) >= 2 or rule == "advertisement"
    return rule if rule in _RULES and labelled and not (line.ending == "." and len(words) <= 3) else None


def _is_likewise(kept: str) -> bool:
    """Whether what stands before is furniture as well, so that nothing is to be cut: it shows signs, or a reader."""
    words = folded_words(kept)
    signs = load_signs()
    found = sum(count_signs(signs, words, frozenset()).values())
    return found > _MOST_SIGNS * len(words) or not signs.reader.isdisjoint(words)


def _part(line: Line, start: int, end: int, rule: str | None = None) -> Line:
    part = read_lines(line.text[start:end])[0]
    part.span = Span(line.span.start + start, line.span.start + end)
    part.block = line.block
    if rule is not None:
        part.set_aside(rule)
    return part
