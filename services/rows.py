"""From an extraction document to rows: plain dictionaries, made before any transaction begins."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from extraction.document import Document, EntityMention, Passage, Quantity
from extraction.document import Fact as ExtractedFact
from extraction.expressions.edtf import bounds
from extraction.identity import fold, passage_id
from extraction.spans import Span
from extraction.wire import facts_to_wire
from services.identity import entity_id, known_names, name_beginnings, name_key
from services.views import Json


@dataclass(slots=True)
class ExtractedRows:
    """What one extraction writes, by table. ``facts`` lack the columns that repeat the article's."""

    passages: list[Json] = field(default_factory=list)
    mentions: list[Json] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)
    entity_names: list[Json] = field(default_factory=list)
    entity_links: list[Json] = field(default_factory=list)
    facts: list[Json] = field(default_factory=list)
    fact_entities: list[Json] = field(default_factory=list)


def build_rows(document: Document, text: str, article_id: str) -> ExtractedRows:
    """The rows of a document. Entities are named by their ids everywhere; facts that share an id are one."""
    ids = [passage_id(article_id, document.text_sha256, passage) for passage in document.passages]
    places = _Places(document.passages, ids)
    entities = identify_entities(document, article_id)
    rows = ExtractedRows()
    rows.passages = list(_passages(document.passages, ids))
    rows.entities = [entities[key] for key in sorted(entities)]
    rows.mentions = list(_mentions(document, places, entities, text))
    names = {key: entity["id"] for key, entity in entities.items()}
    rows.entity_names = list(_entity_names(document, names))
    rows.entity_links = list(_entity_links(document, names, text))
    payloads = facts_to_wire(document, text, article_id)
    seen: set[str] = set()
    for fact, payload in zip(document.facts, payloads, strict=True):
        if payload["id"] not in seen:
            seen.add(payload["id"])
            name_entities(payload, names)
            rows.facts.append(_fact(fact, payload, places.at(fact.evidence.start)))
            rows.fact_entities += _links(fact, payload, document.entities, names)
    return rows


def identify_entities(document: Document, article_id: str) -> dict[str, Json]:
    """Entity rows by the key that the document gives them; type and name are those most used for the key.

    What a name or a demonym is linked to has a row as well, even where the article does not name it.
    """
    by_key: dict[str, list[EntityMention]] = defaultdict(list)
    for mention in document.entities:
        by_key[mention.entity].append(mention)
    found = {key: _entity(key, key.partition(":")[0], name, article_id) for key, name in _linked(document)}
    for key, group in by_key.items():
        kind = Counter(mention.type for mention in group).most_common(1)[0][0]
        name = Counter(mention.name for mention in group).most_common(1)[0][0]
        found[key] = _entity(key, kind, name, article_id)
    return found


def _entity(key: str, kind: str, name: str, article_id: str) -> Json:
    identifier, scope = entity_id(kind, key, name, article_id)
    return {"id": identifier, "type": kind, "name": name, "name_folded": name_key(name), "article_id": scope}


def _entity_names(document: Document, ids: dict[str, str]) -> Iterator[Json]:
    """Every name of what the document mentions, those that the gazetteer knows in other languages included."""
    names = {(ids[mention.entity], mention.name) for mention in document.entities}
    names |= {(identifier, name) for identifier, _ in names for name in known_names(identifier)}
    beginnings = {(key, identifier) for identifier, name in names for key in name_beginnings(name)}
    for key, identifier in sorted(beginnings):
        yield {"key": key, "entity_id": identifier}


def _linked(document: Document) -> Iterator[tuple[str, str]]:
    """Keys, which begin with the type, and names of what the document links something to."""
    yield from ((m.stands_for.entity, m.stands_for.name) for m in document.entities if m.stands_for is not None)
    yield from ((demonym.entity, demonym.name) for demonym in document.demonyms)


def _entity_links(document: Document, names: dict[str, str], text: str) -> Iterator[Json]:
    """How often a name stands for another in the article, and a demonym for its country."""
    counts: Counter[tuple[str | None, str, str, str, str]] = Counter(
        (names[m.entity], m.span.of(text), "stands_for", m.stands_for.reason, names[m.stands_for.entity])
        for m in document.entities
        if m.stands_for is not None
    )
    counts.update((None, d.span.of(text).lower(), "demonym", "demonym", names[d.entity]) for d in document.demonyms)
    columns = ("entity_id", "name", "relation", "reason", "target_id")
    for link, mentions in counts.items():
        yield {**dict(zip(columns, link, strict=True)), "mentions": mentions}


def name_mentions(mentions: Json, names: dict[str, str]) -> None:
    """Put ids in the place of a document's keys in its mentions, links included."""
    for mention in (*mentions["entities"], *mentions.get("demonyms", ())):
        mention["entity"] = names[mention["entity"]]
        if "stands_for" in mention:
            mention["stands_for"]["entity"] = names[mention["stands_for"]["entity"]]


def name_entities(payload: Json, names: dict[str, str]) -> None:
    """Put ids in the place of a document's keys, in every role of a fact; a key that no mention has becomes null."""
    for _, role in roles_of(payload):
        if role.get("entity") is not None:
            role["entity"] = names.get(role["entity"])


def roles_of(payload: Json) -> Iterator[tuple[str, Json]]:
    """The roles of a fact in wire shape that can name an entity."""
    event = payload.get("event") or {}
    named = {
        "speaker": payload["attribution"],
        "place": payload["place"],
        "of": (payload.get("quantity") or {}).get("of"),
        "subject": event.get("subject"),
        "object": event.get("object"),
    }
    return ((name, role) for name, role in named.items() if role is not None)


class _Places:
    """Which passage a place in the text belongs to."""

    def __init__(self, passages: tuple[Passage, ...], ids: list[str]) -> None:
        self._starts = [(passage.span, identifier) for passage, identifier in zip(passages, ids, strict=True)]

    def at(self, offset: int) -> str:
        """The id of the passage around an offset. Raises ValueError where there is none."""
        for span, identifier in self._starts:
            if span.start <= offset < span.end:
                return identifier
        raise ValueError(f"no passage at {offset}")


def _passages(passages: tuple[Passage, ...], ids: list[str]) -> Iterator[Json]:
    for position, (passage, identifier) in enumerate(zip(passages, ids, strict=True)):
        yield {
            "id": identifier,
            "position": position,
            "start": passage.span.start,
            "end": passage.span.end,
            "kind": passage.kind,
            "rule": passage.rule,
        }


def _mentions(document: Document, places: _Places, entities: dict[str, Json], text: str) -> Iterator[Json]:
    for entity in document.entities:
        identifier = entities[entity.entity]["id"]
        yield _mention(entity.span, places, "entity", entity_id=identifier, name=entity.name)
    for q in document.quantities:
        payload = {
            "value": q.value,
            "lower": q.lower,
            "upper": q.upper,
            "qualifier": q.qualifier,
            "unit": q.unit,
            "change": q.change,
        }
        yield _mention(q.span, places, "quantity", name=q.span.of(text), payload=payload)
    for time in document.times:
        payload = {"edtf": time.edtf, "basis": time.basis, "reason": time.reason}
        yield _mention(time.span, places, "time", name=time.span.of(text), payload=payload)


def _mention(
    span: Span,
    places: _Places,
    kind: str,
    *,
    name: str,
    entity_id: str | None = None,
    payload: Json | None = None,
) -> Json:
    return {
        "passage_id": places.at(span.start),
        "kind": kind,
        "start": span.start,
        "end": span.end,
        "entity_id": entity_id,
        "name": name,
        "payload": payload,
    }


def _fact(fact: ExtractedFact, payload: Json, passage: str) -> Json:
    low, high = value_bounds(fact.quantity)
    attribution = payload["attribution"] or {}
    return {
        "id": payload["id"],
        "passage_id": passage,
        "kind": fact.kind,
        "evidence_start": fact.evidence.start,
        "evidence_end": fact.evidence.end,
        "unit": None if fact.quantity is None else fact.quantity.unit,
        "value_low": low,
        "value_high": high,
        **_time(None if fact.time is None else fact.time.edtf),
        "speaker_folded": None if attribution.get("name") is None else f" {fold(attribution['name'])} ",
        "speaker_id": attribution.get("entity"),
        "polarity": fact.polarity,
        "modality": fact.modality,
        "confidence": float(fact.confidence),
        "payload": payload,
    }


def value_bounds(quantity: Quantity | None) -> tuple[float | None, float | None]:
    """The interval that a quantity may lie in; None is open. "More than 3,000" is 3,000 and up."""
    if quantity is None:
        return None, None
    value, lower, upper = (_float(v) for v in (quantity.value, quantity.lower, quantity.upper))
    if value is None:
        return lower, upper
    if quantity.qualifier in ("at_least", "more_than"):
        return value, upper
    if quantity.qualifier in ("at_most", "less_than"):
        return lower, value
    return value, value


def _float(value: float | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None


def _time(edtf: str | None) -> Json:
    if edtf is None:
        return {"time_from": None, "time_to": None, "time_sort": None}
    first, last = bounds(edtf)
    low = None if first is None else first.toordinal()
    high = None if last is None else last.toordinal()
    return {"time_from": low, "time_to": high, "time_sort": low if low is not None else high}


def _links(
    fact: ExtractedFact, payload: Json, mentions: tuple[EntityMention, ...], names: dict[str, str]
) -> Iterator[Json]:
    found = {(role["entity"], name) for name, role in roles_of(payload) if role.get("entity") is not None}
    found |= {(names[mention.entity], "evidence") for mention in mentions if fact.evidence.contains(mention.span)}
    for identifier, role in sorted(found):
        yield {"fact_id": payload["id"], "entity_id": identifier, "role": role}
