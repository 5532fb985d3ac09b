"""Whether and where a text answers a query, without an index: for highlights, and for texts that are not indexed.

The same analysis, plan and rules as a search, on one text at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from search_index.analysis import GROUPS, TOKEN, Word, fold, group_of, surfaces, terms, words
from search_index.grammar import Clause, Query
from search_index.plan import Slot, Step, make_plan

Offsets = list[tuple[int, int]]


class AnalysedText:
    """The words of a text, with their terms in one language, or in all when it is unknown."""

    def __init__(self, text: str, language: str | None) -> None:
        self.words: list[Word] = list(words(text))
        self.groups = range(len(GROUPS)) if language is None else (GROUPS.index(group_of(language)),)
        self.terms = [tuple(frozenset(terms(word, GROUPS[at])) for at in self.groups) for word in self.words]

    def has(self, at: int, slot: Slot) -> bool:
        """Whether the word at a place is the slot's, in one of the languages."""
        return any(
            not own.isdisjoint(slot.terms_in(group)) for own, group in zip(self.terms[at], self.groups, strict=True)
        )

    def places(self, step: Step) -> Iterator[tuple[int, int]]:
        """Where a step is met: first and last word."""
        if step.clause.kind == "prefix":
            prefix = step.clause.words[0].folded
            yield from ((at, at) for at, word in enumerate(self.words) if word.folded.startswith(prefix))
            return
        size = len(step.slots)
        for at in range(len(self.words) - size + 1):
            if all(self.has(at + i, slot) for i, slot in enumerate(step.slots)):
                yield at, at + size - 1


def highlight(query: Query, text: str, language: str | None = None) -> Offsets:
    """Offsets (code points, half-open, in order, not overlapping) of what the query looks for in a passage's text.

    A phrase is one span where it stands; excluded words and clauses on other fields give none. Without a language,
    a word is taken as it would be in any of them.
    """
    return Highlighter(query)(text, language)


class Highlighter:
    """``highlight`` for many texts of one query: most words are told from the query's by one look at a set."""

    def __init__(self, query: Query) -> None:
        steps = [step for step in make_plan(query).steps if _is_shown(step.clause)]
        self._prefixes = tuple(step.clause.words[0].folded for step in steps if step.clause.kind == "prefix")
        self._steps = [step.slots for step in steps if step.slots]
        self._wanted = [
            frozenset(term for slots in self._steps for slot in slots for term in slot.terms_in(group))
            for group in range(len(GROUPS))
        ]

        # Stems and prefixes keep how a word begins: most forms are told from the query's by their first letter.
        wanted = {term[:1] for terms_ in self._wanted for term in terms_} | {one[:1] for one in self._prefixes}
        self._initials = frozenset(wanted)
        self._letters: dict[str, bool] = {}
        self._known: dict[tuple[int, ...], dict[str, int]] = {}

    def __call__(self, text: str, language: str | None) -> Offsets:
        """As ``highlight``."""
        groups = range(len(GROUPS)) if language is None else (GROUPS.index(group_of(language)),)
        read, found = self._candidates(text, groups)
        spans = [(start, end) for start, end, folded, _ in read.values() if folded.startswith(self._prefixes or " ")]
        for slots in self._steps:
            spans.extend(
                (read[at][0], read[at + len(slots) - 1][1])
                for at in found
                if all(_meets(read.get(at + i), slot, groups) for i, slot in enumerate(slots))
            )
        return _merged(spans)

    def _candidates(self, text: str, groups: Sequence[int]) -> tuple[dict[int, _Read], list[int]]:
        """The words that may count, by their place among the text's words; and the places that a step may begin at."""
        read: dict[int, _Read] = {}
        found: list[int] = []
        known = self._known.setdefault(tuple(groups), {})
        at = 0
        for match in TOKEN.finditer(text):
            surface = match.group()
            worth = known.get(surface)
            if worth is None:
                worth = known[surface] = self._worth(surface, groups)
            if worth == _OTHER:
                at += 1
            elif worth != _NO_WORD:
                start, end, folded, terms_by_group = _reading(surface)
                begin = match.start()
                read[at] = (begin + start, begin + end, folded, terms_by_group)
                if worth == _TERM:
                    found.append(at)
                at += 1
        return read, found

    def _may_begin(self, letter: str) -> bool:
        known = self._letters.get(letter)
        if known is None:
            known = self._letters[letter] = fold(letter)[:1] in self._initials
        return known

    def _worth(self, surface: str, groups: Sequence[int]) -> int:
        """Whether a token is one of the query's terms, begins like one of its prefixes, or is neither."""
        if surface.isalpha() and not self._may_begin(surface[0]):
            return _OTHER
        _, _, folded, terms_by_group = _reading(surface)
        if not folded:
            return _NO_WORD
        for group in groups:  # a loop: this is asked of every written form of every text
            if not terms_by_group[group].isdisjoint(self._wanted[group]):
                return _TERM
        return _PREFIXED if self._prefixes and folded.startswith(self._prefixes) else _OTHER


_NO_WORD, _OTHER, _PREFIXED, _TERM = range(4)

_Read = tuple[int, int, str, tuple[frozenset[str], ...]]
"""A word: where it begins and ends, its folded form, its terms in each stemming group."""


@lru_cache(maxsize=32_768)
def _reading(surface: str) -> _Read:
    """The word of a token, its place counted from the token's beginning; without a folded form where it is none."""
    word = next(words(surface), None)
    if word is None:
        return 0, 0, "", ()
    return word.start, word.end, word.folded, tuple(frozenset(terms(word, group)) for group in GROUPS)


def _is_shown(clause: Clause) -> bool:
    return clause.occur != "not" and clause.kind != "keyword" and clause.field == "text"


def _meets(word: _Read | None, slot: Slot, groups: Sequence[int]) -> bool:
    return word is not None and any(not word[3][group].isdisjoint(slot.terms_in(group)) for group in groups)


def matches(
    query: Query,
    text: str,
    language: str | None = None,
    *,
    title: str = "",
    values: Mapping[str, Collection[str]] | None = None,
) -> bool:
    """Whether a search for the query would find a passage with this text.

    ``title`` is its article's; ``values`` are those of the keyword fields (``source``, ``language``, ``kind``,
    ``entity``, ``article``), needed only for queries that name them: a field left out has none.
    """
    texts = {"text": AnalysedText(text, language), "title": AnalysedText(title, language)}
    plan = make_plan(query)
    met = [(step.clause, _is_met(step, texts, values or {})) for step in plan.steps]
    if any(is_met == (clause.occur == "not") for clause, is_met in met if clause.occur != "should"):
        return False
    optional = [is_met for clause, is_met in met if clause.occur == "should"]
    return any(optional) or plan.requires or not optional


class Matcher:
    """``matches`` for many short texts, such as evidence: asks each written form once where words alone are asked."""

    def __init__(self, query: Query) -> None:
        self._query = query
        steps = make_plan(query).steps
        self._alone = bool(steps) and all(_is_plain_word(step) for step in steps)
        self._slots = tuple(slot for step in steps for slot in step.slots)
        self._known: dict[tuple[str, str], bool] = {}

    def __call__(self, text: str, language: str) -> bool:
        """Whether a search for the query would find a passage with this text."""
        if not self._alone:
            return matches(self._query, text, language)
        return any(self._answers(surface, language) for surface in surfaces(text))

    def _answers(self, surface: str, language: str) -> bool:
        known = self._known.get((surface, language))
        if known is None:
            read = AnalysedText(surface, language)
            known = any(read.has(at, slot) for at in range(len(read.words)) for slot in self._slots)
            self._known[surface, language] = known
        return known


def _is_plain_word(step: Step) -> bool:
    clause = step.clause
    return clause.occur == "should" and clause.kind == "word" and clause.field == "text" and len(step.slots) == 1


def _is_met(step: Step, texts: Mapping[str, AnalysedText], values: Mapping[str, Collection[str]]) -> bool:
    clause: Clause = step.clause
    if clause.kind == "keyword":
        return any(value in values.get(clause.field, ()) for value in clause.values)
    return next(texts[clause.field].places(step), None) is not None


def _merged(spans: Sequence[tuple[int, int]]) -> Offsets:
    """The spans in order, those that overlap made one."""
    merged: Offsets = []
    for start, end in sorted(set(spans)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
