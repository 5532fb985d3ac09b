"""Entities: who and what is mentioned."""

from __future__ import annotations

from typing import Any

from api.context import newsroom
from api.lists import listed, page_request
from api.operations import Operations
from api.schemas.entity import EntityDetailSchema, EntityPageSchema, EntityQuerySchema
from services.filters import EntityFilters

entities = Operations("entities", __name__, url_prefix="/v1/entities", description="Who and what is mentioned.")


@entities.operation("GET", "", EntityPageSchema, query=EntityQuerySchema)
def list_entities(query: dict[str, Any]) -> object:
    """List entities

    Those that current articles mention, in order of their names.
    """
    page = page_request(query)
    return listed(newsroom().entities.page(EntityFilters(**query), page))


@entities.operation("GET", "/<identifier:entity_id>", EntityDetailSchema, problems=(404,))
def get_entity(_: dict[str, Any], entity_id: str) -> object:
    """Read an entity

    With the names that articles give it, what it stands for or what stands for it, and the articles.
    """
    return newsroom().entities.get(entity_id)
