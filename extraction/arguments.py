"""Subjects and objects: from the tree, through coordination, relative pronouns and control, or from word order."""

from __future__ import annotations

from collections.abc import Mapping

from extraction.analysis import Token
from extraction.neighbours import (
    agrees,
    antecedent,
    interrupted_noun,
    inverted_noun,
    modified_noun,
    noun_after_verb,
    noun_before_verb,
    postponed_noun,
    whole_name,
)
from extraction.phrases import NAMING, NOMINAL, Phrase, Reading, is_place, left_edge, noun_after, phrase_at
from extraction.predicates import VerbGroup, governor_of
from extraction.tags import find_tag_speaker

Groups = Mapping[int, VerbGroup]
_DEEP = 6


def find_subject(reading: Reading, groups: Groups, group: VerbGroup) -> tuple[Phrase | None, bool]:
    """Who does it, and whether it is the subject of another verb. In the passive: the agent."""
    if group.passive:
        return find_agent(reading, group), False
    surface, shared = surface_subject(reading, groups, group)
    return surface, shared


def surface_subject(reading: Reading, groups: Groups, group: VerbGroup, depth: int = 0) -> tuple[Phrase | None, bool]:
    """The grammatical subject, the patient of a passive included."""
    speaker = find_tag_speaker(reading, group)
    if speaker is not None:
        return speaker, False
    own = _closer_subject(reading, group, _own_subject(reading, group))
    if own is not None and reading.lexicon.has("impersonal_subjects", reading.word(own)):
        postponed = postponed_noun(reading, group)
        if postponed is not None:
            return phrase_at(reading, postponed), False
        if _expletive(reading, own, group):
            return None, False
    if own is not None:
        return _subject_phrase(reading, own, group), False
    if depth > _DEEP:
        return None, False
    if group.form == "participle":
        return modified_noun(reading, group) or _of_main_clause(reading, groups, group, depth), False
    if group.form == "finite":
        return _finite_fallback(reading, groups, group, depth)
    return _controlled(reading, groups, group, depth)


def _expletive(reading: Reading, own: int, group: VerbGroup) -> bool:
    token = reading.tokens[own]
    return token.dep.startswith("expl") or reading.lexicon.has("impersonal_verbs", group.lemma)


def _stands_apart(reading: Reading, noun: int, *, measure: bool) -> bool:
    """An age between commas ("Ana Silva, 34 ans, dirige") is no subject."""
    before = left_edge(reading, noun) - 1
    return measure and reading.same_sentence(before, noun) and reading.tokens[before].text == ","


def _own_subject(reading: Reading, group: VerbGroup) -> int | None:
    """The first subject that the tree hangs on the verb, or on an auxiliary of it."""
    for at in (group.verb, *group.auxiliaries):
        for child in reading.children(at, "nsubj", "expl:subj"):
            amount = reading.quantity_tokens.get(child.i)
            measure = amount is not None and amount.unit is not None and child.i < group.first
            if (
                reading.same_sentence(child.i, group.verb)
                and child.pos != "PUNCT"
                and not _stands_apart(reading, child.i, measure=measure)
            ):
                return child.i
    return None


def _closer_subject(reading: Reading, group: VerbGroup, own: int | None) -> int | None:
    """A bare noun phrase between a comma and the verb is the subject, whatever more distant noun the tree prefers."""
    if own is None or own > group.first or group.form != "finite":
        return own
    near = noun_before_verb(reading, group)
    if near is None or near <= own or reading.tokens[near].dep.split(":")[0] in {"conj", "appos", "flat"}:
        return own
    comma = left_edge(reading, near) - 1
    linked = comma > own and (
        reading.tokens[comma].pos == "PRON" and reading.lexicon.has("relatives", reading.word(comma))
    )
    parted = linked or (comma > own and reading.tokens[comma].text == ",")
    return near if parted and not reading.children(near, "case") else own


def _subject_phrase(reading: Reading, head: int, group: VerbGroup) -> Phrase | None:
    word = reading.word(head)
    if reading.lexicon.has("relatives", word):
        return antecedent(reading, head, reading.tokens[group.verb], group)
    stop = group.first if head < group.first else None
    phrase = phrase_at(reading, head, stop)
    return _with_left_conjunct(reading, phrase, group)


def _with_left_conjunct(reading: Reading, phrase: Phrase, group: VerbGroup) -> Phrase:
    """A plural verb after "X et Y" whose tree kept only Y: the phrase begins at X."""
    finite = [reading.tokens[i] for i in (group.verb, *group.auxiliaries) if reading.tokens[i].has("VerbForm=Fin")]
    before = phrase.start - 1
    if not any(t.has("Number=Plur") for t in finite) or reading.tokens[phrase.head].has("Number=Plur"):
        return phrase
    if reading.tokens[phrase.head].pos == "PRON" or not reading.same_sentence(before - 1, phrase.head):
        return phrase
    if reading.tokens[before].pos != "CCONJ" or reading.tokens[before - 1].pos not in NAMING:
        return phrase
    return Phrase(before - 1, left_edge(reading, before - 1), phrase.last)


def _finite_fallback(reading: Reading, groups: Groups, group: VerbGroup, depth: int) -> tuple[Phrase | None, bool]:
    inverted = inverted_noun(reading, group)
    if inverted is not None:
        return phrase_at(reading, inverted), False
    before = noun_before_verb(reading, group)
    if before is not None:
        return _subject_phrase(reading, before, group), False
    interrupted = interrupted_noun(reading, group)
    if interrupted is not None:
        return phrase_at(reading, interrupted, group.first), False
    return _coordinated_subject(reading, groups, group, depth), True


def _of_main_clause(reading: Reading, groups: Groups, group: VerbGroup, depth: int) -> Phrase | None:
    """As in "Arrêté à Lisbonne, il a été extradé": a participle that opens the sentence is about its subject."""
    sentence = reading.analysis.sentences[reading.tokens[group.verb].sentence]
    head = reading.tokens[group.verb].head
    if group.first != sentence.start or head not in groups or groups[head].form != "finite":
        return None
    return surface_subject(reading, groups, groups[head], depth + 1)[0]


def _coordinated_subject(reading: Reading, groups: Groups, group: VerbGroup, depth: int) -> Phrase | None:
    """The subject of the nearest finite verb above in the coordination with which the verb agrees."""
    token = reading.tokens[group.verb]
    finite = next(
        (reading.tokens[i] for i in (*group.auxiliaries, group.verb) if reading.tokens[i].has("VerbForm=Fin")), token
    )
    for above in (token.head, *reading.analysis.ancestors(token.head)) if token.dep == "conj" else ():
        if above in groups and above != group.verb and reading.same_sentence(above, group.verb):
            other = groups[above]
            found = surface_subject(reading, groups, other, depth + 1)[0] if other.form == "finite" else None
            if found is not None and agrees(reading.tokens[found.head], finite):
                return found
    return None


def _controlled(reading: Reading, groups: Groups, group: VerbGroup, depth: int) -> tuple[Phrase | None, bool]:
    """Who an infinitive or a gerund is about: the subject, or with some verbs the object, of the verb above."""
    governor = governor_of(reading, groups, group)
    if group.form == "gerund":
        return _gerund_subject(reading, groups, group, depth)
    if governor is None:
        return None, False
    if governor not in groups:
        return _possessor(reading, groups, governor, depth)
    above = groups[governor]
    if reading.lexicon.has("object_control", above.lemma):
        return _by_control(reading, groups, above, depth)
    found, _ = surface_subject(reading, groups, above, depth + 1)
    return found, True


def _by_control(reading: Reading, groups: Groups, above: VerbGroup, depth: int) -> tuple[Phrase | None, bool]:
    """The one acted upon: "X accuse Y de partir", "Y est accusé de partir"."""
    if above.passive:
        return surface_subject(reading, groups, above, depth + 1)[0], True
    acted_upon = _direct(reading, groups, above) or _receiver(reading, above)
    if acted_upon is None and reading.lexicon.has("optional_object_control", above.lemma):
        return surface_subject(reading, groups, above, depth + 1)[0], True
    return acted_upon, True


def _gerund_subject(reading: Reading, groups: Groups, group: VerbGroup, depth: int) -> tuple[Phrase | None, bool]:
    """After a comma or "en": the subject of the verb before; right after a noun: that noun."""
    before = group.first - 1
    word = reading.tokens[before] if reading.same_sentence(before, group.verb) else None
    if word is not None and word.pos in NAMING and not reading.is_time(before):
        return phrase_at(reading, whole_name(reading, before), group.first), False
    governor = governor_of(reading, groups, group)
    if governor is not None and governor in groups and reading.lexicon.has("object_control", groups[governor].lemma):
        return _by_control(reading, groups, groups[governor], depth)
    earlier = [g for g in groups.values() if g.form == "finite" and reading.same_sentence(g.verb, group.verb)]
    above = next((g for g in reversed(earlier) if g.verb < group.verb), None) or next(iter(earlier), None)
    if above is None:
        return None, False
    if reading.tokens[above.verb].dep == "advcl" and governor is not None and governor in groups:
        above = groups[governor]
    found, _ = surface_subject(reading, groups, above, depth + 1)
    return found, True


def _possessor(reading: Reading, groups: Groups, noun: int, depth: int) -> tuple[Phrase | None, bool]:
    """As in "X manifeste son intention de partir": whoever is the subject of the verb that takes the noun as object."""
    above = reading.tokens[noun].head
    if above in groups and reading.tokens[noun].dep in {"obj", "obl:arg", "xcomp", "obl:mod"}:
        found, _ = surface_subject(reading, groups, groups[above], depth + 1)
        return found, True
    return None, False


def find_agent(reading: Reading, group: VerbGroup) -> Phrase | None:
    """Who did what a passive tells: the phrase after the agent's preposition."""
    for at in range(group.tail + 1, min(group.tail + 14, len(reading.tokens))):
        token = reading.tokens[at]
        another = token.pos == "VERB" and at not in group.positions and token.dep != "conj"
        if not reading.same_sentence(at, group.verb) or token.has("VerbForm=Fin") or another or token.text in ";:":
            return None
        if reading.lexicon.has("agents", token.text.lower()) and token.pos == "ADP":
            noun = noun_after(reading, at + 1, len(reading.tokens))
            personal = noun is not None and not reading.is_time(noun) and reading.tokens[noun].pos in NOMINAL
            return phrase_at(reading, noun) if noun is not None and personal else None
    return None


def find_object(reading: Reading, groups: Groups, group: VerbGroup) -> Phrase | None:
    """To whom or what it is done: direct object, demanded complement, content clause; in the passive the patient."""
    if group.passive:
        patient, _ = surface_subject(reading, groups, group)
        return patient
    if find_tag_speaker(reading, group) is not None or reading.lexicon.has("intransitive", group.lemma):
        return None
    demand = reading.lexicon.demands.get(group.lemma)
    if demand is not None and (demand.first or group.reflexive):
        demanded = _demanded(reading, group, demand.prepositions)
        if demanded is not None:
            return demanded
    direct = _direct(reading, groups, group)
    if direct is not None and direct.head == postponed_noun(reading, group):
        return None
    if direct is not None:
        return direct
    if demand is not None:
        return _demanded(reading, group, demand.prepositions)
    return _content_clause(reading, group) or _argument(reading, group)


def _direct(reading: Reading, groups: Groups, group: VerbGroup) -> Phrase | None:
    beside = noun_after_verb(reading, group)
    inverted = inverted_noun(reading, group)
    beside = None if beside == inverted else beside
    for child in reading.children(group.verb, "obj", "obl", "dep", "nmod"):
        if child.i in group.positions or not reading.same_sentence(child.i, group.verb) or child.i == inverted:
            continue
        if _is_of_another(reading, groups, group, child.i):
            continue
        if child.dep == "obj" and child.pos in NOMINAL:
            if reading.lexicon.has("relatives", child.text.lower()):
                return antecedent(reading, child.i, reading.tokens[group.verb], group)
            across = beside is not None and (
                any(beside < verb < child.i for verb in groups)
                or (beside < child.i and reading.tokens[beside].dep.startswith("nsubj"))
            )
            if beside is not None and across and not _is_subject(reading, groups, beside):
                return phrase_at(reading, beside)
            if not reading.is_time(child.i) and child.i > group.verb:
                return phrase_at(reading, child.i)
        elif beside is not None and child.i == beside:
            return phrase_at(reading, child.i)
    if beside is not None and not _is_subject(reading, groups, beside):
        return phrase_at(reading, beside)
    return _fronted_relative(reading, group) or _bare_argument(reading, group)


def _is_of_another(reading: Reading, groups: Groups, group: VerbGroup, noun: int) -> bool:
    """Whether a noun stands right behind another finite verb that comes later: "commencera en mai et durera un an"."""
    between = (g for g in groups.values() if group.tail < g.verb < noun and g.form == "finite")
    return any(noun_after_verb(reading, other) == noun for other in between)


def _tells_content(reading: Reading, noun: int) -> bool:
    lemma = reading.tokens[noun].lemma.lower()
    return reading.lexicon.has("possible_nouns", lemma) or reading.lexicon.has("planned_nouns", lemma)


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
    subject = _own_subject(reading, group)
    at = left_edge(reading, subject) - 1 if subject is not None else group.first - 1
    if at < 1 or not reading.same_sentence(at, group.verb):
        return None
    if not reading.lexicon.has("object_relatives", reading.word(at)) or reading.tokens[at].dep.startswith("nsubj"):
        return None
    after_noun = reading.tokens[at - 1].pos in NAMING or reading.tokens[at - 1].text == ","
    if reading.tokens[at].pos != "PRON" and (not after_noun or _tells_content(reading, at - 1)):
        return None
    return antecedent(reading, at, reading.tokens[group.verb], group)


def _is_subject(reading: Reading, groups: Groups, noun: int) -> bool:
    token = reading.tokens[noun]
    return token.dep.startswith("nsubj") and token.head in groups and _own_subject(reading, groups[token.head]) == noun


def _demanded(reading: Reading, group: VerbGroup, prepositions: tuple[str, ...]) -> Phrase | None:
    """The complement after one of the prepositions: a dependent of the verb, or what follows it."""
    for at in range(group.tail + 1, min(group.tail + 9, len(reading.tokens))):
        token = reading.tokens[at]
        if not reading.same_sentence(at, group.verb) or token.has("VerbForm=Fin"):
            return None
        if _contracts(reading, token, prepositions) and not reading.is_time(at):
            noun = noun_after(reading, at + 1, len(reading.tokens))
            if noun is not None and not reading.is_time(noun) and not _is_circumstance(reading, noun):
                return phrase_at(reading, noun)
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


def _receiver(reading: Reading, group: VerbGroup) -> Phrase | None:
    """To whom: "permettre aux parents de"."""
    datives = tuple(reading.lexicon.sets.get("datives", ()))
    at = group.tail + 1
    near = reading.same_sentence(at, group.verb) and reading.word(at) in datives
    return _demanded(reading, group, datives) if near else None


def _content_clause(reading: Reading, group: VerbGroup) -> Phrase | None:
    """A clause that the verb takes as its object, from its conjunction on."""
    for child in reading.children(group.verb, "ccomp", "xcomp"):
        if child.i > group.tail and child.i not in group.positions:
            below = [i for i in reading.analysis.subtree(child.i, frozenset({"punct", "parataxis"})) if i > group.tail]
            inside = [i for i in below if reading.same_sentence(i, group.verb)]
            if inside and child.pos in {"VERB", "AUX"} and _opens_content(reading, child, min(inside)):
                return Phrase(child.i, min(inside), max(inside))
    return _detached_content(reading, group)


def _detached_content(reading: Reading, group: VerbGroup) -> Phrase | None:
    """The clause whose conjunction follows the verb, although the tree hangs it elsewhere."""
    at = group.tail + 1
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
