"""Our scores beside those of Whoosh: its searcher, its BM25F, posting by posting, on the same segments."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import whoosh.index
import whoosh.query
import whoosh.scoring

from search_index import After, PassageDocument, Query, Ranking, SearchIndex, parse_query
from search_index.files import IndexFiles
from search_index.plan import Leaf, Plan, Step, make_plan
from search_index.query import Statistics
from search_index.schema import INDEX_NAME, build_schema
from search_index.store import Store
from tests.unit.search_index.samples import by_article, passage

q: Any = whoosh.query  # one lineage ships types, without declaring its names public
FileIndex: Any = whoosh.index.FileIndex
BM25F: Any = whoosh.scoring.BM25F

K1, B = 1.2, 0.75
FIRST = -float(2**62)
WORDS = ["digue", "port", "election", "elections", "ville", "3000", "le", "chomage", "nations", "quai"]
"""Words with one term in each language: Whoosh has no right query for the best of several terms (its DisjunctionMax
adds up scores of different passages), which ``test_search`` compares with its definition instead."""


def whoosh_idf(passages: int, having: int) -> float:
    return math.log(passages / (having + 1)) + 1


def collection(rng: random.Random, count: int, start: int = 0) -> list[PassageDocument]:
    return [
        passage(
            f"p-{n:04d}",
            " ".join(rng.choices(WORDS, k=rng.choice([1, 3, 12, 60, 400]))),
            article=f"a-{n // 3}",
            language=rng.choice(["fr", "fr", "en", "de"]),
            entities=tuple(rng.sample(["e-1", "e-2", "e-3"], rng.randint(0, 2))),
            title=" ".join(rng.choices(WORDS, k=rng.randint(0, 4))),
        )
        for n in range(start, start + count)
    ]


def some_query(rng: random.Random) -> str:
    parts = [rng.choice(WORDS)]
    for _ in range(rng.randint(0, 4)):
        one, two, three = rng.choices(WORDS, k=3)
        parts.append(
            rng.choice(
                [
                    *[one, one, f"+{one}", f"-{one}", f'"{one} {two}"', f'+"{one} {two} {three}"', f'-"{one} {two}"'],
                    *[f"title:{one}", f'title:"{one} {two}"', "ele*", "+por*", "-nat*", "entity:e-1", "-entity:e-2"],
                ]
            )
        )
    return " ".join(parts)


def leaf_query(leaf: Leaf) -> Any:
    (term,) = leaf.terms
    return q.Term(leaf.field, term)


def step_query(step: Step) -> Any:
    clause = step.clause
    if clause.kind == "prefix":
        return q.Prefix("surface", clause.words[0].folded)
    if clause.kind == "keyword":
        return q.Or([q.Term(clause.field, value) for value in clause.values])
    if len(step.slots) == 1:
        return q.Or([leaf_query(leaf) for leaf in step.slots[0].leaves])
    return q.Or([q.Sequence([leaf_query(slot.leaves[group]) for slot in step.slots]) for group in range(3)])


def whole_query(plan: Plan) -> Any:
    """The clauses that give scores as one query of Whoosh's."""
    musts = [step_query(s) for s in plan.steps if s.clause.occur == "must" and s.clause.kind != "keyword"]
    shoulds = [step_query(s) for s in plan.steps if s.clause.occur == "should"]
    if not musts:
        return q.Or(shoulds)
    return q.AndMaybe(q.And(musts), q.Or(shoulds)) if shoulds else q.And(musts)


def found_by(searcher: Any, plan: Plan) -> dict[str, float]:
    """Every passage's score, by Whoosh."""
    kept = [step_query(s) for s in plan.steps if s.clause.occur == "must" and s.clause.kind == "keyword"]

    def search(query: Any) -> dict[str, float]:
        results = searcher.search(query, limit=None, filter=q.And(kept) if kept else None)
        return {hit["passage"]: hit.score for hit in results}

    # What is excluded is searched for clause by clause: Whoosh's union of a prefix and a sequence misses some.
    excluded = {name for s in plan.steps if s.clause.occur == "not" for name in search(step_query(s))}
    return {name: score for name, score in scored_by(search, plan).items() if name not in excluded}


def scored_by(search: Callable[[Any], dict[str, float]], plan: Plan) -> dict[str, float]:
    scored = [s for s in plan.steps if s.clause.occur != "not" and s.clause.kind != "keyword"]
    if not any(step.clause.kind == "prefix" for step in scored):
        return search(whole_query(plan))
    # Whoosh adds up constants and scores differently from collection to collection: clause by clause, then.
    each = [(step, search(step_query(step))) for step in scored]
    each = [(step, dict.fromkeys(own, 1.0) if step.clause.kind == "prefix" else own) for step, own in each]
    required = [set(own) for step, own in each if step.clause.occur == "must"]
    names = set.intersection(*required) if required else {name for _, own in each for name in own}
    return {name: sum(own.get(name, 0.0) for _, own in each) for name in names}


def by_whoosh(folder: Path, plan: Plan) -> tuple[dict[str, float], Statistics]:
    """Every passage's score, and the statistics that it comes from."""
    index = FileIndex(IndexFiles(str(Store(folder).current())), build_schema(), INDEX_NAME)
    with index.searcher(weighting=BM25F(B=B, K1=K1)) as searcher:
        reader = searcher.reader()
        count = reader.doc_count_all()
        extents = {field: (count, float(reader.field_length(field))) for field in plan.fields}
        frequencies = tuple(reader.doc_frequency(field, term) for field, term in plan.terms)
        return found_by(searcher, plan), Statistics(count, extents, frequencies, cutoff=2.0**40)


def compare(index: SearchIndex, folder: Path, query: Query, text: str) -> int:
    scores, statistics = by_whoosh(folder, make_plan(query))
    found = index.search(query, limit=10_000, after=After(FIRST, "", statistics), deadline=60)
    ours = {hit.passage_id: hit.score for hit in found.hits}
    assert ours == pytest.approx(scores, rel=1e-5, abs=1e-5), text
    assert found.total == len(scores), text
    order = [scores[hit.passage_id] for hit in found.hits]
    assert all(a >= b - 1e-4 for a, b in pairwise(order)), text
    return len(scores)


@pytest.mark.parametrize("seed", range(8))
def test_scores_and_order_are_those_of_whoosh_whatever_was_written_deleted_and_merged(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(seed)
    monkeypatch.setattr("search_index.writer.MAX_INLINE_PASSAGES", rng.choice([0, 30, 8000]))
    monkeypatch.setattr("search_index.writer.REBUILD_BATCH", rng.choice([10, 1000]))
    monkeypatch.setattr("search_index.evaluation._FEW", [0, 10**9][seed % 2])  # both kinds of scores
    index = SearchIndex(tmp_path, Ranking(k1=K1, b={"text": B, "title": B}, weights={}, depth=0, idf=whoosh_idf))
    index.rebuild(collection(rng, 60))
    compared = 0
    for step in range(4):
        for _ in range(12):
            text = some_query(rng)
            compared += compare(index, tmp_path, parse_query(text), text)
        changed = by_article(collection(rng, 9, start=rng.randrange(0, 70)))
        gone: dict[str, list[PassageDocument]] = {f"a-{rng.randrange(20)}": [] for _ in range(2)}
        index.apply({**gone, **changed})
        if step == 2:
            while index.tidy():
                pass
    assert compared > 100
