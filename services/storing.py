"""Writing what was extracted, inside a transaction that the caller owns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from models import Article, Base, Entity, EntityLink, EntityName, Fact, FactEntity, IndexJob, Mention, Passage
from services.rows import ExtractedRows
from services.transactions import Clock
from services.views import Json

_MANY = 500  # identifiers in one statement, well below what any database allows


def store_extraction(session: Session, article: Article, rows: ExtractedRows) -> None:
    """Make ``rows`` what the article's newest revision says.

    Rows that were known by their ids (the same text, perhaps two revisions ago) move to that revision; what the
    revision no longer says stays, to be cited, and is no longer current.
    """
    retire(session, article.id)
    place = {"article_id": article.id, "revision_number": article.revision_number, "current": True}
    _insert_missing(session, Entity, rows.entities)
    _insert_missing_names(session, rows.entity_names)
    _upsert(session, Passage, [{**row, **place} for row in rows.passages])
    _insert(session, Mention, [{**row, "article_id": article.id} for row in rows.mentions])
    _count_article(session, article.id, 1)
    _upsert(session, Fact, [{**row, **place, **_repeated(article)} for row in rows.facts])
    _insert(session, FactEntity, rows.fact_entities)
    _insert(session, EntityLink, [{**row, "article_id": article.id} for row in rows.entity_links])


def repeat_metadata(session: Session, article: Article) -> None:
    """Carry the article's source, language and publication to its facts."""
    session.execute(update(Fact).where(Fact.article_id == article.id).values(_repeated(article)))


def retire(session: Session, article_id: str) -> None:
    """Nothing of the article is current any more; what is derived and cannot be cited goes."""
    facts = select(Fact.id).where(Fact.article_id == article_id)
    session.execute(delete(FactEntity).where(FactEntity.fact_id.in_(facts)))
    _count_article(session, article_id, -1)
    session.execute(delete(Mention).where(Mention.article_id == article_id))
    session.execute(delete(EntityLink).where(EntityLink.article_id == article_id))
    session.execute(update(Fact).where(Fact.article_id == article_id, Fact.current).values(current=False))
    session.execute(update(Passage).where(Passage.article_id == article_id, Passage.current).values(current=False))


def add_index_job(session: Session, article_id: str, clock: Clock) -> None:
    """Note, in the same transaction, that the index has to follow."""
    session.add(IndexJob(article_id=article_id, created_at=clock()))


def _repeated(article: Article) -> Json:
    return {
        "source_id": article.source_id,
        "language": article.language,
        "published_on": article.published_on,
        "published_sort": article.published_sort,
    }


def _count_article(session: Session, article_id: str, change: int) -> None:
    """Count the article once more, or once less, for each entity that it mentions."""
    mentioned = select(Mention.entity_id).where(Mention.article_id == article_id, Mention.entity_id.is_not(None))
    session.execute(
        update(Entity)
        .where(Entity.id.in_(mentioned))
        .values(articles=Entity.articles + change)
        .execution_options(synchronize_session=False)
    )


def _insert_missing_names(session: Session, rows: list[Json]) -> None:
    ids = sorted({row["entity_id"] for row in rows})
    known: set[tuple[str, str]] = set()
    for at in range(0, len(ids), _MANY):
        these = EntityName.entity_id.in_(ids[at : at + _MANY])
        known.update(
            (key, entity) for key, entity in session.execute(select(EntityName.key, EntityName.entity_id).where(these))
        )
    _insert(session, EntityName, [row for row in rows if (row["key"], row["entity_id"]) not in known])


def _upsert(session: Session, table: type[Base], rows: list[Json]) -> None:
    known = _known(session, table, rows)
    _insert(session, table, [row for row in rows if row["id"] not in known])
    changed = [row for row in rows if row["id"] in known]
    if changed:
        session.execute(update(table), changed)


def _insert_missing(session: Session, table: type[Base], rows: list[Json]) -> None:
    known = _known(session, table, rows)
    _insert(session, table, [row for row in rows if row["id"] not in known])


def _insert(session: Session, table: type[Base], rows: Sequence[Json]) -> None:
    if rows:
        session.execute(insert(table), rows)


def _known(session: Session, table: Any, rows: list[Json]) -> set[str]:
    ids = [row["id"] for row in rows]
    known: set[str] = set()
    for at in range(0, len(ids), _MANY):
        known.update(session.scalars(select(table.id).where(table.id.in_(ids[at : at + _MANY]))))
    return known
