"""What we set out to reach, beside what was measured: missed targets are said as plainly as those that are held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.search.queries import Kind

OURS, FTS5, TANTIVY = "Sourcebook", "FTS5", "tantivy"
MILLION = 1_000_000

_AHEAD: tuple[Kind, ...] = ("common term", "union", "question", "source and dates", "facets", "prefix", "page 50")
_QUICK: tuple[Kind, ...] = ("rare term", "all terms", "phrase")
_LEVEL: tuple[Kind, ...] = ("common term", "question", "source and dates")
_NEAR: tuple[Kind, ...] = ("rare term", "union", "all terms", "phrase", "prefix", "facets", "page 50")
_LEVEL_RATIO, _NEAR_RATIO = 1.1, 2.0
_LIFECYCLE = (
    ("opening and first search, ms", "opening_ms", 100.0),
    ("growth by opening, MB not backed by files", "open_anonymous_mb", 50.0),
    ("worker that has answered every kind, MB PSS", "idle_pss_mb", 300.0),
    ("slowest commit of a small article, ms", "commit_max_ms", 1_000.0),
    ("slowest time until it is found, ms", "searchable_max_ms", 1_000.0),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One target: what is measured, the bound, whether it is an upper bound, and the value."""

    name: str
    bound: float
    value: float
    at_most: bool = True

    @property
    def held(self) -> bool:
        """Whether the target is reached."""
        return self.value <= self.bound if self.at_most else self.value >= self.bound


def verdicts(results: Mapping[str, Any]) -> list[Verdict]:
    """The targets of one size for which there are figures."""
    found = [*_beside_fts5(results), *_quick(results), *_depth(results), *_http(results)]
    if results["passages"] == MILLION:
        found += [*_beside_tantivy(results), *_at_a_million(results)]
    return found


def _ratio(results: Mapping[str, Any], kind: Kind, name: str) -> float | None:
    ratio = results["kinds"].get(kind, {}).get(name, {}).get("ratio")
    return float(ratio) if ratio is not None else None


def _ours(results: Mapping[str, Any], kind: Kind, figure: str) -> float | None:
    value = results["kinds"].get(kind, {}).get(OURS, {}).get(figure)
    return float(value) if value is not None else None


def _beside_fts5(results: Mapping[str, Any]) -> Iterator[Verdict]:
    for kind in _AHEAD:
        if ratio := _ratio(results, kind, FTS5):
            yield Verdict(f"{kind}: ours to FTS5", 1.0, 1 / ratio)


def _beside_tantivy(results: Mapping[str, Any]) -> Iterator[Verdict]:
    for kinds, bound in ((_LEVEL, _LEVEL_RATIO), (_NEAR, _NEAR_RATIO)):
        for kind in kinds:
            if ratio := _ratio(results, kind, TANTIVY):
                yield Verdict(f"{kind}: ours to tantivy", bound, 1 / ratio)


def _quick(results: Mapping[str, Any]) -> Iterator[Verdict]:
    for kind in _QUICK:
        if median := _ours(results, kind, "cpu_p50"):
            yield Verdict(f"{kind}: median, ms", 2.0, median)


def _depth(results: Mapping[str, Any]) -> Iterator[Verdict]:
    first, last = _ours(results, "page 1", "cpu_p50"), _ours(results, "last page", "cpu_p50")
    if first and last:
        yield Verdict("page 10,000 (or the last) to page 1", 2.0, last / first)


def _at_a_million(results: Mapping[str, Any]) -> Iterator[Verdict]:
    if slow := _ours(results, "question", "cpu_p95"):
        yield Verdict("question: 95th percentile, ms (goal 5)", 12.0, slow)
    if built := results["building"].get(OURS):
        speed = built["passages"] / built["seconds"]
        yield Verdict("indexing, passages a second (goal 5,000)", 2_000.0, speed, at_most=False)
        yield Verdict("memory while indexing, MB", 1_024.0, built["peak_mb"])
    if found := results.get("lifecycle"):
        figures = {**found, "opening_ms": found["open_ms"] + found["first_search_ms"]}
        yield from (Verdict(name, bound, figures[key]) for name, key, bound in _LIFECYCLE)


def _http(results: Mapping[str, Any]) -> Iterator[Verdict]:
    for run in results.get("http", {}).get("runs", ()):
        if run["name"] == "search":
            yield Verdict(f"HTTP: 99th percentile at {run['rate']:.0f} requests a second, ms", 50.0, run["p99"])
