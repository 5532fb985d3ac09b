"""What clients rely on: shapes, validators, pages, offsets, forms."""

import base64
import hashlib
import json
import random
import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types

from api.app import create_app, describe
from api.config import Settings
from api.metrics import Metrics
from search_index.packing import pack, unpack
from services.errors import IndexRebuilding, StorageFull
from services.newsroom import Newsroom
from services.search import Search
from tests.contract.conftest import RECORD, TEXT, record
from tests.contract.test_error_shape import assert_problem

SPEC = describe()


def _get(client: FlaskClient, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert isinstance(answer.json, dict)
    return answer.json


def _assert_described(path: str, method: str, status: int, value: object) -> None:
    content = SPEC["paths"][path][method]["responses"][str(status)]["content"]
    schema = {**content["application/json"]["schema"], "components": SPEC["components"]}
    Draft202012Validator(schema).validate(value)


def test_a_new_article_answers_201_and_the_same_again_200(client: FlaskClient) -> None:
    first = client.post("/v1/articles", json=RECORD)
    again = client.post("/v1/articles", json=RECORD)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert first.json is not None
    assert first.headers["Location"] == f"/v1/articles/{first.json['id']}"
    assert client.get(first.headers["Location"]).json == first.json
    assert "é".encode() in first.data or "\\u" not in first.get_data(as_text=True)


def test_every_read_has_the_shape_that_is_described(client: FlaskClient, article: dict[str, Any]) -> None:
    article_id = article["id"]
    fact = _get(client, "/v1/facts")["items"][0]
    entity = _get(client, "/v1/entities")["items"][0]
    reads = {
        "/": "/",
        "/healthz": "/healthz",
        "/readyz": "/readyz",
        "/problems": "/problems",
        "/v1/articles": "/v1/articles",
        "/v1/articles/{article_id}": f"/v1/articles/{article_id}",
        "/v1/articles/{article_id}/revisions": f"/v1/articles/{article_id}/revisions",
        "/v1/articles/{article_id}/revisions/{number}": f"/v1/articles/{article_id}/revisions/1",
        "/v1/search": "/v1/search?q=pont&facets=source,language,published,passage_kind",
        "/v1/facts": "/v1/facts",
        "/v1/facts/{fact_id}": f"/v1/facts/{fact['id']}",
        "/v1/entities": "/v1/entities",
        "/v1/entities/{entity_id}": f"/v1/entities/{entity['id']}",
        "/v1/citations/{citation_id}": f"/v1/citations/{fact['id']}",
        "/v1/sources": "/v1/sources",
    }
    for path, address in reads.items():
        _assert_described(path, "get", 200, _get(client, address))
    _assert_described("/v1/articles", "post", 201, article)
    extracted = client.post("/v1/extract", json=RECORD)
    _assert_described("/v1/extract", "post", 200, extracted.json)


def test_extract_stores_nothing(client: FlaskClient) -> None:
    answer = client.post("/v1/extract", json=RECORD)
    assert answer.status_code == 200
    assert _get(client, "/v1/articles")["total"] == 0


def test_articles_are_looked_up_by_url_and_external_id(client: FlaskClient, article: dict[str, Any]) -> None:
    for query in (f"url={quote(RECORD['url'], safe='')}", "external_id=pont-1", "source=gazette.example"):
        assert [found["id"] for found in _get(client, f"/v1/articles?{query}")["items"]] == [article["id"]]
    assert _get(client, "/v1/articles?external_id=pont-9")["items"] == []


def test_the_text_is_the_bytes_that_the_hash_is_taken_over(client: FlaskClient, article: dict[str, Any]) -> None:
    answer = client.get(f"/v1/articles/{article['id']}/revisions/1/text")
    assert answer.data == TEXT.encode()
    assert answer.content_type == "text/plain; charset=utf-8"
    assert hashlib.sha256(answer.data).hexdigest() == article["revision"]["text_sha256"]


def test_a_revision_needs_the_current_etag_and_changes_it(client: FlaskClient, article: dict[str, Any]) -> None:
    address = f"/v1/articles/{article['id']}"
    etag = client.get(address).headers["ETag"]
    fact = _get(client, "/v1/facts")["items"][0]["id"]
    changed = client.put(address, json=record(text="Le pont reste fermé."), headers={"If-Match": etag})
    assert changed.status_code == 200
    assert changed.json is not None
    assert changed.json["revision"]["number"] == 2
    assert changed.headers["ETag"] != etag
    assert _get(client, f"/v1/citations/{fact}")["status"] == "superseded"
    assert client.get(f"{address}/revisions/1/text").data == TEXT.encode()
    assert _get(client, f"{address}/revisions")["total"] == 2


def test_a_withdrawn_article_is_gone_everywhere(client: FlaskClient, article: dict[str, Any]) -> None:
    address = f"/v1/articles/{article['id']}"
    fact = _get(client, "/v1/facts")["items"][0]["id"]
    answer = client.delete(address, headers={"If-Match": "*"})
    assert (answer.status_code, answer.data) == (204, b"")
    for path in (address, f"{address}/revisions", f"{address}/revisions/1/text", f"/v1/facts/{fact}"):
        problem = assert_problem(client.get(path), 410)
        assert problem["article"] == article["id"]
        assert problem["withdrawn_at"]
    gone = client.get(f"/v1/citations/{fact}")
    assert assert_problem(gone, 410)["citation"] == fact
    assert "navires" not in gone.get_data(as_text=True)
    assert_problem(client.post("/v1/articles", json=RECORD), 410)
    for path in ("/v1/articles", "/v1/facts", "/v1/search?q=pont", "/v1/entities"):
        assert _get(client, path)["total"] == 0


def test_reads_carry_a_strong_etag_and_answer_304(client: FlaskClient, article: dict[str, Any]) -> None:
    paths = [f"/v1/articles/{article['id']}", "/v1/facts", "/v1/search?q=pont", "/openapi.yaml", "/", "/v1/sources"]
    for path in paths:
        etag = client.get(path).headers["ETag"]
        assert not etag.startswith("W/")
        for given in (etag, f'"other", {etag}', "*", f"W/{etag}"):
            same = client.get(path, headers={"If-None-Match": given})
            assert (same.status_code, same.data, same.headers["ETag"]) == (304, b"", etag)
        assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_pages_follow_one_another_by_link_and_by_next(client: FlaskClient) -> None:
    for number in range(5):
        one = record(external_id=f"n-{number}", url=None, text=f"{TEXT} Chapitre {number}.")
        assert client.post("/v1/articles", json=one).status_code == 201
    seen: list[str] = []
    address: str | None = "/v1/articles?limit=2"
    while address is not None:
        answer = client.get(address)
        assert answer.json is not None
        assert answer.json["total"] == 5
        seen += [found["id"] for found in answer.json["items"]]
        following = re.search(r'<([^>]*)>; rel="next"', answer.headers["Link"])
        assert (following is None) == (answer.json["next"] is None)
        address = None if following is None else following[1]
    assert len(seen) == len(set(seen)) == 5


def test_utf16_offsets_address_the_words_for_javascript(client: FlaskClient, article: dict[str, Any]) -> None:
    units = TEXT.encode("utf-16-le")
    plain = _get(client, "/v1/facts?kind=quotation")["items"][0]
    wide = _get(client, "/v1/facts?kind=quotation&offset_unit=utf16")["items"][0]
    for spans in ((plain["evidence"], wide["evidence"]), (plain["citation"]["selector"], wide["citation"]["selector"])):
        counted, converted = spans
        assert converted["start"] == counted["start"] + 1
        words = units[2 * converted["start"] : 2 * converted["end"]].decode("utf-16-le")
        assert words == counted["exact"]
    hit = _get(client, "/v1/search?q=capitainerie&offset_unit=utf16")["items"][0]
    (light,) = hit["highlights"]
    within = hit["passage"]["text"].encode("utf-16-le")
    assert within[2 * light["start"] : 2 * light["end"]].decode("utf-16-le") == "capitainerie"
    extracted = client.post("/v1/extract?offset_unit=utf16", json=RECORD).json
    assert extracted is not None
    (quoted,) = [fact for fact in extracted["facts"] if fact["kind"] == "quotation"]
    assert quoted["evidence"] == wide["evidence"]


def test_a_citation_is_given_in_three_forms(client: FlaskClient, article: dict[str, Any]) -> None:
    fact = _get(client, "/v1/facts?kind=quotation")["items"][0]
    address = f"/v1/citations/{fact['id']}"
    cited = _get(client, address)
    assert {name: cited[name] for name in fact["citation"]} == fact["citation"]
    by_accept = client.get(address, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    by_format = client.get(f"{address}?format=html")
    assert by_accept.data == by_format.data
    assert by_accept.content_type == "text/html; charset=utf-8"
    assert "Accept" in by_accept.headers["Vary"]
    page = by_accept.get_data(as_text=True)
    assert "<mark>« Le pont ne bougera plus », a dit Odile Marchand</mark>" in page
    assert '<link rel="canonical" href="http://localhost/v1/citations/' in page
    assert article["revision"]["text_sha256"] in page
    text = client.get(f"{address}?format=text")
    assert text.content_type == "text/plain; charset=utf-8"
    assert text.get_data(as_text=True).startswith("« Le pont ne bougera plus »")
    assert_problem(client.get(address, headers={"Accept": "image/png"}), 406)


def test_the_citation_page_speaks_french_or_english(client: FlaskClient, article: dict[str, Any]) -> None:
    fact = _get(client, "/v1/facts")["items"][0]
    address = f"/v1/citations/{fact['id']}?format=html"
    french = client.get(address, headers={"Accept-Language": "fr-CA,fr;q=0.9,en;q=0.5"})
    english = client.get(address, headers={"Accept-Language": "de"})
    assert "Vérifiez par vous-même" in french.get_data(as_text=True)
    assert french.headers["Content-Language"] == "fr"
    assert "Check it yourself" in english.get_data(as_text=True)


def test_the_citation_page_runs_nothing_that_an_article_brings(client: FlaskClient) -> None:
    hostile = record(
        title='"><script>alert(1)</script>',
        authors=["<img src=x onerror=alert(2)>"],
        source={"name": "</title><script>alert(3)</script>"},
        rights="<b>x</b>",
        text="Les 12 navires <script>alert(4)</script> </mark><svg onload=alert(5)>.",
    )
    assert client.post("/v1/articles", json=hostile).status_code == 201
    fact = _get(client, "/v1/facts")["items"][0]
    answer = client.get(f"/v1/citations/{fact['id']}?format=html")
    page = answer.get_data(as_text=True)
    assert re.findall(r"<(script|img|svg|b)\b", page) == []
    policy = answer.headers["Content-Security-Policy"]
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_the_docs_load_nothing_from_elsewhere(client: FlaskClient) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    for address in re.findall(r'(?:src|href)="([^"]+)"', page.get_data(as_text=True)):
        asset = client.get(address)
        assert asset.status_code == 200
        assert asset.headers["ETag"]
    assert "'self'" in page.headers["Content-Security-Policy"]


def test_the_front_door_links_what_there_is(client: FlaskClient) -> None:
    for address in _get(client, "/")["links"].values():
        status = client.get(address).status_code
        assert status in (200, 422), address
    page = client.get("/", headers={"Accept": "text/html"})
    assert '<a href="/docs">' in page.get_data(as_text=True)


def test_metrics_count_by_route_and_never_by_path(client: FlaskClient) -> None:
    client.get("/v1/facts/f-none")
    client.open("/v1/facts/f-none", method="MADEUP")
    client.get("/some/where")
    text = client.get("/metrics").get_data(as_text=True)
    assert 'sourcebook_requests_total{method="GET",route="/v1/facts/{fact_id}",status="404"} 1.0' in text
    assert 'route="unmatched"' in text
    assert "f-none" not in text
    assert "MADEUP" not in text


def test_security_headers_are_on_every_answer(client: FlaskClient) -> None:
    for path in ("/", "/v1/articles", "/nowhere", "/docs", "/metrics"):
        answer = client.get(path)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "Access-Control-Allow-Origin" not in answer.headers


class _Refusing(Search):
    """A search that cannot answer."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def search(self, request: object) -> Any:
        raise self.error


@pytest.mark.parametrize(
    ("error", "status"),
    [(IndexRebuilding(7), 503), (StorageFull(), 507), (OSError(28, "No space left"), 507), (KeyError("secret"), 500)],
)
def test_what_breaks_inside_is_a_problem_without_internals(
    newsroom: Newsroom, settings: Settings, error: Exception, status: int
) -> None:
    client = create_app(replace(newsroom, search=_Refusing(error)), settings, Metrics()).test_client()
    answer = client.get("/v1/search?q=pont")
    assert_problem(answer, status)
    assert "secret" not in answer.get_data(as_text=True)
    if status == 503:
        assert answer.headers["Retry-After"] == "7"


def test_addresses_are_absolute_where_the_base_is_known(newsroom: Newsroom, settings: Settings) -> None:
    public = replace(settings, base_url="https://facts.example")
    client = create_app(newsroom, public).test_client()
    answer = client.post("/v1/articles", json=RECORD)
    assert answer.headers["Location"].startswith("https://facts.example/v1/articles/a-")
    assert client.get("/v1/articles").headers["Link"].startswith("<https://facts.example/v1/articles>")


def test_a_cursor_of_the_longest_query_is_taken_back(client: FlaskClient) -> None:
    for number in range(3):
        assert client.post("/v1/articles", json=record(external_id=f"n{number}", url=None)).status_code == 201
    query = " ".join(["pont", *(f"déménagements{number:02d}x" for number in range(63))])
    first = _get(client, f"/v1/search?limit=1&q={quote(query)}")
    assert first["next"] is not None
    # What the statistics of a large collection need: a number of six digits for every other term.
    written = json.loads(base64.urlsafe_b64decode(first["next"] + "=="))
    pinned = json.loads(written[2])
    chance = random.Random(3)
    pinned["f"] = pack(chance.randrange(10**6) if n or chance.random() < 0.5 else 0 for n in unpack(pinned["f"]))
    pinned["t"] = {f"{field}_{group}": [10**6, 10**8 + 0.5] for field in ("text", "title") for group in ("fr", "en")}
    written[2] = json.dumps(pinned, separators=(",", ":"))
    longest = base64.urlsafe_b64encode(json.dumps(written).encode()).decode().rstrip("=")
    problem = client.get(f"/v1/search?limit=1&q={quote(query)}&cursor={longest}")
    assert "characters" not in problem.get_data(as_text=True)
    assert _get(client, f"/v1/search?limit=1&q={quote(query)}&cursor={first['next']}")["total"] == first["total"]


def test_suggestions_are_as_described(client: FlaskClient, article: dict[str, Any]) -> None:
    answer = _get(client, "/v1/suggest?q=les+dock&limit=3")
    _assert_described("/v1/suggest", "get", 200, answer)
    assert answer == {"start": 4, "end": 8, "terms": [{"term": "dockers", "passages": 1}], "entities": []}
    (entity,) = _get(client, "/v1/suggest?q=march")["entities"]
    assert (entity["name"], entity["articles"]) == ("Odile Marchand", 1)
    assert _get(client, f"/v1/entities/{entity['id']}")["name"] == "Odile Marchand"


def test_a_search_with_a_slip_says_what_may_have_been_meant(client: FlaskClient, article: dict[str, Any]) -> None:
    answer = _get(client, "/v1/search?q=les+dokers+et+navires")
    _assert_described("/v1/search", "get", 200, answer)
    assert answer["did_you_mean"] == {
        "query": "les dockers et navires",
        "changes": [{"from": "dokers", "to": "dockers", "start": 4, "end": 10}],
    }
    assert _get(client, "/v1/search?q=navires")["did_you_mean"] is None


def test_search_explains_scores_when_asked(client: FlaskClient, article: dict[str, Any]) -> None:
    answer = _get(client, "/v1/search?q=dockers+navires&explain=true")
    _assert_described("/v1/search", "get", 200, answer)
    explanation = answer["items"][0]["explanation"]
    assert explanation["terms"][0].keys() >= {"weight", "term_frequency", "document_frequency", "length", "score"}
    assert "explanation" not in _get(client, "/v1/search?q=dockers&explain=false")["items"][0]
    assert_problem(client.get("/v1/search?q=dockers&explain=1"), 422)


@pytest.mark.parametrize("letter", ["ж", "新", "𝔸"])
def test_sources_with_names_of_any_script_and_length_page_on(client: FlaskClient, letter: str) -> None:
    names = {letter * 199 + str(number) for number in range(3)}
    for name in names:
        assert client.post("/v1/articles", json=record(source={"name": name}, url=None)).status_code == 201
    path, seen = "/v1/sources?limit=1", set()
    for _ in names:
        page = _get(client, path)
        seen.add(page["items"][0]["name"])
        path = f"/v1/sources?limit=1&cursor={page['next']}"
    assert (seen, page["next"]) == (names, None)
