"""What a verb gives an amount to: its subject ("la tour mesure"), its patient ("est vendu") or its object ("vend").

Verbs that measure or change give it to their subject; trading ones to what is traded; lengths, speeds, shares and the
like that no verb claims go to what moves or is moved. Sums and times are of nobody unless a verb says so.
"""

from __future__ import annotations

from extraction.amount_site import SHARES, Site
from extraction.ellipsis import is_currency
from extraction.phrases import NAMING, Phrase, noun_after, phrase_at
from extraction.tags import may_speak

_ADJACENT = 4
_NEAR = 7
_FREE = frozenset({"hour", "minute", "second", "year", "month", "week", "day", "decade", "times"})


def find_governed(site: Site) -> Phrase | None:
    """The role of the clause's verb that has the amount."""
    clause = site.clause
    if clause is None:
        return None
    return _by_so_much(site) or _patient(site) or _lasting(site) or _measuring(site) or _funded(site) or _carried(site)


def _before(site: Site, phrase: Phrase | None) -> Phrase | None:
    """A role that stands before the amount, without what the tree takes into it from there on."""
    if phrase is None or phrase.head >= site.first:
        return None
    last = min(phrase.last, site.first - 1)
    while last > phrase.head and (
        site.reading.tokens[last].pos == "PUNCT" or (last == site.first - 1 and _links(site))
    ):
        last -= 1
    return Phrase(phrase.head, phrase.start, last)


def _links(site: Site) -> bool:
    return site.reading.tokens[site.first - 1].pos == "ADP"


def _by_so_much(site: Site) -> Phrase | None:
    """As in "a réduit sa dette de 40 %", "extending the emergency by 90 days": the object that changes."""
    clause, before = site.clause, site.first - 1
    if clause is None or not site.near(before) or site.reading.tokens[before].pos != "ADP":
        return None
    moved = site.reading.lexicon.has("changing_verbs", clause.lemma) and (
        site.is_word(before, "reaching_prepositions") or site.is_word(before, "leaving_prepositions")
    )
    return _before(site, clause.object) if moved or site.is_word(before, "degree_prepositions") else None


def _patient(site: Site) -> Phrase | None:
    """As in "a été vendu 40 000 euros", "fermée deux semaines": what undergoes the verb right before the amount."""
    clause = site.clause
    if clause is None or clause.object is None or not clause.group.passive:
        return None
    between = range(clause.group.tail + 1, site.first)
    if not 0 <= len(between) < _ADJACENT or any(_parts(site, i) for i in between):
        return None
    held = site.unit not in _FREE or site.reading.lexicon.has("lasting_states", clause.lemma)
    return _before(site, clause.object) if held else None


def _parts(site: Site, at: int) -> bool:
    return site.reading.tokens[at].pos in {"CCONJ", "PUNCT"}


def _lasting(site: Site) -> Phrase | None:
    """As in "la réparation prendra dix jours": what takes or lasts so long."""
    clause, lexicon = site.clause, site.reading.lexicon
    if clause is None or not site.reading.is_duration(site.first) or not site.reading.is_duration(site.last):
        return None
    if not lexicon.has("lasting_verbs", clause.lemma) or site.is_word(site.opener(), "duration_prepositions"):
        return None
    person = clause.subject is not None and may_speak(site.reading, clause.subject.head)
    return _before(site, clause.subject) if not person else None


def _measuring(site: Site) -> Phrase | None:
    clause, lexicon = site.clause, site.reading.lexicon
    if clause is None or _reads_off(site):
        return None
    measures = lexicon.has("measure_verbs", clause.lemma) or (
        site.unit in SHARES and lexicon.has("share_verbs", clause.lemma)
    )
    spent = site.reading.is_duration(site.first) and (
        lexicon.has("change_verbs", clause.lemma) or site.is_word(site.opener(), "duration_prepositions")
    )
    if spent:
        return None
    if measures:
        return clause.subject
    if lexicon.has("bearing_verbs", clause.lemma) and site.is_word(site.first - 1, "share_prepositions"):
        return clause.subject
    if not lexicon.has("trading_verbs", clause.lemma):
        return None
    sold = clause.subject is not None and (clause.group.reflexive or not may_speak(site.reading, clause.subject.head))
    return _before(site, clause.object) or (clause.subject if sold else None)


def _reads_off(site: Site) -> bool:
    """As in "l'institut a mesuré 30 °C": who measures a temperature does not have it."""
    clause = site.clause
    speaks = clause is not None and clause.subject is not None and may_speak(site.reading, clause.subject.head)
    return speaks and site.unit.startswith("degree")


def _funded(site: Site) -> Phrase | None:
    """As in "consacrent 700 euros à leur loyer", "add £11m to costs": what the verb puts a sum into."""
    clause, reading = site.clause, site.reading
    if clause is None or site.reading.is_duration(site.last) or not reading.lexicon.has("funding_verbs", clause.lemma):
        return None
    at = site.last + 1
    while site.near(at) and at - site.last < _ADJACENT and not site.is_word(at, "funding_prepositions"):
        if reading.tokens[at].pos in {"PUNCT", "VERB", "AUX"}:
            return None
        at += 1
    noun = noun_after(reading, at + 1, min(at + _NEAR, len(reading.tokens))) if site.near(at + 1) else None
    if noun is None or reading.tokens[noun].pos not in NAMING or reading.is_time(noun):
        return None
    return phrase_at(reading, noun)


def _carried(site: Site) -> Phrase | None:
    """As in "a parcouru 300 km", "a traîné l'ancre sur 60 km": what a length, a speed or a share is told of."""
    clause = site.clause
    if clause is None or not site.unit or site.unit in _FREE or is_currency(site.unit) or _reads_off(site):
        return None
    joined = site.near(site.first - 1) and site.reading.tokens[site.first - 1].pos == "CCONJ"
    if joined or site.reading.lexicon.has("speech", clause.lemma):
        return None
    subject = _before(site, clause.subject)
    if subject is not None and site.unit not in SHARES and may_speak(site.reading, subject.head):
        subject = None  # who farms 80 hectares or ran 10 km is not measured
    return _before(site, clause.object) or subject
