"""Questions with the passages that answer them, and the articles that are searched for these passages.

``retrieval/questions.jsonl`` holds questions as journalists, fact-checkers, archivists and readers would ask them, in
their own words, about the sample newsroom and the open half of our annotated articles. Every passage that answers is
listed, whatever its language, by a span in code points of the article's stored text. An answer in another language
than the question's alone makes the question ``crosslingual``. The collection holds the held-out articles as well: they
answer nothing, they only get in the way.

Each question belongs to a half. Within one language and kind the questions are ordered by a hash of their id and dealt
alternately, so that nobody chose; weights may be learned on the development half only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extraction.html import extract_html
from tests.eval.boards import own_articles, record

HERE = Path(__file__).resolve().parent
NEWSROOM = HERE.parents[1] / "newsroom" / "articles.ndjson"
QUESTIONS = HERE / "retrieval" / "questions.jsonl"
HALVES = ("development", "held_out")
KINDS = (
    "who",
    "when",
    "where",
    "howmany",
    "quote",
    "what",
    "why",
    "entity",
    "number",
    "keyword",
    "crosslingual",
)
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """A span ``[start, end)`` of an article's text, in code points, that answers."""

    article: str
    start: int
    end: int
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A query and everything that answers it."""

    id: str
    query: str
    language: str
    set: str
    half: str
    kind: str
    answers: tuple[Answer, ...]

    def is_answered_by(self, article: str, start: int, end: int) -> bool:
        """Whether the span ``[start, end)`` of an article overlaps an answer."""
        return any(found.article == article and start < found.end and found.start < end for found in self.answers)


@cache
def news_questions() -> tuple[Question, ...]:
    """Our own questions, in the order of the file."""
    return tuple(_question(json.loads(line)) for line in QUESTIONS.read_text("utf-8").splitlines())


def news_records() -> list[Json]:
    """The collection that they are asked of: the sample newsroom and all annotated articles, as records to ingest."""
    newsroom = [json.loads(line) for line in NEWSROOM.read_text("utf-8").splitlines()]
    return [*newsroom, *(record(article) for article in own_articles())]


def texts(records: Iterable[Json]) -> dict[str, str]:
    """The stored text of each record, by its external id."""
    return {given["external_id"]: given.get("text") or extract_html(given["html"]).text for given in records}


def _question(line: Json) -> Question:
    answers = tuple(Answer(a["article"], a["start"], a["end"], a["answer_text"]) for a in line.pop("answers"))
    return Question(**line, answers=answers)
