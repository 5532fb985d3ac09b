"""Whether and where a text answers a query, without an index: for highlights, and for texts that are not indexed.

The same analysis, plan and rules as a search, on one text at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from search_index.analysis import GROUPS, Word, group_of, surfaces, terms, words
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
    analysed = AnalysedText(text, language)
    spans: Offsets = []
    for step in make_plan(query).steps:
        clause = step.clause
        if clause.occur != "not" and clause.kind != "keyword" and clause.field == "text":
            found = analysed.places(step)
            spans.extend((analysed.words[first].start, analysed.words[last].end) for first, last in found)
    return _merged(spans)


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
