"""Learns the weights of ``extraction/junk_weights.py`` from annotated pages and writes them.

    python -m tests.eval.train_furniture

Learns from the open half of the pages, the bodies, the single lines, the pages of the unit tests and the open articles;
never from the half that is held out. Deterministic: every choice is seeded by the texts themselves.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from extraction.junk_likely import judge_before, judge_titles, surroundings
from extraction.junk_signs import Features, line_features
from extraction.junk_weights import BODY, ENDS, HEAD, MIDDLE, STARTS, STATES, STEPS, TAIL, Weights
from extraction.page import Page
from tests.eval.marked_pages import MarkedPage, articles, bodies, collection, more_pages, single_lines, unit_pages

Array = np.ndarray[Any, np.dtype[np.float64]]
LANGUAGES = ("fr", "en")
ROOT = Path(__file__).resolve().parents[2]
FOLDS = 5
_NEVER = -1e9
# A word is weighed when it stands in three lines, a feature of surroundings in four.
_FEWEST_LINES = 3
_FEWEST_PLACES = 4
_BODY_COST = 1.5
_RIDGE = 0.6
_WORD_RIDGE = 4.0
_CHAIN_RIDGE = 0.3
_COMPOSED = 2
_CHAIN_ROUNDS = 250
_CHAIN_RATE = 0.08


@dataclass(frozen=True)
class Example:
    """A line: its features, whether it is furniture, its language and its text."""

    features: Features
    junk: bool
    language: str
    text: str


# Lines


def label_of(page: MarkedPage, start: int, end: int) -> str | None:
    """What a stretch of a page mostly is; None where that is not clear."""
    shares: Counter[str] = Counter()
    for first, last, label in page.parts:
        shares[label] += max(0, min(last, end) - max(first, start))
    label, most = shares.most_common(1)[0] if shares else ("", 0)
    return label if most > 0.8 * shares.total() else None


def labels(page: Page, marked: MarkedPage) -> list[str | None]:
    """The label of each line."""
    return [label_of(marked, line.span.start, line.span.end) for line in page.lines]


def page_examples(marked: MarkedPage) -> list[Example]:
    """The lines of body and of furniture of one page."""
    page = Page(marked.text, marked.title, marked.language)
    return [
        Example(line_features(page, line, frozenset()), label == "J", marked.language, line.text)
        for line, label in zip(page.lines, labels(page, marked), strict=True)
        if label in {"J", "B"}
    ]


def single_examples() -> list[Example]:
    """The single lines."""
    found = []
    for language, label, text in single_lines():
        page = Page(text, None, language)
        found.append(Example(line_features(page, page.lines[0], frozenset()), label == "J", language, text))
    return found


def learn_line_weights(examples: Sequence[Example]) -> dict[str, float]:
    """A ridge logistic regression by Newton's method; body counts more than furniture."""
    counts = Counter(name for example in examples for name in example.features)
    names = sorted(n for n, count in counts.items() if count >= (_FEWEST_LINES if n.startswith("word ") else 2))
    x = _matrix([example.features for example in examples], {name: i for i, name in enumerate(names)})
    y = np.array([float(example.junk) for example in examples])
    ridge = np.array([0.01 if n == "bias" else _WORD_RIDGE if n.startswith("word ") else _RIDGE for n in names])
    cost = np.where(y > 0, 1.0, _BODY_COST)
    weights = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-(x @ weights)))
        gradient = x.T @ (cost * (p - y)) + ridge * weights
        step = np.linalg.solve((x * (cost * p * (1 - p))[:, None]).T @ x + np.diag(ridge), gradient)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip(names, weights.tolist(), strict=True))


def _matrix(rows: Sequence[Features], index: dict[str, int]) -> Array:
    x = np.zeros((len(rows), len(index)))
    for number, features in enumerate(rows):
        for name, value in features.items():
            if name in index:
                x[number, index[name]] = value
    return x


# The chain


@dataclass(frozen=True)
class PageStates:
    """A page for the chain: the features of its lines, and which states each may have."""

    features: list[Features]
    allowed: Array


def allowed_states(found: Sequence[str | None]) -> Array | None:
    """Which states each line may have, by its label; None for a page without body."""
    body = [position for position, label in enumerate(found) if label == "B"]
    if not body:
        return None
    allowed = np.zeros((len(found), 4), dtype=bool)
    for position, label in enumerate(found):
        if label == "B":
            allowed[position, BODY] = True
        elif label == "J":
            allowed[position, HEAD if position < body[0] else TAIL if position > body[-1] else MIDDLE] = True
        else:
            allowed[position] = True
    return allowed


def chain_sequences(marked: MarkedPage, line_weights: dict[str, float]) -> list[PageStates]:
    """A page twice: as the rules have judged it, and with its titles alone."""
    weights = Weights(line_weights, {}, {})
    found = []
    for judge in (judge_before, judge_titles):
        page = Page(marked.text, marked.title, marked.language)
        judge(page)
        allowed = allowed_states(labels(page, marked))
        if allowed is not None:
            around = surroundings(page, weights)
            found.append(PageStates([around.features(p) for p in range(len(page.lines))], allowed))
    return found


def learn_chain(sequences: Sequence[PageStates]) -> tuple[dict[str, list[float]], dict[tuple[int, int], float]]:
    """A linear chain with hidden states where a line's label leaves them open; gradient ascent (Adam) with a ridge."""
    counts = Counter(name for sequence in sequences for features in sequence.features for name in features)
    names = sorted(name for name, count in counts.items() if count >= _FEWEST_PLACES)
    index = {name: i for i, name in enumerate(names)}
    lengths = np.array([len(sequence.features) for sequence in sequences])
    x = np.zeros((len(sequences), lengths.max(), len(names)))
    allowed = np.ones((len(sequences), lengths.max(), 4), dtype=bool)
    for number, sequence in enumerate(sequences):
        x[number, : lengths[number]] = _matrix(sequence.features, index)
        allowed[number, : lengths[number]] = sequence.allowed
    ridge = np.array([0.02 if name == "bias" else _CHAIN_RIDGE for name in names])[:, None]
    weights, steps = np.zeros((len(names), 4)), np.zeros((4, 4))
    moments = [np.zeros_like(weights), np.zeros_like(weights), np.zeros_like(steps), np.zeros_like(steps)]
    for round_ in range(1, _CHAIN_ROUNDS + 1):
        emissions = x @ weights
        free, free_steps = _expectations(emissions, steps, lengths)
        held, held_steps = _expectations(np.where(allowed, emissions, _NEVER), steps, lengths)
        gradient = np.tensordot(x, held - free, ([0, 1], [0, 1])) - ridge * weights
        weights = weights + _adam(gradient, moments[:2], round_)
        steps = steps + _adam(held_steps - free_steps - 0.1 * steps, moments[2:], round_)
    return (
        dict(zip(names, weights.tolist(), strict=True)),
        {(a, b): float(steps[a, b]) for a in range(4) for b in STEPS[a]},
    )


def _adam(gradient: Array, moments: list[Array], round_: int) -> Array:
    moments[0] *= 0.9
    moments[0] += 0.1 * gradient
    moments[1] *= 0.999
    moments[1] += 0.001 * gradient**2
    first, second = moments[0] / (1 - 0.9**round_), moments[1] / (1 - 0.999**round_)
    return np.asarray(_CHAIN_RATE * first / (np.sqrt(second) + 1e-8))


def _expectations(emissions: Array, steps: Array, lengths: Array) -> tuple[Array, Array]:
    """Probabilities of states by page and line, and expected numbers of steps, of all pages at once."""
    pages, most, _ = emissions.shape
    open_steps = steps + np.array([[0.0 if b in STEPS[a] else _NEVER for b in range(4)] for a in range(4)])
    end = np.array([0.0 if s in ENDS else _NEVER for s in range(4)])
    forward = np.zeros((pages, most, 4))
    forward[:, 0] = emissions[:, 0] + np.array([0.0 if s in STARTS else _NEVER for s in range(4)])
    for at in range(1, most):
        arrived = _log_sum(forward[:, at - 1, :, None] + open_steps, 1) + emissions[:, at]
        forward[:, at] = np.where((at < lengths)[:, None], arrived, forward[:, at - 1])
    backward = np.zeros((pages, most, 4))
    backward[:, -1] = end
    for at in range(most - 2, -1, -1):
        left = _log_sum(open_steps + (emissions[:, at + 1] + backward[:, at + 1])[:, None, :], 2)
        backward[:, at] = np.where((at + 1 < lengths)[:, None], left, end)
    total = _log_sum(forward[:, -1] + end, 1)
    states = np.exp(forward + backward - total[:, None, None])
    states[np.arange(most)[None, :] >= lengths[:, None]] = 0
    taken = np.zeros((4, 4))
    for at in range(1, most):
        live = at < lengths
        after = (emissions[live, at] + backward[live, at])[:, None, :]
        taken += np.exp(forward[live, at - 1, :, None] + open_steps + after - total[live, None, None]).sum(0)
    return states, taken


def _log_sum(values: Array, axis: int) -> Array:
    most = values.max(axis, keepdims=True)
    return np.asarray(most.squeeze(axis) + np.log(np.exp(values - most).sum(axis)))


# Learning


def composed(pages: Iterable[MarkedPage], lines: Sequence[Example], seed: str) -> list[MarkedPage]:
    """The bodies of pages, with single lines of furniture around and between their paragraphs."""
    choice = random.Random(seed)
    found = []
    for page in pages:
        pool = [line.text for line in lines if line.junk and line.language == page.language]
        body = [(page.text[s:e], label) for s, e, label in sorted(page.parts) if label in "BHC"]
        if sum(label == "B" for _, label in body) >= 3 and len(pool) >= 12:
            found += [_compose(page, body, pool, choice) for _ in range(_COMPOSED)]
    return found


def _compose(page: MarkedPage, body: list[tuple[str, str]], pool: list[str], choice: random.Random) -> MarkedPage:
    def furniture(count: int, lines: list[str]) -> list[tuple[str, str]]:
        return [(text, "J") for text in choice.sample(lines, count)]

    found = furniture(choice.randint(0, 5), [line for line in pool if len(line) < 60])
    found += [(page.title, "T")] if page.title else []
    found += furniture(choice.randint(0, 3), pool)
    for position, part in enumerate(body):
        found.append(part)
        if position < len(body) - 1 and choice.random() < 0.18:
            found += furniture(choice.choice([1, 1, 1, 2, 3]), pool)
    found += furniture(choice.randint(0, 9), pool)
    text, parts = "", []
    for piece, label in found:
        parts.append((len(text), len(text) + len(piece), label))
        text += piece + "\n"
    return MarkedPage(page.language, page.title, text, tuple(parts))


def _fold(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % FOLDS


def learn(pages: Sequence[MarkedPage], lines: Sequence[Example]) -> Weights:
    """Weights from pages and single lines; the chain learns from scores of lines that were not learnt from."""
    by_page = [page_examples(page) for page in pages]
    sequences: list[PageStates] = []
    for fold in range(FOLDS):
        apart = [example for n, found in enumerate(by_page) if n % FOLDS != fold for example in found]
        weights = learn_line_weights([*apart, *(line for line in lines if _fold(line.text) != fold)])
        own = [page for n, page in enumerate(pages) if n % FOLDS == fold]
        made = composed(own, [line for line in lines if _fold(line.text) == fold], f"fold {fold}")
        for page in [*own, *made]:
            sequences += chain_sequences(page, weights)
    states, steps = learn_chain(sequences)
    line_weights = learn_line_weights([*(example for found in by_page for example in found), *lines])
    rows = {name: (row[0], row[1], row[2], row[3]) for name, row in states.items()}
    return Weights(line_weights, rows, steps)


# Writing


def write(weights: Weights, examples: Sequence[Example]) -> None:
    """Write the weights as the tables that the package reads, rounded to two digits."""
    rows = ["# Learnt by tests/eval/train_furniture.py; extraction/junk_weights.py says what the rows mean."]
    rows += [f"line\t{n}\t{w:.2f}" for n, w in sorted(weights.line.items()) if not n.startswith("word ")]
    rows += ["\t".join(["state", n, *(f"{w:.2f}" for w in row)]) for n, row in sorted(weights.states.items())]
    rows += [f"step\t{STATES[a]}\t{STATES[b]}\t{w:.2f}" for (a, b), w in sorted(weights.steps.items())]
    (ROOT / "extraction" / "furniture_weights.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    for code, words in _words_by_language(weights, examples).items():
        head = "# Words and how much they speak for furniture; learnt by tests/eval/train_furniture.py.\n"
        path = ROOT / "extraction" / "languages" / code / "furniture_words.tsv"
        path.write_text(head + "".join(f"{word}\t{weight:.2f}\n" for word, weight in words), encoding="utf-8")


def _words_by_language(weights: Weights, examples: Sequence[Example]) -> dict[str, list[tuple[str, float]]]:
    """Each word under the language in whose lines it stands most often."""
    counts = {code: Counter(n for e in examples if e.language == code for n in e.features) for code in LANGUAGES}
    found: dict[str, list[tuple[str, float]]] = {code: [] for code in LANGUAGES}
    for name, weight in sorted(weights.line.items()):
        if name.startswith("word ") and abs(weight) >= 0.05:
            code = max(LANGUAGES, key=lambda code: counts[code][name])
            found[code].append((name.removeprefix("word "), weight))
    return found


def main() -> None:
    """Learn and write."""
    pages = [*collection(held_out=False), *more_pages(), *bodies(), *unit_pages(), *articles()]
    lines = single_examples()
    weights = learn(pages, lines)
    write(weights, [*(example for page in pages for example in page_examples(page)), *lines])


if __name__ == "__main__":
    main()
