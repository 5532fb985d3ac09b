"""Facts on the wire: the contract's section 4."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from api.schemas.base import Choice, SearchText, Text, WireSchema, day, language_tag, number
from api.schemas.citation import CitationSchema
from api.schemas.lists import PageSchema, SpanListQuerySchema, published_from, published_to, source_filter
from api.schemas.outgoing import choice, decimal, identifier, integer, nested, text, text_list
from services.filters import FACT_SORTS, MAX_QUERY
from services.finder import MAX_PASSAGES
from services.views import FactView

KINDS = ("quantity", "quotation", "event")
POLARITIES = ("affirmed", "negated", "denied")
MODALITIES = ("asserted", "planned", "possible")
QUALIFIERS = ("exact", "about", "at_least", "at_most", "more_than", "less_than", "range")
CHANGES = ("increase", "decrease")
EXAMPLE_FACT = "f-4mqz2k7vvh3c5e6xk2m7ya4rde"
BASES = ("explicit", "published_at", "context", "unresolved")


class SpanSchema(WireSchema):
    """Words of the revision's text: `exact` is the text from `start` to `end`, excluded."""

    start = integer("Where it starts.", 23)
    end = integer("Where it ends, excluded.", 69)
    exact = text("The very words.", "Plus de 300 dockers")


class RoleSchema(SpanSchema):
    """Words that play a part in a fact and, where they name an entity, which."""

    name = text("The entity's name in this article.", "Paul Rivoire", required=False)
    entity = text("Id of the entity.", "e-4mqz2k7vvh3c5e6xk2m7ya4rde", required=False, null=True)


class CueSchema(WireSchema):
    """The word that attributes."""

    lemma = text("Its infinitive or base form.", "annoncer")
    exact = text("As it stands in the text.", "a annoncé")


class AttributionSchema(SpanSchema):
    """Who the article says is the origin of the fact."""

    name = text("The name that the article gives.", "Paul Rivoire", null=True)
    entity = text("Id of the entity.", "e-4mqz2k7vvh3c5e6xk2m7ya4rde", null=True)
    cue = nested(CueSchema, "The word that attributes; null where attribution goes on from before.", null=True)


class FactTimeSchema(WireSchema):
    """When it happened, as the article says."""

    exact = text("The words.", "mardi")
    edtf = text("ISO 8601-2 level 1; null where unresolved.", "2025-03-11", null=True)
    basis = choice(BASES, "What the value was resolved against.")


class QuantitySchema(WireSchema):
    """A normalised amount and what it counts or measures."""

    anchor = nested(SpanSchema, "The number with its qualifier and unit.")
    value = decimal("The number; null where only bounds are known.", 300, null=True)
    lower = decimal("Lower bound.", null=True)
    upper = decimal("Upper bound.", null=True)
    qualifier = choice(QUALIFIERS, "How the number is to be read.")
    unit = text("`person`, a measure, `percent`, an ISO 4217 code…; null for things counted.", "person", null=True)
    of = nested(RoleSchema, "What is counted or measured.", null=True)
    change = choice(CHANGES, "Present where the number is a change.", required=False)


class QuotationSchema(WireSchema):
    """Reported words; the speaker is the fact's attribution."""

    style = choice(("direct", "indirect"), "In quotation marks, or reported.")
    content = nested(SpanSchema, "The words, without quotation marks.")


class PredicateSchema(SpanSchema):
    """What happened."""

    lemma = text("Infinitive.", "cesser")


class EventSchema(WireSchema):
    """Who did what to whom."""

    predicate = nested(PredicateSchema, "What happened.")
    subject = nested(RoleSchema, "Who did it.", null=True)
    object = nested(RoleSchema, "To whom or what.", null=True)


class ExtractorSchema(WireSchema):
    """Which rules found the fact."""

    name = text("Name of the rules.", "fr.quantity")
    version = text("Their version.", "1")


class ExtractedFactSchema(WireSchema):
    """One statement of an article; of `quantity`, `quotation` and `event` the one named by `kind` is present."""

    id = identifier("Id of the fact, the same at every extraction.", "f")
    kind = choice(KINDS, "Which kind of statement.")
    evidence = nested(SpanSchema, "The words that state it.")
    attribution = nested(AttributionSchema, "Who says so; null in the article's own voice.", null=True)
    polarity = choice(POLARITIES, "Whether it is said to be so, not to be so, or is a denial.")
    modality = choice(MODALITIES, "Whether it is said to be, planned or possible.")
    time = nested(FactTimeSchema, "When.", null=True)
    place = nested(RoleSchema, "Where.", null=True)
    quantity = nested(QuantitySchema, "Present for a quantity.", required=False)
    quotation = nested(QuotationSchema, "Present for a quotation.", required=False)
    event = nested(EventSchema, "Present for an event.", required=False)
    confidence = decimal("From 0 to 1.", 0.9)
    extractor = nested(ExtractorSchema, "Which rules found it.")
    denied_by = text_list("Ids of the facts that deny it; absent where none does.", [EXAMPLE_FACT], required=False)


class FactSchema(ExtractedFactSchema):
    """A stored fact with its citation."""

    citation = nested(CitationSchema, "What a reader needs to check it.")

    @ma.pre_dump
    def join(self, view: FactView, **_: Any) -> dict[str, Any]:
        """The payload and its citation, in one."""
        return {**view.payload, "citation": view.citation}


class FactPageSchema(PageSchema):
    """A page of facts."""

    items = nested(FactSchema, "The facts.", many=True)


class FactQuerySchema(SpanListQuerySchema):
    """Which facts to list."""

    q = SearchText(
        MAX_QUERY,
        f"Words of the evidence, in the search syntax; looked for in the {MAX_PASSAGES:,} passages that answer best.",
        example="dockers",
    )
    kind = Choice(KINDS, "Which kind of statement.")
    entity = Text(200, "Id, name or external id (`iso3166:FR`) of an entity in the fact.", example="Paul Rivoire")
    speaker = Text(200, "Words of the speaker's name, or an entity's id.", example="Rivoire")
    source = source_filter()
    article = Text(64, "Id of an article.")
    language = language_tag("Primary language, such as fr.")
    unit = Text(40, "Unit of the quantity.", example="person")
    value_min = number("Lowest value; a fact matches when its interval overlaps.")
    value_max = number("Highest value; likewise.")
    time_from = day("First day of the event; a fact matches when its interval overlaps.")
    time_to = day("Last day of the event; likewise.")
    published_from = published_from()
    published_to = published_to()
    polarity = Choice(POLARITIES, "Affirmed, negated or a denial.")
    modality = Choice(MODALITIES, "Asserted, planned or possible.")
    confidence_min = number("Lowest confidence, from 0 to 1.", 0, 1)
    sort = Choice(FACT_SORTS, "Order; `-` turns it round.")
