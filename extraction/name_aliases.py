"""Short names of bodies and places for the long ones that the same article gives: acronyms and first words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from extraction.document import EntityType
from extraction.identity import fold
from extraction.lexicon import Lexicon
from extraction.name_lexicon import NameLexicon, load_name_lexicon
from extraction.name_spans import NameSpan
from extraction.name_types import bare
from extraction.names import find_known

_SHORTEST = 2
_LONGEST_ACRONYM = 8
_PLACE_CUES = 0.9
_MOST = 20


def find_aliases(
    spans: Sequence[NameSpan], types: Sequence[EntityType], text: str, lexicon: Lexicon
) -> Mapping[str, str]:
    """Bare short name -> bare long name, among the names of an article that are no people's."""
    return _Aliases(spans, types, text, lexicon).find()


class _Aliases:
    def __init__(self, spans: Sequence[NameSpan], types: Sequence[EntityType], text: str, lexicon: Lexicon) -> None:
        self._spans, self._text, self._lexicon = spans, text, lexicon
        self._names: NameLexicon = load_name_lexicon(lexicon.language)
        self._keys = [bare(span.name, lexicon) for span in spans]
        self._types = dict(zip(self._keys, types, strict=True))
        self._written = {key: span.name for key, span in zip(self._keys, spans, strict=True)}
        self._places: dict[str, float] = defaultdict(float)
        for key, span in zip(self._keys, spans, strict=True):
            self._places[key] += span.cues.get("place", 0.0)

    def find(self) -> Mapping[str, str]:
        """Short to long; a name that may be short for two of them is short for neither."""
        long = self._by_short()
        aliases = dict(self._bracketed())
        for key, name in self._written.items():
            if key in aliases or " " in key or find_known(name, self._lexicon.language) is not None:
                continue
            fuller = {full for full in long.get(key, ())[:_MOST] if self._shortens(key, name, full)}
            if len(fuller) == 1:
                aliases[key] = fuller.pop()
        return {short: full for short, full in aliases.items() if full not in aliases}

    def _by_short(self) -> Mapping[str, list[str]]:
        """Long names by what they may be shortened to: their first and last word, and their letters."""
        found: dict[str, list[str]] = defaultdict(list)
        for full in self._written:
            words = full.split()
            if len(words) > 1:
                for short in {words[0], words[-1], *self._acronyms(full)}:
                    found[short].append(full)
        return found

    def _bracketed(self) -> Iterator[tuple[str, str]]:
        """Both orders: "Organisation de coopération de Shanghai (OCS)", "l'OCS (Organisation …)"."""
        for (before, one), (after, other) in pairwise(zip(self._spans, self._keys, strict=True)):
            between = self._text[before.span.end : after.span.start]
            if between.strip() != "(" or self._text[after.span.end : after.span.end + 1] != ")":
                continue
            for short, key, full, long in ((after, other, before, one), (before, one, after, other)):
                if short.name.isupper() and initials_agree(short.name, full.name):
                    yield key, long

    def _shortens(self, key: str, name: str, full: str) -> bool:
        kind = self._types[full]
        if name.isupper() and kind == "organization" and _SHORTEST <= len(key) <= _LONGEST_ACRONYM:
            return key in self._acronyms(full)
        words = full.split()
        if words[-1] == key and self._names.has("state", words[0]) and kind == "place":
            return True
        if words[0] != key or self._written[full].split()[0].isupper():
            return False
        if kind == "place":
            return self._written[full].startswith(f"{name}-")
        civic = any(self._names.weights("civic", word) for word in words[1:])
        return kind == "organization" and not civic and self._places[key] <= _PLACE_CUES

    def _acronyms(self, full: str) -> set[str]:
        """The letters that a long name may be shortened to, with and without its small words."""
        words = full.replace("'", "' ").split()
        small = self._lexicon.determiners | self._names.words("small_words")
        return {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in small)}


def initials_agree(acronym: str, name: str) -> bool:
    """Whether two letters of the acronym, or its first, begin words of the name, in whatever order or language."""
    words = {w[0] for w in fold(name).replace("'", " ").split() if len(w) > 2}  # small words
    letters = fold(acronym)
    return len(words) > 1 and len(words & set(letters)) >= min(2, len(letters))
