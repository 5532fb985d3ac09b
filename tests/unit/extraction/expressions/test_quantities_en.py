"""English quantities: values, units, qualifiers, and numbers that are none."""

from __future__ import annotations

import pytest

from tests.unit.extraction.expressions.reading import quantities_in, values_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At least 4,200 pilgrims", (4200, None, "at_least")),
        ("no fewer than 30 trawlers", (30, None, "at_least")),
        ("nearly 60,000 hives", (60000, None, "about")),
        ("up to 90 berths", (90, None, "at_most")),
        ("500 or more", (500, None, "at_least")),
        ("two hundred and sixteen goats", (216, None, "exact")),
        ("tens of thousands of birds", ((20000, None), None, "about")),
        ("several hundred boats", ((200, None), None, "about")),
        ("half a million dollars", (500000, "USD", "exact")),
        ("a $4.5bn harbour", (4.5e9, "USD", "exact")),
        ("C$ 3 million", (3e6, "CAD", "exact")),
        ("£12,500 a year", (12500, "GBP", "exact")),
        ("20 to 30 million euros", ((20e6, 30e6), "EUR", "range")),
        ("between 15 and 20 percent", ((15, 20), "percent", "range")),
        ("a 26-mile ferry trip", (26, "mile", "exact")),
        ("a 15-year-old shepherd", (15, "year", "exact")),
        ("three and a half hours", (3.5, "hour", "exact")),
        ("one in three ferries", (1 / 3, "ratio", "exact")),
        ("four out of five hives", (0.8, "ratio", "exact")),
        ("two-thirds of the quays", (2 / 3, "ratio", "exact")),
        ("The five-year lease", (5, "year", "exact")),
        ("keepers aged between 71 and 93", ((71, 93), "year", "range")),
        ("The driver, 26, was unhurt", (26, "year", "exact")),
        ("They waited two days before sailing", (2, "day", "exact")),
        ("a 10-second delay", (10, "second", "exact")),
        ("twice a week", (2, "times_per_week", "exact")),
        ("three times higher", (3, "times", "exact")),
        ("winds of 60 mph", (60, "mph", "exact")),
        ("10 degrees below zero", (-10, "degree", "exact")),
    ],
)
def test_quantities_read_value_unit_and_qualifier(text: str, expected: tuple[object, str | None, str]) -> None:
    [(value, unit, qualifier)] = values_in(text, "en")
    assert (value, unit, qualifier) == (pytest.approx(expected[0]), *expected[1:])


@pytest.mark.parametrize(
    "text",
    [
        "the two harbours", "these three valleys", "a ferry and an oar", "one of the herders", "the 3rd quay",
        "a second hive", "twenty-second hive", "Route 66", "Boeing 737", "an F-16", "won 3-1", "in 2015", "on May 3",
        "three days later", "at 8:30 p.m.", "no one came", "a 4:3 screen", "the last 12 months",
        "two weeks after the flood", "three days before the vote", "half an hour later", "call 911", "dial 0800",
        "the mill (1748)", "three in five games", "mile marker 12",
    ],
)  # fmt: skip
def test_quantities_leave_out_what_counts_nothing(text: str) -> None:
    assert values_in(text, "en") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4.5 percent, up from 3.1 in May", [(4.5, "percent"), (3.1, "percent")]),
        ("It rose from 4.5 to 5.1 million tonnes", [(4.5e6, "tonne"), (5.1e6, "tonne")]),
        ("300 boats, compared with 200 last year", [(300, None), (200, None)]),
    ],
)
def test_quantities_take_a_unit_that_is_said_beside_them(text: str, expected: list[tuple[float, str | None]]) -> None:
    assert [(value, unit) for value, unit, _ in values_in(text, "en")] == expected


def test_quantities_take_bare_figures_between_commas_after_a_name_for_an_age() -> None:
    assert values_in("Ada Poe, 53, keeps bees.", "en") == [(53, "year", "exact")]


@pytest.mark.parametrize(
    ("text", "change"),
    [("catches fell 3.2%", "decrease"), ("a 4% increase", "increase"), ("They cut 200 trees", None)],
)
def test_quantities_tell_rises_from_falls(text: str, change: str | None) -> None:
    [found] = quantities_in(text, "en")
    assert found.change == change


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Protests broke out in four cities.", [(4, None, "exact")]),
        ("They took in four hundred children.", [(400, None, "exact")]),
        ("He crawled in on all fours.", []),
    ],
)
def test_quantities_count_four_of_something_and_no_crawling(text: str, expected: list[object]) -> None:
    assert values_in(text, "en") == expected
