"""Weights of the features of lines and of their surroundings, learned from annotated lines, and what follows from them.

Two steps. A logistic regression gives each line a **score** from its own signs, its log odds of being furniture. A
linear chain over the page then gives the odds of four states: furniture above the article (``head``), the article
(``body``), furniture in the middle of it, furniture below it (``tail``). A page goes from head to body to tail, and
between body and middle as often as it likes (Lafferty, McCallum, Pereira 2001, conditional random fields).

``tests/eval/train_furniture.py`` learns the weights and writes them: ``extraction/furniture_weights.tsv``, and, for
words, ``languages/<code>/furniture_words.tsv``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from extraction.junk_signs import Features
from extraction.languages.data import read_rows
from extraction.languages.discovery import languages

HEAD, BODY, MIDDLE, TAIL = range(4)
STATES = ("head", "body", "middle", "tail")
# Where a page may go from each state, where it may begin and where it may end.
STEPS: tuple[tuple[int, ...], ...] = ((HEAD, BODY), (BODY, MIDDLE, TAIL), (MIDDLE, BODY), (TAIL,))
STARTS = (HEAD, BODY)
ENDS = (BODY, TAIL)
_NEVER = float("-inf")

Row = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """``line``: feature -> weight of the score; ``states``: feature -> weight in each state; ``steps``: of a step."""

    line: Mapping[str, float]
    states: Mapping[str, Row]
    steps: Mapping[tuple[int, int], float]

    def score(self, features: Features) -> float:
        """The log odds that a line is furniture, by its own features."""
        line = self.line
        return sum(line[name] * value for name, value in features.items() if name in line)

    def emission(self, features: Features) -> list[float]:
        """How much a line's surroundings speak for each state, as log weights."""
        total = [0.0, 0.0, 0.0, 0.0]
        for name, value in features.items():
            row = self.states.get(name)
            if row is not None:
                for state in range(4):
                    total[state] += row[state] * value
        return total

    def odds(self, emissions: Sequence[Sequence[float]]) -> list[Row]:
        """The probability of each state for each line of a page; linear in the number of lines."""
        if not emissions:
            return []
        forward = self._forward(emissions)
        backward = self._backward(emissions)
        rows = []
        for ahead, behind in zip(forward, backward, strict=True):
            both = [a + b for a, b in zip(ahead, behind, strict=True)]
            total = _log_sum(both)
            rows.append((*(math.exp(x - total) for x in both),))
        return rows  # type: ignore[return-value]

    def _forward(self, emissions: Sequence[Sequence[float]]) -> list[list[float]]:
        rows = [[emissions[0][s] if s in STARTS else _NEVER for s in range(4)]]
        for emission in emissions[1:]:
            before = rows[-1]
            arrived = [
                _log_sum([before[a] + self.steps.get((a, s), 0.0) for a in range(4) if s in STEPS[a]]) for s in range(4)
            ]
            rows.append([arrived[s] + emission[s] for s in range(4)])
        return rows

    def _backward(self, emissions: Sequence[Sequence[float]]) -> list[list[float]]:
        rows = [[0.0 if s in ENDS else _NEVER for s in range(4)]]
        for emission in reversed(emissions[1:]):
            after = rows[-1]
            rows.append(
                [_log_sum([after[b] + emission[b] + self.steps.get((s, b), 0.0) for b in STEPS[s]]) for s in range(4)]
            )
        return rows[::-1]


def _log_sum(values: Sequence[float]) -> float:
    most = max(values, default=_NEVER)
    if most == _NEVER:
        return _NEVER
    return most + math.log(sum(math.exp(value - most) for value in values))


def load_weights() -> Weights:
    """The learned weights, with the words of all installed languages; read once per process."""
    return _weights_with(tuple(languages()))


@lru_cache(maxsize=2)
def _weights_with(codes: tuple[str, ...]) -> Weights:
    line: dict[str, float] = {}
    states: dict[str, Row] = {}
    steps: dict[tuple[int, int], float] = {}
    for row in files("extraction").joinpath("furniture_weights.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        part, name, *numbers = row.split("\t")
        if part == "line":
            line[name] = float(numbers[0])
        elif part == "state":
            head, body, middle, tail = map(float, numbers)
            states[name] = (head, body, middle, tail)
        else:
            steps[STATES.index(name), STATES.index(numbers[0])] = float(numbers[1])
    for code in codes:
        for word, weight in read_rows(code, "furniture_words.tsv", columns=2, least=2):
            line[f"word {word}"] = float(weight)
    return Weights(line, states, steps)
