"""Statistics of timings: percentiles over queries, and ratios paired query by query."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of the values lie, between neighbours by interpolation. Raises ValueError."""
    if not values:
        raise ValueError("there is no percentile of nothing")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def per_query(rounds: Mapping[int, Sequence[float]]) -> dict[int, float]:
    """The median of each query's timings, by the query's number."""
    return {number: statistics.median(times) for number, times in rounds.items() if times}


def paired_ratio(theirs: Mapping[int, float], ours: Mapping[int, float]) -> float | None:
    """The median of theirs / ours over the queries that both answered; above 1 ours is faster. None without any."""
    ratios = [theirs[number] / ours[number] for number in theirs if ours.get(number)]
    return statistics.median(ratios) if ratios else None
