"""Where an amount stands: its words, the clause that states it and the amount before it."""

from __future__ import annotations

from dataclasses import dataclass

from extraction.clauses import Clause
from extraction.document import QuantityMention
from extraction.ellipsis import Previous
from extraction.phrases import NAMING, Phrase, Reading, left_edge, noun_after

_NEAR = 7
SHARES = frozenset({"percent", "percentage_point", "ratio"})


@dataclass(frozen=True, slots=True)
class Site:
    """``first`` and ``last`` are the amount's outer tokens; ``previous`` is the amount before it in the passage."""

    reading: Reading
    mention: QuantityMention
    first: int
    last: int
    clause: Clause | None
    previous: Previous | None

    @property
    def unit(self) -> str:
        """The unit that stands with the number, "" for none."""
        return self.mention.unit or ""

    def near(self, at: int) -> bool:
        """Whether a position lies in the amount's sentence."""
        return self.reading.same_sentence(at, self.first)

    def is_word(self, at: int, name: str) -> bool:
        """Whether the word at a position of the sentence belongs to a set of the lexicon."""
        return self.near(at) and self.reading.lexicon.has(name, self.reading.word(at))

    def opener(self) -> int:
        """The position before the amount, over adverbs and determiners; -1 where the sentence begins with it."""
        at = self.first - 1
        while self.near(at) and self.reading.tokens[at].pos in {"ADV", "DET"}:
            at -= 1
        return at if self.near(at) else -1


def noun_ending_at(reading: Reading, at: int) -> Phrase | None:
    """The phrase of the noun that ends at a position, over adjectives and participles."""
    begin = at
    while reading.same_sentence(at, begin):
        token = reading.tokens[at]
        nominal = token.pos in NAMING or (token.pos == "ADJ" and at == begin and _follows_article(reading, at))
        if nominal and not reading.is_time(at) and at not in reading.quantity_tokens:
            head = _name_start(reading, at)
            return Phrase(head, left_edge(reading, head), begin)
        if token.pos not in {"ADJ", "ADV"} and not token.has("VerbForm=Part"):
            return None
        at -= 1
    return None


def _follows_article(reading: Reading, at: int) -> bool:
    """Whether an article makes a noun of the word behind it ("l'hydraulique")."""
    before = reading.tokens[at - 1] if reading.same_sentence(at - 1, at) else None
    return before is not None and before.pos == "DET" and before.has("PronType=Art")


def _name_start(reading: Reading, at: int) -> int:
    while at > 0 and reading.tokens[at].dep.startswith("flat") and reading.tokens[at - 1].pos in NAMING:
        at -= 1
    return at


def past_owner(reading: Reading, noun: int | None) -> int | None:
    """The noun itself, or behind an owner's mark what is owned ("the world's olive oil")."""
    while noun is not None and reading.same_sentence(noun + 2, noun):
        if not reading.lexicon.has("owner_marks", reading.word(noun + 1)):
            return noun
        owned = noun_after(reading, noun + 2, noun + _NEAR)
        if owned is None or reading.tokens[owned].pos not in NAMING:
            return noun
        noun = owned
    return noun


def phrase_ending_at(reading: Reading, at: int) -> Phrase | None:
    """The whole phrase that ends at a position, over its genitives to the noun that has them."""
    phrase = noun_ending_at(reading, at)
    while phrase is not None and _is_genitive(reading, phrase):
        above = noun_ending_at(reading, _before_preposition(reading, phrase))
        if above is None:
            return phrase
        phrase = Phrase(above.head, above.start, at)
    return phrase


def _is_genitive(reading: Reading, phrase: Phrase) -> bool:
    word = reading.preposition(phrase.head)
    return word is not None and reading.lexicon.has("genitives", word)


def _before_preposition(reading: Reading, phrase: Phrase) -> int:
    merged = reading.lexicon.has("genitives", reading.word(phrase.start))
    return phrase.start - 1 if merged else phrase.start - 2
