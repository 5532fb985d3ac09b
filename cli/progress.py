"""The bar that long commands show on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cli.runtime import errors


@contextmanager
def progress(doing: str, total: int) -> Iterator[Callable[[], None]]:
    """A bar of ``total`` steps; what is yielded moves it by one."""
    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors) as bar:
        task = bar.add_task(doing, total=total)
        yield lambda: bar.advance(task)
