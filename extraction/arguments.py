"""Subjects and objects: from the tree, through coordination, relative pronouns and control, or from word order."""

from __future__ import annotations

from extraction.analysis import Token
from extraction.governors import governor_of
from extraction.neighbours import (
    agrees,
    antecedent,
    interrupted_noun,
    inverted_noun,
    noun_before_verb,
    own_subject,
    postponed_noun,
    whole_name,
    whole_phrase,
)
from extraction.objects import Groups, find_active_object, find_clitic, find_direct, find_receiver
from extraction.participles import modified_noun
from extraction.phrases import NAMING, NOMINAL, Phrase, Reading, left_edge, noun_after, phrase_at
from extraction.predicates import VerbGroup
from extraction.tags import find_tag_speaker

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
    own = _closer_subject(reading, group, own_subject(reading, group))
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
    stays = groups.get(reading.tokens[group.verb].head)
    if stays is not None and stays.verb < group.verb and reading.lexicon.has("remaining", stays.lemma):
        return surface_subject(reading, groups, stays, depth + 1)
    if group.form == "participle":
        return modified_noun(reading, group) or _of_main_clause(reading, groups, group, depth), False
    if group.form == "finite":
        return _finite_fallback(reading, groups, group, depth)
    return _controlled(reading, groups, group, depth)


def _expletive(reading: Reading, own: int, group: VerbGroup) -> bool:
    """Whether "il" stands for nobody: with a verb that never has a subject, or one parsed so that may do without."""
    if reading.lexicon.has("impersonal_verbs", group.lemma):
        return True
    may = group.passive or reading.lexicon.has("perhaps_impersonal", group.lemma) or not reading.lexicon.sets
    return may and reading.tokens[own].dep.startswith("expl")


def _closer_subject(reading: Reading, group: VerbGroup, own: int | None) -> int | None:
    """A bare noun phrase between a comma and the verb is the subject, whatever more distant noun the tree prefers."""
    if own is None or own > group.first or group.form != "finite":
        return own
    own = whole_phrase(reading, own)
    near = noun_before_verb(reading, group)
    if near is None or near <= own or reading.tokens[near].dep.split(":")[0] in {"conj", "appos", "flat"}:
        return own
    comma = left_edge(reading, near) - 1
    linked = comma > own and (
        reading.tokens[comma].pos == "PRON" and reading.lexicon.has("relatives", reading.word(comma))
    )
    content = comma > own and reading.lexicon.has("content_marks", reading.word(comma))
    parted = linked or content or (comma > own and reading.tokens[comma].text == ",")
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
    if reading.same_sentence(before - 2, before) and reading.tokens[before - 2].pos == "AUX":
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
    for above in _joined(reading, groups, group):
        other = groups[above]
        found = surface_subject(reading, groups, other, depth + 1)[0] if other.form == "finite" else None
        if found is not None and _any_agrees(reading, found, finite):
            return found
    return None


def _joined(reading: Reading, groups: Groups, group: VerbGroup) -> list[int]:
    """The verbs that a verb may be coordinated with, nearest first: by the tree, else by "et" right before it."""
    token = reading.tokens[group.verb]
    if token.dep == "conj":
        above = (token.head, *reading.analysis.ancestors(token.head))
        return [i for i in above if i in groups and i != group.verb and reading.same_sentence(i, group.verb)]
    before = group.first - 1
    shares = bool(group.auxiliaries) and max(group.auxiliaries) < before and reading.tokens[before].text == ","
    if not reading.same_sentence(before, group.verb) or not (shares or reading.tokens[before].pos == "CCONJ"):
        return []
    return [i for i in sorted(groups, reverse=True) if i < before and reading.same_sentence(i, group.verb)][:2]


def _any_agrees(reading: Reading, phrase: Phrase, finite: Token) -> bool:
    """Whether the head of a phrase fits a verb, or a noun that the head only counts ("une dizaine d'élèves ont")."""
    counted = range(phrase.head, phrase.last + 1) if phrase.head in reading.quantity_tokens else (phrase.head,)
    return any(agrees(reading.tokens[i], finite) for i in counted)


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
    acted_upon = find_direct(reading, groups, above) or find_receiver(reading, above)
    for words in ("object_clitics", "dative_clitics"):
        acted_upon = acted_upon or find_clitic(reading, above, words)
    if acted_upon is None and above.lemma in reading.lexicon.demands:
        acted_upon = find_active_object(reading, groups, above)
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
    """As in "X manifeste son intention de partir": whoever is the subject of the verb that takes the noun as object.

    Of an adjective ("is due to leave"): its own subject, or the noun that it describes.
    """
    if reading.tokens[noun].pos == "ADJ":
        own = next(iter(reading.children(noun, "nsubj")), None)
        if own is None and reading.tokens[noun].dep.startswith("amod"):
            return phrase_at(reading, reading.tokens[noun].head, noun), False
        group = VerbGroup(noun, "", (noun,), (), noun, "finite", passive=False, reflexive=False)
        return (_subject_phrase(reading, own.i, group) if own is not None else None), True
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
            if noun is not None and _may_act(reading, noun) and reading.tokens[noun].pos in NOMINAL:
                return phrase_at(reading, noun)
    return None


def _may_act(reading: Reading, noun: int) -> bool:
    """Whether what follows an agent's preposition is neither a time nor an amount ("divisé par deux", "par mois")."""
    amount = reading.quantity_tokens.get(noun)
    counted = amount is not None and (amount.unit is not None or reading.tokens[noun].pos in {"NUM", "PRON"})
    period = reading.lexicon.has("time_periods", reading.tokens[noun].lemma.lower())
    means = reading.lexicon.has("means", reading.tokens[noun].lemma.lower()) and not reading.children(noun, "det")
    return not counted and not period and not means and not reading.is_time(noun)


def find_object(reading: Reading, groups: Groups, group: VerbGroup) -> Phrase | None:
    """To whom or what it is done: direct object, demanded complement, content clause; in the passive the patient."""
    if group.passive:
        patient, _ = surface_subject(reading, groups, group)
        return patient
    return find_active_object(reading, groups, group)
