"""English amounts: what they count or measure, and whether it happened; the same things as are asked of French."""

from __future__ import annotations

import pytest

from extraction.document import Article, Fact
from extraction.languages.en.analyser import RuleAnalyser
from extraction.pipeline import Pipeline
from extraction.registry import LanguagePack
from tests.unit.extraction.sentences import rows, same_phrase

TABLE = rows("english_quantities.tsv", 7)
PIPELINE = Pipeline({"en": LanguagePack("en", RuleAnalyser())})


def quantities_of(text: str) -> list[Fact]:
    return [fact for fact in PIPELINE.extract(Article(text, "en")).facts if fact.quantity is not None]


@pytest.mark.parametrize(("text", "anchor", "_unit", "unit", "counted", "polarity", "modality"), TABLE)
def test_english_quantity_facts_say_what_is_counted(
    text: str, anchor: str, _unit: str, unit: str, counted: str, polarity: str, modality: str
) -> None:
    found = [fact for fact in quantities_of(text) if fact.quantity and fact.quantity.anchor.of(text) == anchor]
    assert len(found) == 1
    (fact,) = found
    assert fact.quantity is not None
    assert same_phrase(counted, fact.quantity.of, text)
    assert (fact.quantity.unit or "", fact.polarity, fact.modality) == (unit, polarity, modality)
    assert fact.evidence.contains(fact.quantity.anchor)


@pytest.mark.parametrize(
    "text",
    [
        "The second match ended in a draw.",
        "Flight 212 was delayed.",
        "The two men left.",
        "He came first in the 10th stage.",
        "Three days later the bridge reopened.",
        "A dead man was found in a cellar.",
        "The team won 3-2.",
    ],
)
def test_english_ranks_names_scores_and_distances_in_time_are_no_quantities(text: str) -> None:
    assert quantities_of(text) == []
