"""What clients who mean well notice of clients who do not: latencies of a mixed load, alone and beside hostile clients.

    python -m benchmarks.search_hostile [--passages 100000] [--rate 25] [--seconds 20] [--hostile 4] [--rounds 3]

The real server (two workers of four threads) serves a newsroom of generated passages. Well-behaved clients send the
mixed load of the search benchmark at a steady rate; hostile ones send, each as fast as it is answered, the queries of
``tests/fixtures/hostile_queries.py`` and the widest that the grammar allows. Runs alone and beside them take turns.
Prints one line of JSON: milliseconds, and the ratio of the 99th percentiles. All run on this machine, which the
hostile clients' own work slows down too.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import random
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.search.cache import cache_folder
from benchmarks.search.corpus import Corpus
from benchmarks.search.figures import percentile
from benchmarks.search.http import mixed, path_of, serving
from benchmarks.search.load import Client
from benchmarks.search.newsroom import newsroom_folder, reindex
from benchmarks.search.queries import draw_queries
from tests.fixtures.hostile_queries import QUERIES, address

_LONGEST_LINE = 8_000
_TIMEOUT = 30.0
_SLOW_CLIENT = 5
"""Niceness of the hostile clients: what they compute on this machine they would elsewhere on another."""


def hostile_paths(seed: int) -> list[str]:
    """Addresses that the server reads to their end, in no order."""
    paths = [address(path, query) for family in QUERIES.values() for query in family for path in _ASKED]
    short = [path for path in paths if len(path) < _LONGEST_LINE]
    random.Random(seed).shuffle(short)
    return short


_ASKED = ("/v1/search", "/v1/search", "/v1/suggest", "/v1/facts")


def hammer(host: str, port: int, seed: int, done: Event, report: Any) -> None:
    """Send hostile queries one after the other until told to stop; reports the answers by status, and the slowest."""
    os.nice(_SLOW_CLIENT)
    statuses: Counter[str] = Counter()
    slowest = 0.0
    connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT)
    paths = hostile_paths(seed)
    while not done.is_set():
        path = paths[sum(statuses.values()) % len(paths)]
        start = time.perf_counter()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            statuses[str(answer.status)] += 1
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            statuses[type(error).__name__] += 1
        slowest = max(slowest, time.perf_counter() - start)
    report.put((statuses, slowest))


def measure(size: int, rate: float, seconds: float, hostile: int, rounds: int) -> dict[str, Any]:
    """The board."""
    with tempfile.TemporaryDirectory(dir=cache_folder()) as temporary:
        folder = Path(temporary) / "data"
        shutil.copytree(newsroom_folder(size), folder)
        reindex(folder)
        paths = mixed([path_of(query) for query in draw_queries(Corpus(cache_folder(), size), 150)])
        with serving(folder) as (url, _):
            parts = urlsplit(url)
            host, port = str(parts.hostname), int(parts.port or 0)
            client = Client(host, port)
            client.run(paths, rate, 5.0)  # warm
            alone: list[float] = []
            beside: list[float] = []
            errors: Counter[str] = Counter()
            answers: Counter[str] = Counter()
            slowest = 0.0
            for number in range(rounds):
                alone += _well_behaved(client, paths, rate, seconds, errors)
                done, report, clients = _hostile_clients(host, port, hostile, number)
                beside += _well_behaved(client, paths, rate, seconds, errors)
                done.set()
                for _ in clients:
                    statuses, worst = report.get(timeout=60)
                    answers += statuses
                    slowest = max(slowest, worst)
                for process in clients:
                    process.join()
    p99 = [percentile(times, 0.99) for times in (alone, beside)]
    return {
        "passages": size,
        "rate": rate,
        "requests": [len(alone), len(beside)],
        "p50 alone, beside": [statistics.median(alone), statistics.median(beside)],
        "p95 alone, beside": [percentile(alone, 0.95), percentile(beside, 0.95)],
        "p99 alone, beside": p99,
        "p99 ratio": p99[1] / p99[0],
        "errors of well-behaved clients": dict(errors),
        "hostile clients": hostile,
        "hostile requests/s": sum(answers.values()) / (rounds * seconds),
        "answers to them": dict(answers),
        "slowest of them, s": slowest,
        "load": os.getloadavg()[0],
    }


def _well_behaved(
    client: Client, paths: Sequence[str], rate: float, seconds: float, errors: Counter[str]
) -> list[float]:
    outcome = client.run(paths, rate, seconds)
    errors.update(outcome.errors)
    return outcome.latencies


def _hostile_clients(
    host: str, port: int, count: int, seed: int
) -> tuple[Event, Any, list[multiprocessing.process.BaseProcess]]:
    context = multiprocessing.get_context(
        "fork"
    )  # without importing all this again, on the processors that are measured
    done, report = context.Event(), context.Queue()
    clients: list[multiprocessing.process.BaseProcess] = [
        context.Process(target=hammer, args=(host, port, 100 * seed + number, done, report)) for number in range(count)
    ]
    for process in clients:
        process.start()
    time.sleep(1.0)  # until they have started
    return done, report, clients


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--rate", type=float, default=25.0)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--hostile", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    board = measure(options.passages, options.rate, options.seconds, options.hostile, options.rounds)
    print(json.dumps(board, default=str))


if __name__ == "__main__":
    main()
