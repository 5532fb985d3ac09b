"""The page of a search: the best of all scored passages, counted and in order, without sorting the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from search_index.evaluation import Evaluation, Scored
from search_index.explaining import explain_terms
from search_index.folding import Fingerprints, first_alike
from search_index.layout import SKETCH
from search_index.query import After, Facet, Hit, SearchResults, Sort
from search_index.rescoring import Rescorer
from search_index.segment import NO_INSTANT, Floats, Ints, Mask
from search_index.store import Part

_JUDGED = 100
"""Passages whose meaning is compared with the query's, which costs more than all else."""

SCORE_DIGITS = 6
"""Decimals of a score as it is reported."""

_LAST = float(2**62)
_SPARE = 60
"""Passages behind and before a page among which near-duplicates are looked for: they have about the same score."""

Keys = NDArray[np.float64]
Names = NDArray[np.bytes_]


@dataclass(frozen=True, slots=True)
class _Ranked:
    """The passages of a page in order: their numbers, keys and scores, and whether there are more behind them."""

    numbers: Ints
    keys: Keys
    scores: Floats
    more: bool


class Page:
    """Makes one page of an evaluation's results."""

    def __init__(self, evaluation: Evaluation, scored: Scored, after: After | None, sort: Sort, limit: int) -> None:
        self._evaluation = evaluation
        self._scores = scored.scores
        self._is_flat = scored.is_flat
        self._after = after
        self._sort = sort
        self._limit = limit
        self._parts = evaluation.snapshot.parts
        self._rescorer = Rescorer(evaluation)
        self._bonuses: dict[int, dict[str, float]] = {}

    def results(self, facets: Sequence[Facet], *, explain: bool, fold: bool = False) -> SearchResults:
        """The page: hits, exact total, the counts asked for, and where to go on."""
        total = self._scores.total()
        counted = self._counted(facets) if facets else {}
        cutoff, best = self._candidates()
        bonuses = self._rescored(best, explain=explain)
        similar: dict[int, list[int]] = {}
        if self._sort != "score" or self._is_flat:
            ranked = self._cut(self._by_key(best, bonuses))
            last = len(ranked.numbers) - 1
            chosen = list(range(last + 1))
        elif fold:
            seen = self._seen(best, bonuses)
            ranked = self._by_score(best, bonuses, self._limit + 1 + _SPARE)
            chosen, similar, last = self._folded(ranked, seen)
        else:
            ranked = self._cut(self._by_score(best, bonuses, self._limit + 1))
            last = len(ranked.numbers) - 1
            chosen = list(range(last + 1))
        statistics = replace(self._evaluation.statistics, cutoff=cutoff)
        hits = self._hits(ranked, chosen, similar, explain=explain)
        after = None
        if ranked.more or last < len(ranked.numbers) - 1:
            after = After(float(ranked.keys[last]), self._name(int(ranked.numbers[last])), statistics)
        return SearchResults(hits, total, counted, after, statistics)

    def _hits(
        self, ranked: _Ranked, chosen: Sequence[int], similar: Mapping[int, Sequence[int]], *, explain: bool
    ) -> tuple[Hit, ...]:
        numbers = ranked.numbers[list(chosen)]
        names = self._names(numbers)
        reasons = explain_terms(self._evaluation, numbers) if explain else {}
        return tuple(
            Hit(
                name.decode(),
                self._shown(score),
                reasons.get(number, ()),
                self._bonuses.get(number, {}) if explain else {},
                tuple(self._name(one) for one in similar.get(number, ())),
            )
            for name, number, score in zip(
                names.tolist(), numbers.tolist(), ranked.scores[list(chosen)].tolist(), strict=True
            )
        )

    def _name(self, number: int) -> str:
        return bytes(self._names(np.array([number]))[0]).decode()

    def _seen(self, best: Ints, bonuses: Floats) -> Ints:
        """The last passages before the page of those looked at again, whose near-duplicates are not shown again."""
        if self._after is None:
            return np.zeros(0, dtype=np.int64)
        keys = -(self._scores.at(best) + bonuses).astype(np.float64)
        before = best[keys <= self._after.key]
        keys = keys[keys <= self._after.key]
        names = self._names(before)
        mine = (keys < self._after.key) | (names <= self._after.passage_id.encode("utf-8", "replace"))
        order = np.lexsort((names[mine], keys[mine]))
        return before[mine][order][-_SPARE:]

    def _folded(self, ranked: _Ranked, seen: Ints) -> tuple[list[int], dict[int, list[int]], int]:
        """Which of the ranked are shown, their near-duplicates by number, and the last that the page used up."""
        first = first_alike(self._prints(np.concatenate([seen, ranked.numbers])))
        chosen: list[int] = []
        similar: dict[int, list[int]] = {}
        last = -1
        for at, number in enumerate(ranked.numbers.tolist()):
            original = first[at + len(seen)] - len(seen)
            if original == at:
                if len(chosen) < self._limit:
                    chosen.append(at)
                    last = at
            elif original >= 0:
                similar.setdefault(int(ranked.numbers[original]), []).append(number)
                last = at if len(chosen) < self._limit else last
            else:
                last = at if len(chosen) < self._limit else last
        return chosen, similar, last

    def _prints(self, numbers: Ints) -> Fingerprints:
        sketches = np.zeros((len(numbers), SKETCH), dtype=np.uint8)
        figures = np.zeros(len(numbers), dtype=np.uint32)
        order = np.argsort(numbers, kind="stable")
        for part, inside, own in self._by_part(numbers[order]):
            sketches[order[inside]] = part.view.sketches[own]
            figures[order[inside]] = part.view.numbers("figures")[own]
        return Fingerprints(sketches, figures)

    def _shown(self, score: float) -> float:
        return 0.0 if self._is_flat else round(float(score), SCORE_DIGITS)

    def _candidates(self) -> tuple[float, Ints]:
        """The score above which at most ``depth`` passages are, and those, ascending.

        It is that of the first page on all that follow.
        """
        if self._is_flat:
            return 0.0, np.zeros(0, dtype=np.int64)
        if self._after is not None:
            cutoff = self._after.statistics.cutoff
            return cutoff, self._scores.above(np.float32(cutoff))
        least, numbers = self._scores.best(self._evaluation.ranking.depth)
        return float(least), numbers

    def _rescored(self, best: Ints, *, explain: bool) -> Floats:
        """The bonus of each of the best passages."""
        bonuses = np.zeros(len(best), dtype=np.float32)
        for part, inside, own in self._by_part(best):
            for name, values in self._rescorer.bonuses(part, own).items():
                bonuses[inside] += values
                if explain:
                    for number, value in zip(best[inside].tolist(), values.tolist(), strict=True):
                        if value:
                            self._bonuses.setdefault(number, {})[name] = round(value, SCORE_DIGITS)
        return bonuses + self._meant(best, self._scores.at(best) + bonuses)

    def _meant(self, best: Ints, scores: Floats) -> Floats:
        """What the very best gain by their meaning, where anything judges that."""
        ranking = self._evaluation.ranking
        gains = np.zeros(len(best), dtype=np.float32)
        if ranking.meaning is not None and len(best):
            first = np.argsort(-scores, kind="stable")[:_JUDGED]
            names = [name.decode() for name in self._names(best[first]).tolist()]
            gains[first] = ranking.meaning(self._evaluation.query.text, names) * np.float32(ranking.weight("meaning"))
            for number, gain in zip(best[first].tolist(), gains[first].tolist(), strict=True):
                self._bonuses.setdefault(number, {})["meaning"] = round(gain, SCORE_DIGITS)
        return gains

    def _by_part(self, numbers: Ints) -> Iterator[tuple[Part, slice, Ints]]:
        """Ascending numbers by the part that they are in: which of them, and their numbers there."""
        bounds = np.searchsorted(numbers, [part.base for part in self._parts] + [self._evaluation.snapshot.size])
        for part, begin, end in zip(self._parts, bounds, bounds[1:], strict=False):
            if end > begin:
                yield part, slice(int(begin), int(end)), numbers[begin:end] - part.base

    def _names(self, numbers: Ints) -> Names:
        """The passages' ids."""
        order = np.argsort(numbers, kind="stable")
        found: list[Names] = [part.view.passage_ids[own] for part, _, own in self._by_part(numbers[order])]
        if not found:
            return np.zeros(0, dtype="S1")
        together = np.concatenate(found)
        names = np.empty_like(together)
        names[order] = together
        return names

    def _by_score(self, best: Ints, bonuses: Floats, wanted: int) -> _Ranked:
        """So many, best first: those looked at again, then the others, who all have less."""
        scores = self._scores.at(best) + bonuses
        first = self._first(best, -scores.astype(np.float64), scores, wanted)
        if len(first.numbers) < wanted:
            self._scores.leave_out(best)
            if self._after is not None:  # what stands before the page
                self._scores.leave_out_above(np.float32(-self._after.key))
            numbers = self._scores.first(wanted - len(first.numbers) + 1)
            values = self._scores.at(numbers)
            more = self._first(numbers, -values.astype(np.float64), values, wanted - len(first.numbers))
            first = _Ranked(
                np.concatenate([first.numbers, more.numbers]),
                np.concatenate([first.keys, more.keys]),
                np.concatenate([first.scores, more.scores]),
                more.more,
            )
        return first

    def _by_key(self, best: Ints, bonuses: Floats) -> _Ranked:
        """Any other order: by a key of every passage found."""
        numbers = self._scores.numbers()
        scores = self._scores.at(numbers)
        scores[np.searchsorted(numbers, best)] += bonuses
        if self._sort in ("score", "-score"):
            shown = np.zeros(len(scores)) if self._is_flat else scores.astype(np.float64)
            keys = shown if self._sort == "-score" else -shown
        else:
            instants = np.concatenate([np.zeros(0, np.int64), *(p.view.numbers("instant") for p in self._parts)])
            dated = instants[numbers]
            keys = np.where(dated == NO_INSTANT, _LAST, dated * (1.0 if self._sort == "published_at" else -1.0))
        return self._first(numbers, keys, scores, self._limit + 1)

    def _cut(self, found: _Ranked) -> _Ranked:
        limit = self._limit
        return _Ranked(found.numbers[:limit], found.keys[:limit], found.scores[:limit], len(found.numbers) > limit)

    def _first(self, numbers: Ints, keys: Keys, scores: Floats, wanted: int) -> _Ranked:
        """The first of some passages behind the continuation, by key and id."""
        after = self._after
        if after is not None:
            behind = keys > after.key
            tied = np.flatnonzero(keys == after.key)
            if len(tied):
                behind[tied] = self._are_behind(numbers[tied], after.passage_id.encode("utf-8", "replace"))
            numbers, keys, scores = numbers[behind], keys[behind], scores[behind]
        if len(keys) > wanted:
            last = np.partition(keys, wanted - 1)[wanted - 1]
            sure = np.flatnonzero(keys < last)
            tied = np.flatnonzero(keys == last)
            room = wanted - len(sure)
            if len(tied) > room:
                tied = tied[self._smallest_names(numbers[tied], room)]
            chosen = np.concatenate([sure, tied])
            numbers, keys, scores = numbers[chosen], keys[chosen], scores[chosen]
        order = np.lexsort((self._names(numbers), keys))
        return _Ranked(numbers[order], keys[order], scores[order], more=False)

    def _are_behind(self, numbers: Ints, name: bytes) -> Mask:
        """Which of some passages, ascending by number, have an id behind this one."""
        found = np.zeros(len(numbers), dtype=np.bool_)
        for part, inside, own in self._by_part(numbers):
            found[inside] = part.view.ranks[own] >= part.view.ranked_up_to(name)
        return found

    def _smallest_names(self, numbers: Ints, room: int) -> Ints:
        """The places of those ``room`` of some passages, ascending by number, whose ids come first."""
        few = []
        for part, inside, own in self._by_part(numbers):
            ranks = part.view.ranks[own]
            near = np.argpartition(ranks, room - 1)[:room] if len(own) > room else np.arange(len(own))
            few.append(near + inside.start)
        places = np.concatenate(few)
        return places[np.argsort(self._names(numbers[places]), kind="stable")[:room]]

    def _counted(self, facets: Sequence[Facet]) -> Mapping[str, Mapping[str, int]]:
        counters: dict[str, Counter[str]] = {facet: Counter() for facet in facets}
        for part in self._parts:
            found = self._scores.of(part)
            for facet, counter in counters.items():
                counter.update(_months(part, found) if facet == "published" else _values(part, facet, found))
        return {
            facet: dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))
            for facet, counter in counters.items()
        }


def _values(part: Part, column: str, found: Ints) -> dict[str, int]:
    lexicon = part.view.lexicon(column)
    numbers = np.bincount(part.view.codes(column)[found], minlength=len(lexicon))
    found_values = ((lexicon[at].decode(), int(numbers[at])) for at in np.flatnonzero(numbers).tolist())
    return {value: count for value, count in found_values if value}


def _months(part: Part, found: Ints) -> dict[str, int]:
    numbers = np.bincount(part.view.numbers("month")[found], minlength=1)
    months = [(at, int(numbers[at])) for at in np.flatnonzero(numbers).tolist() if at]
    return {f"{at // 12:04d}-{at % 12 + 1:02d}": count for at, count in months}
