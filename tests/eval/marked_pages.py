"""Annotated pages: their text with what each part of it is, and which half of the collection is held out.

``pages/*.txt`` hold invented pages, ``=== language | title`` and then one line a paragraph, ``LABEL|text``:
``T`` title, ``H`` heading, ``B`` body, ``C`` caption, ``J`` furniture. Inside a line, furniture has double braces.
``pages/lines_*.tsv`` hold single lines to learn from. Captions, headings and titles are neither body nor furniture.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extraction.lines import read_lines
from extraction.passages import divide

HERE = Path(__file__).resolve().parent
UNIT_DATA = HERE.parent / "unit" / "extraction" / "data"
_BRACES = re.compile(r"\{\{|\}\}")
# The articles of this folder that are open for development.
_OPEN_ARTICLES = re.compile(r"D0[1-9]|D1[0-4]|E0[1-7]")


@dataclass(frozen=True)
class MarkedPage:
    """A text, its record's language and title, and its parts as (start, end, label)."""

    language: str
    title: str | None
    text: str
    parts: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Count:
    """Signs that are no white space: of furniture and of body, all of them and what was set aside or kept."""

    junk: int = 0
    removed: int = 0
    body: int = 0
    kept: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.junk + other.junk, self.removed + other.removed, self.body + other.body, self.kept + other.kept
        )


def read_pages(path: Path) -> list[MarkedPage]:
    """The pages of one file, in order."""
    return [_page(part) for part in path.read_text(encoding="utf-8").split("=== ")[1:]]


def _page(part: str) -> MarkedPage:
    head, *lines = part.rstrip("\n").split("\n")
    language, _, title = head.partition("|")
    text, parts = "", []
    for line in lines:
        label, _, words = line.partition("|")
        for position, piece in enumerate(_BRACES.split(words)):
            if piece:
                parts.append((len(text), len(text) + len(piece), "J" if position % 2 else label))
            text += piece
        text += "\n"
    return MarkedPage(language.strip(), title.strip() or None, text, tuple(parts))


def is_held_out(page: MarkedPage, position: int) -> bool:
    """Whether a page of the collection, by its place in its file, belongs to the half that nobody tunes to."""
    seed = f"pages:{page.language}:{position}:{page.title}"
    return int(hashlib.sha256(seed.encode()).hexdigest(), 16) % 2 == 1


def collection(*, held_out: bool) -> list[MarkedPage]:
    """One half of the collection of pages."""
    return [
        page
        for path in sorted(HERE.glob("pages/??_?.txt"))
        for position, page in enumerate(read_pages(path))
        if is_held_out(page, position) == held_out
    ]


def more_pages() -> list[MarkedPage]:
    """Pages to learn from, none of them held out."""
    return [page for path in sorted(HERE.glob("pages/more_??.txt")) for page in read_pages(path)]


def bodies() -> list[MarkedPage]:
    """Articles without furniture."""
    return [page for path in sorted(HERE.glob("pages/bodies_??.txt")) for page in read_pages(path)]


def unit_pages() -> list[MarkedPage]:
    """The pages of the unit tests."""
    return [page for path in sorted(UNIT_DATA.glob("articles_*.txt")) for page in read_pages(path)]


def single_lines() -> Iterator[tuple[str, str, str]]:
    """Language, label and text of the single lines."""
    for path in sorted(HERE.glob("pages/lines_??.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line[:2] in {"J|", "B|"}:
                yield path.stem[-2:], line[0], line[2:]


def articles() -> list[MarkedPage]:
    """The annotated articles of this folder that are open for development, as pages."""
    found = []
    for record in (HERE / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(record)
        if _OPEN_ARTICLES.fullmatch(article["id"]):
            gold = json.loads((HERE / "gold" / f"{article['id']}.json").read_text(encoding="utf-8"))
            text = (HERE / article["file"]).read_text(encoding="utf-8")
            found.append(MarkedPage(article["language"], article["title"], text, _gold_parts(text, gold)))
    return found


def _gold_parts(text: str, gold: dict[str, list[str]]) -> tuple[tuple[int, int, str], ...]:
    parts = [
        (match.start(), match.end(), label)
        for label, name in (("J", "boilerplate"), ("T", "title_lines"), ("C", "captions"))
        for line in gold[name]
        for match in re.finditer(re.escape(line), text)
    ]
    lines = [(line.span.start, line.span.end, "B") for line in read_lines(text)]
    return (*parts, *(line for line in lines if not any(s < line[1] and line[0] < e for s, e, _ in parts)))


def count(page: MarkedPage) -> Count:
    """How much furniture of a page ``divide`` sets aside, and how much of its body it keeps."""
    removed = bytearray(len(page.text))
    for passage in divide(page.text, page.title, page.language):
        if passage.kind == "boilerplate":
            removed[passage.span.start : passage.span.end] = b"\1" * len(passage.span)
    signs = {
        label: [i for s, e, found in page.parts if found == label for i in range(s, e) if not page.text[i].isspace()]
        for label in "JB"
    }
    gone, lost = (sum(removed[i] for i in signs[label]) for label in "JB")
    return Count(len(signs["J"]), gone, len(signs["B"]), len(signs["B"]) - lost)
