"""Whom or what a personal pronoun stands for: the subject of the sentence before that agrees with it.

Nothing is guessed: a pronoun is followed back two sentences of its passage, over sentences whose subject is the same
pronoun, to the first subject that agrees in number, in gender and in being a person; without one it stays unresolved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extraction.clauses import Clause
from extraction.people import is_people
from extraction.phrases import NAMING, Phrase, Reading

_FARTHEST = 2
_FEATURES = ("Gender=Masc", "Gender=Fem", "Number=Sing", "Number=Plur")


def named(reading: Reading, phrase: Phrase, clauses: Sequence[Clause]) -> Phrase | None:
    """The phrase itself, or for a pronoun what it stands for; None where the passage does not tell."""
    pronoun = reading.word(phrase.head)
    if reading.tokens[phrase.head].pos != "PRON":
        return phrase
    features = reading.lexicon.map("personal_pronouns").get(pronoun)
    if features is None:
        return None
    wanted = features.split()
    for subject in _subjects_before(reading, phrase.head, clauses):
        token = reading.tokens[subject.head]
        if token.pos == "PRON":
            if token.text.lower() == pronoun:
                continue
            return None
        if _agrees(reading, subject, wanted):
            return subject
    return None


def _subjects_before(reading: Reading, at: int, clauses: Sequence[Clause]) -> Iterator[Phrase]:
    """Subjects of the sentences before, the nearest sentence first and in it the first subject first."""
    here = reading.tokens[at].sentence
    for sentence in range(here, max(-1, here - _FARTHEST - 1), -1):
        found = [c.subject or c.object for c in clauses if reading.tokens[c.verb].sentence == sentence]
        inside = [s for s in found if s is not None and s.head < at and reading.tokens[s.head].sentence == sentence]
        yield from sorted({s.head: s for s in inside}.values(), key=lambda s: s.head)[:2]


def _agrees(reading: Reading, phrase: Phrase, wanted: Sequence[str]) -> bool:
    noun = reading.tokens[phrase.head].pos in NAMING
    if not noun or phrase.head in reading.quantity_tokens or reading.is_time(phrase.head):
        return False
    if "person" in wanted and not is_people(reading, phrase):
        return False
    if "thing" in wanted and is_people(reading, phrase):
        return False
    words = [reading.tokens[phrase.head], *(t for t in reading.children(phrase.head, "det") if t.i < phrase.head)]
    known = {feature for feature in _FEATURES for token in words if token.has(feature)}
    apart = {f for f in known if f not in wanted and any(w.split("=")[0] == f.split("=")[0] for w in wanted)}
    return not apart
