"""Lexical decisions of the grammar: what a phrase may be, given its words and those near it. Look ahead is bounded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from extraction.languages.en.chunks import Chunk
from extraction.languages.en.data import table, word_set
from extraction.languages.en.tokens import Word

NAMING = frozenset({"name", "call", "elect", "appoint", "make", "declare", "consider", "dub", "label", "crown"})
"""Verbs with two objects of which the second describes the first."""

_AHEAD = 9
_TIME_WORDS = frozenset({"last", "next", "this", "that", "every", "each", "one", "same", "late", "early"})
_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_ALWAYS_TIME = _WEEKDAYS | {"today", "yesterday", "tomorrow", "tonight"}
_CLAUSE_OR_NOUN = frozenset({"after", "before", "since", "until", "till", "as", "than", "like", "once", "so"})


def is_time(words: Sequence[Word], phrase: Chunk) -> bool:
    """A noun phrase that says when ("Monday", "last week", "three days ago")."""
    lemma = words[phrase.head].lemma.lower()
    if lemma not in word_set("time_nouns"):
        return False
    if lemma in _ALWAYS_TIME or words[phrase.head].text in word_set("months_days"):
        return True
    first = words[phrase.start].lower
    after = words[phrase.end].lower if phrase.end < len(words) else ""
    before = words[phrase.start - 1].tag if phrase.start else ""
    if first in _TIME_WORDS or after in {"ago", "later", "earlier"} or before == "IN":
        return True
    return any(w.text in word_set("months_days") for w in words[phrase.start : phrase.end])


def is_rate(words: Sequence[Word], phrase: Chunk) -> bool:
    """A period that an amount is counted by ("two million a month")."""
    period = words[phrase.head].lemma in word_set("time_nouns") and phrase.end - phrase.start == 2
    return period and words[phrase.start].lower in {"a", "an", "per", "every", "each"}


def is_measure(words: Sequence[Word], at: int) -> bool:
    """The head of an amount ("by 4%", "by 300 metres"), which is no agent."""
    return (
        words[at].text == "%"
        or words[at].tag == "CD"
        or words[at].lemma in {"percent", "point", "metre", "kilometre", "degree", "euro", "dollar", "pound"}
    )


@lru_cache(maxsize=1)
def _noun_prepositions() -> dict[str, frozenset[str]]:
    return {noun: frozenset(row[0].split()) for noun, row in table("noun_prepositions").items()}


def belongs_to_noun(words: Sequence[Word], noun: int, preposition: str) -> bool:
    """Whether a preposition continues the noun before it rather than the verb ("talks with", "attack on")."""
    word = words[noun]
    if word.text == "%" or word.tag == "CD":
        return preposition in {"of", "among"}
    return preposition in _noun_prepositions().get(word.lemma, frozenset())


def is_apposition(words: Sequence[Word], noun: int, phrase: Chunk) -> bool:
    """Whether a phrase behind a comma describes the noun before ("Ana Ruiz, the mayor"; the reverse; an age)."""
    name, other = words[noun].tag == "NNP" or words[noun].entity != "", words[phrase.head].tag == "NNP"
    if words[phrase.head].tag == "CD":
        return name
    if not name and other:
        return words[phrase.head].entity in {"PER", "MISC"}
    return name and not other and words[phrase.head].tag in {"NN", "NNS"}


def in_list(words: Sequence[Word], chunks: Sequence[Chunk], at: int) -> bool:
    """Whether "and" or "or" comes after the phrase at ``at``, with nothing but noun phrases between."""
    for other in chunks[at + 1 : at + 1 + _AHEAD]:
        if other.kind == "CC":
            return True
        if other.kind not in {"NP", "P"} and words[other.head].text != ",":
            return False
    return False


def finite_ahead(words: Sequence[Word], chunks: Sequence[Chunk], at: int) -> int:
    """The finite verb whose subject the noun phrase at ``at`` is, looking over its prepositional phrases; -1 for none.

    Between commas an apposition or a relative clause may stand ("police chief Ana Ruiz, who …, said").
    """
    position, inside, joined, opened = at + 1, False, False, False
    while position < len(chunks) and position <= at + _AHEAD:
        other = chunks[position]
        if other.kind == "VG":
            if joined and not inside and _is_singular(words[other.start]):
                return -1  # "reached the scene and the radio was cut": only the second noun is its subject
            return other.head if other.form == "finite" and not inside else _behind_clause(chunks, position)
        if other.kind == "PUNCT":
            if words[other.head].text != "," or not (opened or _closes(words, chunks, position)):
                return -1
            opened = not opened
        elif other.kind == "REL" or (other.kind == "SC" and words[other.head].lower == "that"):
            inside = True
        elif other.kind in {"CC", "SC"} or (other.kind == "P" and is_subordinator(words, chunks, position)):
            if other.kind != "CC" or not _joins_nouns(words, chunks, position):
                return -1
            joined = words[other.head].lower == "and"
        elif (
            other.kind == "NP"
            and chunks[position - 1].kind == "NP"
            and words[other.head].lemma.lower() not in word_set("time_nouns")
        ):
            return -1
        position += 1
    return -1


def _is_singular(finite: Word) -> bool:
    return finite.tag == "VBZ" or finite.lower in {"was", "is", "has", "does"}


def _joins_nouns(words: Sequence[Word], chunks: Sequence[Chunk], at: int) -> bool:
    if at + 1 >= len(chunks) or chunks[at + 1].kind != "NP" or chunks[at - 1].kind != "NP":
        return False
    return words[chunks[at + 1].head].lower not in {"he", "she", "they", "we", "i"}


def _behind_clause(chunks: Sequence[Chunk], at: int) -> int:
    """Behind a relative or participial clause: the next finite verb, if one follows within the window."""
    for offset, other in enumerate(chunks[at + 1 : at + _AHEAD], start=at + 1):
        if other.kind == "VG" and other.form == "finite":
            tagged = chunks[offset - 1].kind == "NP" and chunks[offset - 2].kind == "PUNCT"
            return -1 if tagged else other.head
        if other.kind in {"SC", "CC", "REL"}:
            return -1
    return -1


def _closes(words: Sequence[Word], chunks: Sequence[Chunk], at: int) -> bool:
    """Whether a comma opens an insertion that a second comma closes before the verb."""
    for offset, other in enumerate(chunks[at + 1 : at + _AHEAD], start=at + 1):
        if other.kind == "PUNCT":
            return (
                words[other.head].text == "," and offset + 1 < len(chunks) and chunks[offset + 1].kind in {"VG", "ADV"}
            )
        if other.kind in {"VG", "SC", "CC"}:
            return False
    return False


def is_subordinator(words: Sequence[Word], chunks: Sequence[Chunk], at: int) -> bool:
    """Whether "after", "as", "since" … opens a clause: a subject with its finite verb follows before any comma."""
    if words[chunks[at].head].lower not in _CLAUSE_OR_NOUN:
        return False
    noun = False
    for other in chunks[at + 1 : at + 1 + _AHEAD]:
        if other.kind == "VG":
            return other.form == "finite" and noun
        if other.kind not in {"NP", "P", "ADV", "ADJ", "CC"}:
            return False
        if other.kind == "CC" and noun and _continues_verb(chunks, other):
            return False
        noun = noun or other.kind == "NP"
    return False


def _continues_verb(chunks: Sequence[Chunk], joint: Chunk) -> bool:
    """Whether a verb follows "and" or "but" at once: it goes on with an earlier verb ("before noon but left")."""
    after = next((c for c in chunks if c.start == joint.end), None)
    return after is not None and after.kind == "VG"


def that_role(words: Sequence[Word], chunks: Sequence[Chunk], at: int) -> Literal["relative", "content"]:
    """As in "that" directly before a finite verb and behind a noun is a relative pronoun."""
    before = chunks[at - 1] if at else None
    for other in chunks[at + 1 : at + 4]:
        if other.kind == "ADV":
            continue
        relative = other.kind == "VG" and before is not None and before.kind == "NP"
        return "relative" if relative and words[other.head].tag != "TO" else "content"
    return "content"


def could_be_participle(words: Sequence[Word], phrase: Chunk) -> bool:
    """A single past form that serves as participle too ("suspected", not "sank")."""
    word = words[phrase.head]
    if word.tag != "VBD" or phrase.end - phrase.start > 1 or word.lemma in {"be", "have", "do", "say"}:
        return False
    return word.lower.endswith("ed") or word.lower in word_set("shared_pasts")


def is_inserted_participle(words: Sequence[Word], chunks: Sequence[Chunk], at: int) -> bool:
    """As in "The report, published on Monday, says": a participle without object up to the comma before the verb."""
    if not could_be_participle(words, chunks[at]) or at + 1 >= len(chunks):
        return False
    if chunks[at + 1].kind == "NP" and not is_time(words, chunks[at + 1]):
        return False
    for position in range(at + 1, min(at + 2 * _AHEAD, len(chunks) - 1)):
        if chunks[position].kind == "PUNCT":
            after = chunks[position + 1 : position + 3]
            verb = next((c for c in after if c.kind != "ADV"), None)
            return words[chunks[position].head].text == "," and verb is not None and verb.form == "finite"
        if chunks[position].kind not in {"NP", "P", "ADV", "ADJ", "CC"}:
            return False
    return False


def is_reduced_relative(words: Sequence[Word], chunks: Sequence[Chunk], at: int) -> bool:
    """As in "The man suspected of the murder fled": a participle whose prepositional phrases end at the true verb."""
    if not could_be_participle(words, chunks[at]) or at + 1 >= len(chunks) or chunks[at + 1].kind != "P":
        return False
    for position in range(at + 1, min(at + 1 + _AHEAD, len(chunks))):
        other = chunks[position]
        if other.kind == "VG":
            behind = chunks[position - 1].kind == "NP" and chunks[position - 2].kind == "P"
            return other.form == "finite" and (behind or chunks[position - 1].kind == "ADV")
        if other.kind not in {"NP", "P", "ADV"}:
            return False
    return False
