"""The figures as tables: one description of each table, printed to the terminal and written as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.table import Table

from benchmarks.search.engines.catalogue import ENGINES, OURS
from benchmarks.search.queries import KINDS
from benchmarks.search.targets import verdicts

Results = Mapping[str, Any]
"""What one size gave, as it is written to JSON."""

ABSENT = "–"

CLOCKS = {"cpu": "engines in use", "cold": "right after the other engines"}


@dataclass(frozen=True)
class Sheet:
    """A table: a title, the names of its columns, rows of cells."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    def rich(self) -> Table:
        """For a terminal."""
        table = Table(*self.columns, title=self.title)
        for row in self.rows:
            table.add_row(*row)
        return table

    def markdown(self) -> str:
        """For a document; the title is a heading of the third level."""
        lines = [self.columns, ["---"] * len(self.columns), *self.rows]
        table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        return f"### {self.title}\n\n{table}\n"


def sheets(results: Results) -> list[Sheet]:
    """Every table of one size."""
    size = f"{results['passages']:,} passages"
    found = [_queries(results, size, clock) for clock in CLOCKS if _has(results, clock)]
    found.append(_building(results, size))
    if "lifecycle" in results:
        found.append(_lifecycle(results, size))
    if "http" in results:
        found.append(_http(results["http"]))
    return [*found, _targets(results, size)]


def _targets(results: Results, size: str) -> Sheet:
    rows = [
        [one.name, f"{'≤' if one.at_most else '≥'} {one.bound:g}", number(one.value), "yes" if one.held else "**no**"]
        for one in verdicts(results)
    ]
    return Sheet(f"Targets, {size}", ["target", "bound", "measured", "held"], rows)


def _engines(results: Results) -> list[str]:
    measured = {name for kinds in results["kinds"].values() for name in kinds}
    return [engine.name for engine in ENGINES if engine.name in measured]


def _has(results: Results, clock: str) -> bool:
    return any(f"{clock}_p50" in figures for of_kind in results["kinds"].values() for figures in of_kind.values())


def _queries(results: Results, size: str, clock: str) -> Sheet:
    names = _engines(results)
    rows = []
    for kind in KINDS:
        of_kind = results["kinds"].get(kind, {})
        if of_kind:
            rows.append([_asked(kind, of_kind), *(_times(of_kind.get(name), name, clock) for name in names)])
    missing = "".join(f"; {name}: {why}" for name, why in results.get("missing", {}).items())
    rounds = f"{results['rounds']} rounds, " if "rounds" in results else ""
    load = f"{rounds}load {results['machine']['load']:.1f} on {results['machine']['cores']} cores"
    title = f"Queries, {size}, {CLOCKS[clock]}: CPU ms p50 / p95, and the ratio to ours ({load}{missing})"
    return Sheet(title, ["query", *names], rows)


def _asked(kind: str, of_kind: Mapping[str, Any]) -> str:
    counts = [figures["queries"] for figures in of_kind.values()]
    return f"{kind} ({max(counts)})"


def _times(figures: Mapping[str, Any] | None, name: str, clock: str) -> str:
    if figures is None or f"{clock}_p50" not in figures:
        return ABSENT
    times = f"{number(figures[f'{clock}_p50'])} / {number(figures[f'{clock}_p95'])}"
    ratio = figures["ratio" if clock == "cpu" else f"{clock}_ratio"]
    return times if name == OURS or ratio is None else f"{times} ({number(ratio)}x)"


def number(value: float) -> str:
    """Two digits that count, without an exponent."""
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def _building(results: Results, size: str) -> Sheet:
    rows = []
    for name, built in results["building"].items():
        rows.append(
            [
                name,
                f"{built['passages'] / built['seconds']:,.0f}",
                f"{built['passages'] / built['cpu_seconds']:,.0f}",
                f"{built['peak_mb']:,.0f}",
                f"{built['bytes'] / 1e6:,.0f}",
                f"{built['load']:.1f}",
            ]
        )
    columns = ["engine", "passages a second", "passages a CPU second", "peak MB of the process", "index MB", "load"]
    return Sheet(f"Indexing, {size}", columns, rows)


_LIFECYCLE = {
    "opening a generation, ms": "open_ms",
    "its first search, ms": "first_search_ms",
    "both, CPU ms": "open_cpu_ms",
    "growth by opening and first search, MB RSS": "open_rss_mb",
    "– PSS": "open_pss_mb",
    "– not backed by files": "open_anonymous_mb",
    "growth of a worker that has answered every kind, MB RSS": "idle_rss_mb",
    "– PSS, with a second worker beside it": "idle_pss_mb",
    "– not backed by files, which workers do not share": "idle_anonymous_mb",
    "committing an article of ten passages, ms p50": "commit_p50_ms",
    "– p95": "commit_p95_ms",
    "– slowest of all, merges included": "commit_max_ms",
    "until another reader finds it, ms p50": "searchable_p50_ms",
    "– p95 ": "searchable_p95_ms",
    "– slowest": "searchable_max_ms",
}


def _lifecycle(results: Results, size: str) -> Sheet:
    rows = [[title, number(results["lifecycle"][key])] for title, key in _LIFECYCLE.items()]
    return Sheet(f"Opening, idling, committing, {size}", ["Sourcebook", "value"], rows)


def _http(results: Mapping[str, Any]) -> Sheet:
    rows = [
        [
            run["name"],
            f"{run['rate']:.0f}",
            str(run["requests"]),
            *(number(run[key]) for key in ("p50", "p95", "p99", "max")),
            str(run["errors"]),
        ]
        for run in results["runs"]
    ]
    title = (
        f"HTTP, {results['passages']:,} passages, two workers of four threads (load {results['load']:.1f}; "
        f"reindexing {results['reindex_passages_s']:,.0f} passages a second)"
    )
    columns = ["load", "requests a second", "requests", "p50 ms", "p95 ms", "p99 ms", "slowest ms", "errors"]
    return Sheet(title, columns, rows)
