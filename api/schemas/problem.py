"""The shape of every error: RFC 9457."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.base import WireSchema
from api.schemas.outgoing import nested, text


class ProblemErrorSchema(WireSchema):
    """One thing that is wrong: a field (`pointer`), a query parameter (`parameter`) or a header (`header`)."""

    pointer = text("JSON pointer (RFC 6901) to the field.", "/published_at", required=False)
    parameter = text("Name of the query parameter.", "limit", required=False)
    header = text("Name of the header.", "If-Match", required=False)
    message = text("What is wrong with it, and the remedy.", "There is no such day: day is out of range for month.")


class ProblemSchema(WireSchema):
    """What went wrong, and what to do about it (RFC 9457)."""

    type = text("Which kind of problem; the address describes it.", "/problems/invalid-fields")
    title = text("The kind of problem in words.", "Some fields cannot be taken")
    status = fields.Integer(
        required=True, metadata={"description": "The HTTP status.", "minimum": 400, "maximum": 599, "examples": [422]}
    )
    detail = text("What went wrong this time.", "1 field cannot be taken.")
    instance = text("The path that was asked for.", "/v1/articles")
    hint = text("What to do now.", "Correct the fields listed and send the request again.", required=False)
    errors = nested(ProblemErrorSchema, "Each thing that is wrong.", many=True, required=False)
    position = fields.Integer(
        metadata={"description": "Where the query or the JSON text fails, in characters from 0.", "minimum": 0}
    )
    article = text("Id of the withdrawn article.", "a-4mqz2k7vvh3c5e6xk2m7ya4rde", required=False)
    citation = text("Id of the citation of a withdrawn article.", "f-4mqz2k7vvh3c5e6xk2m7ya4rde", required=False)
    withdrawn_at = text("When the article was withdrawn.", "2025-03-20T09:00:00Z", required=False)
    request_id = text("Quote it when you report the problem.", "0f4c1d5e9f0b4d6fa1b3c5d7e9f01234")


class ProblemTypeSchema(WireSchema):
    """A kind of problem."""

    type = text("Its address.", "/problems/invalid-fields")
    title = text("The kind of problem in words.", "Some fields cannot be taken")
    status = fields.Integer(required=True, metadata={"description": "The HTTP status.", "examples": [422]})
    hint = text("What to do about it.", "Correct the fields listed and send the request again.")


class ProblemTypeListSchema(WireSchema):
    """All kinds of problems."""

    items = nested(ProblemTypeSchema, "The kinds.", many=True)
