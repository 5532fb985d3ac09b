"""A shallow dependency tree over phrases, left to right, with a stack of open clauses.

Deterministic and linear: every phrase is attached once, with a bounded look ahead. What no rule explains hangs on its
clause as ``dep``, since a wrong relation costs more than a missing one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extraction.languages.en import attachment as rules
from extraction.languages.en.chunks import Chunk, attach, chunk
from extraction.languages.en.clauses import Clause
from extraction.languages.en.data import word_set
from extraction.languages.en.noun_rules import NounRules
from extraction.languages.en.tokens import Word
from extraction.languages.en.verb_rules import VerbRules
from extraction.languages.trees import secure

_QUOTES = frozenset('"“”«»')
_COMMAS = frozenset({",", "–", "—", "--", "-"})
_PERSON_BEFORE = 6
_MOVING = frozenset({"up", "down", "off", "out", "away", "back"})
"""Behind an object at the end of its clause these go with any verb ("water the bill down")."""
_ASKING = frozenset({"ask", "wonder", "know", "see", "doubt", "question", "determine", "decide"})


def parse_sentence(words: Sequence[Word], start: int, end: int) -> None:
    """Sets ``head`` and ``dep`` of the words ``start`` to ``end`` of a passage: one root, no cycle."""
    builder = _Builder(words, chunk(words, start, end))
    builder.run()
    secure(words, start, end, builder.root)


class _Builder(NounRules, VerbRules):
    """Walks the phrases of one sentence."""

    def run(self) -> None:
        handlers: dict[str, Callable[[Chunk], None]] = {
            "NP": self.noun,
            "VG": self.verb,
            "ADJ": self.adjective,
            "ADV": self.adverb,
            "P": self.prepositional,
            "SC": self.subordinator,
            "CC": self.coordinator,
            "REL": self.relative,
            "PUNCT": self.punctuation,
        }
        for at, current in enumerate(self.chunks):
            self.at = at
            handler = handlers.get(current.kind)
            if handler is not None:
                handler(current)
            if current.kind not in {"PUNCT", "CC", "P"}:
                self.comma = self.quote = False
                self.last = current if current.kind != "ADV" else self.last
        self._settle()

    def punctuation(self, current: Chunk) -> None:
        text = self.words[current.head].text
        self.comma = self.comma or text in _COMMAS
        if text in {";", ":"} or text in _QUOTES:
            self.comma = True
        if text in _QUOTES:
            self.quote = True
        opens = text == ":" or (self.last is not None and self._opens_quotation(current.head))
        verb = self.top.verb
        if opens and verb >= 0 and self.words[verb].lemma in word_set("speech_verbs") and not self.preposition:
            direct = self.last is not None and (self.last.kind == "VG" or self.comma)
            if (direct and self.top.subject >= 0) or text == ":":
                self.content_of = verb
        if text == ";":
            self._open(Clause("conj", governor=self._main_verb()))
        self.conjunction = -1

    def _opens_quotation(self, at: int) -> bool:
        """A mark for both ends opens where the next word follows without space."""
        text = self.words[at].text
        if text != '"':
            return text in {"“", "«"}
        return at + 1 < self.chunks[-1].end and self.words[at + 1].start == self.words[at].end

    def coordinator(self, current: Chunk) -> None:
        self.conjunction = current.head

    def _particle(self, current: Chunk) -> int:
        """The verb that a particle goes with: right behind it ("put off"), or behind its object ("ruled that out")."""
        top, last = self.top, self.last
        if top.verb < 0 or last is None or self.comma or self.preposition:
            return -1
        particle = self.words[current.head].lower
        known = f"{self.words[top.verb].lemma}_{particle}" in word_set("particle_verbs")
        if not known and (last.kind == "VG" or particle not in _MOVING):
            return -1
        if last.kind == "VG" and self._goes_somewhere(particle):
            return -1
        if last.kind == "VG":
            return top.verb if current.start == last.end and last.head == top.verb else -1
        following = self.chunks[self.at + 1] if self.at + 1 < len(self.chunks) else None
        ends = (
            following is None or following.kind in {"PUNCT", "CC"} or (known and following.kind in {"ADV", "P", "SC"})
        )
        return top.verb if ends and last.end == current.start and last.head in top.objects else -1

    def _goes_somewhere(self, particle: str) -> bool:
        """As in "go on sale", "came in May": before a noun phrase these open it rather than follow the verb."""
        after = self.chunks[self.at + 1] if self.at + 1 < len(self.chunks) else None
        moves = self.words[self.top.verb].lemma in {"go", "come", "walk", "move", "step", "look", "rush", "check"}
        return moves and particle in {"on", "in", "over", "through", "off"} and after is not None and after.kind == "NP"

    def adverb(self, current: Chunk) -> None:
        at = current.head
        verb = self._particle(current)
        if verb >= 0:
            attach(self.words, at, verb, "compound:prt")
            return
        if self.words[at].lemma == "ago" and self.last is not None and self.last.kind == "NP":
            attach(self.words, at, self.last.head, "advmod")
        elif self.top.verb >= 0 and (self.last is None or not self.comma):
            attach(self.words, at, self.top.verb, "advmod")
        else:
            self.top.fronted.append((at, "advmod"))

    def prepositional(self, current: Chunk) -> None:
        following = self.chunks[self.at + 1] if self.at + 1 < len(self.chunks) else None
        verb = self._particle(current)
        if verb >= 0:
            attach(self.words, current.head, verb, "compound:prt")
            return
        if following is None or following.kind in {"PUNCT", "CC", "SC"}:
            if self.last is not None and self.last.kind == "VG":
                attach(self.words, current.head, self.last.head, "advmod")
            return
        if rules.is_subordinator(self.words, self.chunks, self.at):
            self.subordinator(current)
            return
        self.preposition.append(current.head)

    def subordinator(self, current: Chunk) -> None:
        at = current.head
        role = rules.that_role(self.words, self.chunks, self.at)
        if self.words[at].lower == "that" and role == "relative":
            self.relative(current)
            return
        governor, relation = (
            self._content_governor(at) if self.words[at].lower in {"that", "if", "whether"} else (-1, "")
        )
        if governor < 0:
            relation = "advcl"
            governor = self.top.verb
        if self.preposition:
            self._drop_preposition()
        if self.conjunction >= 0 and self.top.relation.startswith(relation) and self.top.verb >= 0:
            governor, relation = self.top.verb, "conj"
        clause = Clause(relation, governor=governor, marks=[at])
        self._take_conjunction(clause)
        self._open(clause)

    def _content_governor(self, at: int) -> tuple[int, str]:
        """The verb, adjective or noun whose content a "that" clause is."""
        last = self.last
        if self.words[at].lower == "if":
            asks = last is not None and last.kind == "VG" and self.words[last.head].lemma in _ASKING
            return (last.head, "ccomp") if asks and last is not None else (-1, "")
        if (
            last is not None
            and last.kind == "NP"
            and not self.comma
            and self.words[last.head].lemma in word_set("content_nouns")
        ):
            return last.head, "acl"
        for clause in reversed(self.stack):
            if clause.verb >= 0 and (clause.predicate or self.words[clause.verb].lemma in word_set("that_verbs")):
                return clause.verb, "ccomp"
        if self.top.verb >= 0 and self.words[at].lower == "that":
            return self.top.verb, "ccomp"
        return -1, ""

    def _person_before(self, noun: int) -> int:
        """As in "Ana Ruiz at Calder Securities, who": of a body's name and a person's, the person's."""
        if self.words[noun].entity not in {"ORG", "LOC", "MISC"}:
            return noun
        first = max(self.chunks[0].start, noun - _PERSON_BEFORE)
        people = [i for i in range(first, noun) if self.words[i].entity == "PER" and self.words[i].entity_start]
        return people[-1] if people else noun

    def _thing_before(self, noun: int) -> int:
        """As in "its plant in Namur, which it bought": what is placed somewhere rather than the place."""
        word = self.words[noun]
        if word.entity != "LOC" or noun < 2 or self.words[noun - 1].tag != "IN" or self.words[noun - 2].tag != "NN":
            return noun
        return noun - 2 if word.dep in {"nmod", "obl:mod"} else noun

    def _belongs_to_person(self, noun: int) -> bool:
        """As in "the mayor of Varn, who": not the place but the noun that it belongs to."""
        word = self.words[noun]
        return word.dep == "nmod" and word.entity in {"LOC", "ORG", "MISC"} and word.head >= 0

    def relative(self, current: Chunk) -> None:
        at = current.head
        following = self.chunks[self.at + 1] if self.at + 1 < len(self.chunks) else None
        noun = self.last_noun if self.last is not None and self.last.kind in {"NP", "P"} else -1
        adverbial = self.words[at].tag == "WRB"
        if (
            self.words[at].lower == "when"
            and noun >= 0
            and self.words[noun].lemma.lower() not in word_set("time_nouns")
        ):
            noun = -1
        if self.words[at].lower == "who" and noun >= 0 and self._belongs_to_person(noun):
            noun = self.words[noun].head
        elif self.words[at].lower == "who" and noun >= 0:
            noun = self._person_before(noun)
        elif self.words[at].lower == "which" and noun >= 0:
            noun = self._thing_before(noun)
        if (
            noun >= 0
            and self.words[at].lower not in {"what", "how", "why"}
            and not (adverbial and self.words[at].lower == "when" and self.comma)
        ):
            clause = Clause("acl:relcl", governor=noun)
        elif (
            self.top.verb >= 0
            and self.last is not None
            and self.last.kind in {"VG", "NP"}
            and not self.comma
            and self.words[at].lower != "when"
        ):
            clause = Clause("ccomp", governor=self.top.verb)
        else:
            clause = Clause("advcl" if adverbial else "dep", governor=self.top.verb)
        if self.preposition:
            attach(self.words, self.preposition.pop(), at, "case")
            self._drop_preposition()
            clause.fronted.append((at, "obl:mod"))
        elif adverbial:
            clause.fronted.append((at, "advmod" if clause.relation != "advcl" else "mark"))
        elif following is not None and following.kind in {"VG", "ADV"}:
            clause.waiting.append(at)
        else:
            clause.relative = at
        self._open(clause)

    def adjective(self, current: Chunk) -> None:
        top, head = self.top, current.head
        if self.preposition:
            self._oblique(current)
        elif self.conjunction >= 0 and self.last is not None and self.last.kind == "ADJ":
            self._conjoin(head, self.last.head)
        elif top.verb >= 0 and top.copula:
            self._predicate(head)
        elif top.verb >= 0 and self.last is not None and self.last.kind == "NP" and not self.comma:
            attach(self.words, head, self.last.head, "amod")
        elif top.verb >= 0:
            attach(self.words, head, top.verb, "xcomp" if self.last is not None and self.last.kind == "VG" else "dep")
        else:
            top.fronted.append((head, "dep"))

    def _settle(self) -> None:
        """What still waits for a verb hangs on the root, or is it."""
        leftovers = [(at, "dep") for clause in self.stack for at in clause.waiting]
        leftovers += [pair for clause in self.stack for pair in clause.fronted]
        if self.root < 0 and leftovers:
            self.root = leftovers[0][0]
        for at, relation in leftovers:
            if at != self.root and self.words[at].head < 0:
                attach(self.words, at, self.root, relation)
