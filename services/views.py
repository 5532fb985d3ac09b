"""What services answer: frozen values, complete, detached from any session. Nothing in them loads anything later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]
ArticleStatus = Literal["current", "withdrawn"]
CitationStatus = Literal["current", "superseded", "withdrawn"]
Outcome = Literal["created", "unchanged", "updated", "revised"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """A source; ``articles`` counts its current ones, and is None where only the source is named."""

    id: str
    name: str
    url: str | None
    country: str | None
    articles: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionView:
    """One immutable text of an article. ``characters`` counts code points, ``passages`` and ``facts`` what stands in
    it: of a text that came back later, the newest revision holds them. ``has_html``: the original HTML is kept.
    """

    article_id: str
    number: int
    text_sha256: str
    retrieved_at: datetime
    characters: int
    passages: int
    facts: int
    has_html: bool
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article with its current revision.

    ``published_at`` is as given (a day or an instant with its offset, ISO 8601); ``etag`` is a strong validator,
    unquoted, that changes whenever this view or the article's passages and facts do. ``passages`` and ``facts`` count
    those of the current revision.
    """

    id: str
    source: SourceView
    external_id: str | None
    url: str | None
    title: str | None
    authors: tuple[str, ...]
    language: str
    published_at: str | None
    rights: str | None
    tags: tuple[str, ...]
    status: ArticleStatus
    revision: RevisionView
    passages: int
    facts: int
    created_at: datetime
    updated_at: datetime
    version: int
    etag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What became of a record. Only ``created`` made a new article."""

    outcome: Outcome
    article: ArticleView


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedArticle:
    """The article of a citation."""

    id: str
    title: str | None
    url: str | None
    authors: tuple[str, ...]
    published_at: str | None
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSource:
    """The source of a citation."""

    id: str
    name: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedRevision:
    """The revision that a citation is pinned to."""

    number: int
    text_sha256: str
    retrieved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """Where the evidence stands: its words, up to 32 code points on each side, and its code points in the text.

    The shapes are the W3C Web Annotation model's TextQuoteSelector and TextPositionSelector, in one.
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationView:
    """The contract's section 5. ``id`` is the id of the cited passage ("p-…") or fact ("f-…").

    ``text_fragment_url`` is None for an article without URL.
    """

    id: str
    article: CitedArticle
    source: CitedSource
    revision: CitedRevision
    selector: Selector
    text_fragment_url: str | None
    status: CitationStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageView:
    """A passage; ``start`` and ``end`` are code points of its revision's text."""

    id: str
    article_id: str
    kind: str
    rule: str | None
    position: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationDetail:
    """A citation with what a page about it shows. ``fact`` is None where a passage is cited.

    ``highlight`` is the evidence as half-open offsets into ``passage.text``; the whole passage where that is cited.
    """

    citation: CitationView
    passage: PassageView
    highlight: tuple[int, int]
    fact: Json | None
    rights: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """A fact: ``payload`` is the wire shape of the contract's section 4 (with ``id``), entities named by "e-…" ids."""

    payload: Json
    citation: CitationView

    @property
    def id(self) -> str:
        """The fact's id."""
        return str(self.payload["id"])


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityView:
    """Who or what is mentioned; counts are over current articles."""

    id: str
    type: str
    name: str
    mentions: int
    articles: int
    facts: int
    external_ids: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedEntity:
    """The other end of a link."""

    id: str
    type: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityLinkView:
    """How articles relate an entity to another, or a word to it, and how often.

    ``relation`` is "stands_for" (it speaks or acts for ``entity``), "represented_by" (``entity`` does so for it) or
    "demonym" (``word`` belongs to it, in lower case, and is no entity).
    """

    relation: str
    reason: str
    entity: LinkedEntity | None
    word: str | None
    mentions: int
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityName:
    """A way in which articles write an entity's name."""

    name: str
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityArticle:
    """An article that mentions an entity, and how often."""

    id: str
    title: str | None
    url: str | None
    published_at: str | None
    source: CitedSource
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityDetail:
    """An entity with its names and links, most frequent first, and at most 100 of the articles, newest first."""

    entity: EntityView
    names: tuple[EntityName, ...]
    links: tuple[EntityLinkView, ...]
    articles: tuple[EntityArticle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexStatus:
    """Whether the index can answer and how far behind the database it is, in articles."""

    usable: bool
    pending: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationFailure:
    """One thing that does not hold: what was checked, the id, and in words what is wrong."""

    check: str
    id: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationReport:
    """Counts of what was re-read, and each failure. ``ok`` means that there is none."""

    articles: int
    revisions: int
    passages: int
    facts: int
    indexed: int
    failures: tuple[VerificationFailure, ...]

    @property
    def ok(self) -> bool:
        """Whether everything held."""
        return not self.failures
