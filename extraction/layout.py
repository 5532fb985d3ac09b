"""Captions and headings: the lines of an article that are neither its text nor set aside."""

from __future__ import annotations

from extraction.lines import Line
from extraction.page import HOUR, Page

_MOST_HEADING_WORDS = 16
_MOST_HEADING_SIGNS = 140
_MOST_CAPTION_WORDS = 45
_MOST_RUN = 12


def find_captions(page: Page) -> None:
    """Judge ``caption`` a short sentence that describes a picture: by two signs, or by its credit."""
    for _, line in page.open_lines():
        if _is_caption(page, line):
            line.kind = "caption"


def _is_caption(page: Page, line: Line) -> bool:
    if not 4 <= len(line.words) <= _MOST_CAPTION_WORDS or line.quoted or line.bulleted or not line.key:
        return False
    inside = line.text.rstrip(".…!? ")
    if any(end in inside for end in ("! ", "? ")) or inside.count(". ") > 2:
        return False
    shown = page.search("caption", line)
    depicted, dated = page.search("depicted", line), page.search("deadline", line)
    credited = shown and not line.ends_sentence
    return credited or (shown and (depicted or dated)) or (depicted and dated and ". " not in inside)


def find_headings(page: Page) -> None:
    """Judge ``heading`` a short line without a full stop above a paragraph; three in a row are a list, and body."""
    asked = _interview_questions(page)
    candidates = [p for p, line in page.open_lines() if p not in asked and _could_be_heading(page, line)]
    chosen = set(candidates)
    first = next(iter(page.kept_prose()), 0)
    for position in candidates:
        run = _run_around(page, position, chosen)
        if (len(run) <= 2 or run[-1] < first) and _leads_somewhere(page, run[-1]):
            page.lines[position].kind = "heading"


def _interview_questions(page: Page) -> frozenset[int]:
    """Positions of the questions above paragraphs where there are two and more and one is put to "you"."""
    lines = page.lines
    found = [
        p
        for p, line in page.open_lines()
        if line.ending == "?" and p + 1 < len(lines) and lines[p + 1].kind is None and lines[p + 1].ending != "?"
    ]
    reader = {word for words in page.lexicon.page_words for word in words.reader}
    put = any(not reader.isdisjoint(lines[p].words) for p in found)
    return frozenset(found) if len(found) >= 2 and put else frozenset()


def _could_be_heading(page: Page, line: Line) -> bool:
    if HOUR.fullmatch(line.text):
        return True
    if not 0 < len(line.words) <= _MOST_HEADING_WORDS or len(line.text) > _MOST_HEADING_SIGNS:
        return False
    if (line.bulleted and not line.text[:1].isdigit()) or line.ending in ".:;,…" or line.text.endswith((":", ";", ",")):
        return False
    whole_quotation = line.quoted and line.text.endswith(("»", "”", '"'))
    if whole_quotation or not any(c.isalpha() for c in line.text) or line.text[0].islower():
        return False
    return not page.is_prose(line) or line.ending in "?!"


def _run_around(page: Page, position: int, chosen: set[int]) -> list[int]:
    """Positions of the heading-like lines that stand together with one, what is set aside left out."""
    run = [position]
    for step in (-1, 1):
        at = position + step
        while 0 <= at < len(page.lines) and len(run) <= _MOST_RUN:
            if at in chosen:
                run.append(at)
            elif not page.lines[at].junk:
                break
            at += step
    return sorted(run)


def _leads_somewhere(page: Page, position: int) -> bool:
    """Whether body follows a line: the article goes on below its headings. A colon above means a list or a verse."""
    before = page.lines[position - 1] if position else None
    if before is not None and before.kind is None and before.text.endswith(":"):
        return False
    following = page.next_kept(position)
    return following is not None and following.kind is None
