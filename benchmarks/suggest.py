"""How long completing and correcting a word take in a big lexicon, and how often the right word comes back.

    python -m benchmarks.suggest [--words 600000] [--segments 1] [--queries 2000] [--output build/suggest.json]

The words are invented: letters follow one another as in the French and English words of the language packs, and a few
words are in most passages (Zipf's law). Corrections are asked for words drawn by frequency, with one slip of the
finger, two from nine letters on. Prints one line of JSON; times are milliseconds that the thread computed, whatever
else the machine did.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

import numpy as np

from search_index.analysis import words
from search_index.spelling import MIN_CORRECTED, Lexicon, Spelling, bare

Answer = TypeVar("Answer")

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONG = 9
_LONGEST = 18


def invented_words(count: int, seed: int) -> list[str]:
    """So many different words, commonest first: real ones, then others made of their letters."""
    draw = random.Random(seed)
    real = _real_words()
    following: dict[str, str] = defaultdict(str)
    for word in real:
        for at, letter in enumerate(f"  {word} "[2:]):
            following[f"  {word} "[at : at + 2]] += letter
    found = dict.fromkeys(real[:count])
    while len(found) < count:
        word = "".join(_letters(following, draw))
        if len(word) >= MIN_CORRECTED:
            found[word] = None
    return list(found)


def _real_words() -> list[str]:
    text = " ".join(
        files(f"extraction.languages.{code}").joinpath("lexicon", name).read_text("utf-8")
        for code in ("fr", "en")
        for name in ("verbs.tsv", "nouns.tsv", "nominals.tsv")
    )
    return list(dict.fromkeys(word.folded for word in words(text) if word.folded.isalpha()))


def _letters(following: dict[str, str], draw: random.Random) -> Iterator[str]:
    last = "  "
    for _ in range(_LONGEST):
        letter = draw.choice(following[last])
        if letter == " ":
            return
        yield letter
        last = last[1] + letter


def lexicons(ranked: Sequence[str], segments: int, seed: int) -> list[Lexicon]:
    """The words, shared out among segments; the word of rank ``r`` is in ``len(ranked) / r`` passages or one."""
    draw = random.Random(seed)
    parts: list[dict[str, int]] = [{} for _ in range(segments)]
    for rank, word in enumerate(ranked, 1):
        count = max(len(ranked) // rank, 1)
        for part in parts if count >= segments else [draw.choice(parts)]:
            part[word] = max(count // segments, 1)
    return [_lexicon(part) for part in parts]


def _lexicon(counts: dict[str, int]) -> Lexicon:
    ordered = sorted(counts, key=str.encode)
    written = [word.encode() for word in ordered]
    ends = np.fromiter(accumulate(map(len, written)), np.uint32, len(written))
    return Lexicon(b"".join(written), ends, np.array([counts[word] for word in ordered], np.uint32))


def slip(word: str, draw: random.Random) -> str:
    """The word with one edit."""
    at = draw.randrange(1, len(word) - 1)
    other = draw.choice(_LETTERS)
    return draw.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + other + word[at:],
            word[:at] + other + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


def drawn(ranked: Sequence[str], count: int, draw: random.Random) -> list[str]:
    """Words by frequency: half of them are among the first thousandth of the ranks."""
    shortest = 5
    picked = (ranked[int(len(ranked) ** draw.random())] for _ in iter(int, 1))
    return [next(word for word in picked if len(word) >= shortest) for _ in range(count)]


def timed(work: Callable[[], Answer]) -> tuple[float, Answer]:
    """Milliseconds that a call computes, and its answer."""
    start = time.thread_time()
    answer = work()
    return (time.thread_time() - start) * 1000, answer


def measure(count: int, segments: int, queries: int) -> dict[str, float]:
    """The board."""
    draw = random.Random(5)
    ranked = invented_words(count, seed=5)
    spelling = Spelling(lexicons(ranked, segments, seed=6))
    first, _ = timed(lambda: spelling.correct("qwertyuiop"))
    asked = drawn(ranked, queries, draw)
    prefixes = [word[: draw.randrange(1, 7)] for word in asked]
    completing = [timed(lambda prefix=prefix: spelling.complete(prefix, 10))[0] for prefix in prefixes]  # type: ignore[misc]
    slips = [(word, slip(slip(word, draw) if len(word) >= _LONG else word, draw)) for word in asked]
    slips = [(word, typed) for word, typed in slips if not spelling.frequency(typed)]
    correcting = [(word, *timed(lambda typed=typed: spelling.correct(typed))) for word, typed in slips]  # type: ignore[misc]
    best = [[known.word for known in found] for _, _, found in correcting]
    return {
        "words": count,
        "segments": segments,
        "first correction ms": first,
        **_percentiles("complete", completing),
        **_percentiles("correct", [elapsed for _, elapsed, _ in correcting]),
        "corrections asked": len(slips),
        "right word first": _share(found[:1] == [bare(word)] for (word, _), found in zip(slips, best, strict=True)),
        "right word in three": _share(bare(word) in found for (word, _), found in zip(slips, best, strict=True)),
    }


def _percentiles(name: str, times: Sequence[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100)
    return {f"{name} p50 ms": cuts[49], f"{name} p95 ms": cuts[94], f"{name} max ms": max(times)}


def _share(outcomes: Iterator[bool]) -> float:
    return statistics.fmean(outcomes)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=600_000)
    parser.add_argument("--segments", type=int, default=1)
    parser.add_argument("--queries", type=int, default=2_000)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    board = {key: round(value, 3) for key, value in measure(options.words, options.segments, options.queries).items()}
    line = json.dumps(board)
    print(line)
    if options.output is not None:
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text(line + "\n", "utf-8")


if __name__ == "__main__":
    main()
