"""English expressions of time, counted from Wednesday 19 June 2024."""

from __future__ import annotations

import pytest

from tests.unit.extraction.expressions.reading import edtf_in, times_in


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on March 3, 1980", "1980-03-03"),
        ("4th of July 1995", "1995-07-04"),
        ("on Tuesday, June 18", "2024-06-18"),
        ("last Friday at 8:30 p.m. GMT", "2024-06-14T20:30:00Z"),
        ("Thursday night", "2024-06-13"),
        ("next Friday", "2024-06-21"),
        ("on Tuesday of last week", "2024-06-11"),
        ("yesterday evening", "2024-06-18"),
        ("the day after tomorrow", "2024-06-21"),
        ("last month", "2024-05"),
        ("in May", "2024-05"),
        ("since 2015", "2015/.."),
        ("the 2024 elections", "2024"),
        ("by 2030", "2030"),
        ("between 2010 and 2015", "2010/2015"),
        ("the 1990s", "1990/1999"),
        ("in the summer of 2005", "2005-22"),
        ("from January to March 2023", "2023-01/2023-03"),
        ("between 3 and 12 September", "2023-09-03/2023-09-12"),
        ("Q1 2019", "2019-01/2019-03"),
        ("five years ago", "2019"),
        ("in two weeks", "2024-07-01/2024-07-07"),
        ("Christmas Eve", "2023-12-24"),
        ("nineteen ninety six", None),
        ("in nineteen ninety six", "1996"),
        ("31/12/2019", "2019-12-31"),
    ],
)
def test_times_resolve_against_the_publication(text: str, edtf: str | None) -> None:
    tense = None if text.startswith("in two") else "past"
    assert edtf_in(text, "en", tense) == ([edtf] if edtf else [])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["It may rain.", "This may take long.", "They march on.", "every Monday", "2000 people", "over two years"]
)
def test_times_leave_out_what_names_no_day(text: str) -> None:
    assert edtf_in(text, "en", "past") == []


def test_times_in_figures_that_may_be_read_both_ways_stay_unresolved() -> None:
    [found] = times_in("on 03/04/2019", "en")
    assert (found.edtf, found.basis) == (None, "unresolved")
