"""``make bench-search``: full-text search beside other engines. Prints tables, writes JSON and ``docs/search.md``.

    python -m benchmarks.search [--sizes 10000,100000] [--engines Sourcebook,FTS5] [--rounds 5] [--queries 50]
                                [--rebuild] [--write docs/search.md]

Corpora and indexes are kept in build/bench-search, or in the folder that SOURCEBOOK_BENCH_CACHE names; results are
written to results-SIZE.json there. ``--rebuild`` builds our own index again, ``--only-write`` measures nothing and
writes the document from the results that are there.
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
from benchmarks.search.lifecycle import lifecycle
from benchmarks.search.measure import machine, measure, summary
from benchmarks.search.queries import draw_queries
from benchmarks.search.report import sheets

console = Console(width=180)


def main() -> None:
    """Parses the options, measures size by size, prints and writes."""
    options = _options()
    for size in options.sizes:
        if not options.only_write:
            results = _measure(size, options)
            for sheet in sheets(results):
                console.print(sheet.rich())
    if options.write:
        write_document(options.write, cache_folder())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=_numbers, default=[10_000, 100_000])
    parser.add_argument("--engines", type=lambda text: text.split(","), default=[engine.name for engine in ENGINES])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--queries", type=int, default=50)
    parser.add_argument("--rebuild", action="store_true")
    parser.add_argument("--only-build", action="store_true")
    parser.add_argument("--only-write", action="store_true")
    parser.add_argument("--write", type=Path)
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _measure(size: int, options: argparse.Namespace) -> dict[str, Any]:
    engines, building, missing = _built(size, options)
    results: dict[str, Any] = {
        "passages": size,
        "day": datetime.now(UTC).date().isoformat(),
        "versions": f"{', '.join(engine.version() for engine in engines)}, Python {platform.python_version()}",
        "machine": machine(),
        "building": building,
        "missing": missing,
    }
    if not options.only_build:
        for engine in engines:
            engine.open(index_folder(engine, size))
        queries = draw_queries(Corpus(cache_folder(), size), options.queries)
        with console.status("Asking…") as status:
            timings = measure(
                engines, queries, options.rounds, lambda turn, n: status.update(f"Round {turn}, query {n}")
            )
        results["kinds"] = summary(timings, queries, OURS)
        if OURS in options.engines:
            results["lifecycle"] = lifecycle(size)
    else:
        results["kinds"] = {}
    path = cache_folder() / f"results-{size}.json"
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return results


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
                building[engine.name] = built(engine, size, again=options.rebuild and engine.name == OURS)
            engines.append(engine)
        except EngineMissing as error:
            missing[engine.name] = str(error)
    return engines, building, missing


if __name__ == "__main__":
    main()
