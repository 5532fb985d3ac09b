"""Figures in a document, renewed by the command that prints them: whatever stands between two marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path


def renew(document: Path, mark: str, lines: Iterable[str]) -> None:
    """Put lines between ``<!-- mark -->`` and ``<!-- /mark -->``. Raises ValueError where the marks are not."""
    text = document.read_text("utf-8")
    between = re.compile(rf"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)", re.DOTALL)
    if between.search(text) is None:
        raise ValueError(f"{document} has no marks <!-- {mark} --> and <!-- /{mark} -->")
    inside = "\n" + "\n".join(lines) + "\n\n"
    document.write_text(between.sub(lambda found: found[1] + inside + found[2], text, count=1), "utf-8")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a Markdown table."""
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]
