"""Lines that are set aside for what they say: phrases of news pages, bylines, addresses, names of networks.

A phrase must be the whole line. Rules whose phrases could begin a sentence leave prose alone.
"""

from __future__ import annotations

import re

from extraction.cleaning import SENTENCE_RULES, load_cleaning
from extraction.lines import Line
from extraction.page import Page

_MOST_WORDS = 80
_HOST = re.compile(r"(?:https?://)?(?:[\w-]{1,60}\.){1,4}[a-z]{2,12}(?:/\S{0,200})?", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{2,30}")
_PHONE = re.compile(r"(?:\+?\d[\d .()/-]{7,20}\d)")
_NAME_SIGNS = frozenset(",|/&·•–—-")
_TOKEN = re.compile(r"[^\s,|/&·•]+|[,|/&·•]")
_ACCOUNT = re.compile(r"@\w{2,40}")
_TAGS = re.compile(r"(?:#[\w-]+[\s,]*)+")
_PLAYER = re.compile(r"\d{1,2}:\d{2}(?:\s*/\s*\d{1,2}:\d{2}){1,2}")
_AGENCY_INITIALS = re.compile(r"[a-z]{2,5}(?:-[a-z]{2,5})?(?:/[a-z]{2,4}){1,6}")
_CODE = re.compile(
    r"(?:\bwindow\.|\bdocument\.|\bfunction\s*\(|\bgoogletag\b|\badsbygoogle\b|\$\(|\.push\().*[;{})]\s*"
)
_COPYRIGHT = ("©", "(c)", "(C)", "℗")


def set_phrases_aside(page: Page) -> None:
    """Judge every line that is nothing but a known phrase, a byline, an address or a list of networks."""
    for line in page.lines:
        rule = None if line.kind else _find_rule(page, line)
        if rule is not None:
            line.set_aside(rule)


def _find_rule(page: Page, line: Line) -> str | None:
    if not any(c.isalnum() for c in line.text[:400]):
        return "separator" if len(line.text) <= 400 else None
    if not line.key or len(line.words) > _MOST_WORDS or (line.quoted and len(line.words) >= 5):
        return None
    return _find_form(page, line) or _find_phrase(page, line) or find_byline(page, line)


def _find_form(page: Page, line: Line) -> str | None:
    """Addresses, networks, tags, copyright: lines recognised without any language's words."""
    if _HOST.fullmatch(line.text) or _ACCOUNT.fullmatch(line.text):
        return "byline"
    if len(line.words) <= 14 and not line.ends_sentence and (_MAIL.search(line.text) or _PHONE.fullmatch(line.text)):
        return "contact"
    if _CODE.search(line.text) and line.text.endswith((";", "}", ")")):
        return "code"
    if _TAGS.fullmatch(line.text) or _AGENCY_INITIALS.fullmatch(line.text):
        return "credits"
    if _PLAYER.fullmatch(line.text):
        return "player"
    if line.text.startswith(_COPYRIGHT):
        return "credits" if len(line.words) <= 25 else None
    if line.words and len(line.words) <= 20 and page.lexicon.networks.issuperset(line.words):
        return "share"
    return None


def _find_phrase(page: Page, line: Line) -> str | None:
    for name, marker in page.lexicon.markers.items():
        if name in {"read_also", "contents"} and marker.fullmatch(line.key):
            return name if name == "contents" or not _long_prose(page, line) else None
    found = page.lexicon.lines.fullmatch(line.key)
    if found is None or found.lastgroup is None:
        return None
    if found.lastgroup not in SENTENCE_RULES and _says_something(page, line):
        return None
    return found.lastgroup


def _says_something(page: Page, line: Line) -> bool:
    """Whether a line that looks like a phrase is a sentence all the same."""
    share = page.function_share(line)
    sentence = line.ends_sentence and len(line.words) > 8
    return sentence and (page.has_finite_verb(line) or share is None or share >= 0.3)


def _long_prose(page: Page, line: Line) -> bool:
    return ":" not in line.text and len(line.words) > 12 and line.ending == "." and page.has_finite_verb(line)


def find_byline(page: Page, line: Line) -> str | None:
    """The rule "byline" for a line that credits a name: "Par Jeanne Morel", "Ann Reed with Agency"; else None."""
    if len(line.words) > 16 or line.has_digit:
        return None
    credited = page.lexicon.credited
    opening = re.match(rf"(?:{credited['byline'].pattern})\b\W*", line.key)
    if opening is not None and opening.end() < len(line.key):
        count = len(opening[0].split())
        return "byline" if is_name(line.text.split(maxsplit=count)[-1].lstrip(": "), most=12) else None
    words = line.key.split()
    for size in (2, 3, 4):
        if len(words) - size >= 1 and credited["agency"].fullmatch(" ".join(words[-size:])):
            return "byline" if is_name(" ".join(line.text.split()[:-size]), most=6) else None
    return None


def is_name(text: str, most: int) -> bool:
    """Whether a text is written as names are: each word with a capital, but for particles and "and"."""
    tokens = _TOKEN.findall(text.rstrip(".:;"))
    words = [t for t in tokens if t not in _NAME_SIGNS]
    if not words or len(words) > most or not words[0][:1].isupper():
        return False
    particles = load_cleaning().particles
    return all(w[:1].isupper() or w.lower() in particles or w[:2] in {"d'", "d’"} for w in words)


def is_person(page: Page, line: Line) -> bool:
    """Whether a line is two to five words written as a name, the first one a given name."""
    words = line.text.replace("-", " ").split()
    if not 2 <= len(line.words) <= 6 or not words or line.has_digit:
        return False
    return words[0].casefold().strip(".,") in page.lexicon.given_names and is_name(line.text, most=6)
