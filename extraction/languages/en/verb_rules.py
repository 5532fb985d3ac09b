"""Which clause a verb group makes or fills."""

from __future__ import annotations

from extraction.languages.en import attachment as rules
from extraction.languages.en.chunks import Chunk, attach
from extraction.languages.en.clauses import Clause, ClauseStack
from extraction.languages.en.data import word_set

_CALLING = frozenset({"call", "appeal", "plead", "rely", "count"})
_OF_ACTION = frozenset({"accuse", "suspect", "convict", "acquit"})


class VerbRules(ClauseStack):
    """Attaches verb groups."""

    def verb(self, current: Chunk) -> None:
        """Attaches a verb group: to the clause that waits for a verb, or to a new one."""
        if current.form == "finite" and self._is_participle(current):
            current.form, current.passive = "participle", True
            self.words[current.head].tag, self.words[current.head].morph = "VBN", "Tense=Past|VerbForm=Part"
        if current.form == "finite":
            self._finite(current)
        else:
            self._non_finite(current)

    def _is_participle(self, current: Chunk) -> bool:
        if self.comma and self.last is not None and self.last.kind == "NP" and self.conjunction < 0:
            waits = self.top.verb < 0 and bool(self.top.waiting)
            return waits and rules.is_inserted_participle(self.words, self.chunks, self.at)
        if self.comma or self.last is None or self.last.kind != "NP" or self.conjunction >= 0:
            return False
        if self.top.verb < 0:
            return rules.is_reduced_relative(self.words, self.chunks, self.at)
        if any(c.verb < 0 and c.waiting for c in self.stack):
            return False
        return rules.could_be_participle(self.words, current) and not self._takes_content()

    def _takes_content(self) -> bool:
        return self.words[self.top.verb].lemma in word_set("that_verbs")

    def _finite(self, current: Chunk) -> None:
        top, words = self.top, self.words
        speech = words[current.head].lemma in word_set("speech_verbs")
        if speech and self.comma and self._is_inverted_tag():
            governor = top.verb if top.verb >= 0 else top.waiting[0] if top.waiting else -1
            if top.verb < 0:
                self.root = governor
            clause = self._open(
                Clause("parataxis", governor=self._main_verb() if top.verb >= 0 else governor, inverted=True)
            )
        elif top.verb >= 0:
            clause = self._next_clause(current)
        else:
            clause = top
        self._drop_preposition()
        self._fill(clause, current)

    def _is_inverted_tag(self) -> bool:
        """“…,” said X: a verb of speech behind a comma with its subject to follow, and none before it."""
        after = self.chunks[self.at + 1] if self.at + 1 < len(self.chunks) else None
        if after is None or after.kind != "NP" or self.conjunction >= 0:
            return False
        beyond = self.chunks[self.at + 2] if self.at + 2 < len(self.chunks) else None
        if beyond is not None and beyond.kind == "VG" and beyond.form == "finite":
            return False
        if self.top.verb >= 0 and any(c.verb < 0 and c.waiting for c in self.stack):
            return False
        return self.top.verb >= 0 or (self.quote and bool(self.top.waiting))

    def _next_clause(self, current: Chunk) -> Clause:
        """The clause that a finite verb belongs to where the open one has its verb already."""
        if self.conjunction >= 0:
            base = self._coordinable(current)
            clause = Clause("conj", governor=base.verb)
            clause.subject = -1
            self._take_conjunction(clause)
            return self._open(clause)
        unfinished = next((c for c in reversed(self.stack[:-1]) if c.verb < 0 and c.waiting), None)
        if unfinished is not None:
            while self.top is not unfinished:
                self.stack.pop()
            return unfinished
        top = self.top
        if top.objects and not self.comma and self.last is not None and self.last.head == top.objects[-1]:
            # "He said the bridge | closed": what looked like an object is the subject.
            clause = Clause("ccomp", governor=top.verb, waiting=[top.objects.pop()])
            if self.words[top.verb].lemma not in word_set("that_verbs"):
                clause.relation = "parataxis"
            return self._open(clause)
        return self._open(Clause("conj" if self.comma else "parataxis", governor=top.verb))

    def _coordinable(self, current: Chunk) -> Clause:
        """The clause that a coordinated verb continues: the innermost finite one, of speech if it is."""
        words = self.words
        speech = words[current.head].lemma in word_set("speech_verbs") and words[current.head].tag in {"VBD", "VBZ"}
        speech = speech and not (self._is_perfect(self.top) and rules.could_be_participle(words, current))
        for clause in reversed(self.stack) if speech else ():
            told = clause.verb >= 0 and words[clause.verb].lemma in word_set("speech_verbs")
            if told and clause.relation not in {"xcomp", "acl", "acl:relcl"}:
                return clause
        for clause in reversed(self.stack):
            if clause.verb >= 0 and clause.relation not in {"xcomp", "acl", "acl:relcl"}:
                return clause
        return self.top

    def _is_perfect(self, clause: Clause) -> bool:
        """Whether "have" helps the verb of a clause, so that a past form behind "and" may share it."""
        first = max(self.chunks[0].start, clause.verb - 4)
        return any(
            self.words[i].head == clause.verb and self.words[i].lemma == "have" for i in range(first, clause.verb)
        )

    def _non_finite(self, current: Chunk) -> None:
        clause = self._non_finite_clause(current)
        if self.preposition:
            clause.marks.extend(self.preposition)
            self.preposition = []
        self._take_conjunction(clause)
        self._open(clause)
        self._fill(clause, current)

    def _non_finite_clause(self, current: Chunk) -> Clause:
        verb, last, words = self.top.verb, self.last, self.words
        if self.top.verb < 0 and self.top.relation not in {"ROOT", "conj"} and not self.top.waiting:
            return self.stack.pop()
        if self.conjunction >= 0 and verb >= 0 and self.top.relation in {"xcomp", "acl", "advcl"}:
            return Clause("conj", governor=verb)
        noun = last.head if last is not None and last.kind == "NP" and not self.comma else -1
        lemma = words[verb].lemma if verb >= 0 else ""
        if current.form == "infinitive":
            return self._infinitive(verb, noun, lemma)
        after_verb = last is not None and last.kind == "VG" and not self.comma
        if current.form == "gerund" and not self.preposition and after_verb and lemma in word_set("ing_verbs"):
            return Clause("xcomp", governor=verb)
        if self.preposition:
            if lemma in _OF_ACTION and words[self.preposition[0]].lower == "of":
                return Clause("xcomp", governor=verb)
            of_noun = noun >= 0 and words[self.preposition[0]].lower == "of"
            return Clause("acl", governor=noun) if of_noun else Clause("advcl", governor=verb)
        if noun >= 0:
            return Clause("acl", governor=noun)
        if current.form == "participle" and self.comma and last is not None and last.kind == "NP" and verb < 0:
            return Clause("acl", governor=self.top.waiting[-1] if self.top.waiting else last.head)
        outer = self.stack[-2].verb if self.top.relation == "advcl" and len(self.stack) > 1 else -1
        return Clause("advcl", governor=outer if self.comma and outer >= 0 else verb)

    def _infinitive(self, verb: int, noun: int, lemma: str) -> Clause:
        top = self.top
        if verb >= 0 and top.predicate:
            return Clause("xcomp", governor=verb)
        if verb >= 0 and noun >= 0 and noun in top.objects and lemma in word_set("object_infinitive_verbs"):
            return Clause("xcomp", governor=verb)
        if noun >= 0 and lemma in _CALLING and self._preposition_of(noun) == "on":
            return Clause("xcomp", governor=verb)
        if noun >= 0 and (verb < 0 or self.words[noun].lemma in word_set("infinitive_nouns")):
            return Clause("acl", governor=noun)
        if verb >= 0 and noun < 0 and not self.comma and (lemma in word_set("infinitive_verbs") or top.passive):
            return Clause("xcomp", governor=verb)
        return Clause("advcl", governor=verb)

    def _preposition_of(self, noun: int) -> str:
        return next((w.lower for w in self.words[max(0, noun - 6) : noun] if w.head == noun and w.dep == "case"), "")

    def _shares_passive(self, clause: Clause, current: Chunk) -> bool:
        """As in "Eight were killed and 14 injured": the second participle does without the auxiliary of the first."""
        after = self.chunks[self.at + 1].kind if self.at + 1 < len(self.chunks) else "PUNCT"
        before = next((c for c in self.stack if c.verb == clause.governor), None)
        joined = clause.relation == "conj" and before is not None and before.passive and after not in {"NP", "VG", "SC"}
        joined = joined and self.words[current.head].lemma in word_set("suffered_verbs")
        return joined and rules.could_be_participle(self.words, current)

    def _fill(self, clause: Clause, current: Chunk) -> None:
        """Gives a clause its verb, and the verb what waited for it."""
        words = self.words
        if self._shares_passive(clause, current):
            current.passive = True
            words[current.head].tag, words[current.head].morph = "VBN", "Tense=Past|VerbForm=Part"
        clause.verb, clause.passive = current.head, current.passive
        clause.copula = words[current.head].lemma in word_set("linking_verbs")
        if clause.waiting:
            clause.subject = clause.waiting.pop()
            attach(words, clause.subject, current.head, "nsubj:pass" if clause.passive else "nsubj")
        for left in clause.waiting:
            attach(words, left, current.head, "dep")
        for at, relation in clause.fronted:
            attach(words, at, current.head, relation)
        for mark in clause.marks:
            attach(words, mark, current.head, "mark")
        if clause.relative >= 0:
            attach(words, clause.relative, current.head, "obj")
        clause.waiting, clause.fronted = [], []
        self._govern(clause)
