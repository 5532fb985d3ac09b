"""What the confidence of a fact promises holds on articles that no rule was tuned to."""

from __future__ import annotations

import pytest

from tests.eval.boards import EVAL
from tests.eval.calibrate import KINDS, cases, confidence, cross_validated, served_weights

pytestmark = pytest.mark.skipif(
    not (EVAL / "score_extraction.py").is_file(),
    reason=f"no score script in {EVAL}; set SOURCEBOOK_EVAL_DIR to the folder that holds it",
)
SURE = 0.9


def test_sure_facts_are_right_nine_times_in_ten() -> None:
    found = cases("held out")
    told = {
        "as served": [(confidence(served_weights()[case.kind], case), case.right) for case in found],
        "without having seen the article": [(sure, right) for _, sure, right in cross_validated(found)],
    }
    for name, pairs in told.items():
        right = [verdict for sure, verdict in pairs if sure >= SURE]
        assert len(right) >= 50, name
        assert sum(right) / len(right) >= SURE, name


def test_every_kind_of_fact_has_weights() -> None:
    assert set(served_weights()) == set(KINDS)
