"""The mapping from a spaCy model's labels, on parses written by hand: no English model comes with it."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from extraction.languages.en.spacy_analyser import tokens_of


def parse(words: list[str], heads: list[int], deps: list[str], pos: list[str], lemmas: list[str]) -> Doc:
    return Doc(spacy.blank("en").vocab, words=words, heads=heads, deps=deps, pos=pos, lemmas=lemmas)


def test_tokens_of_turns_prepositional_phrases_round() -> None:
    doc = parse(
        ["Rebels", "were", "killed", "by", "troops", "in", "Varn"],
        [2, 2, 2, 2, 3, 2, 5],
        ["nsubjpass", "auxpass", "ROOT", "agent", "pobj", "prep", "pobj"],
        ["NOUN", "AUX", "VERB", "ADP", "NOUN", "ADP", "PROPN"],
        ["rebel", "be", "kill", "by", "troop", "in", "Varn"],
    )
    tokens = tokens_of(doc, 10)
    assert [t.dep for t in tokens] == ["nsubj:pass", "aux:pass", "ROOT", "case", "obl:agent", "case", "obl:mod"]
    assert [t.head for t in tokens] == [2, 2, 2, 4, 2, 6, 2]
    assert tokens[0].start == 10


def test_tokens_of_makes_the_predicate_govern_its_copula() -> None:
    doc = parse(
        ["The", "bridge", "is", "unsafe"],
        [1, 2, 2, 2],
        ["det", "nsubj", "ROOT", "acomp"],
        ["DET", "NOUN", "AUX", "ADJ"],
        ["the", "bridge", "be", "unsafe"],
    )
    tokens = tokens_of(doc, 0)
    assert [(t.dep, t.head) for t in tokens] == [("det", 1), ("nsubj", 3), ("cop", 3), ("ROOT", 3)]
