"""What comparing meanings costs: milliseconds for 100 passages that are new and for known ones, and memory.

SOURCEBOOK_SEMANTIC=on python -m tests.eval.semantic_cost
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median

import psutil
from rich.console import Console

from services.semantic import Meaning, load_meaning
from tests.eval.questions import news_questions, news_records
from tests.eval.searched import SearchedPassage, open_collection

_BATCH = 100


def main() -> None:
    """Prints the figures."""
    process = psutil.Process()
    console = Console(highlight=False)
    with open_collection("news", news_records()) as collection:
        before = process.memory_info().rss
        meaning = load_meaning()
        meaning.transactions = collection.newsroom.transactions
        meaning("warm", [])
        loaded = process.memory_info().rss
        queries = [question.query for question in news_questions()][:50]
        batches = list(_batches(collection.passages))
        new = [_milliseconds(meaning, queries[0], names) for names in batches]
        known = [_milliseconds(meaning, query, batches[0]) for query in queries]
    console.print(f"{_BATCH} new passages: {median(new):.0f} ms; known ones: {median(known):.1f} ms")
    console.print(f"memory of the encoder: {(loaded - before) / 1e6:.0f} MB")


def _batches(passages: tuple[SearchedPassage, ...]) -> Iterator[list[str]]:
    for at in range(0, len(passages) - _BATCH + 1, _BATCH):
        yield [passage.id for passage in passages[at : at + _BATCH]]


def _milliseconds(meaning: Meaning, query: str, names: list[str]) -> float:
    start = time.perf_counter()
    meaning(query, names)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
