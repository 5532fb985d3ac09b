"""Amounts that leave out what the amount before them says: its noun, its unit, and whether the verb affirms it.

"63 millions d'euros, contre 48 millions", "12 blessés, dont trois grièvement", "la police a compté 300 marcheurs, les
organisateurs 900", "non pas 40 mètres mais 50". A number is read so only behind a word that compares or picks out, or
where the words around it show that a verb is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from extraction.document import Polarity, QuantityMention, Role
from extraction.phrases import NAMING, Phrase, Reading, left_edge

_THOUSANDFOLD = 1000
_FEW = 4
_CODE = 3
_UNCODED = frozenset({"franc", "dinar", "peso", "krona", "rial", "shilling"})
_QUALIFYING = frozenset({"ADV", "ADP", "DET", "PART"})
_CLAUSAL = frozenset({"VERB", "AUX", "ADV", "ADJ", "ADP"})


@dataclass(frozen=True, slots=True)
class Previous:
    """The amount before: what it counts, in which unit, and whether those are people.

    ``at`` is its first token in the passage; -1 for an amount of the passage before, which only has a ``role``.
    """

    mention: QuantityMention
    at: int
    phrase: Phrase | None
    unit: str | None
    people: bool
    role: Role | None = None


def leaves_out(reading: Reading, first: int, last: int, previous: Previous | None) -> bool:
    """Whether the amount at tokens ``first`` to ``last`` takes up what the one before it counts."""
    if previous is None or not is_near(reading, previous, first):
        return False
    if not reading.same_sentence(previous.at, first):
        return compares(reading, first) or (previous.people and _has_verb_behind(reading, last))
    return compares(reading, first) or is_gapped(reading, first, last) or _has_verb_behind(reading, last)


def is_near(reading: Reading, previous: Previous, first: int) -> bool:
    """Whether the amount before stands in the same sentence or the one before it."""
    before = reading.tokens[previous.at].sentence if previous.at >= 0 else -1
    return reading.tokens[first].sentence - before <= 1


def is_chained(reading: Reading, first: int, previous: Previous) -> bool:
    """As in "perdait 7 %, à 23 euros", "de 9 % à 6 %": a comma and a preposition part two amounts."""
    after = [i for i, m in reading.quantity_tokens.items() if m.span == previous.mention.span]
    between = reading.tokens[max(after) + 1 : first] if after else []
    words = [t for t in between if t.text != "," and not reading.is_time(t.i)]
    linked = len(words) == 1 and reading.lexicon.has("reaching_prepositions", words[0].text.lower())
    return linked and reading.same_sentence(previous.at, first)


def compares(reading: Reading, first: int) -> bool:
    """Whether a word that compares or picks out stands before an amount: "contre", "dont", "mais", "sur"."""
    return any(reading.lexicon.has("comparing", word) for word in _words_before(reading, first))


def shared_unit(mention: QuantityMention, previous: Previous) -> str | None:
    """The unit that a bare number takes over; none where it is so much smaller that a word was left out too."""
    values = [v for v in (mention.value, previous.mention.value) if v]
    if len(values) < 2 or max(values) / min(values) >= _THOUSANDFOLD:
        return None
    return previous.unit


def is_currency(unit: str) -> bool:
    """Whether a unit is the code of a currency."""
    return (len(unit) == _CODE and unit.isalpha() and unit.isupper()) or unit in _UNCODED


def contrast_of(reading: Reading, first: int, polarity: Polarity) -> Polarity:
    """The polarity of an amount in "pas X mais Y" and "X et non Y", given that of its clause."""
    words = _words_before(reading, first)
    if any(reading.lexicon.has("contrasting", word) for word in words[:1]):
        return "affirmed" if polarity == "negated" else polarity
    bound = any(reading.lexicon.has("bounding", word) for word in words)
    if not bound and polarity == "affirmed" and any(reading.lexicon.has("excluding", word) for word in words):
        return "negated"
    return polarity


def _words_before(reading: Reading, first: int) -> list[str]:
    """What links an amount to the text before it, nearest last: its prepositions and adverbs and the word before."""
    words: list[str] = []
    at = first - 1
    while reading.same_sentence(at, first) and len(words) < _FEW:
        words.insert(0, reading.word(at))
        if reading.tokens[at].pos not in _QUALIFYING or reading.lexicon.has("comparing", words[0]):
            break
        at -= 1
    return words


def _has_verb_behind(reading: Reading, last: int) -> bool:
    after = reading.tokens[last + 1] if reading.same_sentence(last + 1, last) else None
    if after is None:
        return False
    return after.pos in _CLAUSAL or reading.lexicon.has("reflexives", after.text.lower())


def is_gapped(reading: Reading, first: int, last: int) -> bool:
    """As in "la région paiera 40 %, la ville 25 %": a noun phrase opens behind a comma and the amount closes it."""
    noun, after = first - 1, last + 1
    if not reading.same_sentence(noun, first) or reading.tokens[noun].pos not in NAMING:
        return False
    closes = not reading.same_sentence(after, last) or reading.tokens[after].pos in {"PUNCT", "CCONJ"}
    opening = left_edge(reading, noun) - 1
    while reading.same_sentence(opening, first) and reading.tokens[opening].pos in {"ADP", *NAMING, "DET", "ADJ"}:
        opening -= 1
    opens = reading.same_sentence(opening, first) and _opens_part(reading, opening)
    return closes and opens


def _opens_part(reading: Reading, at: int) -> bool:
    return reading.tokens[at].text in {",", ";"} or reading.lexicon.has("and_words", reading.word(at))


def picks_out(reading: Reading, first: int) -> bool:
    """Whether a word before an amount takes a part of the one before: "dont 40 %", "including 30%"."""
    return any(reading.lexicon.has("picking_out", word) for word in _words_before(reading, first))


def is_listed(reading: Reading, first: int, last: int, previous: Previous) -> bool:
    """As in "45 % selon l'État, 70 % selon les syndicats": an amount between a comma and its source or the end."""
    before, after = first - 1, last + 1
    joined = reading.same_sentence(before, first) and (
        reading.word(before) == "," or reading.tokens[before].pos == "CCONJ"
    )
    closed = not reading.same_sentence(after, last) or reading.lexicon.has("source_openers", reading.word(after))
    return joined and reading.same_sentence(previous.at, first) and closed
