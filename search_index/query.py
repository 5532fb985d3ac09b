"""What a search is asked besides its words, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from search_index.errors import InvalidAfter

Sort = Literal["score", "-score", "published_at", "-published_at"]
"""``score``: best first, as people expect of a search (``-score`` turns it round). ``published_at``: oldest first;
passages without a date come last both ways. Ties go by passage id."""

SORTS: tuple[Sort, ...] = ("score", "-score", "published_at", "-published_at")

Facet = Literal["source", "language", "kind", "published"]
"""What can be counted; ``published`` counts by month (``2024-06``)."""

FACETS: tuple[Facet, ...] = ("source", "language", "kind", "published")

BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """What a passage must be. Several values of a field are alternatives; days are inclusive.

    Without ``kinds``, here or in the query, boilerplate is left out. With a bound of days, undated passages are.
    """

    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    published_from: date | None = None
    published_to: date | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    """What scores depend on besides the passage: passages, terms of each text field, passages for each word."""

    passages: int
    totals: Mapping[str, float]
    frequencies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class After:
    """Where a page ends, and the statistics that its scores were made with.

    They travel with the cursor, so that the score of a passage is the same on the next page although others came or
    went: whatever is written in between, pages neither repeat nor skip a passage that was there all the time. A small
    value; the caller signs it and binds it to query, filters and sort.
    """

    key: float
    passage_id: str
    statistics: Statistics

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        pinned = self.statistics
        return {
            "k": self.key,
            "p": self.passage_id,
            "n": pinned.passages,
            "t": [pinned.totals["text"], pinned.totals["title"]],
            "f": list(pinned.frequencies),
        }

    @classmethod
    def from_json(cls, values: Any) -> After:
        """The reverse. Raises InvalidAfter for anything that ``to_json`` cannot have made."""
        match values:
            case {
                "k": int() | float() as key,
                "p": str() as name,
                "n": int() as count,
                "t": [text, title],
                "f": list() as found,
            }:
                numbers = (key, count, text, title, *found)
                if all(isinstance(n, int | float) and not isinstance(n, bool) and abs(n) < 2**63 for n in numbers):
                    frequencies = tuple(int(n) for n in found)
                    return cls(float(key), name, Statistics(count, {"text": text, "title": title}, frequencies))
        raise InvalidAfter("this is no continuation of a search")


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. ``score`` is comparable within one search only."""

    passage_id: str
    score: float


@dataclass(frozen=True, slots=True)
class SearchResults:
    """One page. ``total`` counts all passages found, exactly; ``facets`` too; ``after`` is None on the last page."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    after: After | None = None
