"""The generated passages: the same every time, and as unevenly worded as news."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from benchmarks.search.corpus import BLOCK, Corpus, Material, make_block, make_material, read_passage
from benchmarks.search.skeleton import make_skeletons
from benchmarks.search.vocabulary import make_vocabulary

SIZE = 3_000


def test_block_is_the_same_for_the_same_number_and_another_for_another() -> None:
    first = make_block(0, 200)
    assert first.lines == make_block(0, 200).lines
    assert set(first.lines).isdisjoint(make_block(1, 200).lines)


def test_block_words_are_spread_as_in_news() -> None:
    block, material = make_block(0, SIZE), make_material()
    drawn = block.frequencies[(block.words >= material.first_drawn) & (block.words < material.first_number)]
    share = drawn / SIZE
    assert 0.15 < share.max() < 0.4
    assert 10 <= (share >= 0.1).sum() <= 80  # common words
    assert (drawn == 1).mean() > 0.5  # the long tail
    assert len(drawn) > 5 * SIZE


def test_block_passages_have_the_length_of_news() -> None:
    lengths = [len(line.split("\t")[-1].split()) for line in make_block(0, SIZE).lines]
    assert 80 < np.mean(lengths) < 95
    assert min(lengths) > 15


def test_block_frequencies_count_passages_that_have_the_word() -> None:
    block, material = make_block(0, 300), make_material()
    word = max(
        zip(block.words.tolist(), block.frequencies.tolist(), strict=True),
        key=lambda pair: (material.first_drawn <= pair[0] < material.first_number) * pair[1],
    )
    having = sum(_has(line, material, word[0]) for line in block.lines)
    assert having == word[1]


def _has(line: str, material: Material, word: int) -> bool:
    text = line.rsplit("\t", maxsplit=1)[-1].replace("'", "' ").lower()
    return material.words[word].lower() in [piece.strip(".,;»« ") for piece in text.split()]


def test_block_articles_have_ten_passages_on_average_and_share_source_day_and_title() -> None:
    passages = [read_passage(at, line) for at, line in enumerate(make_block(0, SIZE).lines)]
    heads = {(p.article, p.source, p.day, p.entities, p.title) for p in passages}
    assert len(heads) == len({p.article for p in passages})
    assert 7 < SIZE / len(heads) < 14
    assert [p.article for p in passages] == sorted(p.article for p in passages)


def test_block_sources_are_uneven_and_days_spread_over_six_years() -> None:
    passages = [read_passage(at, line) for at, line in enumerate(make_block(0, SIZE).lines)]
    counts = np.bincount([p.source for p in passages])
    assert counts.max() > SIZE / 5
    assert len(counts) <= 50
    years = {p.day.year for p in passages}
    assert years == set(range(2020, 2026))


def test_read_passage_reads_what_a_block_writes() -> None:
    passage = read_passage(7, "3\t1\t2024-06-19\t2,5\tUn titre\tDu texte.\n")
    assert (passage.number, passage.article, passage.source, passage.day) == (7, 3, 1, date(2024, 6, 19))
    assert (passage.entities, passage.title, passage.text) == ((2, 5), "Un titre", "Du texte.")


def test_corpus_takes_whole_blocks_only(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=str(BLOCK)):
        Corpus(tmp_path, BLOCK + 1)


def test_vocabulary_draws_by_mandelbrots_law() -> None:
    vocabulary = make_vocabulary(2_000, seed=4)
    drawn = vocabulary.draw(np.random.default_rng(5), 400_000)
    counts = np.bincount(drawn, minlength=len(vocabulary.words))[vocabulary.ranked]
    expected = 1 / (np.arange(10, dtype=float) + 9)
    assert counts[:10] / counts[:10].sum() == pytest.approx(expected / expected.sum(), rel=0.1)


def test_vocabulary_has_each_word_once_and_inflects() -> None:
    words = make_vocabulary(2_000, seed=4).words
    assert len(set(words)) == len(words) > 3_500
    assert sum(word + "s" in set(words) for word in words) > 500


def test_skeletons_give_back_sentences_of_the_templates() -> None:
    found = make_skeletons(50, seed=3)
    begin, end = found.start[0], found.start[1]
    text = "".join(
        found.words[word] + found.separators[separator]
        for word, separator in zip(found.word[begin:end], found.separator[begin:end], strict=True)
    )
    assert text.endswith(". ")
    assert "  " not in text
