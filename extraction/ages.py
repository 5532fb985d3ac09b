"""Whose age an amount is: "femme de 34 ans", "Ana Silva, 34 ans,", "âgée de 34 ans", "elle a 34 ans"."""

from __future__ import annotations

from extraction.amount_site import Site, noun_ending_at
from extraction.clauses import Clause
from extraction.people import is_people
from extraction.phrases import NAMING, Phrase, Reading, is_place, noun_after, phrase_at

AGES = frozenset({"year", "month", "week", "day"})
_LONGEST_AGE = 3
_YOUNGEST, _OLDEST = 9, 120


def find_aged(site: Site) -> Phrase | None:
    """Who is so old; None where the amount is no age, or the text does not say whose."""
    return (
        _named_behind(site)
        or _in_list(site)
        or _by_adjective(site)
        or _by_genitive(site)
        or _arrived(site)
        or _at_age(site)
        or _apposed(site)
        or _is(site)
        or _has(site)
    )


def is_bare_age(site: Site) -> bool:
    """As in "a retired teacher of 96", "her youngest victim was 78": a number without a noun that tells an age."""
    value, reading = site.mention.value, site.reading
    behind = reading.tokens[site.last + 1] if site.near(site.last + 1) else None
    if value is None or not _YOUNGEST < value < _OLDEST or (behind is not None and behind.pos != "PUNCT"):
        return False
    if not reading.lexicon.has("features", "bare ages"):
        return False
    if _person_before_genitive(site) is not None:
        return True
    being = site.first - 1
    if not site.is_word(being, "being_forms") or not site.near(being - 1):
        return False
    if "person" in reading.lexicon.map("personal_pronouns").get(reading.word(being - 1), ""):
        return True
    subject = noun_ending_at(reading, being - 1)
    limit = site.mention.qualifier in {"less_than", "more_than"}
    one = limit or (subject is not None and not reading.tokens[subject.head].has("Number=Plur"))
    return subject is not None and one and is_people(reading, subject)


def _named_behind(site: Site) -> Phrase | None:
    """As in "Ida Roux, a 29-year-old nurse,": the name beside the noun that it stands before, else the noun."""
    reading, last = site.reading, site.last
    words = [reading.word(i).rpartition("-")[2] for i in range(site.first, last + 1)]
    if not any(reading.lexicon.has("age_adjectives", word) for word in words) or not site.near(last + 1):
        return None
    noun = noun_after(reading, last + 1, last + 3)
    if noun is None or reading.tokens[noun].pos not in NAMING:
        return None
    comma = site.opener()
    named = noun_ending_at(reading, comma - 1) if comma > 0 and reading.tokens[comma].text == "," else None
    if named is not None and named.head in reading.entity_tokens and is_people(reading, named):
        return named
    return phrase_at(reading, noun)


def _in_list(site: Site) -> Phrase | None:
    """As in "âgés de 17, 19 et 22 ans": an age that only commas and "et" part from the one before."""
    previous, reading = site.previous, site.reading
    if previous is None or previous.unit != "year" or not site.near(previous.at):
        return None
    behind = [i for i, m in reading.quantity_tokens.items() if m.span == previous.mention.span]
    between = reading.tokens[max(behind) + 1 : site.first] if behind else []
    linked = bool(between) and all(t.text == "," or t.pos == "CCONJ" for t in between)
    return previous.phrase if linked else None


def _by_adjective(site: Site) -> Phrase | None:
    reading = site.reading
    start = max(0, site.first - _LONGEST_AGE)
    before = [t for t in reading.tokens[start : site.first] if site.near(t.i)]
    aged = next((t.i for t in before if reading.lexicon.has("age_adjectives", t.text.lower())), None)
    return _aged_noun(site, aged) if aged is not None else None


def _aged_noun(site: Site, aged: int) -> Phrase | None:
    reading = site.reading
    before = aged
    while site.near(before - 1) and site.is_word(before - 1, "all_of_them"):
        before -= 1  # "tous deux âgés de 19 ans"
    aged = before
    if site.is_word(aged - 1, "pointing_pronouns"):
        return None  # "those aged 16 to 24" have no other name
    phrase = noun_ending_at(reading, aged - 1)
    if phrase is None and aged > 1 and reading.tokens[aged - 1].text == ",":
        phrase = noun_ending_at(reading, aged - 2)
    return phrase or fronted_subject(reading, aged) or person_of(site.clause)


def fronted_subject(reading: Reading, at: int) -> Phrase | None:
    """Whom a word describes that opens its sentence ("Âgé de 81 ans, le chanteur", "Situé à 40 km, le site")."""
    above = [at, *reading.analysis.ancestors(at)]
    for i in above:
        subject = next((t for t in reading.children(i, "nsubj") if t.i > at and t.pos in NAMING), None)
        if subject is not None and reading.same_sentence(subject.i, at):
            return phrase_at(reading, subject.i)
    return None


def _person_before_genitive(site: Site) -> Phrase | None:
    at = site.opener()
    if at < 1 or not site.is_word(at, "genitives"):
        return None
    phrase = noun_ending_at(site.reading, at - 1)
    return phrase if phrase is not None and is_people(site.reading, phrase) else None


def _by_genitive(site: Site) -> Phrase | None:
    at = site.opener()
    if at < 1 or not site.is_word(at, "genitives"):
        return None
    phrase = noun_ending_at(site.reading, at - 1)
    if phrase is None:
        return None
    if site.reading.lexicon.has("age_nouns", site.reading.tokens[phrase.head].lemma.lower()):
        return person_of(site.clause)
    return phrase if is_people(site.reading, phrase) else None


def _arrived(site: Site) -> Phrase | None:
    """As in "elle est morte à 88 ans": an age at which something happened to somebody."""
    clause, lexicon = site.clause, site.reading.lexicon
    happened = clause is not None and lexicon.has("perfect_with_be", clause.lemma)
    return person_of(clause) if happened and site.is_word(site.first - 1, "age_prepositions") else None


def _at_age(site: Site) -> Phrase | None:
    """As in "À 47 ans, la nageuse arrête": an age that opens its sentence."""
    if site.unit != "year" or not site.is_word(site.first - 1, "age_prepositions"):
        return None
    opens = not site.near(site.first - 2) or site.reading.tokens[site.first - 2].pos in {"PUNCT", "CCONJ"}
    closed = site.near(site.last + 1) and site.reading.tokens[site.last + 1].text == ","
    subject = fronted_subject(site.reading, site.first) or person_of(site.clause) if opens and closed else None
    return subject if subject is not None and _is_somebody(site.reading, subject) else None


def _apposed(site: Site) -> Phrase | None:
    """As in "Ana Silva, 34 ans," and "la victime (34 ans)"."""
    reading, opening = site.reading, site.first - 1
    closed = not site.near(site.last + 1) or reading.tokens[site.last + 1].pos == "PUNCT"
    if opening < 1 or not closed or not site.near(opening - 1) or reading.tokens[opening].text not in {",", "("}:
        return None
    phrase = noun_ending_at(reading, opening - 1)
    if phrase is None:
        return None
    named = reading.tokens[phrase.head].pos == "PROPN" and site.unit == "year" and not is_place(reading, phrase.head)
    return phrase if named or is_people(reading, phrase) else None


def _is(site: Site) -> Phrase | None:
    """As in "she was 24"."""
    pronoun = site.first - 2
    person = site.near(pronoun) and "person" in site.reading.lexicon.map("personal_pronouns").get(
        site.reading.word(pronoun), ""
    )
    being = person and site.is_word(site.first - 1, "being_forms")
    return Phrase(pronoun, pronoun, pronoun) if being else None


def _has(site: Site) -> Phrase | None:
    """As in "les victimes ont entre 12 et 80 ans", also where the tree makes the amount the predicate of its verb."""
    reading, clause = site.reading, site.clause
    if clause is not None and reading.lexicon.has("having", clause.lemma) and clause.subject is not None:
        return clause.subject if _is_somebody(reading, clause.subject) else None
    verb = site.first - 1
    if not site.near(verb - 1) or reading.tokens[verb].pos != "AUX":
        return None
    if not reading.lexicon.has("perfect_auxiliaries", reading.tokens[verb].lemma.lower()):
        return None
    phrase = noun_ending_at(reading, verb - 1)
    return phrase if phrase is not None and is_people(reading, phrase) else None


def _is_somebody(reading: Reading, phrase: Phrase) -> bool:
    return is_people(reading, phrase) or reading.tokens[phrase.head].pos == "PRON"


def person_of(clause: Clause | None) -> Phrase | None:
    """Who a clause is about: the subject, in the passive the patient."""
    if clause is None:
        return None
    return clause.object if clause.group.passive and clause.object is not None else clause.subject or clause.object
