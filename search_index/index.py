"""The index as its callers see it. One object per process; threads and processes share the folder safely."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from search_index import related, suggesting
from search_index.documents import PassageDocument
from search_index.errors import SearchTimeout
from search_index.evaluation import Evaluation
from search_index.grammar import Query
from search_index.paging import Page
from search_index.query import After, Facet, SearchFilters, SearchResults, Sort
from search_index.ranking import Ranking, learned
from search_index.schema import whoosh_distribution
from search_index.scratch import borrow
from search_index.segment import Check
from search_index.store import Store
from search_index.suggesting import Completions, Correction
from search_index.writer import LOCK_TIMEOUT, Writer

DEFAULT_DEADLINE = 1.0
"""Seconds that a search may take."""


class SearchIndex:
    """Passages by their words: ids and scores in, ids and scores out; the texts stay in the database.

    A folder without an index is made, but not filled: everything raises IndexUnusable until ``rebuild`` has run, as
    it does when the index is damaged, foreign or of another version. Raises DistributionConflict at once when it is
    not clear which Whoosh is installed.
    """

    def __init__(self, directory: Path, ranking: Ranking | None = None) -> None:
        whoosh_distribution()
        self._ranking = ranking or learned()
        related.warm()
        self._store = Store(directory)
        self._writer = Writer(self._store)

    def check(self) -> None:
        """Raise IndexUnusable unless the index can be read."""
        self._store.snapshot()

    def count(self) -> int:
        """Passages in the index."""
        return self._store.snapshot().count

    def search(  # noqa: PLR0913 - a keyword each, as on the wire
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
        """The passages that answer a query.

        ``limit`` is at least 1; ``after`` goes on behind a page of the same query, filters and sort; ``deadline`` is in
        seconds; with ``explain`` each hit says what its score is the sum of; with ``fold`` near-duplicates stand under
        the best of them, in the order by score. Raises SearchTimeout, InvalidAfter,
        IndexUnusable.
        """
        if limit < 1:
            raise ValueError("a page has at least one hit")
        snapshot = self._store.snapshot()
        check = _deadline(deadline, time.monotonic)
        check()
        evaluation = Evaluation(snapshot, query, filters or SearchFilters(), self._ranking, after, check)
        with borrow() as scratch:
            page = Page(evaluation, evaluation.score(scratch), after, sort, limit)
            return page.results(facets, explain=explain, fold=fold)

    def complete(self, text: str, limit: int, filters: SearchFilters | None = None) -> Completions:
        """The most frequent words that begin as the last word of a text, at most ``limit``. Raises IndexUnusable."""
        return suggesting.complete(self._store.snapshot(), text, limit, filters or SearchFilters())

    def corrections(self, query: Query) -> tuple[Correction, ...]:
        """Close words for those of a query that no passage has. Raises IndexUnusable."""
        return suggesting.corrections(self._store.snapshot(), query)

    def apply(self, articles: Mapping[str, Sequence[PassageDocument]], timeout: float = LOCK_TIMEOUT) -> None:
        """Replace all passages of each article by the given ones (none: the article is removed), in one commit.

        On return the change is on the disk and every later search of every process sees it. Raises LockTimeout,
        IndexStorageFull, IndexUnusable, and then nothing has changed.
        """
        self._writer.apply(articles, timeout)

    def state_of(self, article_ids: Iterable[str]) -> dict[str, dict[str, str]]:
        """Fingerprint by passage id for each of the articles; an empty dict for one that the index does not know."""
        return self._store.snapshot().states_of(article_ids)

    def all_states(self) -> Iterator[tuple[str, dict[str, str]]]:
        """(article id, fingerprint by passage id) for every article in the index, in the order of ids."""
        yield from self._store.snapshot().states()

    def discard(self) -> None:
        """Take the live index away: every process finds none until ``rebuild`` has run."""
        self._writer.discard()

    def tidy(self) -> bool:
        """Merge segments beside searches and writes where that is worth it; whether there may be more to merge.

        Raises LockTimeout, IndexStorageFull, IndexUnusable.
        """
        return self._writer.tidy()

    def check_files(self) -> None:
        """Read the whole index and compare every checksum. Raises IndexUnusable for one that is damaged."""
        self._store.check_files()

    def rebuild(self, documents: Iterable[PassageDocument], timeout: float = LOCK_TIMEOUT) -> None:
        """Build the index anew beside the live one, and swap.

        Give a lazy iterable that begins to read the database with its first element: what is applied from then on is
        repeated in the new index before it goes live. Raises LockTimeout while another rebuild goes on.
        """
        self._writer.rebuild(documents, timeout)


def _deadline(seconds: float, clock: Callable[[], float]) -> Check:
    until = clock() + seconds

    def check() -> None:
        if clock() >= until:
            raise SearchTimeout(seconds)

    return check
