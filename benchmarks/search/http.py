"""Search end to end: the real server, over a real newsroom, with and without articles coming in."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import psutil

from benchmarks.search.cache import cache_folder
from benchmarks.search.corpus import Corpus
from benchmarks.search.figures import percentile
from benchmarks.search.load import Client, Outcome
from benchmarks.search.newsroom import environment, newsroom_folder, reindex, source_record, sourcebook
from benchmarks.search.queries import Kind, Query, draw_queries
from benchmarks.text import article_records

RATE, SECONDS = 200.0, 25.0
WRITES_PER_SECOND = 1.0
_MIX: dict[Kind, int] = {
    "question": 8,
    "rare term": 1,
    "common term": 2,
    "union": 2,
    "all terms": 2,
    "phrase": 2,
    "prefix": 1,
    "source and dates": 4,
}


def end_to_end(size: int) -> dict[str, Any]:
    """Latencies by load, on a copy of the newsroom that is indexed first."""
    with tempfile.TemporaryDirectory(dir=cache_folder()) as temporary:
        folder = Path(temporary) / "data"
        shutil.copytree(newsroom_folder(size), folder)
        seconds = reindex(folder)
        paths = mixed(
            [path_of(query) for query in draw_queries(Corpus(cache_folder(), size), 150) if query.kind in _MIX]
        )
        load = os.getloadavg()[0]
        with serving(folder) as (address, process):
            runs = list(_runs(address, paths))
            workers = [child.memory_info().rss / 1e6 for child in psutil.Process(process).children()]
    return {"passages": size, "reindex_passages_s": size / seconds, "load": load, "runs": runs, "worker_mb": workers}


def mixed(paths: Sequence[tuple[Kind, str]], seed: int = 11) -> list[str]:
    """All paths, each kind as often as the mix wants, in no order."""
    chance = Random(seed)
    repeated = [path for kind, path in paths for _ in range(_MIX.get(kind, 0))]
    chance.shuffle(repeated)
    return repeated


def path_of(query: Query) -> tuple[Kind, str]:
    """The query as a client sends it that does not mind what comes with the hits: every facet is counted."""
    parameters = {"q": query.text}
    if query.source is not None:
        parameters["source"] = source_record(query.source).name
    if query.first is not None and query.last is not None:
        parameters |= {"published_from": query.first.isoformat(), "published_to": query.last.isoformat()}
    return query.kind, f"/v1/search?{urlencode(parameters)}"


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, int]]:
    """A server over a data folder, until the block ends: its address, and its process."""
    server = subprocess.Popen(
        [sourcebook(), "serve", "--port", "0"],
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout is not None
        yield next(word for line in server.stdout for word in line.split() if word.startswith("http://")), server.pid
    finally:
        server.terminate()
        server.wait(timeout=60)


def _runs(address: str, paths: Sequence[str]) -> Iterator[dict[str, Any]]:
    parts = urlsplit(address)
    assert parts.hostname is not None
    assert parts.port is not None
    client = Client(parts.hostname, parts.port)
    client.run(paths, RATE / 4, 5.0)  # warm
    yield _run("search, a quarter of the rate", client.run(paths, RATE / 4, SECONDS / 2), RATE / 4)
    yield _run("search", client.run(paths, RATE, SECONDS), RATE)
    with _writing(address) as written:
        outcome = client.run(paths, RATE, SECONDS)
    yield _run(f"search, {written[0]} articles written meanwhile", outcome, RATE)


def _run(name: str, outcome: Outcome, rate: float) -> dict[str, Any]:
    times = outcome.latencies
    return {
        "name": name,
        "rate": rate,
        "requests": len(times),
        "p50": percentile(times, 0.5),
        "p95": percentile(times, 0.95),
        "p99": percentile(times, 0.99),
        "max": max(times),
        "errors": sum(outcome.errors.values()),
        "error_names": outcome.errors,
    }


@contextmanager
def _writing(address: str) -> Iterator[list[int]]:
    """Articles of a paragraph, one after the other; the list holds how many were acknowledged."""
    done, written = threading.Event(), [0]

    def write() -> None:
        with httpx.Client(base_url=address, timeout=60) as client:
            for record in article_records(1_000, seed=17):
                if done.wait(1 / WRITES_PER_SECOND):
                    return
                text = str(record["text"]).split("\n\n")[0]
                client.post("/v1/articles", json={**record, "text": text}).raise_for_status()
                written[0] += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield written
    finally:
        done.set()
        writer.join()
