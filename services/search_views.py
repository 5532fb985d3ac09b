"""What search answers: hits with what made their scores, facets, corrections, completions; values as all views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.views import CitationView, PassageView


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredTerm:
    """What one word of a query adds to a passage's score; None where it does not apply (a prefix adds a constant)."""

    term: str
    field: str
    score: float
    weight: float
    term_frequency: int | None
    document_frequency: int | None
    length: int | None
    average_length: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a passage has its score, the sum of its terms and bonuses.

    ``k1`` and ``b`` are BM25's, ``b`` that of the text; ``passages`` counts all; ``bonuses`` are by name.
    """

    passages: int
    k1: float
    b: float
    terms: tuple[ScoredTerm, ...]
    bonuses: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarPassage:
    """A near-duplicate of a passage found, by the ids of passage and article."""

    passage: str
    article: str
    title: str | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A passage found. ``highlights`` are half-open offsets into ``passage.text``; ``facts`` ids in text order."""

    passage: PassageView
    score: float
    highlights: tuple[tuple[int, int], ...]
    citation: CitationView
    facts: tuple[str, ...]
    explanation: Explanation | None = None
    similar: tuple[SimilarPassage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """A value of a facet: ``value`` is what the filter of the same name takes, ``name`` what a reader sees."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Change:
    """A word of a query and what may have been meant; ``start`` and ``end`` are code points of the query."""

    word: str
    to: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DidYouMean:
    """A query in which words that no passage has are replaced by close ones that some have."""

    query: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedTerm:
    """A word, as passages write it, and in how many it stands."""

    term: str
    passages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedEntity:
    """An entity, and how many current articles mention it."""

    id: str
    type: str
    name: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionsView:
    """What may be meant by an unfinished query.

    ``terms`` complete its last word, which stands at ``start`` to ``end`` (code points; None where it has no word).
    """

    start: int | None
    end: int | None
    terms: tuple[SuggestedTerm, ...]
    entities: tuple[SuggestedEntity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """One page of hits; ``facets`` counts over all that match, most frequent first."""

    items: tuple[SearchHit, ...]
    total: int
    next: str | None
    facets: dict[str, tuple[FacetValue, ...]]
    did_you_mean: DidYouMean | None = None
