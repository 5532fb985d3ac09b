"""Names of articles as a reader judged them: what is found, and told apart, does not fall below these floors."""

from __future__ import annotations

import pytest

from extraction.languages.fr.analyser import MODEL
from extraction.pipeline import Pipeline
from extraction.registry import load_packs
from tests.eval.entity_names import JudgedText, open_articles, own_texts, score

# Share of the judged names with the right words, type and canonical name, and of the found ones that are right.
FLOORS = {"fr": (0.97, 0.97), "en": (0.97, 0.97), "open": (0.97, 0.97)}
MOST_WRONG_TYPES = 0.05


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(load_packs({"fr": MODEL}))


def _texts(name: str) -> list[JudgedText]:
    return open_articles() if name == "open" else own_texts(name)


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_entity_names_stay_above_their_floors(name: str, pipeline: Pipeline) -> None:
    found = score(_texts(name), pipeline.extract)
    recall, precision = FLOORS[name]
    assert found.recall >= recall, found.errors
    assert found.precision >= precision, found.errors
    assert found.typed >= (1 - MOST_WRONG_TYPES) * found.spotted, found.errors


def test_judged_names_are_many_and_stand_in_their_texts() -> None:
    texts = [text for name in FLOORS for text in _texts(name)]
    names = [(text, name) for text in texts for name in text.names]
    assert sum(not name.optional for _, name in names) >= 120
    assert all(name.words in text.article.text for text, name in names)
    assert all(name.span is None or name.span.of(text.article.text) == name.words for text, name in names)
