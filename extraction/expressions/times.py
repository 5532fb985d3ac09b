"""Expressions of time, resolved against the day of publication or the article's own dates, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from extraction.document import TimeMention
from extraction.spans import Span
from extraction.tense import Tense


def find_times(
    text: str,  # noqa: ARG001
    spans: Sequence[Span],  # noqa: ARG001
    language: str,  # noqa: ARG001
    published_on: date | None,  # noqa: ARG001
    tense: Callable[[int], Tense | None] | None = None,  # noqa: ARG001
) -> tuple[TimeMention, ...]:
    """Time expressions inside the given spans, in order."""
    return ()
