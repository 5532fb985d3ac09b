"""Passages: the spans that tile a revision's text."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Passage(Base):
    """A span of a revision, in code points. Its words are read from the revision, so the two cannot differ.

    ``current``: it stands in the newest revision of an article that is not withdrawn. ``revision_number`` is the
    newest revision that has the text from whose hash ``id`` derives.
    """

    __tablename__ = "passages"
    __table_args__ = (
        ForeignKeyConstraint(["article_id", "revision_number"], ["revisions.article_id", "revisions.number"]),
        Index(None, "article_id", "current", "position"),
        Index(None, "article_id", "revision_number"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    article_id: Mapped[str]
    revision_number: Mapped[int]
    position: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    kind: Mapped[str]
    rule: Mapped[str | None]
    current: Mapped[bool]
