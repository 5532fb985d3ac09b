"""The statistics: percentiles, paired ratios, who is asked what and how often, and the tables made of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, ClassVar

import pytest

from benchmarks.search.document import write_document
from benchmarks.search.engines.base import Answer, Engine
from benchmarks.search.figures import paired_ratio, per_query, percentile
from benchmarks.search.measure import measure, rotated, summary
from benchmarks.search.plot import draw
from benchmarks.search.queries import Kind, Query
from benchmarks.search.report import number, sheets
from benchmarks.search.targets import verdicts


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([1.0], 0.95, 1.0), ([3.0, 1.0, 2.0], 0.5, 2.0), ([0.0, 10.0], 0.25, 2.5), ([1.0, 2.0, 3.0, 4.0], 1.0, 4.0)],
)
def test_percentile_lies_between_neighbours(values: list[float], share: float, expected: float) -> None:
    assert percentile(values, share) == pytest.approx(expected)


def test_percentile_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.5)


def test_per_query_takes_the_median_of_each_and_leaves_out_what_was_never_timed() -> None:
    assert per_query({1: [5.0, 1.0, 2.0], 2: [4.0], 3: []}) == {1: 2.0, 2: 4.0}


@pytest.mark.parametrize(
    ("theirs", "ours", "expected"),
    [
        ({1: 2.0, 2: 9.0, 3: 4.0}, {1: 1.0, 2: 3.0, 3: 4.0}, 2.0),
        ({1: 2.0, 2: 9.0}, {1: 1.0}, 2.0),  # the other query was not asked of us
        ({1: 2.0}, {2: 1.0}, None),
    ],
)
def test_paired_ratio_is_the_median_over_the_queries_of_both(
    theirs: dict[int, float], ours: dict[int, float], expected: float | None
) -> None:
    assert paired_ratio(theirs, ours) == expected


class FakeEngine(Engine):
    """Notes what it is asked."""

    name: ClassVar[str] = "fake"

    def __init__(self, log: list[tuple[str, str]]) -> None:
        self.log = log

    def search(self, query: Query) -> Answer:
        self.log.append((self.name, query.text))
        return Answer([1, 2] if query.text != "nothing" else [], 2)


class Picky(FakeEngine):
    """Asked the first of each kind only, in one round, and knows no phrases."""

    name: ClassVar[str] = "picky"
    kinds: ClassVar[frozenset[Kind]] = frozenset(("question",))
    queries: ClassVar[int] = 1
    rounds: ClassVar[int] = 1


QUERIES = [
    Query("question", "one", ("one",), (1,)),
    Query("question", "nothing", ("nothing",), (1,)),
    Query("phrase", '"two three"', ("two", "three"), (1, 1)),
]


def test_measure_asks_each_engine_what_it_can_answer_as_often_as_wanted() -> None:
    log: list[tuple[str, str]] = []
    measure([FakeEngine(log), Picky(log)], QUERIES, 3, lambda _turn, _number: None)
    # Once to warm; in each round once in use and once right after the others.
    assert [log.count(("fake", query.text)) for query in QUERIES] == [7, 7, 7]
    assert [log.count(("picky", query.text)) for query in QUERIES] == [3, 0, 0]


def test_measure_goes_query_by_query_through_all_engines() -> None:
    log: list[tuple[str, str]] = []
    measure([FakeEngine(log), Picky(log)], QUERIES[:1], 2, lambda _turn, _number: None)
    assert log[:2] == [("fake", "one"), ("picky", "one")]
    assert log[2:6] == [("picky", "one"), ("picky", "one"), ("fake", "one"), ("fake", "one")]  # turned round


def test_measure_times_each_query_in_use_and_right_after_the_others() -> None:
    timings = measure([FakeEngine([])], QUERIES, 2, lambda _turn, _number: None)
    assert {number: len(times) for number, times in timings.cpu["fake"].items()} == {0: 2, 1: 2, 2: 2}
    assert {number: len(times) for number, times in timings.cold["fake"].items()} == {0: 2, 1: 2, 2: 2}


def test_rotated_puts_each_engine_first_in_turn() -> None:
    engines = [FakeEngine([]), Picky([]), FakeEngine([])]
    assert [rotated(engines, by)[0] for by in range(4)] == [*engines, engines[0]]


def test_summary_pairs_by_query_and_counts_answers() -> None:
    timings = measure([FakeEngine([]), Picky([])], QUERIES, 2, lambda _turn, _number: None)
    timings.cpu["fake"] = {0: [1.0, 1.0], 1: [100.0, 100.0], 2: [5.0, 5.0]}
    timings.cpu["picky"] = {0: [3.0]}
    found = summary(timings, QUERIES, "fake")
    assert found["question"]["picky"]["ratio"] == 3.0
    assert found["question"]["fake"]["cpu_p50"] == 50.5
    assert found["question"]["fake"]["answered"] == 1
    assert list(found["phrase"]) == ["fake"]


@pytest.mark.parametrize(
    ("value", "written"), [(0.123, "0.12"), (1.26, "1.3"), (12.6, "13"), (1234.5, "1,234"), (9.96, "10.0")]
)
def test_number_has_two_digits_that_count(value: float, written: str) -> None:
    assert number(value) == written


def results(passages: int = 10_000) -> dict[str, Any]:
    ours = {"cpu_p50": 0.5, "cpu_p95": 1.0, "wall_p50": 0.5, "wall_p95": 1.0, "queries": 50, "ratio": 1.0}
    built = {"seconds": 2.0, "cpu_seconds": 4.0, "peak_mb": 100.0, "bytes": 5_000_000, "load": 0.5}
    return {
        "passages": passages,
        "machine": {"cores": 2, "load": 1.0},
        "building": {"Sourcebook": {**built, "passages": passages}},
        "missing": {"bm25s": "bm25s is not installed"},
        "kinds": {
            "question": {"Sourcebook": ours, "FTS5": {**ours, "cpu_p50": 2.0, "ratio": 4.0}},
            "last page": {"Sourcebook": ours},
        },
    }


def test_sheets_hold_times_ratios_and_who_is_missing() -> None:
    queries, building, _ = sheets(results())
    assert queries.columns == ["query", "Sourcebook", "FTS5"]
    assert queries.rows[0] == ["question (50)", "0.50 / 1.0", "2.0 / 1.0 (4.0x)"]
    assert queries.rows[1] == ["last page (50)", "0.50 / 1.0", "–"]
    assert "bm25s is not installed" in queries.title
    assert building.rows == [["Sourcebook", "5,000", "2,500", "100", "5", "0.5"]]


def held(found: dict[str, Any]) -> dict[str, bool]:
    return {verdict.name: verdict.held for verdict in verdicts(found)}


def test_verdicts_compare_with_bounds_of_their_size() -> None:
    found = results(1_000_000)
    found["kinds"]["question"]["tantivy"] = {"ratio": 0.8}
    found["kinds"]["phrase"] = {"Sourcebook": {"cpu_p50": 2.5}, "tantivy": {"ratio": 0.6}}
    found["building"]["Sourcebook"]["seconds"] = 600.0
    assert held(found) == {
        "question: ours to FTS5": True,
        "question: ours to tantivy": False,
        "phrase: ours to tantivy": True,
        "phrase: median, ms": False,
        "question: 95th percentile, ms (goal 5)": True,
        "indexing, passages a second (goal 5,000)": False,
        "memory while indexing, MB": True,
    }
    assert list(held(results(10_000))) == ["question: ours to FTS5"]


def test_verdicts_compare_the_last_page_with_the_first() -> None:
    found = results()
    found["kinds"]["page 1"] = {"Sourcebook": {"cpu_p50": 0.2}}
    assert held(found)["page 10,000 (or the last) to page 1"] is False
    found["kinds"]["page 1"] = {"Sourcebook": {"cpu_p50": 0.3}}
    assert held(found)["page 10,000 (or the last) to page 1"] is True


def test_sheets_show_times_right_after_the_others_apart() -> None:
    found = results()
    found["kinds"]["question"]["FTS5"] |= {"cold_p50": 3.0, "cold_p95": 4.0, "cold_ratio": 2.0}
    in_use, cold, *_ = sheets(found)
    assert in_use.rows[0][2] == "2.0 / 1.0 (4.0x)"
    assert cold.rows[0][1:] == ["–", "3.0 / 4.0 (2.0x)"]


def test_sheet_writes_itself_as_markdown() -> None:
    lines = sheets(results())[1].markdown().splitlines()
    assert lines[0] == "### Indexing, 10,000 passages"
    assert lines[2].startswith("| engine | passages a second |")
    assert lines[4] == "| Sourcebook | 5,000 | 2,500 | 100 | 5 | 0.5 |"


def test_write_document_has_every_size_under_its_command_and_a_plot(tmp_path: Path) -> None:
    for size in (100_000, 10_000):
        (tmp_path / f"results-{size}.json").write_text(json.dumps(results(size)), "utf-8")
    write_document(tmp_path / "search.md", tmp_path)
    text = (tmp_path / "search.md").read_text("utf-8")
    assert text.index("--sizes 10000\n") < text.index("--sizes 100000\n")
    assert "{{" not in text
    assert (tmp_path / "search.svg").read_text("utf-8").startswith("<svg")


def test_write_document_needs_results(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="measure first"):
        write_document(tmp_path / "search.md", tmp_path)


def test_draw_places_larger_sizes_to_the_right_and_slower_engines_higher() -> None:
    svg = draw({"question": {"fast": {10_000: 1.0, 100_000: 2.0}, "slow": {10_000: 10.0, 100_000: 90.0}}})
    fast, slow = (line for line in svg.splitlines() if line.startswith("<polyline"))
    (x1, y1), (x2, _) = (tuple(map(float, p.split(","))) for p in fast.split('"')[1].split())
    assert x1 < x2
    assert float(slow.split('"')[1].split()[0].split(",")[1]) < y1
