"""Open clauses and what every rule of attachment does with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extraction.languages.en import attachment as rules
from extraction.languages.en.chunks import Chunk, attach
from extraction.languages.en.tokens import Word


@dataclass(slots=True)
class Clause:
    """A clause under construction; ``verb`` is its governing word, also an adjective or noun with a copula."""

    relation: str
    governor: int = -1
    verb: int = -1
    subject: int = -1
    passive: bool = False
    marks: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    """Noun phrases before the verb; the last becomes its subject."""
    fronted: list[tuple[int, str]] = field(default_factory=list)
    """What stands before the verb and will hang on it, with its relation."""
    objects: list[int] = field(default_factory=list)
    copula: bool = False
    predicate: bool = False
    inverted: bool = False
    relative: int = -1
    """A relative pronoun that has no part in the clause yet."""


class ClauseStack:
    """The phrases of one sentence, where the walk over them stands, and the clauses that it has open."""

    def __init__(self, words: Sequence[Word], chunks: list[Chunk]) -> None:
        self.words = words
        self.chunks = chunks
        self.stack = [Clause("ROOT")]
        self.main = self.stack[0]
        self.at = 0
        self.preposition: list[int] = []
        self.conjunction = -1
        self.comma = self.quote = False
        self.content_of = -1
        """A verb of speech before a colon or an opening quotation mark: what follows is its content."""
        self.last: Chunk | None = None
        self.last_noun = -1
        self.root = -1

    @property
    def top(self) -> Clause:
        """The innermost open clause."""
        return self.stack[-1]

    def _open(self, clause: Clause) -> Clause:
        self.stack.append(clause)
        if len(self.stack) > 40:
            del self.stack[1]
        return clause

    def _main_verb(self) -> int:
        return self.main.verb if self.main.verb >= 0 else self.top.verb

    def _conjoin(self, head: int, first: int) -> None:
        attach(self.words, head, first, "conj")
        if self.conjunction >= 0:
            attach(self.words, self.conjunction, head, "cc")
        self.conjunction = -1

    def _take_conjunction(self, clause: Clause) -> None:
        if self.conjunction >= 0:
            clause.fronted.append((self.conjunction, "cc"))
            self.conjunction = -1

    def _drop_preposition(self) -> None:
        for at in self.preposition:
            self.top.fronted.append((at, "dep"))
        self.preposition = []

    def _govern(self, clause: Clause) -> None:
        if clause.relation == "ROOT":
            self.root = clause.verb if self.root < 0 else self.root
        elif clause.governor >= 0:
            attach(self.words, clause.verb, clause.governor, clause.relation)
        else:
            self.main.fronted.append((clause.verb, clause.relation))

    def _predicate(self, head: int) -> None:
        """Makes a noun or adjective the governing word of a clause with "be"."""
        top, words = self.top, self.words
        copula = top.verb
        if words[copula].lemma != "be" or (top.subject >= 0 and words[top.subject].tag == "EX"):
            relation = "xcomp" if words[head].pos == "ADJ" else "obj"
            if words[copula].lemma == "be":
                attach(words, top.subject, copula, "expl:subj")
                relation = "nsubj"
            attach(words, head, copula, relation)
            top.objects.append(head)
            top.copula = False
            return
        for word in words[self.chunks[0].start : self.chunks[-1].end]:
            if word.head == copula and word.i != head:
                word.head = head
        attach(words, copula, head, "cop")
        for clause in self.stack:
            if clause.governor == copula:
                clause.governor = head
        top.verb, top.predicate, top.copula = head, True, False
        self.root = head if self.root == copula else self.root
        self._govern(top)

    def _oblique(self, current: Chunk) -> None:
        head, marks = current.head, self.preposition
        self.preposition = []
        for mark in marks[1:]:
            attach(self.words, mark, marks[0], "fixed")
        attach(self.words, marks[0], head, "case")
        words = self.words
        word = words[marks[0]].lower
        noun = self.last.head if self.last is not None and self.last.kind == "NP" and not self.comma else -1
        if self.conjunction >= 0 and self.last_noun >= 0:
            self._conjoin(head, self.last_noun)
            return
        if noun >= 0 and (word == "of" or rules.belongs_to_noun(words, noun, word)):
            attach(words, head, noun, "nmod")
            return
        verb = self.top.verb
        if verb < 0:
            if noun >= 0 and not rules.is_time(words, current):
                attach(words, head, noun, "nmod")
            else:
                self.top.fronted.append((head, "obl:mod"))
            return
        if (
            word == "by"
            and self.top.passive
            and not rules.is_time(words, current)
            and not rules.is_measure(words, head)
        ):
            attach(words, head, verb, "obl:agent")
        else:
            attach(words, head, verb, "obl:mod")
