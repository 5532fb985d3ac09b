"""Polarity and modality of a clause: whether the article says that it happened, will, may, did not, or is denied.

A clause has its own marks (negation, tense, mood, "peut-être") and takes on what governs it: "prévoit de signer" plans
the signing, "refuse de signer" negates it, "nie avoir signé" denies it. What governs may itself be negated or possible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extraction.analysis import Token
from extraction.attribution import Scope, find_scope
from extraction.clauses import Clause
from extraction.document import Modality, Polarity
from extraction.event_lexicon import Effect
from extraction.phrases import Reading

_DEEP = 5
_HEDGE = 20
_STRENGTH: dict[Modality, int] = {"asserted": 0, "planned": 1, "possible": 2}


@dataclass(frozen=True, slots=True)
class Status:
    """How a clause stands."""

    polarity: Polarity = "affirmed"
    modality: Modality = "asserted"


@dataclass(frozen=True, slots=True)
class StatusReader:
    """Reads the status of the clauses of one passage. ``clauses`` are by the position of their verb."""

    reading: Reading
    clauses: Mapping[int, Clause]
    scopes: Sequence[Scope] = ()

    def status_of(self, clause: Clause, depth: int = 0) -> Status:
        """Polarity and modality of a clause, with all that governs it."""
        own = Status(polarity_of(self.reading, clause), self._modality(clause))
        if self._is_accusation_denied(clause):
            own = Status("denied", own.modality)
        if clause.governor is None or depth > _DEEP:
            return self._in_scope(clause, own) if depth == 0 else own
        governed = self._governed(clause, own, depth)
        return self._in_scope(clause, governed) if depth == 0 else governed

    def _is_accusation_denied(self, clause: Clause) -> bool:
        return polarity_of(self.reading, clause) == "affirmed" and is_denial(self.reading, clause)

    def _modality(self, clause: Clause) -> Modality:
        if _is_hedged(self.reading, clause) or _is_condition(self.reading, clause):
            return "possible"
        return _tense_modality(self.reading, clause, self.clauses)

    def _governed(self, clause: Clause, own: Status, depth: int) -> Status:
        """The clause's status under the verb, noun or adjective above it."""
        assert clause.governor is not None
        above = self.clauses.get(clause.governor)
        if above is None:
            return self._below_word(clause, own)
        if not _is_complement(self.reading, clause):
            return own
        effect = self._effect(above, clause)
        upper = self.status_of(above, depth + 1)
        if self.reading.lexicon.has("narrative_past_plans", above.lemma):
            upper = Status(upper.polarity)  # its tense is already in the effect
        polarity, modality = _combine(own, upper, effect)
        if upper.polarity == "negated" and effect is None and clause.group.form != "finite":
            polarity = "negated"
        if upper.polarity == "negated" and effect != "negated" and not self._passes_negation(above, clause):
            polarity = own.polarity
        if clause.group.form == "finite" and effect in {None, "asserted"}:
            modality = own.modality
        return Status(polarity, modality)

    def _passes_negation(self, above: Clause, clause: Clause) -> bool:
        """Whether negating the verb above negates what is below: always for an infinitive, else for some verbs."""
        if clause.group.form != "finite":
            return self._effect(above, clause) not in {"negated", "denied"}
        return self.reading.lexicon.has("negation_raising", above.lemma)

    def _effect(self, above: Clause, clause: Clause) -> Effect | None:
        lexicon = self.reading.lexicon
        effect = lexicon.governors.get(above.lemma)
        group = above.group
        if (
            lexicon.has("perfect_is_done", above.lemma)
            and group.auxiliaries
            and not _is_conditional_clause(self.reading, above)
        ):
            return "asserted"
        if clause.group.form == "finite" and effect == "planned" and not lexicon.has("expected", above.lemma):
            return None
        if lexicon.has("expected", above.lemma) and not group.passive and not lexicon.has("planning", above.lemma):
            return effect if clause.group.form != "finite" else None
        if lexicon.has("narrative_past_plans", above.lemma) and _is_conditional_clause(self.reading, above):
            return "planned" if _is_scheduled(self.reading, clause) else "possible"
        return effect

    def _below_word(self, clause: Clause, own: Status) -> Status:
        """Below a noun or an adjective: "le projet de fermer", "susceptible de fermer"."""
        assert clause.governor is not None
        word = self.reading.tokens[clause.governor]
        lemma, lexicon = word.lemma.lower(), self.reading.lexicon
        relative = clause.group.form == "participle" or self.reading.tokens[clause.verb].dep == "acl:relcl"
        if relative and not (clause.group.form == "finite" and self._content_of_noun(clause)):
            return own
        if lexicon.has("planned_nouns", lemma) or lexicon.has("planned_adjectives", lemma):
            return Status(own.polarity, _stronger(own.modality, "planned"))
        if lexicon.has("possible_nouns", lemma) or lexicon.has("possible_adjectives", lemma):
            return Status(own.polarity, "possible")
        if lexicon.has("negative_adjectives", lemma):
            return Status("negated", own.modality)
        return own

    def _content_of_noun(self, clause: Clause) -> bool:
        """As in "la possibilité que X parte": the conjunction opens the content of the noun, no argument is missing."""
        assert clause.governor is not None
        lemma = self.reading.tokens[clause.governor].lemma.lower()
        mood = any(self.reading.tokens[i].has("Mood=Sub") for i in clause.group.positions)
        names = self.reading.lexicon
        return (names.has("possible_nouns", lemma) or names.has("planned_nouns", lemma)) and (
            mood or (clause.object is not None and clause.object.head > clause.verb)
        )

    def _in_scope(self, clause: Clause, status: Status) -> Status:
        scope = find_scope(self.reading.tokens[clause.verb].span, self.scopes)
        if scope is None:
            return status
        if scope.stance == "deny" and not scope.negated and status.polarity == "affirmed":
            status = Status("denied", status.modality)
        return Status(status.polarity, "possible") if scope.partisan else status


def _combine(own: Status, upper: Status, effect: Effect | None) -> tuple[Polarity, Modality]:
    polarity: Polarity = own.polarity
    modality = own.modality
    if effect in {"possible", "planned"}:
        modality = _stronger(modality, "possible" if effect == "possible" else "planned")
    if effect is not None and effect not in {"denied"}:
        modality = _stronger(modality, upper.modality)
    if effect == "denied":
        polarity = "denied" if upper.polarity == "denied" else own.polarity
    elif effect == "negated":
        polarity = "affirmed" if upper.polarity == "negated" else "negated"
        modality = "possible" if upper.polarity == "negated" else modality
    elif upper.polarity == "negated":
        polarity = "affirmed" if own.polarity == "negated" else "negated"
    elif upper.polarity == "denied" and effect is not None and own.polarity == "affirmed":
        polarity = "denied"
    return polarity, modality


def _stronger(a: Modality, b: Modality) -> Modality:
    return a if _STRENGTH[a] >= _STRENGTH[b] else b


def _is_complement(reading: Reading, clause: Clause) -> bool:
    """Whether a clause is demanded by the verb above rather than circumstantial to it."""
    token = reading.tokens[clause.verb]
    if clause.group.form in {"gerund", "participle"}:
        marks = reading.children(clause.verb, "mark", "case")
        if any(reading.lexicon.has("gerund_complement_marks", m.text.lower()) for m in marks):
            return True
        return token.dep.split(":")[0] in {"xcomp", "ccomp"}
    governor = clause.governor if clause.governor is not None else clause.verb
    if any(governor < mark.i <= governor + 2 for mark in reading.children(clause.verb, "mark")):
        return True
    if token.dep.split(":")[0] in {"advcl", "parataxis"} or token.dep == "acl:relcl":
        return clause.group.form == "infinitive" and _is_expected_purpose(reading, clause)
    return True


def _is_expected_purpose(reading: Reading, clause: Clause) -> bool:
    """As in "sont attendus pour signer": the infinitive tells what is expected, not what for."""
    assert clause.governor is not None
    above = reading.tokens[clause.governor]
    return reading.lexicon.has("expected", above.lemma.lower())


def polarity_of(reading: Reading, clause: Clause) -> Polarity:
    """``negated`` where the clause itself is; a denial is told by ``is_denial``."""
    window = _window(reading, clause)
    clitic = any(reading.lexicon.has("negation_clitics", t.text.lower()) for t in window if t.i <= clause.verb)
    if _without_before(reading, clause):
        return "negated"
    if _negative_argument(reading, clause):
        return "negated"
    for token in window:
        if not reading.lexicon.has("negators", token.text.lower()):
            continue
        if not clitic and not _is_bare_negator(reading, token, clause):
            continue
        return "affirmed" if _is_focused(reading, token.i) else "negated"
    if clitic and (_has_neither(reading, clause, window) or _is_fronted(reading, clause)):
        return "negated"
    return "affirmed"


def _window(reading: Reading, clause: Clause) -> list[Token]:
    """The words in which a clause's own negation can stand: its group, and two after its finite verb."""
    first = clause.group.first
    while (
        first > 0
        and reading.same_sentence(first - 1, clause.verb)
        and (
            (
                reading.tokens[first - 1].dep.split(":")[0] in {"expl", "iobj", "obj"}
                and reading.tokens[first - 1].pos == "PRON"
            )
            or reading.lexicon.has("negation_clitics", reading.word(first - 1))
            or reading.tokens[first - 1].pos == "ADV"
        )
    ):
        first -= 1
    last = clause.verb
    while (
        reading.same_sentence(last + 1, clause.verb)
        and last < clause.verb + 3
        and (reading.tokens[last + 1].pos == "ADV" or reading.lexicon.has("negators", reading.word(last + 1)))
    ):
        last += 1
    return reading.tokens[first : last + 1]


def _has_neither(reading: Reading, clause: Clause, window: list[Token]) -> bool:
    """As in "ni le club ni l'agent n'ont parlé", "il n'a ni bu ni mangé"."""
    words = [t.text.lower() for t in window]
    after = reading.tokens[clause.verb + 1 : clause.verb + 2]
    words += [t.text.lower() for t in after]
    if clause.subject is not None:
        words += [t.text.lower() for t in reading.tokens[max(0, clause.subject.start - 1) : clause.verb]]
    return any(reading.lexicon.has("negative_conjunctions", word) for word in words)


def _is_fronted(reading: Reading, clause: Clause) -> bool:
    """As in "Jamais le club n'avait vendu": the negator opens the sentence."""
    sentence = reading.analysis.sentences[reading.tokens[clause.verb].sentence]
    return reading.lexicon.has("negators", reading.word(sentence.start)) and sentence.start < clause.group.first


def _is_bare_negator(reading: Reading, token: Token, clause: Clause) -> bool:
    """A negator that needs no "ne": one that the language lists as standing alone."""
    return reading.lexicon.has("full_negators", token.text.lower()) and abs(token.i - clause.verb) <= 4


def _is_focused(reading: Reading, negator: int) -> bool:
    """As in "pas seulement", "not only": the clause holds, and more."""
    after = negator + 1
    return reading.same_sentence(after, negator) and reading.lexicon.has("negation_focus", reading.word(after))


def _without_before(reading: Reading, clause: Clause) -> bool:
    at = clause.group.first - 1
    while reading.same_sentence(at, clause.verb) and reading.tokens[at].pos == "ADV":
        at -= 1
    return reading.same_sentence(at, clause.verb) and reading.lexicon.has("without", reading.word(at))


def _negative_argument(reading: Reading, clause: Clause) -> bool:
    """As in "aucun élève n'est venu", "nobody came": a role whose determiner or pronoun denies that there is one."""
    for phrase in (clause.subject, clause.object):
        if phrase is None or not reading.same_sentence(phrase.start, clause.verb):
            continue
        if reading.tokens[phrase.head].pos == "VERB":
            continue
        words = [reading.word(i) for i in range(phrase.start, phrase.last + 1)]
        if reading.lexicon.has("negative_determiners", words[0]) or (
            len(words) == 1 and reading.lexicon.has("negative_pronouns", words[0])
        ):
            return True
    return False


def is_denial(reading: Reading, clause: Clause) -> bool:
    """Whether a clause is somebody's denial: a verb that always denies, or one that does before a claim."""
    lexicon = reading.lexicon
    if lexicon.has("always_denial", clause.lemma):
        return True
    if not lexicon.has("denial", clause.lemma) or clause.object is None:
        return False
    head = reading.tokens[clause.object.head]
    return head.pos in {"VERB", "AUX"} or lexicon.has("denial_objects", head.lemma.lower())


def _is_hedged(reading: Reading, clause: Clause) -> bool:
    positions = [c.i for c in reading.children(clause.verb, "advmod")]
    near = [t.i for t in _window(reading, clause)]
    if any(reading.lexicon.has("hedges", reading.word(i)) for i in {*positions, *near}):
        return True
    sentence = reading.analysis.sentence_span(clause.verb)
    start = clause.subject.start if clause.subject is not None else clause.group.first
    start = min(start, clause.group.first)
    before = reading.text[max(sentence.start, reading.tokens[start].start - _HEDGE) : reading.tokens[start].start]
    after = reading.text[reading.tokens[clause.verb].end : reading.tokens[clause.verb].end + _HEDGE]
    beside = (before.lower().rstrip(), after.lower().lstrip())
    hedges = [h for h in reading.lexicon.sets.get("hedges", ()) if not h.isalpha()]
    return any(beside[0].endswith(h) or beside[1].startswith(h) for h in hedges)


def _is_condition(reading: Reading, clause: Clause) -> bool:
    marks = reading.children(clause.verb, "mark")
    return any(reading.lexicon.has("condition_marks", m.text.lower()) and m.pos == "SCONJ" for m in marks)


def _is_conditional_clause(reading: Reading, clause: Clause) -> bool:
    return any(is_conditional(reading, reading.tokens[i]) for i in (*clause.group.auxiliaries, clause.verb))


def is_conditional(reading: Reading, token: Token) -> bool:
    """Whether a verb form is a conditional; its ending corrects a tagger that guessed."""
    lexicon, form = reading.lexicon, token.text.lower()
    if lexicon.has("possible_auxiliaries", form):
        return True
    suffixes, stem = lexicon.endings("conditional_suffixes"), token.lemma.lower().rstrip("e")
    if not suffixes:
        return token.has("Mood=Cnd")
    if form in {stem + suffix for suffix in suffixes}:
        return True
    imperfect = form in {stem[:-2] + suffix for suffix in suffixes}
    return token.has("Mood=Cnd") and form.endswith(lexicon.endings("conditional_endings")) and not imperfect


def _is_future(reading: Reading, token: Token) -> bool:
    lexicon, form = reading.lexicon, token.text.lower()
    if lexicon.has("planned_auxiliaries", form):
        return True
    suffixes, stem = lexicon.endings("future_suffixes"), token.lemma.lower().rstrip("e")
    if not suffixes:
        return token.has("Tense=Fut")
    regular = token.has("VerbForm=Fin") and len(stem) > 2 and form in {stem + suffix for suffix in suffixes}
    return regular or (token.has("Tense=Fut") and form.endswith(lexicon.endings("future_endings")))


def _tense_modality(reading: Reading, clause: Clause, clauses: Mapping[int, Clause]) -> Modality:
    finite = [reading.tokens[i] for i in (*clause.group.auxiliaries, clause.verb)]
    if any(is_conditional(reading, t) for t in finite):
        return "planned" if _is_future_in_past(reading, clause, clauses) else "possible"
    if any(_is_future(reading, t) for t in finite):
        return "planned"
    intention = reading.lexicon.governors.get(clause.lemma)
    if reading.lexicon.has("intentions", clause.lemma) and intention in {"possible", "planned"}:
        return "possible" if intention == "possible" else "planned"
    return "asserted"


def _is_future_in_past(reading: Reading, clause: Clause, clauses: Mapping[int, Clause]) -> bool:
    """As in "a annoncé que l'usine fermerait": a conditional that a past tense of saying turns out of a future."""
    above = clauses.get(clause.governor) if clause.governor is not None else None
    if above is None or not reading.tokens[clause.verb].dep.startswith(("ccomp", "obj")):
        return False
    if reading.lexicon.governors.get(above.lemma) in {"possible", "denied"} or reading.lexicon.has(
        "perfect_is_done", clause.lemma
    ):
        return False
    passed = any(
        reading.tokens[i].has("Tense=Past") or reading.tokens[i].has("Tense=Imp") for i in above.group.positions
    )
    perfect = any(reading.lexicon.has("perfect_words", reading.word(i)) for i in clause.group.auxiliaries)
    backshifted = [i for i in clause.group.auxiliaries if reading.lexicon.has("backshifted_futures", reading.word(i))]
    active = len(clause.group.auxiliaries) - len(backshifted) - clause.group.passive
    return passed and not perfect and active <= 0


def _is_scheduled(reading: Reading, clause: Clause) -> bool:
    after = range(clause.verb, min(clause.verb + 15, len(reading.tokens)))
    return any(reading.is_time(i) and reading.same_sentence(i, clause.verb) for i in after)
