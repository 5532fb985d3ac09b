"""What a line's place on the page tells: names and menus above the article, labels below it, headings, captions."""

from __future__ import annotations

import re

from extraction.junk_phrases import is_person
from extraction.lines import Line
from extraction.page import Page

_HOUR = re.compile(r"\W*\d{1,2}\s?(?:[h:]\s?\d{2}|h|[ap]\.?m\.?)\W*", re.IGNORECASE)
_MOST_HEADING_WORDS = 16
_MOST_HEADING_SIGNS = 140
_MOST_LABEL_WORDS = 8
_MOST_CAPTION_WORDS = 45
_MENU_LINES = 3
_FIRST_LINES = 12


def set_margins_aside(page: Page) -> None:
    """Judge names and menus above the first paragraph and below the last; nothing where there is no prose."""
    prose = page.kept_prose()
    if not prose:
        return
    _head(page, prose[0])
    sentences = [p for p, line in page.open_lines() if line.ending == "." and len(line.words) >= 3]
    _tail(page, max(prose[-1], *sentences[-1:], 0))


def _head(page: Page, first_prose: int) -> None:
    above = [(p, line) for p, line in page.open_lines() if p < min(first_prose, _FIRST_LINES * 4)]
    for _, line in above:
        if is_person(page, line) or _is_french_name(page, line):
            line.set_aside("byline")
    menu = [line for _, line in above if line.kind is None and _is_menu_entry(line)]
    headline = next((p for p, line in enumerate(page.lines[:first_prose]) if line.kind == "title"), 0)
    for position, line in above:
        # Above the headline stand labels; a line of digits counts readers or comments.
        label = position < headline and len(line.words) <= 4 and line.ending not in ".:?!"
        if line.kind is None and (label or (line.text.isdigit() and len(line.text) <= 4)):
            line.set_aside("navigation")
    for line in menu:
        if page.lexicon.markers["section"].fullmatch(line.key):
            line.set_aside("navigation")
    if len(menu) >= _MENU_LINES:
        for line in menu:
            line.set_aside("navigation")


def _is_french_name(page: Page, line: Line) -> bool:
    """Whether each of two or three words has a capital, as in no French heading, and none is all capitals."""
    words = line.text.split()
    shaped = 2 <= len(words) <= 3 and all(w[0].isupper() and w[1:2].islower() and w.isalpha() for w in words)
    return page.language == "fr" and shaped and page.lexicon.finite_verbs.isdisjoint(line.words)


def _is_menu_entry(line: Line) -> bool:
    words = len(line.words)
    return words <= 3 and not (line.has_digit or line.bulleted or line.quoted or line.ending in ".?!:;,…")


def _tail(page: Page, last_prose: int) -> None:
    """Labels, names and further headlines after the last paragraph."""
    introduced = page.lines[last_prose].text.endswith(":")
    below = [(p, line) for p, line in page.open_lines() if p > last_prose]
    if introduced or any(line.bulleted or line.has_digit or line.text.endswith((":", ",", ";")) for _, line in below):
        # A list of facts may end an article; only what is surely a name goes.
        below = [(p, line) for p, line in below if is_person(page, line) and p == len(page.lines) - 1]
    links = [line for _, line in below if _is_loose_headline(page, line)]
    for _, line in below:
        if is_person(page, line):
            line.set_aside("byline")
        elif _is_label(page, line) or page.lexicon.markers["section"].fullmatch(line.key):
            line.set_aside("tags")
    if len(links) >= 2:
        for line in links:
            if line.kind is None:
                line.set_aside("teaser")


def _is_label(page: Page, line: Line) -> bool:
    if not 0 < len(line.words) <= _MOST_LABEL_WORDS or line.ends_sentence or line.quoted or not line.text[0].isupper():
        return False
    share = page.function_share(line)
    return not page.has_finite_verb(line) and (share is None or share < 0.34) and "," not in line.text


def _is_loose_headline(page: Page, line: Line) -> bool:
    return 5 <= len(line.words) <= 25 and line.ending not in ".:;," and page.overlap(line) < 0.25 and not line.quoted


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
    candidates = [p for p, line in page.open_lines() if _could_be_heading(page, line)]
    chosen = set(candidates)
    first = next(iter(page.kept_prose()), 0)
    for position in candidates:
        run = _run_around(page, position, chosen)
        if (len(run) <= 2 or run[-1] < first) and _leads_somewhere(page, run[-1]):
            page.lines[position].kind = "heading"


def _could_be_heading(page: Page, line: Line) -> bool:
    if _HOUR.fullmatch(line.text):
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
        while 0 <= at < len(page.lines) and len(run) <= 4 * _MENU_LINES:
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
