"""Bonuses for the best passages: what is too costly to look at in all of them, or depends on the question.

A bonus is a weight of ``ranking.json`` times a feature, never negative. Most features sum the rarity of those words of
the query of which something holds:

===========  ===================================================================================
``surface``  the passage has the very form of the word
``title``    the title of its article has it
``lacking``  the title has it, and the passage has not: what a text is about is not said again in every passage
``article``  a passage of its article has it, what was set aside not counted
``related``  the passage has not the word, but one that means nearly the same (``related``), by how nearly
===========  ===================================================================================

The others are 0 or 1, or between: ``prose`` (body or caption, where answers stand, rather than a title), ``length``
(full from 25 words on), and for a question the traits that it asks for (``question``), each under its own name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from search_index.analysis import GROUPS, Group, Word, is_tool_word, terms
from search_index.evaluation import Evaluation
from search_index.layout import SURFACE, TEXT, TITLE, TRAITS
from search_index.plan import Slot
from search_index.question import asked_for
from search_index.related import related_terms
from search_index.segment import LENGTHS, Floats, Ints, Mask, SegmentView
from search_index.store import Part

WORDS = ("surface", "title", "lacking", "article", "related")
FEATURES = (*WORDS, "prose", "length", *(trait for trait in TRAITS if trait != "organization"))
"""The names of all bonuses."""

_MOST_WORDS = 24
"""Words of a query that are looked at again: the first phase has read a pasted paragraph well enough."""
_FULL_LENGTH = 25.0
_PROSE = ("body", "caption")
_ASIDE = "boilerplate"

Docs = NDArray[np.uint32]


class Rescorer:
    """The bonuses of one search."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._weights = {name: weight for name in FEATURES if (weight := evaluation.ranking.weight(name))}
        self._words = list(self._weighed())[:_MOST_WORDS]
        self._asked = asked_for(evaluation.query.text)

    def bonuses(self, part: Part, documents: Ints) -> Mapping[str, Floats]:
        """What some passages of a part (ascending) gain, by name."""
        if not len(documents):
            return {}
        wanted = frozenset(self._weights)
        found = self.features(part.view, documents, wanted)
        return {name: values * np.float32(self._weights[name]) for name, values in found.items()}

    def features(self, view: SegmentView, documents: Ints, wanted: frozenset[str]) -> dict[str, Floats]:
        """The features of passages (ascending), those wanted that any word or the question can have."""
        best = _Candidates(view, documents.astype(np.uint32))
        found: dict[str, Floats] = {}
        for word, rarity in self._words:
            self._evaluation.check()
            for name, values in _of_word(best, word, wanted):
                known = found.setdefault(name, np.zeros(len(documents), dtype=np.float32))
                known += values * np.float32(rarity)
        found |= {name: values for name, values in _of_kind(best).items() if name in wanted}
        for trait in self._asked & wanted:
            bit = 1 << TRAITS.index(trait)
            found[trait] = (view.numbers("traits")[documents] & bit != 0).astype(np.float32)
        return found

    def _weighed(self) -> Iterator[tuple[Word, float]]:
        """The words of the query, each once, with their rarity among all passages."""
        seen: set[str] = set()
        for step in self._evaluation.plan.steps:
            clause = step.clause
            plain = clause.kind == "word" or (clause.kind == "phrase" and not clause.is_quoted)
            if not plain or clause.field != "text" or clause.occur == "not":
                continue
            for slot, word in zip(step.slots, clause.words, strict=True):
                is_tool = clause.kind == "phrase" and is_tool_word(word)
                if word.form not in seen and not is_tool:
                    seen.add(word.form)
                    yield word, self._rarity(slot)

    def _rarity(self, slot: Slot) -> float:
        statistics = self._evaluation.statistics
        having = sum(
            max((statistics.frequencies[at] for at in range(leaf.first, leaf.first + len(leaf.terms))), default=0)
            for leaf in slot.leaves
        )
        return self._evaluation.ranking.idf(max(statistics.passages, having), having)


@dataclass(frozen=True)
class _Candidates:
    """The passages looked at, ascending, and what is known of their articles."""

    view: SegmentView
    documents: Docs

    def having(self, fields: Mapping[Group, str], word: Word) -> Mask:
        """Which have a word in a field of their language."""
        found = np.zeros(len(self.documents), dtype=np.bool_)
        for group in GROUPS:
            for term in terms(word, group) if self.view.has(fields[group]) else ():
                found |= self.holding(fields[group], term)
        return found

    def holding(self, field: str, term: str) -> Mask:
        """Which have a term in a field."""
        docs = self.view.documents(field, term)
        if not len(docs):
            return np.zeros(len(self.documents), dtype=np.bool_)
        place = np.minimum(docs.searchsorted(self.documents), len(docs) - 1)
        found: Mask = docs[place] == self.documents
        return found

    def told(self, word: Word) -> Mask:
        """Which are of an article that has the word in any passage but those set aside."""
        first, last, of_article = self._articles
        found = np.zeros(len(first), dtype=np.bool_)
        for group in GROUPS:
            for term in terms(word, group) if self.view.has(TEXT[group]) else ():
                docs = self.view.documents(TEXT[group], term)
                at = docs.searchsorted(first)
                left = np.arange(len(first))
                while len(left):  # an article whose first passage with the word is set aside may have another
                    left = left[at[left] < len(docs)]
                    left = left[docs[at[left]] < last[left]]
                    aside = self._kinds[docs[at[left]]] == self._aside
                    found[left[~aside]] = True
                    left = left[aside]
                    at[left] += 1
        return found[of_article]

    @cached_property
    def _kinds(self) -> NDArray[np.unsignedinteger]:
        return self.view.codes("kind")

    @cached_property
    def _aside(self) -> int:
        return self.view.number("kind", _ASIDE)

    @cached_property
    def _articles(self) -> tuple[Docs, Docs, Ints]:
        """Where the articles of the candidates begin and end, and which of them each candidate is of."""
        starts = _article_starts(self.view)
        own = starts.searchsorted(self.documents, side="right") - 1
        which, of_article = np.unique(own, return_inverse=True)
        return starts[which], starts[which + 1], of_article


def _of_word(best: _Candidates, word: Word, wanted: frozenset[str]) -> Iterator[tuple[str, Floats]]:
    """The features that the candidates have by one word, before its rarity."""
    own = best.having(TEXT, word)
    if "surface" in wanted:
        yield "surface", best.holding(SURFACE, word.folded).astype(np.float32)
    if "title" in wanted or "lacking" in wanted:
        titled = best.having(TITLE, word)
        both = {"title": titled, "lacking": titled & ~own}
        yield from ((name, _floats(mask)) for name, mask in both.items() if name in wanted)
    if "article" in wanted:
        yield "article", best.told(word).astype(np.float32)
    if "related" in wanted and not own.all():
        yield "related", np.where(own, np.float32(0), _related(best, word))


def _related(best: _Candidates, word: Word) -> Floats:
    found = np.zeros(len(best.documents), dtype=np.float32)
    for language, likely in related_terms(word).items():
        field = TEXT[language]
        for term, worth in likely.items() if best.view.has(field) else ():
            found = np.maximum(found, best.holding(field, term) * np.float32(worth))
    return found


def _of_kind(best: _Candidates) -> dict[str, Floats]:
    """Where answers stand, whatever the question."""
    view, documents = best.view, best.documents
    prose = [number for kind in _PROSE if (number := view.number("kind", kind)) >= 0]
    words = np.zeros(len(documents), dtype=np.float64)
    for field in TEXT.values():
        lengths = view.lengths(field)
        words += 0 if lengths is None else LENGTHS[lengths[documents]]
    return {
        "prose": _floats(np.isin(view.codes("kind")[documents], prose)),
        "length": np.minimum(words / _FULL_LENGTH, 1).astype(np.float32),
    }


def _floats(mask: Mask) -> Floats:
    return mask.astype(np.float32)


_STARTS: WeakKeyDictionary[SegmentView, Docs] = WeakKeyDictionary()


def _article_starts(view: SegmentView) -> Docs:
    """The first passage of each article, ascending, and the end of the last."""
    known = _STARTS.get(view)
    if known is None:
        articles = view.article_of()
        first = np.flatnonzero(articles[1:] != articles[:-1]) + 1
        known = _STARTS[view] = np.concatenate([[0], first, [len(articles)]]).astype(np.uint32)
    return known
