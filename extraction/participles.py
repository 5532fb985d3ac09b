"""The noun that a participle is about: by the tree, by agreement, by what is only done to people or to documents."""

from __future__ import annotations

from extraction.analysis import Token
from extraction.neighbours import whole_name
from extraction.phrases import NAMING, Phrase, Reading, phrase_at
from extraction.predicates import VerbGroup

_FARTHEST = 12
_STOPS = frozenset(".;:")


def modified_noun(reading: Reading, group: VerbGroup) -> Phrase | None:
    """The noun that a participle qualifies: the one before it, over adjectives and genitives."""
    token = reading.tokens[group.verb]
    joined = _joined_participle(reading, group)
    token = reading.tokens[joined] if joined is not None else token
    head = reading.tokens[token.head]
    measured = _before_amount(reading, group)
    if measured is not None:
        return phrase_at(reading, measured)
    victim = _victim(reading, group, head.i)
    if victim is not None:
        return phrase_at(reading, victim, group.first)
    if token.dep.split(":")[0] in {"acl", "amod"} and head.i < token.i and head.pos in NAMING:
        return phrase_at(reading, _in_genitives(reading, head.i, group), group.first)
    nearest = _nearest_noun(reading, token.i - 1)
    if nearest is None:
        return None
    return phrase_at(reading, _in_genitives(reading, nearest, group), token.i)


def _joined_participle(reading: Reading, group: VerbGroup) -> int | None:
    """The participle before "et" that qualifies the same noun: "un sondage commandé par X et publié mardi"."""
    joint = group.first - 1
    if not reading.same_sentence(joint, group.verb) or reading.tokens[joint].pos != "CCONJ":
        return None
    for at in range(joint - 1, max(-1, joint - _FARTHEST), -1):
        token = reading.tokens[at]
        if not reading.same_sentence(at, group.verb) or token.has("VerbForm=Fin"):
            return None
        if token.pos == "VERB" and token.has("VerbForm=Part") and not token.has("Tense=Pres"):
            return at if token.dep.startswith(("acl", "amod")) else None
    return None


def _victim(reading: Reading, group: VerbGroup, head: int) -> int | None:
    """Who suffers what is done to people only, where the tree gives a thing ("le procès de l'élu, arrêté en mai")."""
    if not reading.lexicon.has("done_to_people", group.lemma) or _is_person(reading, head):
        return None
    before = range(group.first - 1, max(-1, group.first - _FARTHEST), -1)
    inside = [i for i in before if reading.same_sentence(i, group.verb)]
    people = (i for i in inside if reading.tokens[i].pos in NAMING and _is_person(reading, i))
    return next((i for i in people if _same_gender(reading, i, reading.tokens[group.verb])), None)


def _is_person(reading: Reading, noun: int) -> bool:
    mention = reading.entity_tokens.get(noun)
    if mention is not None:
        return mention.type == "person"
    words = {reading.word(noun), reading.tokens[noun].lemma.lower()}
    return bool(words & reading.lexicon.person_nouns) or reading.tokens[noun].entity == "PER"


def _before_amount(reading: Reading, group: VerbGroup) -> int | None:
    """As in "le précédent record, 40 °C, établi en août": the noun before an amount between commas."""
    at = group.first - 1
    if not reading.same_sentence(at - 1, group.verb) or reading.tokens[at].text != ",":
        return None
    amount = reading.quantity_tokens.get(at - 1)
    while reading.same_sentence(at - 1, group.verb) and reading.quantity_tokens.get(at - 1) is amount:
        at -= 1
    stands = amount is not None and reading.same_sentence(at - 2, group.verb) and reading.tokens[at - 1].text == ","
    return _nearest_noun(reading, at - 2) if stands else None


def _in_genitives(reading: Reading, head: int, group: VerbGroup) -> int:
    """Of a chain of genitives before a participle, the noun that fits: by agreement, then by what is done to it.

    What is published or handed in is a document ("le rapport de l'inspection du travail remis mardi").
    """
    participle = reading.tokens[group.verb]
    nearest = _nearest_noun(reading, group.verb - 1)
    chain = _genitive_chain(reading, head, group.first)
    chain += [nearest] if nearest is not None and nearest not in chain else []
    fitting = [i for i in chain if _same_gender(reading, i, participle)]
    if reading.lexicon.has("document_verbs", group.lemma):
        document = next((i for i in fitting if _is_document(reading, i)), None)
        if document is not None:
            return document
    if head in fitting or not fitting:
        return head
    return min(fitting, key=lambda i: abs(i - head))


def _is_document(reading: Reading, at: int) -> bool:
    return bool({reading.word(at), reading.tokens[at].lemma.lower()} & reading.lexicon.documents)


def _genitive_chain(reading: Reading, noun: int, stop: int) -> list[int]:
    """The nouns that genitives tie to a noun, above it and behind it, up to a position."""
    top = noun
    while reading.tokens[top].dep == "nmod" and reading.tokens[top].head < top:
        if not reading.lexicon.has("genitives", reading.preposition(top) or ""):
            break
        top = reading.tokens[top].head
    nouns = [i for i in range(top, stop) if reading.tokens[i].pos in NAMING and reading.same_sentence(i, noun)]
    tied = [i for i in nouns if i == top or reading.lexicon.has("genitives", reading.preposition(i) or "")]
    return [i for i in tied if not reading.is_time(i)]


def _same_gender(reading: Reading, noun: int, participle: Token) -> bool:
    """Whether neither the noun's gender and number nor its article's speak against a participle."""
    words = [reading.tokens[noun], *(t for t in reading.children(noun, "det") if t.i < noun)]
    for feature in ("Gender=Masc", "Gender=Fem", "Number=Sing", "Number=Plur"):
        name = feature.split("=")[0]
        if name in participle.morph and not participle.has(feature) and any(t.has(feature) for t in words):
            return False
    return True


def _nearest_noun(reading: Reading, at: int) -> int | None:
    """The noun right before a position, over adjectives, adverbs and one comma."""
    commas = 0
    begin = at
    while reading.same_sentence(at, begin):
        token = reading.tokens[at]
        if token.pos in NAMING and not reading.is_time(at):
            return whole_name(reading, at)
        commas += token.text == ","
        if commas > 1 or token.pos not in {"ADJ", "ADV", "PUNCT", "NUM", "PROPN"} or token.text in _STOPS:
            return None
        at -= 1
    return None
