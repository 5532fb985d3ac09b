"""The fields of the index, and the marker that says which code wrote it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib import metadata
from typing import Any

from search_index.analysis import ANALYSIS_VERSION
from search_index.errors import DistributionConflict
from search_index.lineage import Analyzer, Schema, SetField, StoredField, TextField, Token

SCHEMA_VERSION = 1
"""Raise it with every change of fields or of the stored record: indexes of another version are rebuilt."""

INDEX_NAME = "passages"


class EncodedTerms(Analyzer):  # type: ignore[misc]  # untyped
    """Hands Whoosh the terms that ``search_index.analysis.encode`` wrote; several of one word share its position."""

    def __call__(self, value: str, **options: Any) -> Iterator[Any]:
        """One token, used again and again as Whoosh expects, for each term."""
        # ``mode`` and the like come with the options; only positions matter to the formats in use here.
        token = Token(positions=True, boosts=True, mode=options.get("mode", ""))
        token.boost, token.stopped = 1.0, False
        for position, alternatives in enumerate(value.split()):
            token.pos = position
            for term in alternatives.split("|"):
                token.text = term
                yield token


def build_schema() -> Any:
    """``text`` and ``title`` with positions; ``surface`` (for prefixes), ``article`` and ``entity`` as mere sets."""
    return Schema(
        text=TextField(analyzer=EncodedTerms(), phrase=True),
        title=TextField(analyzer=EncodedTerms(), phrase=True),
        surface=SetField(),
        article=SetField(),
        entity=SetField(),
        record=StoredField(),
    )


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
