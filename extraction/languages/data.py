"""Reading a language pack's data files; one that is not there holds nothing.

Tables are lines of columns between tabs; blank lines and those that begin with ``#`` are comments. What is wrong in a
file is said with its name and line, since the author of a pack need not know the code that reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import Any

from extraction.languages.discovery import find_language
from extraction.languages.errors import LanguageError


def find_file(language: str, name: str) -> Traversable | None:
    """A data file of a language by its name ("lexicon/verbs.tsv"), None where the language has none."""
    pack = find_language(language)
    file = pack.data.joinpath(*name.split("/")) if pack is not None else None
    return file if file is not None and file.is_file() else None


def read_lines(language: str, name: str) -> Iterator[tuple[int, str]]:
    """The lines of a file that are no comments, each with its number from 1."""
    file = find_file(language, name)
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines() if file is not None else (), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def read_rows(language: str, name: str, columns: int, least: int = 1) -> Iterator[list[str]]:
    """The rows of a table, filled up with empty columns. Raises LanguageError for fewer than ``least`` or too many."""
    for number, line in read_lines(language, name):
        cells = line.split("\t")
        if not least <= len(cells) <= columns:
            raise LanguageError(
                f"{name} of the language {language!r}, line {number}: {len(cells)} columns between tabs where "
                f"{least} to {columns} are due: {line!r}"
            )
        yield cells + [""] * (columns - len(cells))


def read_object(language: str, name: str) -> dict[str, Any]:
    """A JSON object, an empty one where there is no file. Raises LanguageError for anything else."""
    file = find_file(language, name)
    if file is None:
        return {}
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise LanguageError(f"{name} of the language {language!r} is no JSON: {error}") from error
    if not isinstance(found, dict):
        raise LanguageError(f"{name} of the language {language!r} is no JSON object.")
    return found
