"""Which classes and lemmas an English word may have, each with a weight: closed classes, then lemminflect, then shape.

Weights are logarithmic preferences (0 neutral, +1 clearly better) set by hand from grammar; lemminflect (MIT) knows the
forms of some 260,000 words but not how frequent they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from extraction.languages.en.data import table, word_set

if TYPE_CHECKING:
    from collections.abc import Callable

    Lookup = Callable[[str], dict[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Reading:
    """One class that a word may have; ``features`` are UD's."""

    tag: str
    weight: float
    lemma: str
    features: str = ""


@lru_cache(maxsize=1)
def _lemmas() -> Lookup:
    # The package imports spaCy for a hook that is not used here; who reads no English need not wait for it.
    from lemminflect import getAllLemmas  # noqa: PLC0415

    lookup: Lookup = getAllLemmas
    return lookup


@lru_cache(maxsize=1)
def _closed() -> dict[str, tuple[Reading, ...]]:
    return {word: tuple(_reading(word, cell) for cell in cells) for word, cells in table("closed").items()}


def _reading(word: str, cell: str) -> Reading:
    head, lemma, features = (cell + "::").split(":")[:3]
    tag, weight = head.split("=")
    return Reading(tag, float(weight), lemma or word, features)


@lru_cache(maxsize=1)
def _preferred() -> dict[str, str]:
    return {word: row[0] for word, row in table("preferences").items()}


def closed_readings(word: str) -> tuple[Reading, ...] | None:
    """The readings of a closed-class word in lower case; None for any other."""
    return _closed().get(word)


@lru_cache(maxsize=65536)
def readings(word: str) -> tuple[Reading, ...]:
    """What a word in lower case may be, apart from a name; never empty."""
    closed = _closed().get(word)
    if closed is not None:
        return closed
    if len(word) > 40:
        return (Reading("NN", 0, word),)
    found = {reading.tag: reading for reading in _known(word)} or {reading.tag: reading for reading in _guessed(word)}
    if not found.keys() & {"NN", "NNS", "RB", "JJ", "JJR", "JJS", "VBN"} and word.isalpha():
        found["NN"] = Reading("NN", -1.5, word, "Number=Sing")
    preferred = _preferred().get(word)
    if preferred is not None and preferred not in found and preferred in {"NN", "NNS", "VBD", "VBG"}:
        found[preferred] = Reading(preferred, 0, word)
    if preferred is None:
        return tuple(found.values())
    return tuple(
        Reading(r.tag, r.weight if r.tag == preferred else r.weight - 1.5, r.lemma, r.features) for r in found.values()
    )


def is_known(word: str) -> bool:
    """Whether a word in lower case is an English one, and so no evidence for a name."""
    return word in _closed() or bool(_lemmas()(word))


def _known(word: str) -> list[Reading]:
    lemmas = _lemmas()(word)
    found: list[Reading] = []
    if "VERB" in lemmas:
        found.extend(_verb_readings(word, lemmas["VERB"][0]))
    if "NOUN" in lemmas:
        found.extend(_noun_readings(word, lemmas["NOUN"], verbal="VERB" in lemmas))
    if "ADJ" in lemmas:
        found.append(_adjective(word, lemmas["ADJ"][0], verbal="VERB" in lemmas))
    if "ADV" in lemmas:
        found.append(Reading("RB", 1.0 if word.endswith("ly") else -1.0, lemmas["ADV"][0]))
    return found


def _verb_readings(word: str, lemma: str) -> list[Reading]:
    if word == lemma:
        past = word in word_set("invariable_verbs")
        base = [Reading("VB", -0.3, lemma)]
        return [*base, Reading("VBD", -0.3, lemma)] if past else base
    if word.endswith("ing"):
        return [Reading("VBG", 0.5, lemma)]
    if word in word_set("irregular_participles"):
        return [Reading("VBN", 0.7, lemma)]
    if word.endswith("s") and not word.endswith("ss"):
        return [Reading("VBZ", -0.4, lemma)]
    return [Reading("VBD", 0.7, lemma)]


def _noun_readings(word: str, lemmas: tuple[str, ...], *, verbal: bool) -> list[Reading]:
    lemma = lemmas[-1] if word.endswith("s") and len(lemmas) > 1 and not word.endswith("ss") else lemmas[0]
    if word != lemma:
        return [Reading("NNS", 0.3, lemma, "Number=Plur")]
    if word.endswith("ing"):
        return [Reading("NN", -0.6 if verbal else 0.5, lemma, "Number=Sing")]
    if word.endswith("ed") and verbal:
        return [Reading("NN", -3.0, lemma, "Number=Sing")]
    return [Reading("NN", 0.0, lemma, "Number=Sing")]


def _adjective(word: str, lemma: str, *, verbal: bool) -> Reading:
    if word != lemma:
        return Reading("JJS" if word.endswith("st") else "JJR", 0.8, lemma)
    if verbal and word.endswith(("ed", "ing")):
        return Reading("JJ", -1.0, lemma)
    return Reading("JJ", 0.5 if word.endswith(_ADJECTIVAL) else -0.1, lemma)


_ADJECTIVAL = ("al", "ous", "ive", "ful", "less", "ible", "able", "ic", "ish", "ary", "ian", "ese", "ant", "ent", "y")


def _guessed(word: str) -> list[Reading]:
    """By shape, for a word that no list has."""
    if "-" in word:
        return _hyphenated(word)
    if not word[0].isalpha():
        return [Reading("X", 0, word)]
    if word.endswith("ly"):
        return [Reading("RB", 1, word)]
    if word.endswith("ing") and len(word) > 5:
        return [Reading("VBG", 0, word[:-3]), Reading("NN", -0.5, word)]
    if word.endswith("ed") and len(word) > 4:
        return [Reading("VBD", 0.5, _base(word)), Reading("JJ", -0.5, word)]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return [Reading("NNS", 0, word[:-1], "Number=Plur"), Reading("VBZ", -1.5, word[:-1])]
    weight = 0.5 if word.endswith(_ADJECTIVAL[:-3]) else -1.5
    return [Reading("NN", 0, word, "Number=Sing"), Reading("JJ", weight, word)]


def _base(word: str) -> str:
    """The infinitive of an unknown past form: by that of the word behind its prefix, else by spelling."""
    for prefix in ("re", "un", "over", "out", "mis", "pre", "de", "co"):
        known = _lemmas()(word.removeprefix(prefix)).get("VERB") if word.startswith(prefix) else None
        if known:
            return prefix + known[0]
    stem = word[:-2]
    return stem + "e" if stem.endswith(("c", "g", "s", "u", "v", "z", "at", "iz")) and not stem.endswith("ss") else stem


def _hyphenated(word: str) -> list[Reading]:
    last = word.rsplit("-", 1)[1]
    if not last or word in _closed():
        return [Reading("NN", 0, word)]
    if last in {"year", "month", "week", "day", "hour", "minute", "old", "mile", "metre", "kilometre", "storey"}:
        return [Reading("JJ", 1, word), Reading("NN", 0, word)]
    if last.endswith("ly"):
        return [Reading("RB", 1, word)]
    tags = {r.tag: r for r in readings(last)}
    found = [Reading("JJ", 0.6, word)]
    if "NN" in tags:
        found.append(Reading("NN", 0.3, word, "Number=Sing"))
    if "NNS" in tags:
        found.append(Reading("NNS", 1.0, word[:-1], "Number=Plur"))
    if word.startswith(("re-", "co-", "over-", "un-")):
        found += [Reading(r.tag, r.weight, word) for r in tags.values() if r.tag.startswith("VB")]
    return found
