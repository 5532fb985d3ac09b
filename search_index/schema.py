"""The fields as Whoosh knows them, and the marker that says which code wrote an index."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import metadata
from typing import Any

from search_index.analysis import ANALYSIS_VERSION
from search_index.errors import DistributionConflict
from search_index.layout import FIELDS, Kind
from search_index.lineage import Existence, FieldType, Frequency, Positions, Schema, StoredField

SCHEMA_VERSION = 5
"""Raise it with every change of fields or of the files' layout: indexes of another version are rebuilt."""

INDEX_NAME = "passages"

_FORMATS: dict[Kind, Any] = {"places": Positions, "counts": Frequency, "set": Existence}


class ArrayField(FieldType):  # type: ignore[misc]  # untyped
    """A field whose terms come ready from ``builder``: Whoosh only reads it."""

    def __init__(self, kind: Kind) -> None:
        self.format = _FORMATS[kind]()
        self.scorable = kind != "set"
        self.stored = self.unique = False
        self.analyzer = self.vector = self.column_type = None

    def to_bytes(self, value: str | bytes) -> bytes:
        """A term as the lexicon holds it."""
        return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")

    def from_bytes(self, value: bytes) -> str:
        """The reverse."""
        return value.decode("utf-8", "surrogatepass")


def build_schema() -> Any:
    """All inverted fields, and the ids that are stored of each passage."""
    fields = {name: ArrayField(kind) for name, kind in FIELDS.items()}
    return Schema(**fields, passage=StoredField(), owner=StoredField())


def marker() -> dict[str, str | int]:
    """What an index folder must say of itself to be opened: its files are pickles, and only ours are read."""
    name, version = whoosh_distribution()
    described = f"{SCHEMA_VERSION}/{ANALYSIS_VERSION}/{name}/{version}"
    return {
        "schema": SCHEMA_VERSION,
        "analysis": ANALYSIS_VERSION,
        "whoosh": f"{name} {version}",
        "fingerprint": hashlib.sha256(described.encode()).hexdigest()[:32],
    }


@lru_cache(maxsize=1)
def whoosh_distribution() -> tuple[str, str]:
    """Name and version of the one distribution that provides ``whoosh``. Raises DistributionConflict."""
    return choose_distribution(_providers())


def choose_distribution(providers: dict[str, str]) -> tuple[str, str]:
    """The only one of the providers (name to version). Raises DistributionConflict when there are none or several."""
    if len(providers) != 1:
        listed = ", ".join(f"{name} {version}" for name, version in sorted(providers.items())) or "none"
        raise DistributionConflict(
            f"the package whoosh must come from exactly one installed distribution; found: {listed}. "
            "Uninstall all of them, then install the one that the project pins."
        )
    return next(iter(providers.items()))


def _providers() -> dict[str, str]:
    # metadata.packages_distributions() reads every file list there is; the lineages of Whoosh are few and known.
    found: dict[str, str] = {}
    for distribution in metadata.distributions():
        name = distribution.metadata["Name"]
        if name and "whoosh" in name.lower() and _provides_whoosh(distribution):
            found[name] = distribution.version
    return found


def _provides_whoosh(distribution: metadata.Distribution) -> bool:
    return any(str(path) == "whoosh/__init__.py" for path in distribution.files or ())
