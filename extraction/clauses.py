"""The grammar of a clause: its predicate with auxiliaries and locution, who does it, to whom, and where it is said.

Built on the tree of ``Analysis``; where the tree lacks a subject or an object, the nearest noun phrase beside the verb
group serves, since word order is what French and English mark these roles with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extraction.analysis import Token
from extraction.arguments import find_object, find_subject
from extraction.governors import governor_of
from extraction.neighbours import has_dummy
from extraction.phrases import Phrase, Reading
from extraction.predicates import VerbGroup, verb_groups
from extraction.spans import Span

Form = Literal["finite", "infinitive", "gerund", "participle"]
_OUTSIDE = frozenset({"acl:relcl", "advcl", "parataxis", "conj", "cc", "punct", "ccomp", "csubj", "dep", "vocative"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate with its roles; ``governor`` is the verb or noun on which it hangs (position in the passage)."""

    group: VerbGroup
    subject: Phrase | None
    object: Phrase | None
    governor: int | None
    shared_subject: bool

    @property
    def verb(self) -> int:
        """Position of the main verb."""
        return self.group.verb

    @property
    def lemma(self) -> str:
        """The infinitive, with a reflexive pronoun and a locution's words."""
        return self.group.lemma


def find_clauses(reading: Reading) -> list[Clause]:
    """Every clause of a passage, in the order of their verbs; none where the passage has no grammar."""
    if reading.clauses is None:
        reading.clauses = _clauses(reading)
    return reading.clauses


def _clauses(reading: Reading) -> list[Clause]:
    groups = {group.verb: group for group in verb_groups(reading)}
    clauses = []
    for group in groups.values():
        subject, shared = find_subject(reading, groups, group)
        clauses.append(
            Clause(group, subject, find_object(reading, groups, group), governor_of(reading, groups, group), shared)
        )
    return clauses


def clause_span(reading: Reading, clause: Clause, *, with_shared: bool = True) -> Span:
    """The smallest span of the text that states the clause: predicate, roles and what attaches to the verb.

    Without ``with_shared``, a gerund or a coordinated verb is stated without the subject that it shares.
    """
    alone = not with_shared and clause.shared_subject and clause.group.form != "infinitive"
    positions = set(clause.group.positions) | set(_own_words(reading, clause))
    if clause.subject is not None and clause.subject.start > clause.group.first and has_dummy(reading, clause.group):
        positions.add(clause.group.first - 1)
    for phrase in (None if alone else clause.subject, clause.object):
        if phrase is not None and reading.same_sentence(phrase.start, clause.verb):
            positions.update(range(phrase.start, phrase.last + 1))
    if (
        not alone
        and clause.governor is not None
        and clause.shared_subject
        and reading.same_sentence(clause.governor, clause.verb)
    ):
        positions.add(clause.governor)
    return reading.analysis.cover(_without_edges(reading, sorted(positions)))


def _own_words(reading: Reading, clause: Clause) -> Iterator[int]:
    first, last = min(clause.group.positions), max(clause.group.positions)
    for child in reading.children(clause.verb):
        if child.dep in _OUTSIDE or child.dep.split(":")[0] in _OUTSIDE or _is_clause(child):
            continue
        below = [i for i in reading.analysis.subtree(child.i, _OUTSIDE) if reading.same_sentence(i, clause.verb)]
        if below and (clause.subject is None or child.i > first or clause.subject.start <= child.i):
            yield from (i for i in below if i > last or child.i < first)


def _is_clause(token: Token) -> bool:
    return token.pos == "VERB" and token.dep in {"xcomp", "acl", "obl:arg", "obl:mod"}


def _without_edges(reading: Reading, positions: list[int]) -> list[int]:
    """Positions without punctuation and conjunctions at either end."""
    loose = {"PUNCT", "CCONJ", "SCONJ"}
    inside = list(positions)
    while len(inside) > 1 and reading.tokens[inside[0]].pos in loose:
        inside.pop(0)
    while len(inside) > 1 and reading.tokens[inside[-1]].pos in loose:
        inside.pop()
    return inside
