"""What a client hands in: the article record of the contract's section 2, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.errors import FieldError

# Code points: some 80,000 words, far beyond any article. Reading costs time for each of them.
MAX_TEXT = 500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """The outlet or institution that publishes an article; ``country`` is an ISO 3166-1 alpha-2 code."""

    name: str
    url: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """One article as received. Exactly one of ``text`` and ``html`` is given and not blank.

    ``published_at`` is a day (the source's own) or an instant that has an offset.
    """

    source: SourceRecord
    text: str | None = None
    html: str | None = None
    external_id: str | None = None
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    published_at: date | datetime | None = None
    rights: str | None = None
    tags: tuple[str, ...] = ()


def find_errors(record: ArticleRecord) -> list[FieldError]:
    """The rules that hold for every record, whichever way it came in; empty for a good one."""
    errors = []
    if not record.source.name.strip():
        errors.append(FieldError("/source/name", "must not be blank"))
    if record.text is None and record.html is None:
        errors.append(FieldError("/text", "give exactly one of text and html"))
    if record.text is not None and record.html is not None:
        errors.append(FieldError("/html", "give exactly one of text and html, not both"))
    for name, value in (("text", record.text), ("html", record.html)):
        if value is not None and not value.strip():
            errors.append(FieldError(f"/{name}", "must not be blank"))
    if isinstance(record.published_at, datetime) and record.published_at.tzinfo is None:
        errors.append(FieldError("/published_at", "an instant needs its offset from UTC"))
    errors += [FieldError(pointer, message) for pointer, value in _strings(record) if (message := _unstorable(value))]
    return errors


def _unstorable(value: str) -> str | None:
    if "\0" in value:
        return "must not contain U+0000"
    if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        return "must not contain lone surrogates"
    return None


def _strings(record: ArticleRecord) -> list[tuple[str, str]]:
    named = {
        "/source/name": record.source.name,
        "/source/url": record.source.url,
        "/source/country": record.source.country,
        "/text": record.text,
        "/html": record.html,
        "/external_id": record.external_id,
        "/url": record.url,
        "/title": record.title,
        "/language": record.language,
        "/rights": record.rights,
    }
    named |= {f"/authors/{at}": author for at, author in enumerate(record.authors)}
    named |= {f"/tags/{at}": tag for at, tag in enumerate(record.tags)}
    return [(pointer, value) for pointer, value in named.items() if value is not None]
