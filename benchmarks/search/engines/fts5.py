"""SQLite's FTS5: contentless, with positions; filters and facets by joining a table of metadata."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from benchmarks.search.corpus import Passage
from benchmarks.search.engines.base import Answer, Engine
from benchmarks.search.queries import PAGE, Query

_SCHEMA = """
CREATE VIRTUAL TABLE passages USING fts5(text, content='', tokenize="unicode61 remove_diacritics 2");
CREATE TABLE metadata (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, day INTEGER NOT NULL);
"""
_JOINED = "FROM passages JOIN metadata ON metadata.id = passages.rowid WHERE passages MATCH ?"


class Fts5(Engine):
    """Its words are not stemmed, and it does not count what it found: both spare it work."""

    name: ClassVar[str] = "FTS5"
    description: ClassVar[str] = "unicode61 with remove_diacritics 2, contentless, optimized, no totals"

    def version(self) -> str:
        """By SQLite's version."""
        return f"fts5-{sqlite3.sqlite_version}"

    def build(self, passages: Iterable[Passage], folder: Path) -> None:
        """In one transaction, then merged into one segment."""
        with sqlite3.connect(folder / "passages.sqlite") as database:
            database.executescript(_SCHEMA)
            cursor = database.cursor()
            for passage in passages:
                row = (passage.number, passage.source, passage.day.toordinal())
                cursor.execute("INSERT INTO passages(rowid, text) VALUES (?, ?)", (passage.number, passage.text))
                cursor.execute("INSERT INTO metadata VALUES (?, ?, ?)", row)
            cursor.execute("INSERT INTO passages(passages) VALUES ('optimize')")
        database.execute("CREATE INDEX by_source ON metadata(source, day)")
        database.execute("ANALYZE")
        database.close()

    def open(self, folder: Path) -> None:
        """With room for a cache."""
        self._database = sqlite3.connect(folder / "passages.sqlite")
        self._database.execute("PRAGMA cache_size = -262144")
        self._database.execute("PRAGMA mmap_size = 4294967296")

    def search(self, query: Query) -> Answer:
        """One page; a query with facets is two statements."""
        match, more = _match(query), (PAGE, PAGE * (query.page - 1))
        execute = self._database.execute
        if query.source is None or query.first is None or query.last is None:
            statement = "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ? OFFSET ?"
            rows = execute(statement, (match, *more)).fetchall()
        else:
            where = (query.source, query.first.toordinal(), query.last.toordinal())
            statement = (
                f"SELECT metadata.id {_JOINED} AND source = ? AND day BETWEEN ? AND ? ORDER BY rank LIMIT ? OFFSET ?"
            )
            rows = execute(statement, (match, *where, *more)).fetchall()
        facets = {}
        if query.facets:
            counted = execute(f"SELECT source, count(*) {_JOINED} GROUP BY source", (match,))
            facets = {str(source): int(count) for source, count in counted}
        return Answer([row[0] for row in rows], None, facets)


def _match(query: Query) -> str:
    quoted = [f'"{word}"' for word in query.words]
    if query.kind == "phrase":
        return f'"{" ".join(query.words)}"'
    if query.kind == "prefix":
        return f"{quoted[0]}*"
    return (" AND " if query.kind == "all terms" else " OR ").join(quoted)
