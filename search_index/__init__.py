"""The full-text index: text in, ids out. The only package that knows Whoosh."""

from search_index.documents import PassageDocument
from search_index.errors import (
    DistributionConflict,
    IndexStorageFull,
    IndexUnusable,
    InvalidAfter,
    LockTimeout,
    QuerySyntaxError,
    QueryTooBroad,
    SearchIndexError,
    SearchTimeout,
)
from search_index.grammar import EVERYTHING, Query, parse_query, resolve
from search_index.index import SearchIndex
from search_index.matching import highlight, matches
from search_index.query import FACETS, SORTS, After, Facet, Hit, SearchFilters, SearchResults, Sort

__all__ = [
    "EVERYTHING",
    "FACETS",
    "SORTS",
    "After",
    "DistributionConflict",
    "Facet",
    "Hit",
    "IndexStorageFull",
    "IndexUnusable",
    "InvalidAfter",
    "LockTimeout",
    "PassageDocument",
    "Query",
    "QuerySyntaxError",
    "QueryTooBroad",
    "SearchFilters",
    "SearchIndex",
    "SearchIndexError",
    "SearchResults",
    "SearchTimeout",
    "Sort",
    "highlight",
    "matches",
    "parse_query",
    "resolve",
]
