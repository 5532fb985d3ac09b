"""Fit the confidence of facts to verdicts on the held-out half, and show how well it holds.

    python -m tests.eval.calibrate            # prints the reliability table, changes nothing
    python -m tests.eval.calibrate --write    # also writes extraction/confidence.json, docs/calibration.svg and the
                                              # table in docs/extraction.md

The table is cross-validated: each article's facts get their confidence from a fit that has not seen the article.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from rich.console import Console
from rich.table import Table

from extraction.confidence import log_odds, signs
from extraction.document import Article, Fact
from extraction.pipeline import Pipeline
from extraction.registry import load_packs
from extraction.wire import document_to_wire
from tests.eval.boards import HERE, Json, own_articles
from tests.eval.documents import renew, table
from tests.eval.reliability import draw
from tests.eval.verdicts import verdicts

ROOT = HERE.parents[1]
KINDS = ("quantity", "quotation", "event")
FOLDS = 8
PENALTY = 2.0
_RARE = 8  # facts with a sign, below which it tells nothing
Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Case:
    """A fact that was judged: its article, kind, prior, signs, and the verdict."""

    article: str
    kind: str
    prior: float
    signs: frozenset[str]
    right: bool


def cases(group: str) -> list[Case]:
    """The judged facts of the articles whose group ends with ``group`` ("held out", "open"), with their priors."""
    pipeline = Pipeline(load_packs({}), confidence=lambda fact, _text, _language: fact.confidence)
    return [
        case for article in own_articles() if article["group"].endswith(group) for case in _cases(pipeline, article)
    ]


def _cases(pipeline: Pipeline, article: Json) -> Iterable[Case]:
    text, language = article["text"], article["language"]
    published = date.fromisoformat(article["published_at"][:10])
    document = pipeline.extract(Article(text, language, published, article["title"]))
    wire = document_to_wire(document, text, article["id"], article["id"])
    by_id: dict[str, Fact] = {w["id"]: fact for w, fact in zip(wire["facts"], document.facts, strict=True)}
    for verdict in verdicts(article, wire):
        fact = by_id[verdict.fact["id"]]
        yield Case(article["id"], fact.kind, fact.confidence, signs(fact, text, language), verdict.right)


def fit(found: Sequence[Case]) -> Weights:
    """Weights of a logistic regression with a Gaussian prior on all but the constant, by Newton's method.

    Without any case the rules' priors stand.
    """
    if not found:
        return {"prior": 1.0}
    counts = {sign: sum(sign in case.signs for case in found) for case in found for sign in case.signs}
    names = ["prior", "always", *sorted(s for s, n in counts.items() if n >= _RARE and s != "always")]
    given = np.array([[log_odds(c.prior), *(float(name in c.signs) for name in names[1:])] for c in found])
    right = np.array([float(case.right) for case in found])
    penalty = np.diag([PENALTY if name != "always" else 1e-3 for name in names])
    weights = np.zeros(len(names))
    for _ in range(50):
        share = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (right - share) - penalty @ weights
        bend = (given * (share * (1 - share))[:, None]).T @ given + penalty
        step = np.linalg.solve(bend, slope)
        weights += step
        if np.abs(step).max() < 1e-9:
            break
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def confidence(weights: Weights, case: Case) -> float:
    """What the weights say of a case, as ``extraction.confidence`` does."""
    total = weights["prior"] * log_odds(case.prior) + sum(weights.get(sign, 0.0) for sign in case.signs)
    return round(min(0.99, max(0.05, 1 / (1 + float(np.exp(-total))))), 2)


def served_weights() -> dict[str, Weights]:
    """The weights that the extraction uses, by kind."""
    loaded: dict[str, Weights] = json.loads((ROOT / "extraction" / "confidence.json").read_text("utf-8"))
    return loaded


def cross_validated(found: Sequence[Case]) -> list[tuple[str, float, bool]]:
    """Kind, confidence and verdict of each case, the confidence from fits without the case's article."""
    articles = sorted({case.article for case in found})
    told = []
    for kind in KINDS:
        of_kind = [case for case in found if case.kind == kind]
        for fold in range(FOLDS):
            left_out = set(articles[fold::FOLDS])
            weights = fit([case for case in of_kind if case.article not in left_out])
            told += [(kind, confidence(weights, c), c.right) for c in of_kind if c.article in left_out]
    return told


def _rows(told: Sequence[tuple[str, float, bool]]) -> Iterator[list[str]]:
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
        within = [(kind, right) for kind, sure, right in told if low <= sure < high]
        cells = [[right for of_kind, right in within if kind in (of_kind, "all")] for kind in (*KINDS, "all")]
        yield [f"{low:.1f}-{min(high, 1.0):.1f}", *(_share(cell) for cell in cells)]


def _share(verdicts_of: Sequence[bool]) -> str:
    return f"{np.mean(verdicts_of):.2f} ({len(verdicts_of)})" if verdicts_of else "-"


def main() -> None:
    """Fits, prints, writes where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights and the plot")
    arguments = parser.parse_args()
    found = cases("held out")
    told = cross_validated(found)
    head = ("confidence", *KINDS, "all")
    shown = Table(*head, title="Share of right facts (of how many), cross-validated")
    for row in _rows(told):
        shown.add_row(*row)
    Console(width=120).print(shown)
    if arguments.write:
        weights = {kind: fit([case for case in found if case.kind == kind]) for kind in KINDS}
        written = json.dumps(weights, indent=1, sort_keys=True) + "\n"
        (ROOT / "extraction" / "confidence.json").write_text(written, "utf-8")
        renew(ROOT / "docs" / "extraction.md", "calibration", table(head, _rows(told)))
        (ROOT / "docs" / "calibration.svg").write_text(draw([(sure, right) for _, sure, right in told]), "utf-8")


if __name__ == "__main__":
    main()
