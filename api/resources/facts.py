"""Facts: lists by every filter, and one by id."""

from __future__ import annotations

from typing import Any

from api.context import newsroom
from api.lists import listed, page_request
from api.operations import Operations
from api.schemas.fact import FactPageSchema, FactQuerySchema, FactSchema
from api.schemas.lists import SpanQuerySchema
from services.filters import FactFilters

facts = Operations("facts", __name__, url_prefix="/v1/facts", description="What articles state, with the evidence.")


@facts.operation("GET", "", FactPageSchema, query=FactQuerySchema)
def list_facts(query: dict[str, Any]) -> object:
    """List facts

    Of current articles. Without `sort`, best first when `q` is given, else newest first.
    """
    query.pop("offset_unit")
    page, sort = page_request(query), query.pop("sort", None)
    return listed(newsroom().facts.page(FactFilters(**query), page, sort))


@facts.operation("GET", "/<identifier:fact_id>", FactSchema, query=SpanQuerySchema, problems=(404, 410))
def get_fact(_: dict[str, Any], fact_id: str) -> object:
    """Read a fact

    Also one of a superseded revision; its citation says so.
    """
    return newsroom().facts.get(fact_id)
