"""Half-open intervals over the code points of a text.

Everything that the extraction finds is a span of the text as received; nothing is ever normalised first, so
``text[start:end]`` is always the evidence itself. Idea of typed intervals: google/langextract, ``core/data.py``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points ``start`` (included) to ``end`` (excluded) of a text, counted from 0."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The substring that the span addresses."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def strip(self, text: str, characters: str | None = None) -> Span:
        """The span without the white space (or the given characters) at its two ends."""
        exact = self.of(text)
        left = len(exact) - len(exact.lstrip(characters))
        if left == len(exact):
            return Span(self.start, self.start)
        return Span(self.start + left, self.start + len(exact.rstrip(characters)))
