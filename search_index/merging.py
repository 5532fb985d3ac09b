"""Several segments made one, by arrays: terms in their order, passages renumbered, deleted ones left out.

A field is merged a range of terms at a time, so that memory is bounded by ``CHUNK`` and the lexicons, whatever the
size of the segments.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search_index.arrays import Array, ArrayWriter
from search_index.builder import id_arrays, smallest
from search_index.layout import CODED, FIELDS, NUMBERS, SKETCH
from search_index.segment import Ints, Lexicon, Mask, SegmentView

CHUNK = 1 << 20
"""Postings that are in memory at a time, some 60 bytes each."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment to merge: ``live`` are its passages that stay."""

    view: SegmentView
    live: Mask


@dataclass(slots=True)
class _Source:
    """A field of one piece: what its terms are in the merged lexicon, and what is left of each."""

    view: SegmentView
    live: Mask
    renumbered: Ints
    starts: Ints
    terms: Ints
    counts: Ints
    occurrences: Ints


def merge(pieces: Sequence[Piece], out: ArrayWriter) -> int:
    """Write the arrays of the merged segment; how many passages it has."""
    live = [np.flatnonzero(piece.live) for piece in pieces]
    renumbered, base = [], 0
    for piece, kept in zip(pieces, live, strict=True):
        numbers = np.full(len(piece.live), -1, dtype=np.int64)
        numbers[kept] = np.arange(base, base + len(kept))
        renumbered.append(numbers)
        base += len(kept)
    ids = np.concatenate([piece.view.passage_ids[kept] for piece, kept in zip(pieces, live, strict=True)])
    for name, values in id_arrays(ids).items():
        out.put(name, values)
    for name in ("fingerprint.ids", *NUMBERS):
        out.put(name, np.concatenate([piece.view.file[name][kept] for piece, kept in zip(pieces, live, strict=True)]))
    sketches = [piece.view.sketches[kept] for piece, kept in zip(pieces, live, strict=True)]
    out.put("sketch", np.concatenate(sketches).reshape(base * SKETCH))
    for name in CODED:
        _merge_column(name, pieces, live, out)
    for name in FIELDS:
        _merge_lengths(name, pieces, live, out)
        _merge_field(name, pieces, renumbered, out)
    return base


def _merge_column(name: str, pieces: Sequence[Piece], live: Sequence[Ints], out: ArrayWriter) -> None:
    used = []
    for piece, kept in zip(pieces, live, strict=True):
        lexicon, present = piece.view.lexicon(name), np.unique(piece.view.codes(name)[kept])
        used.append({int(number): lexicon[int(number)] for number in present})
    terms = sorted({term for one in used for term in one.values()})
    number = {term: at for at, term in enumerate(terms)}
    columns = []
    for piece, kept, one in zip(pieces, live, used, strict=True):
        mapped = np.zeros(len(piece.view.lexicon(name)), dtype=np.int64)
        mapped[list(one)] = [number[term] for term in one.values()]
        columns.append(mapped[piece.view.codes(name)[kept]])
    out.put(f"{name}.column", smallest(np.concatenate(columns)))
    if name not in FIELDS:  # else its postings bring the same lexicon
        _put_lexicon(name, terms, out)


def _put_lexicon(name: str, terms: Sequence[bytes], out: ArrayWriter) -> None:
    out.put(f"{name}.words", np.frombuffer(b"".join(terms), dtype=np.uint8))
    out.put(f"{name}.ends", smallest(np.cumsum([len(term) for term in terms], dtype=np.int64)))


def _merge_lengths(name: str, pieces: Sequence[Piece], live: Sequence[Ints], out: ArrayWriter) -> None:
    found = [piece.view.lengths(name) for piece in pieces]
    if any(one is not None for one in found):
        parts = [
            np.zeros(len(kept), dtype=np.uint8) if one is None else one[kept]
            for one, kept in zip(found, live, strict=True)
        ]
        out.put(f"{name}.lengths", np.concatenate(parts))


def _merge_field(name: str, pieces: Sequence[Piece], renumbered: Sequence[Ints], out: ArrayWriter) -> None:
    having = [(piece, numbers) for piece, numbers in zip(pieces, renumbered, strict=True) if piece.view.has(name)]
    if not having:
        return
    terms, mapped = merge_lexicons([piece.view.lexicon(name) for piece, _ in having])
    sources = [_source(name, piece, numbers, own) for (piece, numbers), own in zip(having, mapped, strict=True)]
    counts, occurrences = np.zeros(len(terms), dtype=np.int64), np.zeros(len(terms), dtype=np.int64)
    for source in sources:
        counts[source.terms] += source.counts
        occurrences[source.terms] += source.occurrences
    kept = np.flatnonzero(counts)
    if len(kept):
        _put_lexicon(name, terms if len(kept) == len(terms) else [terms[int(at)] for at in kept], out)
        out.put(f"{name}.starts", smallest(np.append(0, np.cumsum(counts[kept]))))
        _reserve(name, sources, int(counts.sum()), int(occurrences.sum()), out)
        if FIELDS[name] == "places":
            out.put(f"{name}.place_starts", smallest(np.append(0, np.cumsum(occurrences[kept]))))
        for first, last in _ranges(counts):
            _merge_terms(name, sources, first, last, out)
            for source in sources:  # else all that is merged would count as this process's memory
                source.view.file.release()


def merge_lexicons(lexicons: Sequence[Lexicon]) -> tuple[list[bytes], list[Ints]]:
    """The terms of all in their order, and for each lexicon what its terms are among them.

    They are read side by side: all terms of all segments at once would be most of a merge's memory.
    """
    terms: list[bytes] = []
    mapped = [array("q") for _ in lexicons]
    for term, owner in heapq.merge(*(_owned(lexicon, at) for at, lexicon in enumerate(lexicons))):
        if not terms or terms[-1] != term:
            terms.append(term)
        mapped[owner].append(len(terms) - 1)
    return terms, [np.frombuffer(one, dtype=np.int64) for one in mapped]


def _owned(lexicon: Lexicon, owner: int) -> Iterator[tuple[bytes, int]]:
    return ((term, owner) for term in lexicon)


def _source(name: str, piece: Piece, renumbered: Ints, terms: Ints) -> _Source:
    file = piece.view.file
    starts = file[f"{name}.starts"].astype(np.int64)
    counts: Ints = starts[1:] - starts[:-1]
    occurrences: Ints = np.zeros(len(terms), dtype=np.int64)
    whole = bool(piece.live.all())
    if FIELDS[name] == "places" and whole:
        bounds = file[f"{name}.place_starts"].astype(np.int64)
        occurrences = bounds[1:] - bounds[:-1]
    elif not whole:
        for first, last in _ranges(counts):
            begin, end = int(starts[first]), int(starts[last])
            stays = piece.live[file[f"{name}.docs"][begin:end]]
            own = starts[first:last] - begin
            counts[first:last] = np.add.reduceat(stays.astype(np.int64), own)
            if FIELDS[name] == "places":
                frequencies = (file[f"{name}.codes"][begin:end] >> 8).astype(np.int64)
                occurrences[first:last] = np.add.reduceat(frequencies * stays, own)
    return _Source(piece.view, piece.live, renumbered, starts, terms, counts, occurrences)


def _reserve(name: str, sources: Sequence[_Source], postings: int, occurrences: int, out: ArrayWriter) -> None:
    out.reserve(f"{name}.docs", np.uint32, postings)
    if FIELDS[name] != "set":
        out.reserve(f"{name}.codes", max(s.view.file.dtype(f"{name}.codes") for s in sources), postings)
    if FIELDS[name] == "places":
        out.reserve(f"{name}.places", max(s.view.file.dtype(f"{name}.places") for s in sources), occurrences)


def _ranges(counts: Ints) -> Iterator[tuple[int, int]]:
    """Cut the terms into ranges of about CHUNK postings."""
    ends = np.cumsum(counts)
    first = 0
    while first < len(counts):
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + CHUNK, side="right")))
        yield first, last
        first = last


def _merge_terms(name: str, sources: Sequence[_Source], first: int, last: int, out: ArrayWriter) -> None:
    """Merge the postings of a range of the merged terms."""
    parts = [_slice(name, source, first, last) for source in sources]
    terms = np.concatenate([part.terms for part in parts])
    order = np.argsort(terms, kind="stable")  # a piece's passages come before those of the next
    out.append(f"{name}.docs", np.concatenate([part.docs for part in parts])[order])
    if FIELDS[name] == "set":
        return
    codes = np.concatenate([part.codes for part in parts])
    out.append(f"{name}.codes", codes[order])
    if FIELDS[name] == "places":
        frequencies = (codes >> 8).astype(np.int64)
        begins = (np.cumsum(frequencies) - frequencies)[order]
        counts = frequencies[order]
        within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        places = np.concatenate([part.places for part in parts])
        out.append(f"{name}.places", places[np.repeat(begins, counts) + within])


@dataclass(frozen=True, slots=True)
class _Slice:
    terms: Ints
    docs: Ints
    codes: Array
    places: Array


def _slice(name: str, source: _Source, first: int, last: int) -> _Slice:
    """What stays of a piece's postings of a range of the merged terms, in its own order."""
    file = source.view.file
    low, high = (int(at) for at in np.searchsorted(source.terms, (first, last)))
    begin, end = int(source.starts[low]), int(source.starts[high])
    docs = source.renumbered[file[f"{name}.docs"][begin:end]]
    stays = docs >= 0
    terms = np.repeat(source.terms[low:high], np.diff(source.starts[low : high + 1]))[stays]
    codes: Array = np.zeros(0, dtype=np.uint16)
    places: Array = np.zeros(0, dtype=np.uint8)
    if FIELDS[name] != "set":
        codes = file[f"{name}.codes"][begin:end]
        if FIELDS[name] == "places":
            bounds = file[f"{name}.place_starts"]
            places = file[f"{name}.places"][int(bounds[low]) : int(bounds[high])]
            if not stays.all():
                places = places[_each(stays, codes)]
        codes = codes[stays]
    return _Slice(terms, docs[stays], codes, places)


def _each(stays: Mask, codes: Array) -> NDArray[np.bool_]:
    return np.repeat(stays, (codes >> 8).astype(np.int64))
