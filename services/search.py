"""Full-text search: the index gives ids in order, the database gives the rows.

Idea: hypothesis/h, ``h/search/core.py``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from models import Article, Fact, Passage, Source
from search_index import FACETS, Facet, Highlighter, Hit, Query, SearchResults, Sort, learned
from services.errors import InvalidQuery
from services.filters import PASSAGE_KINDS, SearchRequest
from services.finder import Finder, Scope, parse, read_after, write_after
from services.lookup import entity_ids, source_ids
from services.paging import PageRequest, decode_cursor, encode_cursor, query_hash
from services.presenting import cite, load_texts, passage_view
from services.search_views import Explanation, FacetValue, ScoredTerm, SearchHit, SearchPage, SimilarPassage
from services.suggestions import Suggestions
from services.transactions import Transactions

_SORTS: dict[str, Sort] = {
    "score": "score",
    "-score": "-score",
    "published_at": "published_at",
    "-published_at": "-published_at",
}
_FACETS: dict[str, Facet] = {**{name: name for name in FACETS if name != "kind"}, "passage_kind": "kind"}


class Search:
    """Search for passages."""

    def __init__(self, transactions: Transactions, finder: Finder, suggestions: Suggestions) -> None:
        self._transactions = transactions
        self._finder = finder
        self._suggestions = suggestions

    def search(self, request: SearchRequest) -> SearchPage:
        """Passages, with highlights, citation, the facts in them, and facets; and what else may have been meant.

        Raises InvalidQuery, InvalidCursor, IndexRebuilding.
        """
        page = PageRequest(request.limit, request.cursor)
        sort, facets = _sort(request), [_facet(name) for name in request.facets]
        bound_to = query_hash("search", _selection(request), sort, request.fold)
        after = None
        if page.cursor is not None:
            after = read_after(str(decode_cursor(page.cursor, bound_to, [(str,)])[0]))
        with self._transactions.reading() as session:
            query = parse(session, request.q)
            scope = _scope(session, request)
            found = self._finder.search(
                query,
                scope,
                limit=page.limit,
                after=after,
                sort=sort,
                facets=facets,
                explain=request.explain,
                fold=request.fold,
            )
            written = write_after(found.after)
            return SearchPage(
                items=tuple(_hits(session, query, found, explain=request.explain)),
                total=found.total,
                next=None if written is None else encode_cursor(bound_to, [written]),
                facets={name: _facet_values(session, name, found.facets[_FACETS[name]]) for name in request.facets},
                did_you_mean=self._suggestions.did_you_mean(session, query),
            )


def _selection(request: SearchRequest) -> tuple[object, ...]:
    return (
        request.q,
        request.source,
        request.language,
        request.entity,
        request.article,
        request.published_from,
        request.published_to,
        request.passage_kind,
    )


def _sort(request: SearchRequest) -> Sort:
    if request.sort not in _SORTS:
        raise InvalidQuery(f"sort is one of {', '.join(_SORTS)}", parameter="sort")
    return _SORTS[request.sort]


def _facet(name: str) -> Facet:
    if name not in _FACETS:
        raise InvalidQuery(f"facets are {', '.join(_FACETS)}", parameter="facets")
    return _FACETS[name]


def _scope(session: Session, request: SearchRequest) -> Scope:
    if request.passage_kind is not None and request.passage_kind not in PASSAGE_KINDS:
        raise InvalidQuery(f"passage_kind is one of {', '.join(PASSAGE_KINDS)}", parameter="passage_kind")
    return Scope(
        source_ids=None if request.source is None else tuple(source_ids(session, request.source)),
        entity_ids=None if request.entity is None else tuple(entity_ids(session, request.entity)),
        language=request.language,
        article_id=request.article,
        kind=request.passage_kind,
        published_from=request.published_from,
        published_to=request.published_to,
    )


def _hits(session: Session, query: Query, found: SearchResults, *, explain: bool) -> list[SearchHit]:
    """The rows of the passages found, in order: three queries. What was withdrawn this instant is left out."""
    ids = [hit.passage_id for hit in found.hits]
    found_rows = select(*inspect(Passage).columns).where(Passage.id.in_(ids), Passage.current)
    passages = {row.id: row for row in session.execute(found_rows)}
    texts = load_texts(session, {(p.article_id, p.revision_number) for p in passages.values()})
    facts = _facts(session, ids)
    similar = _similar(session, [name for hit in found.hits for name in hit.similar])
    highlight = Highlighter(query)
    hits = []
    for hit in found.hits:
        passage = passages.get(hit.passage_id)
        if passage is None:
            continue
        cited = texts[passage.article_id, passage.revision_number]
        view = passage_view(passage, cited.text)
        hits.append(
            SearchHit(
                passage=view,
                score=hit.score,
                highlights=tuple(highlight(view.text, cited.article.language)),
                citation=cite(passage.id, cited, passage.start, passage.end, current=True),
                facts=tuple(facts[passage.id]),
                explanation=_explanation(found, hit) if explain else None,
                similar=tuple(similar[name] for name in hit.similar if name in similar),
            )
        )
    return hits


def _explanation(found: SearchResults, hit: Hit) -> Explanation:
    ranking = learned()
    return Explanation(
        passages=found.statistics.passages,
        k1=ranking.k1,
        b=ranking.b["text"],
        terms=tuple(ScoredTerm(**asdict(term)) for term in hit.terms),
        bonuses=hit.bonuses,
    )


def _facts(session: Session, passage_ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    statement = select(Fact.passage_id, Fact.id).where(Fact.passage_id.in_(passage_ids), Fact.current)
    for passage_id, fact_id in session.execute(statement.order_by(Fact.evidence_start, Fact.id)):
        found[passage_id].append(fact_id)
    return found


def _similar(session: Session, passage_ids: Sequence[str]) -> dict[str, SimilarPassage]:
    if not passage_ids:
        return {}
    statement = (
        select(Passage.id, Passage.article_id, Article.title, Source.name)
        .join(Article, Article.id == Passage.article_id)
        .join(Source, Source.id == Article.source_id)
        .where(Passage.id.in_(passage_ids), Passage.current)
    )
    return {
        passage: SimilarPassage(passage=passage, article=article, title=title, source=source)
        for passage, article, title, source in session.execute(statement)
    }


def _facet_values(session: Session, name: str, counts: Mapping[str, int]) -> tuple[FacetValue, ...]:
    names: dict[str, str] = {}
    if name == "source":
        rows = session.execute(select(Source.id, Source.name).where(Source.id.in_(counts)))
        names = {identifier: source_name for identifier, source_name in rows}  # noqa: C416 - rows are no pairs
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetValue(value=value, name=names.get(value, value), count=n) for value, n in ordered)
