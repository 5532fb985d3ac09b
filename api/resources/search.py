"""Full-text search for passages."""

from __future__ import annotations

from typing import Any

from api.context import newsroom
from api.lists import listed
from api.operations import Operations
from api.schemas.search import SearchPageSchema, SearchQuerySchema
from services.filters import SearchRequest

search = Operations("search", __name__, url_prefix="/v1/search", description="Passages by their words.")


@search.operation("GET", "", SearchPageSchema, query=SearchQuerySchema)
def search_passages(query: dict[str, Any]) -> object:
    """Search passages

    With highlights, citations, the facts in each passage, and facets. Accents and case do not matter in French.
    Boilerplate is left out unless `passage_kind=boilerplate`.
    """
    query.pop("offset_unit")
    return listed(newsroom().search.search(SearchRequest(**query)))
