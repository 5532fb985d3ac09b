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
        "A sailor is missing.",
        "The sample was too skewed.",
        "Please do not come to the hall.",
    ],
)
def test_find_events_passes_over_advice_states_and_links_in_english(pipeline: Pipeline, text: str) -> None:
    assert events_of(pipeline, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The town hall is big and the garden is quiet.",
        "The museum has three floors.",
        "The minister said that the budget is balanced.",
        "What will the council do with the land?",
        "The garden can be beautiful.",
        "The tower is 90 metres high.",
        "It was 38 °C.",
    ],
)
def test_find_events_passes_over_states_sayings_and_questions_in_english(pipeline: Pipeline, text: str) -> None:
    assert events_of(pipeline, text) == []


@pytest.mark.parametrize(
    "text",
    [
        '"The roof has been leaking since April," said the caretaker of the museum, Lise Aubry, on Tuesday.',
        '"The roof is leaking," she admitted.',
        "The roof is leaking, the director of the museum confirmed.",
        '"The roof is leaking," Lise Aubry explained, "and nobody pays."',
        "According to the director, the roof is leaking.",
    ],
)
def test_find_events_passes_over_the_tags_of_what_is_said_in_english(pipeline: Pipeline, text: str) -> None:
    assert {event.predicate.lemma for _, event in events_of(pipeline, text)} <= {"leak", "pay"}


@pytest.mark.parametrize(
    ("text", "lemma", "roles"),
    [
        ("The fares will increase by 6% in April.", "increase", ("The fares", None)),
        ("Rents climbed 4%.", "climb", ("Rents", None)),
        ("The death toll rose to eleven.", "rise", ("The death toll", None)),
        ("The probe recorded 39 °C on Tuesday.", "record", ("The probe", "39 °C")),
        ("The price of a ticket was multiplied by three.", "multiply", (None, "The price of a ticket")),
    ],
)
def test_find_events_an_amount_is_whole_and_acts_on_nobody_in_english(
    pipeline: Pipeline, text: str, lemma: str, roles: tuple[str | None, str | None]
) -> None:
    found = [e for _, e in events_of(pipeline, text) if e.predicate.lemma == lemma]
    read = [tuple(r.span.of(text) if r is not None else None for r in (e.subject, e.object)) for e in found]
    assert read == [roles]
