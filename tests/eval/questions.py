"""Questions with the passages that answer them, and the articles that are searched for these passages.

``retrieval/questions.jsonl`` holds questions as journalists, fact-checkers, archivists and readers would ask them, in
their own words, about the sample newsroom and the open half of our annotated articles. Every passage that answers is
listed, whatever its language, by a span in code points of the article's stored text. An answer in another language
than the question's alone makes the question ``crosslingual``. The collection holds the held-out articles as well: they
answer nothing, they only get in the way.

A second set, where it is at hand, is public: the development half of PIAF 1.0, whose questions are about paragraphs of
an encyclopaedia; it is looked for in the folder that SOURCEBOOK_EVAL_DIR names.

Each question belongs to a half. Within one language and kind the questions are ordered by a hash of their id and dealt
alternately, so that nobody chose; PIAF is divided by a hash of the article. Weights may be learned on the development
half only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extraction.html import extract_html
from tests.eval.boards import EVAL, own_articles, record

HERE = Path(__file__).resolve().parent
NEWSROOM = HERE.parents[1] / "newsroom" / "articles.ndjson"
QUESTIONS = HERE / "retrieval" / "questions.jsonl"
PIAF_ARTICLES = EVAL / "retrieval" / "piaf_dev_articles.ndjson"
PIAF_QUESTIONS = EVAL / "retrieval" / "piaf_dev_questions.jsonl"
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
    return tuple(_question(line) for line in _lines(QUESTIONS))


def news_records() -> list[Json]:
    """The collection that they are asked of: the sample newsroom and all annotated articles, as records to ingest."""
    return [*_lines(NEWSROOM), *(record(article) for article in own_articles())]


def held_out() -> set[str]:
    """The ids of the annotated articles that nobody looks at."""
    return set((HERE / "held_out.txt").read_text("utf-8").split())


def has_piaf() -> bool:
    """Whether the public set is at hand."""
    return PIAF_ARTICLES.is_file() and PIAF_QUESTIONS.is_file()


@cache
def piaf_questions() -> tuple[Question, ...]:
    """The public questions, in the order of the file."""
    return tuple(_piaf(number, line) for number, line in enumerate(_lines(PIAF_QUESTIONS)))


def piaf_records() -> list[Json]:
    """The paragraphs that they are asked of, each an article."""
    return _lines(PIAF_ARTICLES)


def texts(records: Iterable[Json]) -> dict[str, str]:
    """The stored text of each record, by its external id."""
    return {given["external_id"]: given.get("text") or extract_html(given["html"]).text for given in records}


def _lines(file: Path) -> list[Json]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def _piaf(number: int, line: Json) -> Question:
    answers = tuple(Answer(a["article"], a["start"], a["end"]) for a in line["answers"])
    half = HALVES[int(hashlib.sha256(answers[0].article.encode()).hexdigest(), 16) % 2]
    return Question(f"piaf-{number:04}", line["query"], line["language"], "piaf", half, "piaf", answers)


def _question(line: Json) -> Question:
    answers = tuple(Answer(a["article"], a["start"], a["end"], a["answer_text"]) for a in line.pop("answers"))
    return Question(**line, answers=answers)
