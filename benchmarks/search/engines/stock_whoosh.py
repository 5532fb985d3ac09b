"""Whoosh as it comes: its standard codec, its French analyzer, its own Searcher."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

from benchmarks.search.corpus import Passage
from benchmarks.search.engines.base import Answer, Engine, find_module
from benchmarks.search.queries import PAGE, Query

_MEGABYTES = 512

whoosh: Any = find_module("whoosh")
analysis: Any = find_module("whoosh.analysis")
fields: Any = find_module("whoosh.fields")
index: Any = find_module("whoosh.index")
sorting: Any = find_module("whoosh.sorting")
words: Any = find_module("whoosh.query")


class StockWhoosh(Engine):
    """So slow that it is asked fewer queries, fewer times, and of 100,000 passages at most; ratios stay paired."""

    name: ClassVar[str] = "Whoosh"
    description: ClassVar[str] = "standard codec, LanguageAnalyzer('fr'), 512 MB to index in; the first 12 of each kind"
    largest: ClassVar[int] = 100_000
    queries: ClassVar[int] = 12
    rounds: ClassVar[int] = 2

    def version(self) -> str:
        """By Whoosh's version."""
        return f"whoosh-{'.'.join(map(str, whoosh.__version__))}"

    def build(self, passages: Iterable[Passage], folder: Path) -> None:
        """In one commit."""
        writer = index.create_in(str(folder), _schema()).writer(limitmb=_MEGABYTES)
        for passage in passages:
            writer.add_document(
                text=passage.text, source=str(passage.source), day=passage.day.toordinal(), number=passage.number
            )
        writer.commit()

    def open(self, folder: Path) -> None:
        """With one searcher, as is recommended."""
        self._searcher = index.open_dir(str(folder)).searcher()
        self._analyzer = self._searcher.schema["text"].analyzer

    def search(self, query: Query) -> Answer:
        """One page: the best so many, from where it begins."""
        grouped = sorting.FieldFacet("source") if query.facets else None
        found = self._searcher.search(
            self._words(query), limit=PAGE * query.page, filter=_filter(query), groupedby=grouped
        )
        facets = {str(name): len(group) for name, group in found.groups().items()} if query.facets else {}
        return Answer([hit["number"] for hit in found[PAGE * (query.page - 1) :]], None, facets)

    def _words(self, query: Query) -> Any:
        if query.kind == "prefix":
            return words.Prefix("text", query.words[0])
        terms = [token.text for word in query.words for token in self._analyzer(word, mode="query")]
        if query.kind == "phrase":
            return words.Phrase("text", terms) if len(terms) > 1 else words.Term("text", terms[0])
        combined = words.And if query.kind == "all terms" else words.Or
        return combined([words.Term("text", term) for term in terms]).normalize()


def _filter(query: Query) -> Any:
    if query.source is None or query.first is None or query.last is None:
        return None
    days = words.NumericRange("day", query.first.toordinal(), query.last.toordinal())
    return words.And([words.Term("source", str(query.source)), days])


def _schema() -> Any:
    return fields.Schema(
        text=fields.TEXT(analyzer=analysis.LanguageAnalyzer("fr"), phrase=True),
        source=fields.ID(sortable=True),
        day=fields.NUMERIC(sortable=True),
        number=fields.STORED(),
    )
