"""Ordered pages straight from the database, by the keys of the last item seen (https://use-the-index-luke.com/no-offset).

An order is one column, up or down, and ties that make it total. Rows without a value come last either way: they are
a second, separate walk, so that both walks run along an index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, or_, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from services.paging import Key, PageRequest, decode_cursor, encode_cursor

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Order:
    """``column`` first, then ``ties``, which ascend; the last tie is unique. ``nullable`` says the column may be.

    ``by_score``: the first place is a score that the index gave, and ``column`` only lends its type.
    """

    column: InstrumentedAttribute[Any]
    ties: tuple[InstrumentedAttribute[Any], ...]
    descending: bool = False
    nullable: bool = False
    by_score: bool = False

    @property
    def shape(self) -> list[tuple[type, ...]]:
        """The types that a cursor may hold at each place."""
        shape = [_types(column) for column in (self.column, *self.ties)]
        return [(*shape[0], type(None)), *shape[1:]] if self.nullable else shape

    def key(self, row: object) -> tuple[Key, ...]:
        """The sort key of a row."""
        return tuple(getattr(row, column.key) for column in (self.column, *self.ties))


def fetch_page(
    session: Session, statement: Select[Row], order: Order, page: PageRequest, bound_to: str
) -> tuple[list[Row], str | None]:
    """The rows of a page and the cursor of the next. ``statement`` selects one mapped class and has no order."""
    after = None if page.cursor is None else decode_cursor(page.cursor, bound_to, order.shape)
    rows = fetch(session, statement, order, after, page.limit + 1)
    more = len(rows) > page.limit
    rows = rows[: page.limit]
    return rows, encode_cursor(bound_to, order.key(rows[-1])) if more else None


def fetch(session: Session, statement: Select[Row], order: Order, after: Sequence[Key] | None, limit: int) -> list[Row]:
    """At most ``limit`` rows after the key ``after``."""
    rows: list[Row] = []
    if after is None or after[0] is not None:
        rows += session.scalars(_known(statement, order, after).limit(limit))
    if order.nullable and len(rows) < limit:
        rows += session.scalars(_unknown(statement, order, after).limit(limit - len(rows)))
    return rows


def sort_in_memory(keys: Sequence[tuple[Key, ...]], *, descending: bool) -> list[int]:
    """Positions of ``keys`` in the order that ``fetch`` gives: first place up or down, None last, the rest up."""
    by_ties = sorted(range(len(keys)), key=lambda at: keys[at][1:])
    known = [at for at in by_ties if keys[at][0] is not None]
    known.sort(key=lambda at: keys[at][0], reverse=descending)  # type: ignore[arg-type, return-value]  # never None
    return known + [at for at in by_ties if keys[at][0] is None]


def slice_in_memory(
    keys: Sequence[tuple[Key, ...]], order: Order, after: tuple[Key, ...] | None, limit: int
) -> tuple[list[int], bool]:
    """As ``fetch``, for rows whose keys are all in memory: positions of the page's rows, and whether more follow."""
    if after is None:
        places = sort_in_memory(keys, descending=order.descending)
    else:
        # The item itself may be gone; what follows its place is still the same.
        probe = sort_in_memory([*keys, after], descending=order.descending)
        places = [at for at in probe[probe.index(len(keys)) + 1 :] if keys[at] != after]
    return places[:limit], len(places) > limit


def _known(statement: Select[Row], order: Order, after: Sequence[Key] | None) -> Select[Row]:
    column = order.column
    if order.nullable:
        statement = statement.where(column.is_not(None))
    if after is not None:
        past = column < after[0] if order.descending else column > after[0]
        # The first condition says nothing new; it lets the database enter its index at the right place.
        at_least = column <= after[0] if order.descending else column >= after[0]
        statement = statement.where(at_least, or_(past, and_(column == after[0], _past(order, after[1:]))))
    return statement.order_by(column.desc() if order.descending else column.asc(), *order.ties)


def _unknown(statement: Select[Row], order: Order, after: Sequence[Key] | None) -> Select[Row]:
    statement = statement.where(order.column.is_(None))
    if after is not None and after[0] is None:
        statement = statement.where(_past(order, after[1:]))
    return statement.order_by(*order.ties)


def _past(order: Order, key: Sequence[Key]) -> ColumnElement[bool]:
    if len(order.ties) == 1:
        return order.ties[0] > key[0]
    return tuple_(*order.ties) > tuple_(*key)


def _types(column: InstrumentedAttribute[Any]) -> tuple[type, ...]:
    python_type = column.type.python_type
    return (int, float) if python_type is float else (python_type,)
