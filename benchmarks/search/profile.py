"""Where our own time goes, a kind of query at a time.

python -m benchmarks.search.profile SIZE [KIND,KIND…] [--lines 25] [--repeat 5]
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time

from benchmarks.search.cache import built, cache_folder, index_folder
from benchmarks.search.corpus import Corpus
from benchmarks.search.engines.ours import Ours
from benchmarks.search.queries import KINDS, Query, draw_queries


def main() -> None:
    """Prints, for each kind, the CPU milliseconds of a query without the profiler, and the functions that cost most."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", type=int)
    parser.add_argument("kinds", nargs="?", type=lambda text: text.split(","), default=list(KINDS))
    parser.add_argument("--lines", type=int, default=25)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    engine = Ours()
    built(engine, options.size)
    engine.open(index_folder(engine, options.size))
    queries = draw_queries(Corpus(cache_folder(), options.size), 50)
    for kind in options.kinds:
        own = [query for query in queries if query.kind == kind] * options.repeat
        for query in own:
            engine.prepare(query)
            engine.search(query)
        print(f"\n=== {kind}: {_milliseconds(engine, own):.2f} ms a query in the mean")
        profile = cProfile.Profile()
        profile.enable()
        for query in own:
            engine.search(query)
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(options.lines)


def _milliseconds(engine: Ours, queries: list[Query]) -> float:
    start = time.process_time()
    for query in queries:
        engine.search(query)
    return 1000 * (time.process_time() - start) / max(1, len(queries))


if __name__ == "__main__":
    main()
