"""Sources: who publishes."""

from __future__ import annotations

from typing import Any

from api.context import newsroom
from api.lists import listed, page_request
from api.operations import Operations
from api.schemas.source import SourcePageSchema, SourceQuerySchema

sources = Operations("sources", __name__, url_prefix="/v1/sources", description="Outlets and institutions.")


@sources.operation("GET", "", SourcePageSchema, query=SourceQuerySchema)
def list_sources(query: dict[str, Any]) -> object:
    """List sources

    In order of their names, with how many current articles each has.
    """
    page = page_request(query)
    return listed(newsroom().sources.page(page, query.get("q")))
