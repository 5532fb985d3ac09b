"""Full-text search: the index gives ids in order, the database gives the rows."""

from __future__ import annotations

from services.filters import SearchRequest
from services.views import SearchPage


class Search:
    """Search for passages."""

    def search(self, request: SearchRequest) -> SearchPage:
        """Passages, with highlights, citation, the facts in them, and facets.

        Raises InvalidQuery, InvalidCursor, IndexRebuilding.
        """
        raise NotImplementedError
