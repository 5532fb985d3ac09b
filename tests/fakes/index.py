"""An index in memory that can be made to fail, for tests of what keeps it up to date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from search_index import (
    DEFAULT_DEADLINE,
    After,
    Completions,
    Correction,
    Facet,
    IndexUnusable,
    PassageDocument,
    Query,
    SearchFilters,
    SearchResults,
    Sort,
)


class FakeIndex:
    """Holds documents by article. ``failure`` is raised by the next writes; ``deaf`` loses them without a word."""

    def __init__(self, articles: Mapping[str, Sequence[PassageDocument]] | None = None) -> None:
        self.articles: dict[str, list[PassageDocument]] = {k: list(v) for k, v in (articles or {}).items()}
        self.usable = True
        self.deaf = False
        self.failure: BaseException | None = None
        self.commits: list[list[str]] = []
        self.rebuilds = 0

    def check(self) -> None:
        if not self.usable:
            raise IndexUnusable("there is none yet")

    def count(self) -> int:
        return sum(len(documents) for documents in self.articles.values())

    def apply(self, articles: Mapping[str, Sequence[PassageDocument]]) -> None:
        self.check()
        if self.failure is not None:
            raise self.failure
        self.commits.append(sorted(articles))
        if not self.deaf:
            self.articles.update({key: list(documents) for key, documents in articles.items()})

    def state_of(self, article_ids: Iterable[str]) -> dict[str, dict[str, str]]:
        self.check()
        return {key: _state(self.articles.get(key, [])) for key in article_ids}

    def all_states(self) -> Iterator[tuple[str, dict[str, str]]]:
        self.check()
        yield from ((key, _state(documents)) for key, documents in sorted(self.articles.items()))

    def tidy(self) -> bool:
        return False

    def check_files(self) -> None:
        self.check()

    def discard(self) -> None:
        self.usable = False

    def rebuild(self, documents: Iterable[PassageDocument]) -> None:
        if self.failure is not None:
            raise self.failure
        built: dict[str, list[PassageDocument]] = {}
        for document in documents:
            built.setdefault(document.article_id, []).append(document)
        self.articles, self.usable = built, True
        self.rebuilds += 1

    def search(
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
        self.check()
        return SearchResults((), 0)

    def complete(self, text: str, limit: int, filters: SearchFilters | None = None) -> Completions:
        self.check()
        return Completions(None, None, ())

    def corrections(self, query: Query) -> tuple[Correction, ...]:
        self.check()
        return ()


def _state(documents: Sequence[PassageDocument]) -> dict[str, str]:
    return {document.passage_id: document.fingerprint for document in documents}
