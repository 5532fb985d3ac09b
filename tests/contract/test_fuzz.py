"""Whatever is sent, the answer is no 5xx, and every refusal is a problem."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.app import describe
from tests.contract.conftest import RECORD
from tests.contract.test_error_shape import UNKNOWN, assert_problem

SPEC = describe()
READS = sorted(path for path, item in SPEC["paths"].items() if "get" in item)
NAMES = sorted({p["name"] for path in READS for p in SPEC["paths"][path]["get"]["parameters"] if "name" in p})
_NASTY = [
    "0",
    "-1",
    "1e9",
    "9223372036854775808",
    "nan",
    "Infinity",
    "*",
    "**",
    "a*",
    "*a",
    "?",
    "+",
    "-",
    "+-",
    "-+",
    '"',
    '""',
    '"a',
    '"a',
    'b"',
    "a:b",
    "source:",
    "source:x",
    "(",
    ")",
    "~",
    "^2",
    "[a",
    "TO",
    "z]",
    "NOT",
    "AND",
    "OR",
    "-a",
    "+a",
    "l'",
    "l’",
    "'",
    "’",
    "\x00",
    "\u202e",
    "\ufeff",
    "😀",
    "é",
    "ﷺ",
    "İ",
    "ß",
    "ſ",
    "2024-02-31",
    "0001-01-01",
    "9999-12-31",
    "fr",
    "FR",
    "fr-CA",
    "score",
    "-score",
    "kind",
    "quantity",
    "<script>",
    "%00",
    "%ff",
    "../",
    "null",
    "true",
    "[]",
    "{}",
    "utf16",
    "none",
]
VALUES = (
    st.sampled_from(_NASTY)
    | st.text(st.characters(codec="utf-8"), max_size=40)
    | st.sampled_from(["a" * 300, "b " * 130])
)
QUERIES = st.lists(st.tuples(st.sampled_from(NAMES), VALUES | st.lists(VALUES, max_size=6).map(" ".join)), max_size=4)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | VALUES | st.sampled_from(["\ud800", "2024-05-02"])
BODIES = st.dictionaries(
    st.sampled_from([*RECORD, "html", "rights", "nonsense"]),
    LEAVES | st.lists(LEAVES, max_size=3) | st.dictionaries(st.sampled_from(["name", "url", "country", "x"]), LEAVES),
    max_size=5,
)
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _assert_answered(answer: Any) -> None:
    assert answer.status_code < 500, answer.get_data(as_text=True)
    if answer.status_code >= 400:
        assert_problem(answer, answer.status_code)


@QUIET
@given(path=st.sampled_from(READS), query=QUERIES)
def test_no_query_breaks_a_read(filled_client: FlaskClient, path: str, query: list[tuple[str, str]]) -> None:
    written = "&".join(f"{name}={quote(value)}" for name, value in query)
    _assert_answered(filled_client.get(f"{path.format(**UNKNOWN, name='none')}?{written}"))


@QUIET
@given(query=VALUES | st.lists(VALUES, max_size=8).map(" ".join))
def test_no_words_break_the_search(filled_client: FlaskClient, query: str) -> None:
    for path in ("/v1/search", "/v1/facts"):
        _assert_answered(filled_client.get(f"{path}?q={quote(query)}"))


@QUIET
@given(changes=BODIES)
def test_no_body_breaks_the_extraction(filled_client: FlaskClient, changes: dict[str, Any]) -> None:
    raw = json.dumps({**RECORD, "text": "Les 12 navires 😀.", **changes})
    _assert_answered(filled_client.post("/v1/extract", data=raw, content_type="application/json"))


@QUIET
@given(raw=st.binary(max_size=60) | st.text('[]{}",:0123456789eE+-.\\untfals ', max_size=60).map(str.encode))
def test_no_bytes_break_the_body(filled_client: FlaskClient, raw: bytes) -> None:
    _assert_answered(filled_client.post("/v1/articles", data=raw, content_type="application/json"))


@QUIET
@given(cursor=st.text("ABCabc019_-", max_size=80), name=st.sampled_from(["articles", "facts", "entities", "sources"]))
def test_no_cursor_breaks_a_list(filled_client: FlaskClient, cursor: str, name: str) -> None:
    answer = filled_client.get(f"/v1/{name}?cursor={cursor}")
    assert answer.status_code == 422
    _assert_answered(answer)


@pytest.mark.parametrize("header", ["Accept", "Accept-Language", "If-None-Match", "If-Match", "X-Request-Id"])
@QUIET
@given(value=st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=40))
def test_no_header_breaks_an_answer(filled_client: FlaskClient, header: str, value: str) -> None:
    for path in ("/v1/articles", "/", "/v1/citations/p-none"):
        _assert_answered(filled_client.get(path, headers={header: value}))
