"""Entities: who and what current articles mention."""

from __future__ import annotations

from services.filters import EntityFilters
from services.paging import Page, PageRequest
from services.views import EntityDetail, EntityView


class Entities:
    """Reads of entities."""

    def page(self, filters: EntityFilters, page: PageRequest) -> Page[EntityView]:
        """Entities that a current article mentions, in order of their names. Raises InvalidQuery, InvalidCursor."""
        raise NotImplementedError

    def get(self, entity_id: str) -> EntityDetail:
        """An entity with its names and articles. Raises NotFound, also when no current article mentions it."""
        raise NotImplementedError
