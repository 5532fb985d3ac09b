"""Queries drawn from a corpus, by kind; how many of its passages have each of their words is known."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Literal, Protocol, get_args

from benchmarks.search.corpus import DAYS, FIRST_DAY, Passage
from search_index.analysis import fold, tool_words

Kind = Literal[
    "rare term",
    "common term",
    "union",
    "question",
    "all terms",
    "phrase",
    "prefix",
    "source and dates",
    "facets",
    "page 50",
    "page 1",
    "last page",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
DEEP: tuple[Kind, ...] = ("page 1", "last page")
"""Asked of our own engine alone: the same queries, from their first page and from their last or 10,000th."""

PAGE = 10
DEEPEST = 10_000
MAX_FORMS = 800
"""Words that a prefix may stand for; ours refuses more than 1,024 with a message, the others search on."""

_QUESTIONS = ("Combien de {} ?", "Quand {} ?", "Qui a dit {} ?", "Pourquoi {} ?", "Où {} ?", "Comment {} ?")
_WORD = re.compile(r"[^\W\d_]{3,}")
_RUN = re.compile(r"(?<![\w'’-])[^\W\d_]+(?: [^\W\d_]+)+(?![\w'’-])")


@dataclass(frozen=True, slots=True)
class Query:
    """One query. ``words`` are what to look for, tool words left out except in phrases; ``text`` is what we are asked.

    ``frequencies`` are the passages that have each of ``words`` as it is written; for a prefix, how many words begin
    so. ``page`` counts from 1; 0 is the last, 10,000 at most.
    """

    kind: Kind
    text: str
    words: tuple[str, ...]
    frequencies: tuple[int, ...]
    source: int | None = None
    first: date | None = None
    last: date | None = None
    facets: bool = False
    page: int = 1


class Passages(Protocol):
    """What drawing needs of a corpus."""

    size: int

    def frequencies(self) -> dict[str, int]:
        """In how many passages each word is, as it is written."""
        ...

    def passages(self, numbers: list[int]) -> dict[int, Passage]:
        """Some passages by number."""
        ...


def draw_queries(corpus: Passages, count: int, seed: int = 7) -> list[Query]:
    """``count`` queries of each kind, the same for the same corpus and seed."""
    return _Drawing(corpus, Random(seed)).draw(count)


class _Drawing:
    """One drawing: the words of the corpus by frequency, and a few of its passages."""

    def __init__(self, corpus: Passages, chance: Random) -> None:
        self.size = corpus.size
        self.chance = chance
        self.corpus = corpus
        self.frequency = _searchable(corpus.frequencies())
        ordered = sorted((n, word) for word, n in self.frequency.items())
        self.counts, self.by_count = [n for n, _ in ordered], [word for _, word in ordered]
        self.folded = sorted({fold(word) for word in self.frequency})

    def draw(self, count: int) -> list[Query]:
        makers: dict[Kind, Callable[[Passage], Query | None]] = {
            "rare term": lambda _: self._term("rare term", 2, max(12, self.size * 1e-4)),
            "common term": lambda _: self._term("common term", self.size * 0.1, self.size * 0.3),
            "union": self._union,
            "question": self._question,
            "all terms": self._all,
            "phrase": self._phrase,
            "prefix": lambda _: self._prefix(),
            "source and dates": self._filtered,
            "facets": lambda p: _as(self._question(p), "facets", facets=True),
            "page 50": lambda p: _as(self._question(p), "page 50", page=50),
            "page 1": lambda p: _as(self._question(p), "page 1"),
        }
        numbers = self.chance.sample(range(self.size), min(self.size, 2 * count * len(makers)))
        found = self.corpus.passages(numbers)
        supply = iter([found[number] for number in numbers])
        queries: list[Query] = []
        for make in makers.values():
            own: dict[str, Query] = {}
            for passage in supply:
                query = make(passage)
                if query is not None:
                    own.setdefault(f"{query.text} {query.source} {query.first}", query)
                if len(own) == count:
                    break
            queries += own.values()
        return queries + [replace(query, kind="last page", page=0) for query in queries if query.kind == "page 1"]

    def _count(self, words: Sequence[str]) -> tuple[int, ...]:
        return tuple(self.frequency.get(word.lower(), 0) for word in words)

    def _between(self, low: float, high: float) -> str:
        """A word that so many passages have, each order of magnitude as likely as another; else the nearest."""
        wanted = math.exp(self.chance.uniform(math.log(low), math.log(high)))
        first, last = bisect_left(self.counts, wanted * 0.9), bisect_left(self.counts, min(wanted * 1.1, high))
        at = self.chance.randrange(first, last) if last > first else min(first, len(self.counts) - 1)
        return self.by_count[at]

    def _term(self, kind: Kind, low: float, high: float) -> Query:
        word = self._between(low, high)
        return Query(kind, word, (word,), self._count([word]))

    def _union(self, _: Passage) -> Query:
        words = {self._between(max(2, self.size * 1e-4), self.size * 0.3) for _ in range(self.chance.randint(2, 4))}
        chosen = tuple(sorted(words))
        return Query("union", " ".join(chosen), chosen, self._count(chosen))

    def _content(self, passage: Passage) -> list[str]:
        found = dict.fromkeys(word.lower() for word in _WORD.findall(passage.text))
        return [word for word in found if word in self.frequency]

    def _question(self, passage: Passage) -> Query | None:
        """Three to six words of a passage in their order, one or two of them common, as somebody would ask."""
        content = self._content(passage)
        common = [word for word in content if self.frequency[word] >= self.size * 0.05]
        rarer = [word for word in content if self.frequency[word] < self.size * 0.05]
        wanted, some = self.chance.randint(3, 6), self.chance.randint(1, 2)
        if len(common) < some or len(rarer) < wanted - some:
            return None
        chosen = {*self.chance.sample(common, some), *self.chance.sample(rarer, wanted - some)}
        words = tuple(word for word in content if word in chosen)
        text = self.chance.choice(_QUESTIONS).format(" ".join(words))
        return Query("question", text, words, self._count(words))

    def _all(self, passage: Passage) -> Query | None:
        content = self._content(passage)
        wanted = self.chance.randint(2, 3)
        if len(content) < wanted:
            return None
        words = tuple(self.chance.sample(content, wanted))
        return Query("all terms", " ".join(f"+{word}" for word in words), words, self._count(words))

    def _phrase(self, passage: Passage) -> Query | None:
        """Two or three words that follow one another in the passage, the first and the last no tool words."""
        possible = []
        for match in _RUN.findall(passage.text):
            run = match.split(" ")
            for at in range(len(run) - 1):
                possible += [
                    run[at:end] for end in (at + 2, at + 3) if end <= len(run) and self._begins_and_ends(run[at:end])
                ]
        if not possible:
            return None
        words = tuple(self.chance.choice(possible))
        return Query("phrase", f'"{" ".join(words)}"', words, self._count(words))

    def _begins_and_ends(self, words: Sequence[str]) -> bool:
        return all(word.lower() in self.frequency for word in (words[0], words[-1]))

    def _prefix(self) -> Query | None:
        word = fold(self._between(2, self.size * 0.1))[: self.chance.randint(3, 6)]
        first = bisect_left(self.folded, word)
        forms = bisect_left(self.folded, word + "\uffff") - first
        if len(word) < 3 or not 2 <= forms <= MAX_FORMS:
            return None
        return Query("prefix", f"{word}*", (word,), (forms,))

    def _filtered(self, passage: Passage) -> Query | None:
        """A question within the passage's own source and half a year to two years around it, so that it has a hit."""
        query = self._question(passage)
        if query is None:
            return None
        days = self.chance.randint(180, 730)
        first = max(passage.day - timedelta(days=self.chance.randrange(days)), FIRST_DAY)
        last = min(first + timedelta(days=days), FIRST_DAY + timedelta(days=DAYS))
        return replace(query, kind="source and dates", source=passage.source, first=first, last=last)


def _as(query: Query | None, kind: Kind, *, facets: bool = False, page: int = 1) -> Query | None:
    return None if query is None else replace(query, kind=kind, facets=facets, page=page)


def _searchable(frequencies: dict[str, int]) -> dict[str, int]:
    """The words that somebody would look for, in lower case; tool words, numbers and compounds are left out."""
    found: dict[str, int] = {}
    for word, count in frequencies.items():
        lower = word.lower()
        if _WORD.fullmatch(word) and lower not in tool_words():
            found[lower] = found.get(lower, 0) + count
    return found
