"""Reading one immutable segment of the index: its postings and passages as arrays.

Whoosh keeps the files, this module decodes each term once and keeps the arrays, so that a search is arithmetic on
arrays instead of Python calls per posting. A ``SegmentView`` lives as long as its segment is part of the index, across
commits; what a later commit deletes is the snapshot's business. Readers of Whoosh are not safe between threads, so
every call of one is made under the view's lock; the arrays are never changed once made and are shared freely.
"""

from __future__ import annotations

import threading
import weakref
from array import array
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from search_index.analysis import GROUPS, group_of
from search_index.errors import IndexUnusable, SearchIndexError
from search_index.lineage import SegmentReader

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Check = Callable[[], None]
Arrays = TypeVar("Arrays", bound="tuple[Any, ...]")

NO_INSTANT = np.iinfo(np.int64).max
CACHE_BYTES = 64 * 1024 * 1024
"""Decoded postings that one segment keeps at most."""

_CHECK_EVERY = 1024


@dataclass(frozen=True, slots=True)
class Codes:
    """One value per document, as an index into the sorted ``values``."""

    values: tuple[str, ...]
    codes: Ints

    def mask(self, wanted: tuple[str, ...]) -> Mask:
        """The documents whose value is one of the wanted."""
        return np.isin(self.codes, [at for at, value in enumerate(self.values) if value in wanted])


class SegmentView:
    """A segment as arrays, indexed by Whoosh's document numbers. Safe between threads."""

    def __init__(self, storage: Any, schema: Any, segment: Any) -> None:
        self.segment_id: str = segment.segment_id()
        self.count: int = segment.doc_count_all()
        self._reader = SegmentReader(storage, schema, segment)
        self._lock = threading.RLock()
        self._cache = _ByteCache(CACHE_BYTES)
        weakref.finalize(self, self._reader.close)
        self._load_records()
        self._lengths: dict[str, Floats] = {}

    def _load_records(self) -> None:
        records = [self._reader.stored_fields(number)["record"] for number in range(self.count)]
        columns = list(zip(*records, strict=True)) if records else [()] * 8
        passages, articles, sources, languages, kinds, days, instants, fingerprints = columns
        self.passage_ids: tuple[str, ...] = passages
        self.article_ids: tuple[str, ...] = articles
        self.fingerprints: tuple[str, ...] = fingerprints
        self.sources, self.languages, self.kinds = _codes(sources), _codes(languages), _codes(kinds)
        self.days: Ints = np.array([0 if day is None else day for day in days], dtype=np.int64)
        self.instants: Ints = np.array([NO_INSTANT if at is None else at for at in instants], dtype=np.int64)

    @cached_property
    def sort_ids(self) -> NDArray[np.bytes_]:
        """Passage ids for comparing, in the order of their UTF-8 bytes."""
        return np.array([name.encode() for name in self.passage_ids], dtype=np.bytes_)

    @cached_property
    def months(self) -> Codes:
        """The month of publication, as ``2024-06``; empty for a passage without a day."""
        return _codes(tuple([f"{date.fromordinal(day):%Y-%m}" if day else "" for day in self.days.tolist()]))

    @cached_property
    def groups(self) -> Ints:
        """The stemming group of each document, as an index into GROUPS."""
        of_language = np.array([GROUPS.index(group_of(name)) for name in self.languages.values], dtype=np.int64)
        return of_language[self.languages.codes] if self.count else np.zeros(0, dtype=np.int64)

    def lengths(self, field: str) -> Floats:
        """Terms in a field of each document, in Whoosh's approximation to one byte."""
        with self._lock:
            if field not in self._lengths:
                length = self._reader.doc_field_length
                # For the last documents of a segment that have nothing in a field, Whoosh answers None.
                known = [length(n, field) or 0 for n in range(self.count)]
                self._lengths[field] = np.array(known, dtype=np.float64)
            return self._lengths[field]

    def postings(self, field: str, term: str, check: Check) -> tuple[Ints, Floats]:
        """Documents with a term, ascending, and how often each has it. ``check`` may raise to stop the reading."""
        return self._cached(("postings", field, term), lambda: self._read_postings(field, term, check))

    def positions(self, field: str, term: str, check: Check) -> tuple[Ints, Ints]:
        """Every occurrence of a term: its document and its place among the field's words."""
        return self._cached(("positions", field, term), lambda: self._read_positions(field, term, check))

    def documents(self, field: str, term: str) -> Ints:
        """Documents whose set field has a value."""
        return self.postings(field, term, _no_check)[0]

    def expand(self, prefix: str, limit: int) -> list[str]:
        """The surface forms that begin so, at most ``limit`` of them."""
        with self._lock:
            found: list[str] = []
            for name in self._reader.expand_prefix("surface", prefix.encode()):
                found.append(name.decode())
                if len(found) >= limit:
                    break
            return found

    def _cached(self, key: tuple[str, str, str], read: Callable[[], Arrays]) -> Arrays:
        with self._lock:
            kept: Arrays | None = self._cache.get(key)
            if kept is None:
                try:
                    kept = read()
                except SearchIndexError:
                    raise
                except Exception as error:  # damaged pickles raise whatever they like
                    raise IndexUnusable(f"it is damaged ({type(error).__name__}: {error})") from error
                self._cache.put(key, kept)
            return kept

    def _matcher(self, field: str, term: str) -> Any:
        if (field, term.encode()) not in self._reader:
            return None
        return self._reader.postings(field, term.encode())

    def _read_postings(self, field: str, term: str, check: Check) -> tuple[Ints, Floats]:
        documents, frequencies = array("q"), array("d")
        matcher = self._matcher(field, term)
        while matcher is not None and matcher.is_active():
            documents.append(matcher.id())
            frequencies.append(matcher.weight())
            if len(documents) % _CHECK_EVERY == 0:
                check()
            matcher.next()
        return np.array(documents, dtype=np.int64), np.array(frequencies, dtype=np.float64)

    def _read_positions(self, field: str, term: str, check: Check) -> tuple[Ints, Ints]:
        documents, places = array("q"), array("q")
        matcher = self._matcher(field, term)
        read = 0
        while matcher is not None and matcher.is_active():
            found = matcher.value_as("positions")
            documents.extend([matcher.id()] * len(found))
            places.extend(found)
            read += 1
            if read % _CHECK_EVERY == 0:
                check()
            matcher.next()
        return np.array(documents, dtype=np.int64), np.array(places, dtype=np.int64)


class _ByteCache:
    """Pairs of arrays, the least recently used dropped when they are too many bytes. Used under the view's lock."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._entries: OrderedDict[tuple[str, str, str], Any] = OrderedDict()

    def get(self, key: tuple[str, str, str]) -> Any:
        if key not in self._entries:
            return None
        self._entries.move_to_end(key)
        return self._entries[key]

    def put(self, key: tuple[str, str, str], value: Any) -> None:
        self._entries[key] = value
        self.size += _size(value)
        while self.size > self.limit and len(self._entries) > 1:
            _, dropped = self._entries.popitem(last=False)
            self.size -= _size(dropped)


def _size(arrays: tuple[Any, ...]) -> int:
    return 200 + sum(int(one.nbytes) for one in arrays)


def _codes(values: tuple[str, ...]) -> Codes:
    distinct = tuple(sorted(set(values)))
    number = {value: at for at, value in enumerate(distinct)}
    return Codes(distinct, np.array([number[value] for value in values], dtype=np.int64))


def _no_check() -> None:
    """For reads that are bounded by the number of an article's passages."""
