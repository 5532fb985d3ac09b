"""Noun phrases beside a verb: before it, after it, before a relative pronoun, before a participle.

The order of the words is what remains where a tree has no relation, or one that agreement contradicts.
"""

from __future__ import annotations

from extraction.analysis import Token
from extraction.phrases import NAMING, NOMINAL, Phrase, Reading, noun_after, phrase_at
from extraction.predicates import VerbGroup


def antecedent(reading: Reading, relative: int, verb: Token, group: VerbGroup) -> Phrase | None:
    """The noun that a relative pronoun stands for: the one the tree says if it agrees, else the nearest that does."""
    head = verb.head
    finite = next((reading.tokens[i] for i in (*group.auxiliaries, group.verb) if _is_finite(reading, i)), verb)
    attached = verb.dep.startswith("acl") and head < relative and reading.tokens[head].pos in NAMING
    if attached and _agrees(reading.tokens[head], finite):
        return phrase_at(reading, head, relative)
    for at in range(relative - 1, max(-1, relative - 12), -1):
        token = reading.tokens[at]
        if not reading.same_sentence(at, relative) or (token.pos in {"VERB", "AUX"} and _is_finite(reading, at)):
            return None
        if token.pos in NAMING and not reading.is_time(at) and _agrees(token, finite):
            whole = whole_name(reading, at)
            return phrase_at(reading, whole, relative)
    return None


def whole_name(reading: Reading, at: int) -> int:
    """The head of the name that a word ends: "Nord" in "Corée du Nord" belongs to "Corée"."""
    mention = reading.entity_tokens.get(at)
    while mention is not None and at > 0 and reading.entity_tokens.get(at - 1) is mention:
        at -= 1
    token = reading.tokens[at]
    if mention is None and token.pos == "PROPN" and reading.tokens[token.head].pos == "PROPN" and token.head < at:
        return token.head
    while reading.tokens[at].pos == "DET":
        at += 1
    return at


def _is_finite(reading: Reading, at: int) -> bool:
    return reading.tokens[at].has("VerbForm=Fin")


def _agrees(noun: Token, verb: Token) -> bool:
    return not (
        (noun.has("Number=Plur") and verb.has("Number=Sing")) or (noun.has("Number=Sing") and verb.has("Number=Plur"))
    )


def modified_noun(reading: Reading, group: VerbGroup) -> Phrase | None:
    """The noun that a participle qualifies: the one before it, over adjectives and genitives."""
    token = reading.tokens[group.verb]
    head = reading.tokens[token.head]
    if token.dep.split(":")[0] in {"acl", "amod"} and head.i < token.i and head.pos in NAMING:
        nearest = _nearest_noun(reading, token.i - 1)
        if nearest is not None and _same_gender(reading.tokens[nearest], token) and not _same_gender(head, token):
            return phrase_at(reading, nearest, group.first)
        genitive = _genitive_that_agrees(reading, head, token)
        return phrase_at(reading, genitive if genitive is not None else head.i, group.first)
    nearest = _nearest_noun(reading, token.i - 1)
    return phrase_at(reading, nearest, group.first) if nearest is not None else None


def _genitive_that_agrees(reading: Reading, head: Token, participle: Token) -> int | None:
    """A noun between head and participle, when the head itself disagrees in gender or number."""
    if _same_gender(head, participle):
        return None
    between = range(participle.i - 1, head.i, -1)
    return next(
        (i for i in between if reading.tokens[i].pos == "NOUN" and _same_gender(reading.tokens[i], participle)), None
    )


def _same_gender(noun: Token, participle: Token) -> bool:
    for feature in ("Gender=Masc", "Gender=Fem", "Number=Sing", "Number=Plur"):
        name = feature.split("=")[0]
        if noun.has(feature) and name in participle.morph and not participle.has(feature):
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
        if commas > 1 or token.pos not in {"ADJ", "ADV", "PUNCT", "NUM", "PROPN"}:
            return None
        at -= 1
    return None


def noun_before_verb(reading: Reading, group: VerbGroup) -> int | None:
    """The head of the noun phrase that ends right before the verb group, unless a preposition governs it."""
    at = group.first - 1
    while reading.same_sentence(at, group.verb) and reading.tokens[at].pos == "ADV":
        at -= 1
    if not reading.same_sentence(at, group.verb) or reading.tokens[at].pos in {"PUNCT", "CCONJ"}:
        return None
    if reading.lexicon.has("relatives", reading.word(at)) and reading.tokens[at].pos == "PRON":
        return at if reading.tokens[at].dep.startswith("nsubj") else None
    return _phrase_head_ending(reading, at)


def _phrase_head_ending(reading: Reading, at: int) -> int | None:
    """Head of the maximal phrase that ends at a position: over "de" to the noun that the genitives belong to."""
    begin, head = at, None
    while reading.same_sentence(at, begin):
        token = reading.tokens[at]
        if token.pos in NOMINAL and not reading.is_time(at):
            head = at
        elif token.pos == "ADP":
            if not reading.lexicon.has("genitives", token.text.lower()):
                return None
        elif token.pos not in {"DET", "ADJ", "NUM"}:
            break
        at -= 1
    return head


def noun_after_verb(reading: Reading, group: VerbGroup) -> int | None:
    """The head of a bare noun phrase after the verb, over adverbs, times and a place between commas."""
    at = group.tail + 1
    while reading.same_sentence(at, group.verb):
        token = reading.tokens[at]
        if reading.is_time(at) or (token.pos == "ADV" and at not in reading.quantity_tokens):
            at += 1
        elif at in reading.quantity_tokens or token.pos in {"DET", "NUM", "PROPN"}:
            noun = noun_after(reading, at, len(reading.tokens))
            return noun if noun is not None and not reading.is_time(noun) else None
        elif token.pos == "ADP" and reading.lexicon.has("datives", token.text.lower()) and at == group.tail + 1:
            receiver = noun_after(reading, at + 1, len(reading.tokens))
            if receiver is None or reading.tokens[receiver].pos == "PRON":
                return None
            at = phrase_at(reading, receiver).last + 1
            if not reading.same_sentence(at, group.verb) or not _opens_object(reading, at):
                return None
        elif reading.lexicon.has("plural_articles", token.text.lower()) and at > group.tail + 1:
            return noun_after(reading, at + 1, len(reading.tokens))
        elif token.text == "," and _parenthetical(reading, at) is not None:
            at = (_parenthetical(reading, at) or at) + 1
        else:
            return None
    return None


def _opens_object(reading: Reading, at: int) -> bool:
    token = reading.tokens[at]
    return token.pos in {"DET", "NUM"} or reading.lexicon.has("plural_articles", token.text.lower())


def _parenthetical(reading: Reading, comma: int) -> int | None:
    """The comma that closes a short prepositional phrase opened by one."""
    if comma + 1 >= len(reading.tokens) or reading.tokens[comma + 1].pos != "ADP":
        return None
    for at in range(comma + 2, min(comma + 8, len(reading.tokens))):
        if reading.tokens[at].text == ",":
            return at
        if reading.tokens[at].pos in {"VERB", "AUX"}:
            return None
    return None
