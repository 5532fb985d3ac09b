"""What a noun between an amount and its owner says: "une durée de deux heures" lasts, "en hausse de 4 %" rises.

Nouns of value and dimension have an owner ("bijoux d'une valeur de 900 euros"); nouns of change have what changes.
"""

from __future__ import annotations

from extraction.ages import fronted_subject
from extraction.amount_site import SHARES, Site, noun_ending_at
from extraction.ellipsis import is_currency
from extraction.phrases import Phrase, phrase_at


def noun_of_genitive(site: Site) -> Phrase | None:
    """As in "une amende de 500 euros"; for "une durée de deux heures" what lasts, for "en hausse de 4 %" what rises."""
    reading, at = site.reading, site.opener()
    if at < 1 or not site.is_word(at, "genitives"):
        return None
    phrase = noun_ending_at(reading, at - 1)
    if phrase is None:
        return None
    phrase = _compound(site, phrase)
    lemma = reading.tokens[phrase.head].lemma.lower()
    if reading.lexicon.has("comparing", lemma):
        return None
    last = at - 1
    while last > phrase.head and reading.tokens[last].pos == "PUNCT":
        last -= 1
    phrase = Phrase(phrase.head, phrase.start, last)
    if reading.lexicon.has("change_nouns", lemma):
        return _risen(site, phrase)
    if reading.lexicon.has("value_nouns", lemma):
        return _holder(site, phrase) or phrase
    return phrase


def _compound(site: Site, phrase: Phrase) -> Phrase:
    """As in "un chiffre d'affaires de": a bare noun behind "de" is part of the noun before it."""
    while phrase.start == phrase.head and site.is_word(phrase.start - 1, "genitives"):
        above = noun_ending_at(site.reading, phrase.start - 2)
        if above is None:
            return phrase
        phrase = Phrase(above.head, above.start, phrase.last)
    return phrase


def _risen(site: Site, phrase: Phrase) -> Phrase | None:
    """What rises: the noun that "en hausse de" follows, the amount before it, else the subject."""
    reading, clause = site.reading, site.clause
    if phrase.start != phrase.head:
        registers = clause is not None and reading.lexicon.has("registering", clause.lemma)
        return clause.subject if clause is not None and registers and clause.subject is not None else phrase
    at = phrase.start - 2
    bound = noun_ending_at(reading, at) if site.near(at) else None
    if bound is not None:
        return bound
    comma = site.near(at) and reading.tokens[at].text == ","
    apposed = noun_ending_at(reading, at - 1) if comma else None
    if apposed is not None and _opens_sentence(site, apposed):
        return apposed
    previous = site.previous
    counted = previous is not None and (previous.unit in {None, "person"} or clause is None or clause.subject is None)
    if comma and counted and previous is not None and site.near(previous.at) and previous.phrase is not None:
        return previous.phrase
    changed = reading.children(phrase.head, "nsubj")
    return (
        phrase_at(reading, changed[0].i, phrase.head) if changed else clause.subject if clause is not None else phrase
    )


def _opens_sentence(site: Site, phrase: Phrase) -> bool:
    """Whether no verb stands before a phrase in its sentence."""
    start = site.reading.analysis.sentences[site.reading.tokens[site.first].sentence].start
    return not any(t.has("VerbForm=Fin") for t in site.reading.tokens[start : phrase.start])


def _holder(site: Site, phrase: Phrase) -> Phrase | None:
    """What has a measure: "bijoux d'une valeur de", "D'une superficie de 4 ha, le parc", "a une portée de"."""
    reading, clause = site.reading, site.clause
    preposition = phrase.start - 1
    if not site.near(preposition) or reading.tokens[preposition].pos not in {"ADP", "PUNCT"}:
        has = clause is not None and clause.subject is not None and clause.subject.last < phrase.start
        having = (
            has
            and clause is not None
            and (reading.lexicon.has("having", clause.lemma) or reading.lexicon.has("measure_verbs", clause.lemma))
        )
        return clause.subject if having and clause is not None else None
    bound = site.is_word(preposition, "genitives") or site.is_word(preposition, "bearing_prepositions")
    if (
        not bound
        and reading.tokens[preposition].pos == "ADP"
        and not reading.tokens[phrase.head].dep.startswith("nmod")
    ):
        shared = site.unit in SHARES or is_currency(site.unit)
        about = (_moved_object(site) or _about(site)) if shared else (_about(site) or _moved_object(site))
        return about or fronted_subject(reading, phrase.head)
    before = preposition - 1
    comma = site.near(before) and reading.tokens[before].text in {",", "("}
    noun = noun_ending_at(reading, before - comma) if site.near(before - comma) else None
    if noun is not None and not (comma and reading.tokens[noun.head].dep.startswith("obl")):
        return noun
    return fronted_subject(reading, phrase.head) if not site.near(before) else _about(site)


def _moved_object(site: Site) -> Phrase | None:
    """As in "financera le projet à hauteur de 60 %": the object before the amount."""
    clause = site.clause
    return (
        clause.object if clause is not None and clause.object is not None and clause.object.last < site.first else None
    )


def _about(site: Site) -> Phrase | None:
    """Whom the clause is about: in the passive its patient, else its subject, if it stands before the amount."""
    clause = site.clause
    if clause is None:
        return None
    found = clause.object if clause.group.passive and clause.object is not None else clause.subject
    return found if found is not None and found.last < site.first else None
