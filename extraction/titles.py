"""Headlines: the record's title wherever it is printed, or the first line that can be one."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from extraction.cleaning import fold_line
from extraction.junk_phrases import is_person
from extraction.lines import Line
from extraction.page import Page

_SAME = 93.0
_MOST_WORDS = 40
_MOST_TITLES = 4
_SITE_NAME_WORDS = 6
_SEPARATORS = frozenset("|·•«»")


def find_printed_title(page: Page) -> None:
    """Judge ``title`` the lines that say just what the record's title says, before any phrase is looked for."""
    for line in page.lines:
        if page.title_key and line.key == page.title_key:
            line.kind = "title"


def find_titles(page: Page) -> None:
    """Judge the headline ``title``, also the second time it stands there, also doubled on one line."""
    titles = {page.title_key} if page.title_key else set()
    for _, line in page.open_lines():
        if len(titles) < _MOST_TITLES and (half := _doubled(line)):
            line.kind = "title"
            titles.add(half)
    if not _mark(page, titles):
        first = _first_headline(page)
        if first is not None:
            titles.add(first.key)
            _mark(page, titles)


_SITE = re.compile(r"\s+[–—|·•-]\s+")


def _mark(page: Page, titles: set[str]) -> bool:
    """Judge each line that prints one of the titles; whether there is any."""
    for line in page.lines:
        if line.kind is None and any(_is_title(line, title) for title in titles):
            line.kind = "title"
    return any(line.kind == "title" for line in page.lines)


def _is_title(line: Line, title: str) -> bool:
    key = line.key
    if not key or not title or len(line.words) > _MOST_WORDS:
        return False
    if line.ending == "." and not line.truncated and len(line.words) >= 8 and key != title:
        return False
    if (
        key == title
        or fold_line(_SITE.split(line.text)[0]) == title
        or _with_site_name(key, title)
        or _with_site_name(title, key)
    ):
        return True
    near = abs(len(key) - len(title)) <= 0.15 * len(title)
    return near and len(line.words) >= 4 and fuzz.ratio(key, title) >= _SAME


def _with_site_name(longer: str, shorter: str) -> bool:
    """Whether the longer is the shorter with a site's name: "Bridge reopens | The Harbour Post"."""
    rest = longer[len(shorter) :].strip()
    whole = longer.startswith(shorter) and len(shorter.split()) >= 3
    return whole and rest[:1] in _SEPARATORS and len(rest.split()) <= _SITE_NAME_WORDS


def _doubled(line: Line) -> str | None:
    """The half of a line that says the same words twice, if it does and is no list."""
    half, odd = divmod(len(line.words), 2)
    if odd or not 3 <= half <= _MOST_WORDS or not line.key or line.words[:half] != line.words[half:]:
        return None
    return line.key[: (len(line.key) - 1) // 2].rstrip(" |:·•»-")


def _first_headline(page: Page) -> Line | None:
    """The first line left, if it is written as a headline and prose follows; a name may stand before it."""
    open_lines = page.open_lines()
    for position, line in open_lines:
        if line.key and 4 <= len(line.words) <= _MOST_WORDS and _stands_again(page, position):
            return line
        if page.is_prose(line) and line.ending in ".…":
            return None
        if is_person(page, line) and any(page.is_headline(other) for other in _next_two(page, position)):
            continue
        is_item = line.bulleted and not line.text[:1].isdigit()
        if not page.is_headline(line) or is_item or line.quoted or line.ending in ":;,":
            return None
        prose_follows = any(page.is_prose(other) for other in page.lines[position + 1 : position + 9])
        return line if prose_follows and len(line.words) >= 2 else None
    return None


def _stands_again(page: Page, position: int) -> bool:
    key = page.lines[position].key
    return any(other.key == key for other in page.lines[position + 1 : position + 12])


def _next_two(page: Page, position: int) -> list[Line]:
    return [line for line in page.lines[position + 1 : position + 3] if line.kind is None and not page.is_prose(line)]
