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


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("The quay shut on Thursday after a storm.", ["2024-06-13"]),
        ("She sailed Tuesday a week after her sister.", ["2024-06-18"]),
        ("Crews saved on Monday five goats.", ["2024-06-17"]),
        ("The ferry carried 12 on Monday.", ["2024-06-17"]),
        ("On Monday 12 goats fled.", ["2024-06-17"]),
        ("On Sunday second helpings ran out.", ["2024-06-16"]),
        ("Prices rose Monday by 5 percent.", ["2024-06-17"]),
        ("Monday the 17th", ["2024-06-17"]),
        ("The gate opened Friday at 8.", ["2024-06-14T08:00:00"]),
        ("They were to march by boat.", []),
        ("Ada May keeps bees. The hives went to May by truck, and in May she sold them.", ["2024-05"]),
        ("April Poe keeps bees.", []),
        ("April was wet.", ["2024-04"]),
        ("the best harvest in 20 years", []),
        ("He rows ten miles in a day.", []),
        ("In May first mates struck.", ["2024-05"]),
        ("It sank on May 3. The following day, it rose.", ["2024-05-03", "2024-05-04"]),
    ],
)
def test_times_take_no_article_count_or_name_for_a_time(text: str, edtf: list[str]) -> None:
    assert edtf_in(text, "en", "past") == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Today, the harbour has 40 berths and a crane.", [None]),
        ("The port is today a quiet place.", [None]),
        ("The council votes today on the new quay.", ["2024-06-19"]),
    ],
)
def test_times_take_todays_that_may_mean_nowadays_for_no_date(text: str, edtf: list[str | None]) -> None:
    assert edtf_in(text, "en") == edtf


def test_times_in_figures_that_may_be_read_both_ways_stay_unresolved() -> None:
    [found] = times_in("on 03/04/2019", "en")
    assert (found.edtf, found.basis) == (None, "unresolved")
