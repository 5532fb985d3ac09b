"""The whole collection, streamed."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select, tuple_

from models import Fact
from services.presenting import fact_views
from services.transactions import Transactions
from services.views import Json
from services.wire import fact_to_wire

_CHUNK = 500
_PLACE = (Fact.article_id, Fact.evidence_start, Fact.id)


class Export:
    """Exports."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def facts(self) -> Iterator[Json]:
        """Current facts in the wire shape with their ``citation``, by article id and place in the text.

        Read in chunks, each its own snapshot, so that writes go on meanwhile.
        """
        statement = select(Fact).where(Fact.current).order_by(*_PLACE).limit(_CHUNK)
        after: tuple[str, int, str] | None = None
        while True:
            with self._transactions.reading() as session:
                chunk = statement if after is None else statement.where(tuple_(*_PLACE) > tuple_(*after))
                facts = list(session.scalars(chunk))
                views = fact_views(session, facts)
            yield from (fact_to_wire(view) for view in views)
            if len(facts) < _CHUNK:
                return
            last = facts[-1]
            after = (last.article_id, last.evidence_start, last.id)
