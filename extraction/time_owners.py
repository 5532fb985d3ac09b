"""Times that belong to something else than the verb of their clause: to an amount, to a compared one, to a noun.

"312 millions, contre 280 millions en 2023": the year is of the second amount alone. "La fusillade de samedi relance le
débat", "une hausse en 2026 est exclue": the time is of the noun.
"""

from __future__ import annotations

from collections.abc import Sequence

from extraction.document import TimeMention
from extraction.phrases import Reading

# So many words before an amount a word may stand that sets it against another ("après une hausse de 2 %").
_FEW = 5
_LONGEST = 24
_GENITIVE_ENDINGS = ("'s", "’s")


def positions_of(reading: Reading, mention: TimeMention) -> list[int]:
    """The tokens of a mention, in order."""
    return sorted(i for i, other in reading.time_tokens.items() if other is mention)


def amount_before(reading: Reading, mention: TimeMention) -> Sequence[int]:
    """Tokens of the amount that a time follows with no verb or other time between; none if there is none."""
    inside = positions_of(reading, mention)
    at = inside[0] - 1 if inside else -1
    while inside and reading.same_sentence(at, inside[0]):
        if at in reading.quantity_tokens:
            amount = reading.quantity_tokens[at]
            return sorted(i for i, other in reading.quantity_tokens.items() if other is amount)
        if reading.tokens[at].pos in {"VERB", "AUX"} or at in reading.time_tokens:
            break
        at -= 1
    return ()


def is_set_against(reading: Reading, first: int) -> bool:
    """Whether a word sets the amount that begins at a token against another ("contre", "compared with", "from")."""
    for at in range(first - 1, max(-1, first - 1 - _FEW), -1):
        token = reading.tokens[at]
        if not reading.same_sentence(at, first) or token.pos in {"PUNCT", "AUX"} or at in reading.quantity_tokens:
            return False
        if reading.lexicon.has("set_against", token.text.lower()):
            return True
        if token.pos == "VERB":
            return False
    return False


def is_of_compared(reading: Reading, mention: TimeMention) -> bool:
    """Whether a time belongs to an amount that another is compared with, or is what a clause compares with itself."""
    amount = amount_before(reading, mention)
    if amount and is_set_against(reading, amount[0]):
        return True
    before = reading.text[max(0, mention.span.start - _LONGEST) : mention.span.start].lower().replace("’", "'").rstrip()
    return before.endswith(reading.lexicon.endings("comparing_with"))


def is_of_noun(reading: Reading, mention: TimeMention) -> bool:
    """Whether a genitive gives a time to a noun that is no part of time ("les annonces de janvier")."""
    inside = positions_of(reading, mention)
    if not inside or not reading.lexicon.sets.get("time_parts"):
        return False
    if reading.text.startswith(_GENITIVE_ENDINGS, mention.span.end):
        return True
    first = next((i for i in inside if reading.lexicon.has("genitives", reading.word(i))), inside[0] - 1)
    noun = first - 1
    if not reading.same_sentence(noun, inside[0]) or not reading.lexicon.has("genitives", reading.word(first)):
        return False
    token = reading.tokens[noun]
    return token.pos in {"NOUN", "PROPN"} and not reading.lexicon.has("time_parts", token.lemma.lower())


def is_of_participle(reading: Reading, mention: TimeMention, verb: int) -> bool:
    """Whether a participle that opens the sentence takes a time ("Battus vendredi, ils ont réagi mardi")."""
    inside = positions_of(reading, mention)
    start = reading.analysis.sentences[reading.tokens[verb].sentence].start
    if not inside or not start < inside[0] < verb or start == verb:
        return False
    first = reading.tokens[start]
    opens = first.has("VerbForm=Part") or (first.pos in {"VERB", "ADJ"} and not first.has("VerbForm=Fin"))
    # Taggers take "Battues" at the beginning of a sentence for a noun.
    seems = first.text.lower().endswith(reading.lexicon.endings("participle_endings")) and inside[0] == start + 1
    return (opens or seems) and any(t.text == "," for t in reading.tokens[inside[-1] + 1 : verb])


def is_of_announced(reading: Reading, mention: TimeMention, verb: int) -> bool:
    """Whether a time stands right behind the noun of a happening that a verb wants, plans, tells or rules out."""
    lemma, inside = reading.tokens[verb].lemma, positions_of(reading, mention)
    if not inside or not (tells(reading, verb) or _looks_forward(reading, lemma)):
        return False
    amount = amount_before(reading, mention)
    if amount and amount[0] > verb:
        return True  # "relève un surcoût de 34 millions entre 2019 et 2024"
    at = inside[0] - 1
    while reading.same_sentence(at, inside[0]) and reading.tokens[at].pos in {"ADP", "ADJ", "DET"}:
        at -= 1
    if at <= verb or not reading.same_sentence(at, verb):
        return False
    lemma = reading.tokens[at].lemma.lower()
    happens = lemma in reading.lexicon.deverbal or reading.lexicon.has("change_nouns", lemma)
    return reading.tokens[at].pos == "NOUN" and happens


def tells(reading: Reading, verb: int) -> bool:
    """Whether a verb tells or finds what is of another time than the telling ("annoncer", "recenser", "prévoir")."""
    lemma = reading.tokens[verb].lemma
    return reading.lexicon.has("telling", lemma) or reading.lexicon.has("finding", lemma)


def _looks_forward(reading: Reading, lemma: str) -> bool:
    return reading.lexicon.governors.get(lemma) in {"planned", "possible", "negated", "denied"}
