"""What a bundled, licensed table says of countries and capitals: stable ids elsewhere, and whose capital one is.

The ids belong to the gazetteer's keys, so a name whose bearer is not certain has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from extraction.names import read_table


@dataclass(frozen=True, slots=True)
class PlaceIds:
    """``external_ids`` by scheme, "iso3166" (alpha-2 code) or "geonames"; ``capital_of`` is the key of a country."""

    external_ids: Mapping[str, str]
    capital_of: str | None


@lru_cache(maxsize=1)
def load_place_ids() -> Mapping[str, PlaceIds]:
    """By entity key ("place:fr")."""
    return {
        f"place:{key}": PlaceIds(
            {scheme: value for scheme, value in (("iso3166", iso), ("geonames", geonames)) if value},
            f"place:{country}" if country else None,
        )
        for key, iso, geonames, country in read_table("geonames.tsv", 4)
    }


def external_ids_of(entity: str) -> Mapping[str, str]:
    """The ids of an entity by its key; none for most."""
    found = load_place_ids().get(entity)
    return {} if found is None else found.external_ids
