"""What is known about the pages that articles are taken from: one lexicon, read from the data of every language.

A French page prints English junk and the other way round, so phrases are looked up in all languages at once; what
tells one language from another (function words) is kept apart. ``cleaning.txt`` of a language pack holds sections, and
one that it leaves out is empty:

``[line: RULE]``      regular expressions, one a line, that a whole folded line must match to be set aside as RULE
``[marker: NAME]``    the same, for lines that open a block (``read_also``, ``comments``, ``contents``, ``contact``,
                      ``about``, ``author``)
``[credited: NAME]``  what stands before or after a name in a byline
``[search: NAME]``    other expressions: of a folded line (``caption``, ``depicted``, ``deadline``, ``comment_head``,
                      ``biography``, ``commenter``), or of a line as it is (``posted``, ``between_names``)
``[words: NAME]``     words in lower case, between spaces
``[page: RULE]``      words that furnish pages, folded, and the rule they stand for; ``beside`` stands for none
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from extraction.identity import fold
from extraction.languages.data import read_lines
from extraction.languages.discovery import languages
from extraction.languages.errors import LanguageError

# Rules whose phrases are sentences; they are tried first, since the others leave prose alone.
SENTENCE_RULES = ("newsletter", "subscription", "cookies", "notice")
# Rules that judge by what a line says, not by its place or its likeness to others.
SURE_RULES = frozenset(
    {
        "advertisement",
        "byline",
        "code",
        "comments",
        "contact",
        "cookies",
        "credits",
        "navigation",
        "newsletter",
        "notice",
        "player",
        "separator",
        "share",
        "spam",
        "subscription",
    }
)
_HEADING = re.compile(r"\[(\w+): (\w+)\]")
_OUTER_SIGNS = re.compile(r"^\W+|\W+$")
_PLUS = re.compile(r"(?<=\s)\+(?=\s)")
_WORD = re.compile(r"[^\W_]+")
_Sections = dict[tuple[str, str], list[str]]


@dataclass(frozen=True, slots=True)
class PageWords:
    """What the pages of one language are furnished with; all words folded, elided articles apart.

    ``rules`` gives each core word its rule; ``known`` holds these, the words that stand beside them and the function
    words; ``ranking`` makes a label announce links; ``calls`` bid the reader do something, whom ``reader`` addresses;
    in ``outlet`` the outlet speaks of itself, and of its trade in ``press``; ``delivered`` is what it sends, ``sold``
    what it asks money or consent for; ``shown`` points at it; ``courtesy`` may stand
    before a call.
    """

    rules: Mapping[str, str]
    known: frozenset[str]
    functional: frozenset[str]
    ranking: frozenset[str]
    calls: frozenset[str]
    outlet: frozenset[str]
    reader: frozenset[str]
    press: frozenset[str]
    delivered: frozenset[str]
    sold: frozenset[str]
    shown: frozenset[str]
    courtesy: frozenset[str]


@dataclass(frozen=True, slots=True)
class CleaningLexicon:
    """Compiled phrases of all languages. ``lines`` has one named group for each rule; the word sets are lower case."""

    lines: re.Pattern[str]
    markers: Mapping[str, re.Pattern[str]]
    credited: Mapping[str, re.Pattern[str]]
    searches: Mapping[str, re.Pattern[str]]
    function_words: Mapping[str, frozenset[str]]
    finite_verbs: frozenset[str]
    abbreviations: frozenset[str]
    spam: frozenset[str]
    strong_spam: frozenset[str]
    given_names: frozenset[str]
    networks: frozenset[str]
    particles: frozenset[str]
    press_names: frozenset[str]
    roles: frozenset[str]
    first_person: frozenset[str]
    small_headings: frozenset[str]
    """Codes of the languages that write headings like sentences, without a capital for each word."""
    page_words: tuple[PageWords, ...]


def fold_line(line: str) -> str:
    """A line as the phrases meet it: lower case, no accents, hyphens as spaces, no signs at either end."""
    return _PLUS.sub("plus", _OUTER_SIGNS.sub("", fold(line)))


def folded_words(text: str) -> list[str]:
    """The words of a text without case and accents: runs of letters and digits."""
    return _WORD.findall(fold(text))


def load_cleaning() -> CleaningLexicon:
    """The lexicon of all installed languages, read once per process."""
    return _lexicon_of(tuple(languages()))


@lru_cache(maxsize=2)
def _lexicon_of(codes: tuple[str, ...]) -> CleaningLexicon:
    try:
        return _compiled({code: _read(code) for code in codes})
    except re.error:
        for code in codes:
            _refuse(code)
        raise


def _compiled(by_language: Mapping[str, _Sections]) -> CleaningLexicon:
    return CleaningLexicon(
        lines=re.compile(
            "|".join(f"(?P<{name}>{union})" for name, union in _sentences_first(_unions(by_language, "line")))
        ),
        markers={name: re.compile(union) for name, union in _unions(by_language, "marker").items()},
        credited={name: re.compile(union) for name, union in _unions(by_language, "credited").items()},
        searches={name: re.compile(union) for name, union in _unions(by_language, "search").items()},
        function_words={code: _words({code: own}, "function") for code, own in by_language.items() if own},
        finite_verbs=_words(by_language, "finite"),
        abbreviations=_words(by_language, "abbreviations"),
        spam=_words(by_language, "spam"),
        strong_spam=_words(by_language, "spam_strong"),
        given_names=_words(by_language, "given"),
        networks=_words(by_language, "networks"),
        particles=_words(by_language, "particles"),
        press_names=_words(by_language, "press_names"),
        roles=_words(by_language, "roles"),
        first_person=_words(by_language, "first_person"),
        small_headings=frozenset(
            code for code, own in by_language.items() if "small" in _words({code: own}, "headings")
        ),
        page_words=tuple(_page_words(code, own) for code, own in by_language.items()),
    )


def _read(code: str) -> _Sections:
    sections: _Sections = {}
    current: list[str] = []
    for _, line in read_lines(code, "cleaning.txt"):
        if heading := _HEADING.fullmatch(line):
            current = sections.setdefault((heading[1], heading[2]), [])
        else:
            current.append(line)
    return sections


def _refuse(code: str) -> None:
    """Raise LanguageError for the first pattern of a language that is no regular expression."""
    for number, line in read_lines(code, "cleaning.txt"):
        try:
            re.compile(line)
        except re.error as error:
            raise LanguageError(
                f"cleaning.txt of the language {code!r}, line {number}: no regular expression: {error}"
            ) from error


def _unions(by_language: Mapping[str, _Sections], kind: str) -> dict[str, str]:
    """One alternation for each name of a kind of section, over all languages."""
    found: dict[str, list[str]] = {}
    for sections in by_language.values():
        for (section, name), lines in sections.items():
            if section == kind:
                found.setdefault(name, []).extend(lines)
    return {name: "|".join(f"(?:{line})" for line in lines) for name, lines in found.items()}


def _sentences_first(unions: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(unions.items(), key=lambda item: item[0] not in SENTENCE_RULES)


def _words(by_language: Mapping[str, _Sections], name: str) -> frozenset[str]:
    return frozenset(
        word for sections in by_language.values() for line in sections.get(("words", name), ()) for word in line.split()
    )


def _page_words(code: str, sections: _Sections) -> PageWords:
    rules = {
        word: name
        for (kind, name), lines in sections.items()
        if kind == "page" and name != "beside"
        for line in lines
        for word in line.split()
    }
    beside = " ".join(sections.get(("page", "beside"), ())).split()
    own = {code: sections}
    functional = frozenset(fold(word) for word in _words(own, "function"))
    names = ("ranking", "calls", "outlet", "reader", "press", "delivered", "sold", "shown", "courtesy")
    return PageWords(rules, functional.union(rules, beside), functional, *(_words(own, name) for name in names))
