"""French number ranges of another project's suite, which none of its own implementations reads: at least nine in ten.

A range is judged by its bounds; whether a bound is included is no difference here, and ordinals are no quantities.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extraction.document import QuantityMention
from extraction.expressions import find_quantities
from extraction.spans import Span

ROOT = Path(__file__).resolve().parents[2]
CASES = Path(os.environ.get("SOURCEBOOK_EVAL_DIR", ROOT.parent / "shared")).resolve() / "eval/peer/number_range_fr.json"

Bounds = tuple[float | None, float | None]
Expected = tuple[Span, Bounds]

pytestmark = pytest.mark.skipif(
    not CASES.is_file(),
    reason=f"no number ranges at {CASES}; set SOURCEBOOK_EVAL_DIR to the folder that holds eval/peer",
)


def bounds_of(mention: QuantityMention) -> Bounds:
    """A mention as a range; an exact number is one from itself to itself."""
    if mention.value is None:
        return mention.lower, mention.upper
    above = mention.qualifier in {"more_than", "at_least"}
    below = mention.qualifier in {"less_than", "at_most"}
    return None if below else mention.value, None if above else mention.value


def expected_of(case: dict[str, Any]) -> Iterator[Expected]:
    for result in case["Results"]:
        low, high = result["Resolution"]["value"][1:-1].split(",")
        span = Span(result["Start"], result["End"] + 1)
        yield span, (float(low) if low else None, float(high) if high else None)


def is_passed(case: dict[str, Any]) -> bool:
    text: str = case["Input"]
    left = list(find_quantities(text, [Span(0, len(text))], "fr", ()))
    for span, bounds in expected_of(case):
        found = next((m for m in left if m.span.overlaps(span) and bounds_of(m) == bounds), None)
        if found is None:
            return False
        left.remove(found)
    return all(mention.qualifier in {"exact", "about"} for mention in left)


def test_number_ranges_have_the_right_bounds() -> None:
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    missed = [case["Input"] for case in cases if not is_passed(case)]
    assert len(cases) >= 80
    assert len(missed) <= len(cases) / 10, missed
