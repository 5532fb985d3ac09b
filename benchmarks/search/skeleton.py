"""Sentences of ``benchmarks.text`` taken apart, so that their content words can be replaced a million at a time."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from benchmarks.text import sentence
from search_index.analysis import tool_words

TOOL, CONTENT, NUMBER = 0, 1, 2
POOL = 6_000
"""Different sentences; what fills them makes every passage another one."""

_WORD = re.compile(r"\d+(?: \d{3})*(?:,\d+)?|[^\W\d_]+(?:-[^\W\d_]+)*['’]?")
_LINKS = (", tandis que ", ", alors que ", ", et ", ", mais ", " ; de son côté, ", ", ce qui explique que ")


@dataclass(frozen=True, slots=True)
class Skeletons:
    """A pool of sentences as flat arrays of tokens.

    Sentence i is ``word[start[i]:start[i + 1]]``: numbers into ``words``, the separator behind each (a number into
    ``separators``), and what each token is (TOOL, CONTENT, NUMBER).
    """

    words: tuple[str, ...]
    separators: tuple[str, ...]
    start: npt.NDArray[np.int64]
    word: npt.NDArray[np.int64]
    separator: npt.NDArray[np.int64]
    kind: npt.NDArray[np.int8]


@lru_cache(maxsize=2)
def make_skeletons(count: int = POOL, seed: int = 1) -> Skeletons:
    """``count`` sentences of one or two clauses, the same for the same numbers."""
    chance = random.Random(seed)
    words: dict[str, int] = {}
    separators: dict[str, int] = {}
    tokens: list[tuple[int, int, int]] = []
    start = [0]
    for _ in range(count):
        for word, separator in _tokens(_sentence(chance)):
            number, between = words.setdefault(word, len(words)), separators.setdefault(separator, len(separators))
            tokens.append((number, between, _kind(word)))
        start.append(len(tokens))
    columns = np.array(tokens, dtype=np.int64)
    return Skeletons(
        tuple(words),
        tuple(separators),
        np.array(start),
        columns[:, 0].copy(),
        columns[:, 1].copy(),
        columns[:, 2].astype(np.int8),
    )


def _sentence(chance: random.Random) -> str:
    """One clause, or two joined: 25 words in the mean."""
    first = sentence(chance)
    if chance.random() < 0.3:
        return first
    second = sentence(chance)
    return first[:-1] + chance.choice(_LINKS) + second[0].lower() + second[1:]


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Words, each with what stands between it and the next; what opens the sentence is left out."""
    matches = list(_WORD.finditer(text))
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        yield match.group(), text[match.end() : following.start()] if following else text[match.end() :] + " "


def _kind(word: str) -> int:
    if word[0].isdigit():
        return NUMBER
    is_tool = word.endswith(("'", "’")) or word.lower() in tool_words()
    return TOOL if is_tool else CONTENT
