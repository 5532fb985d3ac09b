"""``make bench``: speed of extraction and ingestion, latency of search and facts, memory. Prints a table, writes JSON.

    python -m benchmarks.run [--passages 10000] [--runs 5] [--output build/bench.json]

Extraction runs on one core on generated news text and beside the bare model on the same text, in one run, so that the
ratio holds on any machine. Latency is measured through HTTP against a real server with the given number of passages.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil
from rich.console import Console
from rich.table import Table

from benchmarks.text import article_records
from extraction.document import Article
from extraction.languages.fr.analyser import load_model
from extraction.pipeline import Pipeline
from extraction.registry import load_packs

_QUERIES = (
    "évacués",
    "bilan provisoire",
    '"a annoncé"',
    "combien de manifestants à Kervalec ?",
    "+maire -préfet",
    "manif*",
)
_FACTS = (
    {"kind": "quantity", "unit": "person"},
    {"kind": "quotation"},
    {"kind": "event", "polarity": "negated"},
    {"value_min": "1000", "value_max": "5000"},
    {"q": "millions"},
)


def extraction_speed(runs: int) -> dict[str, float]:
    """Words per second of the whole pipeline and of the bare model on the same words, medians; and their ratio."""
    records = article_records(60, seed=3)
    texts = [str(record["text"]) for record in records]
    words = sum(len(text.split()) for text in texts)
    pipeline, model = Pipeline(load_packs({})), load_model()

    def whole() -> None:
        for text in texts:
            pipeline.extract(Article(text=text, language="fr"))

    def bare() -> None:
        for _ in model.pipe(line for text in texts for line in text.split("\n\n")):
            pass

    whole()
    pairs = [(_cpu_seconds(whole), _cpu_seconds(bare)) for _ in range(runs)]
    return {
        "extraction words/s": words / statistics.median(a for a, _ in pairs),
        "bare model words/s": words / statistics.median(b for _, b in pairs),
        "extraction / bare model": statistics.median(b / a for a, b in pairs),
        "extraction process MB": psutil.Process().memory_info().rss / 1e6,
    }


def _cpu_seconds(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def ingestion_and_latency(passages: int, runs: int) -> dict[str, float]:
    """Articles per second of ``sourcebook ingest``, then p50 and p95 of search and facts over HTTP, in milliseconds."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.ndjson"
        records = article_records(max(1, passages // 10), seed=5)
        file.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
        environment = {**os.environ, "SOURCEBOOK_DATA_DIR": str(Path(folder) / "data")}
        sourcebook = str(Path(sys.executable).with_name("sourcebook"))
        figures["passages"] = sum(str(record["text"]).count("\n\n") + 1 for record in records)
        start = time.monotonic()
        subprocess.run([sourcebook, "ingest", str(file)], env=environment, check=True, capture_output=True)
        figures["ingestion articles/s"] = len(records) / (time.monotonic() - start)
        server = subprocess.Popen(
            [sourcebook, "serve", "--port", "0"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            assert server.stdout is not None
            url = next(word for line in server.stdout for word in line.split() if word.startswith("http://"))
            figures |= _latency(url, runs)
            processes = [psutil.Process(server.pid), *psutil.Process(server.pid).children(recursive=True)]
            figures["largest server process MB"] = max(p.memory_info().rss for p in processes) / 1e6
        finally:
            server.terminate()
            server.wait(timeout=60)
    return figures


def _latency(url: str, runs: int) -> dict[str, float]:
    figures: dict[str, float] = {}
    with httpx.Client(base_url=url, timeout=60) as client:
        for name, path, queries in (
            ("search", "/v1/search", [{"q": q} for q in _QUERIES]),
            ("facts", "/v1/facts", list(_FACTS)),
        ):
            taken = []
            for _ in range(runs * 4):
                for query in queries:
                    start = time.perf_counter()
                    client.get(path, params=query).raise_for_status()
                    taken.append(1000 * (time.perf_counter() - start))
            cuts = statistics.quantiles(taken, n=20)
            figures |= {f"{name} p50 ms": statistics.median(taken), f"{name} p95 ms": cuts[18]}
    return figures


def main() -> None:
    """Parses the options, measures, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    figures = extraction_speed(arguments.runs) | ingestion_and_latency(arguments.passages, arguments.runs)
    table = Table(
        "figure", "value", title=f"Sourcebook on {platform.processor() or platform.machine()}, {os.cpu_count()} cores"
    )
    for name, value in figures.items():
        table.add_row(name, f"{value:,.2f}")
    Console().print(table)
    if arguments.output:
        arguments.output.parent.mkdir(parents=True, exist_ok=True)
        arguments.output.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
