"""What a line's place tells: names and menus above the article; labels, links, signatures, authors' lives below it."""

from __future__ import annotations

import re

from extraction.cleaning import fold_line
from extraction.junk_furniture import spread_suspicion, suspect_runs
from extraction.junk_phrases import is_name, is_person
from extraction.lines import Line
from extraction.page import Page

_MOST_LABEL_WORDS = 8
_MENU_LINES = 3
_FIRST_LINES = 12
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.[ -]?){2,4}|(?:[A-ZÀ-Þ]\.[ -]?){1,3}[A-ZÀ-Þ][\w’'-]{1,30}")
_MOST_BIOGRAPHY_WORDS = 60


def set_margins_aside(page: Page) -> None:
    """Judge names and menus above the first paragraph and below the last; nothing where there is no prose."""
    _biographies(page)
    _authors(page)
    prose = [p for p in page.kept_prose() if not page.lines[p].suspect] or page.kept_prose()
    if not prose:
        return
    _head(page, prose[0])
    sentences = [p for p, line in page.open_lines() if line.ending == "." and len(line.words) >= 3 and not line.suspect]
    _tail(page, max(prose[-1], *sentences[-1:], 0))
    spread_suspicion(page)


# Above


def _head(page: Page, first_prose: int) -> None:
    above = [(p, line) for p, line in page.open_lines() if p < min(first_prose, _FIRST_LINES * 4)]
    for _, line in above:
        if is_person(page, line) or _is_capitalised_name(page, line) or _is_signature(page, line):
            line.set_aside("byline")
        elif _trails_to_title(page, line):
            line.set_aside("navigation")
    menu = [line for _, line in above if line.kind is None and _is_menu_entry(line)]
    headline = next((p for p, line in enumerate(page.lines[:first_prose]) if line.kind == "title"), 0)
    for position, line in above:
        # Above the headline stand labels; a line of digits counts readers or comments.
        label = position < headline and len(line.words) <= 4 and line.ending not in ".:?!"
        counts = line.text.isdigit() and len(line.text) <= 4
        if line.kind is None and (label or counts or _is_outlet(page, line) or _furnishes(page, position)):
            line.set_aside(line.suspect or "navigation")
    for line in menu:
        if page.lexicon.markers["section"].fullmatch(line.key):
            line.set_aside("navigation")
    if len(menu) >= _MENU_LINES:
        for line in menu:
            line.set_aside("navigation")


def _is_signature(page: Page, line: Line) -> bool:
    """Whether a line is initials, perhaps with a surname, or two and more people with the places they report from."""
    people = page.lexicon.searches["between_names"].split(line.text)
    posted = page.lexicon.searches["posted"]
    return bool(_INITIALS.fullmatch(line.text)) or (
        len(people) >= 2 and all(posted.fullmatch(person) for person in people)
    )


def _furnishes(page: Page, position: int) -> bool:
    """Whether a suspect line stands right below furniture or a title, and is none of the first sentences."""
    before = page.lines[position - 1] if position else None
    placed = before is None or before.junk or before.kind == "title"
    return page.lines[position].suspect is not None and placed and not page.is_prose(page.lines[position])


def _is_capitalised_name(page: Page, line: Line) -> bool:
    """Whether each of two or three words has a capital, where headings are written small, and none is all capitals."""
    words = line.text.split()
    shaped = 2 <= len(words) <= 3 and all(w[0].isupper() and w[1:2].islower() and w.isalpha() for w in words)
    return page.language in page.lexicon.small_headings and shaped and page.lexicon.finite_verbs.isdisjoint(line.words)


def _authors(page: Page) -> None:
    """Names that stand right above a byline's other parts, also where a lead stands above them."""
    for position, line in page.open_lines():
        if position < 2 * _FIRST_LINES and _is_author(page, position):
            line.set_aside("byline")


def _is_author(page: Page, position: int) -> bool:
    """Whether a line above more furniture is one or two names, perhaps with the places where they report from."""
    line = page.lines[position]
    after = page.lines[position + 1] if position + 1 < len(page.lines) else None
    capitals = [word for word in line.text.split() if word[:1].isupper()]
    shaped = len(capitals) >= 2 and is_name(line.text, most=10) and not line.text.isupper() and not line.has_digit
    return shaped and after is not None and after.rule == "byline" and line.ending not in ":?!"


def _is_outlet(page: Page, line: Line) -> bool:
    """Whether a line is written as a name, and the name of a newspaper, an agency or a station."""
    if not 2 <= len(line.words) <= 6 or line.has_digit or not is_name(line.text, most=6):
        return False
    if page.has_finite_verb(line) or line.ends_sentence:
        return False
    named = {word for word in fold_line(line.text).replace("'", " ").split() if word in page.lexicon.press_names}
    first = fold_line(line.text.split()[0])
    return bool(named) and (first not in named or len(line.words) <= 4)


def _trails_to_title(page: Page, line: Line) -> bool:
    """Whether a line is a trail of sections that ends with the headline: "Home News Bridge reopens in Harwick"."""
    for title in (other.key for other in page.lines if other.kind == "title" and len(other.words) >= 3):
        sections = line.text[: -len(title)] if line.key.endswith(" " + title) else ""
        if sections and len(sections.split()) <= 5 and is_name(sections, most=5):
            return True
    return False


def _is_menu_entry(line: Line) -> bool:
    words = len(line.words)
    return words <= 3 and not (line.has_digit or line.bulleted or line.quoted or line.ending in ".?!:;,…")


# Below


def _tail(page: Page, last_prose: int) -> None:
    """Labels, names and further headlines after the last paragraph.

    A list of facts may end an article: of lines that stand directly below the last paragraph, introduced by it or
    with an item or a number among them, only what is surely a name goes.
    """
    _suspects(page, last_prose)
    below = [(p, line) for p, line in page.open_lines() if p > last_prose]
    furniture = next((p for p in range(last_prose + 1, len(page.lines)) if page.lines[p].junk), len(page.lines))
    listed = page.lines[last_prose].text.endswith(":") or any(_is_item(line) for p, line in below if p < furniture)
    loose = []
    for position, line in below:
        if not (listed and position < furniture) and not (position > furniture and _is_item(line)):
            loose.append(line)
        elif position == len(page.lines) - 1 and is_person(page, line):
            line.set_aside("byline")
    links = [line for line in loose if _is_loose_headline(page, line)]
    for line in loose:
        if page.names_speaker(line):
            continue
        if is_person(page, line) or _is_signature(page, line):
            line.set_aside("byline")
        elif _is_outlet(page, line):
            line.set_aside("navigation")
        elif _is_label(page, line) or _is_tag_list(page, line) or page.lexicon.markers["section"].fullmatch(line.key):
            line.set_aside("tags")
    if len(links) >= 2:
        for line in links:
            if line.kind is None:
                line.set_aside("teaser")
    _suspects(page, last_prose)


def _is_item(line: Line) -> bool:
    return line.bulleted or line.has_digit or line.text.endswith((":", ",", ";"))


def _suspects(page: Page, last_prose: int) -> None:
    """What is likely furniture goes; a sentence only with a run that touches what is surely furniture."""
    for run in suspect_runs(page):
        above, below = page.lines[run[0] - 1], page.lines[min(run[-1] + 1, len(page.lines) - 1)]
        leans = any(page.lines[position].leans for position in run)
        touches = (above.junk and (below.junk or run[-1] + 1 == len(page.lines))) or (
            leans and (above.junk or below.junk)
        )
        for position in run:
            line = page.lines[position]
            if position > last_prose and line.suspect and (touches or not line.ends_sentence):
                line.set_aside(line.suspect)


def _is_label(page: Page, line: Line) -> bool:
    if not 0 < len(line.words) <= _MOST_LABEL_WORDS or line.ends_sentence or line.quoted or not line.text[0].isupper():
        return False
    share = page.function_share(line)
    return not page.has_finite_verb(line) and (share is None or share < 0.34) and "," not in line.text


def _is_tag_list(page: Page, line: Line) -> bool:
    """Whether a line names three subjects and more, a comma between them, and says nothing."""
    parts = line.text.split(", ")
    named = len(parts) >= 3 and all(len(part.split()) <= 3 and part[:1].isupper() for part in parts)
    return named and not (line.ends_sentence or line.has_digit or page.has_finite_verb(line))


def _is_loose_headline(page: Page, line: Line) -> bool:
    return 5 <= len(line.words) <= 25 and line.ending not in ".:;," and page.overlap(line) < 0.25 and not line.quoted


def _biographies(page: Page) -> None:
    """The author's life below the article: its subject is the name, or the surname, that a byline gives."""
    names = [line.key for line in page.lines if line.rule == "byline" and not line.has_digit]
    for position, line in reversed([*page.open_lines()]):
        before = page.lines[position - 1] if position else line
        if page.lexicon.markers["author"].fullmatch(before.key):
            names.append(line.key)
        if not _is_biography(page, line, [*names, before.key if len(before.words) <= 5 else ""]):
            if page.is_prose(line) and not line.suspect:
                return
            continue
        line.set_aside("byline")
        if before.kind is None and is_name(before.text, most=5) and line.key.startswith(before.key):
            before.set_aside("byline")


def _is_biography(page: Page, line: Line, names: list[str]) -> bool:
    words, tells = line.key.split(), page.lexicon.searches["biography"]
    if not 5 <= len(line.words) <= _MOST_BIOGRAPHY_WORDS or line.quoted:
        return False
    for count in (1, 2, 3):
        subject, rest = " ".join(words[:count]), " ".join(words[count:])
        if len(subject) >= 4 and is_name(" ".join(line.text.split()[:count]), most=3) and tells.match(rest):
            return any(re.search(rf"\b{re.escape(subject)}\b", name) for name in names)
    return False
