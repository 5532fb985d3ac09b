"""The extraction document as plain JSON values, in the shapes of the wire.

One place builds them, for ``extract``, for storage and for the API, so that a fact looks the same everywhere. Absent
optional values are null; the key named by a fact's ``kind`` is the only one of the three that is present.
"""

from __future__ import annotations

from typing import Any

from extraction.document import (
    Attribution,
    Document,
    EntityMention,
    Fact,
    Quantity,
    QuantityMention,
    Role,
    TimeMention,
)
from extraction.identity import fact_id, plain_number
from extraction.place_ids import external_ids_of
from extraction.spans import Span

Json = dict[str, Any]


def span_to_wire(span: Span, text: str) -> Json:
    """``start``, ``end`` and ``exact``."""
    return {"start": span.start, "end": span.end, "exact": span.of(text)}


def role_to_wire(role: Role | None, text: str) -> Json | None:
    """A span and, where it names an entity, ``name`` and ``entity``."""
    if role is None:
        return None
    named = {"name": role.name, "entity": role.entity} if role.name is not None else {}
    return {**span_to_wire(role.span, text), **named}


def attribution_to_wire(attribution: Attribution | None, text: str) -> Json | None:
    """The source's words, its name and key, and the cue."""
    if attribution is None:
        return None
    cue = attribution.cue
    return {
        **span_to_wire(attribution.span, text),
        "name": attribution.name,
        "entity": attribution.entity,
        "cue": None if cue is None else {"lemma": cue.lemma, "exact": cue.span.of(text)},
    }


def time_to_wire(time: TimeMention, text: str) -> Json:
    """A time mention; ``reason`` is there only for an unresolved one."""
    wire = {**span_to_wire(time.span, text), "edtf": time.edtf, "basis": time.basis}
    return wire if time.reason is None else {**wire, "reason": time.reason}


def entity_to_wire(mention: EntityMention, text: str) -> Json:
    """A name; ``external_ids`` and ``stands_for`` are there only where there are any."""
    wire = {**span_to_wire(mention.span, text), "type": mention.type, "name": mention.name, "entity": mention.entity}
    ids = external_ids_of(mention.entity)
    if ids:
        wire["external_ids"] = dict(ids)
    link = mention.stands_for
    if link is not None:
        wire["stands_for"] = {"name": link.name, "entity": link.entity, "reason": link.reason}
    return wire


def _demonyms(document: Document, text: str) -> Json:
    """The words that belong to countries, if the article has any."""
    found = [{**span_to_wire(d.span, text), "name": d.name, "entity": d.entity} for d in document.demonyms]
    return {"demonyms": found} if found else {}


def _amount(quantity: Quantity | QuantityMention) -> Json:
    bounds = {"value": quantity.value, "lower": quantity.lower, "upper": quantity.upper}
    return {name: plain_number(number) for name, number in bounds.items()}


def fact_to_wire(fact: Fact, text: str, identifier: str, denied_by: list[str]) -> Json:
    """A fact in the contract's shape; spans carry their exact words."""
    time = fact.time
    wire: Json = {
        "id": identifier,
        "kind": fact.kind,
        "evidence": span_to_wire(fact.evidence, text),
        "attribution": attribution_to_wire(fact.attribution, text),
        "polarity": fact.polarity,
        "modality": fact.modality,
        "time": None if time is None else {"exact": time.span.of(text), "edtf": time.edtf, "basis": time.basis},
        "place": role_to_wire(fact.place, text),
    }
    if fact.quantity is not None:
        q = fact.quantity
        wire["quantity"] = {
            "anchor": span_to_wire(q.anchor, text),
            **_amount(q),
            "qualifier": q.qualifier,
            "unit": q.unit,
            "of": role_to_wire(q.of, text),
        } | ({} if q.change is None else {"change": q.change})
    elif fact.quotation is not None:
        wire["quotation"] = {
            "style": fact.quotation.style,
            "content": span_to_wire(fact.quotation.content, text),
        }
    elif fact.event is not None:
        predicate = fact.event.predicate
        wire["event"] = {
            "predicate": {"lemma": predicate.lemma, **span_to_wire(predicate.span, text)},
            "subject": role_to_wire(fact.event.subject, text),
            "object": role_to_wire(fact.event.object, text),
        }
    wire["confidence"] = fact.confidence
    wire["extractor"] = {"name": fact.extractor.name, "version": fact.extractor.version}
    if denied_by:
        wire["denied_by"] = denied_by
    return wire


def facts_to_wire(document: Document, text: str, article_id: str) -> list[Json]:
    """The document's facts with their ids, and the ids of those that deny them."""
    ids = [fact_id(article_id, document.text_sha256, fact) for fact in document.facts]
    denied_by: dict[int, list[str]] = {}
    for denial, disputed in document.denials:
        denied_by.setdefault(disputed, []).append(ids[denial])
    return [fact_to_wire(fact, text, ids[at], denied_by.get(at, [])) for at, fact in enumerate(document.facts)]


def document_to_wire(document: Document, text: str, article_id: str, external_id: str | None) -> Json:
    """The whole extraction document."""
    return {
        "external_id": external_id,
        "language": document.language,
        "text_sha256": document.text_sha256,
        "passages": [
            {"start": p.span.start, "end": p.span.end, "kind": p.kind, "rule": p.rule} for p in document.passages
        ],
        "mentions": {
            "entities": [entity_to_wire(e, text) for e in document.entities],
            "quantities": [
                {
                    **span_to_wire(q.span, text),
                    **_amount(q),
                    "qualifier": q.qualifier,
                    "unit": q.unit,
                }
                | ({} if q.change is None else {"change": q.change})
                for q in document.quantities
            ],
            "times": [time_to_wire(t, text) for t in document.times],
            **_demonyms(document, text),
        },
        "facts": facts_to_wire(document, text, article_id),
    }
