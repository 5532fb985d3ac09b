"""Articles and their immutable revisions."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.source import Source


class Article(Base):
    """One published item.

    ``identity_key`` is what tells it from others; ``language`` is the effective one. ``language_given``,
    ``source_name`` and ``source_country`` are the record's own words. Publication is kept three times:
    ``published_at`` as given (ISO 8601, with its offset), ``published_on`` its local day, for filters,
    ``published_sort`` the instant in microseconds since 1970 in UTC, for order. ``version`` counts every change that a
    reader of the article can see, and makes its entity tag. ``extracted_by`` is the version of the extractor that read
    the newest revision; None where nobody noted it.
    """

    __tablename__ = "articles"
    __table_args__ = (Index(None, "status", "published_sort", "id"), Index(None, "status", "published_on"))

    id: Mapped[str] = mapped_column(primary_key=True)
    identity_key: Mapped[str] = mapped_column(unique=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), index=True)
    source_name: Mapped[str]
    source_country: Mapped[str | None]
    external_id: Mapped[str | None] = mapped_column(index=True)
    url: Mapped[str | None]
    canonical_url: Mapped[str | None] = mapped_column(index=True)
    title: Mapped[str | None]
    authors: Mapped[list[str]]
    language: Mapped[str] = mapped_column(index=True)
    language_given: Mapped[str | None]
    published_at: Mapped[str | None]
    published_on: Mapped[date | None]
    published_sort: Mapped[int | None] = mapped_column(BigInteger)
    rights: Mapped[str | None]
    tags: Mapped[list[str]]
    status: Mapped[str]
    revision_number: Mapped[int]
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    extracted_by: Mapped[str | None]

    source: Mapped[Source] = relationship(lazy="raise")


class Revision(Base):
    """One text of an article, never edited. ``html`` is the original it was extracted from, zlib-compressed UTF-8."""

    __tablename__ = "revisions"
    __table_args__ = (Index(None, "article_id", "text_sha256"),)

    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]
    text_sha256: Mapped[str]
    characters: Mapped[int]
    html: Mapped[bytes | None] = mapped_column(LargeBinary)
    html_sha256: Mapped[str | None]
    retrieved_at: Mapped[datetime]
