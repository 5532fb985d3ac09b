"""All names of what the gazetteer knows, in every language, and what speaks for it.

For finding, never for reading: nothing here adds a name to a text. A name belongs to a key, so who only shares it has
none of the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from extraction.name_lexicon import load_name_lexicon
from extraction.names import find_known, read_table
from extraction.stand_ins import load_metonyms

LANGUAGES = ("fr", "en")
"""Those of the gazetteer."""


@lru_cache(maxsize=1)
def known_names() -> Mapping[str, tuple[str, ...]]:
    """Entity key ("place:kr") -> its names as they are written, in every language of the gazetteer, each once.

    Those of a country are followed by the words that belong to it alone ("sud-coréen", "South Korean").
    """
    found: dict[str, tuple[str, ...]] = {}
    demonyms = _demonyms()
    for kind, key, names, _ in read_table("gazetteer.tsv", 4):
        entity = f"{kind}:{key}"
        written = dict.fromkeys(name.rpartition(":")[2] for name in names.split("|"))
        found.setdefault(entity, (*written, *demonyms.get(entity, ())))
    return found


def _demonyms() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for language in LANGUAGES:
        for word, country in load_name_lexicon(language).demonyms.items():
            found[f"place:{country}"].append(word)
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
