"""Sources: the outlets and institutions whose articles are here."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from extraction.identity import fold
from models import Article, Source
from services.errors import NotFound
from services.keyset import Order, fetch_page
from services.paging import Page, PageRequest, query_hash
from services.transactions import Transactions
from services.views import SourceView

_ORDER = Order(Source.name_folded, (Source.id,))


class Sources:
    """Reads of sources."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def page(self, page: PageRequest, q: str | None = None) -> Page[SourceView]:
        """Sources in order of their names, with counts of current articles; ``q`` must stand in the name.

        Raises InvalidCursor.
        """
        selected = select(Source)
        if q is not None:
            selected = selected.where(Source.name_folded.contains(fold(q), autoescape=True))
        with self._transactions.reading() as session:
            total = session.scalar(selected.with_only_columns(func.count(), maintain_column_froms=True)) or 0
            found, following = fetch_page(session, selected, _ORDER, page, query_hash("sources", q))
            return Page(tuple(_views(session, found)), total, following)

    def get(self, source_id: str) -> SourceView:
        """A source. Raises NotFound."""
        with self._transactions.reading() as session:
            source = session.get(Source, source_id)
            if source is None:
                raise NotFound("source", source_id)
            return _views(session, [source])[0]


def _views(session: Session, sources: Sequence[Source]) -> list[SourceView]:
    """Sources with their counts: one query."""
    statement = (
        select(Article.source_id, func.count())
        .where(Article.source_id.in_([source.id for source in sources]), Article.status == "current")
        .group_by(Article.source_id)
    )
    counts = {source_id: n for source_id, n in session.execute(statement)}  # noqa: C416 - rows are no pairs to mypy
    return [
        SourceView(id=s.id, name=s.name, url=s.url, country=s.country, articles=counts.get(s.id, 0)) for s in sources
    ]
