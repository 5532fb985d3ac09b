"""Noun phrases beside a verb: before it, after it, before a relative pronoun, before a participle.

The order of the words is what remains where a tree has no relation, or one that agreement contradicts.
"""

from __future__ import annotations

from extraction.analysis import Token
from extraction.phrases import NAMING, NOMINAL, Phrase, Reading, is_place, left_edge, noun_after, phrase_at
from extraction.predicates import VerbGroup

_LONGEST_COMPLEMENT, _FARTHEST_DOCUMENT = 5, 9


def antecedent(reading: Reading, relative: int, verb: Token, group: VerbGroup) -> Phrase | None:
    """The noun that a relative pronoun stands for: the one the tree says if it agrees, else the nearest that does."""
    head = verb.head
    finite = finite_of(reading, group)
    if reading.same_sentence(relative - 1, relative) and reading.lexicon.has(
        "neuter_antecedents", reading.word(relative - 1)
    ):
        return Phrase(relative, relative - 1, relative)  # "ce qui", "ce que": what the clause before tells
    if reading.same_sentence(relative - 1, relative) and reading.lexicon.has(
        "demonstrative_pronouns", reading.word(relative - 1)
    ):
        return Phrase(relative - 1, relative - 1, relative - 1)
    attached = verb.dep.startswith("acl") and head < relative and reading.tokens[head].pos in NAMING
    if attached and agrees(reading.tokens[head], finite):
        document = _document_before(reading, relative, group, finite)
        if document is not None:
            return phrase_at(reading, document, relative)
        named = reading.tokens[head].head if reading.tokens[head].dep == "appos" else head
        return phrase_at(reading, named if reading.tokens[named].pos == "PROPN" else head, relative)
    for at in range(relative - 1, max(-1, relative - 12), -1):
        token = reading.tokens[at]
        if not reading.same_sentence(at, relative) or (token.pos in {"VERB", "AUX"} and _is_finite(reading, at)):
            return None
        if token.pos in NAMING and not reading.is_time(at) and agrees(token, finite):
            whole = whole_name(reading, at)
            return phrase_at(reading, whole, relative)
    return None


def _document_before(reading: Reading, relative: int, group: VerbGroup, finite: Token) -> int | None:
    """The document that is handed over or published, rather than its author: "a report by the watchdog, which was"."""
    if not reading.lexicon.has("document_verbs", group.lemma):
        return None
    for at in range(relative - 1, max(-1, relative - _FARTHEST_DOCUMENT), -1):
        token = reading.tokens[at]
        if not reading.same_sentence(at, relative) or token.has("VerbForm=Fin"):
            return None
        known = {token.text.lower(), token.lemma.lower()} & reading.lexicon.documents
        if token.pos == "NOUN" and known and agrees(token, finite):
            return at
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


def counted_noun(reading: Reading, number: int) -> int:
    """The noun right behind a number that stands for both ("treated 67 patients"); any other head itself."""
    after = number + 1
    if reading.tokens[number].pos != "NUM" or not reading.same_sentence(after, number):
        return number
    return after if reading.tokens[after].pos == "NOUN" and not reading.is_time(after) else number


def whole_phrase(reading: Reading, noun: int) -> int:
    """The head that a noun behind a genitive belongs to ("une quinzaine de pompiers"), or the number's noun."""
    after = noun + 1
    if reading.tokens[noun].pos == "NUM" and reading.same_sentence(after, noun):
        return after if reading.tokens[after].pos == "NOUN" and not reading.is_time(after) else noun
    before = left_edge(reading, noun) - 1
    described = _described_by(reading, noun, before)
    if described is not None:
        return described
    if not reading.same_sentence(before - 1, noun) or not reading.lexicon.has("genitives", reading.word(before)):
        return noun
    if reading.tokens[before].pos != "ADP" or reading.tokens[before - 1].pos != "NOUN":
        return noun
    return before - 1


def _described_by(reading: Reading, name: int, before: int) -> int | None:
    """The noun with an article right before a name and its adjectives: "le groupe portugais Bicimax"."""
    if reading.tokens[name].pos not in {"PROPN", "X"} or not reading.same_sentence(before - 1, name):
        return None
    noun = reading.tokens[before]
    described = noun.pos == "NOUN" and noun.text[0].islower() and not reading.is_time(before)
    return before if described and reading.tokens[before - 1].pos == "DET" else None


def _is_finite(reading: Reading, at: int) -> bool:
    return reading.tokens[at].has("VerbForm=Fin")


def agrees(noun: Token, verb: Token) -> bool:
    """Whether nothing in their number speaks against a noun as a verb's subject."""
    apart = {("Number=Plur", "Number=Sing"), ("Number=Sing", "Number=Plur")}
    return not any(noun.has(one) and verb.has(other) for one, other in apart)


def finite_of(reading: Reading, group: VerbGroup) -> Token:
    """The word of a group that bears person and number; the main verb where none does."""
    group_tokens = [reading.tokens[i] for i in (*group.auxiliaries, group.verb)]
    return next((t for t in group_tokens if t.has("VerbForm=Fin")), reading.tokens[group.verb])


def noun_before_verb(reading: Reading, group: VerbGroup) -> int | None:
    """The head of the noun phrase that ends right before the verb group, unless a preposition governs it."""
    at = group.first - 1
    while reading.same_sentence(at, group.verb) and reading.tokens[at].pos == "ADV":
        at -= 1
    if _stresses(reading, at):
        at -= 3
    if not reading.same_sentence(at, group.verb) or reading.tokens[at].pos in {"PUNCT", "CCONJ"}:
        return None
    if reading.lexicon.has("relatives", reading.word(at)) and reading.tokens[at].pos == "PRON":
        return at if reading.tokens[at].dep.startswith("nsubj") else None
    return _phrase_head_ending(reading, at)


def _stresses(reading: Reading, comma: int) -> bool:
    """As in "les ventes, elles, reculent": a pronoun between commas that only takes up the noun before."""
    if comma < 3 or not reading.same_sentence(comma - 3, comma):
        return False
    commas = reading.tokens[comma].text == "," and reading.tokens[comma - 2].text == ","
    return commas and reading.lexicon.has("stressed_pronouns", reading.word(comma - 1))


def interrupted_noun(reading: Reading, group: VerbGroup) -> int | None:
    """As in "Le groupe, dont les ventes baissent, a fermé": the noun before the comma that opens the interruption."""
    closing = group.first - 1
    if not reading.same_sentence(closing, group.verb) or reading.tokens[closing].text != ",":
        return None
    finite = finite_of(reading, group)
    for comma in range(closing - 2, 0, -1):
        if not reading.same_sentence(comma, group.verb):
            return None
        opens = reading.tokens[comma].text == "," and _interrupts(reading, comma + 1)
        head = _phrase_head_ending(reading, comma - 1) if opens else None
        if head is not None and agrees(reading.tokens[head], finite):
            return head
    return None


def _interrupts(reading: Reading, at: int) -> bool:
    token = reading.tokens[at]
    relative = reading.lexicon.has("relatives", token.text.lower()) or reading.lexicon.has(
        "relatives", reading.word(min(at + 1, len(reading.tokens) - 1))
    )
    return relative or token.has("VerbForm=Part") or token.pos in {"PROPN", "DET", "NOUN", "ADJ", "ADP", "NUM"}


def _phrase_head_ending(reading: Reading, at: int) -> int | None:
    """Head of the maximal phrase that ends at a position: over "de" to the noun that the genitives belong to."""
    begin, head = at, None
    while reading.same_sentence(at, begin):
        token = reading.tokens[at]
        if token.pos == "PRON" and at != begin:
            break
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
        adverb = token.pos == "ADV" and at not in reading.quantity_tokens
        if reading.lexicon.has("negative_conjunctions", token.text.lower()):
            return noun_after(reading, at + 1, len(reading.tokens))
        if adverb or reading.is_time(at) or _restricts(reading, at, group):
            at += 1
        elif at in reading.quantity_tokens or at in reading.entity_tokens or token.pos in {"DET", "NUM", "PROPN", "X"}:
            noun = noun_after(reading, at, len(reading.tokens))
            return noun if noun is not None and not reading.is_time(noun) else None
        elif reading.lexicon.has("plural_articles", token.text.lower()) and at > group.tail + 1:
            return noun_after(reading, at + 1, len(reading.tokens))
        elif token.pos == "ADP":
            over = _over_complement(reading, at, group)
            if over is None:
                return None
            at = over
        elif token.text == "," and _stresses(reading, at + 2):
            at += 3
        elif token.text == "," and _parenthetical(reading, at) is not None:
            at = (_parenthetical(reading, at) or at) + 1
        else:
            return None
    return None


def own_subject(reading: Reading, group: VerbGroup) -> int | None:
    """The first subject that the tree hangs on the verb, or on an auxiliary of it."""
    for at in (group.verb, *group.auxiliaries):
        for child in reading.children(at, "nsubj", "expl:subj"):
            amount = reading.quantity_tokens.get(child.i)
            measure = amount is not None and amount.unit is not None and child.i < group.first
            if (
                reading.same_sentence(child.i, group.verb)
                and child.pos != "PUNCT"
                and not (child.pos == "VERB" and reading.children(child.i, "aux", "nsubj"))
                and not (child.i > group.first and reading.lexicon.has("no_subjects", child.text.lower()))
                and not _is_dative(reading, child, group)
                and not _stands_apart(reading, child.i, measure=measure)
            ):
                return child.i
    return None


def _is_dative(reading: Reading, child: Token, group: VerbGroup) -> bool:
    """As in "le ministre leur a opposé un refus": a pronoun right before the verb that says to whom."""
    return (
        child.pos == "PRON" and child.i == group.first - 1 and reading.lexicon.has("only_datives", child.text.lower())
    )


def _stands_apart(reading: Reading, noun: int, *, measure: bool) -> bool:
    """An age between commas ("Ana Silva, 34 ans, dirige") is no subject."""
    before = left_edge(reading, noun) - 1
    return measure and reading.same_sentence(before, noun) and reading.tokens[before].text == ","


def inverted_noun(reading: Reading, group: VerbGroup) -> int | None:
    """The subject behind a verb whose object stands before it: "comme l'avait promis le maire"."""
    if group.form != "finite" or group.passive or _own_before(reading, group):
        return None
    opener = group.first - 1
    if not reading.same_sentence(opener, group.verb) or not reading.lexicon.has("object_openers", reading.word(opener)):
        return None
    at = group.tail + 1
    while reading.same_sentence(at, group.verb) and (reading.is_time(at) or reading.tokens[at].pos == "ADV"):
        at += 1
    if not reading.same_sentence(at, group.verb) or reading.tokens[at].pos not in {"DET", "PROPN"}:
        return None
    noun = noun_after(reading, at, len(reading.tokens))
    fits = noun is not None and reading.tokens[noun].pos in NAMING and not reading.is_time(noun)
    return noun if fits and noun is not None and agrees(reading.tokens[noun], finite_of(reading, group)) else None


def _own_before(reading: Reading, group: VerbGroup) -> bool:
    return any(c.i < group.first for at in (group.verb, *group.auxiliaries) for c in reading.children(at, "nsubj"))


def postponed_noun(reading: Reading, group: VerbGroup) -> int | None:
    """The noun behind an impersonal verb that is what happens: "il est tombé 40 millimètres de pluie"."""
    if group.form != "finite" or not has_dummy(reading, group):
        return None
    if not (group.passive or reading.lexicon.has("impersonal_with_noun", group.lemma)):
        return None
    noun = noun_after_verb(reading, group)
    return noun if noun is not None and reading.tokens[noun].pos in NAMING else None


def has_dummy(reading: Reading, group: VerbGroup) -> bool:
    """Whether a pronoun that may stand for nothing is right before the verb."""
    before = group.first - 1
    return reading.same_sentence(before, group.verb) and reading.lexicon.has("dummy_subjects", reading.word(before))


def _restricts(reading: Reading, at: int, group: VerbGroup) -> bool:
    """As in "n'a vendu que le terrain": the conjunction limits the object."""
    limited = any(reading.lexicon.has("negation_clitics", reading.word(i)) for i in group.positions)
    opens = reading.same_sentence(at + 1, at) and reading.tokens[at + 1].pos in {"DET", "NUM", "PROPN"}
    return limited and opens and at == group.tail + 1 and reading.lexicon.has("restrictives", reading.word(at))


def _over_complement(reading: Reading, at: int, group: VerbGroup) -> int | None:
    """The position after a receiver, a place or, before an indefinite object, any complement of the verb."""
    inside = noun_after(reading, at + 1, len(reading.tokens))
    word = reading.word(at)
    if inside is None or inside - at > _LONGEST_COMPLEMENT:
        return None
    if reading.tokens[inside].pos == "PRON":
        after = inside + 1
        return after if _opens_indefinite(reading, after, group) else None
    after = phrase_at(reading, inside).last + 1
    placed = reading.lexicon.has("locatives", word) and is_place(reading, inside)
    if not placed and not (reading.lexicon.has("datives", word) and at == group.tail + 1):
        return after if _opens_indefinite(reading, after, group) else None
    return after if reading.same_sentence(after, group.verb) and _opens_object(reading, after) else None


def _opens_indefinite(reading: Reading, at: int, group: VerbGroup) -> bool:
    """As in "retirer de la vente 300 jouets", "requis contre elle cinq ans": an amount or an indefinite article."""
    if not reading.same_sentence(at, group.verb) or reading.is_time(at):
        return False
    return at in reading.quantity_tokens or reading.tokens[at].has("Definite=Ind") or reading.tokens[at].pos == "NUM"


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
