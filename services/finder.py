"""Asking the index: queries in the user's words, names made ids, and the index's errors made ours."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from sqlalchemy.orm import Session

from search_index import (
    DEFAULT_DEADLINE,
    After,
    Facet,
    InvalidAfter,
    Matcher,
    Query,
    QuerySyntaxError,
    SearchFilters,
    SearchResults,
    SearchTimeout,
    Sort,
    parse_query,
    resolve,
)
from services.errors import InvalidCursor, InvalidQuery, SearchTooSlow
from services.filters import PASSAGE_KINDS
from services.index_sync import index_errors
from services.lookup import entity_ids, source_ids
from services.questions import values_of

MAX_PASSAGES = 10_000
"""Passages whose facts are looked at for one query, the best ones."""

_NONE = ("",)  # no passage has it: a name that stands for nothing finds nothing
_FIRST = -float(2**62)  # before the key of every hit


class SearchablePassages(Protocol):
    """What searching needs of the index; ``search_index.SearchIndex`` is one."""

    def search(  # noqa: PLR0913 - as the index's
        self,
        query: Query,
        filters: SearchFilters | None = None,
        *,
        limit: int = 20,
        after: After | None = None,
        sort: Sort = "score",
        facets: Sequence[Facet] = (),
        deadline: float = DEFAULT_DEADLINE,
        explain: bool = False,
        fold: bool = False,
    ) -> SearchResults:
        """The passages that answer a query."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What passages must be, in ids. None is any; an empty tuple is none at all."""

    source_ids: tuple[str, ...] | None = None
    entity_ids: tuple[str, ...] | None = None
    language: str | None = None
    article_id: str | None = None
    kind: str | None = None
    published_from: date | None = None
    published_to: date | None = None

    def filters(self) -> SearchFilters:
        """As the index takes it."""
        return SearchFilters(
            sources=_alternatives(self.source_ids),
            languages=() if self.language is None else (self.language.lower(),),
            entities=_alternatives(self.entity_ids),
            articles=() if self.article_id is None else (self.article_id,),
            kinds=() if self.kind is None else (self.kind,),
            published_from=self.published_from,
            published_to=self.published_to,
        )


class Finder:
    """Finds passages. ``deadline`` is how many seconds a search may take."""

    def __init__(self, index: SearchablePassages, deadline: float = DEFAULT_DEADLINE) -> None:
        self._index = index
        self._deadline = deadline

    def search(
        self,
        query: Query,
        scope: Scope,
        *,
        limit: int,
        after: After | None,
        sort: Sort = "score",
        facets: Sequence[Facet] = (),
        explain: bool = False,
        fold: bool = False,
    ) -> SearchResults:
        """One page. Raises InvalidQuery, InvalidCursor, SearchTooSlow, IndexRebuilding."""
        with _search_errors():
            return self._index.search(
                query,
                scope.filters(),
                limit=limit,
                after=after,
                sort=sort,
                facets=facets,
                deadline=self._deadline,
                explain=explain,
                fold=fold,
            )

    def scores(self, query: Query, scope: Scope, pinned: After | None) -> tuple[dict[str, float], After]:
        """The scores of the passages found, best first, and what to pin so that they stay the same later.

        At most MAX_PASSAGES, so that what the commonest words find takes no longer than what others do. Something is
        pinned also where only one was found: its facts can fill several pages. Raises as ``search`` does.
        """
        start = None if pinned is None else replace(pinned, key=_FIRST, passage_id="")
        results = self.search(query, scope, limit=MAX_PASSAGES, after=start)
        return {hit.passage_id: hit.score for hit in results.hits}, start or After(_FIRST, "", results.statistics)


def parse(session: Session, text: str) -> Query:
    """The query that a text means, with names of sources and entities made ids. Raises InvalidQuery."""
    with _search_errors():
        query = parse_query(text)
    for clause in query.clauses:
        if clause.field == "kind" and not set(clause.values) <= set(PASSAGE_KINDS):
            raise InvalidQuery(f"kind is one of {', '.join(PASSAGE_KINDS)}", clause.position)
    resolvers: dict[str, Callable[[str], Sequence[str]]] = {
        "source": lambda value: source_ids(session, value),
        "entity": lambda value: entity_ids(session, value),
        "language": lambda value: [value.lower()],
    }
    return resolve(replace(query, values=values_of(query)), resolvers)


def for_passages(query: Query) -> Query:
    """The query by which passages are found whose parts are then tested: what a part must not say, others may."""
    kept = [c for c in query.clauses if not (c.occur == "not" and c.kind != "keyword" and c.field == "text")]
    return replace(query, clauses=tuple(kept), values=())


def for_evidence(query: Query) -> Query:
    """The part of a query that is about words of the text, to be tested on a piece of it."""
    return replace(query, clauses=tuple(c for c in query.clauses if c.kind != "keyword" and c.field == "text"))


def evidence_test(query: Query) -> Callable[[str, str], bool]:
    """Whether pieces of text, each with its language, answer a query made by ``for_evidence``."""
    return Matcher(query) if query.clauses else _anything


def _anything(_evidence: str, _language: str) -> bool:
    return True


def write_after(after: After | None) -> str | None:
    """A continuation as text, for a cursor."""
    return None if after is None else json.dumps(after.to_json(), separators=(",", ":"))


def read_after(written: str | None) -> After | None:
    """The continuation in a cursor. Raises InvalidCursor."""
    if written is None:
        return None
    try:
        return After.from_json(json.loads(written))
    except (ValueError, RecursionError, InvalidAfter) as error:
        raise InvalidCursor from error


def _alternatives(ids: tuple[str, ...] | None) -> tuple[str, ...]:
    return () if ids is None else ids or _NONE


@contextmanager
def _search_errors() -> Iterator[None]:
    try:
        with index_errors():
            yield
    except QuerySyntaxError as error:
        raise InvalidQuery(error.message, error.position) from error
    except InvalidAfter as error:
        raise InvalidCursor from error
    except SearchTimeout as error:
        raise SearchTooSlow from error
