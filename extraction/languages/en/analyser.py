"""English grammar by rules: no model, no download, the same tree on every machine."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.analysis import Analysis, Token
from extraction.languages.en.grammar import parse_sentence
from extraction.languages.en.names import label_names
from extraction.languages.en.tagger import tag_sentence
from extraction.languages.en.that import resolve_that
from extraction.languages.en.tokens import Word, words_of
from extraction.spans import Span


class RuleAnalyser:
    """Tokens, classes, names and a shallow tree with the labels of Universal Dependencies."""

    def analyse(self, text: str, passages: Sequence[tuple[int, Span]], merges: Sequence[Span]) -> list[Analysis]:
        """See ``extraction.languages.base.Analyser``. Never raises; cost is linear in the text."""
        return [Analysis(at, span, _tokens(words_of(text, span, merges))) for at, span in passages]


def _tokens(words: list[Word]) -> list[Token]:
    start = 0
    for end in range(1, len(words) + 1):
        if end == len(words) or words[end].sentence != words[start].sentence:
            sentence = words[start:end]
            tag_sentence(sentence)
            resolve_that(sentence)
            label_names(sentence)
            parse_sentence(words, start, end)
            start = end
    return [_token(word) for word in words]


def _token(word: Word) -> Token:
    return Token(
        i=word.i,
        start=word.start,
        end=word.end,
        text=word.text,
        lemma=word.lemma,
        pos=word.pos,
        morph=word.morph,
        dep=word.dep,
        head=word.head,
        sentence=word.sentence,
        entity=word.entity,
        entity_start=word.entity_start,
    )
