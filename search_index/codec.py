"""Our codec for Whoosh: segments as files of numpy arrays (``arrays``, ``docs/index-format.md``).

Whoosh's own readers and searcher work on such segments like on any other, one posting at a time: that is how the
scores of ``evaluation`` are tested. Searches read the same arrays as vectors instead (``segment``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from search_index.layout import FIELDS
from search_index.lineage import (
    Codec,
    FieldCursor,
    ListMatcher,
    PerDocumentReader,
    Segment,
    TermInfo,
    TermsReader,
)
from search_index.segment import LENGTHS, Ints, SegmentView


class ArraySegment(Segment):  # type: ignore[misc]  # untyped
    """What the table of contents says of a segment: its name, its size, and which passages were deleted since."""

    def __init__(self, indexname: str, count: int = 0) -> None:
        super().__init__(indexname)
        self._count = count
        self._deleted = np.zeros(0, dtype=np.uint32)

    def codec(self, **_options: Any) -> ArrayCodec:
        """The codec that reads it."""
        return ArrayCodec()

    def set_doc_count(self, dc: int) -> None:
        """How many passages it was written with."""
        self._count = dc

    def doc_count_all(self) -> int:
        """Passages, deleted ones too."""
        return self._count

    def deleted_count(self) -> int:
        """Passages deleted."""
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Their numbers, ascending."""
        return iter(self._deleted.tolist())

    @property
    def deleted(self) -> Ints:
        """Their numbers, ascending."""
        return self._deleted.astype(np.int64)

    def without(self, documents: Iterable[int]) -> ArraySegment:
        """The same segment with more passages deleted; this one stays as it is, others may be reading it."""
        other = type(self)(self.indexname, self._count)
        other.segid = self.segid
        more = np.fromiter(documents, dtype=np.uint32)
        other._deleted = np.union1d(self._deleted, more)
        return other

    def delete_document(self, docnum: int, delete: bool = True) -> None:  # noqa: FBT001, FBT002 - Whoosh's
        """Mark a passage as deleted, or as not deleted."""
        change = np.union1d if delete else np.setdiff1d
        self._deleted = change(self._deleted, np.array([docnum], dtype=np.uint32)).astype(np.uint32)

    def is_deleted(self, docnum: int) -> bool:
        """Whether a passage was deleted."""
        return bool(np.isin(docnum, self._deleted))


class ArrayCodec(Codec):  # type: ignore[misc]  # untyped
    """Reads segments for Whoosh. They are written whole by ``writer``, so there are no writers of single postings."""

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTerms:
        """Terms and postings."""
        return ArrayTerms(SegmentView(Path(storage.folder), segment))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayDocuments:
        """Lengths, deletions and what is stored of each passage."""
        return ArrayDocuments(SegmentView(Path(storage.folder), segment), segment)

    def new_segment(self, _storage: Any, indexname: str) -> ArraySegment:
        """An empty segment."""
        return ArraySegment(indexname)

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None) -> Any:
        """Not in use: ``ArrayTerms.matcher`` needs no file."""
        raise NotImplementedError

    per_document_writer = field_writer = postings_writer = postings_reader


class ArrayTerms(TermsReader):  # type: ignore[misc]  # untyped
    """Whoosh's view of the lexicons and postings."""

    def __init__(self, view: SegmentView) -> None:
        self._view = view

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._view.has(term[0]) and self._view.lexicon(term[0]).find(term[1]) >= 0

    def indexed_field_names(self) -> list[str]:
        """The fields in which some passage has something."""
        return [name for name in FIELDS if self._view.has(name)]

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Every term of every field."""
        return ((name, term) for name in sorted(self.indexed_field_names()) for term in self._view.lexicon(name))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """The terms of a field from this one on."""
        lexicon = self._view.lexicon(fieldname)
        return ((fieldname, lexicon[at]) for at in range(lexicon.bisect(prefix), len(lexicon)))

    def items(self) -> Iterator[tuple[tuple[str, bytes], Any]]:
        """Every term with its statistics."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Any]]:
        """The terms of a field from this one on, with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def cursor(self, fieldname: str, _fieldobj: Any) -> ArrayCursor:
        """A place in the terms of a field."""
        return ArrayCursor(self._view, fieldname)

    def term_info(self, fieldname: str, text: bytes) -> Any:
        """The statistics of a term. Raises KeyError."""
        number = self._view.lexicon(fieldname).find(text) if self._view.has(fieldname) else -1
        if number < 0:
            raise KeyError(f"{fieldname}:{text!r}")
        found = self._view.postings_of(fieldname, number)
        first, last, count = int(found.docs[0]), int(found.docs[-1]), len(found.docs)
        if found.codes is None:
            return TermInfo(float(count), count, 1, 1, 1.0, first, last)
        frequencies, lengths = found.frequencies(), LENGTHS[found.codes & 255]
        shortest, longest = int(lengths.min()), int(lengths.max())
        return TermInfo(float(frequencies.sum()), count, shortest, longest, float(frequencies.max()), first, last)

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often a term occurs. Raises KeyError."""
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """In how many passages, deleted ones too. Raises KeyError."""
        return int(self.term_info(fieldname, text).doc_frequency())

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        """The postings of a term, one after the other. Raises KeyError."""
        info = self.term_info(fieldname, text)
        found = self._view.postings_of(fieldname, self._view.lexicon(fieldname).find(text))
        weights = None if found.codes is None else found.frequencies().astype(float).tolist()
        values = self._values(fieldname, found, format_) if FIELDS[fieldname] == "places" else None
        return ListMatcher(found.docs.tolist(), weights, values, format_, scorer, term=(fieldname, text), terminfo=info)

    def _values(self, fieldname: str, found: Any, format_: Any) -> list[bytes]:
        owner, places = self._view.places(fieldname, found, np.arange(len(found.docs)))
        ends = np.cumsum(np.bincount(owner, minlength=len(found.docs)))
        return [format_.encode(one.tolist()) for one in np.split(places, ends[:-1])]


class ArrayCursor(FieldCursor):  # type: ignore[misc]  # untyped
    """Moves over the terms of a field."""

    def __init__(self, view: SegmentView, fieldname: str) -> None:
        self._lexicon = view.lexicon(fieldname)
        self._at = 0

    def text(self) -> str | None:
        """The term here, None behind the last."""
        return self._lexicon[self._at].decode() if self._at < len(self._lexicon) else None

    term = text

    def first(self) -> str | None:
        """Move to the first term."""
        self._at = 0
        return self.text()

    def find(self, string: bytes | str) -> str | None:
        """Move to the first term that is not before this one."""
        self._at = self._lexicon.bisect(string.encode() if isinstance(string, str) else string)
        return self.text()

    def next(self) -> str | None:
        """Move on by one term."""
        self._at += 1
        return self.text()


class ArrayDocuments(PerDocumentReader):  # type: ignore[misc]  # untyped
    """Whoosh's view of what is kept of each passage."""

    def __init__(self, view: SegmentView, segment: ArraySegment) -> None:
        self._view = view
        self._segment = segment

    def doc_count(self) -> int:
        """Passages not deleted."""
        return self._view.count - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        """Passages, deleted ones too."""
        return self._view.count

    def has_deletions(self) -> bool:
        """Whether any was deleted."""
        return self._segment.deleted_count() > 0

    def is_deleted(self, docnum: int) -> bool:
        """Whether this one was."""
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        """Which were."""
        return self._segment.deleted_docs()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Terms of a field, in Whoosh's approximation to one byte."""
        lengths = self._view.lengths(fieldname)
        return default if lengths is None else int(LENGTHS[lengths[docnum]])

    def field_length(self, fieldname: str) -> int:
        """Terms of a field in all passages, deleted ones too."""
        lengths = self._view.lengths(fieldname)
        return 0 if lengths is None else int(LENGTHS[lengths].sum())

    def min_field_length(self, fieldname: str) -> int:
        """Terms of the shortest."""
        lengths = self._view.lengths(fieldname)
        return 0 if lengths is None else int(LENGTHS[lengths.min()])

    def max_field_length(self, fieldname: str) -> int:
        """Terms of the longest."""
        lengths = self._view.lengths(fieldname)
        return 0 if lengths is None else int(LENGTHS[lengths.max()])

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Ids of a passage and its article."""
        return {
            "passage": bytes(self._view.passage_ids[docnum]).decode(),
            "owner": self._view.value("article", docnum),
        }
