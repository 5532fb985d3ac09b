"""What questions ask for."""

from __future__ import annotations

import pytest

from search_index.layout import TRAITS
from search_index.question import asked_for


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Combien de manifestants à Kervalec ?", {"quantity"}),
        ("How many people were hurt?", {"quantity"}),
        ("Quel est le montant de l'aide ?", {"quantity"}),
        ("En quelle année le pont a-t-il été construit ?", {"time"}),
        ("When did the train leave?", {"time"}),
        ("Où se trouve Zaatcha ?", {"place"}),
        ("Qui a dit que l'usine fermerait ?", {"person", "quotation"}),
        ("Pourquoi la mesure a-t-elle été rejetée ?", {"cause"}),
        ("montant de l'aide", set()),
        ("how to vote", set()),
        ("usine Solvance ou port", set()),
        ("", set()),
    ],
)
def test_asked_for_reads_the_words_of_a_question(query: str, expected: set[str]) -> None:
    assert asked_for(query) == expected


def test_asked_for_names_traits_that_passages_have() -> None:
    assert asked_for("qui quand où combien pourquoi selon") <= set(TRAITS)


def test_asked_for_looks_at_the_beginning_only() -> None:
    assert asked_for("mot " * 100 + "combien") == set()
