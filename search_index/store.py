"""The index's folder: generations of the index, the file that names the live one, and reading what it holds.

::

    index/            0700
      CURRENT         the name of the live generation; replaced by an atomic rename
      write.lock      held for each write
      merge.lock      held while segments are merged beside the writes
      MERGING         the names of those segments: no write merges them
      rebuild.lock    held while a new generation is built
      BUILDING        the generation being built; as long as it stands, writes are also kept in the journal
      journal.ndjson  those writes, applied to the new generation before it goes live
      gen-000001-…/   a Whoosh index (docs/index-format.md) and marker.json, which says which code wrote it

Whoosh's files are pickles, and loading a pickle runs code. A generation is opened only when it lies in a folder that
belongs to this user, that nobody else may write to, and whose marker names this very code; anything else raises
IndexUnusable and is built anew from the database.
"""

from __future__ import annotations

import heapq
import json
import os
import re
import secrets
import shutil
import stat
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search_index.codec import ArraySegment
from search_index.commit import read_table
from search_index.errors import IndexUnusable
from search_index.files import IndexFiles, sync_folder, write_durably
from search_index.layout import ARTICLE, FIELDS
from search_index.lineage import TableOfContents
from search_index.locking import FileLock
from search_index.schema import INDEX_NAME, build_schema, marker
from search_index.segment import LENGTHS, Ints, Mask, SegmentView

_GENERATION = re.compile(r"gen-(\d{6,})-[0-9a-f]{8}")  # the random part tells a folder from one made in its place
_TABLE = re.compile(rf"_{INDEX_NAME}_(\d+)\.toc")
_ATTEMPTS = 25
_FEW = 16  # where so many times fewer were deleted than a word has passages, they are searched for


@dataclass(frozen=True)
class Part:
    """A segment in a snapshot: ``live`` are the documents not deleted, ``base`` the number of its first among all."""

    view: SegmentView
    live: Mask
    base: int

    @cached_property
    def count(self) -> int:
        """Passages not deleted."""
        return int(np.count_nonzero(self.live))

    @cached_property
    def whole(self) -> bool:
        """Whether none was deleted."""
        return self.count == self.view.count

    @cached_property
    def gone(self) -> Ints:
        """The documents deleted, ascending."""
        return np.flatnonzero(~self.live)

    def count_live(self, docs: NDArray[np.uint32]) -> int:
        """How many of some documents, ascending, were not deleted."""
        if self.whole or not len(docs):
            return len(docs)
        if len(self.gone) * _FEW > len(docs):
            return int(np.count_nonzero(self.live[docs]))
        at = np.minimum(np.searchsorted(docs, self.gone), len(docs) - 1)
        return len(docs) - int(np.count_nonzero(docs[at] == self.gone))

    def extent(self, field: str) -> tuple[int, float]:
        """In how many passages a field has a term, and how many terms in all of them."""
        known: dict[str, tuple[int, float]] = self.__dict__.setdefault("_extents", {})
        if field not in known:
            lengths = self.view.lengths(field)
            counted = np.zeros(256) if lengths is None else np.bincount(lengths[self.live], minlength=256)
            known[field] = (int(counted[1:].sum()), float(counted @ LENGTHS))
        return known[field]

    def moved(self, base: int) -> Part:
        """The same part at another place."""
        if base == self.base:
            return self
        other = Part(self.view, self.live, base)
        other.__dict__.update({key: value for key, value in self.__dict__.items() if key != "base"})
        return other


@dataclass(frozen=True)
class Snapshot:
    """What the index holds after one commit. Never changes, and stays readable whatever is committed later."""

    generation: str
    commit: int
    parts: tuple[Part, ...]

    @cached_property
    def count(self) -> int:
        """Passages."""
        return sum(part.count for part in self.parts)

    @cached_property
    def fields(self) -> frozenset[str]:
        """The inverted fields in which any passage has something."""
        return frozenset(field for field in FIELDS if any(part.view.has(field) for part in self.parts))

    @cached_property
    def size(self) -> int:
        """Passages, deleted ones too: one more than the highest number."""
        return sum(part.view.count for part in self.parts)

    def extent(self, field: str) -> tuple[int, float]:
        """In how many passages a field has a term, and how many terms in all of them."""
        known: dict[str, tuple[int, float]] = self.__dict__.setdefault("_extents", {})
        if field not in known:
            each = [part.extent(field) for part in self.parts]
            known[field] = (sum(count for count, _ in each), sum(total for _, total in each))
        return known[field]

    def states(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Fingerprints by passage id for every article that has passages, in the order of the articles' ids."""
        merged = heapq.merge(*map(_articles, self.parts), key=itemgetter(0))
        for name, found in groupby(merged, key=itemgetter(0)):
            state: dict[str, str] = {}
            for _, part in found:
                state |= _state(part, name.decode())
            if state:
                yield name.decode(), state

    def states_of(self, article_ids: Iterable[str]) -> dict[str, dict[str, str]]:
        """As ``states``, for these articles; one that the index does not know has no passages."""
        found: dict[str, dict[str, str]] = {}
        for name in article_ids:
            found[name] = {}
            for part in self.parts:
                found[name] |= _state(part, name)
        return found

    def documents_of(self, article_id: str) -> Iterator[tuple[Part, int]]:
        """Where an article's passages are: the part, and the number in its segment."""
        for part in self.parts:
            for at in part.view.documents(ARTICLE, article_id).tolist():
                if part.live[at]:
                    yield part, at


class Store:
    """The folder. ``snapshot`` is safe between threads; writing is the writer's business."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.make_folder()
        self.write_lock = FileLock(directory / "write.lock")
        self.merge_lock = FileLock(directory / "merge.lock")
        self.merging = directory / "MERGING"
        self.rebuild_lock = FileLock(directory / "rebuild.lock")
        self.journal = directory / "journal.ndjson"
        self.building = directory / "BUILDING"
        self._current = directory / "CURRENT"
        self._schema = build_schema()
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None

    def make_folder(self) -> None:
        """Make the folder, also when somebody has taken it away since."""
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)

    def current(self) -> Path:
        """The live generation's folder. Raises IndexUnusable when there is none."""
        try:
            name = self._current.read_text("ascii").strip()
        except FileNotFoundError:
            raise IndexUnusable("there is none yet") from None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexUnusable(f"CURRENT cannot be read ({error})") from error
        if not _GENERATION.fullmatch(name):
            raise IndexUnusable("CURRENT does not name a generation")
        return self.directory / name

    def snapshot(self) -> Snapshot:
        """What the index holds now, other processes' commits included. Raises IndexUnusable."""
        for attempt in range(_ATTEMPTS):
            folder = self.current()
            kept = self._snapshot
            if kept is not None and kept.generation == folder.name and _is_latest(folder, kept.commit):
                return kept
            commit = _latest_commit(folder)
            try:
                return self._load(folder, commit)
            except Exception as error:  # damaged pickles raise whatever they like
                # Another process may have committed or swapped meanwhile, taking the files away: look again.
                unchanged = self.current() == folder and _latest_commit(folder) == commit
                if unchanged or attempt == _ATTEMPTS - 1:
                    raise _unusable(error) from error
        raise AssertionError("the last attempt returns or raises")

    def snapshot_of(self, folder: Path) -> Snapshot:
        """What a generation that nobody writes to holds, live or not. Raises IndexUnusable."""
        return self._load(folder, _latest_commit(folder))

    def _load(self, folder: Path, commit: int) -> Snapshot:
        with self._lock:
            kept = self._snapshot
            if kept is not None and (kept.generation, kept.commit) == (folder.name, commit):
                return kept
            check_ours(folder)
            same = kept is not None and kept.generation == folder.name
            reusable = {part.view.segment_id: part for part in kept.parts} if kept is not None and same else {}
            storage = IndexFiles(str(folder))
            try:
                table = read_table(storage, commit)
                snapshot = Snapshot(folder.name, commit, tuple(_parts(folder, table.segments, reusable)))
            finally:
                storage.close_all()
            self._snapshot = snapshot
            return snapshot

    def check_files(self) -> None:
        """Compare every checksum of the live generation, which reads all of it. Raises IndexUnusable."""
        for part in self.snapshot().parts:
            try:
                part.view.file.check()
            except OSError as error:
                raise _unusable(error) from error

    def generations(self) -> list[Path]:
        """The folders of generations, oldest first."""
        return sorted(p for p in self.directory.iterdir() if _GENERATION.fullmatch(p.name) and p.is_dir())

    def create_generation(self) -> Path:
        """An empty generation beside the others."""
        numbers = [int(path.name.split("-")[1]) for path in self.generations()]
        folder = self.directory / f"gen-{max(numbers, default=0) + 1:06d}-{secrets.token_hex(4)}"
        self.directory.chmod(0o700)  # it may be older than this code; what others left in it is never opened
        folder.mkdir(mode=0o700)
        TableOfContents.create(IndexFiles(str(folder)), self._schema, INDEX_NAME)
        write_durably(folder / "marker.json", json.dumps(marker()))
        return folder

    def make_current(self, folder: Path) -> None:
        """Make a generation the live one, for every process at once."""
        write_durably(self._current, folder.name)

    def make_none_current(self) -> None:
        """Leave no live generation; its files stay until the next rebuild."""
        self._current.unlink(missing_ok=True)
        sync_folder(self.directory)

    def remove_others(self, keep: Path | None) -> None:
        """Delete the generations that are not the one to keep; files that a process still reads stay until it ends."""
        for folder in self.generations():
            if folder != keep:
                shutil.rmtree(folder, ignore_errors=True)


def check_ours(folder: Path) -> None:
    """Raise IndexUnusable unless this code, run by this user, wrote the generation."""
    for path in (folder.parent, folder):
        try:
            status = path.stat()
        except OSError as error:
            raise IndexUnusable(f"{path.name} cannot be read ({error})") from error
        if status.st_uid != os.geteuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise IndexUnusable(f"others may write to {path.name}, and index files can run code")
    try:
        written = json.loads((folder / "marker.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise IndexUnusable("it has no marker: it is not one of ours") from error
    if written != marker():
        raise IndexUnusable("another version wrote it")


def _latest_commit(folder: Path) -> int:
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names are enough, on every search
    except OSError:
        return -1
    return max((int(match[1]) for match in map(_TABLE.fullmatch, names) if match), default=-1)


def _is_latest(folder: Path, commit: int) -> bool:
    """Whether there is this commit and none behind it: commits count up, and each removes the one before."""
    here, behind = (os.path.exists(f"{folder}/_{INDEX_NAME}_{number}.toc") for number in (commit, commit + 1))  # noqa: PTH110 - on every search
    return here and not behind


def _unusable(error: Exception) -> IndexUnusable:
    if isinstance(error, IndexUnusable):
        return error
    return IndexUnusable(f"it is damaged ({type(error).__name__}: {error})")


def _parts(folder: Path, segments: list[ArraySegment], reusable: dict[str, Part]) -> Iterator[Part]:
    # Whoosh's own way of reusing readers (refresh, reader(reuse=)) adds old segments to the new ones in most
    # lineages, so that deleted documents come back. Here the table of contents alone says what there is.
    base = 0
    for segment in segments:
        kept = reusable.get(segment.segment_id())
        view = kept.view if kept else SegmentView(folder, segment)
        if view.count != segment.doc_count_all():
            raise IndexUnusable(f"{view.segment_id} has not the passages that it should have")
        if kept and view.count - kept.count == segment.deleted_count():  # what is deleted stays so
            yield kept.moved(base)
        else:
            live = np.ones(view.count, dtype=np.bool_)
            live[segment.deleted] = False
            yield Part(view, live, base)
        base += view.count


def _articles(part: Part) -> Iterator[tuple[bytes, Part]]:
    return ((name, part) for name in part.view.lexicon(ARTICLE))


def _state(part: Part, article_id: str) -> dict[str, str]:
    return part.view.state([at for at in part.view.documents(ARTICLE, article_id).tolist() if part.live[at]])
