"""What an amount counts or measures: "12 000 soldats", "une visite de deux jours", "un homme de 34 ans".

The words beside the number decide, since number, noun and preposition stand together; the tree and the clause's
subject help only where a measure stands alone ("la voiture roulait à 130 km/h").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extraction.ages import is_bare_age
from extraction.amount_site import SHARES, Site, past_owner
from extraction.clauses import Clause
from extraction.document import QuantityMention
from extraction.ellipsis import Previous, compares, is_chained, is_gapped, is_listed, is_near, picks_out
from extraction.headless import are_so_many, find_unnamed, is_of_those, shares_unit
from extraction.measured import find_measured
from extraction.people import is_people, names_people
from extraction.phrases import NAMING, Phrase, Reading, noun_after, phrase_at

Rule = Literal["counted", "measured", "inferred", "none", "word"]
_LOWEST_LEVEL = 200
_WHOLE = 100
_OF_THE_SAME = frozenset({"percent", "ratio", "person", None})


@dataclass(frozen=True, slots=True)
class Counted:
    """The noun phrase, if the text has one, the rule that found it, and whether it is people that are counted.

    ``unit`` is set where the words around a bare number make it a measure ("a teacher of 96": years); ``continues``
    tells a further share of those of whom the amount before it gave one, and so of the same survey; ``taken_up`` that
    what is counted is what the amount before counts.
    """

    phrase: Phrase | None
    rule: Rule
    people: bool
    unit: str | None = None
    continues: bool = False
    taken_up: bool = False


def find_counted(
    reading: Reading, mention: QuantityMention, clause: Clause | None, previous: Previous | None
) -> Counted:
    """What the mention counts or measures. ``previous``: the amount before it in the passage."""
    inside = tokens_of(reading, mention)
    if not inside:
        return Counted(None, "none", people=False)
    site = Site(reading, mention, min(inside), max(inside), clause, previous)
    if not reading.has_grammar:
        return _next_word(site)
    if mention.unit is not None and mention.unit != "person":
        return _find_measured(site)
    reached = _reaching(site)
    if reached is not None:
        return Counted(reached, "inferred", is_people(reading, reached))
    if _are_others(site) and previous is not None and is_near(reading, previous, site.first):
        return _taken_up(previous, people=previous.people)
    phrase = _following_noun(reading, site.last)
    if phrase is not None and _is_level(site, phrase):
        return _find_measured(Site(reading, mention, site.first, phrase.head, clause, previous))
    if phrase is not None and not (previous is not None and _only_describes(site, phrase)):
        return Counted(phrase, "counted", is_people(reading, phrase) or _names_party(site, phrase))
    if is_bare_age(site):
        return Counted(find_measured(_as_years(site)), "inferred", people=False, unit="year")
    if previous is not None and _is_other_end(site, previous):
        return _taken_up(previous, people=False, unit=previous.unit)
    if shares_unit(site) and previous is not None:
        return Counted(find_measured(site), "inferred", people=False, unit=previous.unit)
    found = find_unnamed(site)
    phrase = _with_name(site, found.phrase) if found.phrase is not None else None
    inferred: Rule = "inferred" if phrase is not None or found.people else "none"
    return Counted(phrase, inferred, found.people, taken_up=found.taken_up)


def _is_level(site: Site, phrase: Phrase) -> bool:
    """As in "à 7 812,35 points": what an index stands at; few points are won or lost, and counted."""
    points = site.reading.lexicon.has("bare_units", site.reading.tokens[phrase.head].lemma.lower())
    points = points and not site.is_word(phrase.head + 1, "genitives")
    value = site.mention.value or 0
    return points and value >= _LOWEST_LEVEL


def _is_other_end(site: Site, previous: Previous) -> bool:
    """As in "from 95 minutes to 50": the unit stands behind the first number only."""
    if previous.unit in {None, "person"} or not is_chained(site.reading, site.first, previous):
        return False
    if previous.unit in SHARES and (site.mention.value or 0) > _WHOLE:
        return False
    return not site.near(site.last + 1) or site.reading.tokens[site.last + 1].pos in {"PUNCT", "ADP", "CCONJ", "ADV"}


def _names_party(site: Site, phrase: Phrase) -> bool:
    """As in "vingt-six parties civiles": two words that name people together."""
    words = " ".join(site.reading.word(i) for i in range(phrase.head, min(phrase.head + 2, phrase.last + 1)))
    return site.reading.lexicon.has("person_phrases", words)


def _reaching(site: Site) -> Phrase | None:
    """As in "de 95 à 180 collaborateurs": the noun that stands behind the second number only."""
    second = site.last + 2
    other = site.reading.quantity_tokens.get(second) if site.near(second) else None
    if other is None or other.unit is not None or not site.is_word(site.last + 1, "reaching_prepositions"):
        return None
    inside = [i for i, m in site.reading.quantity_tokens.items() if m.span == other.span]
    return _following_noun(site.reading, max(inside))


def _as_years(site: Site) -> Site:
    mention = site.mention
    years = QuantityMention(
        mention.span, mention.value, mention.lower, mention.upper, mention.qualifier, "year", mention.number
    )
    return Site(site.reading, years, site.first, site.last, site.clause, site.previous)


def _taken_up(previous: Previous, *, people: bool, unit: str | None = None, continues: bool = False) -> Counted:
    return Counted(previous.phrase, "inferred", people, unit, continues, taken_up=True)


def _are_others(site: Site) -> bool:
    """As in "trois autres ont", "une vingtaine d'autres", "34 others": more of what was counted before."""
    at = site.last + 1
    at += site.is_word(at, "genitives")
    if not site.is_word(at, "others"):
        return False
    return not (site.near(at + 1) and site.reading.tokens[at + 1].pos in NAMING | {"ADJ"})


def tokens_of(reading: Reading, mention: QuantityMention) -> list[int]:
    """Positions of a mention's words."""
    inside = [i for i, other in reading.quantity_tokens.items() if other.span == mention.span]
    return inside or [t.i for t in reading.tokens if mention.span.overlaps(t.span)]


def _only_describes(site: Site, phrase: Phrase) -> bool:
    """As in "contre 48 millions prévus": behind a comparison a participle is no noun, unless it names people."""
    reading = site.reading
    noun = reading.tokens[phrase.head].pos in NAMING or names_people(reading, phrase.head)
    return not noun and compares(reading, site.first)


def _find_measured(site: Site) -> Counted:
    reading, previous, first = site.reading, site.previous, site.first
    same = previous is not None and previous.unit == site.mention.unit and reading.same_sentence(previous.at, first)
    if previous is not None and same and is_gapped(reading, first, site.last):
        return _taken_up(previous, people=False)
    if previous is not None and (_takes_up(site, previous, same=same) or _is_part_of_it(site, previous)):
        return _taken_up(previous, people=False)
    if previous is not None and are_so_many(site) and _is_of_the_same(site, previous):
        return _taken_up(previous, people=False)
    phrase = find_measured(site)
    if phrase is not None and not (site.unit == "ratio" and site.first <= phrase.head <= site.last):
        phrase = _named(site, phrase)
    if phrase is None and previous is not None and _is_of_the_same(site, previous):
        return _taken_up(previous, people=False, continues=not are_so_many(site))
    if phrase is None and previous is not None and same and _goes_on(site, previous):
        return _taken_up(previous, people=False)
    return Counted(phrase, "measured" if phrase is not None else "none", people=False)


def _goes_on(site: Site, previous: Previous) -> bool:
    """As in "Tarifs : 18 €, 12 € pour les étudiants": a list of amounts without a verb of its own."""
    tokens, before = site.reading.tokens, site.first - 1
    joined = site.near(before) and (tokens[before].text == "," or tokens[before].pos == "CCONJ")
    return joined and not any(t.pos in {"VERB", "AUX"} for t in tokens[previous.at : site.first])


def _named(site: Site, phrase: Phrase) -> Phrase | None:
    """The phrase found, or for another amount what that counts; None where it is not known."""
    amount = site.reading.quantity_tokens.get(phrase.head)
    if amount is None:
        return _with_name(site, phrase)
    previous = site.previous
    return previous.phrase if previous is not None and previous.mention.span == amount.span else None


def _with_name(site: Site, phrase: Phrase) -> Phrase:
    """As in "the FTSE 100", "le CAC 40": the number of a name, with the name."""
    tokens, at = site.reading.tokens, phrase.start
    if tokens[phrase.head].pos != "NUM" or at != phrase.head:
        return phrase
    while site.near(at - 1) and tokens[at - 1].pos == "PROPN":
        at -= 1
    return Phrase(at, at, phrase.last)


def _takes_up(site: Site, previous: Previous, *, same: bool) -> bool:
    """Whether the amount before says of what: "de 9 % à 6 %", "contre 7 millions", "dont 40 %", "(+4 %)"."""
    reading, first, last = site.reading, site.first, site.last
    noun = site.is_word(last + 1, "genitives") and not site.is_word(last + 2, "comparatives")
    if noun:
        return False
    if is_chained(reading, first, previous):
        return True
    if site.unit in SHARES and site.is_word(first - 1, "restating") and site.near(previous.at):
        return True
    alike = site.unit in SHARES and previous.unit in SHARES and site.near(previous.at)
    if alike and _is_difference(site):
        return True
    if same and (compares(reading, first) or is_listed(reading, first, last, previous) or _is_difference(site)):
        return True
    return site.unit in SHARES and reading.same_sentence(previous.at, first) and picks_out(reading, first)


def _is_part_of_it(site: Site, previous: Previous) -> bool:
    """As in "les travaux coûtent 2 millions. La région en paiera la moitié": a share of what the pronoun stands for."""
    near = is_near(site.reading, previous, site.first)
    return site.unit in SHARES and near and is_of_those(site) and not site.is_word(site.last + 1, "genitives")


def _is_difference(site: Site) -> bool:
    """As in "9 euros, soit deux de plus", "148p, 3p more than in March": by how much two of the same differ."""
    after, before = site.last + 1, site.first - 1
    more = site.is_word(after, "comparatives") or (
        site.is_word(after, "genitives") and site.is_word(after + 1, "comparatives")
    )
    opened = site.near(before) and (site.reading.word(before) == "," or site.is_word(before, "restating"))
    noun = site.near(after + 1) and site.reading.tokens[after + 1].pos in NAMING
    return more and opened and not noun


def _is_of_the_same(site: Site, previous: Previous) -> bool:
    """As in "six électeurs sur dix …. Un sur cinq refuse", "Ils étaient 39 % hier": a share of those named before."""
    reading = site.reading
    if site.unit not in SHARES or previous.unit not in _OF_THE_SAME or not is_near(reading, previous, site.first):
        return False
    behind = reading.tokens[site.last + 1] if site.near(site.last + 1) else None
    acts = behind is not None and behind.pos in {"VERB", "AUX"}
    return acts or are_so_many(site) or compares(reading, site.first)


def _next_word(site: Site) -> Counted:
    reading, at = site.reading, site.last + 1
    while site.is_word(at, "genitives"):
        at += 1
    if site.mention.unit is not None or not site.near(at) or not reading.tokens[at].text.isalpha():
        return Counted(None, "none", people=False)
    phrase = Phrase(at, at, at)
    return Counted(phrase, "word", is_people(reading, phrase))


def _following_noun(reading: Reading, last: int) -> Phrase | None:
    """The noun after the number, with or without "de": "trois blessés", "un million de fidèles"."""
    at = last + 1
    if not reading.same_sentence(at, last):
        return None
    if reading.lexicon.has("genitives", reading.word(at)):
        at += 1
        at += reading.same_sentence(at, last) and reading.tokens[at].pos == "DET"
    noun = past_owner(reading, noun_after(reading, at, min(at + 6, len(reading.tokens))))
    if noun is not None and reading.lexicon.has("whole_nouns", reading.word(at)):
        noun = at  # "two people familiar with the talks", whatever a tagger takes the adjective for
    if noun is not None and reading.tokens[noun].pos == "PRON":
        return None
    noun = _behind_participle(reading, at) if noun is None else noun
    if noun is None or reading.tokens[noun].pos == "ADJ":
        word = _over_adjectives(reading, at)
        noun = word if word is not None else noun if noun is not None and at > last + 1 else None
    if noun is None or reading.is_time(noun) or any(reading.tokens[i].pos == "DET" for i in range(at, noun)):
        return None
    next_amount = next((i for i in range(noun + 1, len(reading.tokens)) if i in reading.quantity_tokens), None)
    phrase = phrase_at(reading, noun, next_amount)
    return Phrase(noun, at, max(phrase.last, noun))


def _behind_participle(reading: Reading, at: int) -> int | None:
    """As in "a dozen fishing boats", "four damaged bridges": the noun that a participle describes from before."""
    noun = at + 1
    if not reading.lexicon.has("features", "premodification") or not reading.same_sentence(noun, at):
        return None
    before, token = reading.tokens[at], reading.tokens[noun]
    return noun if before.pos == "VERB" and before.head == noun and token.pos in NAMING else None


def _over_adjectives(reading: Reading, at: int) -> int | None:
    """A participle in the place of the noun ("deux jetées", "quatre autres blessés"), or an adjective for people."""
    begin = at
    while reading.same_sentence(at, begin) and reading.tokens[at].pos == "ADJ" and not names_people(reading, at):
        at += 1
    if not reading.same_sentence(at, begin):
        return None
    token = reading.tokens[at]
    participle = token.pos == "VERB" and token.has("VerbForm=Part") and not token.has("Tense=Pres")
    named = participle or names_people(reading, at)
    return at if named and not any(t.i < begin for t in reading.children(at, "nsubj")) else None
