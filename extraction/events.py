"""Events: who did what to whom, told by verbs (``event.verbal``) and by nouns (``event.nominal``).

States, modal and aspectual verbs, and mere saying are no events; what stands below a modal verb is one, with the
modality that the verb gives it. An event has at least a subject or an object.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from extraction.analysis import Parsed
from extraction.attribution import Scope, attribution_for
from extraction.clauses import Clause, clause_span, find_clauses
from extraction.document import Event, Extractor, Fact, Predicate, Role
from extraction.event_lexicon import load_event_lexicon
from extraction.fact_time import find_clause_time, is_ahead
from extraction.modality import is_hearsay
from extraction.nominal_events import find_nominal_events
from extraction.objects import is_period
from extraction.people import singulars
from extraction.phrases import Reading, is_place, phrase_at, readings, role_of
from extraction.spans import Span
from extraction.status import Status, StatusReader
from extraction.tags import Tag, find_scope_tag, find_tag_speaker, without_own
from extraction.version import rules_version

VERBAL = Extractor("event.verbal", rules_version())

# Estimates by rule, not measured: they rank readings by how much the clause itself shows, from which clients may
# choose a threshold; 0.8 does not mean that four of five are right.
CONFIDENCE_FULL = 0.8  # subject and object
CONFIDENCE_ONE_ROLE = 0.65  # an intransitive, or a passive without agent
CONFIDENCE_SHARED = 0.6  # the subject belongs to another verb (coordination, control)
CONFIDENCE_PARTICIPLE = 0.5  # a participle or gerund, whose subject the grammar leaves open
CONFIDENCE_PRONOUN = 0.1  # taken off when a role is an unresolved pronoun


def find_events(parsed: Parsed, scopes: Sequence[Scope]) -> list[Fact]:
    """Every happening that the article states, in the order of the text."""
    facts: list[Fact] = []
    for reading in readings(parsed, load_event_lexicon(parsed.language)):
        clauses = [_without_period(reading, clause) for clause in find_clauses(reading)]
        status = StatusReader(reading, {c.verb: c for c in clauses}, scopes)
        found = [_fact(reading, clause, status, scopes) for clause in clauses if is_told(reading, clause, status)]
        facts += [*found, *find_nominal_events(reading, clauses, status, scopes)]
    facts = [_by_its_time(parsed, fact) for fact in facts]
    return sorted(facts, key=lambda fact: (fact.evidence, fact.focus))


def _without_period(reading: Reading, clause: Clause) -> Clause:
    """The clause without an object that only says how long: "ont mis deux heures", but not "a passé deux heures"."""
    thing = clause.object
    if thing is None or clause.group.passive or reading.lexicon.has("spending", clause.lemma):
        return clause
    return replace(clause, object=None) if is_period(reading, thing) else clause


def _by_its_time(parsed: Parsed, fact: Fact) -> Fact:
    """A happening in the present, or without tense, that is dated after the publication is planned."""
    published = parsed.published_at.date() if isinstance(parsed.published_at, datetime) else parsed.published_at
    if fact.modality != "asserted" or not is_ahead(fact.time, published):
        return fact
    analysis = parsed.analysis_at(fact.focus.start)
    words = analysis.tokens_in(fact.focus) if analysis is not None else []
    lexicon, lemma = load_event_lexicon(parsed.language), fact.event.predicate.lemma if fact.event is not None else ""
    if fact.extractor == VERBAL and (lemma in lexicon.governors or lexicon.has("speech_acts", lemma)):
        return fact
    finite = next((t for t in words if t.has("VerbForm=Fin")), None)
    if fact.extractor == VERBAL and (finite is None or not finite.has("Tense=Pres")):
        return fact
    perfect = finite is not None and finite.dep == "aux:tense" and any(t.has("Tense=Past") for t in words)
    return fact if perfect else replace(fact, modality="planned")


def is_told(reading: Reading, clause: Clause, status: StatusReader) -> bool:
    """Whether a clause is worth a fact of its own: an event, and of tags only those that are acts themselves."""
    tagged = find_tag_speaker(reading, clause.group) is not None
    if tagged or find_scope_tag(reading, clause.group, status.scopes) is not None:
        return reading.lexicon.has("tag_acts", clause.lemma)
    return _is_event(reading, clause, status)


def _is_event(reading: Reading, clause: Clause, status: StatusReader) -> bool:
    if clause.subject is None and clause.object is None:
        return False
    if _is_question(reading, clause) or _is_order(reading, clause) or _is_broken(clause) or _is_empty(reading, clause):
        return False
    if not _is_happening(reading, clause, status):
        return False
    form = clause.group.form
    if form == "infinitive":
        return _is_governed(reading, clause, status)
    if form == "participle":
        return _is_told_by_participle(reading, clause) or _stays(reading, clause, status)
    if form == "gerund":
        token = reading.tokens[clause.verb]
        if token.dep == "amod" and token.i < token.head:
            return False
        if clause.object is None and clause.shared_subject and _is_adverbial(reading, clause, status):
            return False
        tells = not reading.lexicon.has("interpretive", clause.lemma) or _is_toll(reading, clause)
        return clause.subject is not None and tells
    return True


def _is_adverbial(reading: Reading, clause: Clause, status: StatusReader) -> bool:
    """As in "a ban on smoking": a gerund behind a preposition that no verb demands."""
    marked = any(child.i < clause.verb for child in reading.children(clause.verb, "mark", "case"))
    above = status.clauses.get(clause.governor) if clause.governor is not None else None
    return marked and (above is None or above.lemma not in reading.lexicon.governors)


def _is_amount(reading: Reading, clause: Clause) -> bool:
    """As in "il a fait 38 °C", "la tour fait 90 mètres": a state, whose measure is a fact of its own."""
    amount = reading.quantity_tokens.get(clause.object.head) if clause.object is not None else None
    return amount is not None and amount.unit not in {None, "person"}


def _reckons(reading: Reading, clause: Clause) -> bool:
    """As in "put the crowd at 900": somebody's figure, which is a fact of its own."""
    after = range(clause.group.tail + 1, min(clause.group.tail + 9, len(reading.tokens) - 1))
    reaches = (i for i in after if reading.lexicon.has("reaching_prepositions", reading.word(i)))
    return any(i + 1 in reading.quantity_tokens for i in reaches)


def _is_toll(reading: Reading, clause: Clause) -> bool:
    """As in "faisant quatre morts"."""
    if clause.object is None:
        return False
    forms = singulars(reading.word(clause.object.head), reading.lexicon)
    return any(reading.lexicon.has("casualty_nouns", form) for form in forms)


def _is_happening(reading: Reading, clause: Clause, status: StatusReader) -> bool:
    """Whether the verb tells a change or an act, rather than a state, a saying, or how another verb is meant."""
    lexicon, lemma = reading.lexicon, clause.lemma
    if lexicon.has("denial", lemma) or lexicon.has("speech_acts", lemma):
        return True
    if lexicon.has("remaining", lemma.split()[0]):
        return " " in lemma and status.status_of(clause).modality != "asserted"
    if lexicon.has("stative", lemma) and not _holds_event(reading, clause):
        return False
    turned = lemma in lexicon.demands and clause.object is not None
    if lexicon.has("copular", lemma) and not turned and not _becomes(reading, clause):
        return False
    if clause.group.passive and (lexicon.has("descriptive_participles", lemma) or _is_graded(reading, clause)):
        return False
    if lexicon.has("measuring", lemma) and _is_amount(reading, clause):
        return False
    if lexicon.has("reckoning", lemma) and _reckons(reading, clause):
        return False
    if lexicon.has("staffing", lemma) and clause.object is not None and clause.object.start in reading.quantity_tokens:
        return False
    below = clause.object is not None and reading.tokens[clause.object.head].pos in {"VERB", "AUX"}
    if is_hearsay(reading, clause):
        return not _governs(reading, clause, status)
    if lexicon.has("speech", lemma):
        demanded = lemma in lexicon.demands and lexicon.demands[lemma].prepositions != ()
        told = (demanded or lexicon.has("speech_with_object", lemma)) and clause.group.form != "participle"
        return told and clause.object is not None and not below
    return not (lemma in lexicon.governors and (below or _governs(reading, clause, status)))


def _is_graded(reading: Reading, clause: Clause) -> bool:
    """As in "est plus marqué", "was too skewed": what has a degree is a state."""
    return any(reading.lexicon.has("degree_words", reading.word(i)) for i in range(clause.group.first, clause.verb))


def _holds_event(reading: Reading, clause: Clause) -> bool:
    """As in "a tenu une conférence de presse", "a eu un accident": the noun tells what happened."""
    if clause.object is None or not reading.lexicon.has("holding", clause.lemma):
        return False
    return reading.lexicon.has("held_events", reading.tokens[clause.object.head].lemma.lower())


def _becomes(reading: Reading, clause: Clause) -> bool:
    """As in "est devenue présidente": a change whose outcome is a noun."""
    if clause.object is None or not reading.lexicon.has("becoming", clause.lemma):
        return False
    return reading.tokens[clause.object.head].pos in {"NOUN", "PROPN"}


def _governs(reading: Reading, clause: Clause, status: StatusReader) -> bool:
    """Whether an infinitive stands below the verb, or below what it acts upon."""
    if clause.lemma in reading.lexicon.sets.get("accusation", frozenset()):
        return False
    below = [c for c in status.clauses.values() if c.governor == clause.verb and c.verb > clause.verb]
    if any(c.group.form == "infinitive" and not reading.tokens[c.verb].dep.startswith("advcl") for c in below):
        return True
    words = [t for t in reading.children(clause.verb, "xcomp", "ccomp") if t.pos in {"VERB", "AUX"}]
    return any(clause.group.tail < t.i < clause.group.tail + 12 and reading.word(t.i - 1) != "," for t in words)


def _is_question(reading: Reading, clause: Clause) -> bool:
    sentence = reading.analysis.sentences[reading.tokens[clause.verb].sentence]
    return any(reading.tokens[i].text == "?" for i in range(max(sentence.start, sentence.stop - 3), sentence.stop))


def _is_order(reading: Reading, clause: Clause) -> bool:
    """Advice or a command: a verb in the imperative, or one that opens its sentence without a subject."""
    if clause.subject is not None or clause.group.passive or clause.group.form not in {"finite", "infinitive"}:
        return False
    verb = reading.tokens[clause.verb]
    if any(reading.tokens[i].has("Mood=Imp") for i in clause.group.positions):
        return True
    if reading.lexicon.has("demands_subjects", clause.group.form):
        opens = clause.group.first == reading.analysis.sentences[verb.sentence].start
        return opens or (clause.group.form == "finite" and clause.governor is None)
    orders = reading.lexicon.endings("order_endings")
    simple = not clause.group.auxiliaries and clause.group.form == "finite"
    return simple and bool(orders) and verb.text.lower().endswith(orders)


def _is_empty(reading: Reading, clause: Clause) -> bool:
    """A verb that says nothing without its object ("ont mis deux heures"), or takes up another ("le fait")."""
    thing, lexicon = clause.object, reading.lexicon
    if thing is None:
        return lexicon.has("empty_alone", clause.lemma) and not clause.group.passive
    clitic = lexicon.has("object_clitics", reading.word(thing.head))
    return clitic and (lexicon.has("pro_verbs", clause.lemma) or (clause.subject is None and not clause.group.passive))


def _is_broken(clause: Clause) -> bool:
    """An analysis that no reader could mean: one phrase in both roles."""
    return clause.subject is not None and clause.object is not None and clause.subject.head == clause.object.head


def _is_governed(reading: Reading, clause: Clause, status: StatusReader) -> bool:
    """Whether an infinitive tells something: below a verb or noun that gives it a modality, or after "sans"."""
    if reading.lexicon.has("without", _mark(reading, clause)):
        return clause.subject is not None
    if clause.governor is None or reading.lexicon.has("question_words", _mark(reading, clause)):
        return False
    above = status.clauses.get(clause.governor)
    if above is not None:
        token = reading.tokens[clause.verb]
        purpose = reading.lexicon.has("purpose_marks", _mark(reading, clause))
        if token.dep.startswith("advcl") or purpose:
            return reading.lexicon.has("expected", reading.tokens[above.verb].lemma.lower()) and purpose
        return above.lemma in reading.lexicon.governors or is_hearsay(reading, above)
    word = reading.tokens[clause.governor].lemma.lower()
    told = ["planned_nouns", "planned_adjectives"]
    if reading.tokens[clause.governor].pos == "ADJ":
        told += ["possible_adjectives", "negative_adjectives", "able_adjectives"]
    return clause.subject is not None and any(reading.lexicon.has(name, word) for name in told)


def _mark(reading: Reading, clause: Clause) -> str:
    at = clause.group.first - 1
    while reading.same_sentence(at, clause.verb) and reading.tokens[at].pos in {"ADV", "PRON"}:
        at -= 1
    return reading.word(at) if reading.same_sentence(at, clause.verb) else ""


def _is_told_by_participle(reading: Reading, clause: Clause) -> bool:
    """A participle tells an event when the text says by whom, when or where; else it describes."""
    happens = clause.subject is not None and reading.lexicon.has("perfect_with_be", clause.lemma)
    if clause.object is None and not happens:
        return False
    if reading.tokens[clause.verb].dep.startswith(("aux", "cop", "amod")):
        return False
    if reading.lexicon.has("interpretive", clause.lemma):
        return False
    if clause.subject is not None and not happens:
        return True
    return any(_is_circumstance(reading, i) for i in _following(reading, clause))


def _stays(reading: Reading, clause: Clause, status: StatusReader) -> bool:
    """As in "le trafic restera interrompu": a state that shall last is as good as an act."""
    above = status.clauses.get(reading.tokens[clause.verb].head)
    stays = above is not None and above.verb < clause.verb and reading.lexicon.has("remaining", above.lemma)
    return stays and clause.object is not None and status.status_of(clause).modality != "asserted"


def _following(reading: Reading, clause: Clause) -> range:
    """The words after a participle up to the next comma or verb, at most six."""
    at = clause.group.tail + 1
    while reading.same_sentence(at, clause.verb) and at < clause.group.tail + 7:
        if reading.tokens[at].pos in {"PUNCT", "VERB", "AUX"}:
            break
        at += 1
    return range(clause.group.tail + 1, at)


def _is_circumstance(reading: Reading, i: int) -> bool:
    if reading.is_time(i):
        return True
    return is_place(reading, i) and reading.lexicon.has("locatives", reading.preposition(i) or "")


def _fact(reading: Reading, clause: Clause, reader: StatusReader, scopes: Sequence[Scope]) -> Fact:
    tag = find_scope_tag(reading, clause.group, scopes)
    subject, thing = _roles(reading, clause, tag)
    words = reading.analysis.cover(range(clause.group.first, clause.group.tail + 1))
    evidence = clause_span(reading, clause)
    if tag is not None:
        evidence = _around(words, *(role.span for role in (subject, thing) if role is not None))
        scopes = without_own(scopes, clause.group, reading)
    status: Status = reader.status_of(clause)
    time = find_clause_time(reading, clause, evidence)
    if time is not None and evidence.start <= time.span.start <= evidence.end + 1:
        evidence = _around(evidence, time.span)
    return Fact(
        kind="event",
        evidence=evidence,
        extractor=VERBAL,
        confidence=_confidence(reading, clause),
        attribution=attribution_for(words, scopes),
        polarity=status.polarity,
        modality=status.modality,
        time=time,
        place=find_place(reading, clause, evidence),
        event=Event(Predicate(clause.lemma, words), subject, thing),
    )


def _roles(reading: Reading, clause: Clause, tag: Tag | None) -> tuple[Role | None, Role | None]:
    if tag is not None:
        return tag.speaker, tag.content
    subject, thing = clause.subject, clause.object
    return (
        role_of(reading, subject) if subject is not None else None,
        role_of(reading, thing) if thing is not None else None,
    )


def _around(*spans: Span) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def find_place(reading: Reading, clause: Clause, evidence: Span) -> Role | None:
    """The place that a locative preposition names inside the clause, outside its subject."""
    for at in range(clause.verb + 1, len(reading.tokens)):
        if not reading.same_sentence(at, clause.verb) or reading.tokens[at].start >= evidence.end:
            return None
        subject = clause.subject is not None and clause.subject.start <= at <= clause.subject.last
        if (
            not subject
            and is_place(reading, at)
            and _is_where(reading, clause, at)
            and reading.lexicon.has("locatives", reading.preposition(at) or "")
        ):
            return role_of(reading, phrase_at(reading, at))
    return None


def _is_where(reading: Reading, clause: Clause, at: int) -> bool:
    """Whether a place is that of the clause, not that of another verb or of a happening that a noun names."""
    word = reading.preposition(at) or ""
    if reading.tokens[at].dep == "compound" or (
        reading.lexicon.has("datives", word) and reading.lexicon.has("giving", clause.lemma)
    ):
        return False
    if any(reading.tokens[i].has("VerbForm=Fin") for i in range(clause.group.tail + 1, at)):
        return False
    for above in reading.analysis.ancestors(at):
        token = reading.tokens[above]
        if above in clause.group.positions:
            return True
        if token.pos == "VERB" and not token.dep.startswith("aux"):
            return False
        if token.pos == "NOUN" and token.lemma.lower() in reading.lexicon.deverbal:
            return False
    return True


def _confidence(reading: Reading, clause: Clause) -> float:
    if clause.group.form in {"participle", "gerund"}:
        confidence = CONFIDENCE_PARTICIPLE
    elif clause.shared_subject:
        confidence = CONFIDENCE_SHARED
    elif clause.subject is not None and clause.object is not None:
        confidence = CONFIDENCE_FULL
    else:
        confidence = CONFIDENCE_ONE_ROLE
    roles = [p for p in (clause.subject, clause.object) if p is not None]
    pronouns = any(reading.tokens[p.head].pos == "PRON" for p in roles)
    return round(confidence - CONFIDENCE_PRONOUN, 2) if pronouns else confidence
