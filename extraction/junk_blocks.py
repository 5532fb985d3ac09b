"""Blocks that a marker opens: "read also" links and teasers, comments, tables of contents, press contacts.

A block never swallows a body paragraph: what follows its links counts as the article again where it reads as prose
and speaks of the article's subject, judged by the content words that it shares with the rest.
"""

from __future__ import annotations

import re

from extraction.cleaning import folded_words
from extraction.identity import fold
from extraction.junk_phrases import is_name, is_person
from extraction.junk_signs import count_signs, load_signs
from extraction.lines import Line
from extraction.page import Page

_ON_TOPIC = 0.25
_OFF_TOPIC = 0.08
_MANY_STEMS = 8
_ENOUGH_WORDS = 150
_MOST_LINKS = 12
_MOST_TAGS = 15
_MOST_ABOUT = 4
_INTRODUCTION_SIGNS = 2
# Each marker looks at the whole page; no article has so many, and no text may make this slow.
_MOST_MARKERS = 40
_LABEL_END = re.compile(r" ?[:|>»→] ?")
_NUMBERING = re.compile(r"^\W*(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4}|[a-z])\s*[.):\s]\s*")


def set_blocks_aside(page: Page) -> None:
    """Judge the lines that belong to the blocks which markers open."""
    _contents(page)
    markers = [p for p, line in enumerate(page.lines) if line.rule == "read_also"]
    for marker in markers[:_MOST_MARKERS]:
        _read_also(page, marker)
    _comments(page)
    _about(page)
    _contacts(page)
    _tags(page)


# Tables of contents


def _contents(page: Page) -> None:
    """A list that repeats headings of the article: after its marker, or three lines and more in a row without one."""
    last_position = {line.key: p for p, line in enumerate(page.lines) if line.key}
    position = 0
    while position < len(page.lines):
        marked = page.lines[position].rule == "contents"
        start = position + 1 if marked else position
        end = start
        while end < len(page.lines) and _announces(page, end, last_position, numbered=marked):
            end += 1
        if end - start >= (1 if marked else 3):
            for line in page.lines[start:end]:
                if line.kind is None:
                    line.set_aside("contents")
        position = max(end, position + 1)


def _announces(page: Page, position: int, last_position: dict[str, int], *, numbered: bool) -> bool:
    """Whether a short line stands again further down, as the heading that it announces."""
    line = page.lines[position]
    if line.junk or page.is_prose(line) or not page.is_headline(line) or len(line.words) < 2:
        return False
    bare = _NUMBERING.sub("", line.key)
    again = max(last_position.get(line.key, -1), last_position.get(bare, -1)) > position
    following = page.next_kept(position)
    is_list = numbered and line.text[:1].isdigit() and following is not None and not page.is_prose(following)
    return (again and line.kind != "title") or is_list


# Read also


def _read_also(page: Page, marker: int) -> None:
    """Set aside the links and teasers after a marker, up to where the article goes on."""
    lines = page.lines
    inline = has_link(lines[marker])
    links = 1 if inline else 0
    tail = _share_of_prose(page, marker + 1) <= 0.5 and not _goes_on(page, marker, inline=inline)
    end = len(lines) if tail else min(len(lines), marker + 1 + 4 * _MOST_LINKS)
    for position in range(marker + 1, end):
        line = lines[position]
        if line.kind is not None:
            continue
        if not tail and not _is_link(page, position, links, inline=inline):
            break
        line.set_aside("read_also")
        links += 1


def has_link(marker: Line) -> bool:
    """Whether the link stands on the marker's own line: "Lire aussi : Le pont rouvre"."""
    label, *rest = _LABEL_END.split(marker.text, maxsplit=1)
    return len(rest[0].split()) >= 2 if rest and len(label.split()) <= 4 else len(marker.words) > 5


def _goes_on(page: Page, marker: int, *, inline: bool) -> bool:
    """Whether a paragraph of the article stands anywhere below a marker."""
    above, words = page.vocabulary_before(marker)
    teasers = frozenset() if inline else _teasers(page, marker)
    lines = page.lines
    last_headline = max((p for p in range(marker + 1, len(lines)) if _is_open_headline(page, p)), default=0)
    for position in range(marker + 1, len(lines)):
        line = lines[position]
        if line.kind is not None or line.truncated or _repeated_next(page, position):
            continue
        followed = position < last_headline
        if not page.is_prose(line):
            if _is_short_sentence(line) and (inline or position == marker + 1 or not followed):
                return True
            continue
        share, stems = above.share(page.stems(line), own=False), len(page.stems(line))
        if not line.ends_sentence and line.ending != ":":
            if share >= 0.5:
                return True
        elif not (position in teasers and share < _ON_TOPIC) and (
            inline or not _off_topic(share, stems, words, followed=followed)
        ):
            return True
    return False


def _is_open_headline(page: Page, position: int) -> bool:
    line = page.lines[position]
    return line.kind is None and page.is_headline(line) and not page.is_prose(line)


def _is_short_sentence(line: Line) -> bool:
    return line.ending in ".:" and len(line.words) >= 3


def _off_topic(share: float, stems: int, words: int, *, followed: bool) -> bool:
    """Whether a paragraph is of another article.

    By the share of its content words that stand in the ``words`` words of prose above. Other headlines ``followed``
    it; without that sign only a long article tells.
    """
    if followed:
        return (share == 0 and stems >= _MANY_STEMS) or (words >= _ENOUGH_WORDS and share < _OFF_TOPIC and stems >= 6)
    return share == 0 and stems >= _MANY_STEMS and words >= _ENOUGH_WORDS


def _teasers(page: Page, marker: int) -> frozenset[int]:
    """Positions of one-sentence paragraphs each under a headline, where two and more such pairs end the page."""
    lines = page.lines
    found = [
        p
        for p in range(marker + 2, len(lines))
        if page.is_prose(lines[p])
        and len(lines[p].words) <= 40
        and not page.is_prose(lines[p - 1])
        and page.is_headline(lines[p - 1])
        and lines[p - 1].kind is None
    ]
    prose = [p for p in range(marker + 1, len(lines)) if lines[p].kind is None and page.is_prose(lines[p])]
    return frozenset(found) if len(found) >= 2 and found == prose else frozenset()


def _is_link(page: Page, position: int, links: int, *, inline: bool) -> bool:
    """Whether a line after the marker is one of its links, while the article goes on somewhere below."""
    line = page.lines[position]
    if line.truncated or _repeated_next(page, position):
        return True
    if (
        links >= _MOST_LINKS
        or not page.is_headline(line)
        or line.text.endswith(":")
        or (page.is_prose(line) and len(line.words) > 30)
    ):
        return False
    following = page.lines[position + 1] if position + 1 < len(page.lines) else None
    if following is None or following.kind is not None or not page.is_prose(following) or not links:
        return True
    # After a first link, a line right above prose is the heading, or the question, of what comes next; unless blank
    # lines show that it stands with the links.
    with_links = line.block == page.lines[position - 1].block != following.block
    return with_links or not (inline or (line.ends_sentence and ":" not in line.text) or len(line.words) <= 7)


def _repeated_next(page: Page, position: int) -> bool:
    """Whether a teaser's own title is what the next line, which breaks off, begins with."""
    lines = page.lines
    if position + 1 >= len(lines) or len(lines[position].words) < 4:
        return False
    words = lines[position].words
    return lines[position + 1].words[: len(words)] == words and not lines[position + 1].ends_sentence


def _share_of_prose(page: Page, start: int) -> float:
    """The share of the words of all unjudged prose that stands from a position on."""
    counts = [(p, len(page.lines[p].words)) for p in page.kept_prose()]
    total = sum(count for _, count in counts)
    return sum(count for p, count in counts if p >= start) / total if total else 0.0


# Comments and contacts


def _comments(page: Page) -> None:
    """After a marker in the last third: readers' words, told by the lines that name who wrote them and when."""
    marker = page.lexicon.markers["comments"]
    markers = [
        p
        for p, line in enumerate(page.lines)
        if (line.rule == "comments" and marker.fullmatch(line.key)) or _is_dated_comment(page, p)
    ]
    for position in markers[:_MOST_MARKERS]:
        if _share_of_prose(page, position) > 0.5:
            continue
        announced = page.lines[position].kind is None
        rest = page.lines[position + (not announced) :]
        head = page.lexicon.searches["comment_head"]
        headed = any(head.fullmatch(other.key) for other in rest[:2] if not page.is_prose(other))
        if headed or _is_signed(rest):
            for other in rest:
                if other.kind is None:
                    other.set_aside("comments")
            return


def _is_dated_comment(page: Page, position: int) -> bool:
    """Whether a reader is announced and the moment of writing follows: "Pauline dit :", "24 mai 2025 à 8:02"."""
    lines = page.lines
    announced = lines[position].text.endswith(":") and page.lexicon.searches["commenter"].fullmatch(lines[position].key)
    below = lines[position + 1] if position + 1 < len(lines) else None
    return bool(announced) and below is not None and below.rule == "byline" and below.has_digit


def _is_signed(rest: list[Line]) -> bool:
    """Whether a reader's name and, on a line of its own, the moment of writing come first."""
    if len(rest) < 3 or rest[0].rule == "byline" or len(rest[0].words) > 4 or rest[0].ends_sentence:
        return False
    return rest[1].rule == "byline" and rest[1].has_digit and rest[2].kind is None


def _about(page: Page) -> None:
    """What a company says of itself: paragraphs under "About" and its name, which they begin with."""
    marker = page.lexicon.markers["about"]
    markers = [p for p, line in enumerate(page.lines) if line.kind is None and _names_company(line, marker)]
    for position in markers[:_MOST_MARKERS]:
        end = position + 1
        while end < len(page.lines) and end <= position + _MOST_ABOUT and _describes(page, end):
            end += 1
        if end > position + 1 and _share_of_prose(page, position) <= 0.5 and _is_introduction(page, position):
            for line in page.lines[position:end]:
                line.set_aside("about")


def _names_company(line: Line, marker: re.Pattern[str]) -> bool:
    last = re.split(r"[\s'’]", line.text.rstrip(" :"))[-1]
    short = len(line.words) <= 8 and not line.ends_sentence and not line.quoted
    return short and last[:1].isupper() and marker.fullmatch(line.key) is not None


def _describes(page: Page, position: int) -> bool:
    line = page.lines[position]
    return line.kind is None and page.is_prose(line) and not line.quoted and line.ends_sentence


def _is_introduction(page: Page, position: int) -> bool:
    """Whether the first paragraph names the company among its first words, or how it began, and its size or place."""
    name = [word for word in page.lines[position].words if len(word) >= 3][-2:]
    words = folded_words(page.lines[position + 1].text)
    named = not {fold(word) for word in name}.isdisjoint(words[:8])
    return named and count_signs(load_signs(), words, frozenset())["contact"] >= _INTRODUCTION_SIGNS


def _contacts(page: Page) -> None:
    """Names and short lines under "Contact presse", until something is said again."""
    marker = page.lexicon.markers["contact"]
    for position, line in enumerate(page.lines):
        if line.rule == "contact" and marker.fullmatch(line.key):
            for other in page.lines[position + 1 : position + 9]:
                if other.kind is not None and not other.junk:
                    break
                if other.kind is None and not _is_contact(page, other):
                    break
                if other.kind is None:
                    other.set_aside("contact")


def _is_contact(page: Page, line: Line) -> bool:
    if len(line.words) > 12 or line.ends_sentence:
        return False
    return is_person(page, line) or is_name(line.text, most=8) or (line.has_digit and len(line.words) <= 10)


def _tags(page: Page) -> None:
    """Short labels under "Tags"; the last one is none if a paragraph follows it, which it may head."""
    marker = page.lexicon.markers["tags"]
    markers = [p for p, line in enumerate(page.lines) if line.junk and marker.fullmatch(line.key)]
    for position in markers[:_MOST_MARKERS]:
        end = position + 1
        while end < len(page.lines) and end <= position + _MOST_TAGS and _is_tag(page, page.lines[end]):
            end += 1
        if end < len(page.lines) and page.lines[end].kind is None:
            end -= 1
        for other in page.lines[position + 1 : end]:
            if other.kind is None:
                other.set_aside("tags")


def _is_tag(page: Page, line: Line) -> bool:
    return line.junk or (
        len(line.words) <= 4
        and line.text[-1:] not in ".:;,?!…"
        and not line.quoted
        and line.kind is None
        and not page.has_finite_verb(line)
    )
