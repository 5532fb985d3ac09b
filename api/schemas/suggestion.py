"""Suggestions on the wire: what an unfinished query may become."""

from __future__ import annotations

from api.schemas.base import QuerySchema, SearchText, WireSchema, language_tag, whole_number
from api.schemas.entity import ENTITY_TYPES
from api.schemas.outgoing import choice, identifier, integer, nested, text
from services.filters import MAX_QUERY, MAX_SUGGESTIONS


class SuggestedTermSchema(WireSchema):
    """A word that begins so."""

    term = text("The word, as passages write it.", "dockers")
    passages = integer("In how many passages it stands.", 12)


class SuggestedEntitySchema(WireSchema):
    """An entity that has a name which begins so, or a word of one."""

    id = identifier("Id of the entity.", "e")
    type = choice(ENTITY_TYPES, "What it is.")
    name = text("Its most frequent full name.", "Paul Rivoire")
    articles = integer("How many current articles mention it.", 3)


class SuggestionsSchema(WireSchema):
    """What an unfinished query may become."""

    start = integer("Where the last word of `q` starts, in code points; null where there is no word.", 6, null=True)
    end = integer("Where it ends, excluded.", 9, null=True)
    terms = nested(SuggestedTermSchema, "Words that complete the last one, most frequent first.", many=True)
    entities = nested(
        SuggestedEntitySchema,
        "Entities: first those with a name that begins as more of the last words, then those in more articles.",
        many=True,
    )


class SuggestQuerySchema(QuerySchema):
    """What is typed so far."""

    q = SearchText(
        MAX_QUERY,
        "What is typed so far, if only nothing; accents and case do not matter.",
        example="grève doc",
        required=True,
        metadata={"minLength": 0},
    )
    limit = whole_number("How many terms and how many entities at most.", 1, MAX_SUGGESTIONS, 10)
    language = language_tag("Primary language of the passages that terms are taken from and counted in.")
