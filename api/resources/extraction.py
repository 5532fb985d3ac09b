"""What would be extracted, storing nothing."""

from __future__ import annotations

from typing import Any

from api.context import newsroom
from api.operations import Operations
from api.schemas.article import RECORD_EXAMPLE, ArticleRecordSchema
from api.schemas.extraction import ExtractionDocumentSchema
from services.records import ArticleRecord

extraction = Operations("extract", __name__, url_prefix="/v1/extract", description="Extraction without storage.")


@extraction.operation("POST", "", ExtractionDocumentSchema, body=ArticleRecordSchema, body_example=RECORD_EXAMPLE)
def extract(_: dict[str, Any], record: ArticleRecord) -> object:
    """See what an article would yield

    Passages, mentions and facts; nothing is stored.
    """
    return newsroom().extraction.extract(record)
