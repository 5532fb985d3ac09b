"""News-like passages by the million: generated from a seed, written once, read as a stream.

A passage is two to five sentences of ``benchmarks.text`` (87 words in the mean) whose content words are mostly
replaced: by draws from a Zipf-Mandelbrot vocabulary, and by the words that its article keeps coming back to. Ten
passages on average make an article, which has a source (Pareto), a day, a title and entities.

The corpus is cut into blocks of 10,000 passages, each from a seed of its own, so that a smaller corpus is the
beginning of a larger one, and that what is there already is not made again::

    corpus-VERSION/00000.tsv   one passage a line: article, source, day, entities, title, text
    corpus-VERSION/00000.npz   the words in it, and in how many of its passages each is
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.search.skeleton import CONTENT, NUMBER, Skeletons, make_skeletons
from benchmarks.search.vocabulary import Ints, Vocabulary, make_numbers, make_vocabulary

VERSION = 1
"""Raise it with every change of what is generated: what was cached under another version is not used."""

BLOCK = 10_000
"""Passages in a block; sizes are multiples of it."""

SOURCES, DAYS, ENTITIES = 50, 6 * 365, 20_000
FIRST_DAY = date(2020, 1, 1)
REPLACED, TOPICAL, TOPIC_WORDS = 0.75, 0.35, 12


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage. ``number`` counts from 0 through the corpus; sources and entities are numbers too."""

    number: int
    article: int
    source: int
    day: date
    entities: tuple[int, ...]
    title: str
    text: str


@dataclass(frozen=True)
class Material:
    """What passages are made of: one table of words, made of those of the sentences, the vocabulary and numbers."""

    skeletons: Skeletons
    vocabulary: Vocabulary
    words: npt.NDArray[np.object_]
    separators: npt.NDArray[np.object_]

    @property
    def first_drawn(self) -> int:
        """The number in ``words`` of the vocabulary's first."""
        return len(self.skeletons.words)

    @property
    def first_number(self) -> int:
        """The number in ``words`` of the first number."""
        return self.first_drawn + len(self.vocabulary.words)


@lru_cache(maxsize=1)
def make_material() -> Material:
    """What every block is made of."""
    skeletons, vocabulary = make_skeletons(), make_vocabulary()
    numbers = make_numbers(np.random.default_rng(2))
    words = np.array([*skeletons.words, *vocabulary.words, *numbers], dtype=np.object_)
    return Material(skeletons, vocabulary, words, np.array(skeletons.separators, dtype=np.object_))


@dataclass(frozen=True)
class Block:
    """A block of passages: its lines, the words in it (numbers into ``Material.words``), and their frequencies."""

    lines: list[str]
    words: Ints
    frequencies: Ints


def make_block(number: int, size: int = BLOCK) -> Block:
    """The passages of one block, the same for the same number."""
    material = make_material()
    chance = np.random.default_rng((VERSION, number))
    begins = (chance.random(size) < 0.1).astype(np.int64)
    article = np.cumsum(begins) - begins[0]
    topics = material.vocabulary.draw(chance, (int(article[-1]) + 1) * TOPIC_WORDS).reshape(-1, TOPIC_WORDS)
    owner, word, separator = _tokens(material, chance, size)
    _replace(material, chance, topics[article[owner]], word, material.skeletons.kind[separator])
    texts = _texts(material, owner, word, material.skeletons.separator[separator], size)
    heads = _heads(material, chance, number, topics)
    lines = [f"{heads[a]}\t{text}" for a, text in zip(article.tolist(), texts, strict=True)]
    pairs = np.unique(owner * len(material.words) + word)
    words, frequencies = np.unique(pairs % len(material.words), return_counts=True)
    return Block(lines, words, frequencies)


def _tokens(material: Material, chance: np.random.Generator, size: int) -> tuple[Ints, Ints, Ints]:
    """For each token of the block: whose it is, its word, and its number in the skeletons."""
    start = material.skeletons.start
    counts = chance.choice([2, 3, 4, 5], size, p=[0.25, 0.3, 0.25, 0.2])
    sentences = chance.integers(0, len(start) - 1, int(counts.sum()))
    lengths = start[sentences + 1] - start[sentences]
    ends = np.cumsum(lengths)
    token = np.arange(int(ends[-1])) + np.repeat(start[sentences] - (ends - lengths), lengths)
    owner = np.repeat(np.repeat(np.arange(size), counts), lengths)
    return owner, material.skeletons.word[token].copy(), token


def _replace(
    material: Material, chance: np.random.Generator, topics: Ints, word: Ints, kind: npt.NDArray[np.int8]
) -> None:
    content = np.flatnonzero((kind == CONTENT) & (chance.random(len(word)) < REPLACED))
    drawn = material.vocabulary.draw(chance, len(content))
    topical = np.flatnonzero(chance.random(len(content)) < TOPICAL)
    drawn[topical] = topics[content[topical], chance.integers(0, TOPIC_WORDS, len(topical))]
    word[content] = material.first_drawn + drawn
    numbers = np.flatnonzero(kind == NUMBER)
    word[numbers] = chance.integers(material.first_number, len(material.words), len(numbers))


def _texts(material: Material, owner: Ints, word: Ints, separator: Ints, size: int) -> Iterator[str]:
    pieces = np.empty(2 * len(word), dtype=np.object_)
    pieces[0::2], pieces[1::2] = material.words[word], material.separators[separator]
    flat = pieces.tolist()
    ends = (2 * np.searchsorted(owner, np.arange(size), side="right")).tolist()
    begin = 0
    for end in ends:
        text = "".join(flat[begin:end]).rstrip()
        yield text[0].upper() + text[1:]
        begin = end


def _heads(material: Material, chance: np.random.Generator, number: int, topics: Ints) -> list[str]:
    """What all passages of an article share, as the first columns of their lines."""
    count = len(topics)
    sources = np.minimum(chance.pareto(0.8, count) * 2, SOURCES - 1).astype(int).tolist()
    days = chance.integers(0, DAYS, count).tolist()
    entities = np.minimum(chance.pareto(0.7, (count, 3)) * 4, ENTITIES - 1).astype(int).tolist()
    titles = material.words[topics[:, :6] + material.first_drawn].tolist()
    return [
        f"{number * BLOCK + at}\t{sources[at]}\t{(FIRST_DAY + timedelta(days[at])).isoformat()}\t"
        f"{','.join(map(str, sorted(set(entities[at]))))}\t{' '.join(titles[at]).capitalize()}"
        for at in range(count)
    ]


class Corpus:
    """The first ``size`` passages, in a folder. Iterating reads them, generating first what is not there."""

    def __init__(self, folder: Path, size: int) -> None:
        if size % BLOCK:
            raise ValueError(f"a corpus is a multiple of {BLOCK} passages")
        self.folder = folder / f"corpus-{VERSION}"
        self.size = size

    def __iter__(self) -> Iterator[Passage]:
        for number in range(self.size // BLOCK):
            with self._block(number).open(encoding="utf-8") as stream:
                for at, line in enumerate(stream):
                    yield read_passage(number * BLOCK + at, line)

    def passages(self, numbers: Iterator[int] | list[int]) -> dict[int, Passage]:
        """Some passages by number; reads only the blocks that hold one."""
        wanted: dict[int, set[int]] = {}
        for number in numbers:
            wanted.setdefault(number // BLOCK, set()).add(number)
        found: dict[int, Passage] = {}
        for block, own in wanted.items():
            with self._block(block).open(encoding="utf-8") as stream:
                for at, line in enumerate(stream, block * BLOCK):
                    if at in own:
                        found[at] = read_passage(at, line)
        return found

    def frequencies(self) -> dict[str, int]:
        """In how many passages each word is, as it is written."""
        words = make_material().words
        totals = np.zeros(len(words), dtype=np.int64)
        for number in range(self.size // BLOCK):
            with np.load(self._block(number).with_suffix(".npz")) as kept:
                totals[kept["words"]] += kept["frequencies"]
        found: dict[str, int] = {}
        for at in np.flatnonzero(totals).tolist():  # a word may be in more than one of the tables
            found[words[at]] = found.get(words[at], 0) + int(totals[at])
        return found

    def prepare(self) -> None:
        """Generate what is not there yet."""
        for number in range(self.size // BLOCK):
            self._block(number)

    def _block(self, number: int) -> Path:
        path = self.folder / f"{number:05d}.tsv"
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            block = make_block(number)
            np.savez(path.with_suffix(".npz"), words=block.words, frequencies=block.frequencies)
            unfinished = path.with_suffix(f".{os.getpid()}")
            unfinished.write_text("\n".join(block.lines) + "\n", "utf-8")
            unfinished.replace(path)
        return path


def read_passage(number: int, line: str) -> Passage:
    """The passage of a line."""
    article, source, day, entities, title, text = line.rstrip("\n").split("\t")
    ids = tuple(map(int, entities.split(",")))
    return Passage(number, int(article), int(source), date.fromisoformat(day), ids, title, text)
