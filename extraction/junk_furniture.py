"""Furniture of a page, told by its grammar rather than by its very words.

Three shapes. A **label** is made of the closed vocabulary of pages and of function words alone ("Add to my articles",
"Les plus commentés"). A **call** bids the reader do something with what the outlet makes, or speaks as the outlet to
its reader. A **chain** joins stamps, names and sections by signs ("Ann Reed | Updated 3 May", "Sport > Rugby > Brial").

What is sure goes wherever it stands. What is only likely goes where it stands among other furniture: such lines come
in runs, and a paragraph of the article ends a run. A word that the article itself uses in its prose is no sure sign.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extraction.cleaning import SENTENCE_RULES, PageWords, fold_line, folded_words, load_cleaning
from extraction.junk_phrases import find_byline, is_name
from extraction.lines import Line, read_lines
from extraction.page import Page

_MOST_LABEL_WORDS = 14
_MOST_CALL_WORDS = 45
_MOST_LINE_SIGNS = 400
_QUOTES = frozenset('«»“”"„')
_COUNTER = re.compile(r"[\s(\[:]+\d{1,5}(?:[.,]\d)? ?[k]?\W*$")
_CLAUSE = re.compile(r"[.!?:;,•|–—]+\s+")
_CHAIN = re.compile(r"\s*[|•·›>]\s*|\s+[–—/-]\s+")
_CRUMB = re.compile(r"\s*[›>]\s*")
_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ'’ -]{1,40}(?:, [^()]{2,30})?\s*\([^()]{2,40}\)\s*[-–—:]*")
_TRADE = frozenset({"newsletter", "subscription", "comments"})
_MOST_PASSES = 6


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a line seems to be: the rule that would set it aside, and whether that is sure wherever it stands.

    ``leans`` tells that one neighbour of the same sort is enough.
    """

    rule: str
    sure: bool
    leans: bool = False


def set_furniture_aside(page: Page) -> None:
    """Judge labels, calls and chains: the sure ones, then the likely ones among them."""
    topical = topical_words(page)
    for _, line in page.open_lines():
        verdict = find_verdict(page, line, topical)
        if verdict is not None and verdict.sure:
            line.set_aside(verdict.rule)
        elif verdict is not None:
            line.suspect, line.leans = verdict.rule, verdict.leans
    spread_suspicion(page)


def spread_suspicion(page: Page) -> None:
    """Set suspect lines aside that stand among what is set aside by now."""
    for _ in range(_MOST_PASSES):
        if not _spread(page):
            return


def topical_words(page: Page) -> frozenset[str]:
    """Words of pages that the article itself is about: in its title, or in two paragraphs that bid nobody anything."""
    counts: Counter[str] = Counter()
    core = {word for language in page.lexicon.page_words for word in language.rules.keys() | language.press}
    for _, line in page.open_lines():
        words = folded_words(line.text)
        if page.is_prose(line) and not any(
            _call(line, words, language, frozenset()) for language in page.lexicon.page_words
        ):
            counts.update({_stem(word) for word in core.intersection(words)})
    told = {_stem(word) for word in core.intersection(folded_words(page.title_key))}
    return frozenset(told.union(stem for stem, count in counts.items() if count >= 2))


def _stem(word: str) -> str:
    return word[:6]


def find_verdict(page: Page, line: Line, topical: frozenset[str]) -> Verdict | None:
    """What a line seems to be by its grammar; ``topical`` are stems of page words that the article is about."""
    if len(line.text) > _MOST_LINE_SIGNS or not line.key or not _QUOTES.isdisjoint(line.text):
        return None
    if _DATELINE.fullmatch(line.text) and len(line.words) <= 12:
        return Verdict("byline", sure=True)
    chain = _chain(page, line)
    if chain is not None:
        return chain
    words = folded_words(line.text)
    for language in page.lexicon.page_words:
        verdict = _label(page, line, language, topical) or _call(line, words, language, topical)
        if verdict is not None:
            return verdict
    headed = _part_line(line.text.split(":")[0]) if ":" in line.text[1:60] else None
    labels = (_label(page, headed, language, topical) for language in page.lexicon.page_words if headed is not None)
    if any(label is not None and (label.sure or label.rule != "navigation") for label in labels):
        return Verdict("notice", sure=False)
    found = page.lexicon.lines.fullmatch(line.key)
    return Verdict(found.lastgroup, sure=False) if found is not None and found.lastgroup in SENTENCE_RULES else None


# Labels


def _label(page: Page, line: Line, language: PageWords, topical: frozenset[str]) -> Verdict | None:
    counter = _COUNTER.search(line.text)
    words = folded_words(line.text[: counter.start()] if counter else line.text)
    core = {word: language.rules[word] for word in words if word in language.rules and _stem(word) not in topical}
    strange = [word for word in words if word not in language.known and not (core and word.isdigit())]
    if not words or len(words) > _MOST_LABEL_WORDS or len(strange) > (len(core) >= 2):
        return None
    addressed = not (language.reader | language.outlet).isdisjoint(words)
    content = [word for word in words if word not in language.functional and _stem(word) not in topical]
    ranked = not language.ranking.isdisjoint(words)
    if not core and len(content) + addressed + ranked < 2:
        return None
    said = page.has_finite_verb(line) or not page.lexicon.first_person.isdisjoint(words)
    bidding = words[0] in language.calls or counter is not None
    if line.ending == "." and len(words) >= 3 and not addressed and (said or not bidding):
        return None
    rule = "read_also" if core and ranked else next(iter(core.values()), "navigation")
    if strange or said or not core or line.ending == "?" or any(word.isdigit() for word in words):
        return Verdict(rule, sure=False)
    sure = addressed or bidding or len(core) >= 2
    return Verdict(language.rules[next(iter(core))] if addressed else rule, sure=sure and line.ending != ".")


# Calls


def _call(line: Line, words: list[str], language: PageWords, topical: frozenset[str]) -> Verdict | None:
    """A sentence in which the page speaks to its reader, with the outlet's own words."""
    if not 3 <= len(words) <= _MOST_CALL_WORDS or not load_cleaning().first_person.isdisjoint(words):
        return None
    if not _QUOTES.isdisjoint(line.text):
        return None
    calls = [first for first in _clause_openings(line, language) if first in language.calls]
    own = {word for word in words if _stem(word) not in topical}
    delivered = not language.delivered.isdisjoint(own)
    press = {word for word in own if word in language.press or language.rules.get(word) in _TRADE} - set(calls)
    reader = any(b in language.reader and a not in language.calls for a, b in pairwise(["", *words]))
    outlet = not language.outlet.isdisjoint(words)
    content = [word for word in words if word not in language.functional]
    furnished = sum(word in language.known or word in language.press or word in language.calls for word in content)
    share = furnished / len(content) if content else 0.0
    rule = "newsletter" if delivered else "subscription"
    if calls and press and (delivered or outlet or reader):
        sure = share >= 0.5 and not line.has_digit and (delivered or outlet)
        return Verdict(rule, sure=sure, leans=share >= 0.5)
    if outlet and reader and press and share >= 0.3:
        return Verdict(rule, sure=False, leans=True)
    label = not line.ends_sentence and len(words) <= 10
    if (calls and (press or label or (outlet and share >= 0.5))) or (
        reader and press and share >= (0.6 if line.ends_sentence else 0.4)
    ):
        return Verdict(rule, sure=False, leans=label and bool(press))
    if delivered and (_points_at_itself(words, language) or (label and share >= 0.4)):
        return Verdict(rule, sure=False, leans=not label)
    return None


def _points_at_itself(words: list[str], language: PageWords) -> bool:
    """Whether what is delivered is shown, as in "this weekly newsletter"."""
    return any(
        word in language.delivered and not language.shown.isdisjoint(words[max(0, at - 2) : at])
        for at, word in enumerate(words)
    )


def _clause_openings(line: Line, language: PageWords) -> Iterator[str]:
    for clause in _CLAUSE.split(line.text):
        words = folded_words(clause)
        yield from words[:1]
        if not language.courtesy.isdisjoint(words[:1]):
            yield from words[1:2]


# Chains


def _chain(page: Page, line: Line) -> Verdict | None:
    """Stamps, names and sections joined by signs; a trail of sections."""
    parts = [part for part in _CHAIN.split(line.text) if part.strip()]
    if len(parts) < 2 and line.has_digit and not line.ends_sentence:
        parts = line.text.split(", ")
    if len(parts) < 2 or len(line.words) > 30:
        return None
    known = [_is_stamp(page, part) for part in parts]
    if any(known) and all(stamp or is_name(part, most=5) for stamp, part in zip(known, parts, strict=True)):
        return Verdict("byline", sure=True)
    short = all(len(part.split()) <= 5 and part[:1].isupper() and part[-1:] not in ".!?:;,…" for part in parts)
    if not short or line.has_digit:
        return None
    crumbs = len(_CRUMB.split(line.text)) == len(parts)
    return Verdict("navigation", sure=crumbs and len(parts) >= 3, leans=crumbs)


def _is_stamp(page: Page, part: str) -> bool:
    """Whether one part of a chain is a phrase of pages by itself: a date, an hour, a byline, a reading time."""
    key = fold_line(part)
    return page.lexicon.lines.fullmatch(key) is not None or find_byline(page, _part_line(part)) is not None


def _part_line(part: str) -> Line:
    return read_lines(part)[0]


# Runs


def _spread(page: Page) -> bool:
    """Set likely furniture aside where a run of it stands between furniture; whether anything was."""
    found = False
    for run in suspect_runs(page):
        above = run[0] == 0 or page.lines[run[0] - 1].kind in {"boilerplate", "title"}
        below = run[-1] == len(page.lines) - 1 or page.lines[run[-1] + 1].junk
        for position in run:
            line = page.lines[position]
            beside = (above and position == run[0]) or (below and position == run[-1])
            if line.suspect and ((above and below) or (beside and line.leans)):
                line.set_aside(line.suspect)
                found = True
    return found


def suspect_runs(page: Page) -> list[list[int]]:
    """Positions of the suspect lines that no rule has judged, those that stand together in one list."""
    runs: list[list[int]] = []
    for position, line in page.open_lines():
        if line.suspect is None:
            continue
        if runs and runs[-1][-1] == position - 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    return runs
