"""From text to terms: one chain for French and English, the same for passages and for queries.

A text is cut by one regular expression into words, numbers and acronyms, each with its place in the original, which is
never changed. A word then loses what writers vary freely: case, typographic apostrophes, elided articles (``l'État``
and ``État``), compatibility forms and ligatures. Its terms are its Snowball stem with the accents taken off, and, where
that differs, the stem of the unaccented word. Stemming first keeps the conjugations together that the French stemmer
knows by their accents (84 % of the 176,000 form-lemma pairs of a French lexicon share a stem, against 66 % when folding
comes first); indexing both keeps the promise that ``chomage`` finds ``chômage`` for every word.

Grouped digits are one number whatever separates the groups (``3 000``, ``3.000``, ``3,000`` and ``3000`` find one
another); a decimal comma is a point. All words are indexed, tool words too; leaving them out is the query's business.
"""

from __future__ import annotations

import re
import sys
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import Stemmer

ANALYSIS_VERSION = 1
"""Raise it with every change that gives another term to some text: indexes of another version are rebuilt."""

MAX_WORD_LENGTH = 64
"""Characters of a word that count."""

Group = Literal["fr", "en", "other"]
"""How a language is stemmed; ``other`` is not stemmed at all."""

GROUPS: tuple[Group, ...] = ("fr", "en", "other")

_MARKS = "".join(
    chr(code) for code in range(0x300, 0xFE30) if unicodedata.category(chr(code)) in ("Mn", "Mc", "Me")
)  # the Basic Multilingual Plane alone: marks beyond it belong to scripts no longer written
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphen, zero-width spaces and joiners
_APOSTROPHES = "'’‘ʼʹ′´＇ꞌ`"
_SPACES = " \u00a0\u2000-\u200a\u202f\u205f\u3000"
_LETTERS = rf"[^\W_]+(?:[{_MARKS}{_INVISIBLE}]+[^\W_]*)*"

_GROUPED = (
    rf"(?:(?:[{_SPACES}]\d{{3}})+(?!\d)(?:[.,]\d+)?|(?:['’]\d{{3}})+(?!\d)(?:[.,]\d+)?"
    r"|(?:\.\d{3})+(?!\d)(?:,\d+)?|(?:,\d{3})+(?!\d)(?:\.\d+)?)"
)
_NUMBER = rf"(?<![^\W_])(?<!\d[.,])(?:[1-9]\d{{0,2}}{_GROUPED}|\d+[.,]\d+)(?![.,]?\d)"
_INITIAL = rf"[^\W\d_][{_MARKS}]*"
_ARTICLE = rf"(?i:[ldcjmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)[{_APOSTROPHES}]"
_ACRONYM = rf"(?<![^\W_])(?:{_ARTICLE})?{_INITIAL}(?:\.{_INITIAL})+(?![^\W_])"
_WORD = rf"{_LETTERS}(?:[{_APOSTROPHES}]{_LETTERS})*"
TOKEN = re.compile(rf"(?P<number>{_NUMBER})|(?P<acronym>{_ACRONYM})|(?P<word>{_WORD})")
"""A token: what ``words`` reads, elided article included."""

NUMBER = re.compile(_NUMBER)
"""A grouped or decimal number; the query grammar uses it to keep ``3 000`` in one piece."""

_ELISION = re.compile(_ARTICLE)
_NOT_ELIDED = re.compile(rf"aujourd[{_APOSTROPHES}]hui", re.IGNORECASE)
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_NOUNS_AFTER_ARTICLE = ("or", "est")
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_SPECIAL = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "þ": "th"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its place (code points, half-open, without an elided article), and its two forms.

    ``form`` is in lower case with accents and plain apostrophes, ``folded`` has neither. ``emphatic`` says that its
    writing tells it from a tool word: an acronym, two capitals or more (WHO, US), a noun after an elided article
    (l'or).
    """

    start: int
    end: int
    form: str
    folded: str
    emphatic: bool


def words(text: str) -> Iterator[Word]:
    """The words of a text in order. Punctuation, emoji and marks without a letter give none."""
    for match in TOKEN.finditer(text):
        start, end = match.span()
        kind = match.lastgroup
        if kind != "number":
            start = _after_elision(text, start, end)
        surface = text[start:end]
        # What is longer than any word is a blob of some code: cut, and not worth remembering.
        read = _forms if len(surface) <= MAX_WORD_LENGTH else _forms.__wrapped__
        form, folded = read(surface[:MAX_WORD_LENGTH], kind or "")
        if folded:
            noun = form in _NOUNS_AFTER_ARTICLE and start > match.start()
            capitals = kind == "acronym" or (len(surface) > 1 and surface.isupper())
            yield Word(start, end, form, folded, capitals or noun)


Written = tuple[str, str, str]
"""A word as it is written: number, acronym or word, the other two empty."""


def written(text: str) -> list[Written]:
    """The tokens of a text in order, for ``form_of``: what ``words`` reads, without the places, and faster."""
    return TOKEN.findall(text)


def form_of(token: Written) -> tuple[str, str]:
    """The form and the folded form of a token, without an elided article; both empty where it is no word."""
    number, acronym, word = token
    surface = number or acronym or word
    start = 0 if number else _after_elision(surface, 0, len(surface))
    return _forms.__wrapped__(
        surface[start : start + MAX_WORD_LENGTH], "number" if number else "acronym" if acronym else ""
    )


def terms_of(form: str, group: Group) -> tuple[str, ...]:
    """As ``terms``, of a form; without remembering."""
    return _terms.__wrapped__(form, group)


def compound(parts: Iterable[Word]) -> str:
    """The one term that a name with hyphens has besides those of its parts: ``etats-unis``."""
    return "-".join([word.folded for word in parts])


def is_common(form: str) -> bool:
    """Whether a form is a tool word of French or English."""
    return form in tool_words()


def surfaces(text: str) -> Iterator[str]:
    """What ``words`` would read, as it is written: one string a token, elided article included."""
    return (match.group() for match in TOKEN.finditer(text))


def terms(word: Word, group: Group) -> tuple[str, ...]:
    """The one to three terms that a word has in a language; two words match when they share one."""
    return _terms(word.form, group)


def group_of(language: str) -> Group:
    """How a language (a BCP 47 tag, or anything) is stemmed."""
    primary = language.partition("-")[0].casefold()
    return "fr" if primary == "fr" else "en" if primary == "en" else "other"


def encode(found: Iterable[Word], group: Group) -> str:
    """The terms as one string for the index: words apart by spaces, a word's terms by ``|``."""
    return " ".join(["|".join(_terms(word.form, group)) for word in found])


def is_tool_word(word: Word) -> bool:
    """Whether a query with other words leaves this one out: the, le, but not WHO nor l'or."""
    return not word.emphatic and word.form in tool_words()


@lru_cache(maxsize=1)
def tool_words() -> frozenset[str]:
    """French and English stop words, in lower case with accents."""
    lines = files("search_index").joinpath("stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def fold(text: str) -> str:
    """Without accents, ligatures and compatibility forms, in lower case."""
    if text.isascii() and text.isalnum():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text.casefold().translate(_SPECIAL))
    bare = "".join([c for c in spread if not unicodedata.combining(c) and unicodedata.category(c)[0] not in "MC"])
    return bare.casefold()


def _after_elision(text: str, start: int, end: int) -> int:
    while not _NOT_ELIDED.match(text, start, end):
        match = _ELISION.match(text, start, end)
        if match is None:
            break
        start = match.end()
    return start


@lru_cache(maxsize=262_144)
def _forms(surface: str, kind: str) -> tuple[str, str]:
    if kind == "number":
        return (_number(surface),) * 2
    if kind == "acronym":
        surface = surface.replace(".", "")
    if surface.isascii() and surface.isalnum():
        lower = sys.intern(surface.lower())
        return lower, lower
    plain = _APOSTROPHE.sub("'", _UNSEEN.sub("", surface))
    form = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", plain).casefold().translate(_SPECIAL))
    letters = "".join([c for c in form if c.isalnum() or c == "'" or unicodedata.combining(c)])
    return sys.intern(letters), sys.intern(_bare(fold(letters)))


def _bare(folded: str) -> str:
    if folded.isalnum():
        return folded
    return "".join([c for c in folded if c.isalnum()])


def _number(surface: str) -> str:
    """Digits without the separators of groups, with a decimal point."""
    parts = re.split(r"\D", unicodedata.normalize("NFKC", surface))
    grouped = len(parts) > 1 and all(len(p) == 3 for p in parts[1:]) and len(parts[0]) <= 3 and surface[0] != "0"
    if grouped:
        return "".join(parts)
    return "".join(parts[:-1]) + "." + parts[-1]


_local = threading.local()  # a Snowball stemmer keeps state while it works: each thread has its own


def _stem(word: str, group: Group) -> str:
    if group == "other":
        return word
    stemmers: dict[str, Stemmer.Stemmer] = _local.__dict__.setdefault("stemmers", {})
    if group not in stemmers:
        stemmers[group] = Stemmer.Stemmer({"fr": "french", "en": "english"}[group], 0)
    stem: str = stemmers[group].stemWord(word)
    return stem


@lru_cache(maxsize=262_144)
def _terms(form: str, group: Group) -> tuple[str, ...]:
    if not form.isalpha() and any(c.isdigit() for c in form):
        return (sys.intern(form if _is_number(form) else _bare(fold(form))),)
    written = form if group == "en" else form.replace("'", "")  # the English stemmer knows the possessive
    accented = _bare(fold(_stem(written, group)))
    plain = accented if written.isascii() else _bare(_stem(fold(written), group))
    whole = _bare(fold(form))
    found = dict.fromkeys(sys.intern(term or whole) for term in (accented, plain))
    if group == "fr" and accented.endswith("os") and len(accented) > 4:
        found[sys.intern(accented[:-1])] = None  # the French stemmer leaves euros, photos, vélos as they are
    return tuple(found)


def _is_number(form: str) -> bool:
    return all(c.isdigit() or c == "." for c in form)
