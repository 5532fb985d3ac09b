"""What would be extracted, storing nothing."""

from __future__ import annotations

from typing import Any

from api.context import newsroom
from api.offsets import Utf16
from api.operations import Operations
from api.schemas.article import RECORD_EXAMPLE, ArticleRecordSchema
from api.schemas.extraction import ExtractionDocumentSchema
from api.schemas.lists import SpanQuerySchema
from services.records import ArticleRecord

extraction = Operations("extract", __name__, url_prefix="/v1/extract", description="Extraction without storage.")


@extraction.operation(
    "POST",
    "",
    ExtractionDocumentSchema,
    query=SpanQuerySchema,
    body=ArticleRecordSchema,
    body_example=RECORD_EXAMPLE,
)
def extract(query: dict[str, Any], record: ArticleRecord) -> object:
    """See what an article would yield

    Passages, mentions and facts; nothing is stored.
    """
    document = newsroom().extraction.extract(record)
    if query["offset_unit"] != "utf16":
        return document
    return Utf16(newsroom().extraction.text_of(record)).convert(document)
