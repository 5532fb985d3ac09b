"""Two workers behind one address, written to by many clients at the same time."""

from __future__ import annotations

import random
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from tests.functional.server import Server, run

OUTLETS = ("Le Relais", "La Vigie")


def _record(number: int, version: int = 1) -> dict[str, object]:
    return {
        "external_id": f"depeche-{number}",
        "source": {"name": OUTLETS[number % 2], "url": f"https://outlet{number % 2}.example"},
        "language": "fr",
        "published_at": "2026-02-03",
        "text": f"La commune {number} compte {1000 + number} habitants.\n\nVersion {version} de la dépêche.",
    }


def test_concurrent_writers_lose_and_double_nothing(tmp_path: Path) -> None:
    numbers = [n for n in range(30) for _ in range(3)]
    random.Random(7).shuffle(numbers)
    with Server(tmp_path, extra={"SOURCEBOOK_FRENCH_MODEL": "none", "SOURCEBOOK_WORKERS": "2"}) as server:
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda n: server.client.post("/v1/articles", json=_record(n)), numbers))
        assert {answer.status_code for answer in answers} <= {200, 201}
        assert sum(answer.status_code == 201 for answer in answers) == 30
        ids = {(n, answer.json()["id"]) for n, answer in zip(numbers, answers, strict=True)}
        assert len(ids) == 30
        assert server.client.get("/v1/articles").json()["total"] == 30
        found = server.client.get("/v1/search", params={"q": "habitants", "limit": 100}).json()
        assert found["total"] == 30
        assert server.client.get("/readyz").status_code == 200
    checked = run(tmp_path, "verify")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_concurrent_revisions_with_one_etag_let_one_through(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        created = server.client.post("/v1/articles", json=_record(1))
        path = f"/v1/articles/{created.json()['id']}"
        etag = server.client.get(path).headers["ETag"]

        def revise(version: int) -> httpx.Response:
            return server.client.put(path, json=_record(1, version), headers={"If-Match": etag})

        with ThreadPoolExecutor(6) as pool:
            statuses = sorted(answer.status_code for answer in pool.map(revise, range(2, 8)))
        assert statuses == [200] + [412] * 5
        assert server.client.get(path).json()["revision"]["number"] == 2


def test_letters_beyond_ascii_may_be_typed_into_an_address(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        record = _record(1) | {"text": "Le chômage recule à Évry."}
        assert server.client.post("/v1/articles", json=record).status_code == 201
        host, port = server.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as connection:
            request = "GET /v1/search?q=chômage+Évry HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            connection.sendall(request.encode("utf-8"))
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200")
    assert b'"total":1' in answer
