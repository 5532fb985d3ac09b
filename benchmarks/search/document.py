"""Writes ``docs/search.md``: the words are in ``search.md.tmpl``, the figures come from the results that are kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.search.plot import draw
from benchmarks.search.report import sheets

TEMPLATE = Path(__file__).with_name("search.md.tmpl")
FIGURES = "{{figures}}"
COMMAND = "python -m benchmarks.search"

PLOTTED = ("question", "common term", "source and dates", "phrase", "facets", "prefix")


def write_document(path: Path, cache: Path) -> None:
    """Write the document and, beside it, its plot. Raises FileNotFoundError when nothing was measured."""
    measured = read_results(cache)
    if not measured:
        raise FileNotFoundError(f"there are no results in {cache}: measure first")
    path.write_text(TEMPLATE.read_text("utf-8").replace(FIGURES, figures(measured, path.stem)), "utf-8")
    path.with_suffix(".svg").write_text(plot(measured), "utf-8")


def read_results(cache: Path) -> list[dict[str, Any]]:
    """The results of each size that was measured, smallest first."""
    found = [json.loads(path.read_text("utf-8")) for path in cache.glob("results-*.json")]
    return sorted((one for one in found if one["kinds"]), key=lambda one: int(one["passages"]))


def figures(measured: list[dict[str, Any]], plot_name: str) -> str:
    """The plot and all tables as Markdown, each size under the command that measures it."""
    parts = [f"![Median CPU time by size and engine]({plot_name}.svg)\n"]
    for results in measured:
        size = results["passages"]
        parts.append(f"## {size:,} passages\n\n```\n{COMMAND} --sizes {size}\n```\n")
        parts.append(f"{results['versions']}, measured on {results['day']}.\n" if "day" in results else "")
        parts += [sheet.markdown() for sheet in sheets(results)]
    return "\n".join(part for part in parts if part).rstrip()


def plot(measured: list[dict[str, Any]]) -> str:
    """Median CPU milliseconds by size, for the kinds of query that differ most."""
    panels: dict[str, dict[str, dict[int, float]]] = {kind: {} for kind in PLOTTED}
    for results in measured:
        for kind, panel in panels.items():
            for name, found in results["kinds"].get(kind, {}).items():
                panel.setdefault(name, {})[int(results["passages"])] = float(found["cpu_p50"])
    return draw({kind: panel for kind, panel in panels.items() if panel})
