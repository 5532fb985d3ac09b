"""Words by the hundred thousand: French-looking, inflected, and as unevenly used as the words of real news.

Nothing here is anybody's text: roots are put together from syllables and take the endings of French nouns, verbs and
adjectives, so that a stemmer has something to do. Frequencies follow Mandelbrot's law, ``1 / (rank + q) ** s``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Generator = np.random.Generator

LEMMAS = 160_000
EXPONENT, SHIFT = 1.0, 8.0
NAMES_SHARE = 0.15
NUMBERS = 4_000

_ONSETS = (
    *["b", "c", "d", "f", "g", "j", "l", "m", "n", "p", "r", "s", "t", "v"],
    *["bl", "br", "ch", "cl", "cr", "dr", "fl", "fr", "gl", "gr", "pl", "pr", "qu", "rh", "tr", "vr", "th"],
)
_NUCLEI = ("a", "e", "i", "o", "u", "é", "è", "ai", "au", "eu", "oi", "ou", "an", "en", "in", "on", "ê", "â", "î")
_CODAS = ("", "", "", "l", "r", "s", "n", "t", "c", "m", "ss", "ll", "rt", "st")
# What a root may become, a group for each way of inflecting.
_ENDINGS = (
    ("tion", "tions"),
    ("ement", "ements"),
    ("age", "ages"),
    ("ité", "ités"),
    ("iste", "istes"),
    ("eur", "eurs", "euse", "euses"),
    ("ier", "iers", "ière", "ières"),
    ("ique", "iques"),
    ("able", "ables"),
    ("al", "aux", "ale", "ales"),
    ("é", "ée", "és", "ées"),
    ("er", "é", "ait", "aient", "era", "ant"),
    ("ir", "it", "issait", "issent"),
    ("e", "es"),
    ("", "s"),
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words. ``ranked[i]`` is the number, in ``words``, of the word of rank i; ``cumulative`` sums chances."""

    words: tuple[str, ...]
    ranked: Ints
    cumulative: Floats

    def draw(self, chance: Generator, count: int) -> Ints:
        """``count`` numbers of words, each with its probability."""
        return self.ranked[np.searchsorted(self.cumulative, chance.random(count), side="right")]


@lru_cache(maxsize=2)
def make_vocabulary(lemmas: int = LEMMAS, seed: int = 1) -> Vocabulary:
    """The words of ``lemmas`` roots in all their forms, the same for the same numbers."""
    chance = np.random.default_rng(seed)
    words = list(dict.fromkeys(_inflected(_roots(chance, lemmas), chance)))
    # Frequent words tend to be short (Zipf's law of abbreviation).
    ranked = np.argsort([len(word) for word in words] + 4.0 * chance.standard_normal(len(words)), kind="stable")
    weights = 1.0 / (np.arange(1, len(words) + 1) + SHIFT) ** EXPONENT
    cumulative = np.cumsum(weights / weights.sum())
    cumulative[-1] = 1.0
    return Vocabulary(tuple(words), ranked, cumulative)


def make_numbers(chance: Generator, count: int = NUMBERS) -> list[str]:
    """Numbers as news write them: small ones, thousands in groups, decimals; small ones are the most."""
    sizes = np.exp(chance.uniform(0, np.log(900_000), count)).astype(int) + 1
    return [f"{n:,}".replace(",", " ") if n >= 1_000 else str(n) for n in sizes.tolist()]


def _roots(chance: Generator, count: int) -> list[str]:
    syllables = chance.choice([1, 2, 3], count, p=[0.2, 0.6, 0.2])
    parts = [chance.integers(0, len(pool), (count, 3)) for pool in (_ONSETS, _NUCLEI, _CODAS)]
    onsets, nuclei, codas = (array.tolist() for array in parts)
    return [
        "".join(_ONSETS[onsets[i][k]] + _NUCLEI[nuclei[i][k]] + _CODAS[codas[i][k]] for k in range(length))
        for i, length in enumerate(syllables.tolist())
    ]


def _inflected(roots: list[str], chance: Generator) -> list[str]:
    ways = chance.integers(0, len(_ENDINGS), len(roots)).tolist()
    names = (chance.random(len(roots)) < NAMES_SHARE).tolist()
    words: list[str] = []
    for root, way, name in zip(roots, ways, names, strict=True):
        words += [root.capitalize()] if name else [root + ending for ending in _ENDINGS[way]]
    return words
