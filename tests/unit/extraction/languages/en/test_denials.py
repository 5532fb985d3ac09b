"""English denials, paired with what they dispute or with nothing; the same things as are asked of French."""

from __future__ import annotations

import pytest

from extraction.document import Article
from extraction.languages.en.analyser import RuleAnalyser
from extraction.pipeline import Pipeline
from extraction.registry import LanguagePack

PIPELINE = Pipeline({"en": LanguagePack("en", RuleAnalyser())})


def pairs_of(text: str) -> set[tuple[str, str]]:
    document = PIPELINE.extract(Article(text, "en"))
    facts = document.facts
    events = [(facts[a], facts[b]) for a, b in document.denials if facts[a].event and facts[b].event]
    return {(a.focus.of(text), b.focus.of(text)) for a, b in events}


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "The bank sold customer data. The management denied that the bank had sold customer data.",
            {("denied", "sold")},
        ),
        (
            "The union accuses the management of hiding the results. The management denies these accusations.",
            {("denies", "hiding")},
        ),
        ("The council repainted the school. The management denies these accusations.", set()),
        ("The bank sold a building. The management denied that the bank had sold customer data.", set()),
        (
            "The court freed the trader Caio Prado, accused of having stolen funds. His lawyer denies the allegations.",
            {("denies", "having stolen")},
        ),
    ],
)
def test_english_denials_are_paired_with_what_they_dispute(text: str, pairs: set[tuple[str, str]]) -> None:
    assert pairs_of(text) == pairs


@pytest.mark.parametrize(
    "text",
    [
        "The club denied that the player was injured.",
        "The company denies having polluted the river.",
        "The minister has denied any wrongdoing.",
        "The bank refuted the claims.",
    ],
)
def test_english_denials_are_denied(text: str) -> None:
    facts = PIPELINE.extract(Article(text, "en")).facts
    assert {fact.polarity for fact in facts} == {"denied"}
