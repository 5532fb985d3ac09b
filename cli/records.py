"""From a line or a file to an article record, refused for the same reasons as over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import marshmallow as ma
from api.errors import field_errors

from api.schemas.article import ArticleRecordSchema
from api.strict_json import MalformedJson, find_unacceptable, read_json
from services.errors import FieldError, InvalidRecord
from services.records import ArticleRecord

NDJSON_SUFFIXES = frozenset({".ndjson", ".jsonl"})
TEXT_SUFFIXES = frozenset({".txt", ".text"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
KNOWN_SUFFIXES = NDJSON_SUFFIXES | TEXT_SUFFIXES | HTML_SUFFIXES | {".json"}

_RECORD = ArticleRecordSchema()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to take in: where it stands ("folder/file.ndjson:3") and its bytes.

    ``bare`` is the file's kind, "text" or "html", where the bytes are the article itself and not a record.
    """

    place: str
    raw: bytes
    bare: str | None = None
    name: str = ""
    folder: str = ""


def read_record(raw: bytes) -> ArticleRecord:
    """The record of one JSON text. Raises InvalidRecord, whose errors name field, cause and remedy."""
    try:
        value = read_json(raw)
    except MalformedJson as error:
        raise InvalidRecord([FieldError("", error.message)]) from error
    unacceptable = find_unacceptable(value)
    if unacceptable:
        raise InvalidRecord([FieldError(found.pointer, found.message) for found in unacceptable])
    return load_record(value)


def load_record(value: object) -> ArticleRecord:
    """The record of a parsed JSON value. Raises InvalidRecord."""
    try:
        record = _RECORD.load(value)  # type: ignore[arg-type]  # the schema refuses what is no object
    except ma.ValidationError as error:
        raise InvalidRecord(field_errors(error.messages)) from error
    assert isinstance(record, ArticleRecord)
    return record


def items_of(path: Path) -> Iterator[Item]:
    """What a file or folder holds, file by file, line by line; files of unknown kinds in a folder are passed over."""
    for file in _files(path):
        if file.suffix.lower() in NDJSON_SUFFIXES:
            yield from _lines(file)
        elif file.suffix.lower() == ".json":
            yield Item(str(file), file.read_bytes())
        else:
            kind = "html" if file.suffix.lower() in HTML_SUFFIXES else "text"
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            yield Item(str(file), file.read_bytes(), kind, name, file.resolve().parent.name)


def count_items(path: Path) -> int:
    """How many items a path holds, for a progress bar."""
    total = 0
    for file in _files(path):
        if file.suffix.lower() in NDJSON_SUFFIXES:
            with file.open("rb") as lines:
                total += sum(1 for line in lines if line.strip())
        else:
            total += 1
    return total


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in KNOWN_SUFFIXES)


def _lines(file: Path) -> Iterator[Item]:
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield Item(f"{file}:{number}", line.rstrip(b"\r\n"))
