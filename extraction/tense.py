"""Whether a clause tells of the past or of the future: what a weekday or a month without a year needs to know."""

from __future__ import annotations

from typing import Literal

from extraction.analysis import Analysis, Parsed, Token

Tense = Literal["past", "future"]

_VERBS = frozenset({"VERB", "AUX"})
# Verbs whose present makes a future of the infinitive below them ("va signer", "is to sign").
_FUTURE_AUXILIARIES = frozenset({"aller", "will", "shall"})


def tense_at(parsed: Parsed, offset: int) -> Tense | None:
    """Tense of the verb that governs the word at an offset of the text; None where no verb says."""
    analysis = parsed.analysis_at(offset)
    if analysis is None:
        return None
    at = next((t.i for t in analysis.tokens if t.start <= offset < t.end), None)
    if at is None:
        return None
    for position in (at, *analysis.ancestors(at)):
        if analysis.tokens[position].pos in _VERBS:
            tense = _tense_of(analysis, position)
            if tense is not None:
                return tense
    return None


def _tense_of(analysis: Analysis, verb: int) -> Tense | None:
    token = analysis.tokens[verb]
    group = [token] + [analysis.tokens[c] for c in analysis.children[verb] if _is_auxiliary(analysis.tokens[c])]
    if any(t.has("Tense=Fut") or t.lemma in _FUTURE_AUXILIARIES for t in group):
        return "future"
    head = analysis.tokens[token.head]
    if token.has("VerbForm=Inf") and head.i != token.i and head.lemma in _FUTURE_AUXILIARIES:
        return "future"
    if any(t.has("Tense=Past") or t.has("Tense=Imp") for t in group):
        return "past"
    return None


def _is_auxiliary(token: Token) -> bool:
    return token.dep.startswith(("aux", "cop"))
