"""Sources on the wire."""

from __future__ import annotations

from api.schemas.base import Text, WireSchema
from api.schemas.lists import ListQuerySchema, PageSchema
from api.schemas.outgoing import identifier, integer, nested, text


class SourceSchema(WireSchema):
    """An outlet or institution that publishes articles."""

    id = identifier("Id of the source.", "s")
    name = text("Its name.", "Le Courrier des Ports")
    url = text("Its home page.", "https://courrier.example", null=True)
    country = text("ISO 3166-1 alpha-2.", "FR", null=True)
    articles = integer("How many current articles it has.", 7)


class SourcePageSchema(PageSchema):
    """A page of sources."""

    items = nested(SourceSchema, "The sources.", many=True)


class SourceQuerySchema(ListQuerySchema):
    """Which sources to list."""

    q = Text(200, "What must stand in the name.", example="courrier")
