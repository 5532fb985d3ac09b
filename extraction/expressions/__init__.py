"""Numbers, quantities and expressions of time: what a text counts, measures and dates, normalised, with exact spans.

The engine knows no language; words, units and rules are data beside each language pack.
"""

from __future__ import annotations

from extraction.expressions.edtf import bounds
from extraction.expressions.quantities import find_quantities, number_spans
from extraction.expressions.times import find_times

__all__ = ["bounds", "find_quantities", "find_times", "number_spans"]
