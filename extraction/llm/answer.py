"""A model's answer as proposals: shapes and lists of the contract are checked here, words later.

What an answer says beyond its known members is not read; a fact of a wrong shape is dropped and counted, the others
stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar, get_args

from extraction.document import Modality, Polarity

Kind = Literal["quotation", "event"]
Style = Literal["direct", "indirect"]
# More facts than a part of 6,000 code points can state, and longer words than a passage can hold.
_MOST_FACTS = 200
_LONGEST = 3_000
_FOCUS: Mapping[Kind, str] = {"quotation": "content", "event": "predicate"}
_Choice = TypeVar("_Choice", bound=str)


class UnusableAnswer(Exception):  # noqa: N818  # named for the state, as the services' errors are
    """The answer is no object with a list of ``facts``."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fact as a model gives it: words, none of which has been looked for in the text yet.

    ``focus`` is the content or the predicate; ``passage`` the position that it names, if it does.
    """

    kind: Kind
    passage: int | None
    evidence: str
    focus: str
    polarity: Polarity
    modality: Modality
    style: Style | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    """The optional members that are there, by name (see ``_OPTIONAL``)."""


_OPTIONAL: Mapping[Kind, tuple[str, ...]] = {
    "quotation": ("speaker", "cue"),
    "event": ("speaker", "cue", "time", "place", "subject", "object"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The proposals of one answer, and how many of its facts had no such shape, by reason."""

    proposals: tuple[Proposal, ...] = ()
    dropped: Counter[str] = field(default_factory=Counter)


def read_answer(value: object) -> Answer:
    """The proposals in a decoded JSON value. Raises UnusableAnswer where it is no object with a list of facts."""
    facts = value.get("facts") if isinstance(value, dict) else None
    if not isinstance(facts, list):
        raise UnusableAnswer("answer has no list of facts")
    dropped: Counter[str] = Counter()
    if len(facts) > _MOST_FACTS:
        dropped["too many"] = len(facts) - _MOST_FACTS
    found = []
    for fact in facts[:_MOST_FACTS]:
        try:
            found.append(_proposal(fact))
        except ValueError:
            dropped["shape"] += 1
    return Answer(tuple(found), dropped)


def _proposal(fact: object) -> Proposal:
    if not isinstance(fact, dict):
        raise ValueError("no object")
    kind: Kind = _one_of(fact.get("kind"), get_args(Kind))
    optional = {name: _find_words(fact.get(name)) for name in _OPTIONAL[kind]}
    return Proposal(
        kind=kind,
        passage=_find_position(fact.get("passage")),
        evidence=_words(fact.get("evidence")),
        focus=_words(fact.get(_FOCUS[kind])),
        polarity=_one_of(fact.get("polarity", "affirmed"), get_args(Polarity)),
        modality=_one_of(fact.get("modality", "asserted"), get_args(Modality)),
        style=_one_of(fact.get("style"), get_args(Style)) if kind == "quotation" else None,
        words={name: words for name, words in optional.items() if words is not None},
    )


def _one_of(value: object, choices: tuple[_Choice, ...]) -> _Choice:
    for choice in choices:
        if value == choice:
            return choice
    raise ValueError("not in the list")


def _words(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        raise ValueError("no words")
    return value


def _find_words(value: object) -> str | None:
    """Words, or None for null and for the empty string that some models write in its place."""
    return None if value is None or value == "" else _words(value)


def _find_position(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("no position")
    return value
