"""Entities: who and what current articles mention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager

from extraction.identity import fold
from models import Article, Entity, EntityLink, FactEntity, Mention
from services.errors import InvalidQuery, NotFound
from services.filters import EntityFilters
from services.identity import external_ids
from services.keyset import Order, fetch_page
from services.paging import Page, PageRequest, query_hash
from services.presenting import cited_source
from services.transactions import Transactions
from services.views import EntityArticle, EntityDetail, EntityLinkView, EntityName, EntityView, LinkedEntity

_TYPES = ("person", "organization", "place", "other")
_MOST_ARTICLES = 100
_MOST_LINKS = 100
_ORDER = Order(Entity.name_folded, (Entity.id,))


class Entities:
    """Reads of entities."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def page(self, filters: EntityFilters, page: PageRequest) -> Page[EntityView]:
        """Entities that a current article mentions, in order of their names. Raises InvalidQuery, InvalidCursor."""
        selected = select(Entity).where(*_conditions(filters))
        with self._transactions.reading() as session:
            total = session.scalar(selected.with_only_columns(func.count(), maintain_column_froms=True)) or 0
            found, following = fetch_page(session, selected, _ORDER, page, query_hash("entities", filters))
            return Page(tuple(_views(session, found)), total, following)

    def get(self, entity_id: str) -> EntityDetail:
        """An entity with its names, links and articles.

        Raises NotFound, also when no current article mentions it or links something to it.
        """
        with self._transactions.reading() as session:
            entity = session.get(Entity, entity_id)
            view = None if entity is None else _views(session, [entity])[0]
            links = _links(session, entity_id)
            if view is None or (view.mentions == 0 and not links):
                raise NotFound("entity", entity_id)
            return EntityDetail(
                entity=view, names=_names(session, entity_id), links=links, articles=_articles(session, entity_id)
            )


def _conditions(filters: EntityFilters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [exists().where(Mention.entity_id == Entity.id)]
    if filters.type is not None:
        if filters.type not in _TYPES:
            raise InvalidQuery(f"type is one of {', '.join(_TYPES)}", parameter="type")
        conditions.append(Entity.type == filters.type)
    if filters.q is not None:
        words = fold(filters.q).split()
        if not words:
            raise InvalidQuery("q is one or more words of a name")
        spaced = " " + Entity.name_folded
        conditions += [spaced.contains(f" {word}", autoescape=True) for word in words]
    return conditions


def _views(session: Session, entities: Sequence[Entity]) -> list[EntityView]:
    """Entities with their counts: two queries."""
    ids = [entity.id for entity in entities]
    mentions = {
        entity_id: (n, articles)
        for entity_id, n, articles in session.execute(
            select(Mention.entity_id, func.count(), func.count(Mention.article_id.distinct()))
            .where(Mention.entity_id.in_(ids))
            .group_by(Mention.entity_id)
        )
    }
    linked = (
        select(FactEntity.entity_id, func.count(FactEntity.fact_id.distinct()))
        .where(FactEntity.entity_id.in_(ids))
        .group_by(FactEntity.entity_id)
    )
    facts = {entity_id: n for entity_id, n in session.execute(linked)}  # noqa: C416 - rows are no pairs to mypy
    return [_view(entity, *mentions.get(entity.id, (0, 0)), facts.get(entity.id, 0)) for entity in entities]


def _view(entity: Entity, mentions: int, articles: int, facts: int) -> EntityView:
    return EntityView(
        id=entity.id,
        type=entity.type,
        name=entity.name,
        mentions=mentions,
        articles=articles,
        facts=facts,
        external_ids=external_ids().get(entity.id, {}),
    )


def _names(session: Session, entity_id: str) -> tuple[EntityName, ...]:
    count = func.count().label("mentions")
    statement = select(Mention.name, count).where(Mention.entity_id == entity_id).group_by(Mention.name)
    rows = session.execute(statement.order_by(count.desc(), Mention.name))
    return tuple(EntityName(name=name or "", mentions=n) for name, n in rows)


def _links(session: Session, entity_id: str) -> tuple[EntityLinkView, ...]:
    """What the entity stands for, what stands for it, and the words of its people: three queries."""
    found = [
        *_linked(session, "stands_for", EntityLink.entity_id == entity_id, EntityLink.target_id),
        *_linked(session, "represented_by", EntityLink.target_id == entity_id, EntityLink.entity_id),
        *_demonyms(session, entity_id),
    ]
    found.sort(key=lambda link: (-link.mentions, link.relation, link.word or "", link.entity.id if link.entity else ""))
    return tuple(found[:_MOST_LINKS])


_MENTIONS = func.sum(EntityLink.mentions)
_IN_ARTICLES = func.count(EntityLink.article_id.distinct())


def _linked(
    session: Session,
    relation: str,
    here: ColumnElement[bool],
    other: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
) -> Iterator[EntityLinkView]:
    statement = (
        select(EntityLink.reason, Entity, _MENTIONS, _IN_ARTICLES)
        .join(Entity, Entity.id == other)
        .where(here, EntityLink.relation == "stands_for")
        .group_by(EntityLink.reason, Entity.id)
    )
    for reason, entity, mentions, articles in session.execute(statement):
        linked = LinkedEntity(id=entity.id, type=entity.type, name=entity.name)
        yield EntityLinkView(
            relation=relation, reason=reason, entity=linked, word=None, mentions=mentions, articles=articles
        )


def _demonyms(session: Session, entity_id: str) -> Iterator[EntityLinkView]:
    statement = (
        select(EntityLink.reason, EntityLink.name, _MENTIONS, _IN_ARTICLES)
        .where(EntityLink.target_id == entity_id, EntityLink.relation == "demonym")
        .group_by(EntityLink.reason, EntityLink.name)
    )
    for reason, word, mentions, articles in session.execute(statement):
        yield EntityLinkView(
            relation="demonym", reason=reason, entity=None, word=word, mentions=mentions, articles=articles
        )


def _articles(session: Session, entity_id: str) -> tuple[EntityArticle, ...]:
    counts = (
        select(Mention.article_id, func.count().label("mentions"))
        .where(Mention.entity_id == entity_id)
        .group_by(Mention.article_id)
        .subquery()
    )
    statement = (
        select(Article, counts.c.mentions)
        .join(counts, counts.c.article_id == Article.id)
        .join(Article.source)
        .options(contains_eager(Article.source))
        .order_by(Article.published_sort.desc().nulls_last(), Article.id)
        .limit(_MOST_ARTICLES)
    )
    return tuple(_article(article, n) for article, n in session.execute(statement))


def _article(article: Article, mentions: int) -> EntityArticle:
    return EntityArticle(
        id=article.id,
        title=article.title,
        url=article.url,
        published_at=article.published_at,
        source=cited_source(article.source),
        mentions=mentions,
    )
