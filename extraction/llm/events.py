"""Events that a model points to: a verb that the grammar knows, with roles where its voice puts them.

A name that stands in the evidence may still be in the wrong role. French and English mark roles by order, voice and
preposition, so that is what is asked; where the grammar has found a role itself, the model's must be the same.
"""

from __future__ import annotations

from dataclasses import replace

from extraction.analysis import Token
from extraction.clauses import Clause, clause_span
from extraction.document import Event, Extractor, Fact, Predicate, Role
from extraction.events import find_place, is_told
from extraction.fact_time import find_clause_time
from extraction.llm.context import Context, Place
from extraction.llm.locating import Refused
from extraction.llm.statements import stated
from extraction.phrases import NOMINAL, Phrase, Reading, role_of
from extraction.spans import Span

CONFIDENCE = 0.5


def check_event(context: Context, place: Place, extractor: Extractor) -> Fact:
    """The fact, with the lemma, status and time of our grammar. Raises Refused."""
    reading, clauses = context.reading(place)
    clause = _clause(context, place, reading, clauses)
    words = reading.analysis.cover(range(clause.group.first, clause.group.tail + 1))
    context.refuse_known("event", words)
    subject, thing = context.optional(place, "subject"), context.optional(place, "object")
    if subject is None and thing is None:
        raise Refused("roles")
    full = replace(clause, subject=_subject(reading, clause, subject), object=_object(reading, clause, thing))
    status = context.status(place)
    if not is_told(reading, full, status):
        raise Refused("predicate")
    evidence = _evidence(reading, full, words)
    if not place.evidence.contains(words):
        # A model that leaves out "n'… pas" leaves out what matters most.
        raise Refused("predicate")
    stands = status.status_of(full)
    fact = Fact(
        kind="event",
        evidence=evidence,
        extractor=extractor,
        confidence=CONFIDENCE,
        polarity=stands.polarity,
        modality=stands.modality,
        time=find_clause_time(reading, full, evidence),
        place=find_place(reading, full, evidence),
        event=Event(Predicate(clause.lemma, words), *(_role(reading, p) for p in (full.subject, full.object))),
    )
    return stated(context, place, fact)


def _clause(context: Context, place: Place, reading: Reading, clauses: dict[int, Clause]) -> Clause:
    """The one clause whose verb is among the predicate's words."""
    words = context.inside(place, place.proposal.focus)
    told = [c for verb, c in clauses.items() if words.contains(reading.tokens[verb].span)]
    if len(told) != 1:
        raise Refused("predicate")
    sentence = reading.analysis.sentence_span(told[0].verb)
    if not sentence.contains(place.evidence.strip(context.text)):
        raise Refused("sentence")
    return told[0]


def _phrase_of(reading: Reading, span: Span) -> Phrase:
    inside = reading.analysis.tokens_in(span)
    if not inside or inside[0].start != span.start or inside[-1].end != span.end:
        raise Refused("words")
    first, last = inside[0].i, inside[-1].i
    nouns = [t for t in inside if _is_nominal(reading, t) and not reading.is_time(t.i)]
    if not nouns:
        raise Refused("roles")
    head = next((t for t in nouns if not first <= t.head <= last or t.head == t.i), nouns[0])
    return Phrase(head.i, first, last)


def _is_nominal(reading: Reading, token: Token) -> bool:
    return token.pos in NOMINAL or token.i in reading.entity_tokens or token.i in reading.quantity_tokens


def _subject(reading: Reading, clause: Clause, given: Span | None) -> Phrase | None:
    """The grammar's subject, which the model's must overlap; else the model's, where a subject stands.

    That is before an active verb and bare, or behind a passive one and "par".
    """
    if given is None or clause.subject is not None:
        return _agreed(reading, clause.subject, given)
    phrase = _phrase_of(reading, given)
    preposition = _preposition(reading, phrase)
    if clause.group.passive:
        stands = phrase.start > clause.group.tail and reading.lexicon.has("agents", preposition)
    else:
        stands = phrase.last < clause.group.first and not preposition
    return _near(reading, clause, phrase, stands=stands)


def _object(reading: Reading, clause: Clause, given: Span | None) -> Phrase | None:
    """The grammar's object, which the model's must overlap; else the model's, where an object stands.

    That is behind an active verb, or before a passive one; behind a preposition only where the verb demands that one.
    """
    if given is None or clause.object is not None:
        return _agreed(reading, clause.object, given)
    phrase = _phrase_of(reading, given)
    preposition, demand = _preposition(reading, phrase), reading.lexicon.demands.get(clause.lemma)
    linked = not preposition or (demand is not None and preposition in demand.prepositions)
    side = phrase.last < clause.group.first if clause.group.passive else phrase.start > clause.group.tail
    return _near(reading, clause, phrase, stands=side and linked)


def _agreed(reading: Reading, ours: Phrase | None, given: Span | None) -> Phrase | None:
    if ours is not None and given is not None and not reading.span(ours).overlaps(given):
        raise Refused("roles")
    return ours


def _near(reading: Reading, clause: Clause, role: Phrase, *, stands: bool) -> Phrase:
    """The role, if no other clause stands between it and its verb."""
    first, last = sorted((role.head, clause.verb))
    own = set(clause.group.positions)
    between = (t for t in reading.tokens[first + 1 : last] if t.i not in own)
    if not stands or not reading.same_sentence(first, last) or any(t.has("VerbForm=Fin") for t in between):
        raise Refused("roles")
    return role


def _preposition(reading: Reading, phrase: Phrase) -> str:
    """The preposition that stands right before a phrase or opens it; "" for none."""
    for at in (phrase.start - 1, phrase.start):
        inside = at in reading.quantity_tokens
        if not inside and reading.same_sentence(at, phrase.head) and reading.tokens[at].pos == "ADP":
            return reading.word(at)
    return ""


def _evidence(reading: Reading, clause: Clause, words: Span) -> Span:
    parts = [words, clause_span(reading, clause)]
    parts += [reading.span(phrase) for phrase in (clause.subject, clause.object) if phrase is not None]
    return Span(min(part.start for part in parts), max(part.end for part in parts))


def _role(reading: Reading, phrase: Phrase | None) -> Role | None:
    return role_of(reading, phrase) if phrase is not None else None
