"""Bad input, one kind at a time: a 4xx problem that names field, cause and remedy, and nothing half-written."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.contract.conftest import RECORD, record
from tests.contract.test_error_shape import assert_problem

JSON = {"Content-Type": "application/json"}


def _stored(client: FlaskClient) -> int:
    answer = client.get("/v1/articles")
    assert answer.json is not None
    total = answer.json["total"]
    assert isinstance(total, int)
    return total


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/extract"])
@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b'{"text": "a"', 400),
        (b"[" * 90_000, 400),
        (b'{"text": "a' + b"\xff" + b'"}', 400),
        (json.dumps(RECORD).encode("utf-16"), 400),
        (b'{"text": NaN}', 400),
        (b"null", 422),
        (b"[]", 422),
        (b"5", 422),
        (b'"text"', 422),
        (b'{"text": "a", "text": "b"}', 422),
        (b'{"text": "\\ud800"}', 422),
        (b'{"text": "a\\u0000b"}', 422),
        (b'{"text": 1' + b"0" * 9_000 + b"}", 422),
        (b" " * 100_001, 413),
    ],
)
def test_a_hostile_body_is_refused(empty_client: FlaskClient, path: str, raw: bytes, status: int) -> None:
    problem = assert_problem(empty_client.post(path, data=raw, headers=JSON), status)
    assert "errors" in problem or status != 422
    assert _stored(empty_client) == 0


@pytest.mark.parametrize(
    "media_type",
    [
        None,
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/xml",
        "application/problem+json",
        "json",
    ],
)
def test_another_media_type_is_refused(empty_client: FlaskClient, media_type: str | None) -> None:
    headers = {} if media_type is None else {"Content-Type": media_type}
    assert_problem(empty_client.post("/v1/articles", data=json.dumps(RECORD), headers=headers), 415)


@pytest.mark.parametrize("charset", ["latin-1", "utf-16", "nonsense"])
def test_another_charset_is_refused(empty_client: FlaskClient, charset: str) -> None:
    headers = {"Content-Type": f"application/json; charset={charset}"}
    assert_problem(empty_client.post("/v1/articles", data=json.dumps(RECORD), headers=headers), 415)


def test_utf8_may_be_said_and_compression_may_not(client: FlaskClient) -> None:
    headers = {"Content-Type": 'application/json; charset="UTF-8"'}
    assert client.post("/v1/extract", data=json.dumps(RECORD), headers=headers).status_code == 200
    assert_problem(client.post("/v1/extract", data=b"x", headers={**JSON, "Content-Encoding": "gzip"}), 415)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"text": None}, "/text"),
        ({"html": "<p>Le pont rouvre.</p>"}, "/text"),
        ({"text": "  \n\u00a0"}, "/text"),
        ({"text": None, "html": "\n"}, "/html"),
        ({"headline": "x"}, "/headline"),
        ({"source": {"name": "x", "fax": "1"}}, "/source/fax"),
        ({"source": None}, "/source"),
        ({"source": ["x"]}, "/source"),
        ({"title": 5}, "/title"),
        ({"authors": [None]}, "/authors/0"),
        ({"published_at": "2024-02-31"}, "/published_at"),
        ({"published_at": "2024-05-02T10:00:00"}, "/published_at"),
        ({"language": "français"}, "/language"),
        ({"url": "javascript:alert(1)"}, "/url"),
        ({"tags": {"a": 1}}, "/tags"),
    ],
)
def test_a_bad_field_is_named(empty_client: FlaskClient, changes: dict[str, Any], pointer: str) -> None:
    for path in ("/v1/articles", "/v1/extract"):
        problem = assert_problem(empty_client.post(path, json=record(**changes)), 422)
        assert [error["pointer"] for error in problem["errors"]] == [pointer]
    assert _stored(empty_client) == 0


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/v1/articles?limit=0", "limit"),
        ("/v1/articles?limit=1000", "limit"),
        ("/v1/articles?limit=-1", "limit"),
        ("/v1/articles?limit=1.5", "limit"),
        ("/v1/articles?limit=", "limit"),
        ("/v1/articles?limit=%D9%A3", "limit"),
        ("/v1/articles?limit=" + "9" * 5000, "limit"),
        ("/v1/articles?limit=5&limit=5", "limit"),
        ("/v1/articles?Limit=5", "Limit"),
        ("/v1/articles?published_from=2024-02-31", "published_from"),
        ("/v1/articles?published_from=yesterday", "published_from"),
        ("/v1/articles?published_from=2024-05-03&published_to=2024-05-02", "published_from"),
        ("/v1/articles?sort=title", "sort"),
        ("/v1/articles?language=french", "language"),
        ("/v1/articles?source=%00", "source"),
        ("/v1/articles?source=", "source"),
        ("/v1/articles?cursor=nonsense", "cursor"),
        ("/v1/articles?cursor=" + "A" * 5000, "cursor"),
        ("/v1/facts?kind=rumour", "kind"),
        ("/v1/facts?value_min=many", "value_min"),
        ("/v1/facts?value_min=nan", "value_min"),
        ("/v1/facts?value_min=inf", "value_min"),
        ("/v1/facts?value_min=1e999", "value_min"),
        ("/v1/facts?value_min=5&value_max=4", "value_min"),
        ("/v1/facts?confidence_min=1.5", "confidence_min"),
        ("/v1/facts?time_from=2024-13-01", "time_from"),
        ("/v1/facts?offset_unit=bytes", "offset_unit"),
        ("/v1/facts?q=" + "x" * 2_001, "q"),
        ("/v1/facts?sort=score", "sort"),
        ("/v1/search", "q"),
        ("/v1/search?q=", "q"),
        ("/v1/search?q=%20", "q"),
        ("/v1/search?q=pont&facets=colour", "facets"),
        ("/v1/search?q=pont&facets=source,source", "facets"),
        ("/v1/search?q=pont&passage_kind=footnote", "passage_kind"),
        ('/v1/search?q="pont', "q"),
        ("/v1/search?q=p*", "q"),
        ("/v1/entities?type=animal", "type"),
        ("/v1/citations/p-none?format=pdf", "format"),
    ],
)
def test_a_bad_parameter_is_refused_and_never_repaired(empty_client: FlaskClient, path: str, parameter: str) -> None:
    problem = assert_problem(empty_client.get(path), 422)
    assert [error.get("parameter") for error in problem["errors"]] == [parameter]


def test_a_near_miss_is_named(empty_client: FlaskClient) -> None:
    problem = assert_problem(empty_client.get("/v1/facts?speakers=Marchand"), 422)
    assert "did you mean speaker?" in problem["errors"][0]["message"]


def test_a_query_that_is_not_utf8_is_refused(empty_client: FlaskClient) -> None:
    assert_problem(empty_client.get("/v1/search?q=%ff"), 400)


def test_a_query_that_cannot_be_parsed_names_the_position(empty_client: FlaskClient) -> None:
    problem = assert_problem(empty_client.get('/v1/search?q=pont "neuf'), 422)
    assert problem["position"] == 5


def test_a_cursor_of_another_query_is_refused(client: FlaskClient, article: dict[str, Any]) -> None:
    assert client.post("/v1/articles", json=record(external_id="pont-2", url=None)).status_code == 201
    page = client.get("/v1/articles?limit=1").json
    assert page is not None
    assert page["next"]
    assert client.get(f"/v1/articles?limit=1&cursor={page['next']}").status_code == 200
    assert_problem(client.get(f"/v1/articles?limit=1&language=fr&cursor={page['next']}"), 422)
    assert_problem(client.get(f"/v1/facts?cursor={page['next']}"), 422)


def test_a_stale_or_absent_if_match_changes_nothing(client: FlaskClient, article: dict[str, Any]) -> None:
    address = f"/v1/articles/{article['id']}"
    changed = record(text="Le pont reste fermé.")
    for method in ("PUT", "DELETE"):
        body: dict[str, Any] = {"json": changed} if method == "PUT" else {}
        absent = client.open(address, method=method, **body)
        assert assert_problem(absent, 428)["errors"][0]["header"] == "If-Match"
        stale = client.open(address, method=method, headers={"If-Match": '"stale"'}, **body)
        assert_problem(stale, 412)
        assert stale.headers["ETag"] == client.get(address).headers["ETag"]
    assert client.get(address).json == article


def test_a_megabyte_key_is_answered_briefly(empty_client: FlaskClient) -> None:
    answer = empty_client.post("/v1/articles", json={"k" * 90_000: 1})
    assert_problem(answer, 422)
    assert len(answer.data) < 10_000
