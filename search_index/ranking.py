"""The numbers that ranking goes by, read from ``ranking.json``, where learning puts them."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

import numpy as np

from search_index.segment import LENGTHS, Floats

Meaning = Callable[[str, Sequence[str]], Floats]
"""From a query and ids of passages to how near in meaning each is, from 0 to 1."""

Idf = Callable[[int, int], float]
"""From passages with a field, and those of them with a term, to the weight of the term; never negative."""


def lucene_idf(passages: int, having: int) -> float:
    """Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), made positive as Lucene does."""
    return math.log(1 + max(passages - having + 0.5, 0.5) / (having + 0.5))


@dataclass(frozen=True, slots=True)
class Ranking:
    """``k1`` and ``b`` of BM25, ``b`` by kind of field; ``weights`` by kind of field (text is 1) and by bonus.

    ``depth`` is how many of the best passages are looked at again (``rescoring``).
    """

    k1: float = 0.9
    b: Mapping[str, float] = field(default_factory=lambda: {"text": 0.4, "title": 0.4})
    weights: Mapping[str, float] = field(default_factory=dict)
    depth: int = 200
    idf: Idf = lucene_idf
    meaning: Meaning | None = None
    """What else may judge the very best passages (``paging``)."""

    def weight(self, name: str) -> float:
        """The weight of a kind of field or a bonus; 0 is without effect."""
        return 1.0 if name == "text" else self.weights.get(name, 0.0)

    def length_weight(self, name: str) -> float:
        """The ``b`` of a kind of field."""
        return self.b.get("title" if name == "titled" else name, 0.0)


@lru_cache(maxsize=1)
def learned() -> Ranking:
    """The ranking in use."""
    values = json.loads(files("search_index").joinpath("ranking.json").read_text("utf-8"))
    return Ranking(values["k1"], values["b"], values["weights"], values["depth"])


def gain(frequencies: Floats | float, lengths: Floats | float, k1: float, b: float, average: float) -> Floats:
    """What a term adds to a passage's score, before its weight: BM25 with the factor k1 + 1, as Whoosh has it."""
    found: Floats = frequencies * (k1 + 1) / (frequencies + k1 * (1 - b + b * lengths / average))  # type: ignore[assignment]
    return found


@lru_cache(maxsize=64)
def gain_table(k1: float, b: float, average: float) -> Floats:
    """``gain`` for every posting code below 2**16: frequency * 256 + length byte."""
    frequencies = np.arange(256, dtype=np.float64)[:, None]
    table: Floats = gain(frequencies, LENGTHS[None, :], k1, b, average).astype(np.float32).reshape(-1)  # type: ignore[arg-type]
    return table
