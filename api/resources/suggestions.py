"""Completion of words and names while somebody types."""

from __future__ import annotations

from typing import Any

from api.context import newsroom
from api.operations import Operations
from api.schemas.suggestion import SuggestionsSchema, SuggestQuerySchema
from services.filters import SuggestRequest

suggestions = Operations(
    "suggestions", __name__, url_prefix="/v1/suggest", description="Words and names while somebody types."
)


@suggestions.operation("GET", "", SuggestionsSchema, query=SuggestQuerySchema)
def suggest(query: dict[str, Any]) -> object:
    """Complete a query

    Words of passages that begin as the last word of `q`, and entities with a name, in any spelling, that begins as
    its last words or has a word that does. Tool words and words of boilerplate alone are left out.
    """
    return newsroom().suggestions.suggest(SuggestRequest(**query))
