"""Which name of the article a mention at a quotation stands for: pronouns, roles, surnames, descriptions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from extraction.analysis import Parsed
from extraction.document import Attribution, Cue, EntityMention
from extraction.lexicon import Gender, Lexicon, Pronoun, SpeakerNoun, plain
from extraction.noun_phrases import Mention, find_noun, phrase_from
from extraction.reports import Report
from extraction.sentence_subjects import main_subjects, phrases_in
from extraction.spans import Span
from extraction.speech_reader import SpeechReader

# How far back, in code points, a pronoun or a role may find its name.
_REACH = 1500


@dataclass(frozen=True, slots=True)
class Identity:
    """A speaker's canonical name and key in this article, as far as known, and the grammar that pronouns agree with."""

    name: str | None
    entity: str | None
    gender: Gender
    plural: bool
    kind: str = ""
    """"person", or what the lexicon calls the noun ("group", "institution", "document"); "" where unknown."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Whom a pronoun may mean. ``owned``: told from somebody else's side ("son club"), so that either may be meant."""

    identity: Identity
    spoke: bool
    owned: bool

    @property
    def key(self) -> str | None:
        return self.identity.entity or self.identity.name


class Speakers:
    """Resolves mentions in the order of the text; what was resolved last is what a pronoun most likely means."""

    def __init__(self, parsed: Parsed, readers: list[SpeechReader], lexicon: Lexicon) -> None:
        self._parsed, self._lexicon = parsed, lexicon
        self._starts = [e.span.start for e in parsed.entities]
        self._genders = self._find_genders()
        self._roles = self._find_roles(readers)
        self._readers = readers
        self._last: dict[int, _Candidate] = {}

    def attribute(self, report: Report) -> Attribution | None:
        """Attribution of a report; None where a pronoun has no referent in the text (first person)."""
        reader, mention = report.reader, report.mention
        identity = self.identify(
            reader, mention, spoken=report.style == "direct" or self._lexicon.has("spoken", report.lemma or "")
        )
        if identity is None:
            return None
        if identity.name is not None:
            self._last[mention.span.start] = _Candidate(
                identity, spoke=True, owned=self._owned(reader, mention, identity)
            )
        cue = Cue(report.lemma, report.cue) if report.lemma is not None and report.cue is not None else None
        return Attribution(mention.span, identity.name, identity.entity, cue)

    def _owned(self, reader: SpeechReader, mention: Mention, identity: Identity) -> bool:
        """Told from somebody else's side ("son club"): a pronoun behind it rather means that somebody."""
        return identity.entity is None and reader.word_is(mention.first, "possessives")

    def identify(self, reader: SpeechReader, mention: Mention, *, spoken: bool = False) -> Identity | None:
        """Who a mention names; ``spoken`` words need a speaker who has a voice."""
        if mention.pronoun is not None:
            pronoun = self._lexicon.pronouns.get(mention.pronoun)
            third = pronoun is not None and pronoun.person == 3
            if pronoun is None or not third:
                return None
            if pronoun.refers == "last":
                return self._last_named(pronoun, reader, mention)
            return self._antecedent(pronoun, reader, mention, spoken=spoken)
        noun = find_noun(reader, mention)
        gender = self._gender_of(reader, mention, noun)
        named = self._named(reader, mention, noun, gender)
        if named is not None:
            return named
        plural = self._is_plural(reader, mention, noun)
        by_role = self._by_role(reader, mention, noun) if not plural else None
        if by_role is not None:
            return by_role
        kind = noun.kind if noun is not None else ""
        exact = mention.span.of(self._parsed.text)
        return Identity(exact, None, gender, plural, "person" if kind == "role" else kind)

    def _named(
        self, reader: SpeechReader, mention: Mention, noun: SpeakerNoun | None, gender: Gender
    ) -> Identity | None:
        """By the entity that is the mention's own name, not one that only belongs to it ("le maire de Rouen")."""
        inside = self._entities_in(mention.span)
        if noun is not None and noun.kind != "role" and reader.tokens[mention.head].pos == "NOUN":
            # "Le collectif Martin": what follows the noun of a body is that body's name, not a person.
            inside = [e for e in inside if e.type != "person"]
        if not inside or self._coordinated(reader, mention):
            return None
        for entity in inside:
            first = next(
                (t.i for t in reader.tokens[mention.first : mention.after] if t.start >= entity.span.start), None
            )
            if first is None:
                continue
            own = first == mention.head or entity.type == "person"
            genitive = first > mention.first and self._is_genitive(reader, mention, first)
            if own and not genitive:
                return self._identity(entity, gender)
        return None

    def _is_genitive(self, reader: SpeechReader, mention: Mention, first: int) -> bool:
        return first > mention.head and any(reader.word_is(first - back, "genitives") for back in (1, 2))

    def _coordinated(self, reader: SpeechReader, mention: Mention) -> bool:
        return any(
            reader.words[i] == "&" or reader.word_is(i, "and") for i in range(mention.head + 1, mention.after)
        ) and not any(e.span.contains(mention.span) for e in self._entities_in(mention.span))

    def _identity(self, entity: EntityMention, gender: Gender = "") -> Identity:
        """By name; the gender of the words around serves where the name itself does not tell."""
        kind = "person" if entity.type == "person" else "institution"
        return Identity(entity.name, entity.entity, self._genders.get(entity.entity) or gender, plural=False, kind=kind)

    def _entities_in(self, span: Span) -> list[EntityMention]:
        at = bisect_left(self._starts, span.start)
        return [e for e in self._parsed.entities[at : at + 12] if span.contains(e.span)]

    def _by_role(self, reader: SpeechReader, mention: Mention, noun: SpeakerNoun | None) -> Identity | None:
        """The one person of the article with that role; beside the mention, an apposition says it outright."""
        if noun is not None and noun.kind != "role":
            return None
        beside = self._apposed(reader, mention.after)
        if beside is not None:
            return self._identity(beside)
        if noun is None:
            return None
        if reader.words[mention.first] not in self._lexicon.definite_articles | self._lexicon.demonstratives:
            return None
        people = {e.entity: e for at, e in self._roles.get(noun.lemma, ()) if at < mention.span.start}
        return self._identity(next(iter(people.values()))) if len(people) == 1 else None

    def _apposed(self, reader: SpeechReader, at: int) -> EntityMention | None:
        if at + 1 >= len(reader.tokens) or reader.words[at] not in {",", "("}:
            return None
        start = reader.tokens[at + 1].start
        honorific = reader.words[at + 1] in self._lexicon.honorifics and at + 2 < len(reader.tokens)
        start = reader.tokens[at + 2].start if honorific else start
        found = bisect_left(self._starts, start)
        entity = self._parsed.entities[found] if found < len(self._starts) else None
        return entity if entity is not None and entity.span.start == start and entity.type == "person" else None

    def _antecedent(self, pronoun: Pronoun, reader: SpeechReader, mention: Mention, *, spoken: bool) -> Identity:
        """The subject or speaker of the nearest sentence before that agrees; without a name where two do alike."""
        unknown = Identity(None, None, pronoun.gender, pronoun.number == "plural")
        chosen: _Candidate | None = None
        for near, found in self._before(reader, mention):
            fitting = [c for c in found if self._fits(c, pronoun, spoken=spoken, near=near)]
            apart = {c.key: c for c in fitting if not c.owned} or {c.key: c for c in fitting}
            if not apart:
                if found and pronoun.number == "plural" and not pronoun.gender:
                    return unknown  # English "they" shows too little to be looked for any further
                continue
            if chosen is not None:
                people = [c for c in apart.values() if c.identity.kind == "person" and c.spoke]
                if people and near:
                    return unknown
                continue
            if len(apart) > 1 or any(c.owned for c in apart.values()):
                return unknown
            chosen = next(iter(apart.values()))
            # Quoted words after a sentence about a body may still be those of the person quoted before it.
            if not spoken or chosen.spoke or chosen.identity.kind == "person":
                break
        return chosen.identity if chosen is not None else unknown

    def _last_named(self, pronoun: Pronoun, reader: SpeechReader, mention: Mention) -> Identity:
        """Reads "ce dernier", "celle-ci", "the latter": who is named last in its sentence or the one before."""
        unknown = Identity(None, None, pronoun.gender, pronoun.number == "plural")
        for current, sentence in self._sentences_before(reader, mention):
            last: _Candidate | None = None
            for other in phrases_in(current, sentence):
                if (current is reader and other.after > mention.first) or other.pronoun is not None:
                    continue
                identity = self.identify(current, other)
                if identity is None or identity.name is None:
                    continue
                candidate = _Candidate(identity, spoke=True, owned=False)
                last = candidate if self._fits(candidate, pronoun, spoken=True, near=True) else last
            if last is not None:
                return last.identity
            if sentence.stop <= mention.first or current is not reader:
                break
        return unknown

    def _fits(self, candidate: _Candidate, pronoun: Pronoun, *, spoken: bool, near: bool) -> bool:
        identity = candidate.identity
        person = identity.kind == "person"
        if spoken and identity.kind == "document":
            return False
        if not (near or candidate.spoke or person):
            return False
        if _clash(identity.gender, pronoun.gender) or (pronoun.refers == "thing" and person):
            return False
        if pronoun.refers == "person" and not person and identity.kind:
            return False
        if pronoun.number == "plural" and not identity.plural:
            return pronoun.gender == "" and identity.kind in {"institution", "group"}  # English "they"
        return identity.plural == (pronoun.number == "plural")

    def _before(self, reader: SpeechReader, mention: Mention) -> Iterator[tuple[bool, list[_Candidate]]]:
        """Sentence by sentence towards the start: who is its subject or speaks in it; whether it is near.

        Near are the sentences of the same passage and the last one before it.
        """
        near = True
        for current, sentence in self._sentences_before(reader, mention):
            limit = mention.first if current is reader else sentence.stop
            yield near, self._candidates(current, sentence, limit)
            near = current is reader

    def _sentences_before(self, reader: SpeechReader, mention: Mention) -> Iterator[tuple[SpeechReader, range]]:
        """The mention's own sentence and those before it, up to the reach of a pronoun."""
        for position in range(self._readers.index(reader), -1, -1):
            current = self._readers[position]
            for sentence in reversed(current.sentences):
                if current is reader and sentence.start > mention.first:
                    continue
                if mention.span.start - current.tokens[sentence.start].start > _REACH:
                    return
                yield current, sentence

    def _candidates(self, reader: SpeechReader, sentence: range, limit: int) -> list[_Candidate]:
        found: list[_Candidate] = []
        taken: set[int] = set()
        for mention in main_subjects(reader, sentence):
            if mention.after > limit or mention.pronoun is not None:
                continue
            identity = self.identify(reader, mention)
            taken.add(mention.span.start)
            if identity is not None and identity.name is not None:
                spoke = mention.span.start in self._last
                found.append(_Candidate(identity, spoke=spoke, owned=self._owned(reader, mention, identity)))
        start, end = reader.tokens[sentence.start].start, reader.tokens[min(limit, sentence.stop) - 1].end
        found += [c for at, c in self._last.items() if start <= at < end and at not in taken]
        return found

    def _gender_of(self, reader: SpeechReader, mention: Mention, noun: SpeakerNoun | None) -> Gender:
        if reader.word_is(mention.first, "feminine_determiners"):
            return "f"
        if reader.word_is(mention.first, "masculine_determiners") and noun is not None:
            return "m"
        if noun is not None and noun.gender:
            return noun.gender
        head = reader.tokens[mention.head]
        common = head.pos == "NOUN" and not head.entity
        return "f" if common and head.has("Gender=Fem") else "m" if common and head.has("Gender=Masc") else ""

    def _is_plural(self, reader: SpeechReader, mention: Mention, noun: SpeakerNoun | None) -> bool:
        if self._coordinated(reader, mention):
            return True
        if noun is not None and noun.number:
            return noun.number == "plural"
        return reader.word_is(mention.first, "plural_determiners") or reader.tokens[mention.head].has("Number=Plur")

    def _find_genders(self) -> dict[str, Gender]:
        """Gender of people, from their title or given name; unknown ones are absent."""
        genders: dict[str, Gender] = {}
        for entity in self._parsed.entities:
            if entity.type != "person":
                continue
            given = plain(entity.name.split()[0])
            if given in self._lexicon.feminine_names:
                genders.setdefault(entity.entity, "f")
            elif given in self._lexicon.masculine_names:
                genders.setdefault(entity.entity, "m")
            title = self._parsed.text[max(0, entity.span.start - 9) : entity.span.start].split()
            honorific = self._lexicon.honorifics.get(plain(title[-1])) if title else None
            if honorific:
                genders[entity.entity] = honorific
        return genders

    def _find_roles(self, readers: list[SpeechReader]) -> dict[str, list[tuple[int, EntityMention]]]:
        """Role noun -> the people whom the article gives it, with the offset where it does."""
        roles: dict[str, list[tuple[int, EntityMention]]] = defaultdict(list)
        starts = [reader.analysis.span.start for reader in readers]
        for entity in self._parsed.entities:
            reader = readers[max(0, bisect_right(starts, entity.span.start) - 1)]
            if entity.type != "person" or not reader.analysis.span.contains(entity.span):
                continue
            positions = reader.tokens_of(entity.span)
            if not positions:
                continue
            first, after = positions.start, positions.stop
            for noun in (self._role_before(reader, first), self._role_after(reader, after)):
                if noun is not None:
                    roles[noun.lemma].append((entity.span.start, entity))
                    if noun.gender:
                        self._genders.setdefault(entity.entity, noun.gender)
        return roles

    def _role_before(self, reader: SpeechReader, first: int) -> SpeakerNoun | None:
        """Reads "le ministre russe des Affaires étrangères, X", "le maire de Rouen X"."""
        for start in range(max(reader.sentence_of[first].start, first - 10), first):
            if reader.words[start] in self._lexicon.determiners:
                phrase = phrase_from(reader, start)
                if phrase is None or not (phrase.first < first and phrase.after >= first - 1):
                    continue
                noun = find_noun(reader, phrase)
                joined = phrase.after > first or reader.words[first - 1] == ","
                if noun is not None and noun.kind == "role" and joined:
                    return noun
        return None

    def _role_after(self, reader: SpeechReader, after: int) -> SpeakerNoun | None:
        """Reads "X, ministre de la Santé", "X, le maire"."""
        if after + 1 >= len(reader.tokens) or reader.words[after] not in {",", "("}:
            return None
        for i in range(after + 1, min(after + 4, len(reader.tokens))):
            noun = self._lexicon.find_noun(reader.tokens[i].text)
            if noun is not None and noun.kind == "role" and noun.number != "plural":
                return noun
            if reader.tokens[i].pos not in {"DET", "ADJ", "NUM"}:
                return None
        return None


def _clash(one: Gender, other: Gender) -> bool:
    return bool(one) and bool(other) and one != other
