"""Entities, the mentions found in passages, and the links between them that articles make."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Json


class Entity(Base):
    """Who or what articles mention. ``article_id`` is set where a bare surname is known in one article only.

    ``articles`` counts the current ones, so that the best known of many can be named without counting.
    """

    __tablename__ = "entities"
    __table_args__ = (Index(None, "name_folded", "id"), Index(None, "articles"))

    id: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    name_folded: Mapped[str]
    article_id: Mapped[str | None] = mapped_column(ForeignKey("articles.id"), index=True)
    articles: Mapped[int] = mapped_column(default=0, server_default="0")


class EntityName(Base):
    """A name of an entity, folded, from one of its words on: by what it is completed.

    Names stay when the articles that use them go; an entity without articles is not offered.
    """

    __tablename__ = "entity_names"
    __table_args__ = (Index(None, "entity_id", "key"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    entity_id: Mapped[str] = mapped_column(ForeignKey("entities.id"), primary_key=True)


class Mention(Base):
    """An entity, a quantity or a time expression in a current passage, in code points of the revision's text.

    Mentions are derived and nobody cites them, so only those of current revisions are kept. ``kind`` is "entity",
    "quantity" or "time"; an entity mention has ``entity_id`` and ``name`` (as this article writes it), the other two
    their normalised values in ``payload``.
    """

    __tablename__ = "mentions"
    __table_args__ = (Index(None, "entity_id", "article_id"), Index(None, "passage_id", "start"))

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id"), index=True)
    passage_id: Mapped[str] = mapped_column(ForeignKey("passages.id"))
    kind: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    entity_id: Mapped[str | None] = mapped_column(ForeignKey("entities.id"))
    name: Mapped[str | None]
    payload: Mapped[Json | None]


class EntityLink(Base):
    """A relation that the current text of an article makes between what a name or a word says and an entity.

    ``relation`` is "stands_for" (``entity_id`` speaks or acts for ``target_id``) or "demonym" (``name`` is a word of
    the country ``target_id``; no ``entity_id``); ``reason`` says why. Derived, like mentions, and kept as long.
    """

    __tablename__ = "entity_links"
    __table_args__ = (Index(None, "target_id", "article_id"), Index(None, "entity_id", "article_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id"), index=True)
    relation: Mapped[str]
    reason: Mapped[str]
    entity_id: Mapped[str | None] = mapped_column(ForeignKey("entities.id"))
    name: Mapped[str]
    target_id: Mapped[str] = mapped_column(ForeignKey("entities.id"))
    mentions: Mapped[int]
