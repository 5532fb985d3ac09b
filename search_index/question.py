"""What a question asks for, by its words: a quantity, a time, a place, a person, a quotation or a cause.

``question_words.json`` has the words of French and English together, since nothing says which language a query is in.
By trait of a passage (``layout.TRAITS``): ``any`` are words that ask for it wherever they stand, ``pairs`` two words
one after the other, ``asked`` what may come within three words behind one of ``asking`` ("quel est le nombre de").
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from search_index.analysis import words

_READ = 200
"""Characters of a query that are looked at: what a question asks stands at its beginning."""
_WITHIN = 3


@dataclass(frozen=True, slots=True)
class _Cues:
    any: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    asked: frozenset[str]

    def are_in(self, forms: Sequence[str], behind: frozenset[str]) -> bool:
        return (
            not self.any.isdisjoint(forms)
            or not self.asked.isdisjoint(behind)
            or not self.pairs.isdisjoint(pairwise(forms))
        )


@lru_cache(maxsize=512)
def asked_for(text: str) -> frozenset[str]:
    """The traits that a query asks for; none for one that is no question."""
    cues, asking = _cues()
    forms = [word.form for word in words(text[:_READ])]
    behind = {form for at, word in enumerate(forms) if word in asking for form in forms[at + 1 : at + 1 + _WITHIN]}
    return frozenset(trait for trait, cue in cues.items() if cue.are_in(forms, frozenset(behind)))


@lru_cache(maxsize=1)
def _cues() -> tuple[Mapping[str, _Cues], frozenset[str]]:
    values = json.loads(files("search_index").joinpath("question_words.json").read_text("utf-8"))
    asking = frozenset(values.pop("asking"))
    cues = {
        trait: _Cues(
            frozenset(given["any"]),
            frozenset((first, second) for first, second in given.get("pairs", ())),
            frozenset(given.get("asked", ())),
        )
        for trait, given in values.items()
    }
    return cues, asking
