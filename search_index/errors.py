"""What can go wrong in the search index. Every error of this package derives from ``SearchIndexError``."""

# ruff: noqa: N818 - a name says what happened (a timeout, a conflict), the base class that it is an error
from __future__ import annotations


class SearchIndexError(Exception):
    """The base of the package's errors."""


class QuerySyntaxError(SearchIndexError):
    """A query that cannot be parsed. ``position`` is a code point of the query (0 for an empty one)."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.message = message
        self.position = position


class SearchTimeout(SearchIndexError):
    """A search that did not finish before its deadline; ``seconds`` is what it was given."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the search took longer than {seconds:g} s")
        self.seconds = seconds


class InvalidAfter(SearchIndexError):
    """A continuation that does not fit the query it comes with, or is no continuation at all."""


class IndexUnusable(SearchIndexError):
    """The index on disk is absent, damaged, foreign or of another format: rebuild it from the database."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the search index must be rebuilt: {reason}")
        self.reason = reason


class LockTimeout(SearchIndexError):
    """Another process kept the write lock for longer than the caller wanted to wait."""


class IndexStorageFull(SearchIndexError):
    """The disk is full or the quota used up; what was committed before is still there and can be searched."""


class DistributionConflict(SearchIndexError):
    """Several installed distributions (or none) provide the ``whoosh`` package: which one runs would be chance."""
