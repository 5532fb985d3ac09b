"""What a line shows, as named features that ``extraction/junk_weights.py`` weighs: its form, its words, whom it addresses.

Nothing here decides. Words that the article itself uses in its prose are no sign of furniture, so they count for
nothing (an article on subscriptions may speak of subscribers).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from extraction.cleaning import LANGUAGES, folded_words, load_cleaning
from extraction.lines import Line
from extraction.page import Page

_HEADING = re.compile(r"\[signs: (\w+)\]")
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
        ("dots", r"(?:…|\.\.\.)\W*$"),
        ("user name", r"^@?(?=\w*[a-z])\w*\d\w*(?: (?:dit|a dit|a écrit|says|said|wrote))?\s*:?$|^\w+_\w+$"),
        ("pages of a book", r"\b\d{2,4} ?(?:p\b|pages\b|pp\b)"),
        ("ages", r"\d ?(?:ans|year-old|years old)\b|, \d\d,"),
        ("clock first", r"^\W*\d{1,2}\s?[h:.]\s?\d{2}\b"),
        ("bracketed", r"^[\[(].*[\])]\W*$"),
    )
)
_YEAR_OR_SCORE = re.compile(r"\b\d{1,2} ?[-–] ?\d{1,2}\b")
_FRENCH_CALL = re.compile(r"[a-z]{3,}ez")
_NO_CALLS = frozenset({"assez", "chez", "allez", "venez", "avez", "savez"})
_FIRST_PERSON = frozenset({"je", "j", "moi", "mon", "ma", "mes", "i", "my", "me", "i'm"})
_THIRD_PERSON = frozenset({"il", "elle", "ils", "elles", "he", "she", "they", "his", "her", "their", "him"})
_OPENING_QUOTE = "«“\"‘'"
_SAYING = frozenset({"said", "says", "told", "dit", "explique", "raconte", "assure", "affirme", "selon", "estime", "indique"})
_LENGTHS = ((2, "1-2"), (4, "3-4"), (8, "5-8"), (15, "9-15"), (30, "16-30"), (60, "31-60"))
_MOST_SIGNS = 3
_DENSE_WORDS = 8
_STEM = 6

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Signs:
    """Words and pairs of words of all languages, with the rules that they are signs of."""

    rules: Mapping[str, tuple[str, ...]]
    known: frozenset[str]
    calls: frozenset[str]
    reader: frozenset[str]
    outlet: frozenset[str]


@lru_cache(maxsize=1)
def load_signs() -> Signs:
    """The signs of all languages, read once per process."""
    page_words = load_cleaning().page_words
    rules: dict[str, list[str]] = {}
    for code in LANGUAGES:
        for sign, rule in _read(code):
            if rule not in rules.setdefault(sign, []):
                rules[sign].append(rule)
    for words in page_words:
        for word, rule in words.rules.items():
            if rule not in rules.setdefault(word, []):
                rules[word].append(rule)
    return Signs(
        {sign: tuple(found) for sign, found in rules.items()},
        frozenset().union(*(words.known for words in page_words)),
        frozenset().union(*(words.calls for words in page_words)),
        frozenset().union(*(words.reader for words in page_words)),
        frozenset().union(*(words.outlet for words in page_words)),
    )


def _read(code: str) -> Iterator[tuple[str, str]]:
    rule = ""
    data = files("extraction.languages").joinpath(code, "signs.txt").read_text(encoding="utf-8")
    for line in data.splitlines():
        if heading := _HEADING.fullmatch(line):
            rule = heading[1]
        elif line and not line.startswith("#"):
            for sign in line.split():
                yield sign, rule


def line_features(page: Page, line: Line, topical: Set[str]) -> Features:
    """The named features of one line, each from 0 to about 3; ``topical`` are stems of words that tell nothing."""
    signs = load_signs()
    words = folded_words(line.text[:600])
    features: Features = {"bias": 1.0}
    _add_form(line, words, features)
    _add_address(signs, line, words, features)
    _add_words(page, line, signs, words, topical, features)
    return features


def count_signs(signs: Signs, words: list[str], topical: Set[str]) -> Counter[str]:
    """How many signs of each rule a line holds; a pair of words counts as much as a word."""
    found: Counter[str] = Counter()
    telling = [word if word[:_STEM] not in topical else "" for word in words]
    for word in telling:
        found.update(signs.rules.get(word, ()))
    for first, second in pairwise(words):
        found.update(signs.rules.get(f"{first}_{second}", ()))
    return found


def _add_form(line: Line, words: list[str], features: Features) -> None:
    text = line.text[:600]
    count = len(words)
    length = next((name for most, name in _LENGTHS if count <= most), "61+")
    features[f"length {length}"] = 1.0
    ending = line.ending
    end = {".": "stop", "?": "question", "!": "cry", "…": "dots", ":": "colon"}.get(ending, "none")
    if line.text.rstrip().endswith((":", ",", ";")):
        end = {":": "colon", ",": "comma", ";": "semicolon"}[line.text.rstrip()[-1]]
    features[f"end {end}"] = 1.0
    features[f"end {end} {'short' if count <= 8 else 'long'}"] = 1.0
    for name, pattern in _FORMS:
        if pattern.search(text):
            features[name] = 1.0
    letters = [c for c in text[:200] if c.isalpha()]
    if letters and sum(c.isupper() for c in letters) > 0.7 * len(letters) and len(letters) >= 2:
        features["capitals"] = 1.0
    tokens = [t for t in text.split() if t[:1].isalpha()]
    if len(tokens) >= 2:
        features["capitalised words"] = sum(t[0].isupper() for t in tokens[1:]) / (len(tokens) - 1)
    if text[:1].islower():
        features["starts small"] = 1.0
    if text[:1].isdigit():
        features["starts with digit"] = 1.0
    if line.bulleted:
        features["bulleted"] = 1.0
    features["digits"] = min(1.0, 3 * sum(c.isdigit() for c in text) / max(1, len(text)))
    if any(c in text for c in '«»“”"') or text[:1] in _OPENING_QUOTE:
        features["quotes"] = 1.0
    if line.quoted:
        features["starts with quote"] = 1.0
    inner = text.rstrip(" .!?…»”\"'")
    if "? " in inner or "! " in inner:
        features["cries inside"] = 1.0
    if ": " in inner[:40]:
        features["colon inside"] = 1.0
    if ", " in text:
        features["commas"] = min(1.0, text.count(", ") / 3)
    if _YEAR_OR_SCORE.search(text):
        features["score"] = 1.0


def _add_address(signs: Signs, line: Line, words: list[str], features: Features) -> None:
    present = set(words)
    reader, outlet = present & signs.reader, present & signs.outlet
    if reader:
        features["reader"] = 1.0
    if outlet:
        features["outlet"] = 1.0
    if reader and outlet:
        features["reader and outlet"] = 1.0
    if not _FIRST_PERSON.isdisjoint(present):
        features["first person"] = 1.0
    if not _THIRD_PERSON.isdisjoint(present):
        features["third person"] = 1.0
    openings = [w for clause in _CLAUSE.split(line.text[:600]) for w in folded_words(clause[:60])[:1]]
    calls = [w for w in openings if w in signs.calls]
    french = [w for w in openings if _FRENCH_CALL.fullmatch(w) and w not in _NO_CALLS]
    if calls:
        features["call"] = 1.0
        if words and words[0] in signs.calls:
            features["call first"] = 1.0
    if french:
        features["french call"] = 1.0
    if (calls or french) and (reader or outlet):
        features["call to reader"] = 1.0


def _add_words(page: Page, line: Line, signs: Signs, words: list[str], topical: Set[str], features: Features) -> None:
    share = _share_of_function_words(page, line)
    features[f"function {'none' if share < 0.1 else 'few' if share < 0.25 else 'some' if share < 0.4 else 'many'}"] = 1.0
    if page.has_finite_verb(line):
        features["finite verb"] = 1.0
        if line.ends_sentence and len(words) >= 5:
            features["sentence"] = 1.0
    if not _SAYING.isdisjoint(line.words):
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
    shares = [page.function_share(line, code) or 0.0 for code in LANGUAGES]
    return max(shares)
