"""Opening, idling, committing: what our index costs a process that serves it.

python -m benchmarks.search.lifecycle open FOLDER SIZE      # in a process of its own
python -m benchmarks.search.lifecycle wait FOLDER SIZE      # the second worker beside it
python -m benchmarks.search.lifecycle commit FOLDER SIZE    # writes to the folder: give it a copy
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.search.cache import cache_folder, index_folder
from benchmarks.search.corpus import Corpus, Passage
from benchmarks.search.engines.ours import Ours, document
from benchmarks.search.figures import percentile
from benchmarks.search.memory import megabytes
from benchmarks.search.queries import Query, draw_queries
from search_index import PassageDocument, SearchIndex, parse_query

COMMITS, PASSAGES = 60, 10
_WAIT = 30.0


def lifecycle(size: int) -> dict[str, Any]:
    """Opening and idling on the cached index, committing on a copy of it."""
    folder = index_folder(Ours(), size)
    with tempfile.TemporaryDirectory(dir=cache_folder()) as temporary:
        copy = Path(temporary) / "index"
        shutil.copytree(folder, copy)
        copy.chmod(0o700)
        os.sync()  # else the first commit would wait for the copy to reach the disk
        return {**_in_process("open", folder, size), **_in_process("commit", copy, size)}


def _in_process(what: str, folder: Path, size: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.search.lifecycle", what, str(folder), str(size)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def opening(folder: Path, size: int, small: Path) -> dict[str, float]:
    """The first search of an index, in a process that has searched a small one before; then what idling takes.

    Growth is in megabytes beyond the process that has imported everything and searched the small index.
    """
    queries = _queries(size)
    first = next(query for query in queries if query.kind == "question")
    _answer(small, [first])
    gc.collect()
    before = megabytes()
    start, used = time.perf_counter(), time.process_time()
    engine = Ours()
    engine.open(folder)
    opened = time.perf_counter()
    engine.search(first)
    figures = {
        "open_ms": 1000 * (opened - start),
        "first_search_ms": 1000 * (time.perf_counter() - opened),
        "open_cpu_ms": 1000 * (time.process_time() - used),
        **_growth("open", before),
    }
    _ask(engine, queries)
    with _another_worker(folder, size):
        return figures | _growth("idle", before)


def _ask(engine: Ours, queries: list[Query]) -> None:
    for query in queries:
        engine.prepare(query)
        engine.search(query)
    gc.collect()


@contextmanager
def _another_worker(folder: Path, size: int) -> Iterator[None]:
    """A second process that has the index open and has answered the same queries, as a server has."""
    command = [sys.executable, "-m", "benchmarks.search.lifecycle", "wait", str(folder), str(size)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdout.readline()
        yield
        worker.stdin.close()


def _answer(folder: Path, queries: list[Query]) -> None:
    engine = Ours()
    SearchIndex(folder).rebuild([document(replace(passage, number=passage.number)) for passage in _some_passages()])
    engine.open(folder)
    for query in queries:
        engine.search(query)


def _some_passages() -> list[Passage]:
    return list(Corpus(cache_folder(), 10_000).passages(list(range(200))).values())


def _growth(moment: str, before: dict[str, float]) -> dict[str, float]:
    now = megabytes()
    return {f"{moment}_{name}_mb": now[name] - before[name] for name in before}


def commits(folder: Path) -> dict[str, float]:
    """Small articles, each in a commit of its own; and how long until another reader of the folder finds it.

    The reader is a second index object, which knows of a commit only what the folder tells it, as another process does.
    """
    writer, reader = SearchIndex(folder), SearchIndex(folder)
    _finds(reader, "premier")
    committed, searchable = [], []
    for number in range(COMMITS):
        word = f"zzyx{chr(97 + number // 26)}{chr(97 + number % 26)}q"
        article = _article(number, word)
        start = time.perf_counter()
        writer.apply(article)
        committed.append(1000 * (time.perf_counter() - start))
        while not _finds(reader, word):
            if time.perf_counter() - start > _WAIT:
                raise RuntimeError("an article never became searchable")
        searchable.append(1000 * (time.perf_counter() - start))
    return {
        "commits": COMMITS,
        **{f"commit_{name}_ms": percentile(committed, share) for name, share in _SHARES.items()},
        **{f"searchable_{name}_ms": percentile(searchable, share) for name, share in _SHARES.items()},
    }


_SHARES = {"p50": 0.5, "p95": 0.95, "max": 1.0}


def _finds(reader: SearchIndex, word: str) -> bool:
    return reader.search(parse_query(word), limit=1, deadline=_WAIT).total > 0


def _article(number: int, word: str) -> dict[str, list[PassageDocument]]:
    own = list(Corpus(cache_folder(), 10_000).passages(list(range(PASSAGES))).values())
    article = f"a-commit-{number:04d}"
    return {
        article: [
            replace(
                document(replace(passage, text=f"{passage.text} {word}")),
                article_id=article,
                passage_id=f"p-commit-{number:04d}-{passage.number}",
            )
            for passage in own
        ]
    }


def main() -> None:
    """Measures one thing and prints it as JSON."""
    what, folder, size = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    if what == "commit":
        print(json.dumps(commits(folder)))
        return
    if what == "wait":
        engine = Ours()
        engine.open(folder)
        _ask(engine, _queries(size))
        print("ready", flush=True)
        sys.stdin.read()
        return
    with tempfile.TemporaryDirectory() as temporary:
        print(json.dumps(opening(folder, size, Path(temporary) / "small")))


def _queries(size: int) -> list[Query]:
    return draw_queries(Corpus(cache_folder(), size), count=10)


if __name__ == "__main__":
    main()
