"""Learn the weights of the second phase of search (``search_index/rescoring.py``) from the development questions.

    python -m tests.eval.learn_ranking            # prints what is learned and what each bonus brings, changes nothing
    python -m tests.eval.learn_ranking --write    # also writes search_index/ranking.json

For each question the best passages of the first phase are its candidates. The weights, none negative, make the right
ones likely among them: the logarithm of their share in a softmax over the scores, each set of questions counting the
same. Figures are cross-validated: questions about one article are judged by weights learned without them. The held-out
half is not looked at.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from api.config import Settings
from api.logs import configure_logs
from search_index import SearchFilters, SearchIndex
from search_index.evaluation import Evaluation
from search_index.ranking import Ranking, learned
from search_index.rescoring import FEATURES, Rescorer
from search_index.scratch import borrow
from search_index.store import Snapshot, Store
from services.errors import InvalidQuery
from services.finder import parse
from services.index_documents import all_documents
from tests.eval.questions import HERE, Question
from tests.eval.ranks import figures
from tests.eval.retrieval_board import SETS, QuestionSet, available
from tests.eval.searched import Collection, open_collection

RANKING = HERE.parents[1] / "search_index" / "ranking.json"
FOLDS = 4
PENALTY = 0.02
STEPS = 300
DEPTH = 10
SCORE = "first phase"
NAMES = (SCORE, *FEATURES)
Matrix = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Case:
    """A question: its set, its fold, the features of its candidates (one row each) and which of them answer."""

    set: str
    fold: int
    features: Matrix
    right: Flags


def cases(asked: QuestionSet, ranking: Ranking) -> Iterator[Case]:
    """The development questions of a set."""
    with open_collection(asked.name, asked.records()) as collection, tempfile.TemporaryDirectory() as folder:
        documents = all_documents(collection.newsroom.transactions)
        SearchIndex(Path(folder)).rebuild(one for _, own in documents for one in own)
        snapshot = Store(Path(folder)).snapshot()
        for question in asked.questions():
            if question.half == "development":
                yield _case(collection, snapshot, question, ranking)


def _case(collection: Collection, snapshot: Snapshot, question: Question, ranking: Ranking) -> Case:
    fold = zlib.crc32(question.answers[0].article.encode()) % FOLDS
    try:
        with collection.newsroom.transactions.reading() as session:
            query = parse(session, question.query)
    except InvalidQuery:
        return Case(question.set, fold, np.zeros((0, len(NAMES))), np.zeros(0, dtype=np.bool_))
    evaluation = Evaluation(snapshot, query, SearchFilters(), ranking, None, _never)
    with borrow() as scratch:
        scores = evaluation.score(scratch).scores
        _, best = scores.best(ranking.depth)
        rows = np.zeros((len(best), len(NAMES)))
        rows[:, 0] = scores.at(best)
    names: list[str] = []
    for part in snapshot.parts:
        inside = (best >= part.base) & (best < part.base + part.view.count)
        own = best[inside] - part.base
        names += [bytes(one).decode() for one in part.view.passage_ids[own]]
        for name, values in Rescorer(evaluation).features(part.view, own, frozenset(FEATURES)).items():
            rows[inside, NAMES.index(name)] = values
    answers = {p.id for p in collection.passages if question.is_answered_by(p.article, p.start, p.end)}
    return Case(question.set, fold, rows, np.array([name in answers for name in names], dtype=np.bool_))


def _never() -> None:
    """No search is too slow here."""


def fit(known: Sequence[Case], names: Sequence[str]) -> Matrix:
    """The weights of some features; that of the first phase is 1, which sets the scale."""
    chosen = [NAMES.index(name) for name in names]
    sets = [_padded([case for case in known if case.set == name], chosen) for name in {case.set for case in known}]
    weights, mean, spread = np.full(len(chosen), 0.1), np.zeros(len(chosen)), np.zeros(len(chosen))
    for step in range(1, STEPS + 1):
        slope = PENALTY * weights + sum(_slope(weights, *one) for one in sets)
        mean, spread = 0.9 * mean + 0.1 * slope, 0.99 * spread + 0.01 * slope**2
        move = (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
        weights = np.maximum(weights - (0.05 if step < STEPS * 0.7 else 0.01) * move, 0)
    scaled: Matrix = weights / max(weights[0], 1e-9)
    return scaled


def _padded(known: Sequence[Case], chosen: Sequence[int]) -> tuple[Matrix, Flags, Flags]:
    """The questions with an answer among their candidates, in arrays of one shape."""
    known = [case for case in known if case.right.any()]
    most = max(len(case.right) for case in known)
    rows = np.zeros((len(known), most, len(chosen)))
    right, real = np.zeros((len(known), most), dtype=np.bool_), np.zeros((len(known), most), dtype=np.bool_)
    for at, case in enumerate(known):
        rows[at, : len(case.right)] = case.features[:, chosen]
        right[at, : len(case.right)], real[at, : len(case.right)] = case.right, True
    return rows, right, real


def _slope(weights: Matrix, rows: Matrix, right: Flags, real: Flags) -> Matrix:
    scores = np.where(real, rows @ weights, -np.inf)
    share = np.exp(scores - scores.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    wanted = share * right
    wanted /= wanted.sum(axis=1, keepdims=True) + 1e-12
    slope: Matrix = np.einsum("qc,qcf->f", share - wanted, rows) / len(rows)
    return slope


def rank(case: Case, weights: Matrix, names: Sequence[str]) -> int:
    """The place of the first right candidate, 0 beyond the tenth; a tie counts as half of it before."""
    if not case.right.any():
        return 0
    scores = case.features[:, [NAMES.index(name) for name in names]] @ weights
    best = scores[case.right].max()
    place = 1 + int((scores > best).sum()) + int((scores[~case.right] == best).sum()) // 2
    return place if place <= DEPTH else 0


def cross_validated(known: Sequence[Case], names: Sequence[str]) -> dict[str, list[int]]:
    """The ranks of each set's questions."""
    ranks: dict[str, list[int]] = {}
    for fold in range(FOLDS):
        weights = fit([case for case in known if case.fold != fold], names)
        for case in known:
            if case.fold == fold:
                ranks.setdefault(case.set, []).append(rank(case, weights, names))
    return ranks


def _board(known: Sequence[Case], ablate: Callable[[str], bool]) -> Table:
    sets = list(dict.fromkeys(case.set for case in known))
    shown = Table("with", *(f"{name} R@5 / MRR" for name in sets), title="Cross-validated on the development half")
    whole = list(NAMES)
    rows = {SCORE: [SCORE], "all": whole}
    rows |= {f"all but {name}": [one for one in whole if one != name] for name in FEATURES if ablate(name)}
    for label, names in rows.items():
        ranks = cross_validated(known, names)
        told = [figures(ranks[name]) for name in sets]
        shown.add_row(label, *(f"{one['R@5']:.3f} / {one['MRR@10']:.4f}" for one in told))
    return shown


def _write(ranking: Ranking, weights: Mapping[str, float]) -> None:
    kept = {name: value for name, value in ranking.weights.items() if name not in FEATURES}
    values = {"k1": ranking.k1, "b": dict(ranking.b), "weights": kept | dict(weights), "depth": ranking.depth}
    RANKING.write_text(json.dumps(values, indent=1) + "\n", "utf-8")


def main() -> None:
    """Prints what is learned."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights to search_index/ranking.json")
    parser.add_argument("--ablate", action="store_true", help="show what is lost without each bonus")
    parser.add_argument("--k1", type=float, help="another k1 of BM25")
    parser.add_argument("--b", type=float, help="another b for the text")
    parser.add_argument("--depth", type=int, help="how many passages are looked at again")
    arguments = parser.parse_args()
    configure_logs(replace(Settings(), log_level="error"))
    ranking = learned()
    ranking = replace(
        ranking,
        k1=ranking.k1 if arguments.k1 is None else arguments.k1,
        b=ranking.b if arguments.b is None else {**ranking.b, "text": arguments.b},
        depth=arguments.depth or ranking.depth,
    )
    known = [case for name in available() for case in cases(SETS[name], ranking)]
    console = Console(highlight=False)
    console.print(_board(known, lambda _: arguments.ablate))
    weights = {name: round(float(w), 2) for name, w in zip(NAMES, fit(known, NAMES), strict=True) if name != SCORE}
    console.print(weights)
    if arguments.write:
        _write(ranking, {name: weight for name, weight in weights.items() if weight})


if __name__ == "__main__":
    main()
