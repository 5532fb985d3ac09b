"""The analysis reads what aims at its regular expressions in time linear in its length."""

from __future__ import annotations

import time

import pytest

from search_index.analysis import encode, words
from tests.fixtures.hostile_queries import QUERIES

LENGTH = 20_000
SECONDS = 0.5
"""Fifty times what the analysis takes; what is quadratic takes several seconds."""


@pytest.mark.parametrize("family", ["backtracking", "runs", "towers", "numbers"])
def test_a_text_that_aims_at_the_analysis_is_read_in_linear_time(family: str) -> None:
    for pattern in QUERIES[family]:
        text = (pattern * (LENGTH // len(pattern) + 1))[:LENGTH]
        start = time.thread_time()
        encode(words(text), "fr")
        elapsed = time.thread_time() - start
        assert elapsed < SECONDS, f"{elapsed:.2f} s for {pattern[:40]!r}"
