from __future__ import annotations

from typing import Any

from search_index import SearchResults, parse_query
from services.finder import MAX_PASSAGES, Finder, Scope
from tests.fakes.index import FakeIndex


class _Asked(FakeIndex):
    """Notes how many passages it is asked for."""

    limits: tuple[int, ...] = ()

    def search(self, *arguments: Any, **options: Any) -> SearchResults:
        self.limits += (options["limit"],)
        return super().search(*arguments, **options)


def test_scores_are_asked_of_the_best_passages_only() -> None:
    index = _Asked()
    scores, _ = Finder(index).scores(parse_query("maire"), Scope(), None)
    assert (scores, index.limits) == ({}, (MAX_PASSAGES,))
