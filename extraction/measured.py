"""What has a measure: "une visite de deux jours", "un homme de 34 ans", "la voiture roulait à 130 km/h".

The genitive beside the amount decides, then the verb: one that measures gives the amount to its subject.
"""

from __future__ import annotations

from extraction.clauses import Clause
from extraction.document import QuantityMention
from extraction.people import is_people
from extraction.phrases import NAMING, Phrase, Reading, left_edge, noun_after, phrase_at
from extraction.tags import may_speak

_AGES = frozenset({"year", "month", "week", "day"})
_NEAR = 7
_ADJACENT = 4


def find_measured(
    reading: Reading, mention: QuantityMention, first: int, last: int, clause: Clause | None
) -> Phrase | None:
    """What has the measure: the person of an age, what "être" gives it to, a genitive's noun, or a role of the verb."""
    if mention.unit in _AGES:
        aged = _aged(reading, first, last, clause)
        if aged is not None:
            return aged
    predicated = _predicated(reading, first, last)
    if predicated is not None:
        return predicated
    if mention.unit is not None and mention.unit.startswith("times"):
        return _noun_right_before(reading, first - 1) or _told_by_verb(reading, mention, first, clause)
    beside = _genitive_after(reading, last) or _compared(reading, last)
    if beside is not None:
        return beside
    if reading.is_duration(last) and _is_span_of_time(reading, first):
        above = _tree_noun(reading, first, last)
        return above if above is not None and above.head not in reading.quantity_tokens else None
    before = _before_genitive(reading, first)
    if before is not None and not _is_adverbial_change(reading, before):
        return phrase_at(reading, before, first - 1)
    if before is not None:
        changed = reading.children(before, "nsubj")
        return phrase_at(reading, changed[0].i, before) if changed else clause.subject if clause is not None else None
    return (
        _told_by_verb(reading, mention, first, clause)
        or _labelled(reading, first)
        or _bracketed(reading, first, last)
        or _tree_noun(reading, first, last)
    )


def find_stated(reading: Reading, mention: QuantityMention, first: int, clause: Clause | None) -> Phrase | None:
    """The noun of the genitive before a bare sum, else the role that a verb of measuring gives it to."""
    before = _before_genitive(reading, first)
    if before is not None and not _is_adverbial_change(reading, before):
        return phrase_at(reading, before, first - 1)
    return _told_by_verb(reading, mention, first, clause)


def _told_by_verb(reading: Reading, mention: QuantityMention, first: int, clause: Clause | None) -> Phrase | None:
    """The subject of a verb that measures; the patient of a passive, or the object, by how much it is changed."""
    if clause is None:
        return None
    adjacent = 0 <= first - clause.group.tail <= _ADJACENT
    if clause.group.passive and clause.object is not None and adjacent and clause.object.last < first:
        return clause.object
    shares = mention.unit in {"percent", "percentage_point", "ratio"}
    by_so_much = shares and reading.same_sentence(first - 1, first) and _is_degree(reading, first - 1)
    if by_so_much and clause.object is not None and clause.object.last < first:
        return clause.object
    if _reads_off(reading, mention, clause):
        return None
    measures = _is_measure(reading, clause) or (shares and reading.lexicon.has("share_verbs", clause.lemma))
    spent = reading.is_duration(first) and reading.lexicon.has("change_verbs", clause.lemma)
    return clause.subject if measures and not spent else None


def _is_degree(reading: Reading, at: int) -> bool:
    return reading.lexicon.has("degree_prepositions", reading.word(at))


def _predicated(reading: Reading, first: int, last: int) -> Phrase | None:
    """As in "le refuge est à trois kilomètres du col": what "être" gives the amount to."""
    for at in range(first, last + 1):
        beings = [t for t in reading.children(at, "cop") if t.i < first]
        subjects = [t for t in reading.children(at, "nsubj") if t.i < first and t.pos in NAMING]
        if beings and subjects and not reading.is_time(subjects[0].i):
            return phrase_at(reading, subjects[0].i, beings[0].i)
    return None


def _compared(reading: Reading, last: int) -> Phrase | None:
    """As in "31% more wasps": the noun behind the word that compares."""
    at = last + 1
    if not reading.same_sentence(at, last) or not reading.lexicon.has("comparatives", reading.word(at)):
        return None
    noun = noun_after(reading, at + 1, min(at + _NEAR, len(reading.tokens)))
    if noun is None or reading.tokens[noun].pos not in NAMING:
        return None
    return Phrase(noun, at + 1, phrase_at(reading, noun).last)


def _labelled(reading: Reading, first: int) -> Phrase | None:
    """As in "Subventions : 40 000 €": the short phrase before a colon that opens the line."""
    colon = first - 1
    while colon > 0 and reading.tokens[colon].pos in {"ADP", "ADV"}:
        colon -= 1
    if colon < 1 or reading.tokens[colon].text != ":" or not reading.same_sentence(colon - 1, first):
        return None
    start = reading.analysis.sentences[reading.tokens[first].sentence].start
    while start < colon and reading.tokens[start].pos == "PUNCT":
        start += 1
    label = reading.tokens[start:colon]
    noun = noun_after(reading, start, colon)
    short = 0 < len(label) <= _NEAR and not any(t.pos in {"VERB", "AUX", "PUNCT"} for t in label)
    return phrase_at(reading, noun, colon) if short and noun is not None else None


def _bracketed(reading: Reading, first: int, last: int) -> Phrase | None:
    """As in "le prix (62 %)": the noun before the bracket that holds nothing else."""
    after = last + 1
    if first < 2 or not reading.same_sentence(first - 2, first) or not reading.same_sentence(after, last):
        return None
    if (reading.tokens[first - 1].text, reading.tokens[after].text) != ("(", ")"):
        return None
    return _noun_right_before(reading, first - 2)


def _is_span_of_time(reading: Reading, first: int) -> bool:
    """As in "en trois jours": how long it took, of which nothing is counted."""
    at = first - 1
    while reading.same_sentence(at, first) and reading.tokens[at].pos in {"ADV", "DET"}:
        at -= 1
    return reading.same_sentence(at, first) and reading.lexicon.has("duration_prepositions", reading.word(at))


def _genitive_after(reading: Reading, last: int) -> Phrase | None:
    at = last + 1
    while reading.same_sentence(at, last) and reading.tokens[at].pos == "ADJ":
        at += 1
    if not reading.same_sentence(at, last) or not reading.lexicon.has("genitives", reading.word(at)):
        return None
    noun = noun_after(reading, at + 1, min(at + 1 + _NEAR, len(reading.tokens)))
    if noun is None or reading.is_time(noun) or noun in reading.quantity_tokens:
        return None
    return phrase_at(reading, noun) if reading.tokens[noun].pos in NAMING else None


def _before_genitive(reading: Reading, first: int) -> int | None:
    """The noun before "de" before the amount: "visite de deux jours"."""
    at = first - 1
    while reading.same_sentence(at, first) and reading.tokens[at].pos in {"ADV", "DET"}:
        at -= 1
    if not reading.same_sentence(at, first) or not reading.lexicon.has("genitives", reading.word(at)):
        return None
    phrase = _noun_right_before(reading, at - 1)
    return phrase.head if phrase is not None else None


def _noun_right_before(reading: Reading, at: int) -> Phrase | None:
    """The phrase of the noun that ends at a position, over adjectives and participles."""
    begin = at
    while reading.same_sentence(at, begin):
        token = reading.tokens[at]
        if token.pos in NAMING and not reading.is_time(at):
            head = _name_start(reading, at)
            return Phrase(head, left_edge(reading, head), begin)
        if token.pos not in {"ADJ", "ADV"} and not token.has("VerbForm=Part"):
            return None
        at -= 1
    return None


def _name_start(reading: Reading, at: int) -> int:
    while at > 0 and reading.tokens[at].dep.startswith("flat") and reading.tokens[at - 1].pos in NAMING:
        at -= 1
    return at


def _is_adverbial_change(reading: Reading, noun: int) -> bool:
    """As in "en hausse de 4 %": the subject rises."""
    bare = left_edge(reading, noun) == noun
    return bare and reading.lexicon.has("change_nouns", reading.tokens[noun].lemma.lower())


def _is_measure(reading: Reading, clause: Clause) -> bool:
    return reading.lexicon.has("measure_verbs", clause.lemma)


def _reads_off(reading: Reading, mention: QuantityMention, clause: Clause) -> bool:
    """As in "l'institut a mesuré 30 °C": who measures a temperature does not have it."""
    speaks = clause.subject is not None and may_speak(reading, clause.subject.head)
    return speaks and mention.unit is not None and mention.unit.startswith("degree")


def _tree_noun(reading: Reading, first: int, last: int) -> Phrase | None:
    """The noun that the tree makes the amount a modifier of; an adjective in its place stands for the noun before."""
    head = next((t for t in reading.tokens[first : last + 1] if not first <= t.head <= last), None)
    if head is None or head.dep != "nmod":
        return None
    above = reading.tokens[head.head]
    if above.pos == "ADJ" and above.dep.split(":")[0] in {"nsubj", "appos", "conj"}:
        before = [t for t in reading.tokens[max(0, above.i - 5) : above.i] if t.pos == "NOUN"]
        return phrase_at(reading, before[-1].i, above.i) if before else None
    near = above.pos == "NOUN" and above.i < first and not reading.is_time(above.i)
    return phrase_at(reading, above.i, first) if near else None


def _aged(reading: Reading, first: int, last: int, clause: Clause | None) -> Phrase | None:
    """Whose age it is: "femme de 34 ans", "Ana Silva, 34 ans,", "âgée de 34 ans", "elle a 34 ans"."""
    named = _named_behind(reading, first, last)
    if named is not None:
        return named
    before = reading.tokens[max(0, first - 3) : first]
    aged = next((t for t in before if reading.lexicon.has("age_adjectives", t.text.lower())), None)
    if aged is not None:
        return _aged_noun(reading, aged.i, clause)
    noun = _before_genitive(reading, first)
    if noun is not None and reading.lexicon.has("age_nouns", reading.tokens[noun].lemma.lower()):
        return _person_of(clause)
    if noun is not None and is_people(reading, Phrase(noun, noun, noun)):
        return phrase_at(reading, noun, first - 1)
    arrived = clause is not None and reading.lexicon.has("perfect_with_be", clause.lemma)
    if arrived and reading.lexicon.has("age_prepositions", reading.word(max(0, first - 1))):
        return _person_of(clause)
    opening = first - 1
    closed = last + 1 >= len(reading.tokens) or reading.tokens[last + 1].pos == "PUNCT"
    if opening > 0 and closed and reading.tokens[opening].text in {",", "("}:
        phrase = _noun_right_before(reading, opening - 1)
        if phrase is not None and is_people(reading, phrase):
            return phrase
    if clause is not None and reading.lexicon.has("having", clause.lemma) and clause.subject is not None:
        return clause.subject if is_people(reading, clause.subject) or _is_pronoun(reading, clause.subject) else None
    return _who_has(reading, first)


def _named_behind(reading: Reading, first: int, last: int) -> Phrase | None:
    """As in "a 29-year-old nurse": the noun that an age with its adjective stands before."""
    ages = any(
        reading.lexicon.has("age_adjectives", reading.word(i).rpartition("-")[2]) for i in range(first, last + 1)
    )
    noun = noun_after(reading, last + 1, last + 3) if ages and reading.same_sentence(last + 1, last) else None
    return phrase_at(reading, noun) if noun is not None and reading.tokens[noun].pos in NAMING else None


def _who_has(reading: Reading, first: int) -> Phrase | None:
    """As in "les victimes ont entre 12 et 80 ans", where the tree makes the amount the predicate of its verb."""
    verb = first - 1
    if not reading.same_sentence(verb - 1, first) or reading.tokens[verb].pos != "AUX":
        return None
    if not reading.lexicon.has("perfect_auxiliaries", reading.tokens[verb].lemma.lower()):
        return None
    phrase = _noun_right_before(reading, verb - 1)
    return phrase if phrase is not None and is_people(reading, phrase) else None


def _aged_noun(reading: Reading, aged: int, clause: Clause | None) -> Phrase | None:
    phrase = _noun_right_before(reading, aged - 1)
    if phrase is None and aged > 1 and reading.tokens[aged - 1].text == ",":
        phrase = _noun_right_before(reading, aged - 2)
    return phrase if phrase is not None else _person_of(clause)


def _person_of(clause: Clause | None) -> Phrase | None:
    """Who a clause is about: the subject, in the passive the patient."""
    if clause is None:
        return None
    return clause.object if clause.group.passive and clause.object is not None else clause.subject or clause.object


def _is_pronoun(reading: Reading, phrase: Phrase) -> bool:
    return reading.tokens[phrase.head].pos == "PRON"
