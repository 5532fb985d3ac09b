from __future__ import annotations

from dataclasses import replace

import pytest

from extraction.confidence import calibrated, signs
from extraction.document import Article, Event, Extractor, Fact, Predicate, Quantity, Role
from extraction.languages.en.analyser import RuleAnalyser
from extraction.pipeline import Pipeline
from extraction.registry import LanguagePack
from extraction.spans import Span

TEXT = "La police a compté 3 200 manifestants et 40 drapeaux."
RULE = Extractor("rule", "1")


def quantity(confidence: float, of: Role | None) -> Fact:
    amount = Quantity(Span(19, 24), 3200, None, None, "exact", None, of)
    return Fact(kind="quantity", evidence=Span(0, 37), extractor=RULE, confidence=confidence, quantity=amount)


@pytest.mark.parametrize("prior", [0.0, 0.01, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("of", [None, Role(Span(25, 37))])
def test_confidence_is_a_share_in_hundredths(prior: float, of: Role | None) -> None:
    share = calibrated(quantity(prior, of), TEXT, "fr")
    assert 0.05 <= share <= 0.99
    assert share == round(share, 2)


def test_confidence_is_less_where_nothing_is_known_of_what_is_counted() -> None:
    counted, bare = quantity(0.8, Role(Span(25, 37))), quantity(0.8, None)
    assert calibrated(bare, TEXT, "fr") < calibrated(counted, TEXT, "fr")


def test_signs_tell_the_parties_of_an_event_apart() -> None:
    named = Role(Span(0, 9), "La police", "organization:police")
    event = Event(Predicate("compter", Span(10, 18)), named, None)
    fact = Fact(kind="event", evidence=Span(0, 37), extractor=RULE, confidence=0.6, event=event)
    assert {"subject=named", "object=none"} <= signs(fact, TEXT, "fr")
    assert "language=en" in signs(replace(fact, polarity="denied"), TEXT, "en")


def test_pipeline_serves_the_confidence_that_it_is_given() -> None:
    pipeline = Pipeline({"en": LanguagePack("en", RuleAnalyser())}, confidence=lambda *_: 0.37)
    document = pipeline.extract(Article("Police said on Monday that 40 people were hurt.", "en"))
    assert {fact.confidence for fact in document.facts} == {0.37}
