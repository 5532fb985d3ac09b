"""What a language's words say of names: cues to their type, demonyms, and verbs that show an actor.

All of it is data beside the language package: ``names.tsv`` and ``demonyms.tsv`` in ``extraction/languages/<code>/``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from extraction.document import EntityType
from extraction.languages.data import read_rows
from extraction.lexicon import Lexicon

Votes = defaultdict[EntityType, float]
"""How much speaks for each type."""

Weights = tuple[tuple[EntityType, float], ...]
"""Votes for types; a negative one is a vote against."""

_NONE: Mapping[str, Weights] = {}


@dataclass(frozen=True, slots=True)
class NameLexicon:
    """Words in lower case with straight apostrophes. ``slots`` says where a word stands beside or in a name."""

    slots: Mapping[str, Mapping[str, Weights]]
    sets: Mapping[str, frozenset[str]]
    demonyms: Mapping[str, str]
    """An adjective or noun of nationality -> the gazetteer's key of the country."""
    demonym_nouns: frozenset[str]
    """Those that are never adjectives."""

    def weights(self, slot: str, words: str) -> Weights:
        """The votes of some words in a slot; none for most."""
        return self.slots.get(slot, _NONE).get(words, ())

    def is_given(self, word: str, lexicon: Lexicon) -> bool:
        """Whether a word, in lower case, is a given name, a woman's, a man's or both's."""
        return word in lexicon.feminine_names or word in lexicon.masculine_names or self.has("unisex", word)

    def words(self, name: str) -> frozenset[str]:
        """The words of a named list."""
        return self.sets.get(name, frozenset())

    def has(self, name: str, word: str) -> bool:
        """Whether a word is in a named list."""
        return word in self.sets.get(name, ())


@lru_cache(maxsize=8)
def load_name_lexicon(language: str) -> NameLexicon:
    """The data of a language pack; an empty lexicon for a language without it."""
    slots: dict[str, dict[str, Weights]] = defaultdict(dict)
    sets: dict[str, frozenset[str]] = {}
    for slot, kind, weight, words in read_rows(language, "names.tsv", 4, least=4):
        if kind == "-":
            sets[slot] = frozenset(words.split("|"))
            continue
        for word in words.split("|"):
            slots[slot][word] = (*slots[slot].get(word, ()), (kind, float(weight)))  # type: ignore[arg-type]
    demonyms = dict(_demonyms(language))
    return NameLexicon(
        slots=dict(slots),
        sets=sets,
        demonyms={word.removeprefix("+"): key for word, key in demonyms.items()},
        demonym_nouns=frozenset(word.removeprefix("+") for word in demonyms if word.startswith("+")),
    )


def _demonyms(language: str) -> Iterator[tuple[str, str]]:
    for key, words in read_rows(language, "demonyms.tsv", 2, least=2):
        for written in words.split():
            word = written.replace("_", " ").lower()
            yield word, key
            if not word.endswith(("s", "x", "ese", "ish", "ch", "men")):
                yield word + "s", key
