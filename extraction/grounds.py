"""What the rules read of an article, for a second reader whose facts are to be checked against it."""

from __future__ import annotations

from dataclasses import dataclass

from extraction.analysis import Parsed
from extraction.attribution import Scope
from extraction.document import Document


@dataclass(frozen=True, slots=True)
class Grounds:
    """The rules' document, the grammar of the passages that facts are taken from, and whose statement each part is.

    ``parsed`` is None where no pack serves the language.
    """

    document: Document
    parsed: Parsed | None = None
    scopes: tuple[Scope, ...] = ()
