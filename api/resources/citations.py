"""Citations: what a reader needs to check a passage or fact."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.citation_page import address_of, html_response, text_response
from api.context import newsroom
from api.negotiation import wanted_form
from api.operations import Operations
from api.schemas.citation import CitationDetailSchema, CitationQuerySchema

citations = Operations("citations", __name__, url_prefix="/v1/citations", description="Evidence, pinned to a text.")

FORMS = {"json": "application/json", "text": "text/plain", "html": "text/html"}


@citations.operation(
    "GET",
    "/<identifier:citation_id>",
    CitationDetailSchema,
    query=CitationQuerySchema,
    problems=(404, 406, 410),
    content={
        "text/plain": {"schema": {"type": "string", "description": "The words and where they stand."}},
        "text/html": {"schema": {"type": "string", "description": "A page with the evidence marked."}},
    },
)
def get_citation(query: dict[str, Any], citation_id: str) -> object:
    """Read a citation

    The id is that of the cited passage or fact. The form follows `Accept`, or `format`: JSON, plain text, or a page
    for readers. Of a withdrawn article it answers 410 with ids and dates and no text.
    """
    form = wanted_form(FORMS, query.get("format"))
    detail = newsroom().citations.get(citation_id)
    headers = {"Vary": "Accept, Accept-Language", "Link": f'<{address_of(citation_id)}>; rel="canonical"'}
    if form == "json":
        return detail, headers
    response: Response = html_response(detail) if form == "html" else text_response(detail)
    return response, headers
