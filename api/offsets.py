"""Offsets in UTF-16 code units, for clients whose strings are JavaScript's.

Stored offsets count code points. The two differ after each character beyond the basic plane, which counts twice.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import Any

_BEYOND_BASIC_PLANE = re.compile("[\U00010000-\U0010ffff]")
# Members that count within the passage's text, not the revision's.
_IN_PASSAGE = frozenset({"highlights", "highlight"})


class Utf16:
    """Converts offsets into one text."""

    def __init__(self, text: str) -> None:
        self._wide = [match.start() for match in _BEYOND_BASIC_PLANE.finditer(text)]

    def offset(self, code_points: int) -> int:
        """The offset in code units of an offset in code points."""
        return code_points + bisect_left(self._wide, code_points)

    def convert(self, value: Any) -> Any:
        """A JSON value in which ``start`` and ``end`` of every object are converted."""
        if isinstance(value, dict):
            return {
                name: self.offset(inner) if name in {"start", "end"} and isinstance(inner, int) else self.convert(inner)
                for name, inner in value.items()
            }
        return [self.convert(inner) for inner in value] if isinstance(value, list) else value


def in_utf16(data: Any, text_of: Callable[[str, int], str]) -> Any:
    """An answer whose spans count code units; ``text_of`` gives the text of an article's revision.

    Whatever has a citation, and a citation itself, is converted by the text that it is pinned to; highlights by the
    text of their passage.
    """
    if isinstance(data, list):
        return [in_utf16(inner, text_of) for inner in data]
    if not isinstance(data, dict):
        return data
    citation = data.get("citation", data)
    if not isinstance(citation, dict) or "selector" not in citation:
        return {name: in_utf16(inner, text_of) for name, inner in data.items()}
    units = Utf16(text_of(citation["article"]["id"], citation["revision"]["number"]))
    converted = {name: units.convert(inner) for name, inner in data.items() if name not in _IN_PASSAGE}
    if isinstance(data.get("passage"), dict):
        within = Utf16(data["passage"]["text"])
        converted |= {name: within.convert(data[name]) for name in _IN_PASSAGE if name in data}
    return {name: converted[name] for name in data}
