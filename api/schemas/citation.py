"""Citations on the wire: the contract's section 5."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from api.schemas.base import Choice, WireSchema
from api.schemas.lists import SpanQuerySchema
from api.schemas.outgoing import choice, identifier, instant, integer, nested, sha256, text, text_list
from api.schemas.plain import PlainSchema
from services.views import CitationDetail

CITATION_FORMATS = ("json", "text", "html")


class CitedArticleSchema(PlainSchema):
    """The article that is cited."""

    id = identifier("Id of the article.", "a")
    title = text("Its headline.", "Grève au port de Sète", null=True)
    url = text("Where it can be read.", "https://courrier.example/ports/greve", null=True)
    authors = text_list("Who signed it.", ["Inès Carbonnel"])
    published_at = text("A day or an instant with its offset, as received.", "2025-03-14", null=True)
    language = text("BCP 47.", "fr")


class CitedSourceSchema(PlainSchema):
    """The source that is cited."""

    id = identifier("Id of the source.", "s")
    name = text("Its name.", "Le Courrier des Ports")
    url = text("Its home page.", "https://courrier.example", null=True)


class CitedRevisionSchema(PlainSchema):
    """The text that the citation is pinned to."""

    number = integer("Number of the revision.", 1)
    text_sha256 = sha256("SHA-256 of the text's UTF-8 bytes.")
    retrieved_at = instant("When this text came in.")


class SelectorSchema(PlainSchema):
    """Where the evidence stands: W3C TextQuoteSelector and TextPositionSelector in one."""

    exact = text("The very words.", "Plus de 300 dockers ont cessé le travail mardi")
    prefix = text("Up to 32 characters before.", "Grève au port de Sète\n\n")
    suffix = text("Up to 32 characters after.", ", a annoncé Paul Rivoire.")
    start = integer("Where the words start in the revision's text.", 23)
    end = integer("Where they end, excluded.", 69)


class CitationSchema(PlainSchema):
    """What a reader needs to check a passage or fact."""

    id = identifier("Id of the cited passage or fact.", "f")
    article = nested(CitedArticleSchema, "The article.")
    source = nested(CitedSourceSchema, "Its source.")
    revision = nested(CitedRevisionSchema, "The text cited.")
    selector = nested(SelectorSchema, "The evidence.")
    text_fragment_url = text("A link that browsers scroll to the evidence; null without URL.", null=True)
    status = choice(("current", "superseded", "withdrawn"), "Whether the article still says so.")


class CitationQuerySchema(SpanQuerySchema):
    """In which form to give a citation; without `format`, the `Accept` header decides."""

    format = Choice(CITATION_FORMATS, "json, text (plain) or html (a page for readers).")


class CitedPassageSchema(WireSchema):
    """The passage in which the evidence stands."""

    id = identifier("Id of the passage.", "p")
    kind = text("What part of the article it is.", "body")
    start = integer("Where it starts in the revision's text.", 23)
    end = integer("Where it ends, excluded.", 95)
    text = text("Its words.", "Plus de 300 dockers ont cessé le travail mardi, a annoncé Paul Rivoire.")


class CitedPlaceSchema(WireSchema):
    """Where in the passage's text the evidence stands."""

    start = integer("Where it starts in the passage's text.", 0)
    end = integer("Where it ends, excluded.", 46)


class CitationDetailSchema(CitationSchema):
    """A citation with its passage."""

    passage = nested(CitedPassageSchema, "The passage around the evidence.")
    highlight = nested(CitedPlaceSchema, "The evidence in the passage's text.")
    fact = identifier("Id of the cited fact; null where the passage itself is cited.", "f", null=True)
    rights = text("Under what terms the article may be used.", "© Le Courrier des Ports", null=True)

    @ma.pre_dump
    def join(self, detail: CitationDetail, **_: Any) -> dict[str, Any]:
        """The citation and its passage, in one."""
        start, end = detail.highlight
        cited = {name: getattr(detail.citation, name) for name in CitationSchema().fields}
        return {
            **cited,
            "passage": detail.passage,
            "highlight": {"start": start, "end": end},
            "fact": None if detail.fact is None else detail.fact["id"],
            "rights": detail.rights,
        }
