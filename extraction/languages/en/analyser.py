"""English grammar by rules: no model, no download, the same tree on every machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extraction.analysis import Analysis, Token
from extraction.languages.en.data import word_set
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
        found = [(at, span, words_of(text, span, merges)) for at, span in passages]
        names = frozenset(name for _, _, words in found for name in _second_names(words))
        return [Analysis(at, span, _tokens(words, names)) for at, span, words in found]


def _second_names(words: Sequence[Word]) -> Iterator[str]:
    """Capitalised words right behind a given name or a title: in this article they are names wherever they stand."""
    given = word_set("names_f") | word_set("names_m")
    for before, word in pairwise(words):
        capital = word.text[0].isupper() and word.text[0].isalpha() and not word.text.isupper()
        if capital and (before.text in given or before.lower.rstrip(".") in _COURTESY):
            yield word.text


_COURTESY = frozenset({"mr", "mrs", "ms", "dr"})


def _tokens(words: list[Word], names: frozenset[str]) -> list[Token]:
    start = 0
    for end in range(1, len(words) + 1):
        if end == len(words) or words[end].sentence != words[start].sentence:
            sentence = words[start:end]
            tag_sentence(sentence, names)
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
