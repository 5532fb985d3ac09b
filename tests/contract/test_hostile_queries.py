"""Queries that aim to hurt: each is answered within a second, by what it finds or by a problem that says where."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.app import create_app
from api.config import Settings
from benchmarks.text import article_records
from services.newsroom import open_newsroom
from services.records import ArticleRecord, SourceRecord
from tests.contract.test_error_shape import assert_problem
from tests.fakes.extractor import FakeExtractor
from tests.fixtures.hostile_queries import QUERIES, REQUESTS, address

SECONDS = 1.0
PATHS = {"/v1/search": "items", "/v1/facts": "items", "/v1/entities": "items", "/v1/suggest": "entities"}
_STRANGE = (
    "Le prix est de 3 000 €, ou ３０００, ou ٣٠٠٠. 😀 👩‍👩‍👧‍👦\n\n"
    "ﬁn de l’œuvre, E\u0301VACUE\u0301, po\u00adnt, Z\u0338\u0322algo, \u202eabc\u202c.\n\n"
    + " ".join(f"aaa{number:x}" for number in range(3_000))
    + "\n\n"
    + "b" * 5_000
    + "\n\n日本語の文章です。 Привет, мир! مرحبا بالعالم שלום עולם\n"
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Over some hundred passages, strange ones among them, and three thousand words that begin alike."""
    folder = tmp_path_factory.mktemp("hostile")
    with open_newsroom(data_dir=folder, extractor=FakeExtractor()) as opened:
        for record in article_records(30, seed=11):
            source = SourceRecord(name=str(record["source"]["name"]))  # type: ignore[index]
            article = ArticleRecord(source=source, external_id=str(record["external_id"]), text=str(record["text"]))
            opened.articles.submit(article, synchronise=False)
        opened.articles.submit(
            ArticleRecord(source=SourceRecord(name="S"), external_id="x", text=_STRANGE), synchronise=False
        )
        opened.index.drain()
        yield create_app(opened, Settings(data_dir=folder, max_body_bytes=100_000)).test_client()


def _answered(client: FlaskClient, path: str) -> TestResponse:
    # The thread's own time: a second of it stays a second when others keep the machine busy.
    start = time.thread_time()
    answer = client.get(path)
    elapsed = time.thread_time() - start
    assert elapsed < SECONDS, f"{elapsed:.2f} s for {path[:200]}"
    return answer


def test_there_are_enough_hostile_queries() -> None:
    assert len({query for family in QUERIES.values() for query in family}) >= 500
    assert all(QUERIES.values())


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("family", QUERIES)
def test_a_hostile_query_is_answered_or_refused_with_its_place(client: FlaskClient, family: str, path: str) -> None:
    for query in QUERIES[family]:
        answer = _answered(client, address(path, query))
        if answer.status_code == 200:
            assert isinstance(answer.json[PATHS[path]], list)  # type: ignore[index]
        elif any("\udc80" <= character <= "\udcff" for character in query):
            assert_problem(answer, 400)
        else:
            problem = assert_problem(answer, 422)
            assert [error["parameter"] for error in problem["errors"]] == ["q"]
            if path != "/v1/entities":
                assert 0 <= problem["position"] <= len(query), query[:200]


@pytest.mark.parametrize("path", REQUESTS, ids=range(len(REQUESTS)))
def test_hostile_parameters_are_answered_or_refused(client: FlaskClient, path: str) -> None:
    answer = _answered(client, path)
    if answer.status_code != 200:
        assert answer.status_code in (400, 404, 422), path[:200]
        assert_problem(answer, answer.status_code)


@pytest.mark.parametrize("family", QUERIES)
def test_a_server_answers_as_before_after_hostile_queries(client: FlaskClient, family: str) -> None:
    before = client.get("/v1/search?q=maire&limit=3").json
    for query in QUERIES[family][:50]:
        client.get(address("/v1/search", query))
    assert client.get("/v1/search?q=maire&limit=3").json == before


@pytest.mark.parametrize(
    "query", ["entity:%", "entity:_", 'source:"%"', "source:_", "article:%", 'entity:"\' OR 1=1 --"']
)
def test_a_pattern_in_a_field_value_is_no_pattern(client: FlaskClient, query: str) -> None:
    answer = client.get(address("/v1/search", query))
    assert answer.json is not None
    assert answer.json["total"] == 0
