"""What an amount counts or measures: "12 000 soldats", "une visite de deux jours", "un homme de 34 ans".

The words beside the number decide, since number, noun and preposition stand together; the tree and the clause's
subject help only where a measure stands alone ("la voiture roulait à 130 km/h").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extraction.clauses import Clause
from extraction.document import QuantityMention
from extraction.people import is_people, names_people, singulars
from extraction.phrases import NAMING, Phrase, Reading, left_edge, noun_after, phrase_at

Rule = Literal["counted", "measured", "inferred", "none", "word"]
_AGES = frozenset({"year", "month", "week", "day"})
_NEAR = 7


@dataclass(frozen=True, slots=True)
class Counted:
    """The noun phrase, if the text has one, the rule that found it, and whether it is people that are counted."""

    phrase: Phrase | None
    rule: Rule
    people: bool


def find_counted(
    reading: Reading, mention: QuantityMention, clause: Clause | None, previous: Counted | None
) -> Counted:
    """What the mention counts or measures. ``previous``: what the amount before it in the passage did."""
    inside = [i for i, other in reading.quantity_tokens.items() if other.span == mention.span] or [
        t.i for t in reading.tokens if mention.span.overlaps(t.span)
    ]
    if not inside:
        return Counted(None, "none", people=False)
    first, last = min(inside), max(inside)
    if not reading.has_grammar:
        return _next_word(reading, mention, last)
    if mention.unit is not None and mention.unit != "person":
        phrase = _measured(reading, mention, first, last, clause)
        return Counted(phrase, "measured" if phrase is not None else "none", people=False)
    phrase = _following_noun(reading, last)
    if phrase is not None:
        return Counted(phrase, "counted", is_people(reading, phrase))
    return _inferred(reading, first, last, clause, previous)


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


def _measured(
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
    before = _before_genitive(reading, first)
    if before is not None:
        if not _is_adverbial_change(reading, before):
            return phrase_at(reading, before, first - 1)
        changed = reading.children(before, "nsubj")
        if changed:
            return phrase_at(reading, changed[0].i, before)
    if clause is not None and clause.subject is not None and (before is not None or _is_measure(reading, clause)):
        return clause.subject
    return _tree_noun(reading, first, last)


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
    return None


def _aged_noun(reading: Reading, aged: int, clause: Clause | None) -> Phrase | None:
    phrase = _noun_right_before(reading, aged - 1)
    if phrase is None and aged > 1 and reading.tokens[aged - 1].text == ",":
        phrase = _noun_right_before(reading, aged - 2)
    if phrase is None and clause is not None:
        return clause.subject or clause.object
    return phrase


def _is_pronoun(reading: Reading, phrase: Phrase) -> bool:
    return reading.tokens[phrase.head].pos == "PRON"


def _inferred(reading: Reading, first: int, last: int, clause: Clause | None, previous: Counted | None) -> Counted:
    """A number without a noun: of a figure's genitive, or of what was counted before ("trois sont morts")."""
    figure = _figure(reading, clause)
    if figure is not None:
        return Counted(figure, "inferred", is_people(reading, figure))
    if previous is not None and previous.rule == "counted" and previous.phrase is not None:
        near = reading.tokens[first].sentence - reading.tokens[previous.phrase.head].sentence <= 1
        after = reading.tokens[last + 1] if reading.same_sentence(last + 1, last) else None
        if near and after is not None and after.pos in {"VERB", "AUX", "ADV", "ADJ", "ADP"}:
            return Counted(previous.phrase, "inferred", previous.people)
    return Counted(None, "none", people=False)


def _figure(reading: Reading, clause: Clause | None) -> Phrase | None:
    """As in "le nombre de victimes est passé à 12": the genitive of the figure that the clause is about."""
    if clause is None or clause.subject is None:
        return None
    head = clause.subject.head
    if not reading.lexicon.has("figure_nouns", reading.tokens[head].lemma.lower()):
        return None
    for at in range(head + 1, clause.subject.last):
        if reading.lexicon.has("genitives", reading.word(at)):
            noun = noun_after(reading, at + 1, clause.subject.last + 1)
            return phrase_at(reading, noun) if noun is not None else None
    return clause.subject


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
        and any(reading.lexicon.has("casualty_nouns", w) for w in singulars(reading.word(token.i + 1)))
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
