"""Facts, with the columns that lists filter and sort by, and the entities that play a part in them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Json


class Fact(Base):
    """One statement of a revision. ``payload`` is the wire shape, spans with their exact words.

    ``value_low``/``value_high`` bound a quantity, None is open; ``time_from``/``time_to`` bound the time in days of
    the proleptic Gregorian calendar (``date.toordinal``), None is open, and ``time_sort`` is None where there is no
    time at all. Source, language and publication repeat the article's, so that lists need no join to filter and sort.
    ``current`` is the passage's.
    """

    __tablename__ = "facts"
    __table_args__ = (
        ForeignKeyConstraint(["article_id", "revision_number"], ["revisions.article_id", "revisions.number"]),
        Index(None, "current", "published_sort", "article_id", "evidence_start", "id"),
        Index(None, "current", "confidence", "article_id", "evidence_start", "id"),
        Index(None, "current", "time_sort", "article_id", "evidence_start", "id"),
        Index(None, "article_id", "current"),
        Index(None, "source_id", "current"),
        Index(None, "speaker_folded", "current"),
        Index(None, "speaker_id", "current"),
        Index(None, "current", "published_on"),
        Index(None, "article_id", "revision_number"),
        Index(None, "passage_id", "current", "evidence_start"),
        # These hold all that a filter by value or time looks at, so that counting reads no row.
        Index(None, "current", "kind", "unit", "value_low", "value_high"),
        Index(None, "current", "time_from", "time_to", "time_sort"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    article_id: Mapped[str]
    revision_number: Mapped[int]
    passage_id: Mapped[str] = mapped_column(ForeignKey("passages.id"))
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"))
    language: Mapped[str]
    published_on: Mapped[date | None]
    published_sort: Mapped[int | None] = mapped_column(BigInteger)
    kind: Mapped[str]
    evidence_start: Mapped[int]
    evidence_end: Mapped[int]
    unit: Mapped[str | None]
    value_low: Mapped[float | None]
    value_high: Mapped[float | None]
    time_from: Mapped[int | None]
    time_to: Mapped[int | None]
    time_sort: Mapped[int | None]
    speaker_folded: Mapped[str | None]
    speaker_id: Mapped[str | None] = mapped_column(ForeignKey("entities.id"))
    polarity: Mapped[str]
    modality: Mapped[str]
    confidence: Mapped[float]
    current: Mapped[bool]
    payload: Mapped[Json]


class FactEntity(Base):
    """An entity that takes part in a fact, or is named in its evidence. ``role``: "speaker", "subject", "object",
    "of", "place" or "evidence".
    """

    __tablename__ = "fact_entities"
    __table_args__ = (Index(None, "entity_id", "fact_id"),)

    fact_id: Mapped[str] = mapped_column(ForeignKey("facts.id"), primary_key=True)
    entity_id: Mapped[str] = mapped_column(ForeignKey("entities.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
