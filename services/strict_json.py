"""Reads JSON that a stranger sent: bounded before it is parsed, and nothing in it silently repaired.

``json.loads`` recurses without a limit of its own, keeps the last of two equal keys, takes ``NaN`` for a number and
lets lone surrogates through; each of these would surface later as an internal error or as a lost value. Used for
request bodies and, by the command line, for each line of an NDJSON file; hence no Flask here.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_DEPTH = 32
GZIP = b"\x1f\x8b"
"""What every gzip file begins with (RFC 1952)."""
_MAX_ERRORS = 50
_MAX_POINTER = 200
# Longer integers overflow what databases hold, and converting very long ones takes quadratic time.
_MAX_DIGITS = 18

# A string, also one that never ends, is swallowed in one possessive step, so that the scan stays linear.
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class MalformedJson(Exception):  # noqa: N818  # named for the state, as the services' errors are
    """The bytes are no JSON text. ``offset`` counts characters (bytes, for bad UTF-8) from 0; None where unknown."""

    def __init__(self, message: str, offset: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Unacceptable:
    """A value that is JSON but cannot be taken: where it stands, as a JSON pointer (RFC 6901), and why."""

    pointer: str
    message: str


class _Object(dict[str, object]):
    """A JSON object that remembers the keys that it was given twice."""

    repeated: tuple[str, ...] = ()


def read_json(raw: bytes) -> object:
    """The value of a JSON text in UTF-8. Raises MalformedJson, with the position where there is one."""
    text = _decode(raw)
    _check_depth(text)
    try:
        return json.loads(text, object_pairs_hook=_object, parse_int=_integer, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        message = f"This is no JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        raise MalformedJson(message, error.pos) from error


def find_unacceptable(value: object) -> list[Unacceptable]:
    """Repeated keys, NUL, lone surrogates and numbers beyond any field, each with its place; at most 50."""
    found: list[Unacceptable] = []
    for unacceptable in _walk(value, ""):
        found.append(unacceptable)
        if len(found) == _MAX_ERRORS:
            break
    return found


def pointer_to(base: str, key: str | int) -> str:
    """``base`` extended by one reference token, escaped, cut where a hostile key would make it endless."""
    token = str(key).replace("~", "~0").replace("/", "~1")
    return f"{base}/{printable(token)}"[:_MAX_POINTER]


def printable(text: str) -> str:
    """The text with what UTF-8 cannot carry written as an escape, at most 200 characters of it."""
    return text[:_MAX_POINTER].encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\u0000")


def _decode(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        why = "It is compressed (gzip); unpack it" if raw.startswith(GZIP) else "Convert it"
        message = f"Not UTF-8: byte {raw[error.start]:#04x} at offset {error.start}. {why}."
        raise MalformedJson(message, error.start) from error
    if text.startswith("\ufeff"):
        raise MalformedJson("Starts with a byte order mark, which JSON does not allow; remove it.", 0)
    if not text.strip(" \t\r\n"):
        raise MalformedJson("There is nothing in it; send a JSON value.", 0)
    return text


def _check_depth(text: str) -> None:
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(text):
        found = match.group()
        if found in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise MalformedJson(f"Nested more than {MAX_DEPTH} levels deep.", match.start())
        elif found in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, object]]) -> _Object:
    made = _Object(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        made.repeated = tuple(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
    return made


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits.lstrip("-")) <= _MAX_DIGITS else math.inf


def _no_constant(name: str) -> object:
    raise MalformedJson(f"{name} is no JSON value.")


def _walk(value: object, pointer: str) -> Iterator[Unacceptable]:
    if isinstance(value, str):
        match = _UNSTORABLE.search(value)
        if match:
            yield Unacceptable(pointer, _why_unstorable(match))
    elif isinstance(value, float) and not math.isfinite(value):
        yield Unacceptable(pointer, "The number is too large; the longest accepted has 18 digits.")
    elif isinstance(value, _Object):
        for key in value.repeated:
            yield Unacceptable(pointer_to(pointer, key), "The key stands twice in one object; send it once.")
        for key, inner in value.items():
            if _UNSTORABLE.search(key):
                yield Unacceptable(pointer_to(pointer, key), "The key has NUL or a lone surrogate in it; remove it.")
            yield from _walk(inner, pointer_to(pointer, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _walk(inner, pointer_to(pointer, at))


def _why_unstorable(match: re.Match[str]) -> str:
    character = ord(match.group())
    name = "NUL (U+0000)" if character == 0 else f"A lone surrogate (U+{character:04X})"
    return f"{name} at offset {match.start()} is no text; remove it."
