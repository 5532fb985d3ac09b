"""Articles in and out: submit, read, list, revise, withdraw.

A submission reads the database, extracts if need be, and only then opens its short write transaction, where it looks
again: another process may have stored the same article meanwhile. The index follows after the commit.
"""

from __future__ import annotations

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager

from models import Article, Mention, Revision
from services.errors import FieldError, InvalidQuery, InvalidRecord, NotFound, Withdrawn
from services.filters import ARTICLE_SORTS, ArticleFilters
from services.identity import find_identity_key
from services.index_sync import IndexSync
from services.ingest import Ingest, Target
from services.keyset import Order, fetch_page
from services.lookup import entity_ids, source_ids
from services.paging import Page, PageRequest, query_hash
from services.precondition import check_precondition
from services.presenting import article_views, etag_of, load_revisions
from services.reading import check
from services.records import ArticleRecord
from services.storing import add_index_job, retire
from services.transactions import Transactions
from services.urls import canonical_url
from services.views import ArticleView, RevisionView, Submission


class Articles:
    """The use cases of articles."""

    def __init__(self, transactions: Transactions, ingest: Ingest, index: IndexSync) -> None:
        self._transactions = transactions
        self._ingest = ingest
        self._index = index

    def submit(self, record: ArticleRecord, *, synchronise: bool = True) -> Submission:
        """Take a record in, whatever is known of it already.

        ``synchronise=False`` leaves the index for later, for bulk loads that end with ``IndexSync.drain``.
        Raises InvalidRecord, UnsupportedContent, Withdrawn, StorageFull.
        """
        check(record)
        return self._store(record, Target(find_identity_key(record)), synchronise=synchronise)

    def get(self, article_id: str) -> ArticleView:
        """The article. Raises NotFound, Withdrawn."""
        with self._transactions.reading() as session:
            return article_views(session, [get_article(session, article_id)])[0]

    def find(self, *, url: str | None = None, external_id: str | None = None) -> list[ArticleView]:
        """Current articles with that canonical URL or that id of their source's; newest first, at most 100."""
        filters = ArticleFilters(url=url, external_id=external_id)
        return list(self.page(filters, PageRequest(limit=100)).items)

    def page(self, filters: ArticleFilters, page: PageRequest, sort: str = "-published_at") -> Page[ArticleView]:
        """Current articles. Raises InvalidQuery, InvalidCursor."""
        if sort not in ARTICLE_SORTS:
            raise InvalidQuery(f"sort is one of {', '.join(ARTICLE_SORTS)}", parameter="sort")
        order = Order(Article.published_sort, (Article.id,), descending=sort.startswith("-"), nullable=True)
        bound_to = query_hash("articles", filters, sort)
        with self._transactions.reading() as session:
            selected = _select(session, filters)
            total = session.scalar(selected.with_only_columns(func.count(), maintain_column_froms=True)) or 0
            loaded = selected.join(Article.source).options(contains_eager(Article.source))
            articles, following = fetch_page(session, loaded, order, page, bound_to)
            return Page(tuple(article_views(session, articles)), total, following)

    def revise(self, article_id: str, record: ArticleRecord, if_match: str | None) -> Submission:
        """Replace an article's record; its identity stays.

        ``if_match`` is the value of the If-Match header: an entity tag, a list of them, or "*".
        Raises what ``submit`` and ``get`` do, PreconditionRequired, PreconditionFailed.
        """
        check(record)
        with self._transactions.reading() as session:
            article = get_article(session, article_id)
            check_precondition(if_match, etag_of(article))
            _check_identity(article, record)
        target = Target(article.identity_key, precondition=if_match or "")
        return self._store(record, target, synchronise=True)

    def withdraw(self, article_id: str, if_match: str | None) -> None:
        """Leave a tombstone. Raises NotFound, Withdrawn, PreconditionRequired, PreconditionFailed, StorageFull."""
        with self._transactions.writing() as session:
            article = get_article(session, article_id)
            check_precondition(if_match, etag_of(article))
            article.status = "withdrawn"
            article.version += 1
            article.withdrawn_at = article.updated_at = self._transactions.now()
            session.flush()
            retire(session, article_id)
            add_index_job(session, article_id, self._transactions.now)
        self._index.catch_up()

    def revisions(self, article_id: str) -> list[RevisionView]:
        """All revisions, oldest first. Raises NotFound, Withdrawn."""
        with self._transactions.reading() as session:
            return load_revisions(session, get_article(session, article_id))

    def revision(self, article_id: str, number: int) -> RevisionView:
        """One revision. Raises NotFound, Withdrawn."""
        found = [revision for revision in self.revisions(article_id) if revision.number == number]
        if not found:
            raise NotFound("revision", f"{number} of {article_id}")
        return found[0]

    def revision_text(self, article_id: str, number: int) -> str:
        """The very text whose UTF-8 bytes ``text_sha256`` is taken over. Raises NotFound, Withdrawn."""
        with self._transactions.reading() as session:
            get_article(session, article_id)
            text = None
            if 0 < number < 2**63:
                here = (Revision.article_id == article_id, Revision.number == number)
                text = session.scalar(select(Revision.text).where(*here))
        if text is None:
            raise NotFound("revision", f"{number} of {article_id}")
        return text

    def _store(self, record: ArticleRecord, target: Target, *, synchronise: bool) -> Submission:
        outcome, article_id = self._ingest.store(record, target)
        if synchronise and outcome != "unchanged":
            self._index.catch_up()
        return Submission(outcome=outcome, article=self.get(article_id))


def get_article(session: Session, article_id: str) -> Article:
    """An article with its source. Raises NotFound, Withdrawn."""
    article = session.scalar(
        select(Article).join(Article.source).options(contains_eager(Article.source)).where(Article.id == article_id)
    )
    if article is None:
        raise NotFound("article", article_id)
    if article.withdrawn_at is not None:
        raise Withdrawn(article.id, article.withdrawn_at)
    return article


def _check_identity(article: Article, record: ArticleRecord) -> None:
    """A record put in an article's place must not be identified as another article."""
    key = find_identity_key(record)
    if article.identity_key.startswith("text ") or key == article.identity_key:
        return
    pointer = "/external_id" if article.identity_key.startswith("external ") else "/url"
    raise InvalidRecord([FieldError(pointer, "identifies the article and cannot be changed (nor its source)")])


def _select(session: Session, filters: ArticleFilters) -> Select[Article]:
    conditions = [Article.status == "current"]
    if filters.source is not None:
        conditions.append(Article.source_id.in_(source_ids(session, filters.source)))
    if filters.language is not None:
        conditions.append(Article.language == filters.language.lower())
    if filters.published_from is not None:
        conditions.append(Article.published_on >= filters.published_from)
    if filters.published_to is not None:
        conditions.append(Article.published_on <= filters.published_to)
    if filters.external_id is not None:
        conditions.append(Article.external_id == filters.external_id)
    if filters.url is not None:
        conditions.append(Article.canonical_url == _canonical(filters.url))
    if filters.entity is not None:
        named = Mention.entity_id.in_(entity_ids(session, filters.entity))
        conditions.append(Article.id.in_(select(Mention.article_id).where(named)))
    return select(Article).where(*conditions)


def _canonical(url: str) -> str:
    try:
        return canonical_url(url)
    except ValueError as error:
        raise InvalidQuery("url is an absolute http or https URL", parameter="url") from error
