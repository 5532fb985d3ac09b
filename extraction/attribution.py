"""Whose statement a part of the text is: what the extractors of quantities and events ask the quotations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extraction.document import Attribution
from extraction.lexicon import Stance
from extraction.spans import Span


@dataclass(frozen=True, slots=True)
class Scope:
    """Reported words and who answers for them.

    ``negated`` says that the cue itself is denied its force ("n'a pas déclaré que"); ``direct`` that the words stand
    in quotation marks.
    """

    content: Span
    attribution: Attribution
    stance: Stance
    negated: bool = False
    direct: bool = False

    @property
    def lemma(self) -> str | None:
        """The cue's lemma; None where the attribution is by continuity."""
        return self.attribution.cue.lemma if self.attribution.cue is not None else None

    @property
    def partisan(self) -> bool:
        """Whether what stands inside is one party's claim against another, not a report."""
        return self.stance in {"accuse", "claim"}


def find_scope(span: Span, scopes: Iterable[Scope]) -> Scope | None:
    """The innermost scope that covers a span; None where the article states it in its own voice."""
    around = [scope for scope in scopes if scope.content.contains(span)]
    return min(around, key=lambda scope: (len(scope.content), not scope.direct), default=None)


def attribution_for(span: Span, scopes: Iterable[Scope]) -> Attribution | None:
    """Who answers for the words at a span, by the innermost scope."""
    scope = find_scope(span, scopes)
    return scope.attribution if scope is not None else None
