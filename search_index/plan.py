"""From a query to what is looked up: the terms of each word in each language.

A word of a query is analysed as French for French passages, as English for English ones, and taken as it is for
others; so a query in whatever language finds passages in all, and the two stemmers never meet.
"""

from __future__ import annotations

from dataclasses import dataclass

from search_index.analysis import GROUPS, Word, terms
from search_index.grammar import Clause, Query


@dataclass(frozen=True, slots=True)
class Slot:
    """One word to look up in a field: its terms by stemming group, in the order of GROUPS."""

    field: str
    terms: tuple[frozenset[str], ...]

    def pairs(self) -> list[tuple[str, tuple[int, ...]]]:
        """Each term in a fixed order, with the groups (as indexes into GROUPS) in which it stands for the word."""
        every = sorted(frozenset().union(*self.terms))
        return [(term, tuple(at for at, own in enumerate(self.terms) if term in own)) for term in every]


@dataclass(frozen=True, slots=True)
class Step:
    """A clause with its slots, one after the other in a phrase; ``first`` numbers them within the plan."""

    clause: Clause
    slots: tuple[Slot, ...]
    first: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of a query in its order. ``slots`` are all of them, in the order of the pinned frequencies."""

    steps: tuple[Step, ...]
    slots: tuple[Slot, ...]

    @property
    def requires(self) -> bool:
        """Whether a clause must be met, so that plain words only help the rank; keyword fields do not count."""
        return any(step.clause.occur == "must" and step.clause.kind != "keyword" for step in self.steps)


def make_plan(query: Query) -> Plan:
    """The plan of a query; the same for the same query, on every machine."""
    steps: list[Step] = []
    slots: list[Slot] = []
    for clause in query.clauses:
        looked_up = clause.kind in ("word", "phrase")
        own = tuple(_slot(clause.field, word) for word in clause.words) if looked_up else ()
        steps.append(Step(clause, own, len(slots)))
        slots.extend(own)
    return Plan(tuple(steps), tuple(slots))


def _slot(field: str, word: Word) -> Slot:
    return Slot(field, tuple(frozenset(terms(word, group)) for group in GROUPS))
