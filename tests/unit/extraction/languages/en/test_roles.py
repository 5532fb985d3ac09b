"""English roles beside amounts: who did what, and what the amounts count, on sentences of our own."""

from __future__ import annotations

import pytest

from extraction.analysis import Parsed
from extraction.document import Fact, Passage, Role
from extraction.events import find_events
from extraction.expressions import find_quantities, number_spans
from extraction.languages.en.analyser import RuleAnalyser
from extraction.quantity_facts import find_quantity_facts
from extraction.spans import Span


def parsed(text: str) -> Parsed:
    whole = Span(0, len(text))
    analyses = RuleAnalyser().analyse(text, [(0, whole)], number_spans(text, whole, "en"))
    quantities = find_quantities(text, [whole], "en", ())
    return Parsed(text, "en", None, (Passage(whole, "body"),), analyses, quantities)


def words(role: Role | None, text: str) -> str | None:
    return role.span.of(text) if role is not None else None


def roles(text: str, lemma: str) -> list[tuple[str | None, str | None, str]]:
    events: list[Fact] = find_events(parsed(text), ())
    return [
        (words(f.event.subject, text), words(f.event.object, text), f.modality)
        for f in events
        if f.event is not None and f.event.predicate.lemma == lemma
    ]


@pytest.mark.parametrize(
    ("text", "lemma", "expected"),
    [
        ("Six miners have been rescued and 11 injured in the collapse.", "injure", (None, "11", "asserted")),
        ("Nine hikers died on the ridge.", "die", ("Nine hikers", None, "asserted")),
        ("A blaze broke out at the mill.", "break out", ("A blaze", None, "asserted")),
        ("Guards caught two poachers hours later.", "catch", ("Guards", "two poachers", "asserted")),
        ("A cashier stole about £70,000 from the club.", "steal", ("A cashier", "about £70,000", "asserted")),
        ("Ferry fares rose 6 per cent.", "rise", ("Ferry fares", None, "asserted")),
        ("The bank will shut 12 of its 90 branches.", "shut", ("The bank", "12 of its 90 branches", "planned")),
        ("The bank will shut the branch and move its data centre.", "move", ("The bank", "its data centre", "planned")),
    ],
)  # fmt: skip
def test_find_events_keeps_roles_whole(text: str, lemma: str, expected: tuple[str | None, str | None, str]) -> None:
    assert roles(text, lemma) == [expected]


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("Police put the crowd at 4,100.", "4,100", ("the crowd", "person", "affirmed")),
        ("Organisers counted 9,000 people; police put the number at 4,100.", "4,100", ("people", "person", "affirmed")),
        ("The tunnel did not cost 30 million pounds but 45 million.", "45 million", ("The tunnel", "GBP", "affirmed")),
        ("It did not cost 30 million pounds but 45 million.", "30 million pounds", (None, "GBP", "negated")),
        ("The yard employs 40 people, not 90.", "90", ("people", "person", "negated")),
        ("Rents slipped from 5% to 4%.", "4%", ("Rents", "percent", "affirmed")),
        ("Hedges held 40% more finches than fields.", "40%", ("finches", "percent", "affirmed")),
        ("The winners were aged between 12 and 15.", "between 12 and 15", ("The winners", "year", "affirmed")),
        ("Two sailors drowned. Three others swam ashore.", "Three", ("sailors", "person", "affirmed")),
    ],
)  # fmt: skip
def test_find_quantity_facts_reads_what_is_counted(
    text: str, anchor: str, expected: tuple[str | None, str | None, str]
) -> None:
    facts = find_quantity_facts(parsed(text), ())
    found = [f for f in facts if f.quantity is not None and f.quantity.anchor.of(text) == anchor]
    read = [(words(f.quantity.of, text), f.quantity.unit, f.polarity) for f in found if f.quantity is not None]
    assert read == [expected]


def test_find_events_passes_over_somebodys_figure() -> None:
    assert find_events(parsed("Police put the crowd at 4,100."), ()) == []
