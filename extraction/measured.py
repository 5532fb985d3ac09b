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


def find_measured(
    reading: Reading, mention: QuantityMention, first: int, last: int, clause: Clause | None
) -> Phrase | None:
    """What has the measure: the person of an age, the noun of a genitive after or before it, the subject."""
    if mention.unit in _AGES:
        aged = _aged(reading, first, last, clause)
        if aged is not None:
            return aged
    if mention.unit is not None and mention.unit.startswith("times"):
        return _noun_right_before(reading, first - 1)
    after = _genitive_after(reading, last)
    if after is not None:
        return after
    if reading.is_duration(last) and _is_span_of_time(reading, first):
        above = _tree_noun(reading, first, last)
        return above if above is not None and above.head not in reading.quantity_tokens else None
    before = _before_genitive(reading, first)
    if before is not None:
        if not _is_adverbial_change(reading, before):
            return phrase_at(reading, before, first - 1)
        changed = reading.children(before, "nsubj")
        if changed:
            return phrase_at(reading, changed[0].i, before)
    stated = clause is not None and _is_measure(reading, clause) and not _reads_off(reading, mention, clause)
    if clause is not None and clause.subject is not None and (before is not None or stated):
        return clause.subject
    return _tree_noun(reading, first, last)


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
    before = reading.tokens[max(0, first - 3) : first]
    aged = next((t for t in before if reading.lexicon.has("age_adjectives", t.text.lower())), None)
    if aged is not None:
        return _aged_noun(reading, aged.i, clause)
    noun = _before_genitive(reading, first)
    if noun is not None and reading.lexicon.has("age_nouns", reading.tokens[noun].lemma.lower()):
        return _person_of(clause)
    if noun is not None and is_people(reading, Phrase(noun, noun, noun)):
        return phrase_at(reading, noun, first - 1)
    opening = first - 1
    closed = last + 1 >= len(reading.tokens) or reading.tokens[last + 1].pos == "PUNCT"
    if opening > 0 and closed and reading.tokens[opening].text in {",", "("}:
        phrase = _noun_right_before(reading, opening - 1)
        if phrase is not None and is_people(reading, phrase):
            return phrase
    if clause is not None and reading.lexicon.has("having", clause.lemma) and clause.subject is not None:
        return clause.subject if is_people(reading, clause.subject) or _is_pronoun(reading, clause.subject) else None
    return _who_has(reading, first)


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
