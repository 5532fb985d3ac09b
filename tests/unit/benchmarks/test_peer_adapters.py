"""Peers' finds in the shape of our documents: the pure parts, for which no peer is needed."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from benchmarks.peers import adapters
from benchmarks.peers.allowances import lenient_document, lenient_gold

DAY = datetime.date(2024, 6, 18)
MOMENT = datetime.datetime(2024, 6, 11, 17, 30)
TEXT = "Le port a reçu une aide de 12 000 euros le 3 mars 2024.\nÀ lire aussi : 5 idées"


@pytest.mark.parametrize(
    ("period", "edtf"),
    [
        ("year", "2024"),
        ("month", "2024-06"),
        ("week", "2024-W24"),
        ("day", "2024-06-11"),
        ("part_of_day", "2024-06-11"),
        (None, "2024-06-11"),
        ("time", "2024-06-11T17:30:00"),
    ],
)
def test_edtf_of_period_keeps_the_precision_that_is_reported(period: str | None, edtf: str) -> None:
    assert adapters.edtf_of_period(MOMENT, period) == edtf


def reading(kind: str, timex: str, **more: str) -> dict[str, str]:
    return {"type": kind, "timex": timex, **more}


@pytest.mark.parametrize(
    ("values", "edtf"),
    [
        ([reading("date", "2024-03-03", value="2024-03-03")], "2024-03-03"),
        (
            [reading("date", "XXXX-WXX-5", value="2024-06-14"), reading("date", "XXXX-WXX-5", value="2024-06-21")],
            "2024-06-14",
        ),
        (
            [reading("date", "XXXX-07-01", value="2025-07-01"), reading("date", "XXXX-07-01", value="2024-07-01")],
            "2024-07-01",
        ),
        ([reading("daterange", "2019", start="2019-01-01", end="2020-01-01")], "2019"),
        ([reading("daterange", "2024-W24", start="2024-06-10", end="2024-06-17")], "2024-W24"),
        ([reading("daterange", "XXXX-09", start="2023-09-01", end="2023-10-01")], "2023-09"),
        (
            [reading("daterange", "(XXXX-01-19,XXXX-01-23,P4D)", start="2024-01-19", end="2024-01-23")],
            "2024-01-19/2024-01-23",
        ),
        ([reading("daterange", "P3D", start="2024-06-10", end="2024-06-13")], "2024-06-10/2024-06-12"),
        ([reading("daterange", "2011", start="2011-01-01", Mod="since")], "2011/.."),
        ([reading("daterange", "XXXX-WXX-5", end="2024-06-14", Mod="before")], "2024-06-14"),
        ([reading("datetime", "2024-06-17T17", value="2024-06-17 17:00:00")], "2024-06-17T17:00:00"),
        (
            [reading("time", "T05:20", value="05:20:00"), reading("time", "T17:20", value="17:20:00")],
            "2024-06-18T05:20:00",
        ),
        ([reading("datetimerange", "x", start="2024-06-12 16:00:00", end="2024-06-12 20:00:00")], "2024-06-12"),
        ([reading("duration", "P3W", value="1814400")], None),
        ([reading("timerange", "TNI", start="20:00:00", end="23:59:59")], None),
        ([reading("date", "x", value="not resolved")], None),
        ([], None),
    ],
)
def test_edtf_of_resolution_takes_the_latest_reading_that_has_begun(
    values: list[dict[str, str]], edtf: str | None
) -> None:
    assert adapters.edtf_of_resolution(values, DAY) == edtf


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Euro", "EUR"),
        ("Kilomètres", "km"),
        ("per cent", "percent"),
        ("Mois", "month"),
        ("Ans", "year"),
        ("dimensionless", None),
        (None, None),
        ("furlong", "furlong"),
    ],
)
def test_unit_name_is_that_of_the_annotated_articles(name: str | None, unit: str | None) -> None:
    assert adapters.unit_name(name) == unit


@pytest.mark.parametrize(
    ("timex", "unit"), [("P3W", "week"), ("PT20M", "minute"), ("P20M", "month"), ("PT4S", None), ("P1Y2M", None)]
)
def test_unit_of_duration_needs_one_component(timex: str, unit: str | None) -> None:
    assert adapters.unit_of_duration(timex) == unit


@pytest.mark.parametrize(("written", "value"), [("3,5%", 3.5), ("12000", 12000.0), ("half", None), (None, None)])
def test_number_reads_both_decimal_marks(written: str | None, value: float | None) -> None:
    assert adapters.number(written) == value


def test_quantity_fact_with_a_margin_is_a_range() -> None:
    quantity = adapters.quantity_fact("de 62 à 66", (3, 10), 64, "GBP", 2)["quantity"]
    assert (quantity["value"], quantity["lower"], quantity["upper"], quantity["qualifier"]) == (None, 62, 66, "range")
    assert quantity["anchor"] == {"start": 3, "end": 10, "exact": "62 à 66"}


def test_lines_keep_offsets_and_make_spaces_plain() -> None:
    text = "Titre\r\n\r\n12\u202f000 \u00a0euros\n"
    assert list(adapters.lines(text)) == [(0, "Titre\r\n"), (9, "12 000  euros\n")]


@pytest.mark.parametrize(
    ("needle", "cursor", "place"), [("mardi", 0, (12, 17)), ("Mardi", 3, (12, 17)), ("jeudi", 0, None), ("", 0, None)]
)
def test_find_after_looks_from_the_cursor_on(needle: str, cursor: int, place: tuple[int, int] | None) -> None:
    assert adapters.find_after("Mardi, puis mardi", needle, cursor) == place


@pytest.mark.parametrize(
    ("quotation", "near", "exact"),
    [
        ("\"C'est fini", 0, "C’est fini"),
        ("c'est fini", 0, "c’est\u00a0fini"),
        ("C'est fini", 90, "C’est  fini"),
        ("C'est perdu", 0, None),
        ("« »", 0, None),
    ],
)
def test_words_find_a_quotation_in_the_unaltered_text(quotation: str, near: int, exact: str | None) -> None:
    text = "« C’est fini », dit-elle ; oui, c’est\u00a0fini. " + "Plus loin, il le répète encore : « C’est  fini. »"
    place = adapters.Words(text).find(quotation, near)
    assert (text[slice(*place)] if place else None) == exact


@pytest.mark.parametrize(
    ("quotation", "exact"), [("« C'est fini ! »", "C’est fini !"), ("« C'est fini », dit-elle", "C’est fini")]
)
def test_with_marks_closes_a_sentence_as_the_quotation_does(quotation: str, exact: str) -> None:
    text = "« C’est fini ! »"
    assert text[slice(*adapters.with_marks(text, (2, 12), quotation))] == exact


def quantity(anchor: str, unit: str | None = None) -> dict[str, Any]:
    start = TEXT.index(anchor)
    return adapters.quantity_fact(TEXT, (start, start + len(anchor)), 1, unit)


def locate(text: str, needle: str, _near: tuple[int, int]) -> tuple[int, int]:
    return text.index(needle), text.index(needle) + len(needle)


GOLD: dict[str, Any] = {
    "boilerplate": ["À lire aussi : 5 idées"],
    "facts": [
        {"kind": "date", "anchor": "le 3 mars 2024"},
        {"kind": "quantity", "anchor": "12 000 euros", "qualifier": "about", "of": "aide", "unit": "EUR"},
    ],
}


def test_lenient_document_sets_aside_what_no_recogniser_of_numbers_can_know() -> None:
    time = adapters.time_mention(TEXT, TEXT.index("5"), TEXT.index("5") + 1, "2024-06-05")
    found = adapters.document("a", [time], [quantity(words) for words in ("12 000 euros", "3", "2024", "une", "5")])
    kept = lenient_document(found, GOLD, TEXT, locate)
    assert [fact["quantity"]["anchor"]["exact"] for fact in kept["facts"]] == ["12 000 euros"]
    assert kept["mentions"]["times"] == []


def test_lenient_document_keeps_what_is_annotated_wherever_it_stands() -> None:
    gold = GOLD | {"captions": [TEXT[:30]]}
    kept = lenient_document(adapters.document("a", [], [quantity("12 000 euros", "person")]), gold, TEXT, locate)
    assert [fact["quantity"]["unit"] for fact in kept["facts"]] == [None]


def test_lenient_gold_leaves_number_and_unit() -> None:
    date, amount = lenient_gold(GOLD)["facts"]
    assert date == GOLD["facts"][0]
    assert (amount["qualifier"], amount["of"], amount["unit"]) == ("exact", None, "EUR")
