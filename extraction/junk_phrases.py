"""Lines that are set aside for what they say: phrases of news pages, bylines, addresses, names of networks.

A phrase must be the whole line. Rules whose phrases could begin a sentence leave prose alone.
"""

from __future__ import annotations

import re

from extraction.cleaning import SENTENCE_RULES, fold_line, folded_words, load_cleaning
from extraction.lines import Line
from extraction.page import HOUR, Page

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
    for position, line in enumerate(page.lines):
        rule = None if line.kind else find_rule(page, line)
        if rule is not None and not _dates_an_entry(page, position):
            line.set_aside(rule)


def _dates_an_entry(page: Page, position: int) -> bool:
    """Whether an hour stands alone above a paragraph, as in a report that goes by the hour, and not in a byline."""
    if position in page.hours:
        return True
    if not HOUR.fullmatch(page.lines[position].text) or position + 1 >= len(page.lines):
        return False
    before = page.lines[position - 1].rule if position else None
    return before not in {"byline", "player"} and page.is_prose(page.lines[position + 1])


def find_rule(page: Page, line: Line) -> str | None:
    """The rule that a line falls under for what it says; None for another."""
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
            if line.ending == "." and len(line.words) <= 3 and not line.truncated:
                return None
            return name if name == "contents" or not _long_prose(page, line) else None
    found = page.lexicon.lines.fullmatch(line.key)
    if found is None or found.lastgroup is None or line.text.endswith(","):
        return None
    doubted = _may_be_advice if found.lastgroup in SENTENCE_RULES else _says_something
    if found.lastgroup != "notice" and doubted(page, line):
        return None
    return found.lastgroup


def _says_something(page: Page, line: Line) -> bool:
    """Whether a line that looks like a phrase is a sentence all the same."""
    share = page.function_share(line)
    if line.ends_sentence and len(line.words) >= 4 and page.has_finite_verb(line) and _speaks_of_others(page, line):
        return True
    sentence = line.ends_sentence and len(line.words) > 8
    return sentence and (page.has_finite_verb(line) or share is None or share >= 0.3)


def _may_be_advice(page: Page, line: Line) -> bool:
    """Whether a full sentence names neither the outlet nor what it sells: the article may bid its readers so."""
    if line.ending != "." or len(line.words) < 4:
        return False
    words = folded_words(line.text)
    return all((own.outlet | own.delivered | own.sold).isdisjoint(words) for own in page.lexicon.page_words)


def _speaks_of_others(page: Page, line: Line) -> bool:
    """Whether no word of a line stands for the reader."""
    return not any(words.reader & set(line.words) for words in page.lexicon.page_words)


def _long_prose(page: Page, line: Line) -> bool:
    return ":" not in line.text and len(line.words) > 12 and line.ending == "." and page.has_finite_verb(line)


def find_byline(page: Page, line: Line) -> str | None:
    """The rule "byline" for a line that credits a name: "Par Jeanne Morel", "Ann Reed with Agency"; else None.

    A trade or a place may follow a comma: "Ann Reed, professor of geology at Lannec".
    """
    if len(line.words) > 16 or line.has_digit:
        return None
    opening = re.match(rf"(?:{page.lexicon.credited['byline'].pattern})\b\W*", line.key)
    if opening is not None and opening.end() < len(line.key):
        count = len(opening[0].split())
        credit = line.text.split(maxsplit=count)[-1].lstrip(": ")
        credited = is_name(credit, most=12) or _is_credit(page, credit)
        return "byline" if credited or _without_agency(page, credit) else None
    return "byline" if _without_agency(page, line.text) or _is_reporter(page, line) else None


def _without_agency(page: Page, text: str) -> bool:
    """Whether a text is a name and the agency that helped: "Ann Reed with agencies"."""
    words = fold_line(text).replace("(", "").split()
    for size in (2, 3, 4, 5):
        if len(words) - size >= 1 and page.lexicon.credited["agency"].fullmatch(" ".join(words[-size:])):
            return is_name(" ".join(text.split()[:-size]).rstrip(","), most=6)
    return False


def _is_credit(page: Page, text: str) -> bool:
    """Whether a text is a name with a trade after a comma, and no sentence."""
    name, comma, trade = text.partition(",")
    words = folded_words(trade)
    told = not page.lexicon.finite_verbs.isdisjoint(trade.casefold().split())
    return (
        bool(comma)
        and is_name(name, most=6)
        and not (told or text.endswith(".") or page.lexicon.roles.isdisjoint(words))
    )


def _is_reporter(page: Page, line: Line) -> bool:
    """Whether a line without any credit is a person's name and trade."""
    name = line.text.partition(",")[0].split()
    known = bool(name) and name[0].casefold() in page.lexicon.given_names
    return known and len(name) >= 2 and len(line.words) <= 10 and _is_credit(page, line.text)


def is_name(text: str, most: int) -> bool:
    """Whether a text is written as names are: each word with a capital, but for particles and "and"."""
    tokens = _TOKEN.findall(text.rstrip(".:;").replace("(", " ").replace(")", " "))
    words = [t for t in tokens if t not in _NAME_SIGNS]
    if not words or len(words) > most or not words[0][:1].isupper():
        return False
    particles = load_cleaning().particles
    elided = tuple(particle for particle in particles if particle[-1] in "'’")
    return all(w[:1].isupper() or w.lower() in particles or w.startswith(elided) for w in words)


def is_person(page: Page, line: Line) -> bool:
    """Whether a line is two to five words written as a name, the first one a given name."""
    words = line.text.replace("-", " ").split()
    if not 2 <= len(line.words) <= 6 or not words or line.has_digit:
        return False
    return words[0].casefold().strip(".,") in page.lexicon.given_names and is_name(line.text, most=6)
