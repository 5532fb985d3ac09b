"""The composition of all services: the one place that knows how they are made.

Start here to see what there is; ``open_newsroom`` is called once per process by the API and by each command.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol

from extraction.document import Article, Document
from services.articles import Articles
from services.citations import Citations
from services.entities import Entities
from services.export import Export
from services.extraction import Extraction
from services.facts import Facts
from services.index_sync import IndexSync
from services.search import Search
from services.sources import Sources
from services.verification import Verification


class Extractor(Protocol):
    """What reads articles; ``extraction.pipeline.Pipeline`` is one."""

    def extract(self, article: Article) -> Document:
        """Passages, mentions and facts of one article."""
        ...


def utc_now() -> datetime:
    """The clock of a real newsroom."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """All services over one data folder. A context manager that closes what it opened."""

    articles: Articles
    facts: Facts
    search: Search
    entities: Entities
    citations: Citations
    sources: Sources
    index: IndexSync
    extraction: Extraction
    verification: Verification
    export: Export

    def start(self) -> None:
        """Start the background thread that retries what could not be indexed at once; once per serving process."""
        raise NotImplementedError

    def close(self) -> None:
        """Stop the thread and close all connections. A closed newsroom can be used again, and forks safely."""
        raise NotImplementedError

    def __enter__(self) -> Newsroom:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_newsroom(
    *,
    data_dir: Path,
    extractor: Extractor,
    database_url: str | None = None,
    clock: Callable[[], datetime] = utc_now,
    repair: bool = True,
) -> Newsroom:
    """Make the data folder where need be, migrate the database, and bring the index up to it.

    ``database_url`` None means the SQLite file ``sourcebook.db`` in ``data_dir``. ``repair=False`` leaves the index as
    it is, for who is about to rebuild it. Raises StorageFull.
    """
    raise NotImplementedError
