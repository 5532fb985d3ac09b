"""How raw records become texts and documents: HTML is read, languages served, nothing stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from extraction.document import Article, Document
from extraction.identity import sha256
from services.errors import FieldError, InvalidRecord, UnsupportedContent
from services.records import ArticleRecord, find_errors
from services.urls import canonical_url, host_of

HtmlReader = Callable[[str], str]


class Extractor(Protocol):
    """What reads articles; ``extraction.pipeline.Pipeline`` is one."""

    def extract(self, article: Article) -> Document:
        """Passages, mentions and facts of one article."""
        ...


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a record, and the original HTML where that is what came."""

    text: str
    text_sha256: str
    html: str | None


class Reader:
    """Reads records with an extractor, and HTML with ``read_html``, which raises UnsupportedContent."""

    def __init__(self, extractor: Extractor, read_html: HtmlReader) -> None:
        self._extractor = extractor
        self._read_html = read_html

    def content_of(self, record: ArticleRecord) -> Content:
        """The record's text, extracted from its HTML where need be. Raises UnsupportedContent."""
        if record.text is not None:
            return Content(record.text, sha256(record.text), None)
        text = self._read_html(record.html or "")
        if not text.strip():
            raise UnsupportedContent("The HTML holds no text.")
        return Content(text, sha256(text), record.html)

    def extract(self, record: ArticleRecord, text: str) -> Document:
        """What the text of a record says."""
        article = Article(text, record.language, record.published_at, record.title)
        return self._extractor.extract(article)


def check(record: ArticleRecord) -> None:
    """Raise InvalidRecord with every field that breaks a rule."""
    errors = find_errors(record)
    for pointer, url, read in (("/url", record.url, canonical_url), ("/source/url", record.source.url, host_of)):
        try:
            if url is not None:
                read(url)
        except ValueError:
            errors.append(FieldError(pointer, "must be an absolute http or https URL"))
    if errors:
        raise InvalidRecord(errors)
