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

# Row of the score board -> (figure, floor).
ARTICLES = {
    "quantity.value": ("f1", 0.80),
    "date.value": ("f1", 0.70),
    "quotation@0.3": ("f1", 0.60),
    "speaker@0.3": ("accuracy", 0.75),
    "boilerplate chars removed": ("accuracy", 0.90),
    "body chars kept": ("accuracy", 0.995),
    "spans exact": ("accuracy", 1.0),
    "passages tile the text": ("accuracy", 1.0),
}

pytestmark = pytest.mark.skipif(
    not (EVAL / "score_extraction.py").is_file(),
    reason=f"no annotated articles in {EVAL}; set SOURCEBOOK_EVAL_DIR to the folder that holds them",
)


def _board(script: Path) -> dict[str, Any]:
    extract = f"{Path(sys.executable).with_name('sourcebook')} extract -"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SOURCEBOOK_")}
    run = subprocess.run(
        [sys.executable, str(script), "--json", "--extract", extract],
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


def test_extraction_stays_above_its_floors() -> None:
    board = _board(EVAL / "score_extraction.py")
    below = {
        name: (board[name][figure], floor) for name, (figure, floor) in ARTICLES.items() if board[name][figure] < floor
    }
    assert not below


def test_expressions_stay_above_their_floor() -> None:
    board = _board(EVAL / "peer" / "score_expressions.py")
    assert board["= all"]["pass"] >= 0.70
