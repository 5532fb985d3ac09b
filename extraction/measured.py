"""What has a measure: "une visite de deux jours", "un homme de 34 ans", "la voiture roulait à 130 km/h".

The noun beside the amount decides, then the verb: one that measures gives the amount to its subject.
"""

from __future__ import annotations

from extraction.ages import AGES, find_aged
from extraction.amount_site import SHARES, Site, noun_ending_at
from extraction.beside import base_of, noun_before, noun_behind, noun_placed
from extraction.governed import find_governed
from extraction.phrases import NAMING, Phrase, Reading, phrase_at

_ADJACENT = 3
_RANKING = frozenset({"nsubj", "appos", "conj"})


def find_measured(site: Site) -> Phrase | None:
    """What has the measure: the person of an age, what "être" gives it to, a noun beside it, or a role of the verb."""
    if _names_an_age_group(site):
        return None
    if site.unit in AGES:
        aged = find_aged(site)
        if aged is not None:
            return aged
    placed = noun_placed(site)
    if placed is not None:
        return placed
    predicated = _predicated(site)
    if predicated is not None and site.unit not in SHARES:
        return predicated
    behind = noun_behind(site)
    if site.unit == "times" and behind is None:
        return _multiplied(site)
    if behind is not None:
        return behind
    if predicated is not None:
        return predicated
    if site.unit.startswith("times_per"):
        return noun_ending_at(site.reading, site.first - 1) or find_governed(site)
    if site.reading.is_duration(site.last) and site.is_word(site.opener(), "duration_prepositions"):
        return _of_noun(site)
    return noun_before(site) or find_governed(site) or _tree_noun(site) or _restated(site) or base_of(site)


def _names_an_age_group(site: Site) -> bool:
    """As in "les moins de 35 ans": those who are so old have no other name."""
    bound = site.mention.qualifier in {"less_than", "more_than", "at_least", "at_most"}
    before = site.reading.tokens[site.first - 1] if site.near(site.first - 1) else None
    return site.unit == "year" and bound and before is not None and before.pos == "DET" and before.has("Number=Plur")


def _restated(site: Site) -> Phrase | None:
    """As in "612 millions d'euros, soit 2,8 fois l'excédent": what the amount before it is of, said another way."""
    previous = site.previous
    said_again = site.is_word(site.first - 1, "restating") and previous is not None and site.near(previous.at)
    return previous.phrase if said_again and previous is not None else None


def find_stated(site: Site) -> Phrase | None:
    """The noun of the genitive before a bare sum, else the role that a verb of measuring gives it to."""
    return noun_before(site) or find_governed(site)


def _multiplied(site: Site) -> Phrase | None:
    """As in "un bénéfice divisé par deux"; how often something happened is of nothing."""
    if site.is_word(site.first - 1, "agents"):
        clause = site.clause
        patient = clause.object if clause is not None and clause.group.passive else None
        return patient or noun_before(site)
    clause = site.clause
    measures = clause is not None and site.reading.lexicon.has("measure_verbs", clause.lemma)
    if measures and clause is not None and site.first - clause.group.tail <= _ADJACENT:
        return clause.subject
    comma = site.near(site.first - 1) and site.reading.tokens[site.first - 1].text == ","
    return (
        site.previous.phrase if comma and site.previous is not None and site.near(site.previous.at) else _restated(site)
    )


def _predicated(site: Site) -> Phrase | None:
    """As in "le refuge est à trois kilomètres du col": what "être" gives the amount to."""
    reading = site.reading
    for at in range(site.first, site.last + 1):
        beings = [t for t in reading.children(at, "cop") if t.i < site.first]
        subjects = [t for t in reading.children(at, "nsubj") if t.i < site.first and _may_be_so_much(reading, t.i)]
        if beings and subjects and not reading.is_time(subjects[0].i) and subjects[0].i not in reading.quantity_tokens:
            return phrase_at(reading, subjects[0].i, beings[0].i)
    return _said_to_be(site)


def _said_to_be(site: Site) -> Phrase | None:
    """The same by the order of the words, where the tree gives "être" no subject ("Futures were down 84 cents")."""
    reading, being = site.reading, site.first - 1
    while site.near(being) and (reading.tokens[being].pos == "ADV" or site.is_word(being, "comparing")):
        being -= 1
    if not site.near(being - 1) or not reading.lexicon.has("passive_auxiliaries", reading.tokens[being].lemma.lower()):
        return None
    subjects = [t.i for i in (being, reading.tokens[being].head) for t in reading.children(i, "nsubj") if t.i < being]
    subjects = [i for i in subjects if _may_be_so_much(reading, i) and i not in reading.quantity_tokens]
    if subjects:
        return phrase_at(reading, subjects[0], being)
    return noun_ending_at(reading, being - 1)


def _of_noun(site: Site) -> Phrase | None:
    """How long something took is of nothing, but for a noun right before it ("une réponse sous huit jours")."""
    above = _tree_noun(site)
    if above is None or (above.last != site.opener() - 1 and not _is_ranked(site, above)):
        return None
    counted = any(i in site.reading.quantity_tokens for i in range(above.start, above.last + 1))
    return above if not counted else None


def _may_be_so_much(reading: Reading, at: int) -> bool:
    return reading.tokens[at].pos in NAMING or reading.word(at) in reading.lexicon.map("personal_pronouns")


def _is_ranked(site: Site, phrase: Phrase) -> bool:
    """As in "cette visite, la première en 24 ans": an ordinal stands for the noun before it."""
    between = site.reading.tokens[phrase.last + 1 : site.first]
    return any(t.pos == "ADJ" and t.dep.split(":")[0] in _RANKING for t in between)


def _tree_noun(site: Site) -> Phrase | None:
    """The noun that the tree makes the amount a modifier of; an adjective in its place stands for the noun before."""
    reading, first, last = site.reading, site.first, site.last
    head = next((t for t in reading.tokens[first : last + 1] if not first <= t.head <= last), None)
    joined = site.near(first - 1) and reading.tokens[first - 1].pos == "CCONJ"
    if head is None or head.dep != "nmod" or joined:
        return None
    above = reading.tokens[head.head]
    if above.pos == "ADJ" and above.dep.split(":")[0] in _RANKING:
        before = [t for t in reading.tokens[max(0, above.i - 5) : above.i] if t.pos == "NOUN"]
        return phrase_at(reading, before[-1].i, above.i) if before else None
    near = above.pos == "NOUN" and above.i < first and not reading.is_time(above.i)
    return phrase_at(reading, above.i, first) if near and above.i not in reading.quantity_tokens else None
