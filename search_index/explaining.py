"""Why a passage has its score: what each word of the query adds, and the numbers that it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from search_index.evaluation import PREFIX_SCORE, Evaluation
from search_index.plan import Leaf, Step
from search_index.query import TermScore
from search_index.segment import LENGTHS, Ints, SegmentView

_DIGITS = 6
_SHOWN: Mapping[str, str] = {"titled": "title", "aliases": "names"}


def explain_terms(evaluation: Evaluation, numbers: Ints) -> dict[int, tuple[TermScore, ...]]:
    """What made the scores of some passages found, in the order of the query; what adds nothing is left out."""
    reasons: dict[int, list[TermScore]] = {int(number): [] for number in numbers}
    for part in evaluation.snapshot.parts:
        own = np.sort(numbers[(numbers >= part.base) & (numbers < part.base + part.view.count)]) - part.base
        for step in evaluation.plan.scored if len(own) else ():
            for document, term in _of_step(evaluation, part.view, step, own):
                reasons[document + part.base].append(term)
    return {number: tuple(terms) for number, terms in reasons.items()}


def _of_step(evaluation: Evaluation, view: SegmentView, step: Step, documents: Ints) -> Iterator[tuple[int, TermScore]]:
    clause = step.clause
    if clause.kind != "word":
        documents = np.intersect1d(evaluation.meeting(view, step), documents)
    if clause.kind == "prefix":
        term = TermScore(term=f"{clause.words[0].form}*", field="text", score=PREFIX_SCORE, weight=PREFIX_SCORE)
        yield from ((int(document), term) for document in documents)
        return
    for slot, word in zip(step.slots, clause.words, strict=True):
        for leaf in (*slot.leaves, *slot.others):
            yield from _of_leaf(evaluation, view, leaf, word.form, documents)


def _of_leaf(
    evaluation: Evaluation, view: SegmentView, leaf: Leaf, form: str, documents: Ints
) -> Iterator[tuple[int, TermScore]]:
    """What the best of a leaf's terms adds to each of the passages."""
    gains = evaluation.leaf_gains_at(view, leaf, documents)
    for document, gain in zip(documents.tolist(), gains.tolist(), strict=True):
        if gain:
            yield document, _term(evaluation, view, leaf, form, document, gain)


def _term(evaluation: Evaluation, view: SegmentView, leaf: Leaf, form: str, document: int, gain: float) -> TermScore:
    each = [Leaf(leaf.field, leaf.role, (term,), at) for at, term in enumerate(leaf.terms, leaf.first)]
    place = np.array([document])
    best = max(each, key=lambda one: float(evaluation.leaf_gains_at(view, one, place)[0]))
    found = view.postings(leaf.field, best.terms[0])
    assert found is not None
    at = int(np.searchsorted(found.docs, document))
    code = None if found.codes is None else int(found.codes[at])
    return TermScore(
        term=form,
        field=_SHOWN.get(leaf.role, leaf.role),
        score=round(gain, _DIGITS),
        weight=round(evaluation.weight(leaf, best.first), _DIGITS),
        term_frequency=None if code is None else code >> 8,
        document_frequency=evaluation.statistics.frequencies[best.first],
        length=None if code is None else int(LENGTHS[code & 255]),
        average_length=None if code is None else round(evaluation.average(leaf.field), _DIGITS),
    )
