"""The words that events and quantities are recognised by, read once for each language from the data beside its pack.

``events.json`` holds small sets, ``verb_objects.tsv`` the prepositions that a verb demands, ``deverbal_nouns.tsv`` the
nouns that name a happening, ``person_nouns.txt`` the nouns that count people; the roles, bodies and documents that
speak and the verbs of reporting are those of the quotations. A language without them has empty sets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from extraction.languages.data import read_lines, read_object, read_rows
from extraction.lexicon import Lexicon, load_lexicon

Effect = Literal["possible", "planned", "asserted", "negated", "denied"]
GenitiveRole = Literal["subject", "object", "either"]


@dataclass(frozen=True, slots=True)
class Demand:
    """Prepositions whose complement a verb takes as its object; ``first``: even beside a direct one."""

    prepositions: tuple[str, ...]
    first: bool


@dataclass(frozen=True, slots=True)
class Deverbal:
    """A noun that names a happening: its verb, what its genitive is, prepositions of the other participant."""

    verb: str
    genitive: GenitiveRole
    prepositions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventLexicon:
    """Words of one language. ``sets`` are by name, ``maps`` are tables of forms by name, and ``governors``
    maps a verb to what it does to the one below it.
    """

    sets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    governors: Mapping[str, Effect] = field(default_factory=dict)
    demands: Mapping[str, Demand] = field(default_factory=dict)
    deverbal: Mapping[str, Deverbal] = field(default_factory=dict)
    locutions: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    maps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    person_nouns: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    reporting: frozenset[str] = frozenset()

    def has(self, name: str, word: str) -> bool:
        """Whether a word belongs to a named set; a set that the language lacks is empty."""
        return word in self.sets.get(name, _EMPTY)

    def map(self, name: str) -> Mapping[str, str]:
        """A named table of forms; one that the language lacks is empty."""
        return self.maps.get(name, {})

    def endings(self, name: str) -> tuple[str, ...]:
        """A named set as ``str.endswith`` takes it."""
        return tuple(self.sets.get(name, _EMPTY))

    def stems(self, form: str) -> Iterator[str]:
        """A participle's or an adjective's form, and what is left of it without an ending of gender or number."""
        yield form
        for ending in sorted(self.sets.get("agreement_endings", _EMPTY), key=len):
            if form.endswith(ending):
                yield form.removesuffix(ending)

    def is_infinitive(self, lemma: str) -> bool:
        """Whether a lemma looks like a verb's; a language without endings takes any."""
        endings = self.sets.get("infinitive_endings", _EMPTY)
        return not endings or lemma.endswith(tuple(endings))


_EMPTY: frozenset[str] = frozenset()


@lru_cache(maxsize=8)
def load_event_lexicon(language: str) -> EventLexicon:
    """The lexicon of a language code; an empty one for a language without data."""
    data: dict[str, Any] = read_object(language, "events.json")
    sets = {name: frozenset(words) for name, words in data.items() if isinstance(words, list)}
    words_of_speech = load_lexicon(language)
    counted = frozenset(line.strip() for _, line in read_lines(language, "person_nouns.txt"))
    return EventLexicon(
        sets=sets,
        governors=data.get("governors", {}),
        demands={verb: _demand(prepositions) for verb, prepositions in read_rows(language, "verb_objects.tsv", 2)},
        deverbal={
            noun: Deverbal(verb, _genitive(role), tuple(prepositions.split()))
            for noun, verb, role, prepositions in read_rows(language, "deverbal_nouns.tsv", 4, least=3)
        },
        locutions=_by_verb(data.get("locutions", [])),
        maps={name: words for name, words in data.items() if isinstance(words, dict) and name != "governors"},
        person_nouns=counted | (_speakers(words_of_speech, "role") - sets.get("not_people", _EMPTY)),
        speakers=_speakers(words_of_speech, "role", "group", "institution", "source", "document"),
        documents=_speakers(words_of_speech, "document"),
        reporting=frozenset(words_of_speech.verbs) | sets.get("speech", _EMPTY),
    )


def _speakers(words: Lexicon, *kinds: str) -> frozenset[str]:
    return frozenset(form for form, noun in words.nouns.items() if noun.kind in kinds)


def _demand(prepositions: str) -> Demand:
    return Demand(tuple(p.lstrip("!") for p in prepositions.split()), prepositions.startswith("!"))


def _genitive(role: str) -> GenitiveRole:
    roles: dict[str, GenitiveRole] = {"subject": "subject", "object": "object", "either": "either"}
    return roles[role]


def _by_verb(locutions: list[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Locutions by their verb, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for locution in locutions:
        verb, *rest = locution.split()
        found.setdefault(verb, []).append(tuple(rest))
    return {verb: tuple(sorted(rests, key=len, reverse=True)) for verb, rests in found.items()}
