"""Words like the one that was typed: those that begin so, and better-known ones that differ by a letter or two.

A ``Lexicon`` is what one segment of an index knows: its folded words in the order of their UTF-8 bytes, end to end in
one buffer, where each ends, and in how many passages it stands. ``Spelling`` asks several lexicons as if they were one.

The near words are found by the letters of each word as a set of 64 bits. Where two words are ``d`` edits apart, each
has at most ``d`` letters that the other lacks, and their lengths differ by at most ``d``; so a few passes of numpy over
nine bytes a word leave some thousands, pairs of letters in the same way some hundreds, whose distance is computed. An
edit is a letter too much, too few or another, or two neighbours exchanged (Damerau, A technique for computer detection
and correction of spelling errors, 1964; here as optimal string alignment).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search_index.analysis import MAX_WORD_LENGTH, fold

MIN_CORRECTED = 3
"""Letters of the shortest word that is corrected."""

LONG_WORD = 6
"""Letters from which a word may be two edits away rather than one."""

RARE = 2
"""Passages with a word up to which it counts as very rare: a slip of the pen that somebody printed."""

COMMONER = 200
"""How many times more passages a word must have to be offered in place of a very rare one."""

_EDIT = math.log(50)
"""What an edit costs: a word one edit farther away must be in fifty times more passages to come first."""

_OTHER_INITIAL = math.log(5)
"""What another first letter costs besides; people seldom miss the first."""

_PAIRS_AN_EDIT = 3
"""Pairs of neighbours that one edit can undo: an exchange undoes three."""

_CHUNK = 1 << 16
"""Words looked at together: temporary arrays stay below a megabyte, and inside the processor's cache."""

_MOST_COMPARED = 4_000
"""Candidates whose distance is computed, the most frequent; what is rarer would come last anyway."""

_FEWEST_COMPARED = 64
"""Candidates of a small lexicon among big ones."""

_MOST_COUNTED = 32
"""Near words of which all lexicons are asked how frequent they are."""

_MOST_LISTED = 1_024
"""Most frequent words of each lexicon among which a prefix is completed; beyond, order is no longer exact."""

Bytes = bytes | memoryview | NDArray[np.uint8]

_Bits = NDArray[np.uint64]
_Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Shapes:
    """What tells words that cannot be near: letters, and letters and pairs of neighbours as sets of 64 bits.

    Latin letters and digits have bits of their own, others share 28; pairs, with both ends of the word, share all.
    """

    lengths: NDArray[np.uint8]
    letters: _Bits
    pairs: _Bits


@dataclass(frozen=True, slots=True)
class KnownWord:
    """A folded word and in how many passages it stands, deleted ones perhaps included."""

    word: str
    frequency: int


class Lexicon:
    """The words of one segment. ``ends`` and ``frequencies`` are integer arrays, one value a word.

    Nothing is copied. What finding near words needs, 17 bytes a word, is made when it is first asked for, so keep the
    object as long as the segment. Safe between threads.
    """

    def __init__(self, blob: Bytes, ends: NDArray[Any], frequencies: NDArray[Any]) -> None:
        buffers: tuple[Any, Any] = (blob, ends)
        # Looking one value up is twice as fast in a memoryview as in an array.
        self._blob, self._stops = memoryview(buffers[0]), memoryview(buffers[1])
        self._ends = ends
        self._frequencies = frequencies

    def __len__(self) -> int:
        return len(self._ends)

    def word(self, at: int) -> str:
        """The word at a place."""
        return self._bytes(at).decode("utf-8", "replace")

    def frequency(self, word: str) -> int:
        """In how many passages a word stands; 0 for an unknown one."""
        key = word.encode("utf-8", "replace")
        at = self._first(key)
        return int(self._frequencies[at]) if at < len(self) and self._bytes(at) == key else 0

    def beginning(self, prefix: str, most: int) -> tuple[dict[str, int], int]:
        """The ``most`` most frequent words that begin so, with their passages; and the most that any other may have."""
        key = prefix.encode("utf-8", "replace")
        low = self._first(key)
        high = self._first(key + b"\xff", low)  # a byte that UTF-8 never has, above all that it has
        places = np.arange(low, high)
        rest = 0
        if len(places) > most:
            places = low + _largest(self._frequencies[low:high], most)
            rest = int(self._frequencies[places].min())
        return {self.word(at): int(self._frequencies[at]) for at in places.tolist()}, rest

    def near(self, word: str, reach: int, above: int, most: int) -> Iterator[tuple[str, int, int]]:
        """Words at most ``reach`` edits from a word and in more than ``above`` passages: word, distance, passages.

        Only the ``most`` most frequent of those that may be are compared.
        """
        places = self._candidates(word, reach)
        places = places[self._frequencies[places] > above]
        if len(places) > most:
            places = places[_largest(self._frequencies[places], most)]
        names = [self.word(at) for at in places.tolist()]
        found = process.extract(word, names, scorer=OSA.distance, score_cutoff=reach, limit=None)
        for name, distance, number in found:
            yield name, int(distance), int(self._frequencies[places[number]])

    def _bytes(self, at: int) -> bytes:
        return bytes(self._blob[self._stops[at - 1] if at else 0 : self._stops[at]])

    def _first(self, key: bytes, low: int = 0) -> int:
        """Where the first word not before a key is."""
        return bisect_left(range(len(self)), key, lo=low, key=self._bytes)

    def _candidates(self, word: str, reach: int) -> _Positions:
        """Places of the words whose letters, length and pairs of letters allow so few edits."""
        shape = _shapes(np.fromiter(map(ord, word), np.uint32), np.zeros(1, np.int64))
        letters, pairs = shape.letters[0], shape.pairs[0]
        found = []
        for begin in range(0, len(self), _CHUNK):
            long, own = (values[begin : begin + _CHUNK] for values in (self._shapes.lengths, self._shapes.letters))
            fits = (long >= len(word) - reach) & (long <= len(word) + reach)
            fits &= np.bitwise_count(own & ~letters) <= reach
            fits &= np.bitwise_count(letters & ~own) <= reach
            found.append(begin + np.flatnonzero(fits))
        places = np.concatenate([np.zeros(0, np.int64), *found])
        own = self._shapes.pairs[places]
        lost, new = np.bitwise_count(pairs & ~own), np.bitwise_count(own & ~pairs)
        possible: _Positions = places[np.maximum(lost, new) <= _PAIRS_AN_EDIT * reach]
        return possible

    @cached_property
    def _shapes(self) -> _Shapes:
        """The shape of each word."""
        parts = [self._shapes_of(begin, min(begin + _CHUNK, len(self))) for begin in range(0, len(self), _CHUNK)]
        return _Shapes(
            np.concatenate([np.zeros(0, np.uint8), *(part.lengths for part in parts)]),
            np.concatenate([np.zeros(0, np.uint64), *(part.letters for part in parts)]),
            np.concatenate([np.zeros(0, np.uint64), *(part.pairs for part in parts)]),
        )

    def _shapes_of(self, begin: int, end: int) -> _Shapes:
        first = int(self._ends[begin - 1]) if begin else 0
        raw = bytes(self._blob[first : int(self._ends[end - 1])])
        written = np.frombuffer(raw, np.uint8)
        # A character begins at every byte that does not continue one.
        reached = np.concatenate([[0], np.cumsum((written & 0xC0) != 0x80)])
        stops = reached[np.asarray(self._ends[begin:end], dtype=np.int64) - first]
        points = np.frombuffer(raw.decode("utf-8").encode("utf-32-le"), np.uint32)
        return _shapes(points, np.concatenate([[0], stops[:-1]]))


class Spelling:
    """Several lexicons asked as one. Cheap to make; the lexicons are what lasts."""

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        self._lexicons: Sequence[Lexicon] = tuple(lexicons)

    def frequency(self, word: str) -> int:
        """In how many passages a word stands, however it is accented."""
        return self._count(bare(word))

    def complete(self, prefix: str, limit: int) -> tuple[KnownWord, ...]:
        """The ``limit`` most frequent words that begin so, the word itself included; accents and case do not matter."""
        key = bare(prefix)
        size = 2 * limit
        while key:
            counts, rest = self._beginning(key, size)
            best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]
            # A word that no lexicon listed stands in at most ``rest`` passages.
            if not rest or (len(best) == limit and best[-1][1] >= rest) or size >= _MOST_LISTED:
                return tuple(KnownWord(word, count) for word, count in best)
            size *= 4
        return ()

    def correct(self, word: str, limit: int = 3) -> tuple[KnownWord, ...]:
        """Better-known words that the word may be a slip for, likeliest first.

        None for a word that is known well enough, is too short, or has a digit. Three letters allow one edit, six two;
        a word that is known, if very rare, allows one, and only towards a far commoner word.
        """
        key = bare(word)
        if not is_correctable(key):
            return ()
        known = self._count(key)
        if known > RARE:
            return ()
        reach = 1 if known or len(key) < LONG_WORD else 2
        ranked = sorted(self._near(key, reach, known * COMMONER), key=lambda found: found[0])
        return tuple(KnownWord(name, count) for _, name, count in ranked[:limit])

    def _count(self, key: str) -> int:
        return sum(lexicon.frequency(key) for lexicon in self._lexicons)

    def _beginning(self, key: str, size: int) -> tuple[dict[str, int], int]:
        """Words that some lexicon has among its ``size`` most frequent, and the most passages that others may have."""
        listed, most = [], 0
        for lexicon in self._lexicons:
            own, rest = lexicon.beginning(key, size)
            listed.append((lexicon, own))
            most += rest
        names = {name for _, own in listed for name in own}
        pairs = ((name, own.get(name) or lexicon.frequency(name)) for name in names for lexicon, own in listed)
        counts: Counter[str] = Counter()
        for name, count in pairs:
            counts[name] += count
        return counts, most

    def _near(self, key: str, reach: int, above: int) -> Iterator[tuple[tuple[float, str], str, int]]:
        """Near words with what they are ordered by. Each lexicon's own counts say which ones are counted in all."""
        costs: dict[str, float] = {}
        # The passages of a word that several lexicons share out may be enough in sum only.
        share = above // max(len(self._lexicons), 1)
        every = sum(map(len, self._lexicons))
        for lexicon in self._lexicons:
            most = _MOST_COMPARED * len(lexicon) // max(every, 1) + _FEWEST_COMPARED
            for name, distance, count in lexicon.near(key, reach, share, most):
                if name != key:
                    costs[name] = min(costs.get(name, math.inf), _cost(key, name, distance, count))
        for name in sorted(costs, key=lambda name: (costs[name], name))[:_MOST_COUNTED]:
            count = self._count(name)
            if count > above:
                yield (_cost(key, name, OSA.distance(key, name), count), name), name, count


def bare(text: str) -> str:
    """A word as a lexicon has it: folded, letters and digits only, no longer than any word of an index."""
    return "".join([c for c in fold(text[:MAX_WORD_LENGTH]) if c.isalnum()])


def is_correctable(key: str) -> bool:
    """Whether a bare word is long enough to be corrected, and no number nor a name with one."""
    return len(key) >= MIN_CORRECTED and not any(c.isdigit() or c.isnumeric() for c in key)


def _cost(key: str, name: str, distance: int, count: int) -> float:
    initial = 0.0 if key[0] == name[0] else _OTHER_INITIAL
    return distance * _EDIT + initial - math.log(max(count, 1))


def _largest(values: NDArray[Any], most: int) -> _Positions:
    """Places of the ``most`` largest of more values; of equal ones the first."""
    least = np.partition(values, len(values) - most)[len(values) - most]
    above = np.flatnonzero(values > least)
    return np.sort(np.concatenate([above, np.flatnonzero(values == least)[: most - len(above)]]))


def _shapes(points: NDArray[np.uint32], starts: _Positions) -> _Shapes:
    """The shapes of words that stand end to end; a word has a letter at least."""
    lengths = np.diff(starts, append=len(points))
    shared = 36 + points % 28
    letters = _bits(np.where(points < len(_ASCII), _ASCII[points % len(_ASCII)], shared))
    before = np.concatenate([[0], points[:-1]])
    before[starts] = 0
    pairs = np.bitwise_or.reduceat(_bits(before * 37 + points), starts)
    last = points[starts + lengths - 1]
    return _Shapes(
        np.minimum(lengths, 255).astype(np.uint8),
        np.bitwise_or.reduceat(letters, starts),
        pairs | _bits(last * 37),
    )


def _bits(numbers: NDArray[Any]) -> _Bits:
    return np.left_shift(np.uint64(1), (numbers % 64).astype(np.uint64))


_ASCII = np.array(
    [
        ord(c) - 97 if "a" <= c <= "z" else 26 + ord(c) - 48 if "0" <= c <= "9" else 36 + ord(c) % 28
        for c in map(chr, range(128))
    ],
    dtype=np.uint32,
)
