"""The path of a record into the database: identify, compare, extract, write.

Why it looks twice: extraction takes seconds and must not hold the write lock, so what was decided before it is checked
again inside the transaction. If the article has changed meanwhile in a way that needs another extraction, the whole
path is walked again.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, time

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from extraction.document import Document
from extraction.identity import sha256
from models import Article, Revision, Source
from services.errors import Withdrawn
from services.identity import article_id, name_key, source_id, text_identity_key
from services.precondition import check_precondition
from services.presenting import etag_of
from services.reading import Content, Reader
from services.records import ArticleRecord
from services.rows import ExtractedRows, build_rows
from services.storing import add_index_job, repeat_metadata, store_extraction
from services.transactions import Transactions
from services.urls import canonical_url, host_of
from services.views import Json, Outcome

_log = structlog.get_logger(__name__)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# What the extraction reads besides the text: a change there changes what it finds.
_READ_BY_EXTRACTION = ("title", "language_given", "published_at")


@dataclass(frozen=True, slots=True)
class Target:
    """Which article a record is for. ``identity_key`` None: the text says; ``precondition`` None: anyone may write."""

    identity_key: str | None
    precondition: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the database holds of an article."""

    article: Article
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A record that is ready to be compared and written."""

    identity_key: str
    content: Content
    columns: Json

    @property
    def article_id(self) -> str:
        """The id of the article that the record is."""
        return article_id(self.identity_key)

    def outcome(self, known: Known | None) -> Outcome:
        """What writing the record would do."""
        if known is None:
            return "created"
        if known.text_sha256 != self.content.text_sha256:
            return "revised"
        return "updated" if self._changed(known.article) else "unchanged"

    def needs_extraction(self, known: Known | None) -> bool:
        """Whether what is stored cannot serve any more."""
        outcome = self.outcome(known)
        if known is None or outcome in ("created", "revised"):
            return True
        return any(name in _READ_BY_EXTRACTION for name in self._changed(known.article))

    def _changed(self, article: Article) -> list[str]:
        return [name for name, value in self.columns.items() if getattr(article, name) != value]


class Ingest:
    """Stores records."""

    def __init__(self, transactions: Transactions, reader: Reader) -> None:
        self._transactions = transactions
        self._reader = reader

    def store(self, record: ArticleRecord, target: Target) -> tuple[Outcome, str]:
        """What was done, and the article's id. The record has been checked.

        Raises UnsupportedContent, Withdrawn, PreconditionFailed, StorageFull.
        """
        incoming, known = self._prepare(record, target)
        while True:
            document = rows = None
            if incoming.needs_extraction(known):
                document = self._reader.extract(incoming.content)
                rows = build_rows(document, incoming.content.text, incoming.article_id)
            elif incoming.outcome(known) == "unchanged":
                return "unchanged", incoming.article_id
            with self._transactions.writing() as session:
                known = _find_known(session, incoming.identity_key)
                _check_target(known, target)
                if rows is not None or not incoming.needs_extraction(known):
                    return self._write(session, incoming, known, document, rows), incoming.article_id

    def _prepare(self, record: ArticleRecord, target: Target) -> tuple[Incoming, Known | None]:
        known = None
        if target.identity_key is not None:
            with self._transactions.reading() as session:
                known = _find_known(session, target.identity_key)
            _check_target(known, target)
        content = self._reader.content_of(record)
        key = target.identity_key or text_identity_key(content.text)
        if target.identity_key is None:
            with self._transactions.reading() as session:
                known = _find_known(session, key)
            _check_target(known, target)
        return Incoming(key, content, _columns(content.record)), known

    def _write(
        self,
        session: Session,
        incoming: Incoming,
        known: Known | None,
        document: Document | None,
        rows: ExtractedRows | None,
    ) -> Outcome:
        outcome = incoming.outcome(known)
        if outcome == "unchanged":
            return outcome
        now = self._transactions.now()
        source = _store_source(session, incoming.content.record, now)
        article = known.article if known is not None else _new_article(session, incoming, source, now)
        for name, value in incoming.columns.items():
            setattr(article, name, value)
        article.version += 1
        article.updated_at = now
        if document is not None:
            article.language = document.language
            article.extracted_by = document.version
        if outcome in ("created", "revised"):
            article.revision_number += 1
            session.flush()
            session.add(_revision(article, incoming.content, now))
        session.flush()
        if rows is not None:
            store_extraction(session, article, rows)
        else:
            repeat_metadata(session, article)
        add_index_job(session, article.id, self._transactions.now)
        _log.info("article_stored", article=article.id, outcome=outcome, revision=article.revision_number)
        return outcome


def _find_known(session: Session, identity_key: str) -> Known | None:
    row = session.execute(
        select(Article, Revision.text_sha256)
        .join(Article.source)
        .options(contains_eager(Article.source))
        .join(Revision, (Revision.article_id == Article.id) & (Revision.number == Article.revision_number))
        .where(Article.identity_key == identity_key)
    ).one_or_none()
    return None if row is None else Known(*row)


def _check_target(known: Known | None, target: Target) -> None:
    if known is None:
        return
    if known.article.withdrawn_at is not None:
        raise Withdrawn(known.article.id, known.article.withdrawn_at)
    if target.precondition is not None:
        check_precondition(target.precondition, etag_of(known.article))


def _columns(record: ArticleRecord) -> Json:
    published = record.published_at
    day = published.date() if isinstance(published, datetime) else published
    instant = published if isinstance(published, datetime) else None
    if day is not None and instant is None:
        instant = datetime.combine(day, time(), UTC)
    return {
        "source_id": source_id(record.source),
        "source_name": record.source.name,
        "source_country": record.source.country,
        "external_id": record.external_id,
        "url": record.url,
        "canonical_url": None if record.url is None else canonical_url(record.url),
        "title": record.title,
        "authors": list(record.authors),
        "language_given": record.language,
        "published_at": None if published is None else published.isoformat(),
        "published_on": day,
        "published_sort": None if instant is None else _microseconds(instant),
        "rights": record.rights,
        "tags": list(record.tags),
    }


def _microseconds(instant: datetime) -> int:
    since = instant - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _store_source(session: Session, record: ArticleRecord, now: datetime) -> Source:
    """The record's source, made or brought up to date: the newest word on its name and country holds."""
    given = record.source
    source = session.get(Source, source_id(given))
    if source is None:
        source = Source(
            id=source_id(given),
            name=given.name,
            name_folded=name_key(given.name),
            url=given.url,
            host=None if given.url is None else host_of(given.url),
            country=given.country,
            version=1,
            created_at=now,
        )
        session.add(source)
        session.flush()
    elif source.name != given.name or given.country not in (None, source.country):
        source.name, source.name_folded = given.name, name_key(given.name)
        source.country = given.country or source.country
        source.version += 1
    return source


def _new_article(session: Session, incoming: Incoming, source: Source, now: datetime) -> Article:
    article = Article(
        id=incoming.article_id,
        identity_key=incoming.identity_key,
        language="",
        status="current",
        revision_number=0,
        version=0,
        created_at=now,
        updated_at=now,
        withdrawn_at=None,
        extracted_by=None,
        **incoming.columns,
    )
    article.source = source
    session.add(article)
    return article


def _revision(article: Article, content: Content, now: datetime) -> Revision:
    html = content.html
    return Revision(
        article_id=article.id,
        number=article.revision_number,
        text=content.text,
        text_sha256=content.text_sha256,
        characters=len(content.text),
        html=None if html is None else zlib.compress(html.encode("utf-8")),
        html_sha256=None if html is None else sha256(html),
        retrieved_at=now,
    )
