"""What a line shows, as named features: its form, its words, whom it addresses; ``junk_weights`` weighs them.

Nothing here decides. Words that the article itself uses in its prose are no sign of furniture, so they count for
nothing (an article on subscriptions may speak of subscribers).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extraction.cleaning import folded_words, load_cleaning
from extraction.languages.data import read_lines
from extraction.languages.discovery import languages
from extraction.lines import Line
from extraction.page import Page

_HEADING = re.compile(r"\[(signs|words|search): (\w+)\]")
_CLAUSE = re.compile(r"[.!?:;|•–—→►>]+\s+")
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("separators", r"\s[|·•›»/]\s|›|»\s*\w+\s*»|\s>\s|\|"),
        ("arrow", r"[→←►▶➜⇒»›]|>>|<<"),
        ("address", r"(?:https?://|www\.)\S|\b[\w-]{2,40}\.(?:com|fr|org|net|be|ch|ca|info|uk|example|tv|io|co)\b"),
        ("mail", r"\S@\w"),
        ("account", r"(?:^|\s)@\w"),
        ("hashtag", r"(?:^|\s)#\w"),
        ("phone", r"\+\d{2}[ \d().-]{6}|\b0\d(?:[ .]\d\d){4}|\b0 ?800\b|\b1[- ]800\b|\b\d{3}-\d{4}\b"),
        ("copyright", r"©|\(c\)|®|™"),
        ("price", r"\d ?[€$£]|[€$£] ?\d|\d ?(?:euros?|dollars?|fcfa|f cfa)\b"),
        ("percent", r"\d ?%"),
        ("clock", r"\b\d{1,2} ?[h:] ?\d{2}\b|\b\d{1,2}[.:]\d{2} ?[ap]\.?m"),
        ("minutes", r"\b\d{1,3} ?(?:min|mn|mins|minutes?)\b"),
        ("date", r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d{2}\b|\b20[0-3]\d\b"),
        ("thousands", r"\d[  ,.]\d{3}\b"),
        ("starred", r"^\W*[*✓★☆●■]|\*$"),
        ("plus", r"^\+|\+$|\s\+\s"),
        ("user name", r"^@?(?=\w*[a-z])\w*\d\w*(?: (?:dit|a dit|a écrit|says|said|wrote))?\s*:?$|^\w+_\w+$"),
        ("pages of a book", r"\b\d{2,4} ?(?:p\b|pages\b|pp\b)"),
        ("ages", r"\d ?(?:ans|year-old|years old)\b|, \d\d,"),
        ("clock first", r"^\W*\d{1,2}\s?[h:.]\s?\d{2}\b"),
        ("score", r"\b\d{1,2} ?[-–] ?\d{1,2}\b"),
        ("bracketed", r"^[\[(].*[\])]\W*$"),
    )
)
_QUOTES = frozenset('«»“”"')
_CRIES = frozenset("?!")
_CRY = re.compile(r"[?!] \w")
_ENDS = {".": "stop", "?": "question", "!": "cry", "…": "dots", ":": "colon", ",": "comma", ";": "semicolon"}
_OPENING_QUOTE = "«“\"‘'"
_LENGTHS = ((2, "1-2"), (4, "3-4"), (8, "5-8"), (15, "9-15"), (30, "16-30"), (60, "31-60"))
_MOST_SIGNS = 3
_DENSE_WORDS = 8
_SAMPLE = 600
_STEM = 6

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Signs:
    """What ``signs.txt`` of every language says, with the page words of ``cleaning.txt``; all of it folded.

    ``rules`` gives words and pairs of words the rules that they are signs of. ``codes`` are the languages that have
    signs; ``call`` is the form of a word that bids, if it is none of ``not_calls``.
    """

    codes: frozenset[str]
    rules: Mapping[str, tuple[str, ...]]
    known: frozenset[str]
    calls: frozenset[str]
    reader: frozenset[str]
    outlet: frozenset[str]
    first_person: frozenset[str]
    third_person: frozenset[str]
    saying: frozenset[str]
    not_calls: frozenset[str]
    call: re.Pattern[str] | None


def load_signs() -> Signs:
    """The signs of all installed languages, read once per process."""
    return _signs_of(tuple(languages()))


@lru_cache(maxsize=2)
def _signs_of(codes: tuple[str, ...]) -> Signs:
    page_words = load_cleaning().page_words
    read = {code: _read(code) for code in codes}
    sections = [(kind, name, words) for own in read.values() for (kind, name), words in own.items()]
    rules: dict[str, dict[str, None]] = {}
    for kind, name, words in sections:
        for sign in words if kind == "signs" else ():
            rules.setdefault(sign, {})[name] = None
    for own in page_words:
        for word, rule in own.rules.items():
            rules.setdefault(word, {})[rule] = None

    def words_of(name: str) -> frozenset[str]:
        return frozenset(word for kind, own, words in sections if (kind, own) == ("words", name) for word in words)

    calls = [pattern for kind, name, words in sections if (kind, name) == ("search", "call") for pattern in words]
    return Signs(
        codes=frozenset(code for code, own in read.items() if own),
        rules={sign: tuple(found) for sign, found in rules.items()},
        known=_union(words.known for words in page_words),
        calls=_union(words.calls for words in page_words),
        reader=_union(words.reader for words in page_words),
        outlet=_union(words.outlet for words in page_words),
        first_person=words_of("first_person"),
        third_person=words_of("third_person"),
        saying=words_of("saying"),
        not_calls=words_of("not_calls"),
        call=re.compile("|".join(calls)) if calls else None,
    )


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset(word for words in sets for word in words)


def _read(code: str) -> dict[tuple[str, str], list[str]]:
    sections: dict[tuple[str, str], list[str]] = {}
    current: list[str] = []
    for _, line in read_lines(code, "signs.txt"):
        if heading := _HEADING.fullmatch(line):
            current = sections.setdefault((heading[1], heading[2]), [])
        else:
            current.extend(line.split())
    return sections


def line_features(page: Page, line: Line, topical: AbstractSet[str]) -> Features:
    """The named features of one line, each from 0 to about 3; ``topical`` are stems of words that tell nothing."""
    signs = load_signs()
    words = folded_words(line.text[:_SAMPLE])
    features: Features = {"bias": 1.0}
    _add_form(line, words, features)
    _add_address(signs, line, words, features)
    _add_words(page, line, signs, words, topical, features)
    return features


def count_signs(signs: Signs, words: list[str], topical: AbstractSet[str]) -> Counter[str]:
    """How many signs of each rule a line holds; a pair of words counts as much as a word."""
    found: Counter[str] = Counter()
    telling = [word if word[:_STEM] not in topical else "" for word in words]
    for word in telling:
        found.update(signs.rules.get(word, ()))
    for first, second in pairwise(words):
        found.update(signs.rules.get(f"{first}_{second}", ()))
    return found


def _add_form(line: Line, words: list[str], features: Features) -> None:
    text = line.text[:_SAMPLE]
    count = len(words)
    end = _end_of(line)
    features[f"length {next((name for most, name in _LENGTHS if count <= most), '61+')}"] = 1.0
    features[f"end {end}"] = 1.0
    features[f"end {end} {'short' if count <= 8 else 'long'}"] = 1.0
    for name, pattern in _FORMS:
        if pattern.search(text):
            features[name] = 1.0
    features["digits"] = min(1.0, 3 * sum(c.isdigit() for c in text) / max(1, len(text)))
    features["commas"] = min(1.0, text.count(", ") / 3)
    shown = {
        "starts small": text[:1].islower(),
        "starts with digit": text[:1].isdigit(),
        "bulleted": line.bulleted,
        "quotes": text[:1] in _OPENING_QUOTE or not _QUOTES.isdisjoint(text),
        "starts with quote": line.quoted,
        "cries inside": not _CRIES.isdisjoint(text[:-4]) and _CRY.search(text) is not None,
        "colon inside": ": " in text[:40],
    }
    features.update((name, 1.0) for name, value in shown.items() if value)
    _add_capitals(text, features)


def _add_capitals(text: str, features: Features) -> None:
    letters = [c for c in text[:200] if c.isalpha()]
    if len(letters) >= 2 and sum(c.isupper() for c in letters) > 0.7 * len(letters):
        features["capitals"] = 1.0
    tokens = [token for token in text.split() if token[:1].isalpha()]
    if len(tokens) >= 2:
        features["capitalised words"] = sum(token[0].isupper() for token in tokens[1:]) / (len(tokens) - 1)


def _end_of(line: Line) -> str:
    """The name of a line's last sign."""
    return _ENDS.get(line.text[-1:], "") or _ENDS.get(line.ending, "none")


def _add_address(signs: Signs, line: Line, words: list[str], features: Features) -> None:
    present = set(words)
    reader, outlet = present & signs.reader, present & signs.outlet
    if reader:
        features["reader"] = 1.0
    if outlet:
        features["outlet"] = 1.0
    if reader and outlet:
        features["reader and outlet"] = 1.0
    if not signs.first_person.isdisjoint(present):
        features["first person"] = 1.0
    if not signs.third_person.isdisjoint(present):
        features["third person"] = 1.0
    openings = [w for clause in _CLAUSE.split(line.text[:_SAMPLE]) for w in folded_words(clause[:60])[:1]]
    calls = [w for w in openings if w in signs.calls]
    shaped = [w for w in openings if signs.call is not None and signs.call.fullmatch(w) and w not in signs.not_calls]
    if calls:
        features["call"] = 1.0
        if words and words[0] in signs.calls:
            features["call first"] = 1.0
    if shaped:
        features["shape of a call"] = 1.0
    if (calls or shaped) and (reader or outlet):
        features["call to reader"] = 1.0


def _add_words(
    page: Page, line: Line, signs: Signs, words: list[str], topical: AbstractSet[str], features: Features
) -> None:
    share = _share_of_function_words(page, line)
    features[f"function {'none' if share < 0.1 else 'few' if share < 0.25 else 'some' if share < 0.4 else 'many'}"] = (
        1.0
    )
    if page.has_finite_verb(line):
        features["finite verb"] = 1.0
        if line.ends_sentence and len(words) >= 5:
            features["sentence"] = 1.0
    if not signs.saying.isdisjoint(words):
        features["saying"] = 1.0
    content = [w for w in words if len(w) >= 4 or w in signs.rules]
    known = [w for w in content if w in signs.known and w[:_STEM] not in topical]
    if content:
        features["known words"] = len(known) / len(content)
    found = count_signs(signs, words, topical)
    # A long paragraph holds more words of any kind: what counts is how dense they stand.
    thinned = min(1.0, (_DENSE_WORDS / max(1, len(content))) ** 0.5)
    for rule, count in found.items():
        features[f"sign {rule}"] = min(count, _MOST_SIGNS) * thinned
    total = sum(found.values())
    features["signs"] = min(total, 8) / 4 * thinned
    features["sign density"] = min(1.0, total / max(3, len(content)))
    if not total:
        features["no sign"] = 1.0
    if page.lexicon.given_names.intersection(line.words[:2]):
        features["given name"] = 1.0
    for word in set(words):
        if len(word) >= 3 and word[:_STEM] not in topical and not word.isdigit():
            features[f"word {word}"] = thinned


def _share_of_function_words(page: Page, line: Line) -> float:
    return max((page.function_share(line, code) or 0.0 for code in page.function_words), default=0.0)
