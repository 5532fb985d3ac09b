"""Offices of state in a passage, under their other names: for "le ministre de l'Intérieur", Beauvau.

A seat stands for the office of one country alone, so it needs a word of that country beside the office, or that the
article is known to be about the country; and no word of another country beside it ("le ministre de l'Intérieur
allemand"). For finding, never for reading.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from extraction.known_names import LANGUAGES, capitals, known_names
from extraction.name_lexicon import load_name_lexicon
from extraction.names import find_known, read_table
from extraction.place_ids import external_ids_of

_PLAIN = str.maketrans({"’": "'", "\n": " ", "\u00a0": " ", "\u202f": " "})
_BEFORE = re.compile(r"(?:([\w-]{1,20}) )?([\w-]{1,40})(?:'s)? ?\Z")
_AFTER = re.compile(
    r" (?:of (?:the )?|de la |de l'|de |du |des |d')?([\w-]{1,20})(?: ([\w-]{1,20}))?(?: ([\w-]{1,20}))?"
)
_REACH = 64


@dataclass(frozen=True, slots=True)
class Office:
    """``names`` in every language; ``seats`` by country, as keys.

    ``is_government``: any capital names it. ``is_national``: it has its names in one of those countries alone.
    """

    names: tuple[str, ...]
    seats: Mapping[str, str]
    is_government: bool
    is_national: bool


@lru_cache(maxsize=8)
def _offices(language: str) -> tuple[tuple[str, Office], ...]:
    """What to look for in a language, with the office that it means."""
    found = []
    for *names, seats in read_table("offices.tsv", len(LANGUAGES) + 1):
        of_country = dict(seat.split("=") for seat in seats.split("|") if "=" in seat)
        every = tuple(name for written in names for name in written.split("|"))
        office = Office(
            every,
            {f"place:{key}": seat for key, seat in of_country.items()},
            seats == "capital",
            seats.startswith("only|"),
        )
        own = names[LANGUAGES.index(language)] if language in LANGUAGES else ""
        found += [(name, office) for name in own.split("|") if name]
    return tuple(found)


def office_names(text: str, language: str, countries: Collection[str]) -> set[str]:
    """Other names of the offices that a text has, by its language and the keys of countries that its article is about.

    A government has those of its capital where a word of its country stands beside it, and none otherwise.
    """
    lowered = text.lower().translate(_PLAIN)
    found: set[str] = set()
    for name, office in _offices(language):
        if name in lowered:
            for at in _places(lowered, name):
                found.update(_names(office, _nationalities(lowered, at, at + len(name), language), countries))
    return found


def _names(office: Office, beside: set[str], countries: Collection[str]) -> Iterator[str]:
    if office.is_government:
        seats = [capital for country in beside for capital in capitals().get(country, ())]
    else:
        seats = [seat for country, seat in office.seats.items() if country in (beside or countries)]
        if seats or not office.is_national:
            yield from office.names
    for seat in seats:
        yield from known_names()[seat]


def _places(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        if not (at and text[at - 1].isalnum()) and not text[at + len(name) : at + len(name) + 1].isalnum():
            yield at
        at = text.find(name, at + 1)


def _nationalities(text: str, start: int, end: int, language: str) -> set[str]:
    """The countries whose names or words stand directly before or behind: "South Korea's", "allemand", "de Pologne"."""
    before = _BEFORE.search(text, max(0, start - _REACH), start)
    after = _AFTER.match(text, end)
    first = () if before is None else (f"{before[1]} {before[2]}", before[2])
    behind = [] if after is None else [word for word in after.groups() if word is not None]
    second = [" ".join(behind[:size]) for size in range(len(behind), 0, -1)]
    found = (next(filter(None, (_country(words, language) for words in side)), None) for side in (first, second))
    return {country for country in found if country is not None}


def _country(words: str, language: str) -> str | None:
    key = load_name_lexicon(language).demonyms.get(words)
    if key is not None:
        return f"place:{key}"
    known = find_known(words, language)
    entity = "" if known is None else f"{known.type}:{known.key}"
    return entity if "iso3166" in external_ids_of(entity) else None
