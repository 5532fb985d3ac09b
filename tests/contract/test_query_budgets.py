"""A list asks the database as often for a hundred items as for one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from services.filters import ArticleFilters, EntityFilters, FactFilters, SearchRequest, SuggestRequest
from services.index_documents import all_documents
from services.newsroom import Newsroom, open_newsroom
from services.paging import PageRequest
from services.records import SourceRecord
from tests.fakes.extractor import FakeExtractor
from tests.fakes.records import record

MANY = PageRequest(limit=100)

LISTS: dict[str, tuple[int, Callable[[Newsroom], object]]] = {
    "articles": (6, lambda n: n.articles.page(ArticleFilters(), MANY)),
    "articles of a source and entity": (
        8,
        lambda n: n.articles.page(ArticleFilters(source="Source 1", entity="Ana Bely"), MANY),
    ),
    "facts": (4, lambda n: n.facts.page(FactFilters(), MANY)),
    "facts of a source by time": (5, lambda n: n.facts.page(FactFilters(source="Source 1"), MANY, "event_time")),
    "facts by words": (3, lambda n: n.facts.page(FactFilters(q="barques"), MANY)),
    "search": (4, lambda n: n.search.search(SearchRequest(q="barques", limit=100, facets=("source", "language")))),
    "search with a slip": (6, lambda n: n.search.search(SearchRequest(q="barquse", limit=100))),
    "suggestions": (4, lambda n: n.suggestions.suggest(SuggestRequest(q="bar", limit=50))),
    "suggested entities": (6, lambda n: n.suggestions.suggest(SuggestRequest(q="ana b", limit=50))),
    "entities": (4, lambda n: n.entities.page(EntityFilters(), MANY)),
    "documents for the index": (6, lambda n: list(all_documents(n.transactions))),
    "sources": (3, lambda n: n.sources.page(MANY)),
}


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    folder: Path = tmp_path_factory.mktemp("budget")
    with open_newsroom(data_dir=folder, extractor=FakeExtractor()) as opened:
        for number in range(30):
            words = f"Les {number} barques sont à quai en 2021.\n\nAna B{'el' * number}y les compte."
            source = SourceRecord(name=f"Source {number}")
            opened.articles.submit(
                record(external_id=f"n{number}", url=None, text=words, source=source), synchronise=False
            )
        opened.index.drain()
        yield opened


@contextmanager
def statements_of(newsroom: Newsroom) -> Iterator[list[tuple[str, Any]]]:
    """What the block asks the database, with the parameters."""
    found: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            found.append((statement, parameters))

    event.listen(newsroom.transactions.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(newsroom.transactions.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_stays_within_its_budget_of_queries(newsroom: Newsroom, name: str) -> None:
    budget, read = LISTS[name]
    with statements_of(newsroom) as statements:
        read(newsroom)
    assert len(statements) <= budget, "\n\n".join(statement for statement, _ in statements)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_reads_no_table_from_end_to_end(newsroom: Newsroom, name: str) -> None:
    with statements_of(newsroom) as statements:
        LISTS[name][1](newsroom)
    with newsroom.transactions.engine.connect() as connection:
        for statement, parameters in statements:
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            scanned = [step for step in plan if re.fullmatch(r"SCAN (facts|passages|revisions|articles)", step)]
            assert scanned == [], statement
