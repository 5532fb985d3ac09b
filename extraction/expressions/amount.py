"""An amount that is being read."""

from __future__ import annotations

from dataclasses import dataclass

from extraction.document import Change, Qualifier


@dataclass(slots=True)
class Amount:
    """A normalised number at a place of the view; ``number_start`` and ``number_end`` bound the bare figures."""

    start: int
    end: int
    number_start: int
    number_end: int
    value: float | None
    lower: float | None = None
    upper: float | None = None
    qualifier: Qualifier = "exact"
    unit: str | None = None
    unit_place: tuple[int, int] | None = None
    change: Change | None = None
    order: float = 1  # the multiplier written with the number

    def scale(self, factor: float) -> None:
        """Multiplies every value, when the unit is brought to its base."""
        self.value, self.lower, self.upper = (
            None if x is None else without_dust(x * factor) for x in (self.value, self.lower, self.upper)
        )


def without_dust(value: float) -> float:
    """Without the dust of binary multiplication: 2,3 milliards is 2300000000."""
    return float(f"{value:.12g}") if abs(value) < 1e15 else value
