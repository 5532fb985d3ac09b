"""``make bench-search``: full-text search beside other engines. Prints tables, writes JSON and ``docs/search.md``.

    python -m benchmarks.search [--sizes 10000,100000] [--engines Sourcebook,FTS5] [--parts queries,lifecycle,http]
                                [--rounds 5] [--queries 50] [--rebuild] [--write docs/search.md]

Corpora and indexes are kept in build/bench-search, or in the folder that SOURCEBOOK_BENCH_CACHE names, and so are
results, in results-SIZE.json: parts that are not measured now stay as they were. ``--parts ""`` only builds what is
missing, with ``--sizes ""`` nothing happens but that the document is written from the results that are there.
"""

from __future__ import annotations

import argparse
import json
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.search.cache import built, cache_folder, index_folder
from benchmarks.search.corpus import Corpus
from benchmarks.search.document import write_document
from benchmarks.search.engines.base import Engine, EngineMissing
from benchmarks.search.engines.catalogue import ENGINES, OURS, engine_called
from benchmarks.search.http import end_to_end
from benchmarks.search.lifecycle import lifecycle
from benchmarks.search.measure import machine, measure, summary
from benchmarks.search.queries import draw_queries
from benchmarks.search.report import sheets

console = Console(width=180)

PARTS = ("queries", "lifecycle", "http")
HTTP_SIZE = 100_000


def main() -> None:
    """Parses the options, measures size by size, prints and writes."""
    options = _options()
    for size in options.sizes:
        for sheet in sheets(_measure(size, options)):
            console.print(sheet.rich())
    if options.write:
        write_document(options.write, cache_folder())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=_numbers, default=[10_000, 100_000])
    parser.add_argument("--engines", type=_names, default=[engine.name for engine in ENGINES])
    parser.add_argument("--parts", type=_names, default=list(PARTS), help=", ".join(PARTS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--queries", type=int, default=50)
    parser.add_argument("--rebuild", action="store_true", help="build our own index again")
    parser.add_argument("--write", type=Path)
    return parser.parse_args()


def _names(text: str) -> list[str]:
    return text.split(",") if text else []


def _numbers(text: str) -> list[int]:
    return [int(number) for number in _names(text)]


def _measure(size: int, options: argparse.Namespace) -> dict[str, Any]:
    """The results of one size: the parts that were measured now, and what is kept of the others."""
    path = cache_folder() / f"results-{size}.json"
    results: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {"passages": size, "kinds": {}}
    engines, building, missing = _built(size, options)
    if "queries" in options.parts:
        results |= _asked(size, engines, options) | {"missing": missing, "building": {}}
    results["building"] = results.get("building", {}) | building
    if "lifecycle" in options.parts:
        results["lifecycle"] = lifecycle(size)
    if "http" in options.parts and size == HTTP_SIZE:
        results["http"] = end_to_end(size)
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return results


def _asked(size: int, engines: list[Engine], options: argparse.Namespace) -> dict[str, Any]:
    for engine in engines:
        engine.open(index_folder(engine, size))
    queries = draw_queries(Corpus(cache_folder(), size), options.queries)
    before = machine()
    with console.status("Asking…") as status:
        timings = measure(engines, queries, options.rounds, lambda turn, n: status.update(f"Round {turn}, query {n}"))
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "versions": f"{', '.join(engine.version() for engine in engines)}, Python {platform.python_version()}",
        "rounds": options.rounds,
        "machine": before,
        "kinds": summary(timings, queries, OURS),
    }


def _built(size: int, options: argparse.Namespace) -> tuple[list[Engine], dict[str, Any], dict[str, str]]:
    """The engines with an index of this size, what building each took, and why others are not here."""
    engines: list[Engine] = []
    building: dict[str, Any] = {}
    missing: dict[str, str] = {}
    for engine in map(engine_called, options.engines):
        if size > engine.largest:
            missing[engine.name] = f"up to {engine.largest:,} passages"
            continue
        try:
            with console.status(f"Building {engine.name}, {size:,} passages…"):
                figures = built(engine, size, again=options.rebuild and engine.name == OURS)
            if engine.version() not in {other.version() for other in engines}:  # two may ask the same index
                building[engine.name] = figures
            engines.append(engine)
        except EngineMissing as error:
            missing[engine.name] = str(error)
    return engines, building, missing


if __name__ == "__main__":
    main()
