"""Which person of an article a role stands for: "la ministre" once she has been named, "le médecin" of a cardiologist.

A role that the article gives a person names that person again, unless a complement says that another one is meant
("le ministre de l'Intérieur", "le ministre des Transports"). A role that it gives nobody may describe the person named
last all the same: a trade of the same field, an age, "l'élu" for a mayor. Offices that only one holds ("le procureur")
never do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extraction.document import EntityMention
from extraction.lexicon import Gender, Lexicon, SpeakerNoun
from extraction.noun_phrases import Mention, find_noun, phrase_from
from extraction.speech_reader import SpeechReader

_NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "X"})


@dataclass(frozen=True, slots=True)
class _Holder:
    """Who has a role, where the article says so, and the words that complete it there."""

    at: int
    entity: EntityMention
    complement: frozenset[str]


class Roles:
    """The roles that an article gives its people. ``genders`` gains what they tell."""

    def __init__(
        self,
        entities: Sequence[EntityMention],
        readers: Sequence[SpeechReader],
        lexicon: Lexicon,
        genders: dict[str, Gender],
    ) -> None:
        self._lexicon = lexicon
        self._holders: dict[str, list[_Holder]] = defaultdict(list)
        self._of: dict[str, set[str]] = defaultdict(set)
        self._read(entities, readers, genders)
        self._genders = genders
        self._first_two = {gender: _first_named(entities, genders, gender) for gender in ("m", "f")}

    def _read(
        self, entities: Sequence[EntityMention], readers: Sequence[SpeechReader], genders: dict[str, Gender]
    ) -> None:
        starts = [reader.analysis.span.start for reader in readers]
        for entity in entities:
            reader = readers[max(0, bisect_right(starts, entity.span.start) - 1)] if readers else None
            if reader is None or entity.type != "person" or not reader.analysis.span.contains(entity.span):
                continue
            positions = reader.tokens_of(entity.span)
            for noun, complement in self._beside(reader, positions) if positions else ():
                self._holders[noun.lemma].append(_Holder(entity.span.start, entity, complement))
                self._of[entity.entity].add(noun.lemma)
                if noun.gender:
                    genders.setdefault(entity.entity, noun.gender)

    def _beside(self, reader: SpeechReader, at: range) -> Iterable[tuple[SpeakerNoun, frozenset[str]]]:
        for found in (self._before(reader, at.start), self._after(reader, at.stop)):
            if found is not None:
                yield found

    def _before(self, reader: SpeechReader, first: int) -> tuple[SpeakerNoun, frozenset[str]] | None:
        """Reads "le ministre russe des Affaires étrangères, X", "le maire de Rouen X", "Me X"."""
        sentence = reader.sentence_of[first]
        titled = self._lexicon.table("titled_roles").get(reader.words[first - 1]) if first > sentence.start else None
        if titled is not None:
            noun = self._lexicon.find_noun(titled)
            return (noun, frozenset()) if noun is not None else None
        for start in range(max(sentence.start, first - 10), first):
            if reader.words[start] in self._lexicon.determiners:
                phrase = phrase_from(reader, start)
                if phrase is None or not (phrase.first < first and phrase.after >= first - 1):
                    continue
                noun = find_noun(reader, phrase)
                joined = phrase.after > first or reader.words[first - 1] == ","
                if noun is not None and noun.kind == "role" and joined:
                    return noun, _complement(reader, phrase, min(first, phrase.after))
        return None

    def _after(self, reader: SpeechReader, after: int) -> tuple[SpeakerNoun, frozenset[str]] | None:
        """Reads "X, ministre de la Santé", "X, 61 ans, le maire"."""
        if after + 1 >= len(reader.tokens) or reader.words[after] not in {",", "("}:
            return None
        start = self._past_age(reader, after + 1)
        for i in range(start, min(start + 3, len(reader.tokens))):
            noun = self._lexicon.find_noun(reader.tokens[i].text)
            if noun is not None and noun.kind == "role" and noun.number != "plural":
                phrase = phrase_from(reader, i)
                return noun, _complement(reader, phrase, phrase.after) if phrase is not None else frozenset()
            if reader.tokens[i].pos not in {"DET", "ADJ", "NUM"}:
                return None
        return None

    def _past_age(self, reader: SpeechReader, at: int) -> int:
        closed = reader.words[at + 2 : at + 3] == [","]
        age = closed and reader.word_is(at + 1, "ages")
        plain = reader.words[at].isdigit() and reader.words[at + 1 : at + 2] == [","]
        return at + 3 if age else at + 2 if plain else at

    def find(self, reader: SpeechReader, mention: Mention, noun: SpeakerNoun) -> EntityMention | None:
        """The one person whom the article has given that very role; an office also one who is named only later."""
        wanted = _complement(reader, mention, mention.after)
        fitting = [h for h in self._holders.get(noun.lemma, ()) if _meets(wanted, h.complement)]
        people = {h.entity.entity: h.entity for h in fitting if h.at < mention.span.start}
        if not people and self._lexicon.has("offices", noun.lemma):
            people = {h.entity.entity: h.entity for h in fitting}
        return next(iter(people.values())) if len(people) == 1 else None

    def may_describe(self, entity: str, gender: Gender, noun: SpeakerNoun, at: int) -> bool:
        """Whether a role that the article gives nobody can describe a person who was named before an offset."""
        lexicon = self._lexicon
        if lexicon.has("offices", noun.lemma) or lexicon.has("relational_roles", noun.lemma) or noun.number == "plural":
            return False
        fields = lexicon.role_fields.get(noun.lemma, frozenset())
        known = self._of.get(entity, set())
        if known and fields & {field for role in known for field in lexicon.role_fields.get(role, ())}:
            return True
        if known and not lexicon.has("generic_roles", noun.lemma):
            return False
        alike = [key for start, key in self._first_two.get(gender, ()) if start < at]
        described = bool(fields) or lexicon.has("generic_roles", noun.lemma)
        return described and bool(gender) and self._genders.get(entity) == gender and alike == [entity]


def _first_named(
    entities: Sequence[EntityMention], genders: Mapping[str, Gender], gender: Gender
) -> list[tuple[int, str]]:
    """The first two people named whom a word of a gender can mean, each with where that is."""
    found: dict[str, int] = {}
    for entity in entities:
        if entity.type == "person" and genders.get(entity.entity, "") in {gender, ""} and len(found) < 2:
            found.setdefault(entity.entity, entity.span.start)
    return [(start, key) for key, start in found.items()]


def _complement(reader: SpeechReader, phrase: Mention, after: int) -> frozenset[str]:
    """What completes the head of a phrase: "Affaires étrangères" of "le ministre des Affaires étrangères"."""
    words = range(phrase.head + 1, after)
    return frozenset(
        reader.words[i]
        for i in words
        if reader.tokens[i].pos in _NOUNS and i not in _names(reader, words) and len(reader.words[i]) > 1
    )


def _names(reader: SpeechReader, words: range) -> set[int]:
    """Positions of people's names, which complete no role."""
    return {i for i in words if i in reader.name_of and reader.name_of[i].type == "person"}


def _meets(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one or not other or bool(one & other)
