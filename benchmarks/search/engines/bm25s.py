"""bm25s: every score computed in advance, in sparse matrices held in memory."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import Stemmer

from benchmarks.search.corpus import SOURCES, Passage
from benchmarks.search.engines.base import Answer, Engine, EngineMissing, find_module
from benchmarks.search.queries import PAGE, Kind, Query

bm25s: Any = find_module("bm25s")


class Bm25s(Engine):
    """Has no phrases, prefixes or musts; filters are a mask over all passages, facets a count of positive scores."""

    name: ClassVar[str] = "bm25s"
    description: ClassVar[str] = "French stop words and stemmer; numpy backend"
    kinds: ClassVar[frozenset[Kind]] = frozenset(
        ("rare term", "common term", "union", "question", "source and dates", "facets", "page 50")
    )

    def version(self) -> str:
        """By bm25s's version."""
        if bm25s is None:
            raise EngineMissing("bm25s is not installed")
        return f"bm25s-{bm25s.__version__}"

    def build(self, passages: Iterable[Passage], folder: Path) -> None:
        """Texts are tokenised as they come; the matrix is made at the end."""
        columns: list[tuple[int, int]] = []

        def texts() -> Iterable[str]:
            for passage in passages:
                columns.append((passage.source, passage.day.toordinal()))
                yield passage.text

        tokenizer = _tokenizer()
        tokens = [np.array(ids, dtype=np.int32) for ids in tokenizer.streaming_tokenize(texts())]
        model = bm25s.BM25()
        model.index((tokens, tokenizer.get_vocab_dict()), show_progress=False)
        model.save(str(folder))
        np.save(folder / "columns.npy", np.array(columns, dtype=np.int32))

    def open(self, folder: Path) -> None:
        """Into memory, as it is by default."""
        self._model = bm25s.BM25.load(str(folder), show_progress=False)
        self._sources, self._days = np.load(folder / "columns.npy").T.copy()
        self._stemmer = Stemmer.Stemmer("french")

    def search(self, query: Query) -> Answer:
        """One page: the best so many of all, from where it begins."""
        words = [word for word in self._stemmer.stemWords(query.words) if word in self._model.vocab_dict]
        mask = self._mask(query)
        wanted = min(PAGE * query.page, len(self._sources))
        found, scores = self._model.retrieve([words], k=wanted, show_progress=False, weight_mask=mask, n_threads=0)
        facets = {}
        if query.facets:
            hit = self._sources[self._model.get_scores(words) > 0]
            facets = {str(at): int(n) for at, n in enumerate(np.bincount(hit, minlength=SOURCES)) if n}
        ranked = found[0][scores[0] > 0][PAGE * (query.page - 1) :]
        return Answer(ranked.tolist(), None, facets)

    def _mask(self, query: Query) -> Any:
        if query.source is None or query.first is None or query.last is None:
            return None
        days = (self._days >= query.first.toordinal()) & (self._days <= query.last.toordinal())
        return (days & (self._sources == query.source)).astype(np.float32)


def _tokenizer() -> Any:
    return bm25s.tokenization.Tokenizer(stemmer=Stemmer.Stemmer("french"), stopwords="fr")
