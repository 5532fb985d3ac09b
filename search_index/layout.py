"""What an index holds of a passage: its fields and columns, by the names that its files use.

``docs/index-format.md`` draws the file; this module is the one list of names.
"""

from __future__ import annotations

from typing import Final, Literal

from search_index.analysis import GROUPS, Group

Kind = Literal["places", "counts", "set"]
"""What a field keeps of a term in a passage: every place and so how often, how often, or merely that it is there."""

TEXT: dict[Group, str] = {"fr": "text_fr", "en": "text_en", "other": "text_xx"}
"""The words of the passage, by how its language is stemmed: the terms of two languages never meet."""

TITLE: dict[Group, str] = {"fr": "title_fr", "en": "title_en", "other": "title_xx"}
"""The words of its article's title."""

HEADING: dict[Group, str] = {"fr": "heading_fr", "en": "heading_en", "other": "heading_xx"}
"""The words of the heading above it."""

NAMES: Final = "names"
"""The words of the names of the entities mentioned that the passage itself has; folded, not stemmed."""

ALIASES: Final = "aliases"
"""Those that it has not: words of their other names, in every language, by which it answers who calls them so."""

SPEAKERS: Final = "speakers"
"""The words of the names of who is quoted or said to be the origin of a statement; folded."""

VALUES: Final = "values"
"""Quantities and dates as one form each, however they are written: ``3000``, ``2024-06-19``."""

SURFACE: Final = "surface"
"""The folded forms of the words: for prefixes, completion and spelling."""

ARTICLE = "article"
ENTITY = "entity"

FIELDS: dict[str, Kind] = {
    **{TEXT[group]: "places" for group in GROUPS},
    **{TITLE[group]: "places" for group in GROUPS},
    **{HEADING[group]: "counts" for group in GROUPS},
    NAMES: "set",
    ALIASES: "set",
    SPEAKERS: "set",
    VALUES: "set",
    SURFACE: "set",
    ENTITY: "set",
    ARTICLE: "set",
}
"""The inverted fields."""

CODED = ("source", "language", "kind", ARTICLE)
"""Columns of one short value for each passage, kept as numbers into a sorted list of the values."""

NUMBERS: dict[str, str] = {"day": "<i4", "month": "<u2", "instant": "<i8", "traits": "<u2", "figures": "<u4"}
"""Columns of one number for each passage; see ``builder``."""

SKETCH = 16
"""Bytes of the sketch by which near-duplicates are told: ``sketch`` is a column of as many bytes for each passage."""

TRAITS = ("quantity", "time", "quotation", "person", "place", "organization", "cause")
"""What a passage can be said to have, in the order of the bits of the column ``traits``."""
