"""What the words of a language may be, read from the tables in the folder ``grammar`` of its pack.

``closed.tsv``    forms between spaces, part of speech, lemma (empty: the form itself), features
``verbs.tsv``     infinitive, then its irregular forms as ``form=features`` between spaces
``endings.tsv``   ending of the infinitive, endings of forms between spaces, features
``suffixes.tsv``  suffix of words that no table has, part of speech, features

Parts of speech and features are those of Universal Dependencies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from extraction.event_lexicon import load_event_lexicon
from extraction.expressions.lexicon import load_lexicon as load_expressions
from extraction.languages.data import read_rows
from extraction.languages.errors import LanguageError
from extraction.lexicon import load_lexicon, plain

_ENDINGS, _VERBS = "grammar/endings.tsv", "grammar/verbs.tsv"


@dataclass(frozen=True, slots=True)
class Form:
    """One reading of a word."""

    pos: str
    lemma: str
    morph: str = ""

    def has(self, feature: str) -> bool:
        """Whether the reading has a feature, written as "VerbForm=Inf"."""
        return feature in self.morph.split("|")


@dataclass(frozen=True, slots=True)
class Forms:
    """The tables of one language. ``nouns`` are the words of its lexicons that name people, bodies and happenings,

    ``numbers`` its number words without accents.
    """

    closed: Mapping[str, Form]
    verbs: Mapping[str, Form]
    nouns: frozenset[str]
    numbers: frozenset[str]
    suffixes: tuple[tuple[str, Form], ...]

    def by_suffix(self, word: str) -> Form | None:
        """The reading that the longest suffix of a word gives."""
        return next((form for suffix, form in self.suffixes if word.endswith(suffix) and word != suffix), None)


@lru_cache(maxsize=8)
def load_forms(language: str) -> Forms:
    """The tables of a language, empty where its pack has none. Raises LanguageError for a verb of no known class."""
    suffixes = {
        suffix: Form(pos, "", morph) for suffix, pos, morph in read_rows(language, "grammar/suffixes.tsv", 3, least=2)
    }
    closed = {
        form: Form(pos, lemma or form, morph)
        for forms, pos, lemma, morph in read_rows(language, "grammar/closed.tsv", 4, least=2)
        for form in forms.split()
    }
    return Forms(
        closed,
        _verbs(language),
        _nouns(language),
        frozenset(word for _, word in load_expressions(language).rows("number")),
        tuple(sorted(suffixes.items(), key=lambda item: -len(item[0]))),
    )


def _verbs(language: str) -> dict[str, Form]:
    """Every form of the listed verbs; an irregular one goes before a regular one, the first verb before another."""
    regular: dict[str, Form] = {}
    irregular: dict[str, Form] = {}
    endings = list(read_rows(language, _ENDINGS, 3, least=3))
    for lemma, forms in read_rows(language, _VERBS, 2):
        # A longer ending of the infinitive is a class of its own.
        infinitive = max((row[0] for row in endings if lemma.endswith(row[0])), key=len, default=None)
        if infinitive is None:
            raise LanguageError(f"{_VERBS} of the language {language!r}: {lemma!r} has no ending of {_ENDINGS}.")
        stem = lemma.removesuffix(infinitive)
        for _, written, morph in (row for row in endings if row[0] == infinitive):
            for ending in written.split():
                regular.setdefault(stem + ending.replace("-", ""), Form("VERB", lemma, morph))
        for form, _, morph in (pair.partition("=") for pair in forms.split()):
            irregular.setdefault(form, Form("VERB", lemma, morph))
    return regular | irregular


def _nouns(language: str) -> frozenset[str]:
    speech, events = load_lexicon(language), load_event_lexicon(language)
    known = {*speech.nouns, *speech.people, *speech.nominals, *events.deverbal, *events.person_nouns}
    return frozenset({plain(word) for word in known} | {plain(f"{word}{end}") for word in known for end in ("s", "es")})
