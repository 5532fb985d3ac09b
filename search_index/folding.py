"""Near-duplicates among passages found: one wire text in five outlets is shown once.

Two passages are near-duplicates when their sketches (``builder``) agree in most places and their figures and negations
are the same in the same order: a passage that gives another number, or denies, never hides behind another one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search_index.segment import Mask

ALIKE = 12
"""Of the 16 places of a sketch, in how many near-duplicates agree: three quarters of the words of both together."""


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """What tells near-duplicates, one row for each passage."""

    sketches: NDArray[np.uint8]
    figures: NDArray[np.uint32]


def first_alike(prints: Fingerprints) -> list[int]:
    """For each passage in order, the first of those before it (or itself) whose near-duplicate it is.

    A passage is compared with those that are nobody's near-duplicate, so that small changes do not add up.
    """
    sketches, figures = prints.sketches, prints.figures
    equal = np.count_nonzero(sketches[:, None, :] == sketches[None, :, :], axis=2)
    telling: Mask = np.asarray(sketches.any(axis=1))  # a passage of tool words alone has an empty sketch
    alike = (equal >= ALIKE) & (figures[:, None] == figures[None, :]) & telling[:, None]
    found: list[int] = []
    for at in range(len(figures)):
        before = np.flatnonzero(alike[at, :at])
        found.append(next((one for one in before.tolist() if found[one] == one), at))
    return found
