"""All names of what the gazetteer knows, in every language, and what speaks for it.

For finding, never for reading: nothing here adds a name to a text. A name belongs to a key, so who only shares it has
none of the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from extraction.names import find_known, read_table
from extraction.stand_ins import load_metonyms


@lru_cache(maxsize=1)
def known_names() -> Mapping[str, tuple[str, ...]]:
    """Entity key ("place:kr") -> its names as they are written, in every language of the gazetteer, each once."""
    found: dict[str, tuple[str, ...]] = {}
    for kind, key, names, _ in read_table("gazetteer.tsv", 4):
        written = dict.fromkeys(name.rpartition(":")[2] for name in names.split("|"))
        found.setdefault(f"{kind}:{key}", tuple(written))
    return found


@lru_cache(maxsize=1)
def capitals() -> Mapping[str, tuple[str, ...]]:
    """Entity key -> the keys of the cities whose name stands for it where it acts ("Séoul dément")."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, metonym in load_metonyms().items():
        if key.startswith("place:"):
            found[metonym.target].append(key)
    return {target: tuple(sorted(keys)) for target, keys in found.items()}


def find_person(name: str, language: str) -> str | None:
    """The key of the person whom a surname alone names beyond doubt ("Poutine"); None for other names."""
    known = find_known(name, language)
    return f"person:{known.key}" if known is not None and known.type == "person" and not known.needs else None
