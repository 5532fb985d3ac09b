"""The words and patterns of a language: tables beside its pack, read once.

Each line of ``expressions.tsv`` is a section, a key and a pattern, a regular expression over the folded view (see
``extraction.expressions.folding``) in which a space stands for a space or a line break.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from extraction.languages.data import find_file, read_rows

_WORD_START = r"(?<![\w])"
# A word ends before anything but a letter: figures may follow a unit at once ("1h45").
_WORD_END = r"(?:(?<![\w])|(?![^\W0-9]))"
_CLASS_OR_SPACE = re.compile(r"\[\^?[^\]]{1,80}\]| ")


class Lexicon:
    """The sections of one table; each is a list of (key, pattern), in order."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        self._sections: dict[str, list[tuple[str, str]]] = {}
        for section, key, pattern in rows:
            self._sections.setdefault(section, []).append((key, spaced(pattern)))

    def rows(self, section: str) -> list[tuple[str, str]]:
        """(key, pattern) of a section, an empty list if the language has none."""
        return self._sections.get(section, [])

    def union(self, section: str) -> str:
        """One alternation of all the patterns of a section, the longest first; matches nothing if there is none."""
        patterns = [part for _, pattern in self.rows(section) for part in alternatives(pattern)]
        patterns.sort(key=len, reverse=True)
        return "(?:" + "|".join(patterns) + ")" if patterns else r"(?!)"


def alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern at its top level, so that a union can try the longest first."""
    parts, depth, at, in_class = [""], 0, 0, False
    while at < len(pattern):
        piece = pattern[at : at + 2] if pattern[at] == "\\" else pattern[at]
        in_class = (in_class or piece == "[") and piece != "]"
        depth += 0 if in_class else (piece == "(") - (piece == ")")
        if piece == "|" and not depth and not in_class:
            parts.append("")
        else:
            parts[-1] += piece
        at += len(piece)
    return parts


def spaced(pattern: str) -> str:
    """A pattern whose spaces match line breaks as well, inside character classes too."""
    return _CLASS_OR_SPACE.sub(lambda m: r"[ \n]" if m.group() == " " else m.group().replace(" ", r" \n"), pattern)


@lru_cache(maxsize=32)
def has_tables(language: str) -> bool:
    """Whether a language has the table of its numbers, without which neither amounts nor times are read."""
    return find_file(language, "expressions.tsv") is not None


@lru_cache
def load_lexicon(language: str) -> Lexicon:
    """The table of a language, an empty one where it has none."""
    return Lexicon(read_table(language, "expressions.tsv"))


def read_table(language: str, name: str) -> list[tuple[str, str, str]]:
    """A language's rows of three columns, none where it has no such table."""
    return [(section, key, pattern) for section, key, pattern in read_rows(language, name, 3, least=3)]


def _one_of(rows: list[tuple[str, str]]) -> str:
    return "|".join(f"(?:{pattern})" for _, pattern in rows) or "(?!)"


class Keyed:
    """Alternatives that are tried together, with the key of the one that matched; the longest wins."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        rows = list(rows)
        self._choices = [(key, re.compile(f"(?:{pattern}){_WORD_END}")) for key, pattern in rows]
        # Most places have no alternative: one pattern says so at once.
        self._any = re.compile(f"(?:{_one_of(rows)}){_WORD_END}")

    def match(self, view: str, at: int) -> tuple[str, int] | None:
        """Key and end of the longest alternative at a position."""
        best: tuple[str, int] | None = None
        if self._any.match(view, at) is None:
            return None
        for key, pattern in self._choices:
            found = pattern.match(view, at)
            if found is not None and (best is None or found.end() > best[1]):
                best = key, found.end()
        return best


class Preceding:
    """Alternatives that must end where something begins; the longest wins. Looks back a bounded way only."""

    REACH = 48

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        rows = list(rows)
        self._choices = [(key, re.compile(f"{_WORD_START}(?:{pattern})\\Z")) for key, pattern in rows]
        self._any = re.compile(f"{_WORD_START}(?:{_one_of(rows)})\\Z")

    def match(self, view: str, at: int) -> tuple[str, int] | None:
        """Key and start of the longest alternative that ends at a position."""
        window = view[max(0, at - self.REACH) : at]
        best: tuple[str, int] | None = None
        if self._any.search(window) is None:
            return None
        for key, pattern in self._choices:
            found = pattern.search(window)
            if found is not None and (best is None or found.start() < best[1]):
                best = key, found.start()
        return None if best is None else (best[0], at - len(window) + best[1])
