from __future__ import annotations

import random
import re

import spacy.lang.fr.tokenizer_exceptions as exceptions
from spacy.lang.char_classes import ALPHA, ALPHA_LOWER

from extraction.languages.fr.analyser import load_model
from extraction.languages.fr.tokenizer import CompoundPattern

LONG = "(?iu)" + "|".join(f"(?:{part})" for part in exceptions._regular_exp)
# What the patterns name, and letters that they do not: other scripts, ligatures, letters that change when lowered.
PIECES = sorted(
    {word for part in exceptions._regular_exp for word in re.findall(r"\w+", re.sub(r"\[[^]]*\]", " ", part))}
)
PIECES += ["ж", "ъ", "漢", "İ", "ſ", "K", "œ", "Å", "é", "1", "_", "😀", "e\u0301"]
SEPARATORS = ["-", "'", "’", "–", "‐", "", ".", " "]


def _words(count: int) -> list[str]:
    chance = random.Random(11)
    words = []
    for _ in range(count):
        word = "".join(chance.choice(PIECES) + chance.choice(SEPARATORS) for _ in range(chance.randint(1, 4)))
        words.append(word.upper() if chance.random() < 0.3 else word)
    return words


def test_compound_pattern_matches_what_the_long_expression_matches() -> None:
    genuine, short = re.compile(LONG), CompoundPattern(LONG, ALPHA_LOWER, ALPHA)
    words = _words(20_000)
    matched = [word for word in words if genuine.match(word)]
    assert len(matched) > 1000
    assert [word for word in words if short.match(word)] == matched


def test_load_model_keeps_compounds_whole_and_splits_inverted_pronouns() -> None:
    words = [
        token.text for token in load_model().make_doc("L'entr'aide du porte-parole de Saint-Denis-en-Val, a-t-il dit")
    ]
    assert words == ["L'", "entr'aide", "du", "porte-parole", "de", "Saint-Denis-en-Val", ",", "a", "-t", "-il", "dit"]
