"""Stored articles read again by a newer extractor.

When: after an update, or when a model or a setting of the extractor changed. The texts are not touched: facts that the
newer extractor finds too keep their ids, those that it does not find any more stay citable and are no longer current.
Every article is a transaction of its own and notes which version read it, so that a run that is interrupted is taken up
where it stopped, and articles that a server stores meanwhile are left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from extraction.document import Article as ArticleText
from extraction.document import Document
from models import Article, Fact, Passage, Revision
from services.index_sync import IndexSync
from services.reading import Extractor
from services.rows import ExtractedRows, build_rows
from services.storing import add_index_job, store_extraction
from services.transactions import Transactions
from services.views import Json

_CHUNK = 200  # articles after which the index follows
_FOCUS = {"quantity": "anchor", "quotation": "content", "event": "predicate"}


@dataclass(slots=True)
class Comparison:
    """What became of facts: ``kept`` say the same under the same id; ``altered`` are about the same words and say
    something else; ``gone`` and ``new`` have no counterpart. ``articles`` were read, ``incomplete`` of them not by
    all of the extractor: a later run reads those again.
    """

    articles: int = 0
    kept: int = 0
    altered: int = 0
    gone: int = 0
    new: int = 0
    incomplete: int = 0

    def add(self, other: Comparison) -> None:
        """Count another's in."""
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


class ReExtraction:
    """Reads again what is stored under another version than the extractor's."""

    def __init__(self, transactions: Transactions, extractor: Extractor, index: IndexSync) -> None:
        self._transactions = transactions
        self._extractor = extractor
        self._index = index

    def count(self, *, everything: bool = False) -> int:
        """How many current articles are to be read."""
        with self._transactions.reading() as session:
            return session.scalar(self._selected(everything).with_only_columns(func.count())) or 0

    def run(
        self,
        *,
        everything: bool = False,
        store: bool = True,
        after_each: Callable[[], object] = lambda: None,
    ) -> Comparison:
        """Read the articles and say how the facts compare; ``store=False`` only compares.

        ``everything`` reads those of this version as well. ``after_each`` is called once an article. Returns when the
        index is current. Raises StorageFull, IndexRebuilding.
        """
        total = Comparison()
        for at, article_id in enumerate(self._ids(everything), 1):
            total.add(self._read_again(article_id, everything=everything, store=store))
            after_each()
            if store and at % _CHUNK == 0:
                self._index.drain()
        if store:
            self._index.drain()
        return total

    def _selected(self, everything: bool) -> Select[str]:  # noqa: FBT001  # one of two private callers' flags
        chosen = select(Article.id).where(Article.status == "current")
        return chosen if everything else chosen.where(_is_of_another(self._extractor.version))

    def _ids(self, everything: bool) -> Iterator[str]:  # noqa: FBT001  # as above
        last = ""
        while True:
            with self._transactions.reading() as session:
                statement = self._selected(everything).where(Article.id > last).order_by(Article.id)
                ids = list(session.scalars(statement.limit(_CHUNK)))
            yield from ids
            if len(ids) < _CHUNK:
                return
            last = ids[-1]

    def _read_again(self, article_id: str, *, everything: bool, store: bool) -> Comparison:
        with self._transactions.reading() as session:
            found = self._find(session, article_id, everything=everything)
        if found is None:
            return Comparison()
        article, text = found
        given = ArticleText(text, article.language_given, _published(article.published_at), article.title)
        document = self._extractor.extract(given)
        rows = build_rows(document, text, article_id)
        complete = document.version == self._extractor.version
        # An article that this version has read as a whole loses nothing to a reading that lacks a part.
        if not store or (not complete and article.extracted_by == self._extractor.version):
            with self._transactions.reading() as session:
                return _compare(_current_facts(session, article_id), rows, complete=complete)
        with self._transactions.writing() as session:
            again = self._find(session, article_id, everything=everything)
            # Changed meanwhile: whoever changed it has extracted from what it is now.
            if again is None or again[0].version != article.version:
                return Comparison()
            return self._store(session, again[0], document, rows)

    def _find(self, session: Session, article_id: str, *, everything: bool) -> tuple[Article, str] | None:
        row = session.execute(
            select(Article, Revision.text)
            .join(Revision, (Revision.article_id == Article.id) & (Revision.number == Article.revision_number))
            .where(Article.id == article_id, Article.id.in_(self._selected(everything)))
        ).one_or_none()
        return None if row is None else (row[0], row[1])

    def _store(self, session: Session, article: Article, document: Document, rows: ExtractedRows) -> Comparison:
        before = _current_facts(session, article.id)
        divided_anew = _current_passages(session, article.id) != {_passage_key(row) for row in rows.passages}
        if before != _payloads(rows) or divided_anew or article.language != document.language:
            # What readers are served is not what it was, be it that a fact names another extractor: copies are stale.
            article.version += 1
            article.updated_at = self._transactions.now()
        article.language = document.language
        article.extracted_by = document.version
        session.flush()
        store_extraction(session, article, rows)
        add_index_job(session, article.id, self._transactions.now)
        return _compare(before, rows, complete=document.version == self._extractor.version)


def _is_of_another(version: str) -> ColumnElement[bool]:
    return or_(Article.extracted_by.is_(None), Article.extracted_by != version)


def _published(given: str | None) -> date | datetime | None:
    if given is None:
        return None
    return datetime.fromisoformat(given) if "T" in given else date.fromisoformat(given)


def _current_facts(session: Session, article_id: str) -> dict[str, Json]:
    statement = select(Fact.id, Fact.payload).where(Fact.article_id == article_id, Fact.current)
    return {identifier: payload for identifier, payload in session.execute(statement)}  # noqa: C416  # rows


def _current_passages(session: Session, article_id: str) -> set[tuple[object, ...]]:
    columns = (Passage.id, Passage.kind, Passage.rule)
    statement = select(*columns).where(Passage.article_id == article_id, Passage.current)
    return {tuple(row) for row in session.execute(statement)}


def _passage_key(row: Json) -> tuple[object, ...]:
    return row["id"], row["kind"], row["rule"]


def _payloads(rows: ExtractedRows) -> dict[str, Json]:
    return {row["id"]: row["payload"] for row in rows.facts}


def _compare(before: Mapping[str, Json], rows: ExtractedRows, *, complete: bool) -> Comparison:
    after = _payloads(rows)
    shared = before.keys() & after.keys()
    kept = sum(_said(before[identifier]) == _said(after[identifier]) for identifier in shared)
    old = [before[identifier] for identifier in before.keys() - shared]
    new = [after[identifier] for identifier in after.keys() - shared]
    moved = _pairs(old, new)
    return Comparison(1, kept, len(shared) - kept + moved, len(old) - moved, len(new) - moved, int(not complete))


def _said(payload: Json) -> Json:
    """What a fact says, whoever found it, however sure."""
    return {name: value for name, value in payload.items() if name not in ("extractor", "confidence")}


def _pairs(old: Iterable[Json], new: Iterable[Json]) -> int:
    """How many old facts have a new one of their kind about some of the same words, each counted once."""
    waiting = sorted((_focus(payload) for payload in new), key=lambda focus: focus[1:])
    found = 0
    for kind, start, end in sorted((_focus(payload) for payload in old), key=lambda focus: focus[1:]):
        for at, (other, begins, ends) in enumerate(waiting):
            if begins >= end:
                break
            if other == kind and start < ends:
                del waiting[at]
                found += 1
                break
    return found


def _focus(payload: Json) -> tuple[str, int, int]:
    kind = payload["kind"]
    span = payload[kind][_FOCUS[kind]]
    return kind, span["start"], span["end"]
