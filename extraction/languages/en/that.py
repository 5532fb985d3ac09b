"""Determiner, pronoun or conjunction: what "that" and "this" are, from the words around them."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.languages.en.classes import POS_OF, VERBAL
from extraction.languages.en.data import word_set
from extraction.languages.en.tokens import Word

_AHEAD = 14
_STOPS = frozenset({",", ";", ":", "."})


def resolve_that(words: Sequence[Word]) -> None:
    """Retags each "that" of a sentence as SC (also a relative pronoun, which the grammar tells apart), DT or PRP."""
    for at, word in enumerate(words):
        if word.lower == "that":
            word.tag = _role(words, at)
            word.pos = POS_OF[word.tag]


def _role(words: Sequence[Word], at: int) -> str:
    before = words[at - 1] if at else None
    following = words[at + 1] if at + 1 < len(words) else None
    beyond = words[at + 2] if at + 2 < len(words) else None
    parted = following is not None and following.lower in word_set("particles_verb")
    if parted and before is not None and before.tag in VERBAL and (beyond is None or beyond.tag in {"PUNCT", "CC"}):
        return "PRP"
    if following is None or following.pos == "PUNCT":
        return "PRP" if following is None or following.text != "," else "SC"
    if before is not None and before.lower == "so":
        return "SC"
    if before is None or before.tag in {"IN", "CC", "PUNCT"}:
        if following.tag in VERBAL | {"MD"}:
            return "PRP" if before is None or before.tag != "PUNCT" else "SC" if before.text == "," else "PRP"
        if before is not None and before.tag == "CC" and _finite_ahead(words, at):
            return "SC"
        return "DT" if following.tag in {"NN", "JJ", "CD"} else "SC"
    if before.tag in VERBAL and before.lemma not in word_set("that_verbs") and before.lemma != "be":
        return "DT" if following.tag in {"NN", "JJ"} and not _finite_ahead(words, at) else "SC"
    return "SC"


def _finite_ahead(words: Sequence[Word], at: int) -> bool:
    for word in words[at + 1 : at + _AHEAD]:
        if word.text in _STOPS:
            return False
        if word.tag in {"VBD", "VBZ", "VBP", "MD"}:
            return True
    return False
