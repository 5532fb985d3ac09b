"""Entities on the wire: who and what is mentioned."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from api.schemas.base import Choice, Text, WireSchema
from api.schemas.citation import CitedSourceSchema
from api.schemas.lists import ListQuerySchema, PageSchema
from api.schemas.outgoing import choice, identifier, integer, nested, text
from services.views import EntityDetail

RELATIONS = ("stands_for", "represented_by", "demonym")
REASONS = ("capital", "seat", "ministry", "usage", "demonym")

ENTITY_TYPES = ("person", "organization", "place", "other")


class ExternalIdsSchema(WireSchema):
    """Ids of a country or capital elsewhere; those that it has none of are absent."""

    iso3166 = text("ISO 3166-1 alpha-2 code.", "FR", required=False)
    geonames = text("GeoNames id (geonames.org, CC BY 4.0).", "3017382", required=False)


class EntitySchema(WireSchema):
    """A person, organization, place or other named thing."""

    id = identifier("Id of the entity.", "e")
    type = choice(ENTITY_TYPES, "What it is.")
    name = text("Its most frequent full name.", "Paul Rivoire")
    mentions = integer("How often current articles mention it.", 9)
    articles = integer("How many current articles do.", 3)
    facts = integer("In how many facts it has a part.", 4)
    external_ids = nested(ExternalIdsSchema, "Its ids elsewhere; empty for most entities.", required=False)


class EntityNameSchema(WireSchema):
    """A way in which articles write the name."""

    name = text("As written.", "M. Rivoire")
    mentions = integer("How often.", 2)


class EntityArticleSchema(WireSchema):
    """An article that mentions the entity."""

    id = identifier("Id of the article.", "a")
    title = text("Its headline.", "Grève au port de Sète", null=True)
    url = text("Where it can be read.", "https://courrier.example/ports/greve", null=True)
    published_at = text("A day or an instant with its offset, as received.", "2025-03-14", null=True)
    source = nested(CitedSourceSchema, "Its source.")
    mentions = integer("How often it mentions the entity.", 2)


class LinkedEntitySchema(WireSchema):
    """The other end of a link."""

    id = identifier("Id of the entity.", "e")
    type = choice(ENTITY_TYPES, "What it is.")
    name = text("Its most frequent full name.", "Moscou")


class EntityLinkSchema(WireSchema):
    """How articles relate the entity to another, or a word to it."""

    relation = choice(
        RELATIONS,
        "`stands_for`: it speaks or acts for the other; `represented_by`: the other does so for it; "
        "`demonym`: a word belongs to it.",
    )
    reason = choice(REASONS, "Why: a capital, the seat of a government or assembly, a ministry, usage, or a demonym.")
    entity = nested(LinkedEntitySchema, "The other; null for a demonym.", null=True)
    word = text("The demonym, in lower case; null for other links.", "russe", null=True)
    mentions = integer("How often current articles do.", 3)
    articles = integer("How many current articles do.", 2)


class EntityDetailSchema(EntitySchema):
    """An entity with its names, links and articles."""

    names = nested(EntityNameSchema, "Its names, most frequent first.", many=True)
    links = nested(EntityLinkSchema, "At most 100 links, most frequent first.", many=True)
    in_articles = nested(EntityArticleSchema, "At most 100 articles, newest first.", many=True)

    @ma.pre_dump
    def join(self, detail: EntityDetail, **_: Any) -> dict[str, Any]:
        """The entity, its names, links and articles, in one."""
        counted = {name: getattr(detail.entity, name) for name in EntitySchema().fields}
        return {**counted, "names": detail.names, "links": detail.links, "in_articles": detail.articles}


class EntityPageSchema(PageSchema):
    """A page of entities."""

    items = nested(EntitySchema, "The entities, in order of their names.", many=True)


class EntityQuerySchema(ListQuerySchema):
    """Which entities to list."""

    q = Text(200, "Words of one of its names; accents and case do not matter.", example="rivoire")
    type = Choice(ENTITY_TYPES, "What it is.")
