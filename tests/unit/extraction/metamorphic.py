"""Pairs of sentences that differ in one thing, and what differs between the facts that they tell.

A pair fills one slot of a template with two fillers. What the fillers say themselves is blotted out in the words of the
facts, so that only what the extraction made of them is compared, field by field. Confidence is a measurement of how a
sentence reads, and not compared.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from extraction.document import Article, Document, Fact, Role
from extraction.pipeline import Pipeline

PUBLISHED = date(2026, 3, 12)  # a Thursday
_BLOT = "□"
# What a pair of speakers must change; everywhere else their names are blotted out as well.
_NAMES = frozenset({"speaker", "speaker_words"})


def differences(pipeline: Pipeline, language: str, template: str, fillers: tuple[str, str]) -> set[tuple[str, str]]:
    """What differs between the facts of a pair: (field, "before -> after"), or ("facts", …) where their number does."""
    before, after = (_fields(pipeline, language, template, filler) for filler in fillers)
    if [f["kind"] for f in before] != [f["kind"] for f in after]:
        return {("facts", f"{[f['kind'] for f in before]} -> {[f['kind'] for f in after]}")}
    pairs = zip(before, after, strict=True)
    return {(f"{a['kind']}.{name}", f"{a[name]} -> {b[name]}") for a, b in pairs for name in a if a[name] != b[name]}


def _fields(pipeline: Pipeline, language: str, template: str, filler: str) -> list[dict[str, Any]]:
    text = template.replace("{x}", filler)
    document: Document = pipeline.extract(Article(text, language, PUBLISHED))
    facts = sorted(document.facts, key=lambda fact: (fact.kind, fact.focus))
    return [
        {name: value if name in _NAMES else _blotted(value, filler) for name, value in _of(text, fact).items()}
        for fact in facts
    ]


def _blotted(value: Any, filler: str) -> Any:
    if isinstance(value, str):
        capital = filler[0].upper() + filler[1:]
        return value.replace(filler, _BLOT).replace(capital, _BLOT)
    return value


def _of(text: str, fact: Fact) -> dict[str, Any]:
    source, time = fact.attribution, fact.time
    fields: dict[str, Any] = {
        "kind": fact.kind,
        "polarity": fact.polarity,
        "modality": fact.modality,
        "speaker": source.name if source is not None else None,
        "speaker_words": source.span.of(text) if source is not None else None,
        "cue": source.cue.lemma if source is not None and source.cue is not None else None,
        "time": time.edtf if time is not None else None,
        "place": _words(text, fact.place),
    }
    if fact.event is not None:
        event = fact.event
        fields |= {"lemma": event.predicate.lemma, "subject": _words(text, event.subject)}
        fields |= {"object": _words(text, event.object)}
    if fact.quantity is not None:
        amount = fact.quantity
        fields |= {"value": (amount.value, amount.lower, amount.upper), "qualifier": amount.qualifier}
        fields |= {"unit": amount.unit, "of": _words(text, amount.of), "change": amount.change}
    if fact.quotation is not None:
        fields |= {"style": fact.quotation.style, "content": fact.quotation.content.of(text)}
    return fields


def _words(text: str, role: Role | None) -> str | None:
    return role.span.of(text) if role is not None else None
