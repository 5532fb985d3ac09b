"""Ids of sources, articles and entities: derived from what identifies each, so every machine gives the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from extraction.identity import digest, fold, sha256
from extraction.names import find_known, read_table
from extraction.place_ids import load_place_ids
from services.records import ArticleRecord, SourceRecord
from services.urls import canonical_url, host_of

_NAME_KEY = 200  # code points
_BEGINNING = 60  # code points
_MOST_BEGINNINGS = 8
_NAME_WORD = re.compile(r"[^\W_][^\s']*")


def source_id(source: SourceRecord) -> str:
    """``s-…`` from the host of the source's URL, else from its folded name."""
    if source.url is not None:
        return digest("s", "host", host_of(source.url))
    return digest("s", "name", fold(source.name))


def find_identity_key(record: ArticleRecord) -> str | None:
    """What identifies a record by its own words: its source's id for it, else its canonical URL; None for neither."""
    if record.external_id is not None:
        return f"external {source_id(record.source)} {record.external_id}"
    if record.url is not None:
        return f"url {canonical_url(record.url)}"
    return None


def text_identity_key(text: str) -> str:
    """What identifies a record that has nothing but its text."""
    return f"text {sha256(text)}"


def article_id(identity_key: str) -> str:
    """``a-…`` from an identity key."""
    return digest("a", identity_key)


def name_key(name: str) -> str:
    """By what names are ordered and compared: folded, and short enough for a cursor whatever a client sent."""
    return fold(name)[:_NAME_KEY]


def name_beginnings(name: str) -> tuple[str, ...]:
    """By what a name is completed: folded and shortened, as a whole and from each of its further words on."""
    folded = fold(name)
    starts = [match.start() for match in _NAME_WORD.finditer(folded)]
    return tuple(dict.fromkeys(folded[start : start + _BEGINNING] for start in starts[:_MOST_BEGINNINGS]))


def entity_id(entity_type: str, key: str, name: str, in_article: str) -> tuple[str, str | None]:
    """``e-…`` and the article that it is known in alone, None for everywhere.

    A person of whom an article gives one name only is known in that article: two stories may each have their Martin.
    """
    if entity_type == "person" and len(fold(name).split()) == 1:
        return digest("e", entity_type, key, in_article), in_article
    return digest("e", entity_type, key), None


@lru_cache(maxsize=1)
def external_ids() -> Mapping[str, Mapping[str, str]]:
    """Entity id -> its ids elsewhere by scheme, for the places that have any."""
    return {digest("e", "place", key): place.external_ids for key, place in load_place_ids().items()}


@lru_cache(maxsize=1)
def _by_external_id() -> Mapping[str, str]:
    found = ((entity, scheme, value) for entity, ids in external_ids().items() for scheme, value in ids.items())
    return {f"{scheme}:{value}".lower(): entity for entity, scheme, value in found}


def find_by_external_id(scheme_and_id: str) -> str | None:
    """The entity id of "iso3166:FR" or "geonames:3017382", None for any other words."""
    return _by_external_id().get(scheme_and_id.lower())


def find_by_known_name(name: str) -> str | None:
    """The entity id of what the gazetteer has under a name, in whichever language; None for other names.

    Names with other bearers are left aside.
    """
    known = find_known(name)
    return None if known is None or known.needs else digest("e", known.type, f"{known.type}:{known.key}")


def known_names(entity: str) -> tuple[str, ...]:
    """The names that the gazetteer has for an entity id, in every language; none for most."""
    return _known_names().get(entity, ())


@lru_cache(maxsize=1)
def _known_names() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for kind, key, names, _ in read_table("gazetteer.tsv", 4):
        found[digest("e", kind, f"{kind}:{key}")] += tuple(name.rpartition(":")[2] for name in names.split("|"))
    return found
