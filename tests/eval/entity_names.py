"""Names of articles as a reader judged them, and how well the extraction finds and tells them apart.

``entities/fr.txt`` and ``en.txt`` hold short texts with their names marked in place ("[words|type|canonical name]");
``entities/open.tsv`` lists the names of the open annotated articles. Nothing that is not marked is a name. One marked
optional ("?") counts neither when it is found nor when it is missed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from extraction.document import Article, Document, EntityMention
from extraction.spans import Span

FOLDER = Path(__file__).parent
_MARK = re.compile(r"\[([^\[\]|]+)\|([polx])(\??)(?:\|([^\[\]|]+))?\]")
_TYPES = {"p": "person", "o": "organization", "l": "place", "x": "other"}
Extract = Callable[[Article], Document]


@dataclass(frozen=True, slots=True)
class JudgedName:
    """A name; ``span`` is None where every place in the text with the same words is meant."""

    words: str
    type: str
    name: str
    optional: bool
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class JudgedText:
    """A text and all its names."""

    title: str
    article: Article
    names: tuple[JudgedName, ...]


@dataclass(slots=True)
class Score:
    """Counts of judged names and of what was found; ``errors`` says in words what is wrong."""

    judged: int = 0
    found: int = 0
    spotted: int = 0
    typed: int = 0
    right: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Of the judged names, the share found with the right words, type and canonical name."""
        return self.right / max(1, self.judged)

    @property
    def precision(self) -> float:
        """Of the names found, the share that is right."""
        return self.right / max(1, self.found)

    @property
    def accuracy(self) -> float:
        """Of the judged names whose words were found, the share with the right type and canonical name."""
        return self.right / max(1, self.spotted)


def own_texts(language: str) -> list[JudgedText]:
    """The short texts of one language."""
    lines = (FOLDER / "entities" / f"{language}.txt").read_text("utf-8").splitlines()
    blocks = "\n".join(line for line in lines if not line.startswith("#")).split("== ")[1:]
    return [_read_block(block, language) for block in blocks]


def _read_block(block: str, language: str) -> JudgedText:
    title, _, marked = block.strip().partition("\n")
    text, names, last = "", [], 0
    for mark in _MARK.finditer(marked):
        words, kind, optional, name = mark.groups()
        text += marked[last : mark.start()]
        span = Span(len(text), len(text) + len(words))
        names.append(JudgedName(words, _TYPES[kind], name or words, bool(optional), span))
        text, last = text + words, mark.end()
    return JudgedText(title, Article(text + marked[last:], language, date(2025, 3, 4)), tuple(names))


def open_articles() -> list[JudgedText]:
    """The open annotated articles."""
    rows = [
        [*line.split("\t"), "", ""][:5]
        for line in (FOLDER / "entities" / "open.tsv").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    found = []
    for line in (FOLDER / "articles.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        names = [JudgedName(w, t, name or w, o == "?") for at, w, t, o, name in rows if at == record["id"]]
        if names:
            text = (FOLDER / record["file"]).read_text("utf-8")
            article = Article(text, record["language"], date.fromisoformat(record["published_at"]))
            found.append(JudgedText(record["id"], article, tuple(names)))
    return found


def score(texts: Iterable[JudgedText], extract: Extract) -> Score:
    """What an extraction makes of the texts."""
    total = Score()
    for text in texts:
        _score_text(text, extract(text.article), total)
    return total


Seen = tuple[str, str, str, Span | None]


def _score_text(judged: JudgedText, document: Document, total: Score) -> None:
    in_place = any(name.span is not None for name in judged.names)
    seen = {_seen(m, judged.article.text, in_place=in_place) for m in document.entities}
    known = {(n.words, n.span): n.optional for n in judged.names}
    known |= {(n.words, n.span): False for n in judged.names if not n.optional}
    required = [n for n in judged.names if not n.optional]
    total.judged += len(required)
    for name in required:
        total.errors += _judge(name, seen, total, judged.title)
    total.found += sum(not known.get((s[0], s[3]), False) for s in seen)
    strange = sorted((s for s in seen if (s[0], s[3]) not in known), key=str)
    total.errors += [f"{judged.title}: no name: {s[0]!r} as {s[1]}" for s in strange]


def _seen(mention: EntityMention, text: str, *, in_place: bool) -> Seen:
    return mention.span.of(text), mention.type, mention.name, mention.span if in_place else None


def _judge(name: JudgedName, seen: set[Seen], total: Score, title: str) -> Iterator[str]:
    same = [s for s in seen if s[0] == name.words and s[3] == name.span]
    if not same:
        yield f"{title}: missed: {name.words!r} ({name.type})"
        return
    total.spotted += 1
    if any(s[1] == name.type for s in same):
        total.typed += 1
    else:
        yield f"{title}: type: {name.words!r} is {name.type}, not {same[0][1]}"
    if any(s[1:3] == (name.type, name.name) for s in same):
        total.right += 1
    elif not any(s[2] == name.name for s in same):
        yield f"{title}: name: {name.words!r} is {name.name!r}, not {same[0][2]!r}"
