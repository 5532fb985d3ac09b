"""Quality of the extraction cannot fall unnoticed: each figure of the annotated articles has a floor, which only rises.

Idea: adbar/trafilatura, ``tests/eval_gate.py``. ``make eval`` prints the figures.
"""

from __future__ import annotations

import pytest

from tests.eval.boards import EVAL, all_boards, below_floor, floors

pytestmark = pytest.mark.skipif(
    not (EVAL / "score_extraction.py").is_file(),
    reason=f"no annotated articles in {EVAL}; set SOURCEBOOK_EVAL_DIR to the folder that holds them",
)


def test_extraction_stays_above_its_floors() -> None:
    boards = all_boards()
    assert set(floors()) == set(boards)
    assert below_floor(boards) == []
