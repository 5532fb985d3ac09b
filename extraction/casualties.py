"""The article "un" as a number, in a list of casualties: "a fait un mort et trois blessés"."""

from __future__ import annotations

from extraction.document import QuantityMention
from extraction.people import singulars
from extraction.phrases import Reading

_NEAR = 7


def find_casualties(reading: Reading) -> list[QuantityMention]:
    """An amount of one for each article that counts a casualty."""
    if not reading.has_grammar:
        return []
    return [
        QuantityMention(token.span, 1.0, None, None, "exact", None, token.span)
        for token in reading.tokens
        if reading.lexicon.has("one", token.text.lower())
        and token.i not in reading.quantity_tokens
        and reading.same_sentence(token.i + 1, token.i)
        and (_counts_casualty(reading, token.i) or _counts_person(reading, token.i))
    ]


def _counts_casualty(reading: Reading, at: int) -> bool:
    forms = singulars(reading.word(at + 1), reading.lexicon)
    names = any(reading.lexicon.has("casualty_nouns", form) for form in forms)
    return names and _is_in_list(reading, at)


def _counts_person(reading: Reading, at: int) -> bool:
    """As in "une personne a été tuée et deux blessées", "une autre personne est portée disparue"."""
    noun = at + 1
    other = reading.same_sentence(noun + 1, at) and reading.lexicon.has("another", reading.word(noun))
    noun += other
    if not reading.same_sentence(noun, at) or not reading.lexicon.has("persons", reading.word(noun)):
        return False
    harmed = any(
        reading.same_sentence(i, at)
        and (_is_harm(reading, i) or reading.lexicon.has("casualty_nouns", reading.word(i).removesuffix("s")))
        for i in range(noun + 1, min(noun + _NEAR, len(reading.tokens)))
    )
    return harmed and (other or _is_in_list(reading, at))


def _is_harm(reading: Reading, at: int) -> bool:
    return reading.lexicon.has("harming", reading.tokens[at].lemma.lower())


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
