"""Polarity and modality of a clause: whether the article says that it happened, will, may, did not, or is denied.

A clause has its own marks (negation, tense, mood, "peut-être") and takes on what governs it: "prévoit de signer" plans
the signing, "refuse de signer" negates it, "nie avoir signé" denies it. What governs may itself be negated or possible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extraction.attribution import Scope, find_scope
from extraction.clauses import Clause
from extraction.document import Modality, Polarity
from extraction.event_lexicon import Effect
from extraction.modality import (
    is_asked,
    is_condition,
    is_conditional_clause,
    is_hearsay,
    is_hedged,
    is_scheduled,
    is_unmet,
    tense_modality,
)
from extraction.phrases import Reading
from extraction.polarity import is_denial, is_denied_word, polarity_of

_DEEP = 5
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
        if own.polarity == "affirmed" and is_unmet(self.reading, clause):
            own = Status("negated", "possible")
        if clause.governor is None or depth > _DEEP:
            return self._in_scope(clause, own) if depth == 0 else own
        governed = self._governed(clause, own, depth)
        return self._in_scope(clause, governed) if depth == 0 else governed

    def _is_accusation_denied(self, clause: Clause) -> bool:
        return polarity_of(self.reading, clause) == "affirmed" and is_denial(self.reading, clause)

    def _modality(self, clause: Clause) -> Modality:
        if is_hedged(self.reading, clause) or is_condition(self.reading, clause):
            return "possible"
        return tense_modality(self.reading, clause, self.clauses)

    def _governed(self, clause: Clause, own: Status, depth: int) -> Status:
        """The clause's status under the verb, noun or adjective above it."""
        assert clause.governor is not None
        above = self.clauses.get(clause.governor)
        if above is None:
            return self._below_word(clause, own)
        if clause.group.form == "finite" and is_asked(self.reading, clause):
            return Status(own.polarity, "possible")
        if not _is_complement(self.reading, clause):
            return self._following(clause, own, above, depth)
        if is_unmet(self.reading, above) and own.polarity == "affirmed":
            return Status("negated", "possible")
        effect = self._effect(above, clause)
        upper = self.status_of(above, depth + 1)
        if self.reading.lexicon.has("narrative_past_plans", above.lemma):
            upper = Status(upper.polarity)  # its tense is already in the effect
        polarity, modality = _combine(own, upper, effect)
        if polarity == "denied" and self.reading.lexicon.has("wishes", above.lemma):
            modality = own.modality  # "dément vouloir céder le club": what is denied is the plan
        if upper.polarity == "negated" and effect is None and clause.group.form != "finite":
            polarity = "negated"
        if upper.polarity == "negated" and effect != "negated" and not self._passes_negation(above, clause):
            polarity = own.polarity
        if clause.group.form == "finite" and effect in {None, "asserted"}:
            modality = own.modality
        return Status(polarity, modality)

    def _following(self, clause: Clause, own: Status, above: Clause, depth: int) -> Status:
        """A gerund that tells what comes of the verb above is no surer than that ("aurait tiré, faisant un mort")."""
        if clause.group.form != "gerund" or not clause.shared_subject:
            return own
        demand = self.reading.lexicon.demands.get(above.lemma)
        marks = [c for c in self.reading.children(clause.verb, "mark", "case") if c.i < clause.verb]
        if any(demand is None or mark.text.lower() not in demand.prepositions for mark in marks):
            return own
        return Status(own.polarity, _stronger(own.modality, self.status_of(above, depth + 1).modality))

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
            and not is_conditional_clause(self.reading, above)
        ):
            return "asserted"
        if clause.group.form == "finite" and lexicon.has("factive", above.lemma):
            return None
        if clause.group.form != "finite" and (lexicon.has("orders", above.lemma) or is_hearsay(self.reading, above)):
            return "possible"
        if clause.group.form != "finite" and group.passive and lexicon.has("expected", above.lemma):
            return "planned"
        declined = lexicon.has("wishes", above.lemma) and group.auxiliaries and effect == "possible"
        if declined and polarity_of(self.reading, above) == "negated":
            return "asserted"
        if clause.group.form == "finite" and effect == "planned" and not lexicon.has("expected", above.lemma):
            return None
        if lexicon.has("expected", above.lemma) and not group.passive and not lexicon.has("planning", above.lemma):
            return effect if clause.group.form != "finite" else None
        if lexicon.has("narrative_past_plans", above.lemma) and is_conditional_clause(self.reading, above):
            return "planned" if is_scheduled(self.reading, clause) else "possible"
        return effect

    def _below_word(self, clause: Clause, own: Status) -> Status:
        """Below a noun or an adjective: "le projet de fermer", "susceptible de fermer"."""
        assert clause.governor is not None
        word = self.reading.tokens[clause.governor]
        lemma, lexicon = word.lemma.lower(), self.reading.lexicon
        relative = clause.group.form == "participle" or self.reading.tokens[clause.verb].dep == "acl:relcl"
        if relative and not (clause.group.form == "finite" and self._content_of_noun(clause)):
            return own
        if lexicon.has("able_adjectives", lemma):
            return Status("negated" if is_denied_word(self.reading, clause.governor) else own.polarity, own.modality)
        over = self.clauses.get(word.head)
        if over is not None and lexicon.has("undoing", over.lemma) and word.dep == "obj":
            return Status("negated" if own.polarity == "affirmed" else own.polarity, own.modality)
        if lexicon.has("planned_nouns", lemma) or lexicon.has("planned_adjectives", lemma):
            return Status(own.polarity, _stronger(own.modality, "planned"))
        claimed = clause.group.form == "finite" and lexicon.has("claim_nouns", lemma)
        if claimed or lexicon.has("possible_nouns", lemma) or lexicon.has("possible_adjectives", lemma):
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

    def _is_aside(self, clause: Clause, scope: Scope) -> bool:
        """Whether a clause only describes something in what is denied ("denied shelling a camp, where 20 died")."""
        for at in (clause.verb, *self.reading.analysis.ancestors(clause.verb)):
            token = self.reading.tokens[at]
            if not scope.content.contains(token.span):
                return False
            if token.dep == "acl:relcl":
                return True
        return False

    def _in_scope(self, clause: Clause, status: Status) -> Status:
        scope = find_scope(self.reading.tokens[clause.verb].span, self.scopes)
        if scope is None:
            return status
        aside = scope.stance == "deny" and self._is_aside(clause, scope)
        if scope.stance == "deny" and not scope.negated and not aside and status.polarity == "affirmed":
            status = Status("denied", status.modality)
        claims = scope.partisan or (scope.direct and status.polarity == "negated" and self._is_own_denial(clause))
        return Status(status.polarity, "possible") if claims else status

    def _is_own_denial(self, clause: Clause) -> bool:
        """As in “Our forces did not fire a single round”: a party's word on what it did not do, in its own mouth."""
        if clause.subject is None or clause.group.form != "finite":
            return False
        words = self.reading.tokens
        past = any(words[i].has("Tense=Past") or words[i].has("Tense=Imp") for i in clause.group.positions)
        perfect = (words[i].lemma.lower() for i in clause.group.auxiliaries)
        past = past or any(self.reading.lexicon.has("perfect_auxiliaries", lemma) for lemma in perfect)
        return past and self.reading.lexicon.has("first_persons", self.reading.word(clause.subject.start))


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
