"""Where words stand one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from search_index.plan import Leaf
from search_index.segment import Check, Ints, Mask, Postings, SegmentView

Documents = NDArray[np.uint32]
Number = TypeVar("Number", bound=np.integer[Any])

_PLACE_BITS = 32
"""More than a word's place in a passage needs."""


def having(view: SegmentView, leaf: Leaf) -> list[Postings]:
    """The postings of those terms of a leaf that the segment has."""
    return [found for term in leaf.terms if (found := view.postings(leaf.field, term)) is not None]


def documents(found: Sequence[Postings]) -> Documents:
    """The passages with any of some terms, ascending."""
    if not found:
        return np.zeros(0, dtype=np.uint32)
    if len(found) == 1:
        return found[0].docs
    return union([one.docs for one in found])


def union(lists: Sequence[NDArray[Number]]) -> NDArray[Number]:
    """What is in any of some ascending lists, ascending. (``numpy.unique`` hashes: fifty times slower on these.)"""
    together = np.concatenate(lists)
    together.sort(kind="stable")  # which finds the runs that are in order already
    return _distinct(together)


def intersect(lists: Sequence[Ints | Documents], count: int) -> Ints:
    """What all ascending lists of passages have in common; ``count`` is above every number."""
    first, *others = sorted(lists, key=len)
    for other in others:
        if not len(first):
            break
        first = first[contains(other, first, count)]
    return first.astype(np.int64)


def contains(numbers: Ints | Documents, wanted: Ints | Documents, count: int) -> Mask:
    """Which of the wanted are among ascending numbers."""
    if not len(numbers):
        return np.zeros(len(wanted), dtype=np.bool_)
    if _is_quicker_searched(len(wanted), len(numbers), count):
        return _among(numbers, wanted)
    marked = np.zeros(count, dtype=np.bool_)
    marked[numbers] = True
    return marked[wanted]


def in_order(view: SegmentView, leaves: Sequence[Leaf], check: Check) -> Ints:
    """The passages in which a word of each leaf follows one of the leaf before, ascending."""
    found = [having(view, leaf) for leaf in leaves]
    owners = [documents(one) for one in found]
    check()
    candidates = intersect(owners, view.count)
    starts: Ints | None = None
    for offset in sorted(range(len(leaves)), key=lambda at: len(owners[at])):
        if not len(candidates):
            break
        check()
        own = [_keys(view, leaves[offset].field, one, candidates) - offset for one in found[offset]]
        keys = own[0] if len(own) == 1 else union(own)
        starts = keys if starts is None else _common(keys, starts)
        candidates = _distinct(starts >> _PLACE_BITS)
    return candidates


def _is_quicker_searched(wanted: int, numbers: int, count: int) -> bool:
    """Whether to search a list for some of its numbers, rather than to read it and mark them among so many."""
    return wanted * max(numbers, 2).bit_length() < numbers + count // 8


def _among(numbers: Ints | Documents, wanted: Ints | Documents) -> Mask:
    """Which of the wanted are among ascending numbers, by searching."""
    # Of one type: else numpy would turn the longer list into the other's.
    at = np.minimum(np.searchsorted(numbers, wanted.astype(numbers.dtype)), len(numbers) - 1)
    equal: Mask = numbers[at] == wanted
    return equal


def _distinct(ascending: NDArray[Number]) -> NDArray[Number]:
    new = np.ones(len(ascending), dtype=np.bool_)
    new[1:] = ascending[1:] != ascending[:-1]
    return ascending[new]


def _keys(view: SegmentView, field: str, postings: Postings, candidates: Ints) -> Ints:
    """Passage and place of every occurrence in the candidates, as one number, ascending.

    Places begin in the middle of their range: a start before the first word is then no place of another passage.
    """
    at = _places_of(postings.docs, candidates, view.count)
    owner, places = view.places(field, postings, at)
    owners = postings.docs[at].astype(np.int64)
    return (owners << _PLACE_BITS)[owner] + (places + (1 << (_PLACE_BITS - 1)))


def _places_of(docs: Documents, candidates: Ints, count: int) -> Ints:
    """Which of some passages, ascending, are among the candidates."""
    if _is_quicker_searched(len(candidates), len(docs), count):
        at = np.minimum(np.searchsorted(docs, candidates.astype(docs.dtype)), len(docs) - 1)
        found: Ints = at[docs[at] == candidates]
        return found
    marked = np.zeros(count, dtype=np.bool_)
    marked[candidates] = True
    inside: Ints = np.flatnonzero(marked[docs])
    return inside


def _common(one: Ints, other: Ints) -> Ints:
    """What two ascending lists have in common."""
    small, big = sorted((one, other), key=len)
    if _is_quicker_searched(len(small), len(big), 0):
        found: Ints = small[_among(big, small)]
        return found
    together: Ints = np.concatenate([small, big])
    together.sort(kind="stable")  # merges two runs
    twice: Mask = together[1:] == together[:-1]
    return together[:-1][twice]
