"""Quality of the extraction cannot fall unnoticed: each figure of the annotated articles has a floor, which only rises.

The annotated articles are other people's and not part of this project; they are looked for in the folder that
SOURCEBOOK_EVAL_DIR names. Idea: adbar/trafilatura, ``tests/eval_gate.py``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
EVAL = Path(os.environ.get("SOURCEBOOK_EVAL_DIR", ROOT.parent / "shared")).resolve() / "eval"

# Row of the score board -> (figure, floor), for articles that the rules were written with...
SEEDS = {
    "quantity.value": ("f1", 0.97),
    "quantity.value+unit+of": ("f1", 0.95),
    "date.value": ("f1", 0.95),
    "quotation@0.3": ("f1", 0.97),
    "quotation@0.8": ("f1", 0.94),
    "speaker@0.3": ("accuracy", 0.97),
    "event recall": ("accuracy", 0.97),
    "boilerplate chars removed": ("accuracy", 0.99),
    "body chars kept": ("accuracy", 1.0),
    "spans exact": ("accuracy", 1.0),
    "passages tile the text": ("accuracy", 1.0),
}
# ... and for our own, half of which nobody tunes to (held_out.txt).
OWN = {
    "quantity.value": ("f1", 0.90),
    "quantity.value+unit+of": ("f1", 0.70),
    "date.value": ("f1", 0.84),
    "quotation@0.3": ("f1", 0.88),
    "quotation@0.8": ("f1", 0.79),
    "speaker@0.3": ("accuracy", 0.94),
    "event recall": ("accuracy", 0.88),
    "event polarity": ("accuracy", 0.96),
    "boilerplate chars removed": ("accuracy", 0.86),
    "body chars kept": ("accuracy", 0.999),
    "spans exact": ("accuracy", 1.0),
    "passages tile the text": ("accuracy", 1.0),
}
HERE = Path(__file__).resolve().parent

pytestmark = pytest.mark.skipif(
    not (EVAL / "score_extraction.py").is_file(),
    reason=f"no annotated articles in {EVAL}; set SOURCEBOOK_EVAL_DIR to the folder that holds them",
)


def _board(script: Path, *options: str) -> dict[str, Any]:
    extract = f"{Path(sys.executable).with_name('sourcebook')} extract -"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SOURCEBOOK_")}
    run = subprocess.run(
        [sys.executable, str(script), "--json", "--extract", extract, *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    board = json.loads(run.stdout)
    assert isinstance(board, dict)
    return board


@pytest.mark.parametrize(
    ("options", "floors"),
    [
        ((), SEEDS),
        (("--gold", str(HERE / "gold"), "--articles", str(HERE / "articles.jsonl")), OWN),
    ],
    ids=["seeds", "own"],
)
def test_extraction_stays_above_its_floors(options: tuple[str, ...], floors: dict[str, tuple[str, float]]) -> None:
    board = _board(EVAL / "score_extraction.py", *options)
    below = {
        name: (board[name][figure], floor) for name, (figure, floor) in floors.items() if board[name][figure] < floor
    }
    assert not below


def test_expressions_stay_above_their_floor() -> None:
    board = _board(EVAL / "peer" / "score_expressions.py")
    assert board["= all"]["pass"] >= 0.98
