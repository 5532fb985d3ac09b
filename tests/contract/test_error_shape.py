from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.app import describe

SPEC = describe()
UNKNOWN = {"article_id": "a-none", "number": "1", "fact_id": "f-none", "entity_id": "e-none", "citation_id": "p-none"}
PATHS = [(path, item) for path, item in SPEC["paths"].items()]


def assert_problem(answer: TestResponse, status: int) -> dict[str, Any]:
    """The answer is a problem of that status; its members."""
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.content_type == "application/problem+json"
    assert answer.headers["X-Request-Id"]
    problem = answer.json
    assert isinstance(problem, dict)
    assert problem["status"] == status
    for member in ("type", "title", "detail", "instance", "hint", "request_id"):
        assert isinstance(problem[member], str)
        assert problem[member]
    for error in problem.get("errors", []):
        assert error["message"]
        assert {"pointer", "parameter", "header"} & set(error)
    return problem


def _address(path: str) -> str:
    return path.format(**UNKNOWN, name="none")


@pytest.mark.parametrize(("path", "item"), PATHS)
def test_an_unknown_parameter_is_a_problem_on_every_route(
    empty_client: FlaskClient, path: str, item: dict[str, Any]
) -> None:
    for method in ("get", "post", "put", "delete"):
        if method in item:
            body: dict[str, Any] = {"json": {}} if "requestBody" in item[method] else {}
            problem = assert_problem(
                empty_client.open(_address(path) + "?nonsense=1", method=method.upper(), **body), 422
            )
            assert "nonsense" in [error.get("parameter") for error in problem["errors"]]


@pytest.mark.parametrize(("path", "item"), PATHS)
def test_a_method_that_is_not_there_is_a_problem_with_allow(
    empty_client: FlaskClient, path: str, item: dict[str, Any]
) -> None:
    for method in ("GET", "POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"):
        if method.lower() not in item:
            answer = empty_client.open(_address(path), method=method)
            assert_problem(answer, 405)
            allowed = {name.strip().lower() for name in answer.headers["Allow"].split(",")}
            assert allowed == {name for name in item if name in {"get", "post", "put", "delete"}} | {"options"} | (
                {"head"} if "get" in item else set()
            )


@pytest.mark.parametrize(("path", "item"), [(p, i) for p, i in PATHS if "{" in p])
def test_an_unknown_id_is_a_problem(empty_client: FlaskClient, path: str, item: dict[str, Any]) -> None:
    for method in ("get", "delete"):
        if method in item:
            assert_problem(empty_client.open(_address(path), method=method.upper(), headers={"If-Match": '"x"'}), 404)


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/v1",
        "/v1/",
        "/v1/articles/",
        "//v1/articles",
        "/v1/articles/a%00b",
        "/v1/articles/" + "a" * 65,
        "/v1/articles/%ff%fe",
        "/v1/articles/a-none/revisions/0",
        "/v1/articles/a-none/revisions/-1",
        "/v1/articles/a-none/revisions/" + "9" * 30,
        "/v1/articles/a-none/revisions/" + "9" * 5000,
        "/v1/articles/a-none/revisions/one",
        "/docs/../app.py",
        "/docs/%2e%2e%2fapp.py",
        "/docs/LICENSE.md",
        "/v1/facts/f-none/related/none",
    ],
)
def test_what_is_not_there_is_a_problem(empty_client: FlaskClient, path: str) -> None:
    assert_problem(empty_client.get(path), 404)


def test_options_and_head_answer(empty_client: FlaskClient) -> None:
    answer = empty_client.options("/v1/articles")
    assert answer.status_code == 200
    assert {"GET", "HEAD", "POST", "OPTIONS"} == {m.strip() for m in answer.headers["Allow"].split(",")}
    head = empty_client.head("/v1/articles")
    assert head.status_code == 200
    assert head.data == b""
    assert head.headers["ETag"] == empty_client.get("/v1/articles").headers["ETag"]


def test_every_kind_of_problem_is_described_at_its_address(empty_client: FlaskClient) -> None:
    listed = empty_client.get("/problems").json
    assert listed is not None
    for kind in listed["items"]:
        described = empty_client.get(kind["type"])
        assert described.json == kind


def test_a_problem_names_its_request(empty_client: FlaskClient) -> None:
    problem = assert_problem(empty_client.get("/v1/facts/f-none", headers={"X-Request-Id": "desk-7"}), 404)
    assert problem["request_id"] == "desk-7"
    hostile = empty_client.get("/v1/facts/f-none", headers={"X-Request-Id": "x" * 500})
    assert len(hostile.headers["X-Request-Id"]) == 32
