"""What all lists share: paging parameters in, ``items``, ``total`` and ``next`` out, and the common filters."""

from __future__ import annotations

from api.schemas.base import Choice, Parsed, QuerySchema, Text, WireSchema, day, whole_number
from api.schemas.outgoing import integer, text
from services.paging import DEFAULT_LIMIT, MAX_CURSOR, MAX_LIMIT

OFFSET_UNITS = ("codepoint", "utf16")


class EmptyQuerySchema(QuerySchema):
    """No parameters."""


class SpanQuerySchema(QuerySchema):
    """What can be asked of a response that carries spans."""

    offset_unit = Choice(
        OFFSET_UNITS,
        "What `start` and `end` count: Unicode code points, or the UTF-16 code units of JavaScript strings.",
        load_default="codepoint",
    )


class ListQuerySchema(QuerySchema):
    """Which page of a list."""

    limit = whole_number("How many items at most.", 1, MAX_LIMIT, DEFAULT_LIMIT)
    cursor = Text(
        MAX_CURSOR,
        "The `next` of the page before; only with the same parameters as there.",
        pattern="^[A-Za-z0-9_-]+$",
    )


class SpanListQuerySchema(ListQuerySchema, SpanQuerySchema):
    """Which page of a list whose items carry spans."""


class PageSchema(WireSchema):
    """A page of a list."""

    total = integer("How many items match in all.", 41)
    next = text("The cursor of the next page; null on the last.", null=True)


def source_filter() -> Text:
    """The filter by source."""
    return Text(200, "Id, host or name of a source.", example="courrier.example")


def published_from() -> Parsed:
    """The filter by first day of publication."""
    return day("First day of publication, in the source's own time zone.")


def published_to() -> Parsed:
    """The filter by last day of publication."""
    return day("Last day of publication, included.")
