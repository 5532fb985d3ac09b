"""The word classes of the English rules, those of the Penn treebank, and what UD calls them."""

from __future__ import annotations

POS_OF = {
    "DT": "DET", "PDT": "DET", "PRPS": "DET", "WPS": "DET", "PRP": "PRON", "WP": "PRON", "WDT": "DET", "WRB": "ADV",
    "IN": "ADP", "SC": "SCONJ", "CC": "CCONJ", "TO": "PART", "MD": "AUX", "VB": "VERB", "VBZ": "VERB", "VBP": "VERB",
    "VBD": "VERB", "VBN": "VERB", "VBG": "VERB", "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "JJ": "ADJ",
    "JJR": "ADJ", "JJS": "ADJ", "RB": "ADV", "CD": "NUM", "EX": "PRON", "POS": "PART", "NOT": "ADV", "UH": "INTJ",
    "PUNCT": "PUNCT", "SYM": "SYM", "X": "X",
}  # fmt: skip
"""UD's class for each working class; "not" counts as an adverb, as French "pas" does in UD."""

FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
VERBAL = frozenset({"VB", "VBZ", "VBP", "VBD", "VBN", "VBG"})
AUXILIARIES = frozenset({"be", "have", "do"})
