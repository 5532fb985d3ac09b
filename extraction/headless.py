"""A number without a noun: of a figure's genitive, of those who are meant, or of what was counted before."""

from __future__ import annotations

from dataclasses import dataclass

from extraction.amount_site import Site, noun_ending_at
from extraction.beside import labelled
from extraction.ellipsis import Previous, is_currency, is_near, leaves_out
from extraction.measured import find_stated
from extraction.people import is_people, names_people
from extraction.phrases import NAMING, Phrase, Reading, noun_after, phrase_at

_NEAR = 7
_CLOSING = frozenset({"PUNCT", "VERB", "AUX", "ADP", "CCONJ"})


@dataclass(frozen=True, slots=True)
class Unnamed:
    """What is counted, if the text names it, whether that is people, and whether it is what was counted before."""

    phrase: Phrase | None
    people: bool = False
    taken_up: bool = False


def shares_unit(site: Site) -> bool:
    """As in "flashé à 130 km/h sur une voie limitée à 80", "long de 40 mètres et haut de 9": the unit was just said."""
    previous, before = site.previous, site.first - 2
    if previous is None or previous.unit in {None, "person", "percent"} or not site.near(previous.at):
        return False
    closed = not site.near(site.last + 1) or site.reading.tokens[site.last + 1].pos in _CLOSING
    return closed and (site.is_word(before, "dimension_adjectives") or site.is_word(before, "limiting"))


def find_unnamed(site: Site) -> Unnamed:
    """What a number without a noun counts, as far as the text says it."""
    return _of_figure(site) or _of_those_before(site) or _of_others(site)


def _of_figure(site: Site) -> Unnamed | None:
    """The noun of a sum or a label, or the genitive of a figure that the clause is about."""
    reading = site.reading
    sum_of = _named_sum(site)
    if sum_of is not None:
        return Unnamed(sum_of)
    numbered = _numbered(site) or labelled(site)
    if numbered is not None:
        return Unnamed(numbered, is_people(reading, numbered))
    figure = _figure(site) or _estimated(site)
    if figure is not None and _is_toll(reading, figure):
        return Unnamed(figure, people=True)
    if figure is not None and not is_bare_figure(reading, figure):
        return Unnamed(figure, is_people(reading, figure) or _is_crowd(reading, figure))
    return None


def _of_those_before(site: Site) -> Unnamed | None:
    """What the amount before counts, taken up by an ellipsis, a pronoun or what happened to people."""
    previous = site.previous
    if previous is not None and _takes_up(site, previous, _figure(site) or _estimated(site)):
        return Unnamed(previous.phrase, previous.people, taken_up=True)
    return _harmed(site)


def _of_others(site: Site) -> Unnamed:
    """What a verb of price or measure gives the number to; else those whom a pronoun stands for."""
    reading, previous = site.reading, site.previous
    stated = _stated(site) or _priced_object(site)
    if stated is not None:
        return Unnamed(stated)
    so_many = _are_so_many(site)
    if so_many is not None:
        if previous is not None and previous.people and is_near(reading, previous, site.first):
            return Unnamed(previous.phrase, people=True, taken_up=True)
        return Unnamed(Phrase(so_many, so_many, so_many), people=True)
    meant = _of_them(site)
    if meant is not None:
        return Unnamed(meant if reading.tokens[meant.head].pos != "PRON" else None, people=True)
    figure = _figure(site) or _estimated(site)
    return Unnamed(figure, figure is None and (_has_so_many(site) or _is_for_so_many(site)))


def _takes_up(site: Site, previous: Previous, figure: Phrase | None) -> bool:
    return _has_noun_of(site, previous, figure) or _is_answered(site, previous) or is_of_those(site)


def is_of_those(site: Site) -> bool:
    """As in "la CGT en a compté 3 000": whether a pronoun before the verb stands for what was counted."""
    clause = site.clause
    if clause is None or not 0 <= site.first - clause.group.tail <= 2:
        return False
    return any(site.is_word(i, "partitive_pronouns") for i in (clause.group.first - 1, *clause.group.positions))


def _harmed(site: Site) -> Unnamed | None:
    """As in "killing three people and injuring five", "17 have been charged": people, by what was done to them."""
    clause, previous = site.clause, site.previous
    if clause is None or not site.reading.lexicon.has("harming", clause.lemma):
        return None
    object_of = 0 < site.first - clause.group.tail <= 2
    patient = clause.group.passive and 0 <= clause.group.first - site.last <= 2
    if not object_of and not patient:
        return None
    same = previous is not None and previous.people and is_near(site.reading, previous, site.first)
    if same and previous is not None:
        return Unnamed(previous.phrase, people=True, taken_up=True)
    return Unnamed(None, people=True)


def _has_noun_of(site: Site, previous: Previous, figure: Phrase | None) -> bool:
    """Whether a figure or an ellipsis takes up what the amount before it counts."""
    taken_up = figure is not None and site.near(previous.at)
    return taken_up or leaves_out(site.reading, site.first, site.last, previous)


def _is_answered(site: Site, previous: Previous) -> bool:
    """As in "by 29 votes to 26": a number right behind the one that it is set against."""
    if previous.phrase is None or not site.near(previous.at):
        return False
    between = range(previous.phrase.last + 1, site.first)
    return len(between) == 1 and site.is_word(between[0], "reaching_prepositions")


def _ends_in_million(site: Site) -> bool:
    words = site.mention.span.of(site.reading.text).lower().split()
    return site.reading.lexicon.has("million_words", words[-1])


def _named_sum(site: Site) -> Phrase | None:
    """As in "un bénéfice net de 212 millions": a sum, whatever the clause is about."""
    if not _ends_in_million(site) or not site.is_word(site.opener(), "genitives"):
        return None
    noun = noun_ending_at(site.reading, site.opener() - 1)
    figure = noun is not None and site.reading.lexicon.has("change_nouns", site.reading.tokens[noun.head].lemma.lower())
    return noun if not figure else None


def _priced_object(site: Site) -> Phrase | None:
    """As in "achète la maison 180 000 euros et la revend 260 000": what the sum before was the price of."""
    clause, previous = site.clause, site.previous
    if clause is None or previous is None or not site.near(previous.at) or not is_currency(previous.unit or ""):
        return None
    return previous.phrase if site.reading.lexicon.has("trading_verbs", clause.lemma) else None


def _numbered(site: Site) -> Phrase | None:
    """As in "les passagers, au nombre de 212,": those who are so many."""
    reading, at = site.reading, site.opener()
    if not site.is_word(at, "genitives") or not site.is_word(at - 1, "number_nouns"):
        return None
    before = at - 2
    while site.near(before) and (reading.tokens[before].pos in {"ADP", "DET"} or reading.tokens[before].text == ","):
        before -= 1
    return noun_ending_at(reading, before) if site.near(before) and before < at - 2 else None


def _stated(site: Site) -> Phrase | None:
    """As in "passera de 4,20 à 4,60 euros", "un déficit de 20 millions": a bare sum has what an amount would have."""
    degree = site.is_word(site.first - 1, "degree_prepositions")
    clause = site.clause
    reached = site.is_word(site.first - 1, "reaching_prepositions") or (
        clause is not None and clause.group.tail == site.first - 1
    )
    reached = reached and clause is not None and site.reading.lexicon.has("measure_verbs", clause.lemma)
    return find_stated(site) if degree or reached or _ends_in_million(site) else None


def _figure(site: Site) -> Phrase | None:
    """As in "le nombre de victimes est passé à 12": the genitive of the figure that the clause is about."""
    clause = site.clause
    if clause is None or clause.subject is None or not is_bare_figure(site.reading, clause.subject):
        return None
    return _genitive_of_figure(site.reading, clause.subject)


def _estimated(site: Site) -> Phrase | None:
    """As in "put the crowd at 900", "évalue à 900 le nombre de marcheurs"."""
    clause, reading = site.clause, site.reading
    if clause is None or not reading.lexicon.has("estimating", clause.lemma):
        return None
    at = site.first - 1
    while site.near(at) and reading.tokens[at].pos == "ADV":
        at -= 1
    if not site.is_word(at, "reaching_prepositions"):
        return None
    thing = clause.object if clause.object is not None and clause.object.last < site.first else None
    if thing is None:
        noun = noun_after(reading, site.first + 1, min(site.first + _NEAR, len(reading.tokens)))
        thing = phrase_at(reading, noun) if noun is not None and reading.tokens[noun].pos in NAMING else None
    return _genitive_of_figure(reading, thing) if thing is not None else None


def _genitive_of_figure(reading: Reading, phrase: Phrase) -> Phrase:
    """The genitive of a figure's noun, if it has one; else the phrase itself."""
    if not is_bare_figure(reading, phrase):
        return phrase
    for at in range(phrase.head + 1, phrase.last):
        if reading.lexicon.has("genitives", reading.word(at)):
            noun = noun_after(reading, at + 1, phrase.last + 1)
            return phrase_at(reading, noun) if noun is not None else phrase
    return phrase


def is_bare_figure(reading: Reading, phrase: Phrase) -> bool:
    """Whether a phrase's noun only says that something is counted ("nombre", "bilan"); no "chiffre d'affaires"."""
    if not reading.lexicon.has("figure_nouns", reading.tokens[phrase.head].lemma.lower()):
        return False
    named = range(phrase.head + 1, min(phrase.head + 3, phrase.last + 1))
    return not any(reading.lexicon.has("no_figures", reading.word(i)) for i in named)


def _is_toll(reading: Reading, phrase: Phrase) -> bool:
    """As in "the death toll rose to 41", "le bilan est porté à 12": a figure that counts people by its name."""
    return reading.lexicon.has("toll_nouns", reading.tokens[phrase.head].lemma.lower())


def _is_crowd(reading: Reading, phrase: Phrase) -> bool:
    return reading.lexicon.has("crowd_nouns", reading.tokens[phrase.head].lemma.lower())


def _of_them(site: Site) -> Phrase | None:
    """As in "deux d'entre elles": the people that the pronoun stands for, in the two sentences before."""
    reading, last = site.reading, site.last
    pronoun = next((i for i in range(last + 1, last + 5) if site.is_word(i, "plural_pronouns")), None)
    linked = pronoun is not None and any(site.is_word(i, "among_them") for i in range(last + 1, pronoun))
    if pronoun is None or not linked:
        return None
    for at in range(last, -1, -1):
        token = reading.tokens[at]
        if reading.tokens[last].sentence - token.sentence > 1:
            break
        if token.pos == "NOUN" and token.has("Number=Plur") and names_people(reading, at):
            return phrase_at(reading, at)
    return Phrase(pronoun, pronoun, pronoun)


def _are_so_many(site: Site) -> int | None:
    """As in "ils étaient 900 à défiler": the pronoun that stands for those who are so many."""
    reading = site.reading
    being = site.first - 1
    while site.near(being) and reading.tokens[being].pos == "ADV":
        being -= 1
    is_being = site.near(being) and reading.lexicon.has("passive_auxiliaries", reading.tokens[being].lemma.lower())
    if is_being and site.is_word(being - 1, "plural_pronouns"):
        return being - 1
    for at in (site.first, *reading.analysis.ancestors(site.first)):
        subjects = [t for t in reading.children(at, "nsubj") if t.i < site.first]
        beings = [t for t in reading.children(at, "cop") if t.i < site.first]
        if subjects and beings and reading.lexicon.has("plural_pronouns", subjects[0].text.lower()):
            return subjects[0].i
    return None


def are_so_many(site: Site) -> bool:
    """Whether a plural pronoun is said to be so many, or such a share ("ils étaient 39 %")."""
    return _are_so_many(site) is not None


def _has_so_many(site: Site) -> bool:
    """As in "a mother of three": people, whom no noun names."""
    reading, at = site.reading, site.first - 1
    if not site.is_word(at, "genitives") or not site.near(at - 1):
        return False
    closed = not site.near(site.last + 1) or reading.tokens[site.last + 1].pos in _CLOSING
    return closed and reading.lexicon.has("having_people", reading.tokens[at - 1].lemma.lower())


def _is_for_so_many(site: Site) -> bool:
    """As in "une bouteille pour quatre": people, whom no noun names."""
    closed = not site.near(site.last + 1) or site.reading.tokens[site.last + 1].pos == "PUNCT"
    written = site.mention.span.of(site.reading.text).isalpha()
    return written and closed and site.is_word(site.first - 1, "beneficiary_prepositions")
