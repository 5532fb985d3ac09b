"""Divides an article into passages: the title, headings, captions, the body, and what is set aside as boilerplate.

Several cues judge a paragraph: what it says (phrases of news pages), its form (end, length, function words), its
place, its language, its subject (content words shared with the rest) and repetitions (rapidfuzz). Each rule has a
name, so that a reader can see why something was set aside. In doubt a paragraph is body: a lost sentence is worse than
a kept link. The order of the rules matters, since each sees what those before it have judged.
"""

from __future__ import annotations

from extraction.document import Passage
from extraction.junk_likely import judge_before, set_likely_aside
from extraction.layout import find_headings
from extraction.page import Page
from extraction.sentences import cut_paragraph

# Rules that judge by place or likeness, not by what a line says: undone where they would leave no body.
_BY_LIKENESS = frozenset(
    {"read_also", "contents", "teaser", "repeated", "foreign_language", "tags", "navigation", "byline"}
)


def divide(text: str, title: str | None, language: str | None) -> tuple[Passage, ...]:
    """The passages of a text, in order; every character that is not white space lies in exactly one.

    ``title`` is the record's; ``language`` a BCP 47 primary tag. A long paragraph is cut between sentences. A lone
    line is never boilerplate. Never raises; an empty text has no passages.
    """
    page = Page(text, title, language)
    if len(page.lines) > 1:
        _judge(page)
    return tuple(
        Passage(part, line.kind or "body", line.rule) for line in page.lines for part in cut_paragraph(text, line.span)
    )


def _judge(page: Page) -> None:
    judge_before(page)
    set_likely_aside(page)
    find_headings(page)
    if not any(line.kind is None for line in page.lines):
        _restore(page)


def _restore(page: Page) -> None:
    """Nothing is left as body: what was judged by place or likeness alone was the article."""
    for line in page.lines:
        if line.kind in {"caption", "heading"} or (line.rule in _BY_LIKENESS and len(line.words) >= 5):
            line.kind = line.rule = None
