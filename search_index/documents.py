"""What the index is told of a passage."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time


@dataclass(frozen=True, slots=True)
class PassageDocument:
    """One passage to be found.

    ``published_on`` is the source's own day, by which filters and facets go; ``published_at``, an instant with its
    offset, orders the passages of one day and may be absent. ``entity_ids`` are the entities mentioned in the passage,
    ``title`` is its article's, ``fingerprint`` is compared with the database's to tell whether the index is current.

    ``heading`` is the one above the passage; ``names`` are all names, in every language, of the entities mentioned;
    ``speakers`` those of whom it quotes; ``values`` its quantities and dates in one form each (``3000``,
    ``2024-06-19``); ``traits`` what it has, of ``layout.TRAITS``.

    The passages of an article are given in the order of the text: neighbours count for the rank.
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
    heading: str = ""
    names: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()

    @property
    def instant(self) -> int | None:
        """Seconds since 1970 by which passages are sorted: the instant, else midnight (UTC) of the day."""
        moment = self.published_at
        if moment is None and self.published_on is not None:
            moment = datetime.combine(self.published_on, time(), UTC)
        return None if moment is None else int(moment.timestamp())


_TUPLES = ("entity_ids", "names", "speakers", "values", "traits")


def to_json(document: PassageDocument) -> str:
    """The document on one line, for the journal that a rebuild replays."""
    return json.dumps(asdict(document), default=lambda value: value.isoformat(), separators=(",", ":"))


def from_json(line: str) -> PassageDocument:
    """The document that ``to_json`` wrote."""
    values = json.loads(line)
    day, moment = values["published_on"], values["published_at"]
    values["published_on"] = None if day is None else date.fromisoformat(day)
    values["published_at"] = None if moment is None else datetime.fromisoformat(moment)
    for name in _TUPLES:
        values[name] = tuple(values[name])
    return PassageDocument(**values)
