"""What would be extracted from a record, storing nothing."""

from __future__ import annotations

from services.records import ArticleRecord
from services.views import Json


class Extraction:
    """Extracts; touches no database."""

    def extract(self, record: ArticleRecord) -> Json:
        """The extraction document of the contract's section 3. Raises InvalidRecord, UnsupportedContent."""
        raise NotImplementedError
