"""Which country's money a name means that several countries share: "francs" in Lausanne, "dollars" in Montréal.

Told by the places that the article names, as are degrees in a language that measures in two kinds. A sum whose own
words name the country ("francs suisses") is never touched; without a sign the name keeps what it means alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from extraction.document import QuantityMention
from extraction.expressions.folding import fold
from extraction.expressions.lexicon import Lexicon, load_lexicon
from extraction.spans import Span

_FEWEST_SIGNS = 2


class Currencies:
    """The shared names of one language, with the signs for and against each country."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._signs = [(tuple(key.split(">")), re.compile(p)) for key, p in lexicon.rows("currency_sign")]
        self._against = {tuple(key.split(">")): re.compile(p) for key, p in lexicon.rows("currency_against")}
        self._bare = re.compile(rf"(?:{lexicon.union('currency_bare')})\Z")

    def settle(self, text: str, mentions: Sequence[QuantityMention]) -> tuple[QuantityMention, ...]:
        """The mentions, those of a shared name with the code of the country that the text is about."""
        shared = {units[0] for units, _ in self._signs}
        open_ones = {m.span for m in mentions if m.unit in shared and self._is_bare(text, m)}
        if not open_ones:
            return tuple(mentions)
        codes = self._codes(fold(text, Span(0, len(text))).view)
        return tuple(replace(m, unit=codes.get(m.unit or "", m.unit)) if m.span in open_ones else m for m in mentions)

    def _is_bare(self, text: str, mention: QuantityMention) -> bool:
        return self._bare.search(fold(text, mention.span).view) is not None

    def _codes(self, view: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for units, pattern in self._signs:
            against = self._against.get(units)
            signs = {match.group() for match in pattern.finditer(view)}
            if len(signs) >= _FEWEST_SIGNS and not (against is not None and against.search(view)):
                found.setdefault(units[0], units[1])
        return found


@lru_cache
def currencies(language: str) -> Currencies:
    """The shared names of a language."""
    return Currencies(load_lexicon(language))
