"""Whom or what a personal pronoun stands for: the subject of the sentence before that agrees with it.

Nothing is guessed: a pronoun is followed back two sentences of its passage, over sentences whose subject is the same
pronoun, to the first subject that agrees in number, in gender and in being a person; without one it stays unresolved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extraction.clauses import Clause
from extraction.document import Role
from extraction.people import is_people
from extraction.phrases import NAMING, Phrase, Reading, role_of

_FARTHEST = 2
_FEATURES = ("Gender=Masc", "Gender=Fem", "Number=Sing", "Number=Plur")


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what a sentence of another passage is about, with what a pronoun for it agrees with."""

    role: Role
    features: frozenset[str]
    people: bool


def last_subjects(reading: Reading, clauses: Sequence[Clause]) -> tuple[Subject, ...]:
    """The subjects of a passage's last sentence, which a pronoun at the head of the next passage may mean."""
    if not reading.tokens:
        return ()
    phrases = list(_subjects_before(reading, len(reading.tokens) - 1, clauses, farthest=0))
    return tuple(
        Subject(role_of(reading, phrase), _features(reading, phrase), is_people(reading, phrase))
        for phrase in phrases
        if reading.tokens[phrase.head].pos in NAMING and phrase.head not in reading.quantity_tokens
    )


def named_before(reading: Reading, phrase: Phrase, subjects: Sequence[Subject]) -> Role | None:
    """What a pronoun in a passage's first sentence stands for among the subjects of the passage before."""
    features = reading.lexicon.map("personal_pronouns").get(reading.word(phrase.head))
    if features is None or reading.tokens[phrase.head].sentence > 0:
        return None
    wanted = features.split()
    return next((s.role for s in subjects if _fits(s.features, wanted, people=s.people)), None)


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


def _subjects_before(
    reading: Reading, at: int, clauses: Sequence[Clause], farthest: int = _FARTHEST
) -> Iterator[Phrase]:
    """Subjects of the sentences before, the nearest sentence first and in it the first subject first."""
    here = reading.tokens[at].sentence
    for sentence in range(here, max(-1, here - farthest - 1), -1):
        found = [c.subject or c.object for c in clauses if reading.tokens[c.verb].sentence == sentence]
        inside = [s for s in found if s is not None and s.head < at and reading.tokens[s.head].sentence == sentence]
        yield from sorted({s.head: s for s in inside}.values(), key=lambda s: s.head)[:2]


def _agrees(reading: Reading, phrase: Phrase, wanted: Sequence[str]) -> bool:
    noun = reading.tokens[phrase.head].pos in NAMING
    if not noun or phrase.head in reading.quantity_tokens or reading.is_time(phrase.head):
        return False
    return _fits(_features(reading, phrase), wanted, people=is_people(reading, phrase))


def _features(reading: Reading, phrase: Phrase) -> frozenset[str]:
    words = [reading.tokens[phrase.head], *(t for t in reading.children(phrase.head, "det") if t.i < phrase.head)]
    return frozenset(feature for feature in _FEATURES for token in words if token.has(feature))


def _fits(known: frozenset[str], wanted: Sequence[str], *, people: bool) -> bool:
    if ("person" in wanted and not people) or ("thing" in wanted and people):
        return False
    apart = {f for f in known if f not in wanted and any(w.split("=")[0] == f.split("=")[0] for w in wanted)}
    return not apart
