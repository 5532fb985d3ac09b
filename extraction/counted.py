"""What an amount counts or measures: "12 000 soldats", "une visite de deux jours", "un homme de 34 ans".

The words beside the number decide, since number, noun and preposition stand together; the tree and the clause's
subject help only where a measure stands alone ("la voiture roulait à 130 km/h").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extraction.clauses import Clause
from extraction.document import QuantityMention
from extraction.ellipsis import Previous, compares, is_chained, is_gapped, is_near, leaves_out
from extraction.measured import find_measured, find_stated
from extraction.people import is_people, names_people, singulars
from extraction.phrases import NAMING, Phrase, Reading, noun_after, phrase_at

Rule = Literal["counted", "measured", "inferred", "none", "word"]
_NEAR = 7


@dataclass(frozen=True, slots=True)
class Counted:
    """The noun phrase, if the text has one, the rule that found it, and whether it is people that are counted."""

    phrase: Phrase | None
    rule: Rule
    people: bool


def find_counted(
    reading: Reading, mention: QuantityMention, clause: Clause | None, previous: Previous | None
) -> Counted:
    """What the mention counts or measures. ``previous``: the amount before it in the passage."""
    inside = tokens_of(reading, mention)
    if not inside:
        return Counted(None, "none", people=False)
    first, last = min(inside), max(inside)
    if not reading.has_grammar:
        return _next_word(reading, mention, last)
    if mention.unit is not None and mention.unit != "person":
        return _find_measured(reading, mention, (first, last), clause, previous)
    phrase = _following_noun(reading, last)
    if _are_others(reading, last) and previous is not None and is_near(reading, previous, first):
        return Counted(previous.phrase, "inferred", previous.people)
    if phrase is not None and not (previous is not None and _only_describes(reading, phrase, first)):
        return Counted(phrase, "counted", is_people(reading, phrase))
    return _inferred(reading, mention, (first, last), clause, previous)


def _are_others(reading: Reading, last: int) -> bool:
    """As in "trois autres ont", "une vingtaine d'autres", "34 others": more of what was counted before."""
    at = last + 1
    if reading.same_sentence(at, last) and reading.lexicon.has("genitives", reading.word(at)):
        at += 1
    if not reading.same_sentence(at, last) or not reading.lexicon.has("others", reading.word(at)):
        return False
    return not (reading.same_sentence(at + 1, last) and reading.tokens[at + 1].pos in NAMING | {"ADJ"})


def tokens_of(reading: Reading, mention: QuantityMention) -> list[int]:
    """Positions of a mention's words."""
    inside = [i for i, other in reading.quantity_tokens.items() if other.span == mention.span]
    return inside or [t.i for t in reading.tokens if mention.span.overlaps(t.span)]


def _only_describes(reading: Reading, phrase: Phrase, first: int) -> bool:
    """As in "contre 48 millions prévus": behind a comparison a participle is no noun, unless it names people."""
    noun = reading.tokens[phrase.head].pos in NAMING or names_people(reading, phrase.head)
    return not noun and compares(reading, first)


def _find_measured(
    reading: Reading,
    mention: QuantityMention,
    place: tuple[int, int],
    clause: Clause | None,
    previous: Previous | None,
) -> Counted:
    first, last = place
    gapped = previous is not None and previous.unit == mention.unit and reading.same_sentence(previous.at, first)
    if previous is not None and gapped and is_gapped(reading, first, last):
        return Counted(previous.phrase, "inferred", people=False)
    phrase = find_measured(reading, mention, first, last, clause)
    if phrase is not None and phrase.head in reading.quantity_tokens:
        phrase = None
    taken_up = previous is not None and (is_chained(reading, first, previous) or (gapped and compares(reading, first)))
    if phrase is None and previous is not None and taken_up:
        return Counted(previous.phrase, "inferred", people=False)
    return Counted(phrase, "measured" if phrase is not None else "none", people=False)


def _next_word(reading: Reading, mention: QuantityMention, last: int) -> Counted:
    at = last + 1
    while reading.same_sentence(at, last) and reading.lexicon.has("genitives", reading.word(at)):
        at += 1
    if mention.unit is not None or not reading.same_sentence(at, last) or not reading.tokens[at].text.isalpha():
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
    noun = noun_after(reading, at, min(at + 6, len(reading.tokens)))
    if noun is not None and reading.tokens[noun].pos == "PRON":
        return None
    if noun is None or reading.tokens[noun].pos == "ADJ":
        word = _over_adjectives(reading, at)
        noun = word if word is not None else noun if noun is not None and at > last + 1 else None
    if noun is None or reading.is_time(noun) or any(reading.tokens[i].pos == "DET" for i in range(at, noun)):
        return None
    next_amount = next((i for i in range(noun + 1, len(reading.tokens)) if i in reading.quantity_tokens), None)
    phrase = phrase_at(reading, noun, next_amount)
    return Phrase(noun, at, max(phrase.last, noun))


def _over_adjectives(reading: Reading, at: int) -> int | None:
    """A participle in the place of the noun ("deux jetées", "quatre autres blessés"), or an adjective for people."""
    begin = at
    while reading.same_sentence(at, begin) and reading.tokens[at].pos == "ADJ" and not names_people(reading, at):
        at += 1
    if not reading.same_sentence(at, begin):
        return None
    token = reading.tokens[at]
    participle = token.pos == "VERB" and token.has("VerbForm=Part") and not token.has("Tense=Pres")
    return at if participle or names_people(reading, at) else None


def _inferred(
    reading: Reading,
    mention: QuantityMention,
    place: tuple[int, int],
    clause: Clause | None,
    previous: Previous | None,
) -> Counted:
    """A number without a noun: of a figure's genitive, of those who are meant, or of what was counted before."""
    first, last = place
    figure = _figure(reading, clause) or _estimated(reading, first, clause)
    if figure is not None and not _is_bare_figure(reading, figure):
        return Counted(figure, "inferred", is_people(reading, figure) or _is_crowd(reading, figure))
    if previous is not None and (figure is not None or leaves_out(reading, first, last, previous)):
        return Counted(previous.phrase, "inferred", previous.people)
    stated = _stated(reading, mention, first, clause)
    if stated is not None:
        return Counted(stated, "inferred", people=False)
    meant = _of_them(reading, last) or _are_so_many(reading, first)
    if meant is not None:
        return Counted(meant if reading.tokens[meant.head].pos != "PRON" else None, "inferred", people=True)
    return Counted(figure, "inferred" if figure is not None else "none", people=False)


def _stated(reading: Reading, mention: QuantityMention, first: int, clause: Clause | None) -> Phrase | None:
    """As in "passera de 4,20 à 4,60 euros", "un déficit de 20 millions": a bare sum has what an amount would have."""
    words = mention.span.of(reading.text).lower().split()
    sum_of = reading.lexicon.has("million_words", words[-1]) or reading.lexicon.has(
        "degree_prepositions", _before(reading, first)
    )
    return find_stated(reading, mention, first, clause) if sum_of else None


def _before(reading: Reading, first: int) -> str:
    return reading.word(first - 1) if reading.same_sentence(first - 1, first) else ""


def _figure(reading: Reading, clause: Clause | None) -> Phrase | None:
    """As in "le nombre de victimes est passé à 12": the genitive of the figure that the clause is about."""
    if clause is None or clause.subject is None or not _is_bare_figure(reading, clause.subject):
        return None
    return _genitive_of_figure(reading, clause.subject)


def _estimated(reading: Reading, first: int, clause: Clause | None) -> Phrase | None:
    """As in "put the crowd at 900", "évalue à 900 le nombre de marcheurs"."""
    if clause is None or not reading.lexicon.has("estimating", clause.lemma):
        return None
    at = first - 1
    while reading.same_sentence(at, first) and reading.tokens[at].pos == "ADV":
        at -= 1
    if not reading.same_sentence(at, first) or not reading.lexicon.has("reaching_prepositions", reading.word(at)):
        return None
    thing = clause.object if clause.object is not None and clause.object.last < first else None
    if thing is None:
        noun = noun_after(reading, first + 1, min(first + _NEAR, len(reading.tokens)))
        thing = phrase_at(reading, noun) if noun is not None and reading.tokens[noun].pos in NAMING else None
    return _genitive_of_figure(reading, thing) if thing is not None else None


def _genitive_of_figure(reading: Reading, phrase: Phrase) -> Phrase:
    """The genitive of a figure's noun, if it has one; else the phrase itself."""
    if not _is_bare_figure(reading, phrase):
        return phrase
    for at in range(phrase.head + 1, phrase.last):
        if reading.lexicon.has("genitives", reading.word(at)):
            noun = noun_after(reading, at + 1, phrase.last + 1)
            return phrase_at(reading, noun) if noun is not None else phrase
    return phrase


def _is_bare_figure(reading: Reading, phrase: Phrase) -> bool:
    return reading.lexicon.has("figure_nouns", reading.tokens[phrase.head].lemma.lower())


def _is_crowd(reading: Reading, phrase: Phrase) -> bool:
    return reading.lexicon.has("crowd_nouns", reading.tokens[phrase.head].lemma.lower())


def _of_them(reading: Reading, last: int) -> Phrase | None:
    """As in "deux d'entre elles": the people that the pronoun stands for, in the two sentences before."""
    pronoun = next((i for i in range(last + 1, last + 5) if _is_plural_pronoun(reading, i, last)), None)
    linked = pronoun is not None and any(
        reading.lexicon.has("among_them", reading.word(i)) for i in range(last + 1, pronoun)
    )
    if pronoun is None or not linked:
        return None
    for at in range(last, -1, -1):
        token = reading.tokens[at]
        if reading.tokens[last].sentence - token.sentence > 1:
            return None
        if token.pos == "NOUN" and token.has("Number=Plur") and names_people(reading, at):
            return phrase_at(reading, at)
    return None


def _is_plural_pronoun(reading: Reading, at: int, last: int) -> bool:
    return reading.same_sentence(at, last) and reading.lexicon.has("plural_pronouns", reading.word(at))


def _are_so_many(reading: Reading, first: int) -> Phrase | None:
    """As in "ils étaient 900 à défiler": the number says how many those are whom the pronoun stands for."""
    for at in (first, *reading.analysis.ancestors(first)):
        subjects = [t for t in reading.children(at, "nsubj") if t.i < first]
        beings = [t for t in reading.children(at, "cop") if t.i < first]
        if subjects and beings and reading.lexicon.has("plural_pronouns", subjects[0].text.lower()):
            return Phrase(subjects[0].i, subjects[0].i, subjects[0].i)
    return None


def find_casualties(reading: Reading) -> list[QuantityMention]:
    """The article "un" as a number in a list of casualties: "a fait un mort et trois blessés"."""
    if not reading.has_grammar:
        return []
    return [
        QuantityMention(token.span, 1.0, None, None, "exact", None, token.span)
        for token in reading.tokens
        if reading.lexicon.has("one", token.text.lower())
        and token.i not in reading.quantity_tokens
        and reading.same_sentence(token.i + 1, token.i)
        and any(reading.lexicon.has("casualty_nouns", w) for w in singulars(reading.word(token.i + 1), reading.lexicon))
        and _is_in_list(reading, token.i)
    ]


def _is_in_list(reading: Reading, at: int) -> bool:
    """After a verb or word that opens a toll, or joined by "et" or a comma to an amount."""
    opened = (i for i in range(at - 1, at - 4, -1) if reading.same_sentence(i, at))
    if any(reading.lexicon.has("toll_openers", reading.tokens[i].lemma.lower()) for i in opened):
        return True
    near = range(max(0, at - _NEAR), min(len(reading.tokens), at + _NEAR))
    amounts = [i for i in near if i in reading.quantity_tokens and reading.same_sentence(i, at)]
    return any(_joined(reading, min(i, at), max(i, at)) for i in amounts)


def _joined(reading: Reading, first: int, last: int) -> bool:
    between = reading.tokens[first + 1 : last]
    return any(t.pos == "CCONJ" or t.text == "," for t in between) and not any(
        t.pos in {"VERB", "AUX"} and t.has("VerbForm=Fin") for t in between
    )
