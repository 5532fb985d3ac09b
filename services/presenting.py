"""From rows to views. Each loader takes a whole page and asks the database a fixed number of times."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, tuple_
from sqlalchemy.orm import Session

from models import Article, Fact, Passage, Revision, Source
from services.urls import text_fragment_url
from services.views import (
    ArticleView,
    CitationView,
    CitedArticle,
    CitedRevision,
    CitedSource,
    FactView,
    PassageView,
    RevisionView,
    Selector,
    SourceView,
)

CONTEXT = 32  # code points of prefix and suffix in a selector

RevisionKey = tuple[str, int]
RevisionRow = Row[str, int, str, datetime, int, bool]


@dataclass(frozen=True, slots=True)
class CitedText:
    """A revision with its text, and the article and source that it belongs to."""

    article: CitedArticle
    source: CitedSource
    revision: CitedRevision
    text: str
    rights: str | None
    withdrawn_at: datetime | None


def load_texts(session: Session, keys: Collection[RevisionKey]) -> dict[RevisionKey, CitedText]:
    """The texts of revisions by (article id, number), with article and source: one query."""
    if not keys:
        return {}
    # Columns rather than rows as objects: a page of search results reads dozens, many times a second.
    statement = (
        select(*_CITED).join(Revision, Revision.article_id == Article.id).join(Article.source).where(*_are(keys))
    )
    return {(row[0], row[6]): _cited_text(tuple(row)) for row in session.execute(statement)}


_CITED = (
    *(Article.id, Article.title, Article.url, Article.authors, Article.published_at, Article.language),
    *(Revision.number, Revision.text_sha256, Revision.retrieved_at, Revision.text),
    *(Source.id, Source.name, Source.url, Article.rights, Article.withdrawn_at),
)


def _cited_text(row: Sequence[Any]) -> CitedText:
    article, title, url, authors, published_at, language = row[:6]
    number, sha, retrieved_at, text = row[6:10]
    source, name, source_url, rights, withdrawn_at = row[10:]
    return CitedText(
        CitedArticle(
            id=article, title=title, url=url, authors=tuple(authors), published_at=published_at, language=language
        ),
        CitedSource(id=source, name=name, url=source_url),
        CitedRevision(number=number, text_sha256=sha, retrieved_at=retrieved_at),
        text,
        rights,
        withdrawn_at,
    )


def cited_source(source: Source) -> CitedSource:
    """A source in a citation."""
    return CitedSource(id=source.id, name=source.name, url=source.url)


def cite(identifier: str, cited: CitedText, start: int, end: int, *, current: bool) -> CitationView:
    """The citation of a span of a text. The article is not withdrawn."""
    article, text = cited.article, cited.text
    return CitationView(
        id=identifier,
        article=article,
        source=cited.source,
        revision=cited.revision,
        selector=Selector(
            exact=text[start:end],
            prefix=text[max(0, start - CONTEXT) : start],
            suffix=text[end : end + CONTEXT],
            start=start,
            end=end,
        ),
        text_fragment_url=None if article.url is None else text_fragment_url(article.url, text, start, end),
        status="current" if current else "superseded",
    )


def fact_views(session: Session, facts: Sequence[Fact]) -> list[FactView]:
    """Facts with their citations, in the order given: one query."""
    texts = load_texts(session, {(fact.article_id, fact.revision_number) for fact in facts})
    return [fact_view(fact, texts[fact.article_id, fact.revision_number]) for fact in facts]


def fact_view(fact: Fact, cited: CitedText) -> FactView:
    """A fact with its citation."""
    citation = cite(fact.id, cited, fact.evidence_start, fact.evidence_end, current=fact.current)
    return FactView(payload=fact.payload, citation=citation)


def passage_view(passage: Passage | Row[Any], text: str) -> PassageView:
    """A passage, or a row of its columns, with its words."""
    return PassageView(
        id=passage.id,
        article_id=passage.article_id,
        kind=passage.kind,
        rule=passage.rule,
        position=passage.position,
        start=passage.start,
        end=passage.end,
        text=text[passage.start : passage.end],
    )


def etag_of(article: Article) -> str:
    """The entity tag of an article: changes with it and with its source. Needs the source loaded."""
    return f"{article.id}-{article.version}-{article.source.version}"


def article_views(session: Session, articles: Sequence[Article]) -> list[ArticleView]:
    """Articles, whose sources are loaded, in the order given: three queries."""
    revisions = _current_revisions(session, articles)
    return [article_view(article, revisions[article.id]) for article in articles]


def article_view(article: Article, revision: RevisionView) -> ArticleView:
    """An article with its current revision."""
    source = article.source
    return ArticleView(
        id=article.id,
        source=SourceView(id=source.id, name=source.name, url=source.url, country=source.country),
        external_id=article.external_id,
        url=article.url,
        title=article.title,
        authors=tuple(article.authors),
        language=article.language,
        published_at=article.published_at,
        rights=article.rights,
        tags=tuple(article.tags),
        status="current" if article.withdrawn_at is None else "withdrawn",
        revision=revision,
        passages=revision.passages,
        facts=revision.facts,
        created_at=article.created_at,
        updated_at=article.updated_at,
        version=article.version,
        etag=etag_of(article),
    )


def load_revisions(session: Session, article: Article) -> list[RevisionView]:
    """All revisions of an article, oldest first: three queries, without their texts."""
    counts = _Counts(session, [article.id])
    statement = _revision_columns().where(Revision.article_id == article.id).order_by(Revision.number)
    rows = session.execute(statement).all()
    # A text that came back is one text: its passages and facts belong to the newest revision that has it.
    newest = {row.text_sha256: row.number for row in rows}
    now = article.revision_number
    return [_revision_view(counts, row, newest[row.text_sha256], now) for row in rows]


def _revision_view(counts: _Counts, row: RevisionRow, holder: int, now: int) -> RevisionView:
    return replace(counts.view(row, current=holder == now, number=holder), current=row.number == now)


def _current_revisions(session: Session, articles: Iterable[Article]) -> dict[str, RevisionView]:
    keys = {article.id: article.revision_number for article in articles}
    if not keys:
        return {}
    counts = _Counts(session, list(keys))
    statement = _revision_columns().where(*_are(keys.items()))
    return {row.article_id: counts.view(row, current=True) for row in session.execute(statement)}


class _Counts:
    """How many passages and facts stand in the revisions of some articles: two queries."""

    def __init__(self, session: Session, article_ids: Sequence[str]) -> None:
        self._passages = _count(session, Passage, article_ids)
        self._facts = _count(session, Fact, article_ids)

    def view(self, row: RevisionRow, *, current: bool, number: int | None = None) -> RevisionView:
        """A revision from its columns; ``number`` is the revision that its rows belong to, where it is another."""
        key = (row.article_id, number or row.number, current)
        return RevisionView(
            **row._asdict(), passages=self._passages.get(key, 0), facts=self._facts.get(key, 0), current=current
        )


def _are(keys: Iterable[RevisionKey]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    wanted = sorted(set(keys))
    # SQLite finds no index for pairs; the first condition gives it one.
    pairs = tuple_(Revision.article_id, Revision.number).in_(wanted)
    return Revision.article_id.in_([article_id for article_id, _ in wanted]), pairs


def _revision_columns() -> Select[str, int, str, datetime, int, bool]:
    return select(
        Revision.article_id,
        Revision.number,
        Revision.text_sha256,
        Revision.retrieved_at,
        Revision.characters,
        Revision.html_sha256.is_not(None).label("has_html"),
    )


def _count(
    session: Session, table: type[Passage | Fact], article_ids: Sequence[str]
) -> dict[tuple[str, int, bool], int]:
    key = (table.article_id, table.revision_number, table.current)
    statement = select(*key, func.count()).where(table.article_id.in_(article_ids)).group_by(*key)
    return {(article_id, number, current): n for article_id, number, current, n in session.execute(statement)}
