"""Facts: lists by every filter of the contract, and one by id.

Without words the database filters, sorts and cuts the page. With words (``q``) the index says which passages match,
and those facts of theirs are taken whose evidence itself matches: a passage can say more than one thing.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from extraction.identity import fold
from models import Fact, FactEntity, Revision
from search_index import After, Query
from services.errors import InvalidQuery, NotFound, SearchTooSlow, Withdrawn
from services.filters import FACT_SORTS, FactFilters
from services.finder import (
    Finder,
    Scope,
    evidence_test,
    for_evidence,
    for_passages,
    parse,
    read_after,
    write_after,
)
from services.keyset import Order, fetch_page, slice_in_memory
from services.lookup import entity_ids, source_ids
from services.paging import Key, Page, PageRequest, decode_cursor, encode_cursor, query_hash
from services.presenting import fact_view, fact_views, load_texts
from services.transactions import Transactions
from services.views import FactView

_TIES = (Fact.article_id, Fact.evidence_start, Fact.id)
_COLUMNS: dict[str, InstrumentedAttribute[Any]] = {
    "published_at": Fact.published_sort,
    "confidence": Fact.confidence,
    "event_time": Fact.time_sort,
    "score": Fact.confidence,  # stands for the score, which is a number too and no column
}
_CHUNK = 5000  # passages in one statement
_PATIENCE = 5.0  # seconds for testing the evidence of what the index found
_ENTITY_ID = re.compile(r"e-[a-z2-7]{26}")


class Facts:
    """Reads of current facts."""

    def __init__(self, transactions: Transactions, finder: Finder) -> None:
        self._transactions = transactions
        self._finder = finder

    def page(self, filters: FactFilters, page: PageRequest, sort: str | None = None) -> Page[FactView]:
        """Facts that pass the filters.

        ``sort`` is one of FACT_SORTS. "score" is best first and needs ``q``; the others ascend. ``-`` turns each
        round; what has no date or time comes last either way. None means "score" with ``q``, else "-published_at".
        Raises InvalidQuery, InvalidCursor, IndexRebuilding (with ``q`` only).
        """
        sort = sort or ("-published_at" if filters.q is None else "score")
        order = _order(sort, filters)
        bound_to = query_hash("facts", filters, sort)
        with self._transactions.reading() as session:
            conditions = _conditions(session, filters)
            if filters.q is not None:
                return self._matching(session, filters, conditions, order, page, bound_to)
            total = session.scalar(select(func.count()).select_from(Fact).where(*conditions)) or 0
            facts, following = fetch_page(session, select(Fact).where(*conditions), order, page, bound_to)
            return Page(tuple(fact_views(session, facts)), total, following)

    def get(self, fact_id: str) -> FactView:
        """A fact, current or superseded. Raises NotFound, Withdrawn."""
        with self._transactions.reading() as session:
            fact = session.get(Fact, fact_id)
            if fact is None:
                raise NotFound("fact", fact_id)
            key = (fact.article_id, fact.revision_number)
            cited = load_texts(session, [key])[key]
            if cited.withdrawn_at is not None:
                raise Withdrawn(cited.article.id, cited.withdrawn_at, fact_id)
            return fact_view(fact, cited)

    def _matching(
        self,
        session: Session,
        filters: FactFilters,
        conditions: Sequence[ColumnElement[bool]],
        order: Order,
        page: PageRequest,
        bound_to: str,
    ) -> Page[FactView]:
        """A page of facts that answer ``q``. Its cursor also pins what scores depend on."""
        after, pinned = _read_cursor(page.cursor, bound_to, order)
        query = parse(session, filters.q or "")
        scores, pinned = self._finder.scores(for_passages(query), _scope(session, filters), pinned)
        found = _candidates(session, for_evidence(query), scores, conditions)
        keys = [candidate.key(order) for candidate in found]
        chosen, more = slice_in_memory(keys, order, after, page.limit)
        ids = [found[at].row.id for at in chosen]
        facts = {fact.id: fact for fact in session.scalars(select(Fact).where(Fact.id.in_(ids)))}
        following = encode_cursor(bound_to, [*keys[chosen[-1]], write_after(pinned)]) if more else None
        return Page(tuple(fact_views(session, [facts[identifier] for identifier in ids])), len(found), following)


def _read_cursor(cursor: str | None, bound_to: str, order: Order) -> tuple[tuple[Key, ...] | None, After | None]:
    if cursor is None:
        return None, None
    *key, written = decode_cursor(cursor, bound_to, [*order.shape, (str, type(None))])
    return tuple(key), read_after(None if written is None else str(written))


@dataclass(frozen=True, slots=True)
class _Candidate:
    row: Row[*tuple[Any, ...]]
    score: float

    def key(self, order: Order) -> tuple[str | int | float | None, ...]:
        first = self.score if order.by_score else getattr(self.row, order.column.key)
        return (first, self.row.article_id, self.row.evidence_start, self.row.id)


def _candidates(
    session: Session, query: Query, scores: Mapping[str, float], conditions: Sequence[ColumnElement[bool]]
) -> list[_Candidate]:
    """Facts in the passages found that pass the filters and whose evidence matches."""
    evidence = func.substr(Revision.text, Fact.evidence_start + 1, Fact.evidence_end - Fact.evidence_start)
    columns = (
        Fact.id,
        Fact.article_id,
        Fact.evidence_start,
        Fact.passage_id,
        Fact.language,
        Fact.published_sort,
        Fact.confidence,
        Fact.time_sort,
        evidence.label("evidence"),
    )
    same_text = (Revision.article_id == Fact.article_id) & (Revision.number == Fact.revision_number)
    statement = select(*columns).join(Revision, same_text).where(*conditions)
    ids, found = list(scores), []
    test = _Test(query)
    for at in range(0, len(ids), _CHUNK):
        rows = session.execute(statement.where(Fact.passage_id.in_(ids[at : at + _CHUNK])))
        found += [_Candidate(row, scores[row.passage_id]) for row in rows if test.passes(row.evidence, row.language)]
    return found


class _Test:
    """Whether evidence answers a query. Many facts share theirs, so that each is read once; bounded in time."""

    def __init__(self, query: Query) -> None:
        self._answers = evidence_test(query)
        self._known: dict[tuple[str, str], bool] = {}
        self._until = time.monotonic() + _PATIENCE

    def passes(self, evidence: str, language: str) -> bool:
        """Raises SearchTooSlow when time is up."""
        key = (evidence, language)
        if key not in self._known:
            if time.monotonic() > self._until:
                raise SearchTooSlow
            self._known[key] = self._answers(evidence, language)
        return self._known[key]


def _order(sort: str, filters: FactFilters) -> Order:
    name = sort.removeprefix("-")
    if sort not in FACT_SORTS:
        raise InvalidQuery(f"sort is one of {', '.join(FACT_SORTS)}", parameter="sort")
    if name == "score" and filters.q is None:
        raise InvalidQuery("sort by score needs q", parameter="sort")
    # A score is a rank: the best comes first unless turned round.
    descending = sort.startswith("-") != (name == "score")
    nullable = name in ("published_at", "event_time")
    return Order(_COLUMNS[name], _TIES, descending=descending, nullable=nullable, by_score=name == "score")


def _scope(session: Session, filters: FactFilters) -> Scope:
    """What of the filters the index can apply itself, so that it finds no more than needed."""
    return Scope(
        source_ids=None if filters.source is None else tuple(source_ids(session, filters.source)),
        language=filters.language,
        article_id=filters.article,
        published_from=filters.published_from,
        published_to=filters.published_to,
    )


def _conditions(session: Session, filters: FactFilters) -> list[ColumnElement[bool]]:
    return [
        Fact.current.is_(True),
        *_attributes(filters),
        *_named(session, filters),
        *_publication(filters),
        *_values(filters),
        *_times(filters),
    ]


def _attributes(filters: FactFilters) -> list[ColumnElement[bool]]:
    wanted = {
        Fact.kind: filters.kind,
        Fact.unit: filters.unit,
        Fact.polarity: filters.polarity,
        Fact.modality: filters.modality,
        Fact.article_id: filters.article,
        Fact.language: None if filters.language is None else filters.language.lower(),
    }
    conditions: list[ColumnElement[bool]] = [column == value for column, value in wanted.items() if value is not None]
    if filters.confidence_min is not None:
        conditions.append(Fact.confidence >= filters.confidence_min)
    return conditions


def _named(session: Session, filters: FactFilters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.source is not None:
        conditions.append(Fact.source_id.in_(source_ids(session, filters.source)))
    if filters.entity is not None:
        named = FactEntity.entity_id.in_(entity_ids(session, filters.entity))
        conditions.append(Fact.id.in_(select(FactEntity.fact_id).where(named)))
    if filters.speaker is not None:
        words = fold(filters.speaker).split()
        if not words:
            raise InvalidQuery("speaker is a name or an entity's id", parameter="speaker")
        conditions.append(_speaker(filters.speaker, words))
    return conditions


def _speaker(wanted: str, words: Sequence[str]) -> ColumnElement[bool]:
    """An entity's id, or names first: there are far fewer of them than facts, and they stand in an index."""
    if _ENTITY_ID.fullmatch(wanted):
        return Fact.speaker_id == wanted
    spoken = aliased(Fact)
    names = select(spoken.speaker_folded).distinct().where(spoken.speaker_folded > "")
    return Fact.speaker_folded.in_(
        names.where(*(spoken.speaker_folded.contains(f" {word} ", autoescape=True) for word in words))
    )


def _publication(filters: FactFilters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.published_from is not None:
        conditions.append(Fact.published_on >= filters.published_from)
    if filters.published_to is not None:
        conditions.append(Fact.published_on <= filters.published_to)
    return conditions


def _values(filters: FactFilters) -> list[ColumnElement[bool]]:
    """Overlap with [value_min, value_max]; only quantities have values."""
    low, high = filters.value_min, filters.value_max
    conditions: list[ColumnElement[bool]] = [] if low is None and high is None else [Fact.kind == "quantity"]
    if low is not None:
        conditions.append(or_(Fact.value_high.is_(None), Fact.value_high >= low))
    if high is not None:
        conditions.append(or_(Fact.value_low.is_(None), Fact.value_low <= high))
    return conditions


def _times(filters: FactFilters) -> list[ColumnElement[bool]]:
    """Overlap with [time_from, time_to]; what has no time overlaps nothing."""
    first, last = filters.time_from, filters.time_to
    conditions: list[ColumnElement[bool]] = [] if first is None and last is None else [Fact.time_sort.is_not(None)]
    if first is not None:
        conditions.append(or_(Fact.time_to.is_(None), Fact.time_to >= first.toordinal()))
    if last is not None:
        conditions.append(or_(Fact.time_from.is_(None), Fact.time_from <= last.toordinal()))
    return conditions
