"""Deterministic ids: the same statement in the same text has the same id on every machine, at every new extraction."""

from __future__ import annotations

import base64
import hashlib
import json
import unicodedata
from functools import lru_cache

from extraction.document import Fact, Passage

_HYPHENS = str.maketrans(dict.fromkeys("-\u2010\u2011\u2013", " "))


_LONG_NAME = 60  # characters; longer ones would only fill the memory


def digest(prefix: str, *parts: object) -> str:
    """``prefix-`` and 26 lower-case base-32 characters (128 bits of SHA-256) of the parts, as JSON."""
    written = json.dumps(parts, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    raw = hashlib.sha256(written.encode("ascii")).digest()[:16]
    return f"{prefix}-{base64.b32encode(raw).decode('ascii').rstrip('=').lower()}"


def sha256(text: str) -> str:
    """Hexadecimal SHA-256 of the text's UTF-8 bytes. Raises UnicodeEncodeError for a lone surrogate."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def fold(text: str) -> str:
    """For comparing names: lower case, without accents, apostrophes and hyphens unified, single spaces."""
    return _fold_name(text) if len(text) <= _LONG_NAME else _fold(text)


@lru_cache(maxsize=16_384)  # the names and words of an article are compared over and over
def _fold_name(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    text = text.replace("\u2019", "'").casefold()
    if not text.isascii():
        spread = unicodedata.normalize("NFD", text.replace("œ", "oe").replace("æ", "ae"))
        text = "".join(c for c in spread if not unicodedata.combining(c))
    return " ".join(text.translate(_HYPHENS).split())


def plain_number(number: float | None) -> float | None:
    """A whole number as a whole number, as the wire and the ids write it: 3000, not 3000.0."""
    return int(number) if number is not None and float(number).is_integer() else number


def passage_id(article_id: str, text_sha256: str, passage: Passage) -> str:
    """Id of a passage (``p-…``), from its article, its revision's hash and its span."""
    return digest("p", article_id, text_sha256, passage.span.start, passage.span.end)


def fact_id(article_id: str, text_sha256: str, fact: Fact) -> str:
    """Id of a fact (``f-…``), from article, revision's hash, kind, spans of evidence and focus, normalised value."""
    value: tuple[object, ...] = ()
    if fact.quantity is not None:
        q = fact.quantity
        value = (plain_number(q.value), plain_number(q.lower), plain_number(q.upper), q.qualifier, q.unit, q.change)
    elif fact.quotation is not None:
        value = (fact.quotation.style,)
    elif fact.event is not None:
        value = (fact.event.predicate.lemma,)
    spans = (fact.evidence.start, fact.evidence.end, fact.focus.start, fact.focus.end)
    return digest("f", article_id, text_sha256, fact.kind, spans, value)
