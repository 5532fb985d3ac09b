"""Which passages the filters of a search let through, as masks that are remembered with the segment."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date

import numpy as np

from search_index.grammar import Clause, Query
from search_index.query import BOILERPLATE, SearchFilters
from search_index.segment import Ints, Mask, SegmentView
from search_index.store import Part

_COLUMNS = ("source", "language", "kind")
_MOST = 16  # masks of a byte a passage that a segment remembers
_lock = threading.Lock()


def keep_mask(part: Part, filters: SearchFilters, query: Query) -> Mask | None:
    """The passages that were not deleted and that the filters let through; None for all."""
    if not filters.kinds and query.asks_for("kind", BOILERPLATE):
        return _made(part, filters, default_kinds=False)
    known: OrderedDict[SearchFilters, Mask | None] = part.__dict__.setdefault("_masks", OrderedDict())
    with _lock:
        if filters in known:
            known.move_to_end(filters)
            return known[filters]
    mask = _made(part, filters, default_kinds=not filters.kinds)
    with _lock:
        known[filters] = mask
        if len(known) > _MOST:
            known.popitem(last=False)
    return mask


def _made(part: Part, filters: SearchFilters, *, default_kinds: bool) -> Mask | None:
    view = part.view
    mask = part.live.copy()
    if default_kinds:
        mask &= ~_column_mask(view, "kind", (BOILERPLATE,))
    for column, wanted in (("kind", filters.kinds), ("source", filters.sources), ("language", filters.languages)):
        if wanted:
            mask &= _column_mask(view, column, wanted)
    for field, wanted in (("entity", filters.entities), ("article", filters.articles)):
        if wanted:
            mask &= _set_mask(view, field, wanted)
    _limit_days(view, mask, filters.published_from, filters.published_to)
    return None if mask.all() else mask


def keyword_documents(view: SegmentView, clause: Clause) -> Ints:
    """The passages that meet a clause on a keyword field."""
    if clause.field in _COLUMNS:
        return np.flatnonzero(_column_mask(view, clause.field, clause.values))
    return np.flatnonzero(_set_mask(view, clause.field, clause.values))


def _column_mask(view: SegmentView, column: str, wanted: Sequence[str]) -> Mask:
    numbers = [number for value in wanted if (number := view.number(column, value)) >= 0]
    codes = view.codes(column)
    mask: Mask = codes == numbers[0] if len(numbers) == 1 else np.isin(codes, numbers)
    return mask


def _set_mask(view: SegmentView, field: str, wanted: Sequence[str]) -> Mask:
    mask = np.zeros(view.count, dtype=np.bool_)
    for value in wanted:
        mask[view.documents(field, value)] = True
    return mask


def _limit_days(view: SegmentView, mask: Mask, first: date | None, last: date | None) -> None:
    days = view.numbers("day")
    if first is not None:
        mask &= days >= first.toordinal()
    if last is not None:
        mask &= (days <= last.toordinal()) & (days > 0)
