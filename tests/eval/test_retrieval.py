"""Search cannot answer worse unnoticed: each figure of the questions has a floor, which only rises.

``make eval`` prints the figures. The questions about news are ours and always asked; the public ones where
SOURCEBOOK_EVAL_DIR names a folder that holds them.
"""

from __future__ import annotations

import numpy as np
import pytest

from tests.eval.ranks import figures, gain
from tests.eval.retrieval_board import OURS, SETS, Board, available, below_floor, board_of, floors, ranks_of
from tests.eval.searched import open_collection


@pytest.fixture(scope="module", params=SETS)
def board(request: pytest.FixtureRequest) -> Board:
    if request.param not in available():
        pytest.skip("no public questions; set SOURCEBOOK_EVAL_DIR to the folder that holds them")
    asked = SETS[request.param]
    with open_collection(asked.name, asked.records()) as collection:
        return board_of(asked, ranks_of(asked, collection))


def test_search_stays_above_its_floors(board: Board) -> None:
    names = {group.split()[0] for group in board}
    assert {group for group in floors() if group.split()[0] in names} <= set(board)
    assert any(group.split()[0] in names for group in floors())
    assert below_floor(board) == []


def test_floors_notice_a_figure_that_fell() -> None:
    group, held = next(iter(floors().items()))
    figure, floor = next(iter(held.items()))
    board = {one: {OURS: dict(figures_held)} for one, figures_held in floors().items()}
    assert below_floor(board) == []
    board[group][OURS][figure] = floor - 0.001
    assert len(below_floor(board)) == 1


def test_figures_count_the_first_right_hit_only_where_there_is_one() -> None:
    told = figures([1, 2, 0, 10])
    assert told == {
        "questions": 4,
        "R@1": 0.25,
        "R@5": 0.5,
        "R@10": 0.75,
        "MRR@10": pytest.approx((1 + 1 / 2 + 1 / 10) / 4),
    }


def test_gain_is_paired_and_sure_where_every_question_gains() -> None:
    same, low, high = gain([1, 2, 0, 4] * 20, [1, 2, 0, 4] * 20)
    assert (same, low, high) == (0, 0, 0)
    more, low, high = gain([1, 2, 4] * 20, [2, 4, 0] * 20)
    assert low > 0
    assert low <= more <= high
    assert more == pytest.approx(np.mean([1 / 2, 1 / 4, 1 / 4]))
