"""Figures of ranked answers: shares of questions answered early, reciprocal ranks, and how sure a gain is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Figures = dict[str, float]
Ranks = Mapping[str, int]
"""By question id: the place of the first right hit from 1, or 0."""

_DRAWS = 2000


def figures(ranks: Sequence[int]) -> Figures:
    """R@1, R@5, R@10 and MRR@10 of questions whose first right hits stand at these places (0: nowhere)."""
    places = np.asarray(ranks)
    shares = {f"R@{most}": float(np.mean((places > 0) & (places <= most))) for most in (1, 5, 10)}
    return {"questions": len(ranks), **shares, "MRR@10": float(np.mean(reciprocal(ranks)))}


def gain(ranks: Sequence[int], beside: Sequence[int]) -> tuple[float, float, float]:
    """How much more MRR@10 than another system on the same questions: the difference and its 95 % interval.

    The interval is a percentile bootstrap over questions, paired, with fixed draws.
    """
    differences = reciprocal(ranks) - reciprocal(beside)
    drawn = np.random.default_rng(0).integers(0, len(differences), (_DRAWS, len(differences)))
    low, high = np.percentile(differences[drawn].mean(axis=1), (2.5, 97.5))
    return float(differences.mean()), float(low), float(high)


def reciprocal(ranks: Sequence[int]) -> NDArray[np.float64]:
    """1 / place, and 0 where there is none."""
    places = np.asarray(ranks, np.float64)
    return np.divide(1.0, places, out=np.zeros_like(places), where=places > 0)
