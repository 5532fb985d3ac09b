"""Articles on the wire: the record that comes in, and articles and revisions as they go out."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields

from api.schemas.base import Choice, Text, WireSchema, country_code, language_tag, moment, texts, web_address
from api.schemas.lists import ListQuerySchema, PageSchema, published_from, published_to, source_filter
from api.schemas.outgoing import boolean, choice, identifier, instant, integer, nested, sha256, text, text_list
from services.filters import ARTICLE_SORTS
from services.records import MAX_TEXT, ArticleRecord, SourceRecord

_MAX_HTML = 2_000_000
_MAX_ITEMS = 100

RECORD_EXAMPLE = {
    "external_id": "port-17",
    "source": {"name": "Le Courrier des Ports", "url": "https://courrier.example", "country": "FR"},
    "url": "https://courrier.example/ports/greve",
    "title": "Grève au port de Sète",
    "authors": ["Inès Carbonnel"],
    "language": "fr",
    "published_at": "2025-03-14",
    "text": "Grève au port de Sète\n\nPlus de 300 dockers ont cessé le travail mardi, a annoncé Paul Rivoire.",
    "tags": ["ports"],
}


class IncomingSchema(WireSchema):
    """A shape that clients send, in which null counts as absent."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:  # noqa: ARG002  # marshmallow's
        """Describe what need not be sent as nullable."""
        field_obj.allow_none = not field_obj.required

    @ma.pre_load
    def drop_nulls(self, data: Any, **_: Any) -> Any:
        """Leave out the members that are null."""
        return {k: v for k, v in data.items() if v is not None} if isinstance(data, dict) else data


class SourceRecordSchema(IncomingSchema):
    """Who publishes the article."""

    name = Text(200, "Name of the outlet or institution.", example="Le Courrier des Ports", required=True)
    url = web_address("Its home page; its host identifies the source.", "https://courrier.example")
    country = country_code("Where it is based: ISO 3166-1 alpha-2.")

    @ma.post_load
    def make(self, data: dict[str, Any], **_: Any) -> SourceRecord:
        """The service's value."""
        return SourceRecord(**data)


class ArticleRecordSchema(IncomingSchema):
    """An article as received: the body of a submission, and one line of an NDJSON file.

    Exactly one of `text` and `html` is given and not blank; null counts as absent.
    """

    source = fields.Nested(
        SourceRecordSchema,
        required=True,
        metadata={"description": "Who publishes it."},
        error_messages={"required": "This is missing; send it."},
    )
    external_id = Text(255, "The source's own identifier of the article.", example="port-17")
    url = web_address("Where the article can be read.", "https://courrier.example/ports/greve")
    title = Text(1000, "Its headline.", example="Grève au port de Sète")
    authors = texts(Text(200, "A name."), _MAX_ITEMS, "Who signed it", ["Inès Carbonnel"])
    language = language_tag("BCP 47; detected when absent.")
    published_at = moment("The source's own day, or an RFC 3339 instant with its offset.")
    text = Text(MAX_TEXT, "The text, stored exactly as received.", example="Plus de 300 dockers ont cessé le travail.")
    html = Text(_MAX_HTML, "The page instead of the text; it is kept, and its text extracted.")
    rights = Text(2000, "Under what terms it may be used.", example="© Le Courrier des Ports")
    tags = texts(Text(100, "A tag."), _MAX_ITEMS, "Free tags", ["ports"])

    @ma.validates_schema(skip_on_field_errors=True)
    def one_content(self, data: dict[str, Any], **_: Any) -> None:
        """Exactly one of text and html."""
        if ("text" in data) == ("html" in data):
            cause = "Both text and html are given" if "text" in data else "Neither text nor html is given"
            raise ma.ValidationError(f"{cause}; send exactly one of them.", "text")

    @ma.post_load
    def make(self, data: dict[str, Any], **_: Any) -> ArticleRecord:
        """The service's value."""
        lists = {name: tuple(data.get(name, ())) for name in ("authors", "tags")}
        return ArticleRecord(**{**data, **lists})


class SourceReferenceSchema(WireSchema):
    """The source of an article."""

    id = identifier("Id of the source.", "s")
    name = text("Its name.", "Le Courrier des Ports")
    url = text("Its home page.", "https://courrier.example", null=True)
    country = text("ISO 3166-1 alpha-2.", "FR", null=True)


class RevisionSchema(WireSchema):
    """One immutable text of an article."""

    article_id = identifier("Id of the article.", "a")
    number = integer("1 for the first text, 2 for the next.", 1)
    text_sha256 = sha256("SHA-256 of the text's UTF-8 bytes.")
    retrieved_at = instant("When this text came in.")
    characters = integer("Its length in Unicode code points.", 2140)
    passages = integer("How many passages it has.", 12)
    facts = integer("How many facts it states.", 31)
    has_html = boolean("Whether it was extracted from HTML, which is kept.")
    current = boolean("Whether it is the article's newest text.")


class RevisionListSchema(WireSchema):
    """All texts of an article, oldest first."""

    items = nested(RevisionSchema, "The revisions.", many=True)
    total = integer("How many there are.", 1)


class ArticleSchema(WireSchema):
    """An article with its current revision."""

    id = identifier("Id of the article.", "a")
    source = nested(SourceReferenceSchema, "Who published it.")
    external_id = text("The source's own identifier.", "port-17", null=True)
    url = text("Where it can be read.", "https://courrier.example/ports/greve", null=True)
    title = text("Its headline.", "Grève au port de Sète", null=True)
    authors = text_list("Who signed it.", ["Inès Carbonnel"])
    language = text("BCP 47; detected where the record gave none.", "fr")
    published_at = text("A day or an instant with its offset, as received.", "2025-03-14", null=True)
    rights = text("Under what terms it may be used.", "© Le Courrier des Ports", null=True)
    tags = text_list("Free tags.", ["ports"])
    status = choice(("current", "withdrawn"), "Whether it is still published here.")
    revision = nested(RevisionSchema, "Its newest text.")
    passages = integer("How many passages the newest text has.", 12)
    facts = integer("How many facts it states.", 31)
    created_at = instant("When it first came in.")
    updated_at = instant("When it last changed.")


class ArticlePageSchema(PageSchema):
    """A page of articles."""

    items = nested(ArticleSchema, "The articles, newest first unless sorted otherwise.", many=True)


class ArticleQuerySchema(ListQuerySchema):
    """Which articles to list; `url` and `external_id` look one up."""

    source = source_filter()
    language = language_tag("Primary language, such as fr.")
    entity = Text(200, "Id, name or external id (`iso3166:FR`) of an entity that the article mentions.")
    published_from = published_from()
    published_to = published_to()
    url = Text(2048, "Its address, compared in canonical form.", example="https://courrier.example/ports/greve")
    external_id = Text(255, "The source's own identifier.", example="port-17")
    sort = Choice(ARTICLE_SORTS, "Order; `-` turns it round.", load_default="-published_at")
