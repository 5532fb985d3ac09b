"""Phrases without inner ambiguity: noun phrases and verb groups, whose inner relations are set here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extraction.languages.en.classes import AUXILIARIES, FINITE, VERBAL
from extraction.languages.en.data import word_set
from extraction.languages.en.tokens import Word

Kind = Literal["NP", "VG", "ADJ", "ADV", "P", "SC", "CC", "REL", "PUNCT", "OTHER"]
VerbForm = Literal["finite", "infinitive", "gerund", "participle", ""]

_NOUNS = frozenset({"NN", "NNS", "NNP"})
_INNER = frozenset({"JJ", "JJR", "JJS", "CD", "NN", "NNS", "NNP"})
_STARTERS = frozenset({"DT", "PDT", "PRPS", "WPS", "CD", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "SYM"})
_QUOTES = frozenset('"“”‘«»')
_CURRENCY = frozenset("$€£¥")
_BEFORE_NUMBER = frozenset(
    {
        "about",
        "around",
        "nearly",
        "almost",
        "some",
        "roughly",
        "approximately",
        "over",
        "only",
        "just",
        "under",
        "exactly",
        "barely",
    }
)


@dataclass(slots=True)
class Chunk:
    """A phrase over the words ``start`` to ``end`` (excluded) of a passage; ``head`` is its governing word."""

    kind: Kind
    start: int
    end: int
    head: int
    form: VerbForm = ""
    passive: bool = False


def attach(words: Sequence[Word], at: int, head: int, relation: str) -> None:
    """Hangs a word on another, unless that would be itself."""
    if at != head:
        words[at].head, words[at].dep = head, relation


def chunk(words: Sequence[Word], start: int, end: int) -> list[Chunk]:
    """The phrases of one sentence, in order, tiling it."""
    chunks: list[Chunk] = []
    at = start
    while at < end:
        made = _next(words, at, end)
        chunks.append(made)
        at = made.end
    return chunks


def _next(words: Sequence[Word], at: int, end: int) -> Chunk:
    tag = words[at].tag
    if tag in {"PRP", "EX"}:
        return Chunk("NP", at, at + 1, at)
    verbal = tag in VERBAL or tag == "MD" or (tag == "TO" and _infinitive_follows(words, at, end))
    if verbal and not _is_prenominal(words, at, end):
        return verb_group(words, at, end)
    if tag in {"WP", "WDT", "WRB"}:
        return Chunk("REL", at, at + 1, at)
    if tag in _STARTERS or _approximator(words, at, end) or (tag in VERBAL and _is_prenominal(words, at, end)):
        return noun_phrase(words, at, end)
    kinds: dict[str, Kind] = {"IN": "P", "TO": "P", "SC": "SC", "CC": "CC", "PUNCT": "PUNCT", "RB": "ADV", "NOT": "ADV"}
    return Chunk(kinds.get(tag, "OTHER"), at, at + 1, at)


def _infinitive_follows(words: Sequence[Word], at: int, end: int) -> bool:
    after = at + 1
    while after < end and after < at + 3 and words[after].tag in {"RB", "NOT"}:
        after += 1
    return after < end and words[after].tag in {"VB", "VBP"}


def _is_prenominal(words: Sequence[Word], at: int, end: int) -> bool:
    """A participle before its noun, where a noun phrase begins with it ("wounded soldiers", "rising prices")."""
    if words[at].tag not in {"VBN", "VBG"} or words[at].lemma in AUXILIARIES or at + 1 >= end:
        return False
    before = words[at - 1] if at else None
    if words[at].tag == "VBG":
        describes = words[at].lower in word_set("attributive_ing") and words[at + 1].tag in {"NN", "NNS"}
        if before is None or not describes:
            return False
        return before.tag == "CC" or (before.tag in VERBAL and before.lemma not in AUXILIARIES)
    opens = before is None or before.tag in {"IN", "CC"} or (before.tag in VERBAL and before.lemma not in AUXILIARIES)
    return words[at].tag == "VBN" and opens and words[at + 1].tag in {"NN", "NNS"}


def _approximator(words: Sequence[Word], at: int, end: int) -> bool:
    """As in "about 300", "more than 300", "at least 300": the words before a number that belong to it."""
    return _number_after(words, at, end) > at


def _number_after(words: Sequence[Word], at: int, end: int) -> int:
    pair = " ".join(w.lower for w in words[at : at + 2])
    if pair in {
        "more than",
        "less than",
        "fewer than",
        "at least",
        "at most",
        "up to",
        "as many",
        "close to",
        "well over",
        "no more",
    }:
        after = at + 3 if pair in {"as many", "no more"} else at + 2
    elif words[at].lower in _BEFORE_NUMBER and words[at].tag != "DT":
        after = at + 1
    else:
        return at
    if after < end and words[after].text in _CURRENCY:
        after += 1
    return after if after < end and words[after].tag == "CD" else at


def noun_phrase(words: Sequence[Word], start: int, end: int) -> Chunk:
    """The longest simple noun phrase from ``start``; a phrase without noun and number is an adjective."""
    at = _inner_end(words, max(_number_after(words, start, end), start), end)
    inner = range(start, at)
    head = _head(words, inner)
    chunk_ = Chunk("NP", start, at, head)
    tag = words[head].tag
    if tag in {"JJ", "JJR", "JJS"} and words[start].tag not in {"DT", "PRPS"}:
        chunk_.kind = "ADJ"
    if tag in {"JJ", "VBN", "VBG"} and chunk_.kind == "NP" and head > start:
        words[head].tag, words[head].pos = "NN", "NOUN"
        tag = "NN"
    _relate(words, inner, head)
    while (
        at < end
        and words[at].tag == "POS"
        and tag in _NOUNS
        and at + 1 < end
        and words[at + 1].tag in _STARTERS - {"DT", "PRPS"}
    ):
        owner = head
        attach(words, at, owner, "case")
        stop = _inner_end(words, at + 1, end)
        head = _head(words, range(at + 1, stop))
        _relate(words, range(at + 1, stop), head)
        attach(words, owner, head, "nmod")
        at = stop
        chunk_ = Chunk("NP", start, at, head)
        tag = words[head].tag
    if at < end and words[at].tag == "POS":
        attach(words, at, head, "case")
        chunk_.end = at + 1
    return chunk_


def _inner_end(words: Sequence[Word], start: int, end: int) -> int:
    at, noun = start, False
    while at < end:
        tag = words[at].tag
        if not _fits(words, start, at, end, noun=noun):
            break
        noun = noun or tag in _NOUNS
        at += 1
    return max(at, start + 1)


def _fits(words: Sequence[Word], start: int, at: int, end: int, *, noun: bool) -> bool:
    tag = words[at].tag
    if at == start:
        return True
    following = words[at + 1].tag if at + 1 < end else ""
    if words[at - 1].tag == "PDT" or words[at - 1].text in _CURRENCY:
        return tag in {"DT", "PRPS", *_INNER}
    if words[at].text == "-":
        return at + 1 < end and words[at - 1].end == words[at].start and words[at].end == words[at + 1].start
    if words[at].text == "%":
        return words[at - 1].tag == "CD"
    if words[at].text in _CURRENCY:
        return following == "CD" and not noun
    if tag in {"RB", "VBN", "VBG", "VBD"} and not noun:
        return following in _INNER | {"VBN", "VBG"} and words[at - 1].tag in {
            "DT",
            "PRPS",
            "JJ",
            "CD",
            "RB",
            "JJS",
            "JJR",
            "SYM",
        }
    if noun and (_opens_time(words, at, end) or _is_second_object(words, start, at)):
        return False
    if noun and words[at].lower in _TIME_NAMES and words[at - 1].lower not in _TIME_NAMES:
        return False
    if noun and tag == "JJ" and words[at - 1].tag == "NNP" and words[start].tag == "DT":
        return following in {"NN", "NNS"}
    if noun and tag in {"JJ", "JJR", "JJS", "CD"}:
        return tag == "CD" and (
            words[at - 1].text in word_set("months_days")
            or words[at - 1].lemma in {"number", "article", "section", "line"}
        )
    return tag in _INNER


def _is_second_object(words: Sequence[Word], start: int, at: int) -> bool:
    """As in "shown diplomats | satellite images": what is given follows to whom."""
    bare = at == start + 1 and words[start].tag == "NNS" and start > 0 and words[at].tag in {"NN", "JJ"}
    return bare and words[start - 1].tag in VERBAL and words[start - 1].lemma in word_set("ditransitive_verbs")


def _opens_time(words: Sequence[Word], at: int, end: int) -> bool:
    """As in "the fund | last year", "the disease | years before", "the way | cities think": another phrase begins."""
    following = words[at + 1] if at + 1 < end else None
    if following is None:
        return False
    if words[at].lower in {"last", "next"}:
        return following.lemma.lower() in word_set("time_nouns")
    if words[at].lemma.lower() in word_set("time_nouns") and words[at].tag == "NNS":
        return following.lower in {"before", "after", "later", "earlier", "ago"}
    return words[at - 1].lower == "way" and words[at].tag == "NNS" and words[at - 2].tag == "DT"


_TIME_NAMES = frozenset(
    {
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
    }
)


def _head(words: Sequence[Word], inner: range) -> int:
    """The last noun; of a name its first word, but of a described person ("the president Ana Ruiz") the description."""
    nouns = [at for at in inner if words[at].tag in _NOUNS or words[at].text == "%"]
    if not nouns:
        numbers = [at for at in inner if words[at].tag == "CD"]
        return numbers[-1] if numbers else inner[-1]
    last = nouns[-1]
    if words[last].tag != "NNP":
        return last
    first = last
    while (
        first - 1 in nouns and words[first - 1].tag == "NNP" and not (words[first].entity_start and words[last].entity)
    ):
        first -= 1
    if first - 1 in nouns and words[first - 1].tag in {"NN", "NNS"} and words[inner[0]].tag in {"DT", "PRPS"}:
        return first - 1
    return first


def _relate(words: Sequence[Word], inner: range, head: int) -> None:
    name = head if words[head].tag == "NNP" else -1
    for at in inner:
        if at == head:
            continue
        word = words[at]
        if word.tag == "NNP" and at > head:
            if name < 0:
                name = at
                attach(words, at, head, "appos")
            else:
                attach(words, at, name, "flat:name")
        else:
            attach(words, at, head, _inner_relation(words, at))


def _inner_relation(words: Sequence[Word], at: int) -> str:
    tag = words[at].tag
    if tag in {"DT", "PDT", "PRPS", "WPS"}:
        return "det"
    if tag == "CD":
        return "nummod"
    if tag in _NOUNS:
        return "compound"
    if tag in {"RB", "IN", "TO", "NOT"} or words[at].lower in {"more", "less", "least"}:
        return "advmod"
    return "amod" if tag in {"JJ", "JJR", "JJS", "VBN", "VBG"} else "dep"


def verb_group(words: Sequence[Word], start: int, end: int) -> Chunk:
    """Auxiliaries, adverbs and the main verb; the auxiliaries hang on the main verb."""
    first = words[start]
    parts: list[int] = []
    between: list[int] = []
    at = start
    while True:
        parts.append(at)
        step = _next_verb(words, at, end)
        if step <= at:
            break
        between.extend(range(at + 1, step))
        at = step
    main = parts[-1]
    tags = [words[p].tag for p in parts]
    form: VerbForm = "finite"
    if first.tag == "TO":
        form = "infinitive"
    elif tags[0] == "VBG":
        form = "gerund"
    elif tags[0] == "VBN":
        form = "participle"
    passive = words[main].tag == "VBN" and (form == "participle" or any(words[p].lemma == "be" for p in parts[:-1]))
    for p in parts[:-1]:
        attach(words, p, main, _auxiliary_relation(words, p, main))
    for p in between:
        attach(words, p, main, "mark" if words[p].tag == "TO" else "advmod")
    return Chunk("VG", start, at + 1, main, form, passive)


def _next_verb(words: Sequence[Word], at: int, end: int) -> int:
    """The next word of a verb group behind ``at``, over adverbs; ``at`` itself where there is none."""
    word = words[at]
    if not (word.tag in {"MD", "TO"} or word.lemma in AUXILIARIES or _going_to(words, at, end)):
        return at
    after = at + 1
    while after < end and after < at + 5 and (words[after].tag in {"RB", "NOT"} or words[after].text in _QUOTES):
        after += 1
    yet = word.lemma == "have" and words[after - 1].lower == "yet"
    if (
        after < end
        and words[after].tag == "TO"
        and (yet or _prospective(words, at))
        and _infinitive_follows(words, after, end)
    ):
        after += 1
        while words[after].tag in {"RB", "NOT"}:
            after += 1
        return after
    if after >= end:
        return at
    tag = words[after].tag
    wanted: frozenset[str] | set[str] = {"VB", "VBP"}
    if word.lemma == "have" and word.tag in VERBAL:
        wanted = {"VBN"}
    elif word.lemma == "be" and word.tag in VERBAL:
        wanted = {"VBN", "VBG"}
    return after if tag in wanted else at


def _going_to(words: Sequence[Word], at: int, end: int) -> bool:
    return (
        words[at].lower == "going"
        and at > 0
        and words[at - 1].lemma in {"be", "not"}
        and at + 1 < end
        and words[at + 1].tag == "TO"
    )


def _prospective(words: Sequence[Word], at: int) -> bool:
    """As in "is to sign", "is going to sign": a plan, told by auxiliaries."""
    if words[at].lower == "going":
        words[at].morph = "Tense=Fut|VerbForm=Part"
        return True
    if words[at].lemma == "be" and words[at].tag in FINITE:
        words[at].morph = f"{words[at].morph}|Tense=Fut".replace("Tense=Pres|", "")
        return True
    return False


def _auxiliary_relation(words: Sequence[Word], at: int, main: int) -> str:
    word = words[at]
    if word.tag == "TO":
        return "mark"
    word.pos = "AUX"
    if word.tag == "MD" or word.lemma == "do" or word.lower == "going":
        return "aux"
    if word.lemma == "have":
        return "aux:tense"
    return "aux:pass" if words[main].tag == "VBN" and word.lemma == "be" else "aux:tense"
