"""Whom English quotations are given to: appositions, pronouns, and words in marks that nobody says."""

from __future__ import annotations

import pytest

from tests.unit.extraction.languages.en.test_facts import quotations_of, read

CASES = [
    ('The bishop, Simon Hale, said there was "no money left".', [("there was \"no money left\"", "Simon Hale")]),
    ("The council leader, Mary Okafor, said the bins were full.", [("the bins were full", "Mary Okafor")]),
    ("Trade Minister Diego Luz said the tariff would go.", [("the tariff would go", "Diego Luz")]),
    (
        "Grid operator Voltair cut power to the port. It said demand had doubled.",
        [("demand had doubled", "Grid operator Voltair")],
    ),
    (
        "Anna Reed left the board. The trust has lost two directors. It said the search would take months.",
        [("the search would take months", "The trust")],
    ),
    (
        '"That is a joke." Colin Frey, a ferry captain, has waited ten years for a pier.',
        [("That is a joke.", "Colin Frey")],
    ),
    (
        '"We ran," Dr Ruth Amadi, who treated the wounded, told the Herald.',
        [("We ran", "Ruth Amadi")],
    ),
    ('The gang, known as "the Sons of the Tide", demanded 2 million dollars.', []),
    ('A rapper who calls himself "King of the Northern Line" was arrested.', []),
    ("Carla Voss, accused of forging two wills, was cleared.", []),
    ("The brewer denied diluting its beer.", [("diluting its beer", "The brewer")]),
    (
        "A spokeswoman for the tenants said the lift was broken.",
        [("the lift was broken", "A spokeswoman for the tenants")],
    ),
    (
        "“We expected wind and rain to fill the lake,” said the head warden, Ruth Kessel. “It fell again.”",
        [("We expected wind and rain to fill the lake", "Ruth Kessel"), ("It fell again.", "Ruth Kessel")],
    ),
    (
        "Tom Reed said his client, a father of two, had sold the boat.",
        [("his client, a father of two, had sold the boat", "Tom Reed")],
    ),
    (
        "Ana Ruiz insisted the museum would stay free and denied that the roof was unsafe.",
        [("the museum would stay free", "Ana Ruiz"), ("the roof was unsafe", "Ana Ruiz")],
    ),
    (
        "Chalky, dry soil drains fast and is ideal for vines that root in gravel, the growers suggest.",
        [("Chalky, dry soil drains fast and is ideal for vines that root in gravel", "the growers")],
    ),
    (
        "A senior diplomat, who asked not to be named, said the talks were over.",
        [("the talks were over", "A senior diplomat")],
    ),
    (
        "\"We heard the crack\", Dora Rusk, a neighbour, told reporters.",
        [("We heard the crack", "Dora Rusk")],
    ),
    ("Ministers accused him of hiding the bill.", [("him of hiding the bill", "Ministers")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), CASES, ids=[text[:40] for text, _ in CASES])
def test_quotations_are_given_to_who_says_them(text: str, said: list[tuple[str, str]]) -> None:
    _, facts = read(text)
    found = {(content, name) for _, content, _, name in quotations_of(text, facts)}
    wanted = {(content.strip(" ."), name) for content, name in said}
    assert wanted <= found
    assert {name for _, name in found} <= {name for _, name in said}
