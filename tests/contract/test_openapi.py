from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from api.app import describe
from api.description import to_yaml

SPEC = describe()
COMMITTED = Path(__file__).resolve().parents[2] / "openapi.yaml"
# The contract's parameters, by the list that they narrow.
PARAMETERS = {
    "/v1/articles": "source language entity published_from published_to url external_id sort limit cursor",
    "/v1/search": (
        "q source language entity article published_from published_to sort limit cursor offset_unit passage_kind "
        "explain facets fold"
    ),
    "/v1/suggest": "q limit language",
    "/v1/facts": (
        "q kind entity speaker source article language unit value_min value_max time_from time_to published_from "
        "published_to polarity modality confidence_min sort limit cursor offset_unit"
    ),
    "/v1/entities": "q type limit cursor",
    "/v1/sources": "q limit cursor",
    "/v1/citations/{citation_id}": "format offset_unit",
    "/v1/facts/{fact_id}": "offset_unit",
}
ROUTES = {
    ("get", "/"),
    ("get", "/openapi.yaml"),
    ("get", "/docs"),
    ("get", "/healthz"),
    ("get", "/readyz"),
    ("get", "/metrics"),
    ("post", "/v1/articles"),
    ("get", "/v1/articles"),
    ("get", "/v1/articles/{article_id}"),
    ("put", "/v1/articles/{article_id}"),
    ("delete", "/v1/articles/{article_id}"),
    ("get", "/v1/articles/{article_id}/revisions"),
    ("get", "/v1/articles/{article_id}/revisions/{number}"),
    ("get", "/v1/articles/{article_id}/revisions/{number}/text"),
    ("post", "/v1/extract"),
    ("get", "/v1/search"),
    ("get", "/v1/suggest"),
    ("get", "/v1/facts"),
    ("get", "/v1/facts/{fact_id}"),
    ("get", "/v1/entities"),
    ("get", "/v1/entities/{entity_id}"),
    ("get", "/v1/citations/{citation_id}"),
    ("get", "/v1/sources"),
}


def _operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in SPEC["paths"].items():
        for method in ("get", "post", "put", "delete"):
            if method in item:
                yield method, path, item[method]


def test_the_description_is_valid_openapi() -> None:
    assert SPEC["openapi"] == "3.1.0"
    validate(SPEC)


def test_the_committed_description_is_that_of_the_code() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == to_yaml(describe()), "run make openapi"


def test_the_served_description_is_the_committed_one(client: FlaskClient) -> None:
    answer = client.get("/openapi.yaml")
    assert answer.get_data(as_text=True) == COMMITTED.read_text(encoding="utf-8")
    assert yaml.safe_load(answer.data) == SPEC


def test_every_route_of_the_contract_is_described() -> None:
    assert {(method, path) for method, path, _ in _operations()} >= ROUTES


@pytest.mark.parametrize(("path", "names"), PARAMETERS.items())
def test_every_parameter_of_the_contract_is_described(path: str, names: str) -> None:
    described = {p["name"] for p in SPEC["paths"][path]["get"]["parameters"] if "name" in p}
    assert described == set(names.split())


def test_every_operation_has_an_id_of_its_own_a_tag_and_words() -> None:
    ids = [operation["operationId"] for _, _, operation in _operations()]
    assert len(ids) == len(set(ids))
    tags = {tag["name"] for tag in SPEC["tags"]}
    for _, path, operation in _operations():
        assert operation["summary"], path
        assert operation["description"], path
        assert set(operation["tags"]) <= tags


def test_every_error_in_the_description_is_a_problem() -> None:
    for _, path, operation in _operations():
        failures = {code: answer for code, answer in operation["responses"].items() if code[0] in "45"}
        assert {"400", "422", "500"} <= set(failures), path
        for code, answer in failures.items():
            assert answer == {"$ref": f"#/components/responses/Problem{code}"}
    for response in SPEC["components"]["responses"].values():
        assert list(response["content"]) == ["application/problem+json"]


def test_every_parameter_and_field_is_explained() -> None:
    for _, path, operation in _operations():
        for parameter in operation["parameters"]:
            assert "$ref" in parameter or parameter["description"], (path, parameter["name"])
    for name, schema in SPEC["components"]["schemas"].items():
        for field, described in schema["properties"].items():
            assert described.get("description"), f"{name}.{field}"


def test_patterns_are_those_of_ecmascript() -> None:
    written = to_yaml(SPEC)
    assert "\\Z" not in written
    assert "\\A" not in written
    assert "(?P" not in written


def test_bodies_have_an_example_that_the_server_takes(client: FlaskClient) -> None:
    example = SPEC["paths"]["/v1/articles"]["post"]["requestBody"]["content"]["application/json"]["example"]
    assert client.post("/v1/articles", json=example).status_code == 201
