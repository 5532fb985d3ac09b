"""One immutable segment, read as arrays straight from its mapped file.

Nothing is decoded or copied when a segment is opened: lexicons are searched by bisection in the file, postings are
views of it. A ``SegmentView`` lives as long as its segment is part of the index, across commits; what a later commit
deletes is the snapshot's business. Everything is safe between threads: files never change, and what is remembered is
put in place whole.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_index.arrays import Array, ArrayFile
from search_index.builder import NO_INSTANT, encode_term
from search_index.layout import ARTICLE, SKETCH, SURFACE
from search_index.lineage import byte_to_length

__all__ = ["LENGTHS", "NO_INSTANT", "Check", "Floats", "Ints", "Lexicon", "Mask", "Postings", "SegmentView"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Check = Callable[[], None]

EXTENSION = ".sba"
LENGTHS = np.array([byte_to_length(n) for n in range(256)], dtype=np.float64)
"""What a length byte stands for."""

_KNOWN_TERMS = 4096
_COMMON = 4096  # postings
_MOST_BYTES = 24 << 20
_NONE = np.zeros(0, dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Postings:
    """The passages with a term, ascending, as views: ``codes`` are frequency * 256 + length byte, None in a set."""

    docs: NDArray[np.uint32]
    codes: Array | None = None
    first: int = 0
    """Where the term's places begin among those of the field."""

    def frequencies(self) -> Ints:
        """How often the term stands in each."""
        assert self.codes is not None
        return (self.codes >> 8).astype(np.int64)


class Lexicon:
    """The sorted terms of a field. ``words`` are their UTF-8 bytes one after the other, ``ends`` where each ends."""

    def __init__(self, words: Array, ends: Array) -> None:
        self.words = words
        self.ends = ends
        self._bytes: memoryview = words.data if len(words) else memoryview(b"")

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> bytes:
        start = int(self.ends[number - 1]) if number else 0
        return bytes(self._bytes[start : int(self.ends[number])])

    def bisect(self, term: bytes) -> int:
        """How many terms come before this one."""
        low, high = 0, len(self.ends)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < term:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, term: bytes) -> int:
        """The number of a term, or -1."""
        at = self.bisect(term)
        return at if at < len(self.ends) and self[at] == term else -1

    def range_of(self, prefix: bytes) -> tuple[int, int]:
        """Which terms begin so, half-open."""
        return self.bisect(prefix), self.bisect(prefix + b"\xff")

    def __iter__(self) -> Iterator[bytes]:
        raw, start = self._bytes.tobytes(), 0
        for end in self.ends.tolist():
            yield raw[start:end]
            start = end


class _Ends:
    """Where the places of each posting of a term end; kept for common words, which phrases ask for again and again."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, int], NDArray[np.uint32]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def of(self, field: str, postings: Postings) -> NDArray[np.uint32]:
        """The running sum of a term's frequencies."""
        key = (field, postings.first)
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        assert postings.codes is not None
        ends = np.cumsum(postings.codes >> 8, dtype=np.uint32)
        if len(ends) >= _COMMON:
            with self._lock:
                if key not in self._known:
                    self._known[key] = ends
                    self._size += ends.nbytes
                while self._size > _MOST_BYTES:
                    self._size -= self._known.popitem(last=False)[1].nbytes
        return ends


class SegmentView:
    """A segment as arrays, indexed by Whoosh's document numbers. Raises IndexUnusable for a damaged file."""

    def __init__(self, folder: Path, segment: Any) -> None:
        self.segment_id: str = segment.segment_id()
        self.file = ArrayFile(folder / f"{self.segment_id}{EXTENSION}")
        self.count: int = self.file.count("passage.ids")
        self._postings: dict[tuple[str, str], Postings | None] = {}
        self._lexicons: dict[str, Lexicon] = {}
        self._ends = _Ends()

    def has(self, field: str) -> bool:
        """Whether any passage has something in an inverted field."""
        return f"{field}.starts" in self.file

    def lexicon(self, field: str) -> Lexicon:
        """The terms of an inverted field, or the values of a coded column; empty where no passage has any."""
        found = self._lexicons.get(field)
        if found is None:
            known = f"{field}.ends" in self.file
            found = Lexicon(self.file[f"{field}.words"], self.file[f"{field}.ends"]) if known else Lexicon(_NONE, _NONE)
            self._lexicons[field] = found
        return found

    def number(self, field: str, term: str) -> int:
        """The number of a term in its field's lexicon, or -1."""
        return self.lexicon(field).find(encode_term(term)) if f"{field}.ends" in self.file else -1

    def postings(self, field: str, term: str) -> Postings | None:
        """Where a term stands; None where it does not."""
        key = (field, term)
        if key not in self._postings:
            number = self.lexicon(field).find(encode_term(term)) if self.has(field) else -1
            if len(self._postings) >= _KNOWN_TERMS:
                self._postings = {}
            self._postings[key] = None if number < 0 else self.postings_of(field, number)
        return self._postings.get(key)

    def postings_of(self, field: str, number: int) -> Postings:
        """Where the term of that number stands."""
        starts = self.file[f"{field}.starts"]
        begin, end = int(starts[number]), int(starts[number + 1])
        docs = self.file[f"{field}.docs"][begin:end]
        if f"{field}.codes" not in self.file:
            return Postings(docs)
        places = f"{field}.place_starts"
        first = int(self.file[places][number]) if places in self.file else 0
        return Postings(docs, self.file[f"{field}.codes"][begin:end], first)

    def documents(self, field: str, term: str) -> NDArray[np.uint32]:
        """The passages with a term, ascending."""
        found = self.postings(field, term)
        return _NONE if found is None else found.docs

    def places(self, field: str, postings: Postings, chosen: Ints) -> tuple[Ints, Ints]:
        """Every occurrence in the chosen postings (ascending indexes): index among the chosen, and place."""
        assert postings.codes is not None
        counts = (postings.codes[chosen] >> 8).astype(np.int64)
        starts = self._ends.of(field, postings)[chosen] - counts + postings.first
        places = self.file[f"{field}.places"]
        if len(counts) and counts.max() == 1:  # as mostly
            return np.arange(len(chosen)), places[starts].astype(np.int64)
        owner = np.repeat(np.arange(len(chosen)), counts)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
        return owner, places[starts[owner] + within].astype(np.int64)

    def lengths(self, field: str) -> NDArray[np.uint8] | None:
        """The length byte of each passage's field; None where no passage has any."""
        return self.file.get(f"{field}.lengths")

    def codes(self, column: str) -> Array:
        """A coded column: for each passage, the number of its value in the column's lexicon."""
        return self.file[f"{column}.column"]

    def value(self, column: str, document: int) -> str:
        """The value of a passage in a coded column."""
        return self.lexicon(column)[int(self.codes(column)[document])].decode()

    def numbers(self, column: str) -> Array:
        """A column of numbers."""
        return self.file[column]

    @property
    def passage_ids(self) -> NDArray[np.bytes_]:
        """In UTF-8."""
        return self.file["passage.ids"]

    @property
    def ranks(self) -> NDArray[np.uint32]:
        """The place of each passage in the order of their ids."""
        return self.file["passage.rank"]

    def ranked_up_to(self, passage_id: bytes) -> int:
        """How many passages have an id that is not behind this one."""
        ids, order = self.passage_ids, self.file["passage.order"]
        return bisect_right(order, passage_id, key=lambda at: bytes(ids[at]))

    @property
    def sketches(self) -> NDArray[np.uint8]:
        """One row of bytes for each passage."""
        return self.file["sketch"].reshape(-1, SKETCH)

    def state(self, documents: Sequence[int]) -> dict[str, str]:
        """Fingerprints by passage id."""
        ids, prints = self.passage_ids, self.file["fingerprint.ids"]
        return {bytes(ids[at]).decode(): bytes(prints[at]).decode() for at in documents}

    def with_prefix(self, prefix: str) -> NDArray[np.uint32]:
        """The passages with a word whose folded form begins so; a passage as often as it has such words."""
        begin, end = self.lexicon(SURFACE).range_of(encode_term(prefix)) if self.has(SURFACE) else (0, 0)
        starts = self.file.get(f"{SURFACE}.starts")
        if starts is None or begin == end:
            return _NONE
        # The words are neighbours in the lexicon, and so are their postings.
        return self.file[f"{SURFACE}.docs"][int(starts[begin]) : int(starts[end])]

    def article_of(self) -> Array:
        """The number of each passage's article."""
        return self.codes(ARTICLE)
