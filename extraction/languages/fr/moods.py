"""Conditionals, futures and presents that the parser takes for other tenses, and genders of participles, by their form.

The endings of the conditional are those of the imperfect on a stem that ends in r ("partirait"); where the verb's own
stem does not end in r ("part-"), that r can only be the conditional's. "Réunit" may be a present or a simple past, of
which newspapers write the present. Grevisse, *Le Bon Usage*, on the simple tenses.
"""

from __future__ import annotations

import re

_CONDITIONAL = re.compile(r"(.*r)(?:ais|ait|ions|iez|aient)")
_FUTURE = re.compile(r"(.*r)(?:ai|as|a|ons|ez|ont)")
_INFINITIVE = re.compile(r"(.+?)(?:er|ir|oir|re)")
_IMPERFECT = re.compile(r".*(?:ais|ait|ions|iez|aient)")
# Verbs in -ir whose present drops more than the r, so that -it is their simple past alone ("il partit", "il ouvrit").
_PAST_ONLY = re.compile(r".*(?:part|sort|dorm|sent|serv|ment|ouvr|couvr|offr|souffr|cueill|assaill)ir|.*vêtir|fuir")
_SHORTEST = 8
_PAST = ("Tense=Past", "VerbForm=Part")
_INFINITIVES = ("er", "ir", "re", "oir", "ïr")
_MOOD_OR_TENSE = re.compile(r"(?:Mood|Tense|VerbForm)=\w+")
_VERBAL = re.compile(r"VerbForm=(?:Fin|Part)")


def mended_morph(form: str, lemma: str, morph: str) -> str:
    """UD features of a verb, put right where its form leaves no doubt: mood, tense, and a participle's gender."""
    if "VerbForm=Part" in morph and form.endswith(("ée", "ées")):
        return morph.replace("Gender=Masc", "Gender=Fem")
    if "VerbForm=Fin" in morph and form.lower().endswith(("é", "ée", "és", "ées")):
        return "|".join(sorted([*(f for f in morph.split("|") if f.startswith(("Gender", "Number"))), *_PAST]))
    if "VerbForm=Inf" in morph and not form.lower().endswith(_INFINITIVES):
        return _of_no_infinitive(form.lower(), morph)
    if not _VERBAL.search(morph) or "Tense=Fut" in morph:
        return morph
    return _of_tense(form.lower(), lemma, morph)


def _of_tense(word: str, lemma: str, morph: str) -> str:
    if "Mood=Cnd" in morph:
        is_imperfect = _CONDITIONAL.fullmatch(word) is None and _IMPERFECT.fullmatch(word) is not None
        return _with(morph, "Mood=Ind", "Tense=Imp") if is_imperfect else morph
    participle = "VerbForm=Part" in morph
    if "Tense=Past" in morph and not participle and _may_be_present(word, lemma):
        return _with(morph, "Mood=Ind", "Tense=Pres")
    if _has_ending(_CONDITIONAL, word, lemma):
        return _with(morph, "Mood=Cnd", "Tense=Pres")
    future = _FUTURE.fullmatch(word)
    on_infinitive = future is not None and future[1] == lemma
    if on_infinitive or ((participle or "Tense=Pres" not in morph) and _has_ending(_FUTURE, word, lemma)):
        return _with(morph, "Mood=Ind", "Tense=Fut")
    return morph


def _may_be_present(word: str, lemma: str) -> bool:
    return lemma.endswith("ir") and word == f"{lemma[:-1]}t" and _PAST_ONLY.fullmatch(lemma) is None


def mended_lemma(lemma: str) -> str:
    """The infinitive in one that the parser made from a conditional ("boycotteraier" -> "boycotter")."""
    if not lemma.endswith("raier") or len(lemma) < _SHORTEST:
        return lemma
    stem = lemma.removesuffix("aier")
    return stem + "e" if stem.endswith(("dr", "tr")) else stem


def _of_no_infinitive(word: str, morph: str) -> str:
    """What a form that no infinitive has is: a past participle, or a present."""
    if word.endswith(("é", "ée", "és", "ées")):
        return morph.replace("VerbForm=Inf", "Tense=Past|VerbForm=Part")
    return morph.replace("VerbForm=Inf", "Mood=Ind|Tense=Pres|VerbForm=Fin") if word.endswith(("e", "ent")) else morph


def _has_ending(ending: re.Pattern[str], word: str, lemma: str) -> bool:
    found, stem = ending.fullmatch(word), _INFINITIVE.fullmatch(lemma)
    if found is None or stem is None:
        return False
    if found[1] in {lemma, lemma.removesuffix("e")}:
        return True
    doubled = found[1].endswith("rr") and not stem[1].endswith("rr")
    return doubled or not stem[1].endswith("r")


def _with(morph: str, *features: str) -> str:
    kept = [feature for feature in morph.split("|") if not _MOOD_OR_TENSE.fullmatch(feature)]
    return "|".join(sorted([*kept, *features, "VerbForm=Fin"]))
