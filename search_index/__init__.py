"""The full-text index: text in, ids out. The only package that knows Whoosh."""

from search_index.analysis import surfaces, words
from search_index.documents import PassageDocument
from search_index.errors import (
    DistributionConflict,
    IndexStorageFull,
    IndexUnusable,
    InvalidAfter,
    LockTimeout,
    QuerySyntaxError,
    SearchIndexError,
    SearchTimeout,
)
from search_index.grammar import EVERYTHING, MAX_QUERY_LENGTH, Query, parse_query, resolve
from search_index.index import DEFAULT_DEADLINE, SearchIndex
from search_index.matching import Highlighter, Matcher, highlight, matches
from search_index.query import FACETS, SORTS, After, Facet, Hit, SearchFilters, SearchResults, Sort, TermScore
from search_index.ranking import Ranking, learned
from search_index.suggesting import Completion, Completions, Correction

__all__ = [
    "DEFAULT_DEADLINE",
    "EVERYTHING",
    "FACETS",
    "MAX_QUERY_LENGTH",
    "SORTS",
    "After",
    "Completion",
    "Completions",
    "Correction",
    "DistributionConflict",
    "Facet",
    "Highlighter",
    "Hit",
    "IndexStorageFull",
    "IndexUnusable",
    "InvalidAfter",
    "LockTimeout",
    "Matcher",
    "PassageDocument",
    "Query",
    "QuerySyntaxError",
    "Ranking",
    "SearchFilters",
    "SearchIndex",
    "SearchIndexError",
    "SearchResults",
    "SearchTimeout",
    "Sort",
    "TermScore",
    "highlight",
    "learned",
    "matches",
    "parse_query",
    "resolve",
    "surfaces",
    "words",
]
