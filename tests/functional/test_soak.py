"""Half an hour of reads and writes at once: answers stay right, memory and open files stay flat."""

from __future__ import annotations

import os
import random
import threading
import time
from pathlib import Path

import httpx
import psutil
import pytest

from tests.functional.server import Server, run

MINUTES = float(os.environ.get("SOURCEBOOK_SOAK_MINUTES", "30"))
QUERIES = (
    "registre",
    '"registre numéro"',
    "pages -erreur",
    "regis*",
    "combien de pages ?",
    "+registre +ouvert",
    "source:La",
)
ARTICLES = 400
SETTLED = 0.25  # of the time, after which caches are warm


class _Client(threading.Thread):
    """Does one thing again and again until told to stop; remembers what went wrong."""

    def __init__(self, url: str, stop: threading.Event, seed: int) -> None:
        super().__init__()
        self.client = httpx.Client(base_url=url, timeout=30)
        self.stop, self.chance = stop, random.Random(seed)
        self.done = 0
        self.wrong: list[str] = []

    def run(self) -> None:
        with self.client:
            while not self.stop.is_set() and len(self.wrong) < 5:
                self.act()
                self.done += 1

    def act(self) -> None:
        raise NotImplementedError


class _Reader(_Client):
    def act(self) -> None:
        query = self.chance.choice(QUERIES)
        answer = self.client.get("/v1/search", params={"q": query, "limit": 5})
        if answer.status_code not in (200, 503) or (answer.status_code == 503 and "Retry-After" not in answer.headers):
            self.wrong.append(f"{query}: {answer.status_code} {answer.text[:200]}")
        for item in answer.json()["items"] if answer.status_code == 200 else ():
            passage = item["passage"]
            if item["citation"]["selector"]["exact"] != passage["text"]:
                self.wrong.append(f"{query}: the citation of {passage['id']} does not hold")


class _Writer(_Client):
    def act(self) -> None:
        number = self.chance.randrange(ARTICLES)
        opened = f"Le registre numéro {number} a été ouvert le {self.chance.randint(1, 28)} mars."
        text = f"{opened}\n\nIl contient {number} pages."
        record = {"external_id": f"n{number}", "source": {"name": "La Vigie"}, "language": "fr", "text": text}
        answer = self.client.post("/v1/articles", json=record)
        if answer.status_code in (200, 201) and self.chance.random() < 0.1:
            current = self.client.get(answer.headers["Location"])
            answer = self.client.delete(answer.headers["Location"], headers={"If-Match": current.headers["ETag"]})
        if answer.status_code not in (200, 201, 204, 410, 412):
            self.wrong.append(f"n{number}: {answer.status_code} {answer.text[:200]}")
        self.stop.wait(0.05)


def _use(server: Server) -> tuple[float, int]:
    """Private memory in MB, and open files, of all processes of a server."""
    parent = psutil.Process(server.process.pid)
    processes = [parent, *parent.children(recursive=True)]
    memory = sum(process.memory_full_info().uss for process in processes) / 1e6
    return memory, sum(process.num_fds() for process in processes)


@pytest.mark.soak
def test_half_an_hour_of_reads_and_writes_keeps_memory_and_files_flat(tmp_path: Path) -> None:
    stop = threading.Event()
    with Server(tmp_path) as server:
        clients: list[_Client] = [_Reader(server.url, stop, seed) for seed in range(3)]
        clients += [_Writer(server.url, stop, seed) for seed in (10, 11)]
        for client in clients:
            client.start()
        begun, samples = time.monotonic(), list[tuple[float, int]]()
        while time.monotonic() - begun < MINUTES * 60 and not any(client.wrong for client in clients):
            time.sleep(min(10.0, MINUTES * 3))
            if time.monotonic() - begun > MINUTES * 60 * SETTLED:
                samples.append(_use(server))
        stop.set()
        for client in clients:
            client.join(timeout=60)
    assert [wrong for client in clients for wrong in client.wrong] == []
    assert all(client.done > 10 for client in clients)
    third = max(1, len(samples) // 3)
    before, after = samples[:third], samples[-third:]
    assert max(memory for memory, _ in after) < 1.15 * max(memory for memory, _ in before) + 20
    assert max(files for _, files in after) <= max(files for _, files in before) + 10
    checked = run(tmp_path, "verify")
    assert checked.returncode == 0, checked.stdout + checked.stderr
