"""The word lists of English, read once from the files beside this module.

A list file has words separated by white space, or one a line where entries have spaces; ``#`` begins a comment line.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def _lines(name: str) -> list[str]:
    text = files(__package__).joinpath("words", name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def word_set(name: str) -> frozenset[str]:
    """The single words of ``words/<name>.txt``; raises FileNotFoundError for a list that does not exist."""
    return frozenset(word for line in _lines(f"{name}.txt") for word in line.split())


@cache
def phrase_set(name: str) -> frozenset[str]:
    """The entries of ``words/<name>.txt``, one a line, which may have spaces."""
    return frozenset(_lines(f"{name}.txt"))


@cache
def table(name: str) -> dict[str, tuple[str, ...]]:
    """The rows of ``words/<name>.tsv``: first column to the others; several words of a first column share a row."""
    rows = (line.split("\t") for line in _lines(f"{name}.tsv"))
    return {word: tuple(rest) for first, *rest in rows for word in first.split()}
