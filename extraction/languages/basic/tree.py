"""Clauses and who belongs to them, by the order of the phrases: subject, verb, object, complements.

Every phrase is attached once, from left to right; a stack of open clauses tells what a phrase belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extraction.analysis import Token
from extraction.event_lexicon import EventLexicon
from extraction.languages.basic.chunks import Chunk, attach
from extraction.lexicon import Lexicon, plain

_COMMAS = frozenset({",", "–", "—", "-", "(", ")"})
_BREAKS = frozenset({":", ";", "«", "»", "“", "”", '"'})


@dataclass(slots=True)
class _Clause:
    """A clause while it is read; ``verb`` is -1 before its verb. ``waiting`` are phrases that stand before it."""

    relation: str
    governor: int
    marks: list[int] = field(default_factory=list)
    verb: int = -1
    subject: int = -1
    object: int = -1
    passive: bool = False
    waiting: list[tuple[int, str]] = field(default_factory=list)


class TreeBuilder:
    """Attaches the phrases of one sentence; ``root`` is the first main verb, -1 where there is none."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon, events: EventLexicon) -> None:
        self._tokens, self._lexicon, self._events = tokens, lexicon, events
        self._stack: list[_Clause] = [_Clause("ROOT", -1)]
        self._last: Chunk | None = None
        self._comma = self._broken = False
        self._joint = -1
        self._chunks: Sequence[Chunk] = ()
        self._at = 0
        self.root = -1

    def build(self, chunks: Sequence[Chunk]) -> None:
        """Attach every phrase."""
        handlers = {
            "noun": self._noun,
            "verb": self._verb,
            "that": self._that,
            "when": self._when,
            "and": self._and,
            "mark": self._mark,
        }
        self._chunks = chunks
        for self._at, chunk in enumerate(chunks):
            handlers.get(chunk.kind, self._word)(chunk)
            if chunk.kind not in {"mark", "and"}:
                self._comma = self._broken = False
                self._joint = -1
                self._last = chunk
        for clause in self._stack:
            for at, relation in clause.waiting:
                attach(self._tokens, at, clause.verb if clause.verb >= 0 else self.root, relation)

    @property
    def _top(self) -> _Clause:
        return self._stack[-1]

    def _mark(self, chunk: Chunk) -> None:
        text = self._tokens[chunk.head].text
        self._comma = self._comma or text in _COMMAS
        self._broken = self._broken or text in _BREAKS

    def _and(self, chunk: Chunk) -> None:
        self._joint = chunk.head

    def _word(self, chunk: Chunk) -> None:
        relation = "amod" if chunk.kind == "adjective" else "advmod"
        if self._top.verb >= 0:
            attach(self._tokens, chunk.head, self._top.verb, relation if relation == "advmod" else "xcomp")
        else:
            self._top.waiting.append((chunk.head, relation))

    # Nouns

    def _noun(self, chunk: Chunk) -> None:
        beside = self._last is not None and self._last.kind == "noun"
        if chunk.preposition is not None:
            self._complement(chunk)
        elif self._opens_clause():
            attach(self._tokens, self._joint, chunk.head, "cc")
            self._stack.append(_Clause("conj", self._top.verb, waiting=[(chunk.head, "nsubj")]))
        elif beside and self._last is not None and (self._joint >= 0 or self._comma) and not self._broken:
            self._beside(chunk, self._last)
        elif self._top.verb < 0:
            self._top.waiting.append((chunk.head, "nsubj"))
        else:
            self._argument(chunk)

    def _opens_clause(self) -> bool:
        """Whether a noun behind "and" is the subject of a verb of its own ("aprobó la ley y el Senado la rechazó")."""
        following = self._chunks[self._at + 1] if self._at + 1 < len(self._chunks) else None
        verb = following is not None and following.kind == "verb" and self._is_finite(following)
        return self._joint >= 0 and self._top.verb >= 0 and verb

    def _is_finite(self, chunk: Chunk) -> bool:
        return any(self._tokens[i].has("VerbForm=Fin") for i in range(chunk.start, chunk.end))

    def _beside(self, chunk: Chunk, last: Chunk) -> None:
        if self._joint >= 0:
            attach(self._tokens, self._joint, chunk.head, "cc")
            attach(self._tokens, chunk.head, last.head, "conj")
            chunk.preposition = last.preposition
        else:
            attach(self._tokens, chunk.head, last.head, "appos")

    def _argument(self, chunk: Chunk) -> None:
        top, lemma = self._top, self._tokens[self._top.verb].lemma
        inverted = top.subject < 0 and (top.passive or self._is_tag(top) or self._events.has("intransitive", lemma))
        if self._is_time(chunk):
            attach(self._tokens, chunk.head, top.verb, "obl:mod")
        elif inverted:
            top.subject = chunk.head
            attach(self._tokens, chunk.head, top.verb, "nsubj:pass" if top.passive else "nsubj")
        elif top.object < 0:
            top.object = chunk.head
            attach(self._tokens, chunk.head, top.verb, "obj")
        else:
            attach(self._tokens, chunk.head, top.verb, "dep")

    def _is_time(self, chunk: Chunk) -> bool:
        return plain(self._tokens[chunk.head].text) in self._lexicon.times

    def _is_tag(self, clause: _Clause) -> bool:
        """Whether a verb of speech tags words that stand before it, so that its subject follows."""
        return clause.relation == "parataxis" and self._reports(clause.verb)

    def _reports(self, verb: int) -> bool:
        return self._lexicon.find_verb(self._tokens[verb].lemma, self._tokens[verb].text) is not None

    def _complement(self, chunk: Chunk) -> None:
        assert chunk.preposition is not None
        word, top, last = plain(self._tokens[chunk.preposition].text), self._top, self._last
        beside = last is not None and last.kind == "noun" and not self._comma and not self._broken
        if beside and last is not None and self._lexicon.has("genitives", word):
            attach(self._tokens, chunk.head, last.head, "nmod")
        elif beside and last is not None and top.verb < 0:
            attach(self._tokens, chunk.head, self._whole(last.head), "nmod")
        elif top.verb < 0:
            top.waiting.append((chunk.head, "obl:mod"))
        elif top.passive and self._lexicon.has("agents", word):
            attach(self._tokens, chunk.head, top.verb, "obl:agent")
        elif self._marks_object(chunk, word):
            top.object = chunk.head
            attach(self._tokens, chunk.head, top.verb, "obj")
        else:
            attach(self._tokens, chunk.head, top.verb, "obl:mod")

    def _whole(self, noun: int) -> int:
        """The noun that a genitive belongs to, of which a further complement is one too ("la visita del rey a")."""
        while self._tokens[noun].dep == "nmod":
            noun = self._tokens[noun].head
        return noun

    def _marks_object(self, chunk: Chunk, word: str) -> bool:
        """Whether a preposition marks a person as the object ("detuvo a dos hombres")."""
        verb, head = self._tokens[self._top.verb], self._tokens[chunk.head]
        takes = (
            self._events.has("object_markers", word) and self._top.object < 0 and verb.lemma not in self._events.demands
        )
        person = head.entity == "PER" or self._lexicon.find_noun(head.text) is not None
        cue = self._lexicon.find_verb(verb.lemma, verb.text)
        return takes and person and (cue is None or "person" in cue.frames)

    # Verbs

    def _verb(self, chunk: Chunk) -> None:
        token = self._tokens[chunk.head]
        if self._is_finite(chunk):
            self._finite(chunk)
        elif token.has("VerbForm=Inf"):
            self._infinitive(chunk)
        else:
            self._participle(chunk)

    def _finite(self, chunk: Chunk) -> None:
        if self._top.verb >= 0:
            self._open_for(chunk)
        clause = self._top
        clause.verb = chunk.head
        clause.passive = any(self._tokens[i].dep == "aux:pass" for i in range(chunk.start, chunk.head))
        if clause.relation == "ROOT":
            self.root = chunk.head
        elif clause.governor >= 0:
            attach(self._tokens, chunk.head, clause.governor, clause.relation)
        for mark in clause.marks:
            attach(self._tokens, mark, chunk.head, "mark")
        self._take_waiting(clause)

    def _open_for(self, chunk: Chunk) -> None:
        """Where the open clause has its verb, another belongs to one that still waits, or opens its own."""
        waits = next((n for n in range(len(self._stack) - 1, -1, -1) if self._stack[n].verb < 0), None)
        if waits is not None:
            del self._stack[waits + 1 :]
            return
        main = self._stack[0].verb
        if self._joint >= 0 and not self._broken:
            attach(self._tokens, self._joint, chunk.head, "cc")
            self._stack.append(_Clause("conj", self._top.verb, subject=self._top.subject))
        else:
            del self._stack[1:]
            self._stack.append(_Clause("parataxis", main))

    def _take_waiting(self, clause: _Clause) -> None:
        for at, relation in clause.waiting:
            if relation == "nsubj" and clause.subject < 0 and plain(self._tokens[at].text) not in self._lexicon.times:
                clause.subject = at
                attach(self._tokens, at, clause.verb, "nsubj:pass" if clause.passive else "nsubj")
            else:
                attach(self._tokens, at, clause.verb, "obl:mod" if relation == "nsubj" else relation)
        clause.waiting = []

    def _infinitive(self, chunk: Chunk) -> None:
        """Below the verb, or below the noun right before it ("el plan de cerrar")."""
        last, top = self._last, self._top
        of_noun = last is not None and last.kind == "noun" and chunk.preposition is not None and top.object == last.head
        governor = last.head if of_noun and last is not None else top.verb
        if governor < 0:
            top.waiting.append((chunk.head, "advcl"))
            governor = -1
        else:
            preposition = plain(self._tokens[chunk.preposition].text) if chunk.preposition is not None else ""
            aim = self._events.has("purpose_marks", preposition)
            attach(self._tokens, chunk.head, governor, "advcl" if aim else "acl" if of_noun else "xcomp")
        self._stack.append(_Clause("xcomp", governor, verb=chunk.head, subject=chunk.head))

    def _participle(self, chunk: Chunk) -> None:
        last = self._last
        if last is not None and last.kind == "noun" and not self._tokens[chunk.head].has("VerbForm=Ger"):
            attach(self._tokens, chunk.head, last.head, "acl")
            self._stack.append(_Clause("acl", last.head, verb=chunk.head, subject=chunk.head, passive=True))
        elif self._top.verb >= 0:
            attach(self._tokens, chunk.head, self._top.verb, "advcl")
        else:
            self._top.waiting.append((chunk.head, "advcl"))

    # What opens a clause

    def _that(self, chunk: Chunk) -> None:
        last, top = self._last, self._top
        token = self._tokens[chunk.head]
        told = top.verb >= 0 and self._reports(top.verb) and plain(token.text) in self._lexicon.complementisers
        addressed = last is not None and (last.kind == "verb" or last.preposition is not None or self._is_time(last))
        if (told and addressed) or last is None or last.kind != "noun":
            self._stack.append(_Clause("ccomp" if top.verb >= 0 else "dep", top.verb, marks=[chunk.head]))
            return
        token.pos = "PRON"
        self._stack.append(_Clause("acl:relcl", last.head, waiting=[(chunk.head, "nsubj")]))

    def _when(self, chunk: Chunk) -> None:
        self._stack.append(_Clause("advcl", max(self._top.verb, -1), marks=[chunk.head]))
