"""English events on sentences of our own: one line of the table is one thing that a reader would say happened."""

from __future__ import annotations

import pytest

from extraction.document import Article, Event, Fact
from extraction.pipeline import Pipeline
from extraction.registry import load_packs
from tests.unit.extraction.sentences import rows, same_phrase

TABLE = rows("english_events.tsv", 6)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline({"en": load_packs({})["en"]})


def events_of(pipeline: Pipeline, text: str) -> list[tuple[Fact, Event]]:
    return [(f, f.event) for f in pipeline.extract(Article(text, "en")).facts if f.event is not None]


@pytest.mark.parametrize(("text", "lemma", "subject", "thing", "polarity", "modality"), TABLE)
def test_find_events_reads_who_did_what_in_english(
    pipeline: Pipeline, text: str, lemma: str, subject: str, thing: str, polarity: str, modality: str
) -> None:
    readings = [
        (same_phrase(subject, e.subject, text), same_phrase(thing, e.object, text), f.polarity, f.modality)
        for f, e in events_of(pipeline, text)
        if e.predicate.lemma == lemma
    ]
    assert (True, True, polarity, modality) in readings, readings


@pytest.mark.parametrize(
    "text",
    [
        "Avoid the harbour until further notice.",
        "The verdict is mixed.",
        "Should the hill be closed?",
        "The road is wet and the sky is grey.",
        "The flood led to delays.",
    ],
)
def test_find_events_passes_over_advice_states_and_links_in_english(pipeline: Pipeline, text: str) -> None:
    assert events_of(pipeline, text) == []
