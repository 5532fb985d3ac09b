"""What the index holds of a passage, and how it goes into Whoosh's fields."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from search_index.analysis import encode, group_of, words


@dataclass(frozen=True, slots=True)
class PassageDocument:
    """One passage to be found.

    ``published_on`` is the source's own day, by which filters and facets go; ``published_at``, an instant with its
    offset, orders the passages of one day and may be absent. ``entity_ids`` are the entities mentioned in the passage,
    ``title`` is its article's, ``fingerprint`` is compared with the database's to tell whether the index is current.
    """

    passage_id: str
    article_id: str
    source_id: str
    language: str
    kind: str
    published_on: date | None
    entity_ids: tuple[str, ...]
    title: str
    text: str
    fingerprint: str
    published_at: datetime | None = None

    @property
    def instant(self) -> int | None:
        """Seconds since 1970 by which passages are sorted: the instant, else midnight (UTC) of the day."""
        moment = self.published_at
        if moment is None and self.published_on is not None:
            moment = datetime.combine(self.published_on, time(), UTC)
        return None if moment is None else int(moment.timestamp())


Record = tuple[str, str, str, str, str, int | None, int | None, str]
"""What is stored: ids of passage, article and source, language, kind, day (ordinal), instant, fingerprint."""


def to_fields(document: PassageDocument) -> dict[str, Any]:
    """The document as the keyword arguments of Whoosh's ``add_document``; its text already analysed."""
    group = group_of(document.language)
    found = list(words(document.text))
    day = document.published_on
    record: Record = (
        document.passage_id,
        document.article_id,
        document.source_id,
        document.language,
        document.kind,
        None if day is None else day.toordinal(),
        document.instant,
        document.fingerprint,
    )
    return {
        "record": record,
        "article": [document.article_id],
        "entity": sorted(set(document.entity_ids)),
        "text": encode(found, group),
        "title": encode(words(document.title), group),
        "surface": sorted({word.folded for word in found}),
    }


def to_json(document: PassageDocument) -> str:
    """The document on one line, for the journal that a rebuild replays."""
    return json.dumps(asdict(document), default=lambda value: value.isoformat(), separators=(",", ":"))


def from_json(line: str) -> PassageDocument:
    """The document that ``to_json`` wrote."""
    values = json.loads(line)
    day, moment = values["published_on"], values["published_at"]
    values["published_on"] = None if day is None else date.fromisoformat(day)
    values["published_at"] = None if moment is None else datetime.fromisoformat(moment)
    values["entity_ids"] = tuple(values["entity_ids"])
    return PassageDocument(**values)
