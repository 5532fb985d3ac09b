"""Answering a query on a snapshot: which passages, with what scores, in what order.

First every passage is scored: BM25 (``ranking``) summed over the words of the query, one vector operation for each
list of postings, in one array with a place for each passage of the index; what stays zero is not found. Then the best
``depth`` passages are looked at again, and gain bonuses (``rescoring``), never negative, so that they stay before all
others and the order of any page can be found without sorting what comes before it.

A score depends on the passage, its neighbours in the article, the query and the pinned statistics, never on how the
index happens to be cut into segments: sums are made in the order of the query.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from search_index.errors import InvalidAfter
from search_index.filters import keep_mask, keyword_documents
from search_index.grammar import Query
from search_index.phrases import contains, documents, having, in_order, intersect
from search_index.plan import Leaf, Plan, Slot, Step, make_plan
from search_index.query import After, SearchFilters, Statistics
from search_index.ranking import Ranking, gain, gain_table
from search_index.scratch import Scratch
from search_index.segment import LENGTHS, Check, Floats, Ints, Postings, SegmentView
from search_index.store import Part, Snapshot

PREFIX_SCORE = 1.0


@dataclass(frozen=True, slots=True)
class Scored:
    """Every passage's score by its number among all; zero where it is not found. Good until its scratch is returned."""

    scores: Floats
    is_flat: bool
    """Whether the query only selects, so that all scores are to be shown as 0."""


class Evaluation:
    """One search on one snapshot. Not shared between threads; ``check`` raises when time is up."""

    def __init__(
        self,
        snapshot: Snapshot,
        query: Query,
        filters: SearchFilters,
        ranking: Ranking,
        after: After | None,
        check: Check,
    ) -> None:
        self.snapshot = snapshot
        self.query = query
        self.filters = filters
        self.ranking = ranking
        self.check = check
        self.plan: Plan = make_plan(query)
        self.statistics = self._pinned(after)
        self._weights: dict[int, float] = {}

    def _pinned(self, after: After | None) -> Statistics:
        if after is None:
            extents = {field: self.snapshot.extent(field) for field in self.plan.fields}
            frequencies = tuple(self._frequency(field, term) for field, term in self.plan.terms)
            return Statistics(self.snapshot.count, extents, frequencies)
        known = after.statistics
        if len(known.frequencies) != len(self.plan.terms) or not set(known.extents) <= set(self.plan.fields):
            raise InvalidAfter("this continuation belongs to another query")
        extents = {field: known.extents.get(field, (0, 0.0)) for field in self.plan.fields}
        return replace(known, extents=extents)

    def _frequency(self, field: str, term: str) -> int:
        return sum(part.count_live(part.view.documents(field, term)) for part in self.snapshot.parts)

    def score(self, scratch: Scratch) -> Scored:
        """Score every passage."""
        scores = scratch.floats(self.snapshot.size)
        looked_up = self.plan.scored
        for part in self.snapshot.parts:
            own = scores[part.base : part.base + part.view.count]
            if not looked_up:
                own[:] = 1.0
            elif self.plan.requires:
                self._score_required(part.view, own)
            else:
                for step in looked_up:
                    self.check()
                    self._add_step(part.view, step, own, scratch)
            self._exclude(part, own)
        return Scored(scores, not looked_up)

    def _exclude(self, part: Part, scores: Floats) -> None:
        self.check()
        keep = keep_mask(part, self.filters, self.query)
        if keep is not None:
            np.multiply(scores, keep, out=scores)
        for step in self.plan.steps:
            if step.clause.kind == "keyword":
                inside = np.zeros(len(scores), dtype=np.bool_)
                inside[keyword_documents(part.view, step.clause)] = True
                np.multiply(scores, ~inside if step.clause.occur == "not" else inside, out=scores)
            elif step.clause.occur == "not":
                scores[self.meeting(part.view, step)] = 0

    def meeting(self, view: SegmentView, step: Step) -> Ints:
        """The passages that meet a word, phrase or prefix, ascending."""
        if step.clause.kind == "prefix":
            inside = np.zeros(view.count, dtype=np.bool_)
            inside[view.with_prefix(step.clause.words[0].folded)] = True
            return np.flatnonzero(inside)
        if len(step.slots) == 1:
            each = [documents(having(view, leaf)) for leaf in step.slots[0].leaves]
        else:
            groups = range(len(step.slots[0].leaves))
            each = [in_order(view, [slot.leaves[at] for slot in step.slots], self.check) for at in groups]
        present = [one for one in each if len(one)]  # a passage is of one language only
        return np.sort(np.concatenate(present)) if len(present) > 1 else present[0] if present else each[0]

    def _add_step(self, view: SegmentView, step: Step, scores: Floats, scratch: Scratch) -> None:
        clause = step.clause
        if clause.kind == "prefix":
            scores[self.meeting(view, step)] += np.float32(PREFIX_SCORE)
        elif clause.kind == "phrase":
            found = self.meeting(view, step)
            scores[found] += self._gains_at(view, step.slots, found)
        else:
            for leaf in (*step.slots[0].leaves, *step.slots[0].others):
                self._add_leaf(view, leaf, scores, scratch)

    def _add_leaf(self, view: SegmentView, leaf: Leaf, scores: Floats, scratch: Scratch) -> None:
        """Add what the best of a leaf's terms gives each passage."""
        found = list(self._gains(view, leaf))
        if not found:
            return
        docs, gains = found[0]
        np.add.at(scores, docs, gains)  # unlike +=, takes the numbers as they are stored
        if len(found) > 1:
            best = scratch.other(view.count)
            best[docs] = gains
            for more, other in found[1:]:
                known = best[more]
                better = np.maximum(other, known)
                scores[more] += better - known
                best[more] = better
            for more, _ in found:
                best[more] = 0

    def _gains(self, view: SegmentView, leaf: Leaf) -> Iterator[tuple[NDArray[np.uint32], Floats]]:
        """For each term of a leaf that the segment has: its passages, and what each gains by it."""
        for at, term in enumerate(leaf.terms, leaf.first):
            weight = self.weight(leaf, at)
            found = view.postings(leaf.field, term) if weight else None
            if found is not None:
                yield found.docs, self._of(found, leaf) * np.float32(weight)

    def _of(self, found: Postings, leaf: Leaf) -> Floats:
        if found.codes is None:
            return np.ones(len(found.docs), dtype=np.float32)
        average = self.average(leaf.field)
        k1, b = self.ranking.k1, self.ranking.length_weight(leaf.role)
        table = gain_table(k1, b, average)
        if found.codes.dtype == np.uint16:
            return table.take(found.codes)  # faster than by index
        frequencies = found.frequencies().astype(np.float64)
        return gain(frequencies, LENGTHS[found.codes & 255], k1, b, average).astype(np.float32)  # type: ignore[arg-type]

    def weight(self, leaf: Leaf, number: int) -> float:
        """What a term counts for, by its number in the plan: rarity times the weight of the kind of field."""
        known = self._weights.get(number)
        if known is None:
            known = self._weights[number] = self._weigh(leaf, number)
        return known

    def _weigh(self, leaf: Leaf, number: int) -> float:
        role = 1.0 if leaf.is_matched else self.ranking.weight(leaf.role)
        having = self.statistics.frequencies[number]
        passages = self.statistics.extents[leaf.field][0] or self.statistics.passages
        return role * self.ranking.idf(passages, having) if having else 0.0

    def average(self, field: str) -> float:
        """Terms of a field, in the mean of the passages that have any."""
        count, total = self.statistics.extents[field]
        return total / count if total else 1.0

    def _gains_at(self, view: SegmentView, slots: Sequence[Slot], wanted: Ints) -> Floats:
        """What passages (ascending) gain by the words of some slots."""
        total = np.zeros(len(wanted), dtype=np.float32)
        for slot in slots:
            for leaf in (*slot.leaves, *slot.others):
                total += self.leaf_gains_at(view, leaf, wanted)
        return total

    def leaf_gains_at(self, view: SegmentView, leaf: Leaf, wanted: Ints) -> Floats:
        """What passages (ascending) gain by a leaf: the most that any of its terms gives."""
        best = np.zeros(len(wanted), dtype=np.float32)
        for at, term in enumerate(leaf.terms, leaf.first):
            weight = self.weight(leaf, at)
            found = view.postings(leaf.field, term) if weight else None
            if found is not None and len(wanted):
                place = np.minimum(np.searchsorted(found.docs, wanted), len(found.docs) - 1)
                inside = found.docs[place] == wanted
                chosen = replace_postings(found, place[inside])
                best[inside] = np.maximum(best[inside], self._of(chosen, leaf) * np.float32(weight))
        return best

    def _score_required(self, view: SegmentView, scores: Floats) -> None:
        """Score the passages that meet every clause which must be met."""
        musts = [s for s in self.plan.steps if s.clause.occur == "must" and s.clause.kind != "keyword"]
        lists = []
        for step in musts:
            self.check()
            lists.append(self.meeting(view, step))
        wanted = intersect(lists, view.count)
        total = np.zeros(len(wanted), dtype=np.float32)
        for step in self.plan.scored:
            self.check()
            if len(wanted):
                total += self._step_at(view, step, wanted)
        scores[wanted] = total

    def _step_at(self, view: SegmentView, step: Step, wanted: Ints) -> Floats:
        if step.clause.occur == "must" and step.clause.kind != "prefix":
            return self._gains_at(view, step.slots, wanted)
        if step.clause.kind == "word":
            return self._gains_at(view, step.slots, wanted)
        meeting = contains(self.meeting(view, step), wanted, view.count)
        if step.clause.kind == "prefix":
            return meeting.astype(np.float32) * np.float32(PREFIX_SCORE)
        found = np.zeros(len(wanted), dtype=np.float32)
        found[meeting] = self._gains_at(view, step.slots, wanted[meeting])
        return found


def replace_postings(found: Postings, chosen: Ints) -> Postings:
    """The chosen postings alone; their places are not known any more."""
    codes = None if found.codes is None else found.codes[chosen]
    return replace(found, docs=found.docs[chosen], codes=codes)
