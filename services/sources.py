"""Sources: the outlets and institutions whose articles are here."""

from __future__ import annotations

from services.paging import Page, PageRequest
from services.views import SourceView


class Sources:
    """Reads of sources."""

    def page(self, page: PageRequest, q: str | None = None) -> Page[SourceView]:
        """Sources in order of their names, with counts of current articles; ``q`` must stand in the name.

        Raises InvalidCursor.
        """
        raise NotImplementedError

    def get(self, source_id: str) -> SourceView:
        """A source. Raises NotFound."""
        raise NotImplementedError
