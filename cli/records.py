"""From a line or a file to an article record, refused for the same reasons as over HTTP."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import marshmallow as ma

from api.errors import field_errors
from api.schemas.article import ArticleRecordSchema
from services.errors import FieldError, InvalidRecord
from services.records import ArticleRecord
from services.strict_json import GZIP, MalformedJson, find_unacceptable, read_json

NDJSON_SUFFIXES = frozenset({".ndjson", ".jsonl"})
TEXT_SUFFIXES = frozenset({".txt", ".text"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
KNOWN_SUFFIXES = NDJSON_SUFFIXES | TEXT_SUFFIXES | HTML_SUFFIXES | {".json"}

_RECORD = ArticleRecordSchema()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to take in: where it stands ("folder/file.ndjson:3") and its bytes.

    ``bare`` is the file's kind, "text" or "html", where the bytes are the article itself and not a record; ``problem``
    is why there are no bytes.
    """

    place: str
    raw: bytes = b""
    bare: str | None = None
    name: str = ""
    folder: str = ""
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Defaults:
    """What files that are no records say nothing of: their source, language and day."""

    source: str | None = None
    source_url: str | None = None
    language: str | None = None
    published_at: str | None = None


def record_of(item: Item, defaults: Defaults) -> ArticleRecord:
    """The record that an item is, or the article that it is made from. Raises InvalidRecord."""
    if item.problem is not None:
        raise InvalidRecord([FieldError("", item.problem)])
    if item.bare is None:
        return read_record(item.raw)
    try:
        content = item.raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidRecord(
            [FieldError("", f"Not UTF-8: byte {item.raw[error.start]:#04x} at offset {error.start}; convert the file.")]
        ) from error
    return load_record(
        {
            "external_id": item.name,
            "source": {"name": defaults.source or item.folder, "url": defaults.source_url},
            "language": defaults.language,
            "published_at": defaults.published_at,
            item.bare: content,
        }
    )


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


def without_signature(raw: bytes) -> bytes:
    """A file's bytes without the byte order mark that some editors sign UTF-8 with; no part of its content."""
    return raw.removeprefix(codecs.BOM_UTF8)


def items_of(path: Path) -> Iterator[Item]:
    """What a file or folder holds, file by file, line by line; files of unknown kinds in a folder are passed over."""
    for file in _files(path):
        try:
            yield from _items(file, path)
        except OSError as error:
            yield Item(_shown(file), problem=f"It cannot be read ({error.strerror}); check its permissions.")


def count_items(path: Path) -> int:
    """How many items a path holds, for a progress bar."""
    total = 0
    for file in _files(path):
        count = 1
        if _is_ndjson(file):
            with suppress(OSError), file.open("rb") as lines:
                count = sum(1 for line in lines if line.strip())
        total += count
    return total


def count_passed_over(path: Path) -> int:
    """How many files of a folder are of no kind that can be loaded."""
    if not path.is_dir():
        return 0
    return sum(1 for file in path.rglob("*") if file.is_file() and file.suffix.lower() not in KNOWN_SUFFIXES)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in KNOWN_SUFFIXES)


def _is_ndjson(file: Path) -> bool:
    return file.suffix.lower() in NDJSON_SUFFIXES


def _items(file: Path, within: Path) -> Iterator[Item]:
    place = _shown(file)
    with file.open("rb") as stream:
        if stream.peek(len(GZIP)).startswith(GZIP):
            yield Item(place, problem="It is compressed (gzip); unpack it first.")
        elif _is_ndjson(file):
            yield from items_of_lines(stream, place)
        elif file.suffix.lower() == ".json":
            yield Item(place, without_signature(stream.read()))
        elif _shown(file.name) != file.name:
            yield Item(place, problem="Its name, by which it is known, is not UTF-8; rename it.")
        else:
            kind = "html" if file.suffix.lower() in HTML_SUFFIXES else "text"
            name = file.relative_to(within).as_posix() if within.is_dir() else file.name
            yield Item(place, without_signature(stream.read()), kind, name, file.resolve().parent.name)


def items_of_lines(stream: Iterable[bytes], place: str) -> Iterator[Item]:
    """The records of NDJSON, line by line; blank lines are passed over."""
    for number, line in enumerate(stream, 1):
        raw = line if number > 1 else without_signature(line)
        if raw.strip():
            yield Item(f"{place}:{number}", raw.rstrip(b"\r\n"))


def _shown(path: Path | str) -> str:
    """A path as it can be written anywhere: bytes that are not UTF-8 as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
