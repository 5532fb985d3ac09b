"""Killed while it writes: what was acknowledged is there, once, and the index says what the database says."""

from __future__ import annotations

import itertools
import random
import threading
import time
from pathlib import Path

import httpx
import pytest

from tests.functional.server import Server, run

KILLS = 20
SOAK_KILLS = 300


def _record(number: int) -> dict[str, object]:
    return {
        "external_id": f"n{number}",
        "source": {"name": "La Vigie"},
        "language": "fr",
        "published_at": "2026-02-03",
        "text": f"Le registre numéro {number} a été ouvert.\n\nIl contient {number} pages et « une seule erreur ».",
    }


class _Writer(threading.Thread):
    """Posts articles until the server is gone; knows which were acknowledged."""

    def __init__(self, url: str, numbers: itertools.count[int]) -> None:
        super().__init__()
        self.url, self.numbers = url, numbers
        self.acknowledged: dict[int, str] = {}

    def run(self) -> None:
        with httpx.Client(base_url=self.url, timeout=10) as client:
            try:
                for number in self.numbers:
                    answer = client.post("/v1/articles", json=_record(number))
                    assert answer.status_code == 201, answer.text
                    self.acknowledged[number] = answer.json()["id"]
            except httpx.TransportError:
                return


def _wait_for(writers: list[_Writer], count: int) -> None:
    deadline = time.monotonic() + 30
    while sum(len(writer.acknowledged) for writer in writers) < count:
        assert time.monotonic() < deadline, "nothing was acknowledged"
        time.sleep(0.002)


def _campaign(data_dir: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    acknowledged: dict[int, str] = {}
    counters = [itertools.count(start, 2) for start in (0, 1)]
    for _ in range(kills):
        server = Server(data_dir).start()
        writers = [_Writer(server.url, numbers) for numbers in counters]
        for writer in writers:
            writer.start()
        _wait_for(writers, chance.randint(1, 8))
        time.sleep(chance.uniform(0, 0.05))
        server.kill()
        for writer in writers:
            writer.join(timeout=30)
            acknowledged |= writer.acknowledged
    assert len(acknowledged) >= kills
    with Server(data_dir) as server:
        assert server.client.get("/readyz").status_code == 200
        for number, identifier in acknowledged.items():
            answer = server.client.get(f"/v1/articles/{identifier}")
            assert answer.status_code == 200
            assert answer.json()["external_id"] == f"n{number}"
        listed: list[str] = []
        url: str | None = "/v1/articles?limit=100"
        while url:
            page = server.client.get(url)
            listed += [item["external_id"] for item in page.json()["items"]]
            url = page.links.get("next", {}).get("url")
        assert len(listed) == len(set(listed)) == server.client.get("/v1/articles").json()["total"]
        found = server.client.get("/v1/search", params={"q": '"registre numéro"', "limit": 1}).json()
        assert found["total"] == len(listed)
    checked = run(data_dir, "verify")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_kills_during_ingestion_lose_nothing(tmp_path: Path) -> None:
    _campaign(tmp_path, KILLS, seed=1)


@pytest.mark.soak
def test_hundreds_of_kills_during_ingestion_lose_nothing(tmp_path: Path) -> None:
    _campaign(tmp_path, SOAK_KILLS, seed=2)
