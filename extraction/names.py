"""Comparing names: one spelling for the ways in which French and English write foreign ones, and a small gazetteer.

The gazetteer holds what any newsroom meets every day: countries, capitals and big cities, world organisations, and
the few people whose names differ between languages. It decides types and keys; it never adds a name that the text
does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import cast

from extraction.document import EntityType
from extraction.identity import fold


@dataclass(frozen=True, slots=True)
class KnownName:
    """What the gazetteer says of a name; ``key`` is shared by its spellings.

    ``needs`` holds keys of which one must stand in the same article, for a name that has other bearers.
    """

    type: EntityType
    key: str
    needs: frozenset[str] = frozenset()


# Each pair makes two customary spellings of one sound equal; order matters.
_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"ı", "i"),
        (r"tch|tsch|sch|sh", "ch"),
        (r"zh", "j"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"ck|q", "k"),
        (r"ou|oo", "u"),
        (r"gu(?=[eiy])", "g"),
        (r"w", "v"),
        (r"y", "i"),
        (r"(.)\1+", r"\1"),
        (r"ij\b|ii\b", "i"),
        (r"ine\b", "in"),
        (r"ov(?:a)?\b", "ov"),
        (r"ef\b", "ev"),
    )
)


@lru_cache(maxsize=4096)
def skeleton(name: str) -> str:
    """A name with its customary transliterations made equal: "Poutine" and "Putin" are both ``putin``."""
    spelt = fold(name).replace(".", "")
    for pattern, by in _SPELLINGS:
        spelt = pattern.sub(by, spelt)
    return spelt


@lru_cache(maxsize=8)
def load_gazetteer(language: str = "") -> Mapping[str, KnownName]:
    """Folded name -> what it names, for one language, or with the names that need none.

    Acronyms keep their capitals (``US``), so that words do not match them.
    """
    table: dict[str, KnownName] = {}
    for kind, key, names, needs in read_table("gazetteer.tsv", 4):
        known = KnownName(cast("EntityType", kind), key, frozenset(needs.split("|")) - {""})
        for name in names.split("|"):
            tongue, _, bare = name.rpartition(":")
            if tongue in {"", language}:
                table.setdefault(_gazetteer_key(bare), known)
    return table


@lru_cache(maxsize=8)
def _display_names(language: str) -> Mapping[str, str]:
    """Entity key -> what a language calls it: the name marked as its own, else French first and others second."""
    table: dict[str, str] = {}
    for kind, key, names, _ in read_table("gazetteer.tsv", 4):
        written = [name.rpartition(":") for name in names.split("|")]
        own = [bare for tongue, _, bare in written if tongue == language]
        common = [bare for tongue, _, bare in written if not tongue] or [bare for _, _, bare in written]
        general = common[0] if language == "fr" or len(common) == 1 else common[1]
        table.setdefault(f"{kind}:{key}", own[0] if own else general)
    return table


def display_name(entity: str, language: str) -> str:
    """The name of an entity of the gazetteer, by its key. Raises KeyError for a key that it does not have."""
    return _display_names(language)[entity]


def read_table(name: str, columns: int) -> Iterator[list[str]]:
    """The rows of a table beside this module, padded with empty cells; ``#`` begins a comment line."""
    for line in (files("extraction") / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            cells = line.split("\t")
            yield [*cells, *[""] * (columns - len(cells))][:columns]


@lru_cache(maxsize=1)
def _ending_small() -> frozenset[str]:
    """Known names, folded, whose last word has no capital ("Union européenne")."""
    rows = read_table("gazetteer.tsv", 4)
    names = (name.rpartition(":")[2] for _, _, written, _ in rows for name in written.split("|"))
    return frozenset(_gazetteer_key(name) for name in names if name.replace("-", " ").split()[-1].islower())


def is_written_so(name: str) -> bool:
    """Whether the end of a known name has its capital: "Berlin est prêt" does not name "Berlin-Est"."""
    return not name.rsplit(maxsplit=1)[-1].islower() or _gazetteer_key(name) in _ending_small()


@lru_cache(maxsize=8)
def _longest_from(language: str) -> Mapping[str, int]:
    """First word of a known name, folded -> how many characters the longest name that begins with it has."""
    longest: dict[str, int] = {}
    for name in load_gazetteer(language):
        first = fold(name).split(" ", 1)[0]
        longest[first] = max(longest.get(first, 0), len(name))
    return longest


def longest_known(word: str, language: str) -> int:
    """How many characters a known name may have that begins with a word as it is written; 0 for none."""
    return _longest_from(language).get(fold(word).split(" ", 1)[0], 0)


def find_known(name: str, language: str = "") -> KnownName | None:
    """The gazetteer's entry for a name as it is written."""
    gazetteer = load_gazetteer(language)
    return gazetteer.get(_gazetteer_key(name)) or (gazetteer.get(fold(name)) if not _short(name) else None)


def _short(name: str) -> bool:
    return len(name) <= 4 and name.replace(".", "").isupper()


def _gazetteer_key(name: str) -> str:
    return name if _short(name) else fold(name)
