"""Parts of speech by the best path through each sentence (Viterbi), with weights set by hand; then UD's classes.

Working classes follow the Penn treebank where grammar needs more than UD's: ``VBD`` stands for the past tense and the
participle until the verb group decides, ``VB`` for the infinitive and the present alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from extraction.languages.en.classes import POS_OF, VERBAL
from extraction.languages.en.data import phrase_set, table, word_set
from extraction.languages.en.retagging import add_missing_verb, retag
from extraction.languages.en.tokens import Word
from extraction.languages.en.vocabulary import Reading, closed_readings, is_known, readings

_SYMBOLS = frozenset("$€£¥%°§+=<>~^|*&#@©®™")
_OPENERS = frozenset("\"“‘'«([-–—:•")


def tag_sentence(words: Sequence[Word], names: frozenset[str] = frozenset()) -> None:
    """Sets tag, lemma, part of speech and features of the words of one sentence.

    ``names`` are words that the article uses as names where a capital says so; at the start of a sentence they are too.
    """
    headline = _is_headline(words)
    choices = [
        (Reading("NNP", 3, word.text, "Number=Sing"),)
        if word.text in names and not closed_readings(word.lower)
        else _choices(words, at, headline=headline)
        for at, word in enumerate(words)
    ]
    for word, reading in zip(words, _best_path(choices), strict=True):
        word.tag, word.lemma, word.morph = reading.tag, reading.lemma, reading.features
    _repair(words)
    for word in words:
        word.pos = "AUX" if word.lemma == "be" and word.tag in VERBAL else POS_OF[word.tag]


@lru_cache(maxsize=1)
def _transitions() -> dict[str, dict[str, float]]:
    return {
        tag: {name: float(weight) for name, weight in (pair.split("=") for pair in row[0].split())}
        for tag, row in table("transitions").items()
    }


def _best_path(choices: Sequence[Sequence[Reading]]) -> list[Reading]:
    """The readings with the greatest sum of weights; cost grows with the sentence times the square of a word's few."""
    after = _transitions()
    scores, backs = [0.0], []
    previous: Sequence[Reading] = (Reading("^", 0, ""),)
    for options in choices:
        best: list[tuple[float, int]] = []
        for option in options:
            reached = [s + after.get(p.tag, {}).get(option.tag, 0.0) for s, p in zip(scores, previous, strict=True)]
            top = max(range(len(reached)), key=reached.__getitem__)
            best.append((reached[top] + option.weight, top))
        backs.append([top for _, top in best])
        scores, previous = [score for score, _ in best], options
    at = max(range(len(scores)), key=scores.__getitem__)
    path = []
    for options, back in zip(reversed(choices), reversed(backs), strict=True):
        path.append(options[at])
        at = back[at]
    return path[::-1]


def _choices(words: Sequence[Word], at: int, *, headline: bool) -> Sequence[Reading]:
    word = words[at]
    first = word.text[0]
    if first.isdigit():
        return (Reading("CD", 3, word.text, "NumType=Card"),) if word.text[-1].isdigit() else _numeric(word)
    if (
        word.text == "&"
        and 0 < at < len(words) - 1
        and words[at - 1].text[0].isupper()
        and words[at + 1].text[0].isupper()
    ):
        return (Reading("NNP", 3, "&"),)
    if not first.isalpha() and word.lower not in {"'s", "'", "'re", "'ve", "'ll", "'d", "'m"}:
        return (_symbol(word),)
    if word.lower == "'s":
        return _apostrophe_s(words, at)
    if not first.isupper() or word.text == "I":
        return _before_to(_lower_readings(word), words, at)
    return _capitalised(words, at, headline=headline)


def _before_to(options: Sequence[Reading], words: Sequence[Word], at: int) -> Sequence[Reading]:
    """Favours the verb in "the government plans to build": those that govern an infinitive, behind no article."""
    if at + 1 < len(words) and words[at + 1].lower == "to":
        return [replace(r, weight=r.weight + 2.2) if _governs_infinitive(r) else r for r in options]
    return options


def _governs_infinitive(reading: Reading) -> bool:
    return reading.tag in {"VB", "VBZ"} and reading.lemma in word_set("infinitive_verbs")


def _lower_readings(word: Word) -> Sequence[Reading]:
    plain = word.lower
    if plain.isalpha() or closed_readings(plain) or "-" in plain:
        return readings(plain)
    if any(c.isdigit() for c in plain) or " " in plain:
        return (Reading("CD", 1, plain, "NumType=Card"), Reading("NN", 0, plain))
    return readings(plain)


def _numeric(word: Word) -> Sequence[Reading]:
    if word.lower.endswith(("st", "nd", "rd", "th")):
        return (Reading("JJ", 1, word.lower, "NumType=Ord"), Reading("NN", 0, word.lower))
    if "-" in word.text:
        return (Reading("JJ", 1, word.lower),)
    return (Reading("CD", 3, word.text, "NumType=Card"),)


def _symbol(word: Word) -> Reading:
    return Reading("SYM" if word.text in _SYMBOLS else "PUNCT" if not word.text[0].isalnum() else "X", 0, word.text)


def _apostrophe_s(words: Sequence[Word], at: int) -> Sequence[Reading]:
    """Possessive behind a noun or name, "is" behind a pronoun."""
    before = words[at - 1].lower if at else ""
    if before in {"it", "he", "she", "that", "there", "what", "who", "where", "here", "how", "this"}:
        return (Reading("VBZ", 3, "be"),)
    if before == "let":
        return (Reading("PRP", 3, "we"),)
    return (Reading("POS", 1.0, "'s"), Reading("VBZ", 0.0, "be"))


def _capitalised(words: Sequence[Word], at: int, *, headline: bool) -> Sequence[Reading]:
    word, plain = words[at], words[at].lower
    if plain in _days() or word.text in word_set("months_days"):
        return (Reading("NNP", 3, word.text, "Number=Sing"),)
    name = Reading("NNP", 2, word.text, "Number=Sing")
    if word.text in word_set("demonyms"):
        return (Reading("JJ", 1, word.text), Reading("NNP", 0.3, word.text, "Number=Sing"))
    if word.text.endswith("s") and word.text[:-1] in word_set("demonyms"):
        return (Reading("NNS", 1, word.text[:-1], "Number=Plur"),)
    if len(word.text) > 1 and word.text.isupper() and not headline and not _all_capitals(words):
        return (name,)
    starts = at == 0 or words[at - 1].text in ".!?" or (words[at - 1].text in _OPENERS and _opens_here(words, at))
    if not starts and not headline:
        closed = closed_readings(plain)
        return (
            (name,) if closed is None else (name, *(Reading(r.tag, r.weight - 3, r.lemma, r.features) for r in closed))
        )
    return _initial(words, at, name)


def _opens_here(words: Sequence[Word], at: int) -> bool:
    """A mark that may open or close opens where no space follows; a dash or colon always does."""
    return words[at - 1].text in "-–—:•" or words[at - 1].end == words[at].start


def _initial(words: Sequence[Word], at: int, name: Reading) -> Sequence[Reading]:
    """A capital that says nothing: a name only where the word is none of the language's, or a known name."""
    plain, text = words[at].lower, words[at].text
    if closed_readings(plain):
        return readings(plain)
    following = words[at + 1] if at + 1 < len(words) else None
    capital_next = following is not None and following.text[0].isupper() and following.text[0].isalpha()
    known_name = text in word_set("names_f") or text in word_set("names_m") or text in phrase_set("places")
    if known_name and (capital_next or not is_known(plain) or text in phrase_set("places")):
        return (name,)
    if not is_known(plain):
        return (name,)
    weight = 1.0 if capital_next else -2.0
    if known_name:
        weight += 2.0
    return (*readings(plain), Reading("NNP", weight, text, "Number=Sing"))


@lru_cache(maxsize=1)
def _days() -> frozenset[str]:
    return frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})


def _is_headline(words: Sequence[Word]) -> bool:
    """Title case or capitals throughout, but for small words: there a capital says nothing."""
    letters = [w for w in words if w.text[0].isalpha()]
    small = [w for w in letters if not w.text[0].isupper()]
    return (
        len(letters) >= 4
        and len(small) <= 0.4 * len(letters)
        and all(closed_readings(w.lower) and len(w.text) <= 5 for w in small)
        and words[-1].text not in {".", "?", "!", "”", '"'}
    )


def _all_capitals(words: Sequence[Word]) -> bool:
    letters = [w.text for w in words if w.text[0].isalpha() and len(w.text) > 1]
    return len(letters) > 2 and sum(t.isupper() for t in letters) > 0.6 * len(letters)


def _repair(words: Sequence[Word]) -> None:
    """Decides past tense against participle and infinitive against present, from the verbs before each verb."""
    add_missing_verb(words)
    governor, distance = "", 0
    for at, word in enumerate(words):
        if word.tag in {"RB", "NOT", "PUNCT"} and distance < 4 and word.text not in {".", ";", ":"}:
            distance += 1
            continue
        retag(words, at, governor)
        if word.tag in VERBAL:
            _decide(words, at, governor)
        governor = _governor(word, governor, distance)
        distance = 0 if word.tag in VERBAL or word.tag in {"MD", "TO"} else distance + 1


def _governor(word: Word, before: str, distance: int) -> str:
    if word.tag == "MD" or (word.lemma == "do" and word.tag in VERBAL):
        return "base"
    if word.tag == "TO":
        return "infinitive"
    if word.tag in VERBAL and word.lemma in {"be", "have"}:
        return word.lemma
    # "Has the government …?": the subject may stand between the auxiliary and its verb only in a question.
    return before if word.tag in {"PRP", "EX"} and distance < 1 and before in {"base"} else ""


def _decide(words: Sequence[Word], at: int, governor: str) -> None:
    word = words[at]
    if governor in {"be", "have"} and word.tag in {"VBD", "VB"} and (word.tag == "VBD" or _is_own_past(word)):
        word.tag = "VBN"
    if word.tag == "VB" and governor not in {"base", "infinitive"}:
        word.tag = "VBP"
    if word.tag == "VBD" and governor == "" and _is_reduced(words, at):
        word.tag = "VBN"
    _features(word)


def _is_own_past(word: Word) -> bool:
    return word.lower in word_set("invariable_verbs")


def _is_reduced(words: Sequence[Word], at: int) -> bool:
    """A participle without auxiliary ("a man named X", "the bridge built in 1932", "shot by police")."""
    word = words[at]
    parted = at + 2 < len(words) and words[at + 1].lower in word_set("particles_verb") and words[at + 2].lower == "by"
    step = at + 2 if parted else at + 1
    following = words[step].lower if step < len(words) else ""
    measured = step + 1 < len(words) and (words[step + 1].tag == "CD" or words[step + 1].text in _SYMBOLS)
    if following == "by" and measured:
        return False
    if word.lemma == "be" or (
        word.lower in {"did", "was", "were", "had", "went", "came", "took", "gave", "saw", "wrote"}
    ):
        return False
    before = words[at - 1].tag if at else "^"
    pair = f"{word.lemma}_{following}" in word_set("passive_pairs")
    if pair and before in {"NN", "NNS", "NNP", "PUNCT", "^"}:
        return True
    if before in {"DT", "PRPS", "IN", "JJ", "POS"} or (before == "^" and following in {"by", "in", "on", "at"}):
        return True
    return (
        following == "by"
        and before in {"NN", "NNS", "NNP", "PUNCT", "CD"}
        and word.lower not in {"said", "rose", "fell"}
    )


def _features(word: Word) -> None:
    features = {
        "VB": "VerbForm=Inf",
        "VBP": "Mood=Ind|Tense=Pres|VerbForm=Fin",
        "VBZ": "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
        "VBD": "Mood=Ind|Tense=Past|VerbForm=Fin",
        "VBN": "Tense=Past|VerbForm=Part",
        "VBG": "Tense=Pres|VerbForm=Part",
    }
    word.morph = features[word.tag]
