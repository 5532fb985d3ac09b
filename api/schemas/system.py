"""The server's own state on the wire."""

from __future__ import annotations

from api.schemas.base import WireSchema
from api.schemas.outgoing import choice, nested, text


class HealthSchema(WireSchema):
    """The process answers."""

    status = choice(("ok",), "Always ok when it answers.")
    version = text("Version of the software.", "0.1.0")


class ReadinessSchema(WireSchema):
    """Whether facts and search are current."""

    status = choice(("ready",), "Always ready when the status is 200.")
    database = choice(("ok",), "The database answers.")
    index = choice(("current",), "The index holds what the database holds.")
    extraction = choice(("ok",), "The language packs are loaded.")


class LinksSchema(WireSchema):
    """Where to go from here."""

    openapi = text("The complete description of this API.", "/openapi.yaml")
    docs = text("The same for readers, to try out.", "/docs")
    healthz = text("Whether the process answers.", "/healthz")
    readyz = text("Whether facts and search are current.", "/readyz")
    metrics = text("Counters for Prometheus.", "/metrics")
    articles = text("Articles.", "/v1/articles")
    facts = text("Facts.", "/v1/facts")
    search = text("Search.", "/v1/search")
    suggest = text("Completion.", "/v1/suggest")
    entities = text("Entities.", "/v1/entities")
    sources = text("Sources.", "/v1/sources")
    problems = text("The kinds of errors.", "/problems")


class IndexSchema(WireSchema):
    """The front door."""

    name = text("Sourcebook.", "Sourcebook")
    description = text("What this is.", "Ask what the news says, and get facts that can be checked.")
    version = text("Version of the software.", "0.1.0")
    links = nested(LinksSchema, "Where to go from here.")
