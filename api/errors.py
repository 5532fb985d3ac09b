"""The one table from exceptions to problems (RFC 9457), for every route and, by the command line, for every line.

Nothing here needs a running application. Shape of the idea: inveniosoftware/invenio-records-resources,
``resources/errors.py``.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from services import errors as service
from services.errors import FieldError
from services.strict_json import MalformedJson, pointer_to

Json = dict[str, Any]
_MAX_ERRORS = 50


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of problem: the last part of its address, its status, its title and what to do about it."""

    name: str
    status: int
    title: str
    hint: str

    @property
    def address(self) -> str:
        """Where it is described."""
        return f"/problems/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem. ``errors`` are the members of the same name, ``extra`` further members, ``headers`` HTTP's."""

    type: ProblemType
    detail: str
    errors: Sequence[Json] = ()
    extra: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def to_wire(self, instance: str, request_id: str) -> Json:
        """The JSON object."""
        kind = self.type
        wire: Json = {"type": kind.address, "title": kind.title, "status": kind.status, "detail": self.detail}
        wire |= {"instance": instance, "hint": kind.hint, "request_id": request_id, **self.extra}
        return {**wire, "errors": list(self.errors[:_MAX_ERRORS])} if self.errors else wire


class ProblemError(Exception):
    """Raised by the API itself, where no service is asked."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


_SEE = "See /openapi.yaml or /docs for what can be sent."
BAD_REQUEST = ProblemType("bad-request", 400, "The request cannot be understood", _SEE)
MALFORMED_JSON = ProblemType(
    "malformed-json",
    400,
    "The body is no JSON",
    "Send one JSON value in UTF-8, at most 32 levels deep.",
)
NOT_FOUND = ProblemType("not-found", 404, "There is no such thing", "Check the id; GET / links what there is.")
METHOD_NOT_ALLOWED = ProblemType(
    "method-not-allowed", 405, "The method does not exist here", "Use one of the methods in the Allow header."
)
NOT_ACCEPTABLE = ProblemType(
    "not-acceptable", 406, "None of the accepted forms exists", "Accept one of the forms that the detail names."
)
WITHDRAWN = ProblemType(
    "withdrawn", 410, "The article was withdrawn", "Do not quote it any longer; its text is not given out."
)
STALE = ProblemType(
    "precondition-failed", 412, "The article has changed", "Read it again and repeat the change with the new ETag."
)
TOO_LARGE = ProblemType("too-large", 413, "The body is too large", "Send less at a time.")
MEDIA_TYPE = ProblemType(
    "unsupported-media-type", 415, "The body's media type is not taken", "Send Content-Type: application/json."
)
INVALID_FIELDS = ProblemType(
    "invalid-fields", 422, "Some fields cannot be taken", "Correct the fields listed and send the request again."
)
INVALID_PARAMETERS = ProblemType(
    "invalid-parameters", 422, "Some parameters cannot be taken", "Correct the parameters listed; none is guessed."
)
INVALID_CURSOR = ProblemType(
    "invalid-cursor", 422, "The cursor does not belong here", "Start again without a cursor, with the same parameters."
)
UNREADABLE = ProblemType(
    "unreadable-content", 422, "The content cannot be read", "Send the article's text instead of the page."
)
IF_MATCH = ProblemType(
    "precondition-required", 428, "If-Match is missing", "Read the article and send its ETag as If-Match."
)
INTERNAL = ProblemType(
    "internal-error", 500, "Something broke here", "It is not your fault; report it with the request id."
)
NOT_READY = ProblemType("not-ready", 503, "The server is not ready", "Ask again after the seconds in Retry-After.")
REBUILDING = ProblemType(
    "index-rebuilding", 503, "The index is being rebuilt", "Ask again after the seconds in Retry-After."
)
UNAVAILABLE = ProblemType(
    "database-unavailable", 503, "The database does not answer", "Ask again after the seconds in Retry-After."
)
STORAGE_FULL = ProblemType(
    "storage-full", 507, "The disk is full", "Nothing was written; send the request again once there is room."
)

PROBLEM_TYPES: tuple[ProblemType, ...] = (
    BAD_REQUEST,
    MALFORMED_JSON,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    WITHDRAWN,
    STALE,
    TOO_LARGE,
    MEDIA_TYPE,
    INVALID_FIELDS,
    INVALID_PARAMETERS,
    INVALID_CURSOR,
    UNREADABLE,
    IF_MATCH,
    INTERNAL,
    NOT_READY,
    REBUILDING,
    UNAVAILABLE,
    STORAGE_FULL,
)
_BY_STATUS = {kind.status: kind for kind in reversed(PROBLEM_TYPES)} | {422: INVALID_FIELDS, 503: NOT_READY}


def problem_of(error: Exception) -> Problem:
    """The problem that an exception is to clients. What the table does not know says nothing about the inside."""
    for kind, convert in _TABLE:
        if isinstance(error, kind):
            return convert(error)
    return Problem(type=INTERNAL, detail="The request could not be answered.")


def field_errors(messages: object) -> list[FieldError]:
    """Marshmallow's nested messages as a flat list with JSON pointers."""
    return list(_flatten(messages, ""))


def invalid_fields(errors: Sequence[FieldError]) -> Problem:
    """A body with bad fields."""
    listed = [{"pointer": error.pointer, "message": error.message} for error in errors]
    return Problem(type=INVALID_FIELDS, detail=_counted(len(listed), "field"), errors=listed)


def invalid_parameters(errors: Mapping[str, str]) -> Problem:
    """Bad query parameters, by name."""
    listed = [{"parameter": name, "message": message} for name, message in errors.items()]
    return Problem(type=INVALID_PARAMETERS, detail=_counted(len(listed), "parameter"), errors=listed)


def _counted(count: int, noun: str) -> str:
    return f"1 {noun} cannot be taken." if count == 1 else f"{count} {noun}s cannot be taken."


def _flatten(messages: object, pointer: str) -> Iterator[FieldError]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _flatten(inner, pointer if key == "_schema" else pointer_to(pointer, key))
    elif isinstance(messages, list):
        for message in messages:
            yield from _flatten(message, pointer)
    else:
        yield FieldError(pointer, str(messages))


def _not_found(error: service.NotFound) -> Problem:
    return Problem(type=NOT_FOUND, detail=str(error))


def _withdrawn(error: service.Withdrawn) -> Problem:
    named = {"article": error.article_id, "citation": error.citation_id}
    dates = {"withdrawn_at": error.withdrawn_at.isoformat().replace("+00:00", "Z")}
    return Problem(
        type=WITHDRAWN, detail=str(error), extra={name: value for name, value in named.items() if value} | dates
    )


def _if_match(error: service.PreconditionRequired) -> Problem:
    listed = [{"header": "If-Match", "message": "This is missing; send the article's ETag."}]
    return Problem(type=IF_MATCH, detail=str(error), errors=listed, headers={"ETag": f'"{error.current_etag}"'})


def _stale(error: service.PreconditionFailed) -> Problem:
    listed = [{"header": "If-Match", "message": "This is not the article's current ETag."}]
    return Problem(type=STALE, detail=str(error), errors=listed, headers={"ETag": f'"{error.current_etag}"'})


def _invalid_query(error: service.InvalidQuery) -> Problem:
    problem = invalid_parameters({error.parameter: error.message})
    if error.position is None:
        return problem
    detail = f"{error.parameter} cannot be read at position {error.position}: {error.message}"
    return Problem(type=problem.type, detail=detail, errors=problem.errors, extra={"position": error.position})


def _invalid_cursor(error: service.InvalidCursor) -> Problem:
    return Problem(type=INVALID_CURSOR, detail=str(error), errors=[{"parameter": "cursor", "message": str(error)}])


def _rebuilding(error: service.IndexRebuilding) -> Problem:
    return Problem(type=REBUILDING, detail=str(error), headers={"Retry-After": str(error.retry_after)})


def _unreadable(error: service.UnsupportedContent) -> Problem:
    listed = [{"pointer": error.pointer, "message": error.message}]
    return Problem(type=UNREADABLE, detail=error.message, errors=listed)


def _malformed(error: MalformedJson) -> Problem:
    extra = {} if error.offset is None else {"position": error.offset}
    return Problem(type=MALFORMED_JSON, detail=error.message, extra=extra)


def _http(error: HTTPException) -> Problem:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    phrase = HTTPStatus(status).phrase
    kind = _BY_STATUS.get(status) or ProblemType(phrase.lower().replace(" ", "-"), status, phrase, _SEE)
    kept = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After", "WWW-Authenticate"}}
    detail = _HTTP_DETAILS.get(status, error.description or phrase)
    return Problem(type=kind, detail=detail, headers=kept)


_HTTP_DETAILS = {
    400: "The request cannot be read, or its body ended before its end.",
    404: "There is nothing at this address.",
    405: "This address does not know the method.",
    500: "The request could not be answered.",
}


def _unavailable(_: Exception) -> Problem:
    return Problem(type=UNAVAILABLE, detail="The database is locked or away.", headers={"Retry-After": "2"})


def _operating_system(error: OSError) -> Problem:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Problem(type=STORAGE_FULL, detail="The disk is full. Nothing was written.")
    return Problem(type=INTERNAL, detail="The request could not be answered.")


_TABLE: tuple[tuple[type[Exception], Callable[[Any], Problem]], ...] = (
    (ProblemError, lambda error: error.problem),
    (MalformedJson, _malformed),
    (service.NotFound, _not_found),
    (service.Withdrawn, _withdrawn),
    (service.PreconditionRequired, _if_match),
    (service.PreconditionFailed, _stale),
    (service.InvalidRecord, lambda error: invalid_fields(error.errors)),
    (service.InvalidQuery, _invalid_query),
    (service.InvalidCursor, _invalid_cursor),
    (service.IndexRebuilding, _rebuilding),
    (service.DataUnusable, _unavailable),
    (service.StorageFull, lambda error: Problem(type=STORAGE_FULL, detail=str(error))),
    (service.UnsupportedContent, _unreadable),
    (OperationalError, _unavailable),
    (HTTPException, _http),
    (OSError, _operating_system),
)
