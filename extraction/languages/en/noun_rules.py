"""Where a noun phrase belongs: subject, object, predicate, apposition, list, or the start of a new clause."""

from __future__ import annotations

from extraction.languages.en import attachment as rules
from extraction.languages.en.chunks import Chunk, attach
from extraction.languages.en.clauses import Clause, ClauseStack
from extraction.languages.en.data import word_set


class NounRules(ClauseStack):
    """Attaches noun phrases."""

    def noun(self, current: Chunk) -> None:
        """Attaches a noun phrase, or opens the clause that it is the subject of."""
        if self.preposition:
            self._oblique(current)
        elif rules.is_time(self.words, current) and not self.conjunction >= 0 and not self._clause_subject(current):
            self._adverbial(current.head)
        elif self._starts_clause(current):
            pass
        elif self.top.verb < 0:
            self._before_verb(current)
        else:
            self._after_verb(current)
        self.last_noun = current.head

    def _clause_subject(self, current: Chunk) -> bool:
        """A time that is the subject ("Monday was quiet"): no other candidate, and the verb follows at once."""
        after = self.chunks[self.at + 1] if self.at + 1 < len(self.chunks) else None
        return (
            self.at == 0
            and after is not None
            and after.kind == "VG"
            and after.form == "finite"
            and current.start == after.start - 1
        )

    def _adverbial(self, head: int) -> None:
        verb = self.top.verb
        if verb >= 0:
            attach(self.words, head, verb, "obl:mod")
        else:
            self.top.fronted.append((head, "obl:mod"))

    def _starts_clause(self, current: Chunk) -> bool:
        """Opens the clause whose subject a noun phrase is, where its finite verb is in sight."""
        if self.top.verb < 0 and not (self.quote and self.top.waiting):
            return False
        if self.top.copula and not self.top.predicate and not self.comma:
            return False
        if self.content_of >= 0:
            self._open(Clause("ccomp", governor=self.content_of, waiting=[current.head]))
            self.content_of = -1
            return True
        following = rules.finite_ahead(self.words, self.chunks, self.at)
        if following < 0:
            return False
        if self._only_participle(following):
            return False
        clause = self._clause_for(self.words[following].lemma)
        if clause is None:
            return False
        clause.waiting.append(current.head)
        return True

    def _only_participle(self, following: int) -> bool:
        """As in "arrested a man suspected of …": behind an object, a form that serves as participle is one."""
        phrase = next(c for c in self.chunks[self.at + 1 :] if c.head == following)
        loose = self.comma or self.conjunction >= 0 or self.words[self.top.verb].lemma in word_set("that_verbs")
        return not loose and rules.could_be_participle(self.words, phrase)

    def _clause_for(self, lemma: str) -> Clause | None:
        top, verb = self.top, self.top.verb
        if verb < 0:
            self.root = self.top.waiting[0]
            return self._open(Clause("parataxis", governor=self.root))
        unfinished = next((c for c in reversed(self.stack[:-1]) if c.verb < 0 and c.waiting), None)
        if self.conjunction >= 0 and unfinished is not None and self.last is not None and self.last.kind == "NP":
            return None
        if self.conjunction >= 0:
            clause = Clause("conj", governor=verb)
            self._take_conjunction(clause)
            return self._open(clause)
        content = self.words[verb].lemma in word_set("that_verbs")
        after_verb = self.last is not None and self.last.kind in {"VG", "ADJ"}
        if not self.comma and (content or (top.predicate and (after_verb or top.objects))):
            return self._open(Clause("ccomp", governor=verb))
        unfinished = next((c for c in reversed(self.stack[:-1]) if c.verb < 0), None)
        if unfinished is not None and not unfinished.waiting:
            while self.top is not unfinished:
                self.stack.pop()
            return unfinished
        if unfinished is not None:
            return None
        if self.comma:
            tag = lemma in word_set("speech_verbs")
            return self._open(Clause("parataxis", governor=self._main_verb() if tag else verb))
        if self.last is not None and self.last.kind == "NP":
            return self._open(Clause("acl:relcl", governor=self.last.head))
        return self._open(Clause("parataxis", governor=verb))

    def _before_verb(self, current: Chunk) -> None:
        top, head = self.top, current.head
        if top.waiting and self.conjunction >= 0:
            self._conjoin(head, self.last_noun if self.last_noun >= 0 and self._same_level() else top.waiting[-1])
        elif top.waiting and self.comma and self.last is not None and self.last.kind in {"NP", "VG"}:
            noun = top.waiting[-1]
            attach(self.words, head, noun, "appos" if rules.is_apposition(self.words, noun, current) else "conj")
        else:
            top.waiting.append(head)

    def _same_level(self) -> bool:
        """Whether the last noun is itself coordinated or waiting, and not inside a prepositional phrase."""
        return self.words[self.last_noun].dep not in {"nmod", "obl:mod"}

    def _after_verb(self, current: Chunk) -> None:
        top, head, words = self.top, current.head, self.words
        if self.conjunction >= 0 and self.last is not None and self.last.kind == "NP":
            self._conjoin(head, self.last.head)
        elif rules.is_rate(words, current) and self.last is not None and self.last.kind == "NP":
            attach(words, head, self.last.head, "nmod")
        elif top.inverted and top.subject < 0:
            attach(words, head, top.verb, "nsubj")
            top.subject = head
        elif top.copula and not top.predicate:
            self._predicate(head)
        elif self.comma and self.last is not None and self.last.kind == "NP":
            apposition = rules.is_apposition(words, self.last.head, current)
            attach(
                words,
                head,
                self.last.head,
                "appos" if apposition else "conj" if rules.in_list(words, self.chunks, self.at) else "dep",
            )
        elif self.comma:
            attach(words, head, top.verb, "dep")
        else:
            self._object(head)

    def _object(self, head: int) -> None:
        top, words = self.top, self.words
        lemma = words[top.verb].lemma
        double = lemma in word_set("ditransitive_verbs")
        if words[head].tag in {"JJR", "JJS", "RB"}:
            attach(words, head, top.verb, "advmod")
            return
        if top.predicate or (top.passive and not double) or len(top.objects) > 1:
            attach(words, head, top.verb, "xcomp" if top.passive and lemma in rules.NAMING else "dep")
        elif not top.objects:
            attach(words, head, top.verb, "obj")
            top.objects.append(head)
        elif double:
            attach(words, top.objects[0], top.verb, "iobj")
            attach(words, head, top.verb, "obj")
            top.objects.append(head)
        else:
            attach(words, head, top.verb, "xcomp" if lemma in rules.NAMING else "dep")
