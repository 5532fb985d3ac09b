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
from search_index.phrases import contains, documents, having, in_order, intersect, union
from search_index.plan import Leaf, Plan, Slot, Step, make_plan
from search_index.query import After, SearchFilters, Statistics
from search_index.ranking import Ranking, gain, gain_table
from search_index.scores import FewScores, ManyScores, Scores
from search_index.scratch import Scratch
from search_index.segment import LENGTHS, Check, Floats, Ints, Mask, Postings, SegmentView
from search_index.store import Part, Snapshot

PREFIX_SCORE = 1.0

_FEW = 32
"""Where the words of a query stand in so many times fewer passages than there are, only those are looked at."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What was found. ``is_flat``: the query only selects, so that all scores are to be shown as 0."""

    scores: Scores
    is_flat: bool


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
        self._active: dict[int, tuple[Leaf, ...]] = {}

    def _pinned(self, after: After | None) -> Statistics:
        if after is None:
            extents = {field: self.snapshot.extent(field) for field in self.plan.fields}
            present = self.snapshot.fields
            frequencies = tuple(
                self._frequency(field, term) if field in present else 0 for field, term in self.plan.terms
            )
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
        steps = self.plan.scored
        if steps and (self.plan.requires or self._postings(steps) * _FEW < self.snapshot.size):
            found = [self._few(part, steps) for part in self.snapshot.parts]
            numbers = np.concatenate([np.zeros(0, np.int64), *(numbers for numbers, _ in found)])
            values = np.concatenate([np.zeros(0, np.float32), *(values for _, values in found)])
            return Scored(FewScores(numbers, values), is_flat=False)
        scores = scratch.floats(self.snapshot.size)
        for part in self.snapshot.parts:
            own = scores[part.base : part.base + part.view.count]
            if not steps:
                own[:] = 1.0
            for step in steps:
                self.check()
                self._add_step(part.view, step, own, scratch)
            self._exclude(part, own)
        return Scored(ManyScores(scores), not steps)

    def _postings(self, steps: Sequence[Step]) -> int:
        """How many postings, about, the words of some steps have."""
        count = 0
        for step in steps:
            if step.clause.kind == "prefix":
                prefix = step.clause.words[0].folded
                count += sum(len(part.view.with_prefix(prefix)) for part in self.snapshot.parts)
            for slot in step.slots:
                for leaf in self.leaves(slot):
                    count += sum(self.statistics.frequencies[leaf.first : leaf.first + len(leaf.terms)])
        return count

    def leaves(self, slot: Slot) -> tuple[Leaf, ...]:
        """The leaves of a word by which passages are found: those with a term in some passage, and a weight."""
        known = self._active.get(id(slot))
        if known is None:
            every = (*slot.leaves, *slot.others)
            known = tuple(leaf for leaf in every if any(self._each_weight(leaf)))
            self._active[id(slot)] = known
        return known

    def _each_weight(self, leaf: Leaf) -> Iterator[float]:
        return (self.weight(leaf, at) for at in range(leaf.first, leaf.first + len(leaf.terms)))

    def _few(self, part: Part, steps: Sequence[Step]) -> tuple[Ints, Floats]:
        """The passages of a part that are found, by their numbers among all, and their scores."""
        scored = self._required(part.view, steps) if self.plan.requires else self._any(part.view, steps)
        numbers, values = scored
        kept = self._kept(part, numbers)
        if kept is not None:
            numbers, values = numbers[kept], values[kept]
        return numbers + part.base, values

    def _any(self, view: SegmentView, steps: Sequence[Step]) -> tuple[Ints, Floats]:
        """The passages that meet any step; sums are made in the order of the query, as in ``_add_step``."""
        pieces: list[tuple[Ints | NDArray[np.uint32], Floats]] = []
        for step in steps:
            self.check()
            if step.clause.kind == "word":
                for leaf in self.leaves(step.slots[0]):
                    pieces.extend(self._best_gains(view, leaf))
            else:
                found = self.meeting(view, step)
                pieces.append((found, self._step_gains(view, step, found)))
        numbers = union([np.zeros(0, np.int64), *(docs.astype(np.int64) for docs, _ in pieces)])
        values = np.zeros(len(numbers), dtype=np.float32)
        for docs, gains in pieces:
            values[np.searchsorted(numbers, docs)] += gains
        return numbers, values

    def _best_gains(self, view: SegmentView, leaf: Leaf) -> list[tuple[Ints | NDArray[np.uint32], Floats]]:
        """What the best of a leaf's terms gives each passage, in steps to add up: one term's, then what is more."""
        found = list(self._gains(view, leaf))
        if len(found) < 2:
            return list(found)
        numbers = union([docs for docs, _ in found]).astype(np.int64)
        best = np.zeros(len(numbers), dtype=np.float32)
        pieces: list[tuple[Ints | NDArray[np.uint32], Floats]] = []
        for docs, gains in found:
            at = np.searchsorted(numbers, docs)
            better = np.maximum(gains, best[at])
            pieces.append((docs, better - best[at]))
            best[at] = better
        return pieces

    def _kept(self, part: Part, numbers: Ints) -> Mask | None:
        """Which of some passages of a part the filters and the clauses that only select let through; None: all."""
        self.check()
        masks = []
        keep = keep_mask(part, self.filters, self.query)
        if keep is not None:
            masks.append(keep[numbers])
        for step in self.plan.steps:
            if step.clause.kind == "keyword":
                inside = contains(keyword_documents(part.view, step.clause), numbers, part.view.count)
                masks.append(~inside if step.clause.occur == "not" else inside)
            elif step.clause.occur == "not":
                masks.append(~contains(self.meeting(part.view, step), numbers, part.view.count))
        return np.logical_and.reduce(masks) if masks else None

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
            each = [documents(having(view, leaf)).astype(np.int64) for leaf in step.slots[0].leaves]
        else:
            groups = range(len(step.slots[0].leaves))
            each = [in_order(view, [slot.leaves[at] for slot in step.slots], self.check) for at in groups]
        present = [one for one in each if len(one)]  # a passage is of one language only
        return np.sort(np.concatenate(present)) if len(present) > 1 else (present or each)[0]

    def _add_step(self, view: SegmentView, step: Step, scores: Floats, scratch: Scratch) -> None:
        if step.clause.kind == "word":
            for leaf in self.leaves(step.slots[0]):
                self._add_leaf(view, leaf, scores, scratch)
        else:
            found = self.meeting(view, step)
            scores[found] += self._step_gains(view, step, found)

    def _step_gains(self, view: SegmentView, step: Step, found: Ints) -> Floats:
        """What the passages that meet a phrase or prefix gain by it."""
        if step.clause.kind == "prefix":
            return np.full(len(found), PREFIX_SCORE, dtype=np.float32)
        return self._gains_at(view, step.slots, found)

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
            for leaf in self.leaves(slot):
                total += self.leaf_gains_at(view, leaf, wanted)
        return total

    def leaf_gains_at(self, view: SegmentView, leaf: Leaf, wanted: Ints) -> Floats:
        """What passages (ascending) gain by a leaf: the most that any of its terms gives."""
        best = np.zeros(len(wanted), dtype=np.float32)
        for at, term in enumerate(leaf.terms, leaf.first):
            weight = self.weight(leaf, at)
            found = view.postings(leaf.field, term) if weight else None
            if found is not None and len(wanted):
                place = np.minimum(np.searchsorted(found.docs, wanted.astype(np.uint32)), len(found.docs) - 1)
                inside = found.docs[place] == wanted
                chosen = replace_postings(found, place[inside])
                best[inside] = np.maximum(best[inside], self._of(chosen, leaf) * np.float32(weight))
        return best

    def _required(self, view: SegmentView, steps: Sequence[Step]) -> tuple[Ints, Floats]:
        """The passages that meet every clause which must be met."""
        lists = []
        for step in steps:
            if step.clause.occur == "must":
                self.check()
                lists.append(self.meeting(view, step))
        wanted = intersect(lists, view.count)
        total = np.zeros(len(wanted), dtype=np.float32)
        for step in steps:
            self.check()
            if len(wanted):
                total += self._step_at(view, step, wanted)
        return wanted, total

    def _step_at(self, view: SegmentView, step: Step, wanted: Ints) -> Floats:
        if step.clause.kind == "word" or (step.clause.occur == "must" and step.clause.kind == "phrase"):
            return self._gains_at(view, step.slots, wanted)
        meeting = contains(self.meeting(view, step), wanted, view.count)
        found = np.zeros(len(wanted), dtype=np.float32)
        found[meeting] = self._step_gains(view, step, wanted[meeting])
        return found


def replace_postings(found: Postings, chosen: Ints) -> Postings:
    """The chosen postings alone; their places are not known any more."""
    codes = None if found.codes is None else found.codes[chosen]
    return replace(found, docs=found.docs[chosen], codes=codes)
