"""Sourcebook's own index, as its services ask it: the query's text is parsed, names are ids, totals are exact."""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from benchmarks.search.corpus import ENTITIES, Passage
from benchmarks.search.engines.base import Answer, Engine
from benchmarks.search.queries import DEEPEST, KINDS, PAGE, Kind, Query
from benchmarks.search.vocabulary import make_vocabulary
from search_index import After, Facet, PassageDocument, Ranking, SearchFilters, SearchIndex, SearchResults, parse_query
from search_index.schema import marker

_PATIENCE = 60.0  # seconds; the measurement shows what is too slow, an error would not
_NUMBER = re.compile(r"\d+(?: \d{3})*")
_FIELDS = frozenset(field.name for field in fields(PassageDocument))
_TRAITS = (("quantity", _NUMBER), ("quotation", re.compile("»")), ("time", re.compile("janvier|mars|mai|juin|lundi")))


class Ours(Engine):
    """All of a search's own work is measured: parsing, analysis, evaluation, exact totals, ids of passages."""

    name: ClassVar[str] = "Sourcebook"
    description: ClassVar[str] = "BM25 alone, as the others do; the query as text"
    ranking: ClassVar[Ranking | None] = Ranking(weights={}, depth=0)
    kinds: ClassVar[frozenset[Kind]] = frozenset(KINDS)

    def __init__(self) -> None:
        self._afters: dict[Query, After | None] = {}

    def version(self) -> str:
        """By the marker, which names the code that may read an index."""
        return f"ours-{marker()['fingerprint']}"

    def build(self, passages: Iterable[Passage], folder: Path) -> None:
        """As a rebuild from the database does."""
        SearchIndex(folder).rebuild(document(passage) for passage in passages)

    def open(self, folder: Path) -> None:
        """Reads nothing before the first search."""
        self._index = SearchIndex(folder, self.ranking)
        self._index.check()

    def prepare(self, query: Query) -> None:
        """The cursor of the page before the one asked for."""
        if query.page == 1 or query in self._afters:
            return
        first = self._search(query, PAGE, None)
        page = query.page or min(DEEPEST, max(1, first.total // PAGE))
        self._afters[query] = None
        if page > 1:
            self._afters[query] = self._search(query, PAGE * (page - 1), None).after

    def search(self, query: Query) -> Answer:
        """One page."""
        found = self._search(query, PAGE, self._afters[query] if query.page != 1 else None)
        return Answer([hit.passage_id for hit in found.hits], found.total, found.facets.get("source", {}))

    def _search(self, query: Query, limit: int, after: After | None) -> SearchResults:
        filters = SearchFilters(
            sources=() if query.source is None else (source_id(query.source),),
            published_from=query.first,
            published_to=query.last,
        )
        facets: tuple[Facet, ...] = ("source",) if query.facets else ()
        return self._index.search(
            parse_query(query.text), filters, limit=limit, after=after, facets=facets, deadline=_PATIENCE
        )


class OursWhole(Ours):
    """The same index, ranked as the newsroom ranks: other fields, and bonuses for the best."""

    name: ClassVar[str] = "whole ranking"
    description: ClassVar[str] = "ours as it is served: titles, names, values, and bonuses for the best 200"
    ranking: ClassVar[Ranking | None] = None


def document(passage: Passage) -> PassageDocument:
    """A passage as the newsroom would hand it to the index, with what extraction would have found in it."""
    values: dict[str, Any] = {
        "passage_id": passage_id(passage.number),
        "article_id": _identifier("a", passage.article),
        "source_id": source_id(passage.source),
        "language": "fr",
        "kind": "body",
        "published_on": passage.day,
        "entity_ids": tuple(_identifier("e", entity) for entity in passage.entities),
        "title": passage.title,
        "text": passage.text,
        "fingerprint": f"i-{passage.number:026d}",
    }
    optional = {"names": _names, "values": _values, "traits": _traits, "speakers": _speakers}
    values |= {name: read(passage) for name, read in optional.items() if name in _FIELDS}
    return PassageDocument(**values)


def passage_id(number: int) -> str:
    """The id of a passage, as long and as random as the newsroom's."""
    return _identifier("p", number)


def source_id(number: int) -> str:
    """The id of a source."""
    return _identifier("s", number)


@lru_cache(maxsize=100_000)
def _identifier(prefix: str, number: int) -> str:
    raw = hashlib.blake2b(f"{prefix}{number}".encode(), digest_size=16).digest()
    return f"{prefix}-{b32encode(raw).decode().rstrip('=').lower()}"


@lru_cache(maxsize=1)
def entity_names() -> list[str]:
    """A name of two words for each entity."""
    vocabulary = make_vocabulary()
    drawn = vocabulary.draw(np.random.default_rng(3), 2 * ENTITIES).tolist()
    words = [vocabulary.words[at].capitalize() for at in drawn]
    return [f"{a} {b}" for a, b in zip(words[::2], words[1::2], strict=True)]


def _names(passage: Passage) -> tuple[str, ...]:
    return tuple(entity_names()[entity] for entity in passage.entities)


def _values(passage: Passage) -> tuple[str, ...]:
    return tuple(number.replace(" ", "") for number in _NUMBER.findall(passage.text))


def _traits(passage: Passage) -> tuple[str, ...]:
    return tuple(name for name, sign in _TRAITS if sign.search(passage.text))


def _speakers(passage: Passage) -> tuple[str, ...]:
    return _names(passage)[:1] if "»" in passage.text else ()
