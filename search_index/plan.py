"""From a query to what is looked up: the terms of each word in each language.

A word of a query is analysed as French for French passages, as English for English ones, and taken as it is for
others; so a query in whatever language finds passages in all, and the two stemmers never meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from search_index.analysis import GROUPS, Group, Word, compound, is_tool_word, terms
from search_index.grammar import Clause, Query
from search_index.layout import ALIASES, NAMES, TEXT, TITLE, VALUES

Role = Literal["text", "title", "titled", "names", "aliases", "values"]
"""Kinds of fields, as ``Ranking`` knows them."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """The terms that a word has in one field; of those that stand in a passage the best counts.

    ``first`` numbers them among all terms of the plan; ``is_matched`` says that a clause asks for just this field.
    """

    field: str
    role: Role
    terms: tuple[str, ...]
    first: int
    is_matched: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A word to look up: ``leaves`` are where it must stand to be met, ``others`` where it may stand instead.

    ``others`` are looked up for plain words only: names of entities that the passage has, which tell more than other
    words, those that it has not and the values of quantities, by which a passage answers that says it otherwise; and,
    for more words than one, the title of its article ("titled"): what a text is about is seldom said again in the
    passage that answers.
    """

    leaves: tuple[Leaf, ...]
    others: tuple[Leaf, ...] = ()

    def terms_in(self, group: int) -> tuple[str, ...]:
        """The word's terms in a stemming group, by its place in GROUPS."""
        return self.leaves[group].terms


@dataclass(frozen=True, slots=True)
class Step:
    """A clause with its slots, one after the other in a phrase."""

    clause: Clause
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of a query in its order; ``terms`` are field and term of everything that is looked up.

    ``extras`` are what a passage may have besides: names of entities with hyphens, their words in its title, and the
    values that the query means. They find passages and add to scores, and are never required.
    """

    steps: tuple[Step, ...]
    extras: tuple[Step, ...]
    terms: tuple[tuple[str, str], ...]

    @property
    def scored(self) -> tuple[Step, ...]:
        """What makes scores: all but exclusions and keyword fields."""
        own = (step for step in self.steps if step.clause.occur != "not" and step.clause.kind != "keyword")
        return (*own, *self.extras)

    @property
    def requires(self) -> bool:
        """Whether a clause must be met, so that plain words only help the rank; keyword fields do not count."""
        return any(step.clause.occur == "must" and step.clause.kind != "keyword" for step in self.steps)

    @property
    def fields(self) -> tuple[str, ...]:
        """The inverted fields in use, each once."""
        return tuple(dict.fromkeys(field for field, _ in self.terms))


@lru_cache(maxsize=128)
def make_plan(query: Query) -> Plan:
    """The plan of a query; the same for the same query, on every machine."""
    hyphenated = [clause for clause in query.clauses if _is_hyphenated(clause)]
    plain = len(hyphenated) + sum(_is_plain(clause) for clause in query.clauses)
    maker = _Maker(is_question=plain > 1)
    steps = tuple(maker.step(clause) for clause in query.clauses)
    names = tuple(maker.optional(ALIASES, name) for name in dict.fromkeys(compound(c.words) for c in hyphenated))
    titles = tuple(maker.titled(word) for clause in hyphenated for word in clause.words if not is_tool_word(word))
    values = tuple(maker.optional(VALUES, value) for value in query.values)
    return Plan(steps, (*names, *(titles if plain > 1 else ()), *values), tuple(maker.terms))


def _is_hyphenated(clause: Clause) -> bool:
    """Whether a clause is a plain word with hyphens: a phrase to look up, but États-Unis has other names elsewhere."""
    return clause.kind == "phrase" and clause.occur == "should" and clause.field == "text" and not clause.is_quoted


def _is_plain(clause: Clause) -> bool:
    return clause.kind == "word" and clause.field == "text" and clause.occur == "should"


class _Maker:
    def __init__(self, *, is_question: bool) -> None:
        self.terms: list[tuple[str, str]] = []
        self._is_question = is_question

    def step(self, clause: Clause) -> Step:
        if clause.kind not in ("word", "phrase"):
            return Step(clause, ())
        plain = _is_plain(clause)
        return Step(clause, tuple(self._slot(clause.field, word, plain=plain) for word in clause.words))

    def optional(self, field: Literal["aliases", "values"], term: str) -> Step:
        """One term looked up in one field."""
        word = Word(0, 0, term, term, emphatic=False)
        return Step(Clause("word", "should", "text", 0, (word,)), (Slot((), (self._leaf(field, field, (term,)),)),))

    def titled(self, word: Word) -> Step:
        """A word looked up in titles alone."""
        return Step(Clause("word", "should", "text", 0, (word,)), (Slot((), self._stemmed(TITLE, "titled", word)),))

    def _slot(self, field: str, word: Word, *, plain: bool) -> Slot:
        if field == "title":
            return Slot(self._stemmed(TITLE, "title", word, matched=True))
        leaves = self._stemmed(TEXT, "text", word, matched=True)
        if not plain:
            return Slot(leaves)
        others: tuple[Leaf, ...] = (
            self._leaf(NAMES, NAMES, (word.folded,)),
            self._leaf(ALIASES, ALIASES, (word.folded,)),
            self._leaf(VALUES, VALUES, (word.folded,)),
        )
        if self._is_question:
            others = (*others, *self._stemmed(TITLE, "titled", word))
        return Slot(leaves, others)

    def _stemmed(self, names: dict[Group, str], role: Role, word: Word, *, matched: bool = False) -> tuple[Leaf, ...]:
        return tuple(self._leaf(names[group], role, terms(word, group), matched=matched) for group in GROUPS)

    def _leaf(self, field: str, role: Role, found: tuple[str, ...], *, matched: bool = False) -> Leaf:
        leaf = Leaf(field, role, found, len(self.terms), matched)
        self.terms.extend((field, term) for term in found)
        return leaf
