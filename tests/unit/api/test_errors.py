from datetime import UTC, datetime

import marshmallow as ma
import pytest
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, TooManyRequests

from api.errors import PROBLEM_TYPES, field_errors, problem_of
from services import errors as service
from services.errors import FieldError
from services.strict_json import MalformedJson


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (MalformedJson("x", 3), 400),
        (service.NotFound("fact", "f-1"), 404),
        (service.Withdrawn("a-1", datetime(2025, 1, 2, tzinfo=UTC), "f-1"), 410),
        (service.PreconditionRequired("e"), 428),
        (service.PreconditionFailed("e"), 412),
        (service.InvalidRecord([FieldError("/text", "x")]), 422),
        (service.InvalidQuery("x", 3), 422),
        (service.InvalidCursor(), 422),
        (service.IndexRebuilding(3), 503),
        (service.StorageFull(), 507),
        (service.UnsupportedContent("x"), 422),
        (NotFound(), 404),
        (MethodNotAllowed(["GET"]), 405),
        (OSError(28, "No space left on device"), 507),
        (OSError(5, "Input/output error"), 500),
        (ZeroDivisionError("secret"), 500),
        (OperationalError("SELECT secret", {}, Exception("database is locked")), 503),
    ],
)
def test_every_exception_has_its_problem(error: Exception, status: int) -> None:
    wire = problem_of(error).to_wire("/v1/x", "r")
    assert wire["status"] == status
    assert wire["type"].startswith("/problems/")
    assert "secret" not in str(wire)


def test_every_service_error_is_in_the_table() -> None:
    known = {name for name, kind in vars(service).items() if isinstance(kind, type) and issubclass(kind, Exception)}
    for name in known - {"ServiceError"}:
        kind = getattr(service, name)
        made = kind.__new__(kind)
        for attribute in ("kind", "id", "article_id", "citation_id", "current_etag", "message", "pointer", "parameter"):
            setattr(made, attribute, "x")
        made.errors, made.position, made.retry_after = (), None, 1
        made.withdrawn_at = datetime(2025, 1, 2, tzinfo=UTC)
        assert problem_of(made).type.status != 500, name


def test_problem_types_have_names_of_their_own() -> None:
    names = [kind.name for kind in PROBLEM_TYPES]
    assert len(names) == len(set(names))


def test_headers_that_say_what_to_do_are_kept() -> None:
    assert problem_of(MethodNotAllowed(["GET", "HEAD"])).headers["Allow"] == "GET, HEAD"
    assert problem_of(service.IndexRebuilding(9)).headers["Retry-After"] == "9"
    assert problem_of(service.PreconditionFailed("abc")).headers["ETag"] == '"abc"'


def test_a_status_without_a_kind_of_its_own_is_a_problem_too() -> None:
    error: HTTPException = TooManyRequests(retry_after=5)
    problem = problem_of(error)
    assert (problem.type.status, problem.headers["Retry-After"]) == (429, "5")


def test_nested_messages_become_pointers() -> None:
    messages = {"source": {"name": ["a"]}, "tags": {0: ["b"]}, "_schema": ["c"], "x~/y": ["d"]}
    found = {error.pointer: error.message for error in field_errors(ma.ValidationError(messages).messages)}
    assert found == {"/source/name": "a", "/tags/0": "b", "": "c", "/x~0~1y": "d"}
