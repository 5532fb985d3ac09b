"""Keeps the index equal to the database, whatever happens in between.

When an article changes, a job row is written in the same transaction. ``drain`` compares what the index holds of those
articles with the database, writes what differs in one index commit, looks again, and deletes the jobs of the articles
that it then sees equal. A crash at any point leaves the job, and the next drain finishes the work (idea:
hypothesis/h, ``h/services/annotation_sync.py``). One lock covers reading, writing and looking: a slow process can
never put an older text over a newer one.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import structlog
from sqlalchemy import delete, func, select

from models import IndexJob, Passage
from search_index.documents import PassageDocument
from search_index.errors import IndexStorageFull, IndexUnusable, LockTimeout
from search_index.locking import FileLock
from services.errors import IndexRebuilding, StorageFull
from services.index_documents import all_documents, documents_of, state
from services.storing import add_index_job
from services.transactions import Transactions, is_storage_full
from services.views import IndexStatus

_log = structlog.get_logger(__name__)
_BATCH = 500  # jobs in one index commit
_MANY_CHANGES = 200  # after which the database's statistics are taken anew
_FOREVER = 86_400.0
SETTLING = 10.0  # seconds in which a server that works brings the index up to the database
_PAUSE = 0.2
_PATIENCE = 2.0  # seconds that a request waits for the index to follow


ArticleState = tuple[str, Mapping[str, str]]
"""An article's id, and fingerprints by passage id."""


class PassageIndex(Protocol):
    """What keeping the index up to date needs of it; ``search_index.SearchIndex`` is one."""

    def check(self) -> None:
        """Raise IndexUnusable unless the index can be read."""
        ...

    def count(self) -> int:
        """Passages in the index."""
        ...

    def apply(self, articles: Mapping[str, Sequence[PassageDocument]]) -> None:
        """Replace all documents of each article in one commit."""
        ...

    def state_of(self, article_ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """Fingerprints by article and passage id; an article without documents may be absent."""
        ...

    def all_states(self) -> Iterable[ArticleState]:
        """The state of every article that has passages, in the order of their ids."""
        ...

    def tidy(self) -> bool:
        """Merge segments beside reads and writes, where that is worth it; whether anything was merged."""
        ...

    def check_files(self) -> None:
        """Read all of the index and raise IndexUnusable where it is damaged."""
        ...

    def discard(self) -> None:
        """Take the live index away, so that everybody finds none until it is built anew."""
        ...

    def rebuild(self, documents: Iterable[PassageDocument]) -> None:
        """Build anew beside the live index, and swap; what is applied meanwhile is in the new index too."""
        ...


class IndexSync:
    """Carries changes of articles from the database to the index."""

    def __init__(self, transactions: Transactions, index: PassageIndex, lock_folder: Path) -> None:
        self._transactions = transactions
        self._index = index
        self._changed = 0  # articles, since the database last looked at what it holds
        self._drain_lock = FileLock(lock_folder / "index-drain.lock")
        self._build_lock = FileLock(lock_folder / "index-build.lock")

    def drain(self, wait: float | None = None) -> bool:
        """Bring the index up to the database; True when nothing is left to do.

        ``wait`` bounds, in seconds, how long to queue for the lock; None waits as long as it takes.
        Raises StorageFull, IndexRebuilding (also where the lock was not had in time).
        """
        with index_errors(), self._drain_lock.held(_FOREVER if wait is None else wait):
            while jobs := self._jobs():
                if not self._synchronise(jobs):
                    return False
                self._changed += len(jobs)
                if wait is None:  # somebody who brings in many articles, and can wait for a merge
                    self._index.tidy()
            if self._changed >= _MANY_CHANGES:
                self._changed = 0
                self._transactions.refresh_statistics()
        return True

    def catch_up(self, wait: float = _PATIENCE) -> None:
        """After a commit: let the index follow, if it can at once. Whoever holds the lock works for all.

        Never raises: the change is stored, and its job waits for the next drain.
        """
        try:
            self.drain(wait)
        except Exception as error:
            _log.warning("index_left_behind", error=repr(error))

    def reindex(self) -> int:
        """Build the index anew beside the live one and swap; how many passages it holds.

        What changes meanwhile is brought in afterwards. Raises StorageFull.
        """
        with self._build_lock.held(_FOREVER):
            return self._build()

    def find_damage(self) -> str | None:
        """Why the index cannot be used, by the checksums of all of it; None for one that is whole."""
        try:
            self._index.check_files()
        except IndexUnusable as error:
            return error.reason
        return None

    def check_files(self) -> None:
        """Take a damaged index away, as at every start, so that it is never read; ``repair`` builds it anew."""
        reason = self.find_damage()
        if reason is not None:
            _log.warning("index_unusable", reason=reason)
            self._index.discard()

    def repair(self, *, build_at_most: int | None = None) -> None:
        """Make the index usable, equal to the database and tidy, as at every start and again and again after that.

        ``build_at_most`` is how many passages may be indexed anew now; with more, and no usable index, IndexRebuilding
        is raised, and a later call without it does the work. Raises StorageFull, IndexRebuilding.
        """
        if not self._is_usable():
            if build_at_most is not None and self._passages() > build_at_most:
                raise IndexRebuilding
            with self._build_lock.held(_FOREVER):
                # Who waited here finds that another process has done it.
                if not self._is_usable():
                    self._build()
        self.drain()
        with index_errors():
            while self._index.tidy():
                pass

    def _passages(self) -> int:
        with self._transactions.reading() as session:
            return session.scalar(select(func.count()).where(Passage.current)) or 0

    def reconcile(self) -> int:
        """Compare index and database as a whole and bring in what differs; how many articles did."""
        different = [article_id for article_id, _ in self.differences()]
        if different:
            with self._transactions.writing() as session:
                for article_id in different:
                    add_index_job(session, article_id, self._transactions.now)
        self.drain()
        return len(different)

    def differences(self) -> Iterator[tuple[str, str]]:
        """Ids of articles on which index and database disagree, and how. Raises IndexRebuilding."""
        # Both sides come in the order of article ids, so that neither is held in memory.
        with index_errors():
            held = iter(self._index.all_states())
            found = next(held, None)
        for article_id, documents in all_documents(self._transactions):
            while found is not None and found[0] < article_id:
                yield found[0], "in the index and not in the database"
                found = _next(held)
            indexed = found is not None and found[0] == article_id
            if not indexed and documents:
                yield article_id, "missing from the index"
            elif indexed and found is not None:
                if dict(found[1]) != state(documents):
                    yield article_id, "another state in the index"
                found = _next(held)
        while found is not None:
            yield found[0], "in the index and not in the database"
            found = _next(held)

    def lasting_differences(self, patience: float = SETTLING) -> list[tuple[str, str]]:
        """``differences`` without those that are only writes under way: those of which the index is about to hear.

        Looks again for up to ``patience`` seconds at articles that have a job. Raises IndexRebuilding.
        """
        different = dict(self.differences())
        until = time.monotonic() + patience
        while different:
            different, pending = self._still_different(different)
            if not pending or time.monotonic() > until:
                break
            time.sleep(_PAUSE)
        return sorted(different.items())

    def _still_different(self, different: Mapping[str, str]) -> tuple[dict[str, str], set[str]]:
        """Which articles differ now that nobody writes to the index, and which of those wait for their job."""
        with index_errors(), self._drain_lock.held(_FOREVER):
            with self._transactions.reading() as session:
                wanted = documents_of(session, list(different))
                waiting = set(session.scalars(select(IndexJob.article_id).where(IndexJob.article_id.in_(different))))
            unequal = self._unequal(wanted)
        return {key: message for key, message in different.items() if key in unequal}, unequal & waiting

    def count(self) -> int:
        """Passages in the index. Raises IndexRebuilding."""
        with index_errors():
            return self._index.count()

    def status(self) -> IndexStatus:
        """Whether reads can be served, and how many articles wait."""
        with self._transactions.reading() as session:
            pending = session.scalar(select(func.count(IndexJob.article_id.distinct()))) or 0
        return IndexStatus(usable=self._is_usable(), pending=pending)

    def _build(self) -> int:
        count = 0

        def documents() -> Iterator[PassageDocument]:
            nonlocal count
            for _, found in all_documents(self._transactions):
                count += len(found)
                yield from found

        with index_errors():
            self._index.rebuild(documents())
        _log.info("index_rebuilt", passages=count)
        self.drain()
        return count

    def _is_usable(self) -> bool:
        try:
            self._index.check()
        except IndexUnusable:
            return False
        return True

    def _jobs(self) -> dict[int, str]:
        with self._transactions.reading() as session:
            statement = select(IndexJob.id, IndexJob.article_id).order_by(IndexJob.id).limit(_BATCH)
            return {number: article_id for number, article_id in session.execute(statement)}  # noqa: C416 - rows

    def _synchronise(self, jobs: Mapping[int, str]) -> bool:
        article_ids = sorted(set(jobs.values()))
        with self._transactions.reading() as session:
            wanted = documents_of(session, article_ids)
        different = self._unequal(wanted)
        if different:
            self._index.apply({article_id: wanted[article_id] for article_id in different})
            different = self._unequal({article_id: wanted[article_id] for article_id in different})
        done = [number for number, article_id in jobs.items() if article_id not in different]
        if done:
            with self._transactions.writing() as session:
                session.execute(delete(IndexJob).where(IndexJob.id.in_(done)))
        if different:
            _log.error("index_differs_after_write", articles=sorted(different))
        return not different

    def _unequal(self, wanted: Mapping[str, Sequence[PassageDocument]]) -> set[str]:
        held = self._index.state_of(list(wanted))
        return {key for key, documents in wanted.items() if dict(held.get(key, {})) != state(documents)}


def _next(states: Iterator[ArticleState]) -> ArticleState | None:
    with index_errors():
        return next(states, None)


@contextmanager
def index_errors() -> Iterator[None]:
    """Turns what the index can fail with into what a service raises."""
    try:
        yield
    except IndexUnusable as error:
        raise IndexRebuilding from error
    except LockTimeout as error:
        raise IndexRebuilding(retry_after=1) from error
    except IndexStorageFull as error:
        raise StorageFull from error
    except OSError as error:
        if is_storage_full(error):
            raise StorageFull from error
        raise
