from __future__ import annotations

import pytest

from extraction.llm import UnusableAnswer, read_answer
from tests.unit.extraction.llm.reading import event, quotation

GOOD = event("The mayor resigned", "resigned", "The mayor")


@pytest.mark.parametrize("value", [None, [], "facts", {}, {"facts": {}}, {"facts": "none"}, {"fact": []}, 3, True])
def test_read_answer_refuses_what_has_no_list_of_facts(value: object) -> None:
    with pytest.raises(UnusableAnswer):
        read_answer(value)


@pytest.mark.parametrize(
    "fact",
    [
        None,
        "The mayor resigned",
        [],
        {},
        {**GOOD, "kind": "rumour"},
        {**GOOD, "kind": "quantity", "anchor": "12", "value": 12},
        {**GOOD, "kind": ["event"]},
        {**GOOD, "evidence": None},
        {**GOOD, "evidence": " \u00a0"},
        {**GOOD, "evidence": "x" * 3001},
        {**GOOD, "predicate": {"lemma": "resign"}},
        {**GOOD, "subject": 4},
        {**GOOD, "polarity": "true"},
        {**GOOD, "polarity": None},
        {**GOOD, "modality": "certain"},
        {**GOOD, "passage": "0"},
        {**GOOD, "passage": True},
        {**GOOD, "passage": 0.5},
        quotation("a", "shouted", "a", "b", "c"),
    ],
)
def test_read_answer_drops_a_fact_of_a_wrong_shape_and_keeps_the_others(fact: object) -> None:
    answer = read_answer({"facts": [fact, GOOD]})
    assert [proposal.focus for proposal in answer.proposals] == ["resigned"]
    assert answer.dropped == {"shape": 1}


def test_read_answer_takes_empty_and_null_for_absent_and_ignores_what_it_does_not_know() -> None:
    (proposal,) = read_answer(
        {"facts": [{**GOOD, "object": "", "place": None, "lemma": "flee", "time": "Monday"}]}
    ).proposals
    assert proposal.words == {"subject": "The mayor", "time": "Monday"}
    assert (proposal.polarity, proposal.modality, proposal.passage) == ("affirmed", "asserted", None)


def test_read_answer_reads_no_more_facts_than_a_part_can_hold() -> None:
    answer = read_answer({"facts": [GOOD] * 5000})
    assert len(answer.proposals) == 200
    assert answer.dropped == {"too many": 4800}
