"""The small grammar as an analyser: words, their tags, their phrases, one tree for each sentence."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.analysis import Analysis, Token
from extraction.event_lexicon import load_event_lexicon
from extraction.languages.basic.chunks import chunks_of
from extraction.languages.basic.forms import load_forms
from extraction.languages.basic.tagger import Tagger
from extraction.languages.basic.tree import TreeBuilder
from extraction.languages.basic.words import words_of
from extraction.languages.trees import secure
from extraction.lexicon import load_lexicon
from extraction.spans import Span


class BasicAnalyser:
    """Reads a language by the tables of its pack. Cost is linear in the text."""

    def __init__(self, language: str) -> None:
        """Reads the tables of the pack with this code."""
        self._lexicon, self._events = load_lexicon(language), load_event_lexicon(language)
        self._tagger = Tagger(load_forms(language), self._lexicon)

    def analyse(self, text: str, passages: Sequence[tuple[int, Span]], merges: Sequence[Span]) -> list[Analysis]:
        """See ``extraction.languages.base.Analyser``."""
        return [Analysis(at, span, self._tokens(text, span, merges)) for at, span in passages]

    def _tokens(self, text: str, span: Span, merges: Sequence[Span]) -> list[Token]:
        tokens = words_of(text, span, merges)
        start = 0
        for end in range(1, len(tokens) + 1):
            if end == len(tokens) or tokens[end].sentence != tokens[start].sentence:
                self._tagger.tag(tokens[start:end])
                builder = TreeBuilder(tokens, self._lexicon, self._events)
                builder.build(chunks_of(tokens, start, end, self._lexicon))
                secure(tokens, start, end, builder.root)
                start = end
        return tokens
