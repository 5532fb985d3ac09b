"""Pages of lists: a limit and an opaque cursor in, items, exact total and the next cursor out.

A cursor holds the sort key of the last item, so that a page never repeats or skips an item because of a write in
between; offsets would. It is bound to the query that it was made for by a hash, and everything read back from one is
checked: clients can send any bytes.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from services.errors import InvalidCursor, InvalidQuery

Item_co = TypeVar("Item_co", covariant=True)
Key = str | int | float | None

DEFAULT_LIMIT = 20
MAX_LIMIT = 100
_VERSION = 1
MAX_CURSOR = 5000
"""Characters of a cursor: room for the longest query's statistics and for any key that a list is ordered by."""
_INT64 = 2**63


@dataclass(frozen=True, slots=True)
class PageRequest:
    """How many items (1 to 100), and after which; None starts at the beginning. Raises InvalidQuery."""

    limit: int = DEFAULT_LIMIT
    cursor: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MAX_LIMIT:
            raise InvalidQuery(f"limit is a number from 1 to {MAX_LIMIT}", parameter="limit")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item_co]):
    """Some items of ``total``; ``next`` is the cursor of the page after this one, None on the last."""

    items: tuple[Item_co, ...]
    total: int
    next: str | None


def query_hash(*parts: object) -> str:
    """What binds a cursor to its query: filters (dataclasses), sort, and whatever else selects the items."""
    written = json.dumps([_plain(part) for part in parts], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(written.encode("ascii")).hexdigest()[:16]


def encode_cursor(bound_to: str, key: Sequence[Key]) -> str:
    """An opaque cursor (URL-safe) after the item whose sort key is ``key``."""
    written = json.dumps([_VERSION, bound_to, *key], separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return base64.urlsafe_b64encode(written.encode("utf-8")).decode("ascii").rstrip("=")


def decode_cursor(cursor: str, bound_to: str, shape: Sequence[tuple[type, ...]]) -> tuple[Key, ...]:
    """The sort key in a cursor. ``shape`` gives the types allowed at each place. Raises InvalidCursor."""
    values = _read(cursor)
    if len(values) != len(shape) + 2 or values[:2] != [_VERSION, bound_to]:
        raise InvalidCursor
    key = values[2:]
    if not all(type(value) in allowed and _in_range(value) for value, allowed in zip(key, shape, strict=True)):
        raise InvalidCursor
    return tuple(key)


def _read(cursor: str) -> list[Any]:
    if not cursor or len(cursor) > MAX_CURSOR or not cursor.isascii():
        raise InvalidCursor
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        values = json.loads(raw.decode("utf-8"))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise InvalidCursor from error
    if not isinstance(values, list):
        raise InvalidCursor
    return values


def _in_range(value: Key) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, int):
        return -_INT64 <= value < _INT64
    return not isinstance(value, str) or is_storable(value)


def is_storable(text: str) -> bool:
    """Whether a database takes the text: no U+0000 and no lone surrogate."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _plain(part: object) -> object:
    if dataclasses.is_dataclass(part) and not isinstance(part, type):
        return {name: _plain(value) for name, value in dataclasses.asdict(part).items() if value is not None}
    if isinstance(part, date):
        return part.isoformat()
    if isinstance(part, (list, tuple)):
        return [_plain(value) for value in part]
    return part
