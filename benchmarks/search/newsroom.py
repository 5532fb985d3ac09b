"""A newsroom's data folder over the generated passages, without the extraction that would take hours.

Rows are written as ingestion would have written them: sources, articles, revisions, passages, entities and where they
are mentioned; no facts. The index is then built by ``sourcebook reindex``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, update

from benchmarks.search.cache import cache_folder
from benchmarks.search.corpus import ENTITIES, VERSION, Corpus, Passage
from benchmarks.search.engines.ours import entity_names
from cli.runtime import NoExtractor
from extraction.identity import digest, sha256
from models import Article, Base, Entity, EntityName, Mention, Revision, Source
from models import Passage as PassageRow
from services.identity import article_id, name_beginnings, name_key, source_id
from services.newsroom import open_newsroom
from services.records import SourceRecord
from services.transactions import Transactions

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_CHUNK = 200  # articles in one transaction

Row = dict[str, Any]


def newsroom_folder(size: int) -> Path:
    """A data folder with ``size`` passages, not indexed; made once."""
    folder = cache_folder() / f"newsroom-{VERSION}" / str(size)
    if not folder.exists():
        unfinished = folder.with_name(f"{size}.{os.getpid()}")
        shutil.rmtree(unfinished, ignore_errors=True)
        with open_newsroom(data_dir=unfinished, extractor=NoExtractor(), repair="never") as newsroom:
            _fill(newsroom.transactions, Corpus(cache_folder(), size))
        unfinished.rename(folder)
    return folder


def reindex(folder: Path) -> float:
    """Index a data folder; the seconds that it took."""
    start = time.monotonic()
    subprocess.run([sourcebook(), "reindex"], env=environment(folder), check=True, capture_output=True)
    return time.monotonic() - start


def sourcebook() -> str:
    """The command, as it is installed beside this Python."""
    return str(Path(sys.executable).with_name("sourcebook"))


def environment(folder: Path) -> dict[str, str]:
    """What the command is told: the data folder, and to log no more than what goes wrong."""
    return {**os.environ, "SOURCEBOOK_DATA_DIR": str(folder), "SOURCEBOOK_LOG_LEVEL": "warning"}


def source_record(number: int) -> SourceRecord:
    """A source as a record names it."""
    return SourceRecord(name=f"Banc {number}")


def _fill(transactions: Transactions, corpus: Corpus) -> None:
    articles = (list(group) for _, group in groupby(corpus, attrgetter("article")))
    with transactions.writing() as session:
        session.execute(insert(Entity), [_entity(number) for number in range(ENTITIES)])
        session.execute(insert(EntityName), [row for number in range(ENTITIES) for row in _beginnings(number)])
    known: set[str] = set()
    for chunk in _chunks(articles):
        rows: dict[type[Base], list[Row]] = {Source: [], Article: [], Revision: [], PassageRow: [], Mention: []}
        for passages in chunk:
            source = source_id(source_record(passages[0].source))
            if source not in known:
                rows[Source].append(_source(passages[0].source))
                known.add(source)
            _add_article(rows, passages, source)
        with transactions.writing() as session:
            for table, own in rows.items():
                if own:
                    session.execute(insert(table), own)
    with transactions.writing() as session:
        mentioned = select(func.count(Mention.article_id.distinct())).where(Mention.entity_id == Entity.id)
        session.execute(update(Entity).values(articles=mentioned.scalar_subquery()))
    transactions.refresh_statistics()


def _chunks(articles: Iterator[list[Passage]]) -> Iterator[list[list[Passage]]]:
    while chunk := list(islice(articles, _CHUNK)):
        yield chunk


def _add_article(rows: dict[type[Base], list[Row]], passages: list[Passage], source: str) -> None:
    head, text = passages[0], "\n\n".join(passage.text for passage in passages)
    external, hashed = f"banc-{head.article}", sha256(text)
    key = f"external {source} {external}"
    identifier = article_id(key)
    rows[Article].append(_article(head, identifier, key, external, source))
    rows[Revision].append(
        {
            "article_id": identifier,
            "number": 1,
            "text": text,
            "text_sha256": hashed,
            "characters": len(text),
            "retrieved_at": _NOW,
        }
    )
    start = 0
    for position, passage in enumerate(passages):
        end = start + len(passage.text)
        name = digest("p", identifier, hashed, start, end)
        rows[PassageRow].append(
            {
                "id": name,
                "article_id": identifier,
                "revision_number": 1,
                "position": position,
                "start": start,
                "end": end,
                "kind": "body",
                "current": True,
            }
        )
        rows[Mention] += _mentions(passage, identifier, name, start)
        start = end + 2


def _article(head: Passage, identifier: str, key: str, external: str, source: str) -> Row:
    midnight = datetime(head.day.year, head.day.month, head.day.day, tzinfo=UTC)
    return {
        "id": identifier,
        "identity_key": key,
        "source_id": source,
        "source_name": source_record(head.source).name,
        "external_id": external,
        "title": head.title,
        "authors": [],
        "language": "fr",
        "language_given": "fr",
        "published_at": head.day.isoformat(),
        "published_on": head.day,
        "published_sort": int(midnight.timestamp()) * 1_000_000,
        "tags": [],
        "status": "current",
        "revision_number": 1,
        "version": 1,
        "created_at": _NOW,
        "updated_at": _NOW,
    }


def _source(number: int) -> Row:
    record = source_record(number)
    return {
        "id": source_id(record),
        "name": record.name,
        "name_folded": name_key(record.name),
        "version": 1,
        "created_at": _NOW,
    }


def _entity(number: int) -> Row:
    name = entity_names()[number]
    return {"id": digest("e", "bench", number), "type": "person", "name": name, "name_folded": name_key(name)}


def _beginnings(number: int) -> Iterable[Row]:
    """By what the entity's name is completed."""
    for key in name_beginnings(entity_names()[number]):
        yield {"key": key, "entity_id": digest("e", "bench", number)}


def _mentions(passage: Passage, article: str, name: str, start: int) -> Iterable[Row]:
    for entity in passage.entities:
        yield {
            "article_id": article,
            "passage_id": name,
            "kind": "entity",
            "start": start,
            "end": start + 1,
            "entity_id": digest("e", "bench", entity),
            "name": entity_names()[entity],
        }
