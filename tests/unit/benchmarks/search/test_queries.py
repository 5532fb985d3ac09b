"""Drawing queries from a corpus: each kind asks what it says it asks."""

from __future__ import annotations

import re

import pytest

from benchmarks.search.corpus import Passage, make_block, make_material, read_passage
from benchmarks.search.queries import DEEP, KINDS, MAX_FORMS, Query, draw_queries
from search_index import parse_query

SIZE = 2_000


class SmallCorpus:
    """One short block, in memory."""

    size = SIZE

    def __init__(self) -> None:
        self._block = make_block(0, SIZE)

    def frequencies(self) -> dict[str, int]:
        words = make_material().words
        found: dict[str, int] = {}
        for at, count in zip(self._block.words.tolist(), self._block.frequencies.tolist(), strict=True):
            found[words[at]] = found.get(words[at], 0) + count
        return found

    def passages(self, numbers: list[int]) -> dict[int, Passage]:
        return {number: read_passage(number, self._block.lines[number]) for number in numbers}


@pytest.fixture(scope="module")
def corpus() -> SmallCorpus:
    return SmallCorpus()


@pytest.fixture(scope="module")
def queries(corpus: SmallCorpus) -> list[Query]:
    return draw_queries(corpus, 15)


def of_kind(queries: list[Query], kind: str) -> list[Query]:
    return [query for query in queries if query.kind == kind]


def test_draw_queries_gives_as_many_of_each_kind_all_different(queries: list[Query]) -> None:
    for kind in KINDS:
        own = of_kind(queries, kind)
        assert len({(query.text, query.source, query.first) for query in own}) == len(own) == 15


def test_draw_queries_is_the_same_for_the_same_seed(corpus: SmallCorpus, queries: list[Query]) -> None:
    assert draw_queries(corpus, 15) == queries
    assert draw_queries(corpus, 15, seed=8) != queries


def test_draw_queries_are_all_in_our_grammar(queries: list[Query]) -> None:
    for query in queries:
        assert parse_query(query.text).clauses


@pytest.mark.parametrize(("kind", "low", "high"), [("rare term", 2, 12), ("common term", 0.09 * SIZE, 0.31 * SIZE)])
def test_draw_queries_terms_are_as_frequent_as_their_kind(
    queries: list[Query], kind: str, low: float, high: float
) -> None:
    for query in of_kind(queries, kind):
        assert low <= query.frequencies[0] <= high


def test_draw_queries_words_of_a_question_stand_in_one_passage(corpus: SmallCorpus, queries: list[Query]) -> None:
    texts = [text.text.lower() for text in corpus.passages(list(range(SIZE))).values()]
    for query in of_kind(queries, "question"):
        assert 3 <= len(query.words) <= 6
        assert sum(count >= 0.05 * SIZE for count in query.frequencies) in (1, 2)
        assert any(all(word in text for word in query.words) for text in texts)


def test_draw_queries_phrases_really_follow_one_another(corpus: SmallCorpus, queries: list[Query]) -> None:
    texts = [text.text for text in corpus.passages(list(range(SIZE))).values()]
    for query in of_kind(queries, "phrase"):
        assert any(" ".join(query.words) in text for text in texts)
        assert query.frequencies[0] > 0
        assert query.frequencies[-1] > 0


def test_draw_queries_prefixes_stand_for_some_words_and_not_too_many(queries: list[Query]) -> None:
    for query in of_kind(queries, "prefix"):
        assert re.fullmatch(r"[a-z]{3,6}\*", query.text)
        assert 2 <= query.frequencies[0] <= MAX_FORMS


def test_draw_queries_filters_let_the_passage_through_that_they_come_from(
    corpus: SmallCorpus, queries: list[Query]
) -> None:
    passages = list(corpus.passages(list(range(SIZE))).values())
    for query in of_kind(queries, "source and dates"):
        assert query.first is not None
        assert query.last is not None
        assert 180 <= (query.last - query.first).days <= 730 or query.last.year == 2025
        inside = [p for p in passages if p.source == query.source and query.first <= p.day <= query.last]
        assert any(all(word in p.text.lower() for word in query.words) for p in inside)


def test_draw_queries_deep_pages_ask_the_same_questions(queries: list[Query]) -> None:
    first, last = (of_kind(queries, kind) for kind in DEEP)
    assert [query.text for query in first] == [query.text for query in last]
    assert {query.page for query in first} == {1}
    assert {query.page for query in last} == {0}
