"""Reads request bodies and query strings without repairing anything in them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NoReturn
from urllib.parse import unquote_to_bytes

import marshmallow as ma
from flask import Request
from webargs.flaskparser import FlaskParser
from werkzeug.http import parse_options_header

from api.context import context
from api.errors import (
    BAD_REQUEST,
    MEDIA_TYPE,
    TOO_LARGE,
    Problem,
    ProblemError,
    field_errors,
    invalid_fields,
    invalid_parameters,
)
from services.errors import FieldError
from services.strict_json import find_unacceptable, printable, read_json

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class StrictParser(FlaskParser):
    """webargs' parser, fed by the two readers below; unknown names are refused everywhere."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"json": ma.RAISE, "query": ma.RAISE}  # noqa: RUF012  # webargs' class attribute

    def load_json(self, req: Request, schema: ma.Schema) -> Any:  # noqa: ARG002  # webargs' signature
        """The body's JSON value."""
        return read_body(req)

    def load_querystring(self, req: Request, schema: ma.Schema) -> Any:
        """Each parameter once."""
        return read_query(req, schema)

    def handle_error(  # webargs passes a status and headers too, which do not matter here
        self,
        error: ma.ValidationError,
        req: Request,  # noqa: ARG002
        schema: ma.Schema,
        **_: Any,
    ) -> NoReturn:
        """Name what is wrong, by pointer or by parameter."""
        messages: Any = error.messages
        if "json" in messages:
            raise ProblemError(invalid_fields(field_errors(messages["json"])))
        found = {found.pointer.lstrip("/"): found.message for found in field_errors(messages["query"])}
        raise ProblemError(invalid_parameters({name: _meant(name, why, schema) for name, why in found.items()}))


def _meant(name: str, message: str, schema: ma.Schema) -> str:
    if name in schema.fields:
        return message
    near = difflib.get_close_matches(name, schema.fields, n=1)
    return f"There is no such parameter; did you mean {near[0]}?" if near else message


def read_body(request: Request) -> object:
    """The JSON value of the body. Raises ProblemError (413, 415, 422) or MalformedJson (400)."""
    _check_media_type(request)
    value = read_json(_read_bounded(request, context().settings.max_body_bytes))
    if unacceptable := find_unacceptable(value):
        raise ProblemError(invalid_fields([FieldError(found.pointer, found.message) for found in unacceptable]))
    return value


def _read_bounded(request: Request, limit: int) -> bytes:
    too_large = ProblemError(Problem(type=TOO_LARGE, detail=f"The body is larger than {limit} bytes."))
    if (request.content_length or 0) > limit:
        raise too_large
    # A body sent in chunks is cut at the maximum without an error, so one byte more than the limit is read.
    request.max_content_length = limit + 1
    raw = request.get_data(cache=False)
    if len(raw) > limit:
        raise too_large
    return raw


def _check_media_type(request: Request) -> None:
    kind, options = parse_options_header(request.headers.get("Content-Type", ""))
    if kind.lower() != "application/json":
        given = f"The body is {printable(kind)}" if kind else "The body's media type is not given"
        raise ProblemError(Problem(type=MEDIA_TYPE, detail=f"{given}; application/json is taken."))
    if options.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise ProblemError(Problem(type=MEDIA_TYPE, detail="JSON is taken in UTF-8 only."))
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise ProblemError(Problem(type=MEDIA_TYPE, detail="The body is taken without Content-Encoding only."))


def read_query(request: Request, schema: ma.Schema) -> Mapping[str, str]:
    """The query parameters. Raises ProblemError for bad UTF-8, control characters, and a parameter given twice."""
    try:
        unquote_to_bytes(request.query_string).decode("utf-8")
    except UnicodeDecodeError:
        raise ProblemError(Problem(type=BAD_REQUEST, detail="The query is not UTF-8 once unquoted.")) from None
    bad: dict[str, str] = {}
    places: list[int] = []
    for name, values in request.args.lists():
        found = [match.start() for match in map(_CONTROL.search, values) if match]
        if len(values) > 1 and name in schema.fields:
            bad[printable(name)] = "This is given more than once; send it once."
        elif found:
            bad[printable(name)] = "This has a control character in it; remove it."
            places.append(found[0])
    if bad:
        only = len(bad) == len(places) == 1
        raise ProblemError(replace(invalid_parameters(bad), extra={"position": places[0]} if only else {}))
    return request.args.to_dict()
