"""Citations as plain JSON values, in the shape of the contract's section 5."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

from services.views import CitationView, FactView, Json


def citation_to_wire(citation: CitationView) -> Json:
    """The citation; instants in RFC 3339, in UTC with ``Z``."""
    wire = asdict(citation)
    wire["article"]["authors"] = list(citation.article.authors)
    wire["revision"]["retrieved_at"] = instant_to_wire(citation.revision.retrieved_at)
    return wire


def fact_to_wire(fact: FactView) -> Json:
    """The fact with its ``citation``."""
    return {**fact.payload, "citation": citation_to_wire(fact.citation)}


def instant_to_wire(instant: datetime) -> str:
    """RFC 3339, in UTC with ``Z``."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
