"""Grammar by a spaCy model, for any language: numbers become one token, the model parses, its words become ours.

The models of most languages speak Universal Dependencies; for one that speaks another dialect, a pack gives a reader
of its own (``languages/en/spacy_analyser.py``). Nothing here imports spaCy before a model is asked for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from extraction.analysis import Analysis, Token
from extraction.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language as Model
    from spacy.tokens import Doc
    from spacy.tokens import Token as Word

Read = Callable[["Doc", int], list[Token]]
"""Makes the tokens of a parsed passage, given where in the text it begins."""


def load_model(name: str) -> Model:
    """An installed spaCy model. Takes seconds; raises OSError where it is not installed."""
    import spacy  # noqa: PLC0415  # takes a second; who reads by rules need not wait for it

    return spacy.load(name)


class ModelAnalyser:
    """Parses with a loaded model."""

    def __init__(self, model: Model, read: Read) -> None:
        """``read`` makes tokens of what the model parsed: ``universal_tokens`` for one of Universal Dependencies."""
        self._model = model
        self._read = read
        # The pipeline shares buffers and a growing vocabulary; a process gains nothing from two passes at a time.
        self._lock = threading.Lock()

    def analyse(self, text: str, passages: Sequence[tuple[int, Span]], merges: Sequence[Span]) -> list[Analysis]:
        """See ``extraction.languages.base.Analyser``."""
        with self._lock:
            docs = [self._prepare(text, span, merges) for _, span in passages]
            parsed = list(self._model.pipe(docs, batch_size=32))
        found = [
            Analysis(at, span, self._read(doc, span.start)) for (at, span), doc in zip(passages, parsed, strict=True)
        ]
        _count(found, merges)
        return found

    def _prepare(self, text: str, span: Span, merges: Sequence[Span]) -> Doc:
        doc = self._model.make_doc(span.of(text))
        with doc.retokenize() as retokenizer:
            for merge in merges:
                if span.contains(merge):
                    words = doc.char_span(merge.start - span.start, merge.end - span.start, alignment_mode="strict")
                    if words is not None and len(words) > 1:
                        retokenizer.merge(words)
        return doc


def _count(analyses: Sequence[Analysis], merges: Sequence[Span]) -> None:
    """What was merged is a number, whatever a model takes it for ("trente et un" for an article)."""
    numbers = set(merges)
    for token in (token for analysis in analyses for token in analysis.tokens):
        if token.span in numbers:
            token.pos = "NUM"


def universal_tokens(
    doc: Doc, offset: int, features: Callable[[Word], str] = lambda word: str(word.morph)
) -> list[Token]:
    """The words of a passage that a model of Universal Dependencies parsed; ``features`` may mend their morphology.

    White-space tokens are left out, and what hung on them goes to their head.
    """
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
                morph=features(word),
                dep=word.dep_,
                head=position.get(head.i, at),
                sentence=sentence_of[word.i],
                entity=word.ent_type_,
                entity_start=word.ent_iob_ == "B",
            )
        )
    return tokens
