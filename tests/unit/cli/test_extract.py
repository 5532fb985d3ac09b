import gzip
import json
from typing import Any

from tests.unit.cli.conftest import Run

GOOD = {"external_id": "a", "source": {"name": "La Vigie"}, "text": "Le phare est rallumé."}


def answers(output: str) -> list[dict[str, Any]]:
    return [json.loads(row) for row in output.splitlines()]


def test_bad_lines_have_their_error_and_the_others_go_on(run: Run) -> None:
    lines = [
        json.dumps(GOOD),
        "not json",
        json.dumps({**GOOD, "external_id": "b", "text": None}),
        "",
        json.dumps({**GOOD, "external_id": "c", "text": None, "html": "<p></p>"}),
        "[" * 100_000,
        json.dumps({**GOOD, "external_id": "d"}),
    ]
    result = run("extract", "-", stdin="\n".join(lines).encode())
    found = answers(result.stdout)
    assert result.exit_code == 1
    assert [row["external_id"] for row in found] == ["a", None, "b", "c", None, "d"]
    problems = [row["error"] for row in found if "error" in row]
    assert all(problem["errors"] and problem["errors"][0]["message"] for problem in problems)
    assert problems[0]["detail"].startswith("This is no JSON")
    assert problems[2]["errors"][0]["pointer"] == "/html"


def test_a_byte_order_mark_before_the_first_record_is_no_part_of_it(run: Run) -> None:
    result = run("extract", "-", stdin=b"\xef\xbb\xbf" + json.dumps(GOOD).encode())
    assert (result.exit_code, answers(result.stdout)[0]["external_id"]) == (0, "a")


def test_compressed_input_is_named(run: Run) -> None:
    result = run("extract", "-", stdin=gzip.compress(json.dumps(GOOD).encode()))
    assert result.exit_code == 1
    assert "unpack it" in answers(result.stdout)[0]["error"]["detail"]
