"""Objects: what the tree gives, what stands behind the verb, what the verb demands after a preposition, or a clause."""

from __future__ import annotations

from collections.abc import Mapping

from extraction.analysis import Token
from extraction.neighbours import antecedent, counted_noun, inverted_noun, noun_after_verb, own_subject, postponed_noun
from extraction.phrases import NAMING, NOMINAL, Phrase, Reading, is_place, left_edge, noun_after, phrase_at
from extraction.predicates import VerbGroup
from extraction.tags import find_tag_speaker

Groups = Mapping[int, VerbGroup]


def find_active_object(reading: Reading, groups: Groups, group: VerbGroup) -> Phrase | None:
    """The object of a verb that is not passive."""
    if find_tag_speaker(reading, group) is not None or reading.lexicon.has("intransitive", group.lemma):
        return None
    demand = reading.lexicon.demands.get(group.lemma)
    if demand is not None and (demand.first or group.reflexive):
        demanded = _demanded(reading, group, demand.prepositions)
        if demanded is not None:
            return demanded
    clitic = find_clitic(reading, group, "object_clitics")
    if clitic is not None and inverted_noun(reading, group) is None:
        return clitic
    direct = None if reading.lexicon.has("no_direct", group.lemma) else find_direct(reading, groups, group)
    direct = direct or _nothing(reading, group)
    if direct is not None and _is_extent(reading, group, direct):
        direct = None
    if direct is not None and direct.head == postponed_noun(reading, group):
        return None
    if direct is not None:
        return _without_receiver(reading, group, direct)
    if demand is not None:
        demanded = _demanded(reading, group, demand.prepositions) or find_clitic(reading, group, "dative_clitics")
        return demanded or find_clitic(reading, group, "person_clitics")
    other = find_clitic(reading, group, "person_clitics") or _content_clause(reading, groups, group)
    other = other or _argument(reading, group) or _reached(reading, group)
    return other if other is None or not _is_extent(reading, group, other) else None


def find_clitic(reading: Reading, group: VerbGroup, words: str) -> Phrase | None:
    """A pronoun of the group that is its object: "l'a acceptée", "lui succéder"."""
    if group.reflexive:
        return None
    before = (i for i in group.positions if i < group.verb and reading.tokens[i].pos == "PRON")
    at = next((i for i in before if reading.lexicon.has(words, reading.word(i))), None)
    return Phrase(at, at, at) if at is not None else None


def _without_receiver(reading: Reading, group: VerbGroup, phrase: Phrase) -> Phrase:
    """What is given, without to whom: "remettre sa démission | au ministre"."""
    if not reading.lexicon.has("giving", group.lemma):
        return phrase
    after = range(phrase.head + 1, phrase.last + 1)
    receiver = next((i for i in after if reading.lexicon.has("datives", reading.word(i))), None)
    return phrase if receiver is None else Phrase(phrase.head, phrase.start, receiver - 1)


def find_direct(reading: Reading, groups: Groups, group: VerbGroup) -> Phrase | None:
    """The direct object: the tree's, unless another verb stands nearer to it, else the noun beside the verb."""
    beside = noun_after_verb(reading, group)
    inverted = inverted_noun(reading, group)
    beside = None if beside == inverted else beside
    last = len(reading.tokens) - 1
    for child in reading.children(group.verb, "obj", "obl", "dep", "nmod"):
        if child.i in group.positions or not reading.same_sentence(child.i, group.verb) or child.i == inverted:
            continue
        if _is_of_another(reading, groups, group, child.i):
            continue
        parted = child.pos == "NUM" and reading.lexicon.has("genitives", reading.word(min(child.i + 1, last)))
        if child.dep == "obj" and (child.pos in NOMINAL or child.i in reading.quantity_tokens or parted):
            if reading.lexicon.has("relatives", child.text.lower()):
                if reading.same_sentence(child.i - 1, child.i) and reading.tokens[child.i - 1].pos == "ADP":
                    continue
                return antecedent(reading, child.i, reading.tokens[group.verb], group)
            across = beside is not None and (
                any(beside < verb < child.i for verb in groups)
                or (beside < child.i and reading.tokens[beside].dep.startswith("nsubj"))
            )
            if beside is not None and across and not _is_subject(reading, groups, beside):
                return phrase_at(reading, beside)
            if not reading.is_time(child.i) and child.i > group.verb:
                return phrase_at(reading, counted_noun(reading, child.i))
        elif beside is not None and child.i == beside:
            return phrase_at(reading, child.i)
    if beside is not None and not _is_subject(reading, groups, beside):
        return phrase_at(reading, beside)
    return _fronted_relative(reading, group) or _bare_argument(reading, group)


def _nothing(reading: Reading, group: VerbGroup) -> Phrase | None:
    """As in "n'a rien obtenu", "ne s'est aperçu de rien": the pronoun that denies an object."""
    for at in range(group.first, min(group.tail + 3, len(reading.tokens))):
        if reading.same_sentence(at, group.verb) and reading.lexicon.has("nothing", reading.word(at)):
            return Phrase(at, at, at)
    return None


def _reached(reading: Reading, group: VerbGroup) -> Phrase | None:
    """As in "le bilan est passé à neuf morts": how many a figure comes to."""
    at = group.tail + 1
    if not reading.same_sentence(at + 1, group.verb) or not reading.lexicon.has("change_verbs", group.lemma):
        return None
    reaches = reading.lexicon.has("reaching_prepositions", reading.word(at)) and at + 1 in reading.quantity_tokens
    noun = noun_after(reading, at + 1, at + 5) if reaches else None
    counted = noun is not None and reading.tokens[noun].pos == "NOUN" and noun not in reading.quantity_tokens
    return phrase_at(reading, noun) if counted and noun is not None else None


def _is_extent(reading: Reading, group: VerbGroup, phrase: Phrase) -> bool:
    """As in "augmenteront de 9 %", "fell 3 per cent": by how much something changes is not what is changed."""
    amount = reading.quantity_tokens.get(phrase.head)
    changes = group.reflexive or reading.lexicon.has("change_verbs", group.lemma)
    return amount is not None and amount.unit is not None and changes


def is_period(reading: Reading, phrase: Phrase) -> bool:
    """As in "trois semaines", "l'après-midi", but not "cinq ans de prison"."""
    period = reading.lexicon.has("time_periods", reading.tokens[phrase.head].lemma.lower())
    filled = phrase.last > phrase.head and reading.lexicon.has("genitives", reading.word(phrase.head + 1))
    return period and not filled and reading.tokens[phrase.head].pos != "PRON"


def _is_of_another(reading: Reading, groups: Groups, group: VerbGroup, noun: int) -> bool:
    """Whether a noun stands right behind another finite verb that comes later: "commencera en mai et durera un an"."""
    between = (g for g in groups.values() if group.tail < g.verb < noun and g.form == "finite")
    return any(noun_after_verb(reading, other) == noun for other in between)


def _tells_content(reading: Reading, noun: int) -> bool:
    lemma = reading.tokens[noun].lemma.lower()
    told = ("possible_nouns", "planned_nouns", "claim_nouns", "content_nouns")
    return any(reading.lexicon.has(name, lemma) for name in told)


def _bare_argument(reading: Reading, group: VerbGroup) -> Phrase | None:
    """A dependent noun after the verb that no preposition introduces: "priver d'eau trois villages"."""
    for child in reading.children(group.verb, "obl", "dep"):
        if child.i <= group.tail or child.pos != "NOUN" or reading.is_time(child.i):
            continue
        start = left_edge(reading, child.i)
        bare = reading.tokens[start].pos in {"DET", "NUM"} and reading.tokens[start - 1].pos in NAMING | {"ADJ"}
        if bare and reading.same_sentence(child.i, group.verb) and not reading.children(child.i, "case"):
            return phrase_at(reading, child.i)
    return None


def _fronted_relative(reading: Reading, group: VerbGroup) -> Phrase | None:
    """As in "…, que la région a financé": the object stands before the pronoun, whatever the tree made of it."""
    if group.reflexive:
        return None
    subject = own_subject(reading, group)
    at = left_edge(reading, subject) - 1 if subject is not None else group.first - 1
    if at < 1 or not reading.same_sentence(at, group.verb) or reading.tokens[at - 1].pos == "ADP":
        return None
    if not reading.lexicon.has("object_relatives", reading.word(at)) or reading.tokens[at].dep.startswith("nsubj"):
        return None
    after_noun = reading.tokens[at - 1].pos in NAMING or reading.tokens[at - 1].text == ","
    if reading.tokens[at].pos != "PRON" and (not after_noun or _tells_content(reading, at - 1)):
        return None
    return antecedent(reading, at, reading.tokens[group.verb], group)


def _is_subject(reading: Reading, groups: Groups, noun: int) -> bool:
    token = reading.tokens[noun]
    return token.dep.startswith("nsubj") and token.head in groups and own_subject(reading, groups[token.head]) == noun


def _demanded(reading: Reading, group: VerbGroup, prepositions: tuple[str, ...]) -> Phrase | None:
    """The complement after one of the prepositions: a dependent of the verb, or what follows it."""
    for at in range(group.tail + 1, min(group.tail + 9, len(reading.tokens))):
        token = reading.tokens[at]
        if not reading.same_sentence(at, group.verb) or token.has("VerbForm=Fin") or token.has("VerbForm=Inf"):
            return None
        compound = reading.lexicon.has("compound_openers", reading.word(at - 1))
        if _contracts(reading, token, prepositions) and not reading.is_time(at) and not compound:
            noun = noun_after(reading, at + 1, len(reading.tokens))
            if noun is not None and not reading.is_time(noun) and not _is_circumstance(reading, noun):
                phrase = phrase_at(reading, noun)
                return None if is_period(reading, phrase) or reading.tokens[noun].has("VerbForm=Inf") else phrase
    return None


def _is_circumstance(reading: Reading, noun: int) -> bool:
    """As in "sur place", "à domicile": a bare noun that only tells how or where."""
    bare = left_edge(reading, noun) == noun
    return bare and reading.lexicon.has("circumstances", reading.tokens[noun].lemma.lower())


def _contracts(reading: Reading, token: Token, prepositions: tuple[str, ...]) -> bool:
    """Whether a word is one of the prepositions, alone or contracted with an article."""
    word = token.text.lower()
    plain = reading.lexicon.map("contractions").get(word, word)
    return token.pos in {"ADP", "DET"} and (word in prepositions or plain in prepositions)


def find_receiver(reading: Reading, group: VerbGroup) -> Phrase | None:
    """To whom: "permettre aux parents de"."""
    datives = tuple(reading.lexicon.sets.get("datives", ()))
    at = group.tail + 1
    near = reading.same_sentence(at, group.verb) and reading.word(at) in datives
    return _demanded(reading, group, datives) if near else None


def _content_clause(reading: Reading, groups: Groups, group: VerbGroup) -> Phrase | None:
    """A clause that the verb takes as its object, from its conjunction on."""
    for child in reading.children(group.verb, "ccomp", "xcomp"):
        if child.i > group.tail and child.i not in group.positions:
            below = [i for i in reading.analysis.subtree(child.i, frozenset({"punct", "parataxis"})) if i > group.tail]
            inside = [i for i in below if reading.same_sentence(i, group.verb)]
            while inside and reading.tokens[inside[0]].pos == "ADV" and not _negates(reading, inside[0]):
                inside.pop(0)
            if inside and child.pos in {"VERB", "AUX"} and _opens_content(reading, child, min(inside)):
                return Phrase(
                    child.i,
                    _start_of_content(reading, groups, child.i, inside),
                    _end_of_content(reading, groups, child.i, inside),
                )
    return _detached_content(reading, group)


def _start_of_content(reading: Reading, groups: Groups, verb: int, inside: list[int]) -> int:
    """The first word of a clause: of an infinitive, its mark or itself rather than an adverbial before it."""
    group = groups.get(verb)
    if group is None or group.form != "infinitive":
        return min(inside)
    marks = [m.i for m in reading.children(verb, "mark") if m.i in inside and m.i < group.first]
    first = min([group.first, *marks])
    return first if first in inside else min(inside)


def _negates(reading: Reading, i: int) -> bool:
    return reading.lexicon.has("negators", reading.word(i)) or reading.lexicon.has("negation_clitics", reading.word(i))


def _end_of_content(reading: Reading, groups: Groups, verb: int, inside: list[int]) -> int:
    """The last word of a clause: a finite verb that "et" joins to an infinitive belongs to the verb above both."""
    joined = groups[verb].form == "infinitive" if verb in groups else False
    for i in inside if joined else ():
        other = groups.get(i)
        if i > verb and other is not None and other.form == "finite" and reading.tokens[i].dep == "conj":
            before = [k for k in inside if k < other.first and reading.tokens[k].pos not in {"CCONJ", "PUNCT"}]
            return max(before, default=max(inside))
    return max(inside)


def _detached_content(reading: Reading, group: VerbGroup) -> Phrase | None:
    """The clause whose conjunction follows the verb, although the tree hangs it elsewhere."""
    at = group.tail + 1
    while reading.same_sentence(at, group.verb) and reading.tokens[at].pos == "ADV" and not _negates(reading, at):
        at += 1
    if not reading.same_sentence(at, group.verb) or reading.tokens[at].dep != "mark":
        return None
    head = reading.tokens[at].head
    if head <= at or reading.tokens[head].pos not in {"VERB", "AUX"}:
        return None
    if not reading.lexicon.has("complementizers", reading.word(at)):
        return None
    below = [i for i in reading.analysis.subtree(head, frozenset({"punct", "parataxis"})) if i >= at]
    return Phrase(head, at, max(i for i in below if reading.same_sentence(i, at)))


def _opens_content(reading: Reading, verb: Token, first: int) -> bool:
    """A conjunction of content, or an infinitive: not "alors que", nor a clause without any link."""
    infinitive = verb.has("VerbForm=Inf") or reading.tokens[first].has("VerbForm=Inf")
    return infinitive or reading.lexicon.has("complementizers", reading.word(first))


def _argument(reading: Reading, group: VerbGroup) -> Phrase | None:
    """What the tree says that the verb demands, after a preposition that may mark an object."""
    for child in reading.children(group.verb, "obl:arg", "iobj"):
        if child.pos not in NAMING or child.i < group.tail or reading.is_time(child.i):
            continue
        amount = reading.quantity_tokens.get(child.i)
        if reading.lexicon.has("circumstances", child.lemma.lower()) or (
            amount is not None and amount.unit is not None
        ):
            continue
        preposition = reading.preposition(child.i)
        if reading.children(child.i, "nummod") and reading.lexicon.has("genitives", preposition or ""):
            continue
        if preposition is not None and reading.lexicon.has("object_prepositions", preposition):
            if is_place(reading, child.i):
                continue
            return phrase_at(reading, child.i)
    return None
