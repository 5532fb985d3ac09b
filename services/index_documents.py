"""What the index should hold, read from the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from extraction.causes import gives_cause
from extraction.identity import digest
from models import Article, Passage, Revision
from search_index.documents import PassageDocument
from services.index_fields import ArticleFields, read_fields
from services.transactions import Transactions

_CHUNK = 500  # articles read at once

State = dict[str, str]
"""Fingerprints by passage id: what an article looks like in the index."""


@dataclass(frozen=True, slots=True)
class _Article:
    """What the passages of an article share."""

    id: str
    source_id: str
    language: str
    published_at: str | None
    published_on: date | None
    title: str
    text: str
    fields: ArticleFields

    @property
    def moment(self) -> datetime | None:
        """The instant of publication, where one is given."""
        written = self.published_at
        return datetime.fromisoformat(written) if written and "T" in written else None


def documents_of(session: Session, article_ids: Sequence[str]) -> dict[str, list[PassageDocument]]:
    """The documents of each article, empty for one that is withdrawn or unknown: five queries."""
    documents: dict[str, list[PassageDocument]] = {article_id: [] for article_id in article_ids}
    articles = _articles(session, article_ids)
    statement = select(Passage.article_id, Passage.id, Passage.start, Passage.end, Passage.kind)
    passages = statement.where(Passage.article_id.in_(article_ids), Passage.current)
    heading, last = "", ""
    for article_id, identifier, start, end, kind in session.execute(
        passages.order_by(Passage.article_id, Passage.position)
    ):
        article = articles[article_id]
        words = article.text[start:end]
        if article_id != last or kind == "heading":
            heading, last = "", article_id
        documents[article_id].append(_document(article, identifier, kind, words, heading))
        if kind == "heading":
            heading = words
    return documents


def _articles(session: Session, article_ids: Sequence[str]) -> dict[str, _Article]:
    a = Article
    statement = (
        select(a.id, a.source_id, a.language, a.published_at, a.published_on, a.title, Revision.text, a.source_country)
        .join(Revision, (Revision.article_id == a.id) & (Revision.number == a.revision_number))
        .where(a.id.in_(article_ids), a.status == "current")
    )
    rows = session.execute(statement).all()
    fields = read_fields(session, {row.id: (_primary(row.language), row.source_country, row.text) for row in rows})
    return {
        identifier: _Article(
            identifier, source_id, language, published_at, published_on, title or "", text, fields[identifier]
        )
        for identifier, source_id, language, published_at, published_on, title, text, _ in rows
    }


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


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


def _document(article: _Article, identifier: str, kind: str, words: str, heading: str) -> PassageDocument:
    fields = article.fields.of(identifier, words)
    names = article.fields.names
    entity_ids = tuple(sorted(fields.entities))
    found = {
        "names": tuple(sorted(fields.names(names))),
        "speakers": tuple(sorted(fields.speaker_names(names))),
        "values": tuple(sorted(fields.values)),
        "traits": _traits(fields.traits, words, article.language),
    }
    seen = (article.source_id, article.language, kind, article.published_at, entity_ids, article.title, words)
    return PassageDocument(
        passage_id=identifier,
        article_id=article.id,
        source_id=article.source_id,
        language=article.language,
        kind=kind,
        published_on=article.published_on,
        entity_ids=entity_ids,
        title=article.title,
        text=words,
        fingerprint=digest("i", *seen, heading, *found.values()),
        published_at=article.moment,
        heading=heading,
        **found,
    )


def _traits(known: set[str], words: str, language: str) -> tuple[str, ...]:
    cause = {"cause"} if gives_cause(words, _primary(language)) else set()
    return tuple(sorted((known | cause) - {""}))
