"""Passages for the tests, and an index that holds some."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from search_index import PassageDocument, SearchFilters, SearchIndex, parse_query


def passage(  # one argument for each field that a test cares about
    name: str,
    text: str,
    *,
    article: str = "a-1",
    source: str = "s-1",
    language: str = "fr",
    kind: str = "body",
    on: date | None = date(2025, 3, 1),
    at: datetime | None = None,
    entities: tuple[str, ...] = (),
    title: str = "",
    fingerprint: str = "f",
    names: tuple[str, ...] = (),
) -> PassageDocument:
    return PassageDocument(
        name, article, source, language, kind, on, entities, title, text, fingerprint, at, names=names
    )


def by_article(passages: Iterable[PassageDocument]) -> dict[str, list[PassageDocument]]:
    articles: dict[str, list[PassageDocument]] = {}
    for one in passages:
        articles.setdefault(one.article_id, []).append(one)
    return articles


def index_of(folder: Path, passages: Iterable[PassageDocument] = ()) -> SearchIndex:
    index = SearchIndex(folder)
    index.rebuild(passages)
    return index


def ids(index: SearchIndex, query: str, filters: SearchFilters | None = None, limit: int = 100) -> list[str]:
    """What a search finds, best first."""
    return [hit.passage_id for hit in index.search(parse_query(query), filters, limit=limit, deadline=60).hits]


HARBOUR = [
    passage("p-1", "Le port de Marans reçoit 3 000 conteneurs par mois.", article="a-1", source="s-1", title="Le port"),
    passage("p-2", "Le chômage baisse à Marans, selon l’agence.", article="a-1", source="s-1", title="Le port"),
    passage(
        "p-3",
        "Unemployment falls in Marans; the elections come next.",
        article="a-2",
        source="s-2",
        language="en",
        on=date(2025, 4, 2),
        entities=("e-marans",),
        title="Jobs",
    ),
    passage("p-4", "Lisez aussi : le port en images", article="a-2", source="s-2", kind="boilerplate", title="Jobs"),
    passage("p-5", "Les élections au port", article="a-3", source="s-2", kind="title", on=None, entities=("e-port",)),
]
