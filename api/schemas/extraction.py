"""The extraction document on the wire: the contract's section 3."""

from __future__ import annotations

from api.schemas.base import WireSchema
from api.schemas.entity import ENTITY_TYPES, ExternalIdsSchema
from api.schemas.fact import BASES, CHANGES, QUALIFIERS, ExtractedFactSchema, SpanSchema
from api.schemas.outgoing import choice, decimal, integer, nested, sha256, text
from services.filters import PASSAGE_KINDS

LINK_REASONS = ("capital", "seat", "ministry", "usage")


class TilePassageSchema(WireSchema):
    """A part of the text; in order, they tile it."""

    start = integer("Where it starts.", 0)
    end = integer("Where it ends, excluded.", 21)
    kind = choice(PASSAGE_KINDS, "What it is.")
    rule = text("What set it aside as boilerplate; null otherwise.", null=True)


class StandsForSchema(WireSchema):
    """For whom a name speaks or acts where it is used."""

    name = text("Name of what it stands for.", "Russie")
    entity = text("Key of what it stands for.", "place:ru")
    reason = choice(LINK_REASONS, "Why: a capital, the seat of a government or assembly, a ministry, or press usage.")


class DemonymMentionSchema(SpanSchema):
    """A word that belongs to a country and is no name."""

    name = text("Name of the country.", "Russie")
    entity = text("Key of the country.", "place:ru")


class EntityMentionSchema(SpanSchema):
    """A name in the text."""

    type = choice(ENTITY_TYPES, "What it names.")
    name = text("The canonical name in this article.", "Paul Rivoire")
    entity = text("The key that all mentions of the same entity share.", "person:paul rivoire")
    external_ids = nested(ExternalIdsSchema, "Ids of a country or capital elsewhere.", required=False)
    stands_for = nested(StandsForSchema, "Present where the name speaks or acts for another.", required=False)


class QuantityMentionSchema(SpanSchema):
    """An amount in the text."""

    value = decimal("The number; null where only bounds are known.", 300, null=True)
    lower = decimal("Lower bound.", null=True)
    upper = decimal("Upper bound.", null=True)
    qualifier = choice(QUALIFIERS, "How the number is to be read.")
    unit = text("As in facts.", "person", null=True)
    change = choice(CHANGES, "Present where the number is a change.", required=False)


class TimeMentionSchema(SpanSchema):
    """A time expression in the text."""

    edtf = text("ISO 8601-2 level 1; null where unresolved.", "2025-03-11", null=True)
    basis = choice(BASES, "What the value was resolved against.")
    reason = text("Why it is unresolved; absent otherwise.", required=False)


class MentionsSchema(WireSchema):
    """What was found in the passages that are not boilerplate."""

    entities = nested(EntityMentionSchema, "Names.", many=True)
    quantities = nested(QuantityMentionSchema, "Amounts.", many=True)
    times = nested(TimeMentionSchema, "Time expressions.", many=True)
    demonyms = nested(
        DemonymMentionSchema, "Nouns and adjectives of nationality, if there are any.", many=True, required=False
    )


class ExtractionDocumentSchema(WireSchema):
    """Everything that an article's text yields."""

    external_id = text("As in the record.", "port-17", null=True)
    language = text("BCP 47; detected where the record gave none.", "fr")
    text_sha256 = sha256("SHA-256 of the text's UTF-8 bytes.")
    passages = nested(TilePassageSchema, "The parts of the text, in order.", many=True)
    mentions = nested(MentionsSchema, "What is mentioned.")
    facts = nested(ExtractedFactSchema, "What is stated.", many=True)
