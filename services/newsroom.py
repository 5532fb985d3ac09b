"""The composition of all services: the one place that knows how they are made.

Start here to see what there is; ``open_newsroom`` is called once per process by the API and by each command.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Protocol, Self

import structlog
from sqlalchemy import Engine

from extraction.html import extract_html
from migrations import UnknownRevision, upgrade
from models.engine import create_engine, sqlite_url
from search_index import DEFAULT_DEADLINE, SearchIndex, learned
from services.articles import Articles
from services.citations import Citations
from services.entities import Entities
from services.errors import DataUnusable, IndexRebuilding, StorageFull
from services.export import Export
from services.extraction import Extraction
from services.facts import Facts
from services.finder import Finder, SearchablePassages
from services.index_sync import IndexSync, PassageIndex
from services.index_worker import IndexWorker
from services.ingest import Ingest
from services.re_extraction import ReExtraction
from services.reading import Extractor, HtmlReader, Reader
from services.search import Search
from services.semantic import Meaning, load_meaning
from services.sources import Sources
from services.suggestions import CompletingIndex, Suggestions
from services.transactions import Transactions, is_storage_full, storage_errors
from services.verification import Verification

__all__ = ["Extractor", "Newsroom", "Repair", "open_newsroom", "utc_now"]

_log = structlog.get_logger(__name__)

Repair = Literal["now", "soon", "never"]
"""Whether opening repairs the index. ``soon`` leaves a big one that must be built anew to the worker, so that a server
answers meanwhile; ``never`` leaves it as it is, for who is about to rebuild it or only looks."""

_BUILT_AT_ONCE = 20_000  # passages, some seconds


class Index(PassageIndex, SearchablePassages, CompletingIndex, Protocol):
    """The whole index, as ``search_index.SearchIndex`` is."""


def utc_now() -> datetime:
    """The clock of a real newsroom."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """All services over one data folder. A context manager that closes what it opened."""

    articles: Articles
    facts: Facts
    search: Search
    suggestions: Suggestions
    entities: Entities
    citations: Citations
    sources: Sources
    index: IndexSync
    extraction: Extraction
    re_extraction: ReExtraction
    verification: Verification
    export: Export
    transactions: Transactions = field(repr=False)
    worker: IndexWorker = field(repr=False)

    def start(self) -> None:
        """Start the background thread that retries what could not be indexed at once; once per serving process."""
        self.worker.start()

    def close(self) -> None:
        """Stop the thread and close all connections. A closed newsroom can be used again, and forks safely."""
        self.worker.stop()
        self.transactions.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_newsroom(  # noqa: PLR0913 - one for each thing that an operator or a test chooses
    *,
    data_dir: Path,
    extractor: Extractor,
    database_url: str | None = None,
    clock: Callable[[], datetime] = utc_now,
    repair: Repair = "now",
    read_html: HtmlReader = extract_html,
    index: Index | None = None,
    search_deadline: float = DEFAULT_DEADLINE,
    semantic: bool = False,
) -> Newsroom:
    """Make the data folder where need be, migrate the database, and bring the index up to it.

    ``database_url`` None means the SQLite file ``sourcebook.db`` in ``data_dir``; ``search_deadline`` is in seconds;
    ``semantic`` compares the meaning of the best passages with the query's, which needs an extra.
    Raises StorageFull, DataUnusable.
    """
    meaning = load_meaning() if semantic else None
    with storage_errors():
        passages = index or _open_index(data_dir, meaning)
        engine = _open_database(database_url or sqlite_url(data_dir / "sourcebook.db"))
    transactions = Transactions(engine, clock)
    if meaning is not None:
        meaning.transactions = transactions
    newsroom = _compose(
        transactions, passages, Finder(passages, search_deadline), extractor, Reader(extractor, read_html), data_dir
    )
    if repair != "never":
        _repair(newsroom.index, None if repair == "now" else _BUILT_AT_ONCE)
    return newsroom


def _open_index(data_dir: Path, meaning: Meaning | None) -> SearchIndex:
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        return SearchIndex(data_dir / "index", replace(learned(), meaning=meaning))
    except OSError as error:
        if is_storage_full(error):
            raise
        raise DataUnusable(f"{error.filename or data_dir}: {error.strerror or error}") from error


def _open_database(url: str) -> Engine:
    try:
        engine = create_engine(url)
        with storage_errors():
            upgrade(engine)
    except DataUnusable as error:
        raise DataUnusable(f"{engine.url!r}: {error.reason}") from error  # which hides the password
    except UnknownRevision as error:
        raise DataUnusable(f"{error}; update Sourcebook, or give it another data folder") from error
    except ModuleNotFoundError as error:
        raise DataUnusable(f"the driver {error.name} of the database is not installed") from error
    return engine


def _compose(
    transactions: Transactions,
    passages: Index,
    finder: Finder,
    extractor: Extractor,
    reader: Reader,
    data_dir: Path,
) -> Newsroom:
    index = IndexSync(transactions, passages, data_dir)
    suggestions = Suggestions(transactions, passages)
    return Newsroom(
        articles=Articles(transactions, Ingest(transactions, reader), index),
        facts=Facts(transactions, finder),
        search=Search(transactions, finder, suggestions),
        suggestions=suggestions,
        entities=Entities(transactions),
        citations=Citations(transactions),
        sources=Sources(transactions),
        index=index,
        extraction=Extraction(reader),
        re_extraction=ReExtraction(transactions, extractor, index),
        verification=Verification(transactions, index),
        export=Export(transactions),
        transactions=transactions,
        worker=IndexWorker(index),
    )


def _repair(index: IndexSync, build_at_most: int | None) -> None:
    """Repair the index; where that cannot be now, what does not need it works, and the worker goes on trying."""
    try:
        index.check_files()
        index.repair(build_at_most=build_at_most)
    except (IndexRebuilding, StorageFull) as error:
        _log.warning("index_repair_failed", error=str(error))
