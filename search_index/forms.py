"""The written forms of words, each analysed once and known by a number from then on."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

from search_index.analysis import GROUPS, Written, form_of, is_common, terms_of

MAX_FORMS = 120_000
"""Written forms that are remembered from one segment to the next, some 500 bytes each."""

_NEGATIONS = frozenset(
    ("pas", "jamais", "aucun", "aucune", "non", "sans", "ni", "not", "no", "never", "none", "nor", "without", "cannot")
)


@dataclass(slots=True)
class _Form:
    """A written form: its folded letters, its terms by stemming group, and what sketches and figures need of it.

    ``is_figure``: near-duplicates have just the same of these: numbers, and words that deny.
    """

    form: str
    folded: str
    common: bool
    is_figure: bool
    seed: int
    terms: list[tuple[str, ...] | None] = field(default_factory=lambda: [None] * len(GROUPS))


class FormTable(dict[Written, int]):
    """Numbers of written forms; one that is met for the first time is analysed. -1: punctuation, no word."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[_Form] = []

    def __missing__(self, key: Written) -> int:
        form, folded = form_of(key)
        number = len(self.forms) if folded else -1
        if folded:
            figure = form in _NEGATIONS or (not form.isalpha() and any(c.isdigit() for c in form))
            seed = zlib.crc32(folded.encode("utf-8", "replace"))
            self.forms.append(_Form(form, folded, is_common(form), figure, seed))
        self[key] = number
        return number

    def terms(self, number: int, group: int) -> tuple[str, ...]:
        """The terms of a form in a stemming group, by its place in GROUPS."""
        one = self.forms[number]
        found = one.terms[group]
        if found is None:
            found = one.terms[group] = terms_of(one.form, GROUPS[group])
        return found
