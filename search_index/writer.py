"""The single write path: replace the passages of articles, in one commit, one process at a time; and build anew.

Whoosh's own write lock is not taken: in the older lineage a failure while writing (a full disk) leaves it locked for
the rest of the process. The lock of ``Store`` is held for the whole write instead. AsyncWriter and BufferedWriter keep
documents in memory until a thread gets the lock, and lose them with the process; they are not used.
"""

from __future__ import annotations

import errno
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any

from search_index.documents import PassageDocument, from_json, to_fields, to_json
from search_index.errors import IndexStorageFull
from search_index.files import IndexFiles, write_durably
from search_index.lineage import FileIndex, SegmentReader
from search_index.schema import INDEX_NAME, build_schema
from search_index.store import Snapshot, Store

LOCK_TIMEOUT = 60.0
"""Seconds that a write waits for another; longer than the longest online merge."""

MERGE_FACTOR = 8
"""This many segments of about one size are merged into one."""

MAX_MERGED_PASSAGES = 4_000
"""Passages in an online merge at most, which bounds how long a write can take (about 1 ms for each); bigger segments
stay as they are until a rebuild."""

REBUILD_BATCH = 50_000
"""Passages that a rebuild commits at a time, which bounds its memory."""

_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))

Articles = Mapping[str, Sequence[PassageDocument]]


class Writer:
    """Writes to the folder of a ``Store``. Safe between threads and processes, which wait for one another."""

    def __init__(self, store: Store, storage_of: Callable[[str], IndexFiles] = IndexFiles) -> None:
        self._store = store
        self._storage_of = storage_of
        self._schema = build_schema()

    def apply(self, articles: Articles, timeout: float = LOCK_TIMEOUT) -> None:
        """Replace all passages of each article by the given ones, in one commit.

        Raises LockTimeout, IndexStorageFull, IndexUnusable; ValueError for a passage under another article's id. After
        any error the index is as it was before.
        """
        _check_articles(articles)
        with _disk_errors(), self._store.write_lock.held(timeout):
            snapshot = self._store.snapshot()
            if self._is_rebuilding():
                self._write_journal(articles)
            self._replace(self._store.current(), snapshot, articles)

    def rebuild(self, documents: Iterable[PassageDocument], timeout: float = LOCK_TIMEOUT) -> None:
        """Build a new generation from documents in any order, and make it the live one.

        The first document is asked for only once writes are being journaled, so a lazy iterable that begins to read
        the database then misses none. Searches and writes go on meanwhile; writes wait only while those that came
        during the building are repeated in the new generation. Raises LockTimeout when another rebuild goes on for
        longer than ``timeout``, IndexStorageFull; after any error the live generation is as it was.
        """
        self._store.make_folder()
        with _disk_errors(), self._store.rebuild_lock.held(timeout):
            self._forget_rebuild()
            self._store.remove_others(keep=self._current_or_none())
            folder = self._store.create_generation()
            try:
                with self._store.write_lock.held(timeout):
                    write_durably(self._store.building, folder.name)
                for batch in _batches(documents, REBUILD_BATCH):
                    self._commit(folder, (), batch, merge=False)
                with self._store.write_lock.held(timeout):
                    self._replay(folder)
                    self._store.make_current(folder)
                    self._forget_rebuild()
            finally:
                self._forget_rebuild()
                self._store.remove_others(keep=self._current_or_none())

    def _current_or_none(self) -> Path | None:
        with suppress(Exception):
            return self._store.current()
        return None

    def _is_rebuilding(self) -> bool:
        if not self._store.building.exists():
            return False
        if self._store.rebuild_lock.is_free():  # its process died
            self._forget_rebuild()
            return False
        return True

    def _forget_rebuild(self) -> None:
        self._store.building.unlink(missing_ok=True)
        self._store.journal.unlink(missing_ok=True)

    def _write_journal(self, articles: Articles) -> None:
        # Before the write itself: one that then fails is repeated by its caller, in whatever generation lives by then.
        with self._store.journal.open("a", encoding="utf-8") as stream:
            for article_id, documents in articles.items():
                # On a line of its own even behind one that a process that was killed left unfinished.
                stream.write("\n" + json.dumps([article_id, [to_json(document) for document in documents]]) + "\n")

    def _replay(self, folder: Path) -> None:
        """Repeat in a new generation what was written while it was built; the last write of an article counts."""
        if not self._store.journal.exists():
            return
        articles: dict[str, list[PassageDocument]] = {}
        with self._store.journal.open(encoding="utf-8") as stream:
            for line in stream:
                with suppress(ValueError):  # empty, or the end of a write that failed and was never acknowledged
                    article_id, documents = json.loads(line)
                    articles[article_id] = [from_json(document) for document in documents]
        replayed = Store(self._store.directory).snapshot_of(folder)
        self._replace(folder, replayed, articles)

    def _replace(self, folder: Path, snapshot: Snapshot, articles: Articles) -> None:
        deleted = [part.base + at for name in articles for part, at in snapshot.documents_of(name)]
        added = [document for documents in articles.values() for document in documents]
        if deleted or added:
            self._commit(folder, deleted, added, merge=True)

    def _commit(self, folder: Path, deleted: Iterable[int], added: Iterable[PassageDocument], *, merge: bool) -> None:
        storage = self._storage_of(str(folder))
        try:
            index = FileIndex(storage, schema=self._schema, indexname=INDEX_NAME)
            writer = index.writer(_lk=False)  # the store's lock is held, or nobody else knows the folder
            for number in deleted:
                writer.delete_document(number)
            for document in added:
                writer.add_document(**to_fields(document))
            writer.commit(mergetype=merge_some if merge else merge_none)
        except BaseException:
            # Nothing was committed. The writer is dropped as it is, for its own cancel would write again; the files
            # that it leaves are swept away by the next commit that succeeds.
            storage.close_all()
            raise


def merge_none(_writer: Any, segments: list[Any]) -> list[Any]:
    """A merge policy that keeps every segment which still has a passage."""
    return [segment for segment in segments if _live(segment)]


def merge_some(writer: Any, segments: list[Any]) -> list[Any]:
    """A merge policy that merges small segments of one size, and segments mostly deleted; never everything."""
    chosen = choose_merge([(_live(segment), segment.doc_count_all()) for segment in segments])
    for at in chosen:
        reader = SegmentReader(writer.storage, writer.schema, segments[at])
        try:
            writer.add_reader(reader)
        finally:
            reader.close()
    return [segment for at, segment in enumerate(segments) if at not in chosen and _live(segment)]


def choose_merge(sizes: Sequence[tuple[int, int]]) -> list[int]:
    """Which segments to merge, of (passages left, passages once) each.

    One full tier of about equal size, smallest first, or those that lost half of their passages; MAX_MERGED_PASSAGES
    together at most.
    """
    tiers: dict[int, list[int]] = {}
    for at, (live, _) in enumerate(sizes):
        if 0 < live <= MAX_MERGED_PASSAGES // 2:
            tiers.setdefault(int(math.log(live, MERGE_FACTOR)), []).append(at)
    full = [tiers[tier] for tier in sorted(tiers) if len(tiers[tier]) >= MERGE_FACTOR]
    worn = [at for at, (live, all_) in enumerate(sizes) if 0 < live < all_ / 2 and live <= MAX_MERGED_PASSAGES // 2]
    wanted = sorted({*(full[0] if full else ()), *worn}, key=lambda at: sizes[at][0])
    chosen: list[int] = []
    together = 0
    for at in wanted:
        together += sizes[at][0]
        if together > MAX_MERGED_PASSAGES:
            break
        chosen.append(at)
    return sorted(chosen)


def _live(segment: Any) -> int:
    return int(segment.doc_count_all()) - int(segment.deleted_count())


def _check_articles(articles: Articles) -> None:
    for article_id, documents in articles.items():
        ids = [document.passage_id for document in documents]
        if any(document.article_id != article_id for document in documents):
            raise ValueError(f"a passage of another article under {article_id}")
        if len(set(ids)) != len(ids):
            raise ValueError(f"the same passage twice under {article_id}")


def _batches(documents: Iterable[PassageDocument], size: int) -> Iterator[list[PassageDocument]]:
    remaining = iter(documents)
    while batch := list(islice(remaining, size)):
        yield batch


@contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise IndexStorageFull("the disk is full") from error
        raise
