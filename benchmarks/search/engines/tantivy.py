"""tantivy, with its own French chain: stop words, stemmer, accents off; one thread."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar

from benchmarks.search.corpus import Passage
from benchmarks.search.engines.base import Answer, Engine, EngineMissing, find_module
from benchmarks.search.queries import PAGE, Query
from search_index.analysis import fold

tantivy: Any = find_module("tantivy")

_HEAP = 256_000_000
_FACETS = {"by_source": {"terms": {"field": "source", "size": 100}}}


class Tantivy(Engine):
    """Counts what it found, as ours does."""

    name: ClassVar[str] = "tantivy"
    description: ClassVar[str] = (
        "French stop words, stemmer, ascii fold, forms for prefixes; one thread; with exact totals"
    )
    count: ClassVar[bool] = True

    def version(self) -> str:
        """By tantivy's version, and that of the fields below."""
        if tantivy is None:
            raise EngineMissing("tantivy is not installed")
        return f"tantivy-{version('tantivy')}-2"

    def build(self, passages: Iterable[Passage], folder: Path) -> None:
        """With one thread, waiting for its merges."""
        index = tantivy.Index(_schema(), path=str(folder))
        _register(index)
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        for passage in passages:
            row = tantivy.Document()
            row.add_text("text", passage.text)
            row.add_text("forms", passage.text)
            row.add_unsigned("source", passage.source)
            row.add_unsigned("day", passage.day.toordinal())
            row.add_unsigned("number", passage.number)
            writer.add_document(row)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        """Maps its files."""
        self._schema = _schema()
        index = tantivy.Index(self._schema, path=str(folder))
        self._analyzer = _register(index)
        index.reload()
        self._searcher = index.searcher()

    def search(self, query: Query) -> Answer:
        """One page; a query with facets is a search and an aggregation."""
        wanted = self._filtered(query, self._words(query))
        found = self._searcher.search(wanted, limit=PAGE, offset=PAGE * (query.page - 1), count=self.count)
        numbers = self._searcher.fast_field_values("number", [address for _, address in found.hits])
        facets = {}
        if query.facets:
            buckets = self._searcher.aggregate(wanted, _FACETS)["by_source"]["buckets"]
            facets = {str(int(bucket["key"])): int(bucket["doc_count"]) for bucket in buckets}
        return Answer([int(number) for number in numbers], getattr(found, "count", None), facets)

    def _words(self, query: Query) -> Any:
        if query.kind == "prefix":
            return tantivy.Query.regex_query(self._schema, "forms", re.escape(fold(query.words[0])) + ".*")
        if query.kind == "phrase":
            return self._phrase(query.words)
        occur = tantivy.Occur.Must if query.kind == "all terms" else tantivy.Occur.Should
        terms = [term for word in query.words for term in self._analyzer.analyze(word)]
        if len(terms) == 1:
            return self._term(terms[0])
        return tantivy.Query.boolean_query([(occur, self._term(term)) for term in terms])

    def _phrase(self, words: tuple[str, ...]) -> Any:
        """Stop words are no terms; the places of the others are kept."""
        placed = [(at, term) for at, word in enumerate(words) for term in self._analyzer.analyze(word)]
        if len(placed) == 1:
            return self._term(placed[0][1])
        return tantivy.Query.phrase_query(self._schema, "text", [(at - placed[0][0], term) for at, term in placed])

    def _term(self, term: str) -> Any:
        return tantivy.Query.term_query(self._schema, "text", term)

    def _filtered(self, query: Query, words: Any) -> Any:
        if query.source is None or query.first is None or query.last is None:
            return words
        source = tantivy.Query.term_query(self._schema, "source", query.source)
        first, last = query.first.toordinal(), query.last.toordinal()
        days = tantivy.Query.range_query(self._schema, "day", tantivy.FieldType.Unsigned, first, last)
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, words),
                (tantivy.Occur.Must, tantivy.Query.const_score_query(source, 0.0)),
                (tantivy.Occur.Must, tantivy.Query.const_score_query(days, 0.0)),
            ]
        )


class TantivyTop(Tantivy):
    """The same index, asked for the best ten alone, so that it may skip what cannot be among them."""

    name: ClassVar[str] = "tantivy top 10"
    description: ClassVar[str] = "the same index, asked for the best ten alone"
    count: ClassVar[bool] = False


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="french", index_option="position")
    builder.add_text_field("forms", tokenizer_name="forms", index_option="basic")
    builder.add_unsigned_field("source", indexed=True, fast=True)
    builder.add_unsigned_field("day", indexed=True, fast=True)
    builder.add_unsigned_field("number", fast=True)
    return builder.build()


def _register(index: Any) -> Any:
    """The two chains: French ones for searching, whose stems cannot serve prefixes, and one for these."""
    filters = tantivy.Filter
    stems = (filters.stopword("french"), filters.stemmer("french"))
    french, forms = (_chain(filters.lowercase(), *more, filters.ascii_fold()) for more in (stems, ()))
    index.register_tokenizer("french", french)
    index.register_tokenizer("forms", forms)
    return french


def _chain(*filters: Any) -> Any:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for one in filters:
        builder = builder.filter(one)
    return builder.build()
