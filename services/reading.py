"""How raw records become texts and documents: HTML is read, languages served, nothing stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from extraction.document import Article, Document
from extraction.html import HtmlArticle, HtmlError
from extraction.identity import sha256
from services.errors import FieldError, InvalidRecord, UnsupportedContent
from services.records import MAX_TEXT, ArticleRecord, find_errors
from services.urls import canonical_url, host_of

HtmlReader = Callable[[str], HtmlArticle]


class Extractor(Protocol):
    """What reads articles; ``extraction.pipeline.Pipeline`` is one."""

    @property
    def version(self) -> str:
        """What a whole reading by it is stored under: one with another version may find something else."""
        ...

    def extract(self, article: Article) -> Document:
        """Passages, mentions and facts of one article."""
        ...


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a record, and the original HTML where that is what came.

    ``record`` is the record with what the HTML says of its article where the record itself says nothing.
    """

    record: ArticleRecord
    text: str
    text_sha256: str
    html: str | None


class Reader:
    """Reads records with an extractor, and HTML with ``read_html``, which raises HtmlError."""

    def __init__(self, extractor: Extractor, read_html: HtmlReader) -> None:
        self._extractor = extractor
        self._read_html = read_html

    def content_of(self, record: ArticleRecord) -> Content:
        """The record's text, extracted from its HTML where need be. Raises UnsupportedContent."""
        if record.text is not None:
            return Content(record, record.text, sha256(record.text), None)
        html = record.html or ""
        try:
            page = self._read_html(html)
        except HtmlError as error:
            raise UnsupportedContent(str(error)) from error
        if len(page.text) > MAX_TEXT:
            raise UnsupportedContent(f"The page has {len(page.text)} characters of text; at most {MAX_TEXT} are taken.")
        return Content(_completed(record, page), page.text, sha256(page.text), html)

    def extract(self, content: Content) -> Document:
        """What the text of a record says."""
        record = content.record
        article = Article(content.text, record.language, record.published_at, record.title)
        return self._extractor.extract(article)


def _completed(record: ArticleRecord, page: HtmlArticle) -> ArticleRecord:
    return replace(
        record,
        title=record.title or page.title,
        authors=record.authors or page.authors,
        language=record.language or page.language,
        published_at=record.published_at or page.published,
    )


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
