"""EDTF values and the days they cover."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.expressions import bounds

DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(9000, 12, 31))


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-23", date(2023, 9, 1), date(2023, 12, 20)),
        ("2023-24", date(2023, 12, 1), date(2024, 3, 20)),
        ("2024-06-17/2024-06-23", date(2024, 6, 17), date(2024, 6, 23)),
        ("2010/2015", date(2010, 1, 1), date(2015, 12, 31)),
        ("2015/..", date(2015, 1, 1), None),
        ("../2015-03", None, date(2015, 3, 31)),
        ("2024-06-19T20:54:00", date(2024, 6, 19), date(2024, 6, 19)),
        ("2024-06-19T20:54:00+02:00", date(2024, 6, 19), date(2024, 6, 19)),
        ("2024-06-19T20:54:00Z", date(2024, 6, 19), date(2024, 6, 19)),
    ],
)
def test_bounds_covers_what_the_value_names(edtf: str, first: date | None, last: date | None) -> None:
    assert bounds(edtf) == (first, last)


@pytest.mark.parametrize(
    "edtf",
    ["", "..", "../..", "2023-13", "2023-00", "2023-02-30", "23", "2023-6-1", "2024-W25", "199X", "2023?", "2015/",
     "2024-06-19T25:00:00", "2024-06-19T20:54", "2024-06-19T20:54:00/..", "2015/2010", "٢٠٢٣", "2023-25", "a/b"],
)  # fmt: skip
def test_bounds_refuses_what_the_contract_does_not_use(edtf: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        bounds(edtf)


@given(DAYS, DAYS)
def test_bounds_of_an_interval_are_its_ends_in_order(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert bounds(f"{first}/{last}") == (first, last)


@given(DAYS)
def test_bounds_of_coarser_values_contain_the_finer(day: date) -> None:
    ranges = [bounds(value) for value in (f"{day:%Y-%m-%d}", f"{day:%Y-%m}", f"{day:%Y}")]
    for (inner_first, inner_last), (outer_first, outer_last) in pairwise(ranges):
        assert outer_first is not None
        assert inner_first is not None
        assert inner_last is not None
        assert outer_last is not None
        assert outer_first <= inner_first <= inner_last <= outer_last


@given(st.text(max_size=30))
def test_bounds_answers_days_in_order_or_raises(text: str) -> None:
    try:
        first, last = bounds(text)
    except ValueError:
        return
    assert first is None or last is None or first <= last
