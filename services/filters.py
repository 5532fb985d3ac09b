"""What lists can be narrowed by: the parameters of the contract's section 6, as frozen values; None means any."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from search_index import MAX_QUERY_LENGTH

MAX_QUERY = MAX_QUERY_LENGTH
"""Code points of a query in the search syntax."""

MAX_SUGGESTIONS = 50
"""Terms, and entities, that are suggested at once."""

ARTICLE_SORTS = ("published_at", "-published_at")
FACT_SORTS = (
    "score",
    "-score",
    "published_at",
    "-published_at",
    "confidence",
    "-confidence",
    "event_time",
    "-event_time",
)
PASSAGE_KINDS = ("title", "heading", "body", "caption", "boilerplate")
SEARCH_SORTS = ("score", "-score", "published_at", "-published_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFilters:
    """Current articles by ``source`` (id, host or name), ``entity`` (id, name or external id), BCP 47 primary
    ``language``, local day of publication (both bounds included), ``url`` (compared in canonical form) and
    ``external_id``.
    """

    source: str | None = None
    language: str | None = None
    entity: str | None = None
    published_from: date | None = None
    published_to: date | None = None
    url: str | None = None
    external_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactFilters:
    """Current facts.

    ``q`` is a query in the search syntax, matched in the evidence; ``speaker`` a name, of which every word must stand
    in the speaker's (accents and case aside), or an entity id; ``value_min``/``value_max`` and
    ``time_from``/``time_to`` match a fact whose interval overlaps; ``unit`` is the contract's name of one; ``article``
    an id. ``kind``, ``polarity`` and ``modality`` are the contract's words.
    """

    q: str | None = None
    kind: str | None = None
    entity: str | None = None
    speaker: str | None = None
    source: str | None = None
    unit: str | None = None
    value_min: float | None = None
    value_max: float | None = None
    time_from: date | None = None
    time_to: date | None = None
    published_from: date | None = None
    published_to: date | None = None
    polarity: str | None = None
    modality: str | None = None
    confidence_min: float | None = None
    article: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityFilters:
    """Entities by words of one of their names (each must stand there, accents and case aside), and by type."""

    q: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A search for passages. Without ``passage_kind`` every kind but boilerplate; ``sort`` one of SEARCH_SORTS.

    ``facets`` may name "source", "language", "passage_kind" and "published" (by month). With ``explain`` each hit says
    what made its score. With ``fold`` near-duplicates stand under the best of them, in the order by score.
    """

    q: str
    source: str | None = None
    language: str | None = None
    entity: str | None = None
    article: str | None = None
    published_from: date | None = None
    published_to: date | None = None
    passage_kind: str | None = None
    sort: str = "score"
    limit: int = 20
    cursor: str | None = None
    facets: tuple[str, ...] = ()
    explain: bool = False
    fold: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestRequest:
    """What is typed so far. ``limit`` counts terms and entities each; terms are those of passages in ``language``."""

    q: str
    limit: int = 10
    language: str | None = None
