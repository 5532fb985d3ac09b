"""Search on the wire."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields

from api.schemas.base import Choice, SearchText, Text, WireSchema, flag, language_tag
from api.schemas.citation import CitationSchema
from api.schemas.lists import PageSchema, SpanListQuerySchema, published_from, published_to, source_filter
from api.schemas.outgoing import choice, decimal, identifier, integer, nested, text, text_list
from api.schemas.plain import PlainSchema
from services.filters import MAX_QUERY, PASSAGE_KINDS, SEARCH_SORTS

FACETS = ("source", "language", "published", "passage_kind")
_FACET = f"({'|'.join(FACETS)})"


class PassageSchema(PlainSchema):
    """A part of an article."""

    id = identifier("Id of the passage.", "p")
    kind = choice(PASSAGE_KINDS, "What part of the article it is.")
    start = integer("Where it starts in the revision's text.", 23)
    end = integer("Where it ends, excluded.", 95)
    text = text("Its words.", "Plus de 300 dockers ont cessé le travail mardi, a annoncé Paul Rivoire.")


class HighlightSchema(PlainSchema):
    """A place in the passage's text that matches the query."""

    start = integer("Where it starts in the passage's text.", 12)
    end = integer("Where it ends, excluded.", 19)


class ScoredTermSchema(PlainSchema):
    """What one word of the query adds to a passage's score; a prefix adds a constant and has no frequencies.

    `score = weight * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / average_length))`, tf being `term_frequency`.
    """

    term = text("The word, as it is compared; it ends with * for a prefix.", "dockers")
    field = choice(
        ("text", "title", "names", "values"),
        "Where it was found: in the passage, in its article's title, among the other names of an entity mentioned "
        "there, or as another way to write a quantity or date.",
    )
    score = decimal("What it adds.", 2.17)
    weight = decimal("How much it counts for being rare (its idf).", 3.9)
    term_frequency = integer("How often it stands there.", 2, null=True)
    document_frequency = integer("In how many passages it stands.", 4, null=True)
    length = integer("Words of that field of the passage.", 15, null=True)
    average_length = decimal("Words of that field of a passage, on average.", 31.5, null=True)


class ExplanationSchema(WireSchema):
    """Why a passage has its score: BM25, the sum over the words of the query that stand in it, and bonuses."""

    passages = integer("How many passages there are in all.", 310)
    k1 = decimal("How soon more of the same word stops counting.", 0.9)
    b = decimal("How much the length counts.", 0.4)
    terms = nested(ScoredTermSchema, "The words, in the order of the query.", many=True)
    bonuses = fields.Dict(
        keys=fields.String(),
        values=fields.Float(),
        required=True,
        metadata={
            "description": "What the best passages gain besides, by name: words of the question in the title, "
            "in neighbouring passages and the like.",
            "example": {"title": 0.42},
        },
    )


class SimilarSchema(PlainSchema):
    """A near-duplicate of a passage found, in another article; `/v1/citations/{passage}` shows it."""

    passage = identifier("Id of the passage.", "p")
    article = identifier("Id of its article.", "a")
    title = text("The article's title.", "Grève des dockers à Kervalec", null=True)
    source = text("Name of the source.", "L'Écho de Kervalec")


class SearchHitSchema(WireSchema):
    """A passage that was found."""

    passage = nested(PassageSchema, "The passage.")
    score = decimal("Relevance; comparable within one answer only.", 7.31)
    highlights = nested(HighlightSchema, "What matched.", many=True)
    citation = nested(CitationSchema, "What a reader needs to check it.")
    facts = text_list("Ids of the facts in the passage, in text order.", ["f-4mqz2k7vvh3c5e6xk2m7ya4rde"])
    similar = nested(
        SimilarSchema,
        "Its near-duplicates, folded under it: nearly the same words, the same figures and denials. Best first.",
        many=True,
    )
    explanation = nested(ExplanationSchema, "What made the score; present with `explain=true`.", required=False)

    @ma.pre_dump
    def name_bounds(self, hit: Any, **_: Any) -> dict[str, Any]:
        """The hit, its highlights as objects."""
        bounds = [{"start": start, "end": end} for start, end in hit.highlights]
        shown = {
            "passage": hit.passage,
            "score": hit.score,
            "highlights": bounds,
            "citation": hit.citation,
            "facts": list(hit.facts),
            "similar": list(hit.similar),
        }
        return shown if hit.explanation is None else {**shown, "explanation": hit.explanation}


class FacetValueSchema(WireSchema):
    """A value of a facet and how many of all matching passages have it."""

    value = text("What the filter of the same name takes.", "fr")
    name = text("What a reader sees.", "fr")
    count = integer("How many passages.", 12)


class Facets(fields.Dict):
    """Counted values by facet. There are many, all of one plain shape: they are written without a schema for each."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:  # noqa: ARG002  # marshmallow's
        return {
            name: [{"value": one.value, "name": one.name, "count": one.count} for one in counted]
            for name, counted in value.items()
        }


class ChangeSchema(WireSchema):
    """A word of the query that no passage has, and a close one that some have."""

    word = fields.String(
        required=True,
        data_key="from",
        metadata={"description": "The word as it was sent.", "examples": ["dokers"]},
    )
    to = text("What may have been meant.", "dockers")
    start = integer("Where the word starts in the query, in code points.", 6)
    end = integer("Where it ends, excluded.", 12)


class DidYouMeanSchema(WireSchema):
    """Another query that may have been meant. Nothing is searched for but what was sent."""

    query = text("The query with the changes made.", "grève dockers")
    changes = nested(ChangeSchema, "What is changed, in the order of the query; at most four words.", many=True)


class SearchPageSchema(PageSchema):
    """A page of passages."""

    items = nested(SearchHitSchema, "The passages, best first unless sorted otherwise.", many=True)
    facets = Facets(
        keys=fields.String(),
        values=fields.List(fields.Nested(FacetValueSchema)),
        required=True,
        metadata={"description": "The facets asked for, by name; each most frequent first."},
    )
    did_you_mean = nested(
        DidYouMeanSchema,
        "The query with close known words for those that no passage and no entity's name has; null where there are "
        "none. Quoted and excluded words, prefixes, values of fields and numbers are left alone.",
        null=True,
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

    q = SearchText(
        MAX_QUERY,
        'What to look for: words, `"phrases"`, `+must`, `-not`, `field:value`, `prefix*`.',
        example='grève +dockers -"heure de pointe"',
        required=True,
    )
    source = source_filter()
    language = language_tag("Primary language, such as fr.")
    entity = Text(
        200, "Id, name or external id (`iso3166:FR`) of an entity mentioned in the passage.", example="Paul Rivoire"
    )
    article = Text(64, "Id of an article.")
    published_from = published_from()
    published_to = published_to()
    passage_kind = Choice(PASSAGE_KINDS, "What part of an article; every kind but boilerplate when absent.")
    sort = Choice(SEARCH_SORTS, "Order; `-` turns it round.", load_default="score")
    fold = flag(
        "Whether near-duplicates stand under the best of them, in `similar`, where the order is by score; `total` "
        "and facets count them all.",
        default=True,
    )
    explain = flag("Whether each item says what made its score, in `explanation`.")
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
