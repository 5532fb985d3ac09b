"""What the index should hold, read from the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from extraction.identity import digest
from models import Article, Mention, Passage, Revision
from search_index.documents import PassageDocument
from services.transactions import Transactions

_CHUNK = 100  # articles read at once

State = dict[str, str]
"""Fingerprints by passage id: what an article looks like in the index."""


def documents_of(session: Session, article_ids: Sequence[str]) -> dict[str, list[PassageDocument]]:
    """The documents of each article, empty for one that is withdrawn or unknown: three queries."""
    documents: dict[str, list[PassageDocument]] = {article_id: [] for article_id in article_ids}
    statement = (
        select(Article, Revision.text)
        .join(Revision, (Revision.article_id == Article.id) & (Revision.number == Article.revision_number))
        .where(Article.id.in_(article_ids), Article.status == "current")
    )
    articles = {article.id: (article, text) for article, text in session.execute(statement)}
    entities = _entities(session, article_ids)
    passages = select(Passage).where(Passage.article_id.in_(article_ids), Passage.current)
    for passage in session.scalars(passages.order_by(Passage.article_id, Passage.position)):
        article, text = articles[passage.article_id]
        documents[article.id].append(_document(article, passage, text, tuple(sorted(entities[passage.id]))))
    return documents


def all_documents(transactions: Transactions) -> Iterator[tuple[str, list[PassageDocument]]]:
    """The documents of every current article, by article id; read in small transactions, so writes go on."""
    last = ""
    while True:
        with transactions.reading() as session:
            statement = select(Article.id).where(Article.id > last, Article.status == "current")
            ids = list(session.scalars(statement.order_by(Article.id).limit(_CHUNK)))
            documents = documents_of(session, ids)
        yield from documents.items()
        if len(ids) < _CHUNK:
            return
        last = ids[-1]


def state(documents: Sequence[PassageDocument]) -> State:
    """What the index says of an article whose documents these are, if it is up to date."""
    return {document.passage_id: document.fingerprint for document in documents}


def _entities(session: Session, article_ids: Sequence[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    statement = select(Mention.passage_id, Mention.entity_id).where(
        Mention.article_id.in_(article_ids), Mention.entity_id.is_not(None)
    )
    for passage_id, entity_id in session.execute(statement):
        if entity_id is not None:
            found[passage_id].add(entity_id)
    return found


def _document(article: Article, passage: Passage, text: str, entity_ids: tuple[str, ...]) -> PassageDocument:
    words = text[passage.start : passage.end]
    published_at, title = article.published_at, article.title or ""
    seen = (article.source_id, article.language, passage.kind, published_at, entity_ids, title, words)
    return PassageDocument(
        passage_id=passage.id,
        article_id=article.id,
        source_id=article.source_id,
        language=article.language,
        kind=passage.kind,
        published_on=article.published_on,
        entity_ids=entity_ids,
        title=title,
        text=words,
        fingerprint=digest("i", *seen),
        published_at=datetime.fromisoformat(published_at) if published_at and "T" in published_at else None,
    )
