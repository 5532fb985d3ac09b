"""Builds one engine's index in a process of its own, so that its memory can be told from anything else's.

python -m benchmarks.search.build ENGINE SIZE FOLDER
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

from benchmarks.search.cache import cache_folder, size_of
from benchmarks.search.corpus import Corpus
from benchmarks.search.engines.catalogue import engine_called
from benchmarks.search.memory import megabytes


def main() -> None:
    """Builds, and writes FOLDER.json beside the folder."""
    name, size, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    engine = engine_called(name)
    corpus = Corpus(cache_folder(), size)
    corpus.prepare()
    reading = _reading_seconds(corpus)
    before, load = megabytes(), os.getloadavg()[0]
    start, used = time.monotonic(), _cpu_seconds()
    engine.build(corpus, folder)
    seconds, cpu = time.monotonic() - start, _cpu_seconds() - used
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    figures = {
        "passages": size,
        "seconds": seconds - reading,
        "cpu_seconds": cpu - reading,
        "peak_mb": peak,
        "before_mb": before["rss"],
        "bytes": size_of(folder),
        "load": load,
    }
    folder.with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def _cpu_seconds() -> float:
    """Of this process and of those that it started and waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _reading_seconds(corpus: Corpus) -> float:
    """What reading the corpus alone takes: the engine's work does not include it."""
    start = time.process_time()
    for _ in corpus:
        pass
    return time.process_time() - start


if __name__ == "__main__":
    main()
