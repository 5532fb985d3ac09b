"""Search on the wire."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields

from api.schemas.base import Choice, Text, WireSchema, language_tag
from api.schemas.citation import CitationSchema
from api.schemas.lists import PageSchema, SpanListQuerySchema, published_from, published_to, source_filter
from api.schemas.outgoing import choice, decimal, identifier, integer, nested, text, text_list
from services.filters import SEARCH_SORTS

PASSAGE_KINDS = ("title", "heading", "body", "caption", "boilerplate")
FACETS = ("source", "language", "published", "passage_kind")
_FACET = f"({'|'.join(FACETS)})"
MAX_QUERY = 256


class PassageSchema(WireSchema):
    """A part of an article."""

    id = identifier("Id of the passage.", "p")
    kind = choice(PASSAGE_KINDS, "What part of the article it is.")
    start = integer("Where it starts in the revision's text.", 23)
    end = integer("Where it ends, excluded.", 95)
    text = text("Its words.", "Plus de 300 dockers ont cessé le travail mardi, a annoncé Paul Rivoire.")


class HighlightSchema(WireSchema):
    """A place in the passage's text that matches the query."""

    start = integer("Where it starts in the passage's text.", 12)
    end = integer("Where it ends, excluded.", 19)


class SearchHitSchema(WireSchema):
    """A passage that was found."""

    passage = nested(PassageSchema, "The passage.")
    score = decimal("Relevance; comparable within one answer only.", 7.31)
    highlights = nested(HighlightSchema, "What matched.", many=True)
    citation = nested(CitationSchema, "What a reader needs to check it.")
    facts = text_list("Ids of the facts in the passage, in text order.", ["f-4mqz2k7vvh3c5e6xk2m7ya4rde"])

    @ma.pre_dump
    def name_bounds(self, hit: Any, **_: Any) -> dict[str, Any]:
        """The hit, its highlights as objects."""
        bounds = [{"start": start, "end": end} for start, end in hit.highlights]
        passage, citation = hit.passage, hit.citation
        return {
            "passage": passage,
            "score": hit.score,
            "highlights": bounds,
            "citation": citation,
            "facts": list(hit.facts),
        }


class FacetValueSchema(WireSchema):
    """A value of a facet and how many of all matching passages have it."""

    value = text("What the filter of the same name takes.", "fr")
    name = text("What a reader sees.", "fr")
    count = integer("How many passages.", 12)


class SearchPageSchema(PageSchema):
    """A page of passages."""

    items = nested(SearchHitSchema, "The passages, best first unless sorted otherwise.", many=True)
    facets = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.Nested(FacetValueSchema)),
        required=True,
        metadata={"description": "The facets asked for, by name; each most frequent first."},
    )


class FacetList(fields.Field[tuple[str, ...]]):
    """Names of facets, separated by commas."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> tuple[str, ...]:  # noqa: ARG002  # marshmallow's
        names = () if value == "none" else tuple(str(value).split(","))
        if not set(names) <= set(FACETS) or len(set(names)) != len(names):
            raise ma.ValidationError(f"This is not known; send some of {','.join(FACETS)}, separated by commas.")
        return names


class SearchQuerySchema(SpanListQuerySchema):
    """What to search for.

    `q` takes words (ranked like a question), `"phrases"`, `+must`, `-not`, `field:value` and `prefix*`.
    """

    q = Text(
        MAX_QUERY,
        'What to look for: words, `"phrases"`, `+must`, `-not`, `field:value`, `prefix*`.',
        example='grève +dockers -"heure de pointe"',
        required=True,
    )
    source = source_filter()
    language = language_tag("Primary language, such as fr.")
    entity = Text(200, "Id or name of an entity mentioned in the passage.", example="Paul Rivoire")
    article = Text(64, "Id of an article.")
    published_from = published_from()
    published_to = published_to()
    passage_kind = Choice(PASSAGE_KINDS, "What part of an article; every kind but boilerplate when absent.")
    sort = Choice(SEARCH_SORTS, "Order; `-` turns it round.", load_default="score")
    facets = FacetList(
        load_default=FACETS,
        metadata={
            "type": "string",
            "description": "Which facets to count, separated by commas; `none` for none. `published` counts by month.",
            "pattern": f"^(none|{_FACET}(,{_FACET}){{0,3}})$",
            "examples": ["source,language"],
            "default": ",".join(FACETS),
        },
    )
