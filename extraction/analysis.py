"""The grammar of a passage, in one shape for every language.

A language pack makes it, from a parser or from rules; the extractors read nothing else, so they know no parser.
Relations and parts of speech are those of Universal Dependencies v2 (https://universaldependencies.org), with the
subtypes that the French treebanks use (``nsubj:pass``, ``obl:agent``, ``aux:tense``, ``flat:name``, ...).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from extraction.document import DemonymMention, EntityMention, Passage, QuantityMention, TimeMention
from extraction.spans import Span

if TYPE_CHECKING:
    from extraction.phrases import Reading


@dataclass(slots=True)
class Token:
    """One word. ``start`` and ``end`` are offsets in the article's text; ``head`` equals ``i`` at a root.

    ``morph`` holds UD features ("Mood=Cnd|Tense=Pres"); ``sentence`` counts from 0 in the passage; ``entity`` is the
    recogniser's label for the name that the token belongs to ("PER", "LOC", "ORG", "MISC") or "". ``ordinary`` is True
    where the language's dictionary, if there is one, has the word in lower case.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    morph: str
    dep: str
    head: int
    sentence: int
    entity: str = ""
    entity_start: bool = False
    ordinary: bool = False

    @property
    def span(self) -> Span:
        """Where the token stands in the text."""
        return Span(self.start, self.end)

    def has(self, feature: str) -> bool:
        """Whether the token has a morphological feature, written as "Mood=Cnd"."""
        return feature in self.morph.split("|")


@dataclass(slots=True)
class Analysis:
    """The tokens of one passage with their tree. ``passage`` is the passage's position in the article."""

    passage: int
    span: Span
    tokens: list[Token]
    children: list[list[int]] = field(init=False)
    sentences: list[range] = field(init=False)

    def __post_init__(self) -> None:
        self.children = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                self.children[token.head].append(token.i)
        self.sentences = list(_sentences(self.tokens))

    def subtree(self, i: int, without: frozenset[str] = frozenset()) -> list[int]:
        """Positions of a token and all below it, in order; branches whose relation is in ``without`` are left out."""
        found, waiting, seen = [], [i], {i}
        while waiting:
            at = waiting.pop()
            found.append(at)
            for child in self.children[at]:
                relation = self.tokens[child].dep
                if child not in seen and relation not in without and relation.split(":")[0] not in without:
                    seen.add(child)
                    waiting.append(child)
        return sorted(found)

    def ancestors(self, i: int) -> Iterator[int]:
        """Positions of the heads above a token, nearest first. Ends even on a broken tree."""
        seen = {i}
        while self.tokens[i].head not in seen:
            i = self.tokens[i].head
            seen.add(i)
            yield i

    def sentence_span(self, i: int) -> Span:
        """The span of the sentence that a token stands in."""
        sentence = self.sentences[self.tokens[i].sentence]
        return Span(self.tokens[sentence.start].start, self.tokens[sentence.stop - 1].end)

    def tokens_in(self, span: Span) -> list[Token]:
        """Tokens that lie at least partly in a span of the text."""
        return [t for t in self.tokens if t.start < span.end and span.start < t.end]

    def cover(self, positions: Sequence[int]) -> Span:
        """The smallest span around the tokens at ``positions`` (at least one)."""
        return Span(min(self.tokens[p].start for p in positions), max(self.tokens[p].end for p in positions))


def _sentences(tokens: list[Token]) -> Iterator[range]:
    start = 0
    for at in range(1, len(tokens) + 1):
        if at == len(tokens) or tokens[at].sentence != tokens[start].sentence:
            yield range(start, at)
            start = at


@dataclass(slots=True)
class Parsed:
    """An article after the steps that read its text; what the extractors of facts work on.

    ``analyses`` holds one for each passage that is not boilerplate, in order; mentions are in order of their start.
    """

    text: str
    language: str
    published_at: date | datetime | None
    passages: tuple[Passage, ...]
    analyses: list[Analysis]
    quantities: tuple[QuantityMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    entities: tuple[EntityMention, ...] = ()
    demonyms: tuple[DemonymMention, ...] = ()
    readings: list[Reading] | None = field(default=None, init=False, repr=False, compare=False)
    """Made once, when all mentions are known, by ``extraction.phrases.readings``."""

    def analysis_at(self, offset: int) -> Analysis | None:
        """The analysis of the passage in which an offset of the text lies."""
        for analysis in self.analyses:
            if analysis.span.start <= offset < analysis.span.end:
                return analysis
        return None
