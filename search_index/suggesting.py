"""Completions of a word that is being typed, and corrections of those of a query that no passage has.

The lexicons of the segments propose; what they know of deleted passages too is then counted in the passages there are,
so that nothing is offered that a search would not find. Tool words are never offered: a query leaves them out.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from search_index.analysis import Word, fold, tool_words, words
from search_index.filters import keep_mask
from search_index.grammar import EVERYTHING, Query
from search_index.layout import ALIASES, NAMES, SURFACE, VALUES
from search_index.plan import Slot, make_plan
from search_index.query import SearchFilters
from search_index.segment import SegmentView
from search_index.spelling import Lexicon, Spelling
from search_index.store import Part, Snapshot

_EXAMPLES = 2
_MOST_COUNTED = 200
"""Words that are counted for one completion; a filter that lets hardly any through leaves it with fewer than asked."""

_MOST_CORRECTED = 4
"""Unknown words of a query that are corrected; a text in a language that no passage is in has no more than unknown."""

_SPARE = 4


@dataclass(frozen=True, slots=True)
class Completion:
    """A folded word, in how many passages it stands, and ids of a few of them."""

    word: str
    passages: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Completions:
    """What completes the last word of a text, most frequent first; the word's place, None where there is none."""

    start: int | None
    end: int | None
    items: tuple[Completion, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of a query that no passage has, by its place (code points, half-open), and a close one that some have."""

    start: int
    end: int
    word: str
    to: Completion


def complete(snapshot: Snapshot, text: str, limit: int, filters: SearchFilters) -> Completions:
    """The ``limit`` most frequent words that begin as the last one of a text does."""
    last = next(reversed(list(words(text))), None)
    if last is None:
        return Completions(None, None, ())
    spelling = _spelling(snapshot)
    size = _SPARE * limit
    while True:
        known = [found.word for found in spelling.complete(last.folded, size)]
        offered = (word for word in known if word not in _not_offered())
        items = [found for word in offered if (found := _completion(snapshot, word, filters)).passages]
        if len(items) >= limit or len(known) < size or size >= _MOST_COUNTED:
            break
        size = min(_SPARE * size, _MOST_COUNTED)
    items.sort(key=lambda found: (-found.passages, found.word))
    return Completions(last.start, last.end, tuple(items[:limit]))


def corrections(snapshot: Snapshot, query: Query) -> tuple[Correction, ...]:
    """For each word of a query's text that no passage has, the likeliest word that some have, if one is close.

    Quoted words, excluded ones, prefixes, values of fields and numbers are meant as they are.
    """
    spelling = _spelling(snapshot)
    found: list[Correction] = []
    for word, slot in _corrigible(query):
        if len(found) < _MOST_CORRECTED and not _is_known(snapshot, word, slot):
            to = _closest(snapshot, spelling, word)
            if to is not None:
                found.append(Correction(word.start, word.end, word.folded, to))
    return tuple(found)


def _corrigible(query: Query) -> Iterator[tuple[Word, Slot]]:
    for step in make_plan(query).steps:
        clause = step.clause
        if clause.field == "text" and clause.occur != "not" and not clause.is_quoted:
            yield from zip(clause.words, step.slots, strict=False)  # a prefix has a word and no slot


def _is_known(snapshot: Snapshot, word: Word, slot: Slot) -> bool:
    pairs = [(leaf.field, term) for leaf in slot.leaves for term in leaf.terms]
    pairs += [(SURFACE, word.folded), (NAMES, word.folded), (ALIASES, word.folded), (VALUES, word.folded)]
    return any(_stands(part, field, term) for field, term in pairs for part in snapshot.parts)


def _stands(part: Part, field: str, term: str) -> bool:
    docs = part.view.documents(field, term)
    return len(docs) > 0 and (part.whole or bool(part.live[docs].any()))


def _closest(snapshot: Snapshot, spelling: Spelling, word: Word) -> Completion | None:
    near = (known.word for known in spelling.correct(word.folded, _SPARE) if known.word not in _not_offered())
    counted = (_completion(snapshot, name, SearchFilters()) for name in near)
    return next((found for found in counted if found.passages), None)


def _completion(snapshot: Snapshot, word: str, filters: SearchFilters) -> Completion:
    passages = 0
    examples: list[str] = []
    for part in snapshot.parts:
        docs = part.view.documents(SURFACE, word)
        keep = keep_mask(part, filters, EVERYTHING) if len(docs) else None
        kept = docs if keep is None else docs[keep[docs]]
        passages += len(kept)
        ids = part.view.passage_ids
        examples += [bytes(ids[at]).decode() for at in kept[: _EXAMPLES - len(examples)].tolist()]
    return Completion(word, passages, tuple(examples))


_lexicons: weakref.WeakKeyDictionary[SegmentView, Lexicon] = weakref.WeakKeyDictionary()
_lock = threading.Lock()


def _spelling(snapshot: Snapshot) -> Spelling:
    with _lock:
        return Spelling(_lexicon(part.view) for part in snapshot.parts)


def _lexicon(view: SegmentView) -> Lexicon:
    """The words of a segment, made once."""
    known = _lexicons.get(view)
    if known is None:
        own = view.lexicon(SURFACE)
        starts = view.file.get(f"{SURFACE}.starts")
        counts = np.zeros(0, np.uint32) if starts is None else np.diff(starts).astype(np.uint32)
        known = _lexicons[view] = Lexicon(own.words, own.ends, counts)
    return known


@lru_cache(maxsize=1)
def _not_offered() -> frozenset[str]:
    return frozenset(map(fold, tool_words()))
