"""A list asks the database as often for a hundred items as for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from services.filters import ArticleFilters, EntityFilters, FactFilters, SearchRequest
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
    "entities": (4, lambda n: n.entities.page(EntityFilters(), MANY)),
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


@pytest.mark.parametrize("name", LISTS)
def test_a_list_stays_within_its_budget_of_queries(newsroom: Newsroom, name: str) -> None:
    budget, read = LISTS[name]
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(newsroom.transactions.engine, "before_cursor_execute", note)
    try:
        read(newsroom)
    finally:
        event.remove(newsroom.transactions.engine, "before_cursor_execute", note)
    assert len(statements) <= budget, "\n\n".join(statements)
