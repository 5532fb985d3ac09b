"""Words that mean nearly the same, within and between French and English: dégâts, dommages, damage.

``related.npz`` (made by ``tests/eval/relate_words.py``, which says from what) has the stems of the commonest words of
both languages and, of each, its nearest in both. They find no passage: they tell good passages from better ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from search_index.analysis import Group, Word, terms

_LANGUAGES: tuple[Group, ...] = ("fr", "en")
_LEAST = 0.6
"""How near words are whose relation counts for nothing."""

Related = dict[Group, dict[str, float]]
"""By language, stems and how much of the word itself each is worth, above 0 and at most 1."""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    stems: list[str]
    french: int
    """How many of the stems are French; the others are English."""
    numbers: dict[Group, dict[str, int]]
    starts: NDArray[np.uint32]
    related: NDArray[np.uint16]
    near: NDArray[np.uint8]


@lru_cache(maxsize=4096)
def related_terms(word: Word) -> Related:
    """The terms of a word's relatives, as the index has them in each language; a query may be in either."""
    lexicon = _lexicon()
    found: Related = {language: {} for language in _LANGUAGES}
    for language in _LANGUAGES:
        number = lexicon.numbers[language].get(terms(word, language)[0])
        if number is None:
            continue
        span = slice(int(lexicon.starts[number]), int(lexicon.starts[number + 1]))
        for other, near in zip(lexicon.related[span].tolist(), lexicon.near[span].tolist(), strict=True):
            own = found["fr" if other < lexicon.french else "en"]
            stem = lexicon.stems[other]
            own[stem] = max(own.get(stem, 0.0), (near / 255 - _LEAST) / (1 - _LEAST))
    return found


def warm() -> None:
    """Read the file now, so that no search waits for it."""
    _lexicon()


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    with as_file(files("search_index").joinpath("related.npz")) as path, np.load(path) as held:
        stems = {language: held[language].tobytes().decode().split("\n") for language in _LANGUAGES}
        rest = (held["starts"], held["related"], held["near"])
    numbers: dict[Group, dict[str, int]] = {
        "fr": {stem: at for at, stem in enumerate(stems["fr"])},
        "en": {stem: at for at, stem in enumerate(stems["en"], len(stems["fr"]))},
    }
    return _Lexicon([*stems["fr"], *stems["en"]], len(stems["fr"]), numbers, *rest)
