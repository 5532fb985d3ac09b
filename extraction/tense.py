"""Whether a clause tells of the past or of the future: what a weekday or a month without a year needs to know."""

from __future__ import annotations

from typing import Literal

from extraction.analysis import Analysis, Parsed, Token
from extraction.event_lexicon import EventLexicon, load_event_lexicon

Tense = Literal["past", "future"]

_VERBS = frozenset({"VERB", "AUX"})
_FUTURE_STATUSES = frozenset({"planned", "possible"})
_PERFECT_AUXILIARIES = frozenset({"avoir", "have"})


def tense_at(parsed: Parsed, offset: int) -> Tense | None:
    """Tense of the verb that governs the word at an offset of the text; None where no verb says."""
    analysis = parsed.analysis_at(offset)
    if analysis is None:
        return None
    at = next((t.i for t in analysis.tokens if t.start <= offset < t.end), None)
    if at is None:
        return None
    reader = _TenseReader(analysis, load_event_lexicon(parsed.language))
    for position in (at, *analysis.ancestors(at)):
        if analysis.tokens[position].pos in _VERBS or reader.is_expecting(position):
            tense = reader.of(position)
            if tense is not None or reader.is_finite(position):
                return tense
    return None


class _TenseReader:
    """Reads the tense of a verb from its own form, its auxiliaries and, for an infinitive, the verb above it."""

    def __init__(self, analysis: Analysis, lexicon: EventLexicon) -> None:
        self._analysis = analysis
        self._lexicon = lexicon

    def of(self, verb: int) -> Tense | None:
        """The tense that a verb group says by itself; None for the present, and where the verb above has to say."""
        token, group = self._analysis.tokens[verb], self._group(verb)
        if self._is_perfect(token, group):
            return "future" if any(t.has("Tense=Fut") for t in group) else "past"
        if any(t.has("Tense=Fut") or t.has("Mood=Cnd") or t.lemma in {"will", "shall"} for t in group):
            return "future"
        if self.is_expecting(verb) and not any(_is_past(t) for t in group if t is not token):
            return "future"
        if any(t.has("VerbForm=Inf") for t in group):
            return self._of_infinitive(verb)
        if any(_is_past(t) for t in group if t.has("VerbForm=Fin")):
            return "past"
        # "le rapport remis mardi" is past; "restera fermé jusqu'à lundi" goes by the verb above.
        return "past" if _is_past(token) and token.dep.startswith("acl") else None

    def is_finite(self, verb: int) -> bool:
        """Whether the group is the verb of a clause, which no verb above can date."""
        return any(t.has("VerbForm=Fin") for t in self._group(verb))

    def is_expecting(self, position: int) -> bool:
        """Whether the word announces: "prévu", "attendu", "due"."""
        token = self._analysis.tokens[position]
        if token.has("VerbForm=Part") and self._lexicon.has("expected", token.lemma):
            return True
        return any(self._lexicon.has("planned_adjectives", word) for word in (token.lemma, token.text.lower()))

    def _of_infinitive(self, verb: int) -> Tense | None:
        for position in self._analysis.ancestors(verb):
            above = self._analysis.tokens[position]
            if self._lexicon.governors.get(above.lemma) in _FUTURE_STATUSES or self.is_expecting(position):
                return "future"
            if above.pos in _VERBS:
                return None
        return None

    def _is_perfect(self, token: Token, group: list[Token]) -> bool:
        auxiliaries = [t for t in group if t is not token]
        by_have = any(t.lemma in _PERFECT_AUXILIARIES for t in auxiliaries)
        by_be = any(t.dep == "aux:tense" and t.lemma == "être" for t in auxiliaries)
        return token.has("VerbForm=Part") and (by_have or by_be)

    def _group(self, verb: int) -> list[Token]:
        tokens = self._analysis.tokens
        below = [tokens[c] for c in self._analysis.children[verb] if tokens[c].dep.startswith(("aux", "cop"))]
        return [tokens[verb], *below]


def _is_past(token: Token) -> bool:
    return token.has("Tense=Past") or token.has("Tense=Imp")
