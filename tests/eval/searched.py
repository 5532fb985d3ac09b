"""A temporary newsroom to ask questions of, loaded by the ordinary pipeline, and the passages that stand in it.

Extraction takes most of the time. Its result, the database, is kept in ``build/retrieval`` under a fingerprint of the
records and of all code that writes it; the index is built anew each time. Nothing in that folder is needed: what is
missing there is made.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from sqlalchemy import select

from api.config import Settings, load_settings
from cli.extractor import make_extractor
from cli.ingest import load_paths
from cli.records import Defaults
from extraction.version import fingerprint
from models import Article, Passage, Revision
from services.errors import InvalidQuery
from services.filters import SearchRequest
from services.newsroom import Newsroom, open_newsroom
from services.search_views import SearchHit
from tests.eval.questions import HERE, Json, Question

CACHE = HERE.parents[1] / "build" / "retrieval"
DATABASE = "sourcebook.db"
DEPTH = 10
"""How many hits of each search count."""
_WRITERS = ("extraction", "services", "models", "migrations")


@dataclass(frozen=True, slots=True)
class SearchedPassage:
    """A passage that a search without filters looks at: all but boilerplate."""

    id: str
    article: str
    start: int
    end: int
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """A loaded newsroom, the external ids of its articles by their own, and its passages."""

    newsroom: Newsroom
    external_ids: dict[str, str]
    passages: tuple[SearchedPassage, ...]

    def hits(self, query: str) -> tuple[SearchHit, ...]:
        """The first hits; none for a query that is refused."""
        try:
            return self.newsroom.search.search(SearchRequest(q=query, limit=DEPTH)).items
        except InvalidQuery:
            return ()

    def answers(self, question: Question, hit: SearchHit) -> bool:
        """Whether a hit overlaps an answer."""
        passage = hit.passage
        return question.is_answered_by(self.external_ids[passage.article_id], passage.start, passage.end)

    def rank(self, question: Question) -> int:
        """The place of the first right hit, from 1; 0 where none of the first hits is right."""
        hits = self.hits(question.query)
        return next((place for place, hit in enumerate(hits, 1) if self.answers(question, hit)), 0)


_PATIENCE = 60.0  # seconds; what is measured is the order, on however busy a machine


@contextmanager
def open_collection(name: str, records: Sequence[Json]) -> Iterator[Collection]:
    """The records in a newsroom of their own, for as long as the context lasts."""
    database = _database(name, records)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(database, Path(folder) / DATABASE)
        chosen = load_settings()
        with open_newsroom(
            data_dir=Path(folder),
            extractor=make_extractor(Settings()),
            search_deadline=_PATIENCE,
            semantic=chosen.semantic == "on",
        ) as newsroom:
            yield Collection(newsroom, *_contents(newsroom))


def _database(name: str, records: Sequence[Json]) -> Path:
    kept = CACHE / f"{name}-{_fingerprint(records)}.db"
    if not kept.is_file():
        CACHE.mkdir(parents=True, exist_ok=True)
        for stale in CACHE.glob(f"{name}-*.db"):
            stale.unlink(missing_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            _load(Path(folder), records)
            with closing(sqlite3.connect(Path(folder) / DATABASE)) as loaded:
                loaded.execute("VACUUM INTO ?", (f"{folder}/whole.db",))
            (Path(folder) / "whole.db").rename(kept)
    return kept


def _load(folder: Path, records: Sequence[Json]) -> None:
    file = folder / "articles.ndjson"
    file.write_text("".join(json.dumps(given) + "\n" for given in records), "utf-8")
    with open_newsroom(data_dir=folder, extractor=make_extractor(Settings())) as newsroom:
        report = load_paths(newsroom, [file], Defaults())
        if report.refusals:
            raise RuntimeError(f"refused: {report.refusals}")


def _fingerprint(records: Sequence[Json]) -> str:
    total = hashlib.sha256(json.dumps(records, sort_keys=True).encode())
    for package in _WRITERS:
        total.update(fingerprint(files(package)).encode())
    return total.hexdigest()[:16]


def _contents(newsroom: Newsroom) -> tuple[dict[str, str], tuple[SearchedPassage, ...]]:
    with newsroom.transactions.reading() as session:
        external_ids = {found.id: found.external_id or found.id for found in session.scalars(select(Article))}
        rows = session.execute(
            select(Passage, Revision.text, Article.language)
            .join(Article, Article.id == Passage.article_id)
            .join(
                Revision,
                (Revision.article_id == Passage.article_id) & (Revision.number == Passage.revision_number),
            )
            .where(Passage.current, Passage.kind != "boilerplate")
            .order_by(Passage.article_id, Passage.position)
        )
        passages = tuple(
            SearchedPassage(p.id, external_ids[p.article_id], p.start, p.end, language, text[p.start : p.end])
            for p, text, language in rows
        )
    return external_ids, passages
