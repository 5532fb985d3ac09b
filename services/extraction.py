"""What would be extracted from a record, storing nothing."""

from __future__ import annotations

from extraction.wire import document_to_wire
from services.identity import article_id, find_identity_key, text_identity_key
from services.reading import Reader, check
from services.records import ArticleRecord
from services.rows import identify_entities, name_entities, name_mentions
from services.views import Json


class Extraction:
    """Extracts; touches no database."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def extract(self, record: ArticleRecord) -> Json:
        """The extraction document of the contract's section 3. Raises InvalidRecord, UnsupportedContent.

        Facts and entities have the ids that they would have once stored.
        """
        check(record)
        content = self._reader.content_of(record)
        identifier = article_id(find_identity_key(record) or text_identity_key(content.text))
        document = self._reader.extract(content)
        wire = document_to_wire(document, content.text, identifier, record.external_id)
        names = {key: row["id"] for key, row in identify_entities(document, identifier).items()}
        name_mentions(wire["mentions"], names)
        for fact in wire["facts"]:
            name_entities(fact, names)
        return wire

    def text_of(self, record: ArticleRecord) -> str:
        """The text that the spans of ``extract`` count in; for HTML what is read from it. Raises as ``extract``."""
        check(record)
        return self._reader.content_of(record).text
