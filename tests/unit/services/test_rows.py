from __future__ import annotations

import pytest

from extraction.document import Attribution, Document, Event, Extractor, Fact, Passage, Predicate, Quantity, Role
from extraction.identity import sha256
from extraction.spans import Span
from services.rows import build_rows, value_bounds


def _quantity(qualifier: str, value: float | None, lower: float | None = None, upper: float | None = None) -> Quantity:
    return Quantity(Span(0, 1), value, lower, upper, qualifier, None, None)  # type: ignore[arg-type]  # a table


@pytest.mark.parametrize(
    ("quantity", "bounds"),
    [
        (_quantity("exact", 7), (7, 7)),
        (_quantity("about", 7), (7, 7)),
        (_quantity("more_than", 3000), (3000, None)),
        (_quantity("at_least", 3000), (3000, None)),
        (_quantity("less_than", 10), (None, 10)),
        (_quantity("at_most", 10), (None, 10)),
        (_quantity("range", None, 3, 5), (3, 5)),
        (_quantity("range", None, None, 5), (None, 5)),
        (_quantity("about", None, 2000), (2000, None)),
        (None, (None, None)),
    ],
)
def test_value_bounds_are_what_the_words_leave_open(
    quantity: Quantity | None, bounds: tuple[float | None, float | None]
) -> None:
    assert value_bounds(quantity) == bounds


def test_build_rows_writes_two_facts_of_one_id_once_and_drops_unknown_entities() -> None:
    text = "Le bac relie Orval."
    fact = Fact(
        kind="event",
        evidence=Span(0, 19),
        extractor=Extractor("test", "1"),
        confidence=0.5,
        attribution=Attribution(Span(0, 6), "le bac", "nobody", None),
        place=Role(Span(13, 18), "Orval", "place:orval"),
        event=Event(Predicate("relier", Span(7, 12)), None, None),
    )
    document = Document("fr", sha256(text), (Passage(Span(0, 19), "body"),), facts=(fact, fact), version="1")
    rows = build_rows(document, text, "a-1")
    assert len(rows.facts) == 1
    assert rows.facts[0]["payload"]["place"] == {
        "start": 13,
        "end": 18,
        "exact": "Orval",
        "name": "Orval",
        "entity": None,
    }
    assert (rows.facts[0]["speaker_folded"], rows.facts[0]["speaker_id"], rows.fact_entities) == (" le bac ", None, [])
