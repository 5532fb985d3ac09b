"""How sure a fact is, as a share: of facts that say 0.9, nine in ten are right.

A rule has a prior; what a fact is like tells more (a bare amount of which nothing is counted, an event with both its
parties, words that only continue a quotation). A logistic regression over such signs, one for each kind of fact, is
fitted to verdicts on annotated articles that no rule was tuned to, by ``python -m tests.eval.calibrate``; its weights
are ``confidence.json``. Platt, Probabilistic Outputs for Support Vector Machines (1999); Guo et al., On Calibration of
Modern Neural Networks (2017).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

from extraction.document import Attribution, Event, Fact, Quantity, Quotation

Signs = frozenset[str]

_LEAST, _MOST = 0.05, 0.99
_SHORT, _LONG = 5, 40  # words of a quotation's content
_WIDE = 250  # characters of evidence


def calibrated(fact: Fact, text: str, language: str) -> float:
    """The share of right ones among facts like this one: from 0.05 to 0.99, two decimals."""
    weights = _weights()[fact.kind]
    of_signs = (weights.get(sign, 0.0) for sign in signs(fact, text, language))
    total = weights["prior"] * log_odds(fact.confidence) + sum(of_signs)
    return round(min(_MOST, max(_LEAST, 1 / (1 + math.exp(-total)))), 2)


def log_odds(share: float) -> float:
    """The logit of a rule's prior, kept finite."""
    share = min(0.99, max(0.01, share))
    return math.log(share / (1 - share))


def signs(fact: Fact, text: str, language: str) -> Signs:
    """What a fact is like, in words; ``always`` is the constant term."""
    return frozenset(_signs(fact, text, language))


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Mapping[str, float]]:
    loaded: dict[str, dict[str, float]] = json.loads((files("extraction") / "confidence.json").read_text("utf-8"))
    return loaded


def _signs(fact: Fact, text: str, language: str) -> Iterator[str]:
    yield "always"
    if language != "fr":
        yield f"language={language}"
    if fact.polarity != "affirmed":
        yield f"polarity={fact.polarity}"
    if fact.modality != "asserted":
        yield f"modality={fact.modality}"
    if len(fact.evidence) > _WIDE:
        yield "evidence=wide"
    yield from _of_source(fact.attribution)
    if fact.quantity is not None:
        yield from _of_quantity(fact.quantity, text)
    elif fact.quotation is not None:
        yield from _of_quotation(fact.quotation, text)
    elif fact.event is not None:
        yield from _of_event(fact.event, fact.extractor.name)


def _of_source(attribution: Attribution | None) -> Iterator[str]:
    if attribution is None:
        yield "source=none"
    elif attribution.cue is None:
        yield "source=continued"
    elif attribution.name is None:
        yield "source=unnamed"


def _of_quantity(quantity: Quantity, text: str) -> Iterator[str]:
    yield f"unit={_unit_class(quantity.unit)}"
    if quantity.of is None:
        yield "of=none"
        yield f"of=none unit={_unit_class(quantity.unit)}"
    if quantity.qualifier not in ("exact", "about"):
        yield "qualifier=bound"
    if not any(character.isdigit() for character in quantity.anchor.of(text)):
        yield "number=words"
    if quantity.change is not None:
        yield "change"


def _unit_class(unit: str | None) -> str:
    if unit is None or unit in ("person", "percent", "percentage_point"):
        return str(unit)
    if unit in ("second", "minute", "hour", "day", "week", "month", "year", "decade"):
        return "duration"
    return "money" if len(unit) == 3 and unit.isupper() else "measure"


def _of_quotation(quotation: Quotation, text: str) -> Iterator[str]:
    yield f"style={quotation.style}"
    words = len(quotation.content.of(text).split())
    if words < _SHORT:
        yield "content=short"
    elif words > _LONG:
        yield "content=long"


def _of_event(event: Event, extractor: str) -> Iterator[str]:
    yield extractor
    if event.subject is None:
        yield "subject=none"
    elif event.subject.name is not None:
        yield "subject=named"
    if event.object is None:
        yield "object=none"
    elif event.object.name is not None:
        yield "object=named"
    if " " in event.predicate.lemma:
        yield "predicate=locution"
