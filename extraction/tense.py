"""Whether a clause tells of the past, the present or the future, as weekdays and months without a year need to know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from extraction.analysis import Analysis, Parsed, Token
from extraction.event_lexicon import EventLexicon, load_event_lexicon

Tense = Literal["past", "present", "future", "intended"]
"""``intended``: what was to be, as somebody tells it afterwards ("il devait partir mardi"): before or after today."""

_VERBS = frozenset({"VERB", "AUX"})
_FUTURE_STATUSES = frozenset({"planned", "possible"})
_UNTAGGED = frozenset({"X", "NUM", "PUNCT", ""})
_STOPS = frozenset({".", "!", "?", ";", "…", ":"})
# How many words away the verb of a clause may stand that the tree does not tie to the expression.
_REACH = 25


def tense_at(parsed: Parsed, offset: int) -> Tense | None:
    """Tense of the verb that governs the word at an offset of the text; None where no verb says.

    A verb of speech in the present ("annonce mardi la mairie") tells of what was said; a noun with its own date under
    one in the present ("la fusillade de mardi relance le débat") is left open. Where nothing was tagged all is past, as
    most of what news tells is.
    """
    analysis = parsed.analysis_at(offset)
    if analysis is None:
        return None
    at = next((t.i for t in analysis.tokens if t.start <= offset < t.end), None)
    if at is None:
        return None
    if all(t.pos in _UNTAGGED for t in analysis.tokens):
        return "past"
    reader = _TenseReader(analysis, load_event_lexicon(parsed.language))
    tense = reader.above(at)
    if tense is None and not reader.has_verb_above(at):
        tense = reader.beside(at)
    return None if tense == "present" and reader.is_of_noun(at) else tense


class _TenseReader:
    """Reads the tense of a verb from its own form, its auxiliaries and, for an infinitive, the verb above it."""

    def __init__(self, analysis: Analysis, lexicon: EventLexicon) -> None:
        self._analysis = analysis
        self._lexicon = lexicon

    def above(self, at: int) -> Tense | None:
        """The tense of the nearest predicate at or above a position that says one."""
        for position in (at, *self._analysis.ancestors(at)):
            if self._is_predicate(position):
                tense = self.of(position)
                if tense is not None or self.is_finite(position) or self._is_modifier(position):
                    return tense
        return None

    def has_verb_above(self, at: int) -> bool:
        """Whether the tree ties a position to the verb of a clause."""
        return any(self.is_finite(p) for p in (at, *self._analysis.ancestors(at)) if self._is_predicate(p))

    def beside(self, at: int) -> Tense | None:
        """The tense of the finite verb before a position in its sentence, or else behind it: for broken trees."""
        tokens = self._analysis.tokens
        before = self._nearest(range(at - 1, max(-1, at - _REACH), -1))
        return before or self._nearest(range(at + 1, min(len(tokens), at + _REACH)))

    def _nearest(self, positions: Iterable[int]) -> Tense | None:
        tokens = self._analysis.tokens
        for position in positions:
            if tokens[position].text in _STOPS or "\n" in tokens[position].text:
                return None
            if tokens[position].pos in _VERBS and self.is_finite(position):
                head = tokens[position].head
                return self.of(head if tokens[position].dep.startswith(("aux", "cop")) else position)
        return None

    def of(self, verb: int) -> Tense | None:
        """The tense that a verb group says by itself; None where the verb above has to say."""
        token, group = self._analysis.tokens[verb], self._group(verb)
        if self._is_perfect(token, group) or self._lexicon.has("be_participles", token.text.lower()):
            return "future" if any(t.has("Tense=Fut") for t in group) else "past"
        if any(t.has("Tense=Fut") and t.has("Tense=Past") for t in group):
            return "intended"  # "he was to appear"
        if any(self._is_of_future(t) for t in group):
            return "future"
        if self.is_expecting(verb):
            return "intended" if any(_is_past(t) for t in group if t is not token) else "future"
        if any(t.has("VerbForm=Inf") for t in group):
            wants = any(self._lexicon.has("wishing", t.lemma) for t in group)
            return "future" if wants else self._of_infinitive(verb)
        if any(_is_past(t) for t in group if t.has("VerbForm=Fin")):
            return "past"
        if any(t.has("Tense=Pres") for t in group if t.has("VerbForm=Fin")):
            return "past" if self._reports(token) else "present"
        # "le rapport remis mardi" is past; "restera fermé jusqu'à lundi" goes by the verb above.
        return self._of_modifier(verb) if self._is_modifier(verb) else None

    def _is_of_future(self, token: Token) -> bool:
        known = self._lexicon.has("future_auxiliaries", token.lemma)
        return known or token.has("Tense=Fut") or token.has("Mood=Cnd")

    def is_finite(self, verb: int) -> bool:
        """Whether the group is the verb of a clause, which no verb above can date."""
        return any(t.has("VerbForm=Fin") for t in self._group(verb))

    def is_expecting(self, position: int) -> bool:
        """Whether the word announces: "prévu", "attendu", "due"."""
        token = self._analysis.tokens[position]
        if token.has("VerbForm=Part") and self._lexicon.has("expected", token.lemma):
            return True
        if token.pos in _VERBS and not token.has("VerbForm=Part"):
            return False  # "they set a record"
        return any(self._lexicon.has("planned_adjectives", word) for word in (token.lemma, token.text.lower()))

    def is_of_noun(self, at: int) -> bool:
        """Whether a genitive or commas tie a position to a noun ("le vote de mardi", "l'annonce, mardi, d'un vote")."""
        token = self._analysis.tokens[at]
        if [t.text for t in self._analysis.tokens[max(0, at - 1) : at + 2 : 2]] == [",", ","]:
            return at > 1 and self._analysis.tokens[at - 2].pos == "NOUN"
        if self._analysis.tokens[token.head].pos != "NOUN" or token.head == at:
            return False
        has = self._lexicon.has
        return any(has("genitive_lemmas", t.lemma) or has("genitive_marks", t.text) for t in self._below(at))

    def _is_predicate(self, position: int) -> bool:
        return (
            self._analysis.tokens[position].pos in _VERBS
            or self.is_expecting(position)
            or any(t.dep == "cop" for t in self._below(position))
        )

    def _reports(self, token: Token) -> bool:
        # "le scrutin s'annonce serré" reports nothing.
        return self._lexicon.has("telling", token.lemma) and not self._is_reflexive(token.i)

    def _of_modifier(self, participle: int) -> Tense | None:
        """Past, unless the clause is of the future and leaves it open ("un dividende versé le 12 mai sera proposé")."""
        above = next((p for p in self._analysis.ancestors(participle) if self._is_predicate(p)), None)
        return "past" if above is None or self.of(above) != "future" or self._fronts(participle, above) else None

    def _is_modifier(self, position: int) -> bool:
        """Whether a past participle belongs to a noun, with a time of its own, unless it is of arranging."""
        token = self._analysis.tokens[position]
        modifies = _is_past(token) and token.dep.startswith(("acl", "advcl", "amod", "ROOT"))
        return modifies and not self.is_finite(position) and not self._lexicon.has("arranging", token.lemma)

    def _fronts(self, participle: int, above: int) -> bool:
        """Whether a participle opens the sentence of the verb above it ("Interpellé mardi, il sera jugé")."""
        return participle < above and self._analysis.tokens[participle].dep.startswith("advcl")

    def _of_infinitive(self, verb: int) -> Tense | None:
        for position in self._analysis.ancestors(verb):
            above = self._analysis.tokens[position]
            if self._lexicon.governors.get(above.lemma) in _FUTURE_STATUSES or self.is_expecting(position):
                return self._of_intention(position)
            if above.pos in _VERBS:
                return None
        return None

    def _of_intention(self, position: int) -> Tense:
        """Intended, where what governs an infinitive was ("devait partir") or would have been ("aurait dû partir")."""
        group = self._group(position)
        if self._is_perfect(self._analysis.tokens[position], group):
            # "il a fallu attendre mardi", "il a pu sortir mardi"
            done = self._lexicon.has("perfect_is_done", self._analysis.tokens[position].lemma)
            return "intended" if any(t.has("Mood=Cnd") for t in group) else "past" if done else "future"
        was = any(t.has("Tense=Imp") or (t.has("Tense=Past") and self._is_being(t)) for t in group)
        return "intended" if was else "future"

    def _is_perfect(self, token: Token, group: list[Token]) -> bool:
        auxiliaries = [t for t in group if t is not token]
        by_have = any(self._lexicon.has("perfect_auxiliaries", t.lemma) for t in auxiliaries)
        by_be = any(
            self._lexicon.has("perfect_being", t.lemma) and (t.dep == "aux:tense" or self._takes_be(token))
            for t in auxiliaries
        )
        done = any(t.has("VerbForm=Part") or t.dep == "aux:tense" for t in group)
        return (token.has("VerbForm=Part") and by_be) or (by_have and done)

    def _is_being(self, token: Token) -> bool:
        return self._lexicon.has("passive_auxiliaries", token.lemma)

    def _takes_be(self, token: Token) -> bool:
        """Whether "être" makes a perfect of a participle rather than a passive ("est sorti", "s'est produit")."""
        return self._lexicon.has("perfect_with_be", token.lemma) or self._is_reflexive(token.i)

    def _is_reflexive(self, verb: int) -> bool:
        return any(self._lexicon.has("reflexives", t.text.lower()) for t in self._below(verb))

    def _group(self, verb: int) -> list[Token]:
        return [self._analysis.tokens[verb], *(t for t in self._below(verb) if t.dep.startswith(("aux", "cop")))]

    def _below(self, position: int) -> list[Token]:
        return [self._analysis.tokens[c] for c in self._analysis.children[position]]


def _is_past(token: Token) -> bool:
    return token.has("Tense=Past") or token.has("Tense=Imp")
