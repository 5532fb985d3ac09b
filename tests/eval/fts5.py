"""The yardstick: SQLite FTS5 over the passages that our search looks at, asked for any of a question's words."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import Stemmer

from search_index.analysis import tool_words
from tests.eval.questions import Question
from tests.eval.searched import DEPTH, SearchedPassage

_WORD = re.compile(r"\w+")
_SNOWBALL = {"fr": "french", "en": "english"}


def folded_words(text: str) -> list[str]:
    """The words in lower case without accents."""
    return _WORD.findall(_fold(text.lower()))


def stems(text: str, language: str) -> list[str]:
    """The Snowball stems of the words that are no stop words, without accents."""
    stemmer = Stemmer.Stemmer(_SNOWBALL.get(language, "french"))
    return [_fold(stemmer.stemWord(word)) for word in _WORD.findall(text.lower()) if word not in tool_words()]


@dataclass(frozen=True, slots=True)
class Fts5:
    """A full-text table with a column for each language; ``stemmed`` says how texts and questions are read."""

    table: sqlite3.Connection
    passages: Sequence[SearchedPassage]
    stemmed: bool

    @classmethod
    def of(cls, passages: Sequence[SearchedPassage], *, stemmed: bool) -> Fts5:
        """The passages in a new table."""
        table = sqlite3.connect(":memory:")
        table.execute("CREATE VIRTUAL TABLE t USING fts5(fr, en, tokenize = 'unicode61')")
        for row, passage in enumerate(passages):
            language = "en" if passage.language == "en" else "fr"
            read = stems(passage.text, language) if stemmed else folded_words(passage.text)
            table.execute(f"INSERT INTO t (rowid, {language}) VALUES (?, ?)", (row, " ".join(read)))
        return cls(table, passages, stemmed)

    def hits(self, query: str) -> list[SearchedPassage]:
        """The first hits by FTS5's own BM25."""
        sides = [f"{{{language}}} : ({_any(self._read(query, language))})" for language in _SNOWBALL]
        if not self._read(query, "fr") and not self._read(query, "en"):
            return []
        rows = self.table.execute(
            "SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t), rowid LIMIT ?", (" OR ".join(sides), DEPTH)
        )
        return [self.passages[row] for (row,) in rows]

    def rank(self, question: Question) -> int:
        """The place of the first right hit, from 1; 0 where none of the first hits is right."""
        found = enumerate(self.hits(question.query), 1)
        return next((at for at, hit in found if question.is_answered_by(hit.article, hit.start, hit.end)), 0)

    def _read(self, text: str, language: str) -> list[str]:
        return stems(text, language) if self.stemmed else folded_words(text)


def _any(words: Iterable[str]) -> str:
    return " OR ".join(f'"{word}"' for word in words) or '"\\u0000"'


def _fold(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text)
    return "".join(character for character in spread if not unicodedata.combining(character))
