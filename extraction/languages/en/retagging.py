"""Classes that the words around a word correct, one rule at a time, after the best path through a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.languages.en.classes import FINITE, VERBAL
from extraction.languages.en.data import word_set
from extraction.languages.en.tokens import Word
from extraction.languages.en.vocabulary import readings

_SHORTEST_CLAUSE = 3
_NOUNS = {"NN": "Number=Sing", "NNS": "Number=Plur"}


def retag(words: Sequence[Word], at: int, governor: str) -> None:
    """Corrects the class of one word; ``governor`` says what verb or mark stands before it ("base", "infinitive")."""
    word = words[at]
    noun = _noun_instead(words, at, governor)
    if noun:
        word.tag, word.morph = noun, _NOUNS[noun]
    elif word.tag == "NN" and _is_main_verb(words, at):
        word.tag = "VBP"
    elif word.tag in {"JJ", "NN"} and governor == "base" and _follows_modal(words, at):
        word.tag, word.lemma = "VB", word.lower
    elif word.tag == "NNS" and _is_joined_verb(words, at):
        word.tag, word.lemma = "VBZ", _verb_lemma(word)
    else:
        _retag_closed(words, at)


def _noun_instead(words: Sequence[Word], at: int, governor: str) -> str:
    """The class of noun that a word taken for another is; "" for none."""
    word = words[at]
    if word.tag == "VBZ" and _is_counted(words, at):
        return "NNS"
    if word.tag == "VBG" and ((governor == "" and _is_subject(words, at)) or _is_acted_on(words, at)):
        return "NN"
    if word.tag in {"VB", "VBP"} and _heads_plural(words, at):
        return "NN"
    return "NN" if word.lower == "round" and at and words[at - 1].tag in {"JJ", "CD"} else ""


def _retag_closed(words: Sequence[Word], at: int) -> None:
    word, following = words[at], words[at + 1] if at + 1 < len(words) else None
    if following is None:
        return
    if word.lower in {"all", "both"} and at and words[at - 1].tag == "PRP" and following.tag in VERBAL | {"MD"}:
        word.tag = "RB"
    elif word.lower == "because" and following.lower == "of":
        word.tag = "IN"
    elif word.lower == "to" and word.tag == "IN":
        _repair_to(words, at)
    elif word.lower == "first" and at and following.tag in {"VBN", "VBD"}:
        word.tag = "RB"


def _is_counted(words: Sequence[Word], at: int) -> bool:
    """As in "six artillery pieces": a number before, nouns and adjectives between, and no other plural."""
    before = at - 1
    while before >= 0 and words[before].tag in {"NN", "JJ"} and at - before < 4:
        before -= 1
    plural = before >= 0 and words[before].tag == "CD" and words[before].lower not in {"one", "1"}
    return plural and before < at and any(r.tag == "NNS" for r in readings(words[at].lower))


def _is_acted_on(words: Sequence[Word], at: int) -> bool:
    """As in "would reduce spraying by a third": what is reduced, and no deed of who reduces it."""
    before = words[at - 1] if at else None
    following = words[at + 1] if at + 1 < len(words) else None
    acted = before is not None and before.tag in VERBAL and before.lemma in word_set("reducing_verbs")
    return acted and (following is None or following.tag in {"IN", "PUNCT", "TO", "CC"})


def _heads_plural(words: Sequence[Word], at: int) -> bool:
    """As in "a rights group": an article of the singular before a plural, so that the next word is the noun."""
    return at > 1 and words[at - 1].tag == "NNS" and words[at - 2].lower in {"a", "an"}


def _is_main_verb(words: Sequence[Word], at: int) -> bool:
    """As in "The club, relegated in May, face a deduction", "and hope the vote": a word that an article follows."""
    if not 0 < at < len(words) - 1 or words[at + 1].tag not in {"DT", "PRPS"}:
        return False
    if words[at - 1].text != "," and words[at - 1].tag != "CC":
        return False
    return _may_be_verb(words[at])


def add_missing_verb(words: Sequence[Word]) -> None:
    """As in "Unions at Huys fear cuts and have asked": a clause before "and" and a finite verb has one as well."""
    joint = next(
        (i for i, w in enumerate(words[:-1]) if w.tag == "CC" and words[i + 1].tag in {"VBZ", "VBD", "MD", "VBP"}), 0
    )
    before = words[:joint]
    if joint < _SHORTEST_CLAUSE or any(w.tag in FINITE or w.tag in {"VB", "MD"} for w in before):
        return
    for at in range(1, joint - 1):
        word = words[at]
        nouns = words[at - 1].tag in {"NNS", "NNP"} or words[at - 1].lower in word_set("collectives")
        opens = words[at + 1].tag in {"NN", "NNS", "NNP", "DT", "PRPS", "JJ", "CD"}
        if word.tag == "NN" and nouns and opens and _may_be_verb(word):
            word.tag, word.lemma = "VBP", word.lower
            return


def _is_joined_verb(words: Sequence[Word], at: int) -> bool:
    """As in "and points out that", "has opened and plans to hire": a verb behind "and" that takes what follows."""
    if not 1 < at < len(words) - 1 or words[at - 1].tag != "CC" or not words[at].text.islower():
        return False
    lemma, following = _verb_lemma(words[at]), words[at + 1]
    if following.lower in word_set("particles_verb"):
        return f"{lemma}_{following.lower}" in word_set("particle_verbs")
    if following.lower == "to":
        return lemma in word_set("infinitive_verbs") and any(w.tag in FINITE for w in words[:at])
    return following.tag in {"PRP", "SC"} and lemma in word_set("that_verbs")


def _verb_lemma(word: Word) -> str:
    return next((r.lemma for r in readings(word.lower) if r.tag == "VBZ"), "")


def _repair_to(words: Sequence[Word], at: int) -> None:
    """As in "claimed to have won", "intend to close stores": the mark of an infinitive rather than a preposition."""
    following = words[at + 1] if at + 1 < len(words) else None
    if following is None:
        return
    before = words[at - 1] if at else None
    governed = before is not None and before.tag in VERBAL and before.lemma in word_set("infinitive_verbs")
    perfect = following.lower in {"have", "be"}
    if perfect or (governed and following.tag == "JJ" and _may_be_verb(following)):
        words[at].tag, following.tag, following.lemma = "TO", "VB", following.lower


def _follows_modal(words: Sequence[Word], at: int) -> bool:
    """As in "will not open": right behind a modal or its negation, but not "do harm"."""
    return words[at - 1].tag in {"MD", "NOT", "RB"} and _may_be_verb(words[at])


def _may_be_verb(word: Word) -> bool:
    return word.text.islower() and any(r.tag == "VB" for r in readings(word.lower))


def _is_subject(words: Sequence[Word], at: int) -> bool:
    """As in "but shelling continued": an -ing form with nothing between it and a finite verb."""
    opens = at == 0 or words[at - 1].tag in {"CC", "PUNCT", "SC"}
    return opens and at + 1 < len(words) and words[at + 1].tag in {"VBD", "VBZ", "MD"}
