"""Timing queries: all engines in one process, query by query, in an order that turns round."""

from __future__ import annotations

import gc
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from benchmarks.search.engines.base import Engine
from benchmarks.search.figures import paired_ratio, per_query, percentile
from benchmarks.search.queries import KINDS, Query

SLOW, SLOW_ROUNDS = 0.1, 2
"""A query that takes an engine so many seconds of CPU is asked of it in so many rounds only."""

Times = dict[int, list[float]]
Clock = Callable[[], float]


class Timings:
    """CPU and wall milliseconds by engine and query, the first time apart; hits and totals by query.

    ``cpu`` and ``wall`` are those of an engine in use, which has answered another query just before; ``cold`` is the
    CPU time of a query right after the other engines, whose work has emptied the processor's caches.
    """

    def __init__(self) -> None:
        self.cpu: dict[str, Times] = defaultdict(lambda: defaultdict(list))
        self.wall: dict[str, Times] = defaultdict(lambda: defaultdict(list))
        self.cold: dict[str, Times] = defaultdict(lambda: defaultdict(list))
        self.first: dict[str, dict[int, float]] = defaultdict(dict)
        self.answered: dict[str, dict[int, int]] = defaultdict(dict)
        self.totals: dict[str, dict[int, int]] = defaultdict(dict)


def measure(
    engines: Sequence[Engine], queries: Sequence[Query], rounds: int, progress: Callable[[int, int], None]
) -> Timings:
    """Ask every query of every engine that can answer it, warm, several times."""
    timings = Timings()
    asked = {engine.name: _before(list(_asked(engine, queries))) for engine in engines}
    for number, query in enumerate(queries):
        for engine in engines:
            if number in asked[engine.name]:
                _warm(engine, number, query, timings)
        progress(0, number)
    gc.collect()
    gc.freeze()
    for turn in range(1, rounds + 1):
        for number, query in enumerate(queries):
            for engine in rotated(engines, number + turn):
                other = asked[engine.name].get(number)
                if other is not None and not _enough(engine, timings, number, turn):
                    _time_cold(engine, other, queries[other], timings)
                    _time(engine, number, query, timings)
            progress(turn, number)
    gc.unfreeze()
    return timings


def rotated(engines: Sequence[Engine], by: int) -> list[Engine]:
    """The engines, another one first each time, so that none always finds the caches as the same one left them."""
    at = by % len(engines)
    return [*engines[at:], *engines[:at]]


def _asked(engine: Engine, queries: Sequence[Query]) -> Iterator[int]:
    """The numbers of the queries that an engine is asked: of each kind the first so many."""
    counts: dict[str, int] = defaultdict(int)
    for number, query in enumerate(queries):
        counts[query.kind] += 1
        if query.kind in engine.kinds and (not engine.queries or counts[query.kind] <= engine.queries):
            yield number


def _before(numbers: Sequence[int]) -> dict[int, int]:
    """Each of the numbers with the one before it; the first with the last."""
    return dict(zip(numbers, [*numbers[-1:], *numbers[:-1]], strict=True))


def _warm(engine: Engine, number: int, query: Query, timings: Timings) -> None:
    engine.prepare(query)
    cpu = time.process_time()
    answer = engine.search(query)
    timings.first[engine.name][number] = 1000 * (time.process_time() - cpu)
    timings.answered[engine.name][number] = len(answer.hits)
    if answer.total is not None:
        timings.totals[engine.name][number] = answer.total


def _enough(engine: Engine, timings: Timings, number: int, turn: int) -> bool:
    times = timings.cpu[engine.name][number]
    slow = bool(times) and times[0] > 1000 * SLOW
    return (slow and len(times) >= SLOW_ROUNDS) or bool(engine.rounds and turn > engine.rounds)


def _time(engine: Engine, number: int, query: Query, timings: Timings) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    engine.search(query)
    timings.cpu[engine.name][number].append(1000 * (time.process_time() - cpu))
    timings.wall[engine.name][number].append(1000 * (time.perf_counter() - wall))


def _time_cold(engine: Engine, number: int, query: Query, timings: Timings) -> None:
    cpu = time.process_time()
    engine.search(query)
    timings.cold[engine.name][number].append(1000 * (time.process_time() - cpu))


def summary(timings: Timings, queries: Sequence[Query], ours: str) -> dict[str, dict[str, dict[str, Any]]]:
    """By kind and engine: p50 and p95 of CPU and wall milliseconds, queries, answers with a hit, the paired ratio."""
    cpu = {name: per_query(times) for name, times in timings.cpu.items()}
    wall = {name: per_query(times) for name, times in timings.wall.items()}
    cold = {name: per_query(times) for name, times in timings.cold.items()}
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for kind in KINDS:
        of_kind = {number for number, query in enumerate(queries) if query.kind == kind}
        for name, times in cpu.items():
            own = {number: times[number] for number in of_kind & times.keys()}
            if own:
                figures: dict[str, Any] = {
                    **_percentiles(own, "cpu"),
                    **_percentiles({n: wall[name][n] for n in own}, "wall"),
                }
                answered = [timings.answered[name][number] > 0 for number in own]
                figures |= _cold(cold, name, of_kind, ours)
                figures |= {"queries": len(own), "answered": sum(answered)}
                figures["first_p50"] = percentile([timings.first[name][n] for n in own], 0.5)
                figures["ratio"] = paired_ratio(own, cpu.get(ours, {})) if name != ours else 1.0
                found.setdefault(kind, {})[name] = figures
    return found


def _cold(cold: Mapping[str, Mapping[int, float]], name: str, wanted: set[int], ours: str) -> dict[str, Any]:
    own = {number: cold[name][number] for number in wanted & cold.get(name, {}).keys()}
    return {**_percentiles(own, "cold"), "cold_ratio": paired_ratio(own, cold.get(ours, {}))} if own else {}


def _percentiles(times: Mapping[int, float], clock: str) -> dict[str, float]:
    values = list(times.values())
    return {f"{clock}_p50": percentile(values, 0.5), f"{clock}_p95": percentile(values, 0.95)}


def machine() -> dict[str, Any]:
    """What else may have used the processors: read the ratios rather than the times when the load is high."""
    return {"cores": os.cpu_count(), "load": os.getloadavg()[0]}
