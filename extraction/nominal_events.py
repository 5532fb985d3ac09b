"""Events that a noun names: "la visite de X en Y", "l'annonce par X de Y", "le lancement du satellite".

Only nouns of the language's list, with a participant in the text; a noun used without one ("la visite a duré") names
an event that is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extraction.attribution import Scope, attribution_for
from extraction.clauses import Clause
from extraction.document import Event, Extractor, Fact, Modality, Polarity, Predicate, Role
from extraction.event_lexicon import Deverbal
from extraction.fact_time import find_nominal_time
from extraction.phrases import Phrase, Reading, is_place, left_edge, noun_after, phrase_at, role_of
from extraction.status import StatusReader
from extraction.version import rules_version

NOMINAL = Extractor("event.nominal", rules_version())

# Estimates by rule, as in ``extraction.events``, and lower: a genitive may be an agent or a patient, and a noun does
# not say that it happened.
CONFIDENCE_BOTH_ROLES = 0.6
CONFIDENCE_ONE_ROLE = 0.45

_PARTS, _REACH = 4, 9


@dataclass(slots=True)
class _Participants:
    """The phrases around a noun, by what introduces them; ``last`` is the last token of the whole."""

    last: int
    genitives: list[Phrase] = field(default_factory=list)
    agents: list[Phrase] = field(default_factory=list)
    others: list[tuple[str, Phrase]] = field(default_factory=list)


def find_nominal_events(
    reading: Reading, clauses: Sequence[Clause], status: StatusReader, scopes: Sequence[Scope]
) -> list[Fact]:
    """The happenings that the nouns of a passage name, in order."""
    facts = []
    for token in reading.tokens:
        deverbal = reading.lexicon.deverbal.get(token.lemma.lower())
        if token.pos != "NOUN" or deverbal is None or token.i in reading.entity_tokens:
            continue
        if reading.lexicon.has("landmarks", token.lemma.lower()) and _locates(reading, token.i):
            continue
        fact = _fact(reading, token.i, deverbal, _Context(clauses, status, scopes))
        if fact is not None:
            facts.append(fact)
    return facts


def _locates(reading: Reading, noun: int) -> bool:
    """As in "à la sortie de l'audience": the noun says where or when something else happens."""
    return reading.lexicon.has("locatives", reading.preposition(noun) or "")


@dataclass(frozen=True, slots=True)
class _Context:
    clauses: Sequence[Clause]
    status: StatusReader
    scopes: Sequence[Scope]


def _fact(reading: Reading, noun: int, deverbal: Deverbal, context: _Context) -> Fact | None:
    around = _participants(reading, noun, deverbal)
    subject, thing = _roles(reading, deverbal, around)
    if (subject is None and thing is None) or _is_in_question(reading, noun):
        return None
    evidence = reading.analysis.cover(range(left_edge(reading, noun), around.last + 1))
    polarity, modality = _status(reading, noun, context)
    word = reading.tokens[noun]
    return Fact(
        kind="event",
        evidence=evidence,
        extractor=NOMINAL,
        confidence=CONFIDENCE_BOTH_ROLES if subject is not None and thing is not None else CONFIDENCE_ONE_ROLE,
        attribution=attribution_for(word.span, context.scopes),
        polarity=polarity,
        modality=modality,
        time=find_nominal_time(reading, noun, evidence),
        place=_place(reading, around),
        event=Event(Predicate(deverbal.verb, word.span), _role(reading, subject), _role(reading, thing)),
    )


def _role(reading: Reading, phrase: Phrase | None) -> Role | None:
    return role_of(reading, phrase) if phrase is not None else None


def _participants(reading: Reading, noun: int, deverbal: Deverbal) -> _Participants:
    found = _Participants(_over_adjectives(reading, noun))
    for _ in range(_PARTS):
        at = found.last + 1
        if not reading.same_sentence(at, noun):
            break
        if reading.tokens[at].text == "," and _resumes(reading, at + 1, deverbal):
            at += 1
        word = reading.word(at)
        inside = noun_after(reading, at + 1, min(at + 9, len(reading.tokens)))
        if inside is None or reading.tokens[at].pos not in {"ADP", "DET"}:
            break
        if reading.is_time(inside):
            mention = reading.time_tokens.get(inside)
            found.last = max((i for i in reading.time_tokens if reading.time_tokens[i] is mention), default=inside)
            continue
        if inside in reading.quantity_tokens and reading.quantity_tokens[inside].unit is not None:
            break
        stop = _own_genitive(reading, inside) if reading.lexicon.has("agents", word) and not found.genitives else None
        stop = stop or _other_participant(reading, inside, deverbal)
        phrase = _with_apposition(reading, phrase_at(reading, inside, stop))
        if reading.lexicon.has("agents", word):
            found.agents.append(phrase)
        elif reading.lexicon.has("genitives", word):
            found.genitives.append(_of_one_genitive(reading, phrase))
        elif word in deverbal.prepositions or (reading.lexicon.has("locatives", word) and is_place(reading, inside)):
            found.others.append((word, phrase))
        else:
            break
        found.last = phrase.last
    return found


def _of_one_genitive(reading: Reading, phrase: Phrase) -> Phrase:
    """Where a language repeats the preposition ("du marché et de la rente"), what follows "et" without it is apart."""
    if not reading.lexicon.sets.get("repeated_genitives"):
        return phrase
    for i in range(phrase.head + 1, phrase.last):
        if reading.tokens[i].pos == "CCONJ" and not reading.lexicon.has("genitives", reading.word(i + 1)):
            return Phrase(phrase.head, phrase.start, i - 1)
    return phrase


def _other_participant(reading: Reading, inside: int, deverbal: Deverbal) -> int | None:
    """Where behind an agent or a genitive the preposition of the noun's other participant stands."""
    for i in range(inside + 1, min(inside + _REACH, len(reading.tokens))):
        if not reading.same_sentence(i, inside) or reading.tokens[i].pos in {"VERB", "AUX", "PUNCT"}:
            return None
        if reading.tokens[i].pos == "ADP" and reading.word(i) in deverbal.prepositions:
            return i
    return None


def _own_genitive(reading: Reading, agent: int) -> int | None:
    """Where after a named agent the noun's own genitive begins: "l'annonce par X de Y"."""
    after = range(agent + 1, min(agent + 6, len(reading.tokens)))
    if reading.tokens[agent].pos != "PROPN":
        return None
    name = reading.entity_tokens.get(agent)
    for i in after:
        inside = name is not None and reading.entity_tokens.get(i) is name
        if reading.lexicon.has("genitives", reading.word(i)) and not inside:
            return None if reading.tokens[i + 1 : i + 2] and reading.tokens[i + 1].pos == "PROPN" else i
    return None


def _over_adjectives(reading: Reading, noun: int) -> int:
    at = noun
    while reading.same_sentence(at + 1, noun):
        token = reading.tokens[at + 1]
        participle = token.pos == "VERB" and token.has("VerbForm=Part") and not token.has("Tense=Pres")
        if token.pos not in {"ADJ", "ADV"} and not participle:
            break
        if token.has("Number=Plur") != reading.tokens[noun].has("Number=Plur") and token.pos != "ADV":
            break
        at += 1
    return at


def _resumes(reading: Reading, at: int, deverbal: Deverbal) -> bool:
    """Whether after a comma a preposition goes on with the noun's participants."""
    if not 0 <= at < len(reading.tokens):
        return False
    word = reading.word(at)
    return reading.tokens[at].pos == "ADP" and (word in deverbal.prepositions or reading.lexicon.has("agents", word))


def _with_apposition(reading: Reading, phrase: Phrase) -> Phrase:
    """A description and the name between commas after it: the name is the head."""
    at = phrase.last + 1
    if not reading.same_sentence(at + 1, phrase.head) or reading.tokens[at].text != ",":
        return phrase
    mention = reading.entity_tokens.get(at + 1)
    token = reading.tokens[at + 1]
    named = mention.type == "person" if mention is not None else token.entity == "PER"
    if not named or token.pos != "PROPN":
        return phrase
    name = phrase_at(reading, at + 1)
    closing = name.last + 1
    ends = reading.same_sentence(closing, at) and reading.tokens[closing].text in {",", ")"}
    return Phrase(name.head, name.start, name.last) if ends else phrase


def _roles(reading: Reading, deverbal: Deverbal, around: _Participants) -> tuple[Phrase | None, Phrase | None]:
    genitive = around.genitives[0] if around.genitives else None
    subject = around.agents[0] if around.agents else None
    named = subject is not None and reading.tokens[subject.head].pos == "PROPN"
    if subject is not None and genitive is None and not named and not _acts(reading, subject):
        subject = None  # "cette acquisition par une augmentation de capital": the means
    other = next((p for word, p in around.others if word in deverbal.prepositions), None)
    if genitive is None:
        return subject, other if subject is not None else None
    if subject is not None:
        return subject, genitive
    if deverbal.genitive == "subject" or (deverbal.genitive == "either" and _acts(reading, genitive)):
        return genitive, other
    return None, genitive


def _acts(reading: Reading, phrase: Phrase) -> bool:
    """Whether a phrase names somebody who can act: a person, an organisation, a country, people."""
    mention = reading.entity_tokens.get(phrase.head)
    if mention is not None:
        return mention.type in {"person", "organization"}
    token = reading.tokens[phrase.head]
    return token.entity in {"PER", "ORG"} or token.lemma.lower() in reading.lexicon.person_nouns


def _place(reading: Reading, around: _Participants) -> Role | None:
    for word, phrase in around.others:
        if is_place(reading, phrase.head) and reading.lexicon.has("locatives", word):
            return role_of(reading, phrase)
    return None


def _is_in_question(reading: Reading, noun: int) -> bool:
    sentence = reading.analysis.sentences[reading.tokens[noun].sentence]
    return any(reading.tokens[i].text == "?" for i in range(max(sentence.start, sentence.stop - 3), sentence.stop))


def _status(reading: Reading, noun: int, context: _Context) -> tuple[Polarity, Modality]:
    """What the adjectives say, then the verb that the noun is an argument of."""
    adjectives = [t.lemma.lower() for t in reading.children(noun, "amod", "acl")]
    near = [reading.tokens[i].lemma.lower() for i in (noun - 1, noun + 1) if reading.same_sentence(i, noun)]
    lexicon = reading.lexicon
    if any(lexicon.has("possible_adjectives", word) for word in (*adjectives, *near)):
        return "affirmed", "possible"
    if any(lexicon.has("planned_adjectives", word) or lexicon.has("expected", word) for word in (*adjectives, *near)):
        return "affirmed", "planned"
    if any(lexicon.has("without", word) for word in (reading.preposition(noun) or "", _head_noun(reading, noun))):
        return "negated", "asserted"
    above = next((c for c in context.clauses if c.verb == _verb_above(reading, noun)), None)
    if above is None or not _is_object_of(above, noun):
        return _below_noun(reading, noun)
    status = context.status.status_of(above)
    if lexicon.has("scheduling", above.lemma) and status.polarity == "affirmed":
        return "affirmed", _effective("planned", status.modality)
    if lexicon.has("undoing", above.lemma) and status.polarity == "affirmed":
        return "negated", status.modality
    effect = lexicon.governors.get(above.lemma)
    if effect == "negated" and status.polarity == "affirmed":
        return "negated", status.modality
    if effect == "denied" or status.polarity == "denied":
        return "denied", "asserted"
    return "affirmed", _effective(effect, status.modality)


def _effective(effect: str | None, modality: Modality) -> Modality:
    if effect == "possible" or modality == "possible":
        return "possible"
    return "planned" if effect == "planned" or modality == "planned" else "asserted"


def _below_noun(reading: Reading, noun: int) -> tuple[Polarity, Modality]:
    head = _head_noun(reading, noun)
    if reading.lexicon.has("possible_nouns", head):
        return "affirmed", "possible"
    if reading.lexicon.has("undone_by", head):
        return "negated", "asserted"
    if (
        reading.lexicon.has("condition_nouns", head)
        and reading.preposition(reading.tokens[_first_conjunct(reading, noun)].head) is not None
    ):
        return "affirmed", "possible"
    return "affirmed", "planned" if reading.lexicon.has("planned_nouns", head) else "asserted"


def _head_noun(reading: Reading, noun: int) -> str:
    """The lemma of the noun that a noun hangs on by a genitive ("le risque d'une grève"); "" without one."""
    noun = _first_conjunct(reading, noun)
    head = reading.tokens[noun].head
    return reading.tokens[head].lemma.lower() if reading.tokens[head].pos == "NOUN" and head < noun else ""


def _first_conjunct(reading: Reading, noun: int) -> int:
    """The first of the nouns that "et" joins: what all of them hang on, it hangs on."""
    for _ in range(_PARTS):
        if reading.tokens[noun].dep != "conj" or reading.tokens[reading.tokens[noun].head].pos != "NOUN":
            break
        noun = reading.tokens[noun].head
    return noun


def _verb_above(reading: Reading, noun: int) -> int | None:
    noun = _first_conjunct(reading, noun)
    head = reading.tokens[noun].head
    return head if head != noun else None


def _is_object_of(clause: Clause, noun: int) -> bool:
    return clause.object is not None and clause.object.start <= noun <= clause.object.last
