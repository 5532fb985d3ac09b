"""The single write path: replace the passages of articles, in one commit, one process at a time; and build anew.

Whoosh's own write lock is not taken: in the older lineage a failure while writing (a full disk) leaves it locked for
the rest of the process. The lock of ``Store`` is held for the whole write instead. AsyncWriter and BufferedWriter keep
documents in memory until a thread gets the lock, and lose them with the process; they are not used.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np

from search_index.commit import UNFINISHED, ArrayIndexWriter
from search_index.documents import PassageDocument, from_json, to_json
from search_index.errors import IndexStorageFull, IndexUnusable, LockTimeout
from search_index.files import IndexFiles, write_durably
from search_index.merging import Piece
from search_index.segment import Mask
from search_index.store import Part, Snapshot, Store

LOCK_TIMEOUT = 60.0
"""Seconds that a write waits for another."""

MIN_MERGED_SEGMENTS = 4
"""So many segments, each at most twice as big as the smaller ones together, are merged into one."""

MAX_INLINE_PASSAGES = 4_000
"""Passages that a write merges on its way, some 0.1 ms each; what is bigger is merged by ``tidy`` beside the writes."""

REBUILD_BATCH = 10_000
"""Passages that a rebuild commits at a time, which bounds its memory."""

_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))

Articles = Mapping[str, Sequence[PassageDocument]]
Progress = Callable[[int], None]


class Writer:
    """Writes to the folder of a ``Store``. Safe between threads and processes, which wait for one another."""

    def __init__(self, store: Store, storage_of: Callable[[str], IndexFiles] = IndexFiles) -> None:
        self._store = store
        self._storage_of = storage_of

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

    def tidy(self, timeout: float = LOCK_TIMEOUT) -> bool:
        """Merge segments where that is worth it, beside searches and writes; whether anything was merged.

        The merged segment is written without the lock that writes take, which is held only while it is put in place.
        Whoever comes while another process does it has nothing to do. Raises LockTimeout, IndexStorageFull,
        IndexUnusable.
        """
        with _disk_errors(), suppress(LockTimeout), self._store.merge_lock.held(0):
            try:
                return self._merge_beside(timeout)
            finally:
                self._store.merging.unlink(missing_ok=True)
        return False

    def discard(self, timeout: float = LOCK_TIMEOUT) -> None:
        """Make no generation the live one. Raises LockTimeout."""
        with self._store.write_lock.held(timeout):
            self._store.make_none_current()

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
                self._fill(folder, documents)
                with self._store.write_lock.held(timeout):
                    self._replay(folder)
                    self._store.make_current(folder)
                    self._forget_rebuild()
            finally:
                self._forget_rebuild()
                self._store.remove_others(keep=self._current_or_none())

    def _fill(self, folder: Path, documents: Iterable[PassageDocument]) -> None:
        table = None
        for batch in _batches(documents, REBUILD_BATCH):
            with self._writer(folder) as writer:
                writer.builder = writer.builder_with(table)
                for document in batch:
                    writer.add_document(document=document)
                writer.commit()
                table = writer.builder.table
        del table
        parts = self._store.snapshot_of(folder).parts
        if len(parts) > 1:
            with self._writer(folder) as writer:
                writer.merge({part.view.segment_id: Piece(part.view, part.live) for part in parts})
                writer.commit()

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
        gone: dict[str, list[int]] = {}
        for name in articles:
            for part, at in snapshot.documents_of(name):
                gone.setdefault(part.view.segment_id, []).append(at)
        added = [document for documents in articles.values() for document in documents]
        if not gone and not added:
            return
        with self._writer(folder) as writer:
            writer.delete(gone)
            for document in added:
                writer.add_document(document=document)
            parts = [_without(part, gone.get(part.view.segment_id, ())) for part in snapshot.parts]
            writer.merge(self._inline(parts))
            writer.commit()

    def _inline(self, parts: Sequence[Part]) -> dict[str, Piece]:
        """What a write merges on its way: small segments, none of which is being merged beside it."""
        taken = self._being_merged()
        free = [part for part in parts if part.view.segment_id not in taken]
        chosen = choose_merge([(part.count, part.view.count) for part in free], MAX_INLINE_PASSAGES)
        return {free[at].view.segment_id: Piece(free[at].view, free[at].live) for at in chosen}

    def _being_merged(self) -> set[str]:
        try:
            names = set(self._store.merging.read_text("ascii").split())
        except FileNotFoundError:
            return set()
        if self._store.merge_lock.is_free():  # its process died
            self._store.merging.unlink(missing_ok=True)
            return set()
        return names

    def _merge_beside(self, timeout: float) -> bool:
        with self._store.write_lock.held(timeout):
            folder, snapshot = self._store.current(), self._store.snapshot()
            for left in folder.glob(f"{UNFINISHED}*"):  # by a merge whose process died
                left.unlink(missing_ok=True)
            chosen = choose_merge([(part.count, part.view.count) for part in snapshot.parts])
            if not chosen:
                return False
            parts = [snapshot.parts[at] for at in chosen]
            write_durably(self._store.merging, "\n".join(part.view.segment_id for part in parts))
        writer = ArrayIndexWriter(self._storage_of(str(folder)))
        try:
            writer.write_merged([Piece(part.view, part.live) for part in parts])
            with self._store.write_lock.held(timeout):
                return self._put_in_place(folder, parts, writer)
        except FileNotFoundError:
            return False  # the generation was swapped and removed meanwhile
        finally:
            writer.close()

    def _put_in_place(self, folder: Path, parts: Sequence[Part], merged: ArrayIndexWriter) -> bool:
        snapshot = self._store.snapshot()
        now = {part.view.segment_id: part for part in snapshot.parts}
        if self._store.current() != folder:
            return False
        # What was deleted while the merge went on is deleted from its result. No write merged these segments; one
        # that is no longer there had nothing left.
        stayed = np.concatenate([_still_live(part, now.get(part.view.segment_id)) for part in parts])
        with self._writer(folder) as writer:
            writer.adopt(merged, {part.view.segment_id for part in parts}, np.flatnonzero(~stayed))
            writer.commit()
        return True

    @contextmanager
    def _writer(self, folder: Path) -> Iterator[ArrayIndexWriter]:
        """A writer on a folder for which the lock is held, or that nobody else knows."""
        writer = ArrayIndexWriter(self._storage_of(str(folder)))
        try:
            yield writer
        finally:
            # After a failure nothing was committed; the files left behind are swept by the next commit that succeeds.
            writer.close()


def choose_merge(sizes: Sequence[tuple[int, int]], most: int | None = None) -> list[int]:
    """Which segments to merge, of (passages left, passages once) each; ``most`` bounds the passages of the result.

    The smallest, each at most twice as big as those before it together, if they are MIN_MERGED_SEGMENTS or more: what
    stays then grows by powers of three, so that segments are few and a passage is rarely written again. A segment that
    lost half of its passages is taken along, or written anew.
    """
    order = sorted(range(len(sizes)), key=lambda at: sizes[at])
    chosen: list[int] = []
    together = 0
    for at in order:
        live = sizes[at][0]
        if (chosen and live > 2 * max(together, 1)) or (most is not None and together + live > most):
            break
        chosen.append(at)
        together += live
    if len(chosen) < MIN_MERGED_SEGMENTS:
        chosen, together = [], 0
    for at in order:
        live, once = sizes[at]
        worn = live < once / 2 and at not in chosen
        if worn and (most is None or together + live <= most):
            chosen.append(at)
            together += live
    return sorted(chosen)


def _still_live(merged: Part, now: Part | None) -> Mask:
    """Which of the passages that were merged are live."""
    return np.zeros(merged.count, dtype=np.bool_) if now is None else now.live[merged.live]


def _without(part: Part, gone: Sequence[int]) -> Part:
    live = part.live.copy()
    live[list(gone)] = False
    return Part(part.view, live, part.base)


def _check_articles(articles: Articles) -> None:
    for article_id, documents in articles.items():
        ids = [document.passage_id for document in documents]
        if any(document.article_id != article_id for document in documents):
            raise ValueError(f"a passage of another article under {article_id}")
        if len(set(ids)) != len(ids):
            raise ValueError(f"the same passage twice under {article_id}")


def _batches(documents: Iterable[PassageDocument], size: int) -> Iterator[Iterator[PassageDocument]]:
    """The documents in batches of about so many, lazily; an article that comes in one piece is not cut."""
    remaining = iter(documents)
    pending = next(remaining, None)

    def batch() -> Iterator[PassageDocument]:
        nonlocal pending
        count = 0
        while pending is not None:
            article = pending.article_id
            yield pending
            count += 1
            pending = next(remaining, None)
            if count >= size and (pending is None or pending.article_id != article):
                return

    while pending is not None:
        yield batch()


@contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise IndexStorageFull("the disk is full") from error
        raise


__all__ = ["LOCK_TIMEOUT", "IndexUnusable", "Writer", "choose_merge"]
