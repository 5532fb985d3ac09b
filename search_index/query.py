"""What a search is asked besides its words, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from search_index.errors import InvalidAfter
from search_index.packing import pack, unpack

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
    """What scores depend on besides the passages: how many there are; for each field, how many have a term in it and
    how many terms all of them have; for each term of the query, how many have it. Passages with more than ``cutoff``
    from their words alone are looked at again.
    """

    passages: int
    extents: Mapping[str, tuple[int, float]]
    frequencies: tuple[int, ...]
    cutoff: float = 0.0


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
            "t": {field: [count, total] for field, (count, total) in pinned.extents.items() if count},
            "f": pack(pinned.frequencies),
            "c": pinned.cutoff,
        }

    @classmethod
    def from_json(cls, values: Any) -> After:
        """The reverse. Raises InvalidAfter for anything that ``to_json`` cannot have made."""
        match values:
            case {"k": key, "p": str() as name, "n": count, "t": dict() as totals, "f": str() as packed, "c": cutoff}:
                found = _frequencies(packed)
                extents = {field: _extent(value) for field, value in totals.items()}
                if (
                    len(values) == 6
                    and _is_number(key)
                    and _is_number(cutoff)
                    and cutoff >= 0
                    and isinstance(count, int)
                    and _is_number(count)
                    and count >= 0
                ):
                    return cls(key, name, Statistics(count, extents, found, cutoff))
        raise InvalidAfter("this is no continuation of a search")


def _frequencies(packed: str) -> tuple[int, ...]:
    try:
        return unpack(packed)
    except ValueError as error:
        raise InvalidAfter("this is no continuation of a search") from error


def _extent(value: Any) -> tuple[int, float]:
    match value:
        case [int() as count, total] if _is_number(count) and _is_number(total) and count >= 0 and total >= 0:
            return count, total
    raise InvalidAfter("this is no continuation of a search")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 2**63  # not NaN either


@dataclass(frozen=True, slots=True, kw_only=True)
class TermScore:
    """What one word of a query adds to a passage's score, and the numbers that it comes from.

    ``score = weight * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / average_length))``: ``weight`` grows with the
    word's rarity, ``term_frequency`` is how often it stands in the passage, ``document_frequency`` in how many
    passages it does, ``length`` and ``average_length`` count the words of the passage and of all. A prefix adds a
    constant, its ``weight``, and has no such numbers.
    """

    term: str
    field: str
    score: float
    weight: float
    term_frequency: int | None = None
    document_frequency: int | None = None
    length: int | None = None
    average_length: float | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found.

    ``score`` is comparable within one search only; ``terms`` and ``bonuses`` are what it sums up, if asked.
    ``similar`` are its near-duplicates that would follow, best first, if asked to fold them.
    """

    passage_id: str
    score: float
    terms: tuple[TermScore, ...] = ()
    bonuses: Mapping[str, float] = field(default_factory=dict)
    similar: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResults:
    """One page. ``total`` counts all passages found, exactly; ``facets`` too; ``after`` is None on the last page.

    ``statistics`` are what the scores were made with; in an ``After`` they give the same scores again.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    after: After | None = None
    statistics: Statistics = Statistics(0, {}, ())
