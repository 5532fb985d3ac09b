"""What the measurements need of an engine."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import ClassVar

from benchmarks.search.corpus import Passage
from benchmarks.search.queries import DEEP, KINDS, Kind, Query

COMPARED: frozenset[Kind] = frozenset(KINDS) - frozenset(DEEP)


class EngineMissing(Exception):  # noqa: N818  # an absence, not a failure
    """The engine is not installed; the message says so."""


def find_module(name: str) -> ModuleType | None:
    """A package that only this measurement uses and that ships no types for us; None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


@dataclass(frozen=True, slots=True)
class Answer:
    """A page: passages by number, best first; how many were found, where the engine says; counts by source."""

    hits: Sequence[int] | Sequence[str]
    total: int | None = None
    facets: Mapping[str, int] = field(default_factory=dict)


class Engine:
    """One engine over one folder: ``build`` fills the folder, ``open`` makes ready for ``search``.

    ``kinds`` are those that it can answer; ``largest`` the size up to which it is asked; ``queries`` and ``rounds``
    bound how much one so slow is asked (0: as all).
    """

    name: ClassVar[str]
    description: ClassVar[str]
    kinds: ClassVar[frozenset[Kind]] = COMPARED
    largest: ClassVar[int] = 10**9
    queries: ClassVar[int] = 0
    rounds: ClassVar[int] = 0

    def version(self) -> str:
        """What the index on the disk depends on: a folder's name. Raises EngineMissing."""
        raise NotImplementedError

    def build(self, passages: Iterable[Passage], folder: Path) -> None:
        """Index the passages into an empty folder."""
        raise NotImplementedError

    def open(self, folder: Path) -> None:
        """Make a built folder ready."""
        raise NotImplementedError

    def prepare(self, query: Query) -> None:
        """What a client would have from an earlier answer; not measured."""

    def search(self, query: Query) -> Answer:
        """Answer a query, as a program in the same process would ask it."""
        raise NotImplementedError
