"""spaCy's French tokenizer without the seconds that its import takes.

``spacy.lang.fr`` keeps some 270 patterns of compound words ("entr'", "porte-", "saint-…-sur-…") as one expression of
1.45 million characters, as it writes the whole class of letters out 480 times; compiling it takes most of the model's
loading time. The expression means the same when every letter that no pattern names stands for all such letters, both in
the class and in the word that is looked at: ``CompoundPattern``. A test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

_LONG = 1_000_000  # characters; no other expression is of this order
# Letters that no pattern names: one for the letters of both classes, one for those of the wider class alone.
_ANY_LOWER, _ANY_OTHER = "ж", "ъ"


class CompoundPattern:
    """Matches what the long expression matches; has the one method that the tokenizer calls."""

    def __init__(self, pattern: str, lower: str, alpha: str) -> None:
        """``pattern`` is the expression; ``lower`` and ``alpha`` are the two classes of letters as it writes them."""
        rest = pattern.replace(lower, "").replace(alpha, "")
        named = "".join(sorted({c for c in rest.lower() if c.isalpha()}))
        self._named = re.compile(f"(?iu)[{named}]")
        self._lower, self._alpha = (re.compile(f"(?iu)[{letters}]") for letters in (lower, alpha))
        # The longer of the two first: it may contain the other.
        short = {lower: named + _ANY_LOWER, alpha: named + _ANY_LOWER + _ANY_OTHER}
        for letters in sorted(short, key=len, reverse=True):
            pattern = pattern.replace(letters, short[letters])
        self._short = re.compile(pattern)
        self._reduced = lru_cache(maxsize=4096)(self._reduce)

    def match(self, word: str) -> re.Match[str] | None:
        """As ``re.Pattern.match``; only whether there is a match means something."""
        return self._short.match("".join(map(self._reduced, word)))

    def _reduce(self, letter: str) -> str:
        if self._named.match(letter):
            return letter
        if self._lower.match(letter):
            return _ANY_LOWER
        return _ANY_OTHER if self._alpha.match(letter) else letter


@contextmanager
def _compounds_shortened() -> Iterator[None]:
    from spacy.lang.char_classes import ALPHA, ALPHA_LOWER  # noqa: PLC0415  # spaCy is loaded only when it serves

    genuine = re.compile

    def shortened(pattern: Any, flags: int = 0) -> Any:
        if isinstance(pattern, str) and len(pattern) > _LONG and ALPHA_LOWER in pattern:
            return CompoundPattern(pattern, ALPHA_LOWER, ALPHA)
        return genuine(pattern, flags)

    re.compile = shortened
    try:
        yield
    finally:
        re.compile = genuine


def load_model(name: str) -> Language:
    """A French model with the tokenizer of ``spacy.lang.fr``, which is the one that the models were trained with.

    Raises OSError for a model that is not installed.
    """
    import spacy  # noqa: PLC0415  # takes a second

    with _compounds_shortened():
        import spacy.lang.fr  # noqa: PLC0415  # the import that compiles
    # The model's own copy of the tokenizer holds the same rules and would compile the expression as it is.
    return spacy.load(name, exclude=["tokenizer"])
