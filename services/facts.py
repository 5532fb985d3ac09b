"""Facts: lists by every filter of the contract, and one by id."""

from __future__ import annotations

from services.filters import FactFilters
from services.paging import Page, PageRequest
from services.views import FactView


class Facts:
    """Reads of current facts."""

    def page(self, filters: FactFilters, page: PageRequest, sort: str | None = None) -> Page[FactView]:
        """Facts that pass the filters.

        ``sort`` is one of FACT_SORTS. "score" is best first and needs ``q``; the others ascend. ``-`` turns each
        round; what has no date or time comes last either way. None means "score" with ``q``, else "-published_at".
        Raises InvalidQuery, InvalidCursor, IndexRebuilding (with ``q`` only).
        """
        raise NotImplementedError

    def get(self, fact_id: str) -> FactView:
        """A fact, current or superseded. Raises NotFound, Withdrawn."""
        raise NotImplementedError
