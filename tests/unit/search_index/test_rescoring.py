"""Bonuses for the best passages: each tells between two passages that are alike but for one thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from search_index import PassageDocument, SearchIndex, parse_query
from search_index.ranking import Ranking
from search_index.rescoring import FEATURES
from tests.unit.search_index.samples import passage

_OTHER = "Le tramway avance lentement."
CASES: dict[str, tuple[str, PassageDocument, PassageDocument]] = {
    # bonus: query, a passage that has it, a passage that has not
    "surface": (
        "manifestation port",
        passage("p-1", "La manifestation du port.", article="a-1"),
        passage("p-2", "Les manifestations du port.", article="a-2"),
    ),
    "lacking": (
        "pont Tisserands",
        passage("p-1", "Un pont fermera.", article="a-1", title="Les Tisserands"),
        passage("p-2", "Un pont fermera.", article="a-2", title="Les boulangers"),
    ),
    "title": (
        "pont Tisserands",
        passage("p-1", "Le pont des Tisserands.", article="a-1", title="Les Tisserands"),
        passage("p-2", "Le pont des Tisserands.", article="a-2", title="Les boulangers"),
    ),
    "related": (
        "dégâts port",
        passage("p-1", "Les dommages du port.", article="a-1"),
        passage("p-2", "Les cerises du port.", article="a-2"),
    ),
    "prose": (
        "port",
        passage("p-1", "Le port.", article="a-1", kind="body"),
        passage("p-2", "Le port.", article="a-2", kind="heading"),
    ),
    "quantity": (
        "combien port",
        replace(passage("p-1", "Le port reçoit 3 bateaux.", article="a-1"), traits=("quantity",)),
        passage("p-2", "Le port reçoit ses bateaux.", article="a-2"),
    ),
    "person": (
        "qui port",
        replace(passage("p-1", "Le port est à elle.", article="a-1"), traits=("person", "time")),
        replace(passage("p-2", "Le port est à elle.", article="a-2"), traits=("time",)),
    ),
}


def _bonuses(folder: Path, query: str, documents: list[PassageDocument]) -> dict[str, dict[str, float]]:
    index = SearchIndex(folder, Ranking(weights=dict.fromkeys(FEATURES, 1.0)))
    index.rebuild(documents)
    found = index.search(parse_query(query), explain=True, deadline=60)
    return {hit.passage_id: dict(hit.bonuses) for hit in found.hits}


@pytest.mark.parametrize("name", CASES)
def test_bonus_goes_to_the_passage_that_deserves_it(tmp_path: Path, name: str) -> None:
    query, having, lacking = CASES[name]
    found = _bonuses(tmp_path, query, [having, lacking, passage("p-3", _OTHER, article="a-3")])
    assert found["p-1"].get(name, 0) > found["p-2"].get(name, 0)


def test_bonus_for_the_article_counts_words_of_other_passages_but_not_what_was_set_aside(tmp_path: Path) -> None:
    documents = [
        passage("p-1", "Le port fermera.", article="a-1"),
        passage("p-2", "La tempête approche.", article="a-1"),
        passage("p-3", "Le port fermera.", article="a-2"),
        passage("p-4", "La tempête approche.", article="a-2", kind="boilerplate"),
        passage("p-5", _OTHER, article="a-3"),
    ]
    found = _bonuses(tmp_path, "port tempête", documents)
    assert found["p-1"]["article"] > found["p-3"]["article"] > 0


def test_bonus_for_related_words_is_not_given_where_the_word_itself_stands(tmp_path: Path) -> None:
    documents = [passage("p-1", "Les dégâts et les dommages."), passage("p-2", _OTHER, article="a-2")]
    assert "related" not in _bonuses(tmp_path, "dégâts", documents)["p-1"]


def test_bonus_for_related_words_crosses_languages(tmp_path: Path) -> None:
    documents = [
        passage("p-1", "The damage at Marans.", language="en", article="a-1"),
        passage("p-2", "The cherries at Marans.", language="en", article="a-2"),
    ]
    found = _bonuses(tmp_path, "dégâts Marans", documents)
    assert found["p-1"].get("related", 0) > 0
    assert "related" not in found["p-2"]


def test_bonus_does_not_depend_on_segments(tmp_path: Path) -> None:
    documents = [
        passage("p-1", "Le pont des Tisserands.", article="a-1", title="Les Tisserands"),
        passage("p-2", "Le pont fermera.", article="a-2", title="Les Tisserands de Marans"),
    ]
    whole = SearchIndex(tmp_path / "whole")
    whole.rebuild(documents)
    parts = SearchIndex(tmp_path / "parts")
    parts.rebuild([])
    for one in documents:
        parts.apply({one.article_id: [one]})
    query = parse_query("pont Tisserands Marans")
    assert parts.search(query, deadline=60).hits == whole.search(query, deadline=60).hits


def test_bonus_is_looked_for_in_the_first_words_of_a_long_query(tmp_path: Path) -> None:
    words = [f"mot{at}" for at in range(60)]
    documents = [passage("p-1", " ".join(words)), passage("p-2", _OTHER, article="a-2")]
    long = _bonuses(tmp_path / "long", " ".join(words), documents)
    short = _bonuses(tmp_path / "short", " ".join(words[:24]), documents)
    assert long["p-1"]["surface"] == pytest.approx(short["p-1"]["surface"])


def test_meaning_judges_the_best_passages_and_is_explained(tmp_path: Path) -> None:
    def nearer(query: str, names: Sequence[str]) -> NDArray[np.float32]:
        return np.array([query == "port" and name == "p-2" for name in names], dtype=np.float32)

    documents = [passage("p-1", "Le port, le port."), passage("p-2", "Le port.", article="a-2")]
    index = SearchIndex(tmp_path, Ranking(weights={"meaning": 5.0}, meaning=nearer))
    index.rebuild(documents)
    found = index.search(parse_query("port"), explain=True, deadline=60)
    assert [(hit.passage_id, hit.bonuses.get("meaning")) for hit in found.hits] == [("p-2", 5.0), ("p-1", 0.0)]
