"""Which name of the article a mention at a quotation stands for: pronouns, roles, surnames, descriptions."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from extraction.analysis import Parsed
from extraction.document import Attribution, Cue, EntityMention
from extraction.lexicon import Gender, Lexicon, Pronoun, SpeakerNoun, plain
from extraction.noun_phrases import Mention, find_noun, phrase_from
from extraction.reports import Report
from extraction.roles import Roles
from extraction.sentence_subjects import main_subjects, phrases_in
from extraction.spans import Span
from extraction.speech_reader import SpeechReader

# How far back, in code points, a pronoun or a role may find its name.
_REACH = 1500
# How many sentences back a description may find its person.
_DESCRIBED_REACH = 12


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
        self._roles = Roles(parsed.entities, readers, lexicon, self._genders)
        self._readers = readers
        self._positions = {id(each): at for at, each in enumerate(readers)}
        self._last: dict[int, _Candidate] = {}
        self._said: list[int] = []
        self._described: dict[int, Identity | None] = {}
        self._resolving = False
        self._subjects: dict[tuple[int, int], list[Mention]] = {}

    def attribute(self, report: Report) -> Attribution | None:
        """Attribution of a report; None where a pronoun has no referent in the text (first person)."""
        reader, mention = report.reader, report.mention
        identity = self.identify(
            reader, mention, spoken=report.style == "direct" or self._lexicon.has("spoken", report.lemma or "")
        )
        if identity is None:
            return None
        if identity.name is not None:
            if mention.span.start not in self._last:
                insort(self._said, mention.span.start)
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
        by_role = None
        if not plural:
            by_role = self._by_role(reader, mention, noun) or self._by_description(reader, mention, noun, gender)
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
        if self._shares_determiner(reader, mention):
            return False
        joints = {
            i for i in range(mention.head + 1, mention.after) if reader.words[i] == "&" or reader.word_is(i, "and")
        }
        return any(i not in reader.name_of for i in joints) and not any(
            e.span.contains(mention.span) for e in self._entities_in(mention.span)
        )

    def _shares_determiner(self, reader: SpeechReader, mention: Mention) -> bool:
        """Whether one singular determiner serves both roles, which so are one person's ("son fondateur et gérant")."""
        joint = next((i for i in range(mention.head + 1, mention.after - 1) if reader.word_is(i, "and")), None)
        if joint is None or reader.words[mention.first] not in self._lexicon.determiners:
            return False
        plural = reader.word_is(mention.first, "plural_determiners")
        role = self._lexicon.find_noun(reader.tokens[joint + 1].text)
        return not plural and role is not None and role.kind == "role" and role.number != "plural"

    def _identity(self, entity: EntityMention, gender: Gender = "") -> Identity:
        """By name; the gender of the words around serves where the name itself does not tell."""
        kind = "person" if entity.type == "person" else "institution"
        return Identity(entity.name, entity.entity, self._genders.get(entity.entity) or gender, plural=False, kind=kind)

    def _entities_in(self, span: Span) -> list[EntityMention]:
        at = bisect_left(self._starts, span.start)
        return [e for e in self._parsed.entities[at : at + 12] if span.contains(e.span)]

    def _by_role(self, reader: SpeechReader, mention: Mention, noun: SpeakerNoun | None) -> Identity | None:
        """The one person of the article with that role; beside the mention, an apposition says it outright."""
        beside = self._apposed(reader, mention.after) if noun is None or noun.kind == "role" else None
        body = self._apposed_body(reader, mention.after) if beside is None and noun is not None else None
        if beside is not None or body is not None:
            return self._identity(beside) if beside is not None else body
        if noun is not None and noun.kind != "role":
            return None
        if noun is None or not self._is_definite(reader, mention):
            return None
        holder = self._roles.find(reader, mention, noun)
        return self._identity(holder) if holder is not None else None

    def _is_definite(self, reader: SpeechReader, mention: Mention) -> bool:
        return reader.words[mention.first] in self._lexicon.definite_articles | self._lexicon.demonstratives

    def _by_description(
        self, reader: SpeechReader, mention: Mention, noun: SpeakerNoun | None, gender: Gender
    ) -> Identity | None:
        """The person of the sentences before whom a bare description takes up ("la chercheuse", "ce père de famille").

        Looked up once for each mention, and never while another is: a chain of descriptions names nobody.
        """
        start = mention.span.start
        bare = noun is not None and noun.kind == "role" and self._is_definite(reader, mention)
        if not bare or noun is None or self._resolving or start in self._described:
            return self._described.get(start)
        self._resolving = True
        found = self._nearest_described(reader, mention, noun, gender)
        self._resolving = False
        self._described[start] = found
        return found

    def _nearest_described(
        self, reader: SpeechReader, mention: Mention, noun: SpeakerNoun, gender: Gender
    ) -> Identity | None:
        for _, found in islice(self._before(reader, mention), _DESCRIBED_REACH):
            people = {c.key: c.identity for c in found if c.identity.kind == "person" and c.identity.entity}
            fitting = [
                person
                for key, person in people.items()
                if key is not None
                and not _clash(person.gender, gender)
                and self._roles.may_describe(key, gender or person.gender, noun, mention.span.start)
            ]
            if len(fitting) == 1:
                return fitting[0]
            if fitting:
                return None
        return None

    def _apposed(self, reader: SpeechReader, at: int) -> EntityMention | None:
        if at + 1 >= len(reader.tokens) or reader.words[at] not in {",", "("}:
            return None
        start = reader.tokens[at + 1].start
        honorific = reader.words[at + 1] in self._lexicon.honorifics and at + 2 < len(reader.tokens)
        start = reader.tokens[at + 2].start if honorific else start
        found = bisect_left(self._starts, start)
        entity = self._parsed.entities[found] if found < len(self._starts) else None
        if entity is not None and entity.span.start == start and entity.type == "person":
            return entity
        phrase = phrase_from(reader, at + 1)  # "son président, le conseiller national Anna Weber"
        noun = find_noun(reader, phrase) if phrase is not None else None
        if phrase is None or noun is None or noun.kind != "role" or self._coordinated(reader, phrase):
            return None
        named = self._named(reader, phrase, noun, "")
        people = [e for e in self._entities_in(phrase.span) if e.type == "person"]
        return people[0] if named is not None and people and people[0].entity == named.entity else None

    def _apposed_body(self, reader: SpeechReader, at: int) -> Identity | None:
        """Reads "L'armateur, la société Belkor, soutient": a body between commas whose noun and name follow."""
        if at + 2 >= len(reader.tokens) or reader.words[at] != ",":
            return None
        phrase = phrase_from(reader, at + 1)
        noun = find_noun(reader, phrase) if phrase is not None else None
        closed = phrase is not None and reader.words[phrase.after : phrase.after + 1] == [","]
        if phrase is None or noun is None or noun.kind != "institution" or not closed:
            return None
        named = any(i in reader.name_of for i in range(phrase.head + 1, phrase.after))
        return self.identify(reader, phrase) if named else None

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
            if spoken and len(apart) > 1:
                apart = {k: c for k, c in apart.items() if c.identity.kind == "person"} or apart
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
        for position in range(self._positions[id(reader)], -1, -1):
            current = self._readers[position]
            for sentence in reversed(current.sentences):
                if current is reader and sentence.start > mention.first:
                    continue
                if mention.span.start - current.tokens[sentence.start].start > _REACH:
                    return
                yield current, sentence

    def _subjects_of(self, reader: SpeechReader, sentence: range) -> list[Mention]:
        """The main subjects of a sentence, looked up once however many pronouns follow it."""
        key = (reader.analysis.span.start, sentence.start)
        if key not in self._subjects:
            self._subjects[key] = main_subjects(reader, sentence)
        return self._subjects[key]

    def _candidates(self, reader: SpeechReader, sentence: range, limit: int) -> list[_Candidate]:
        found: list[_Candidate] = []
        taken: set[int] = set()
        for mention in self._subjects_of(reader, sentence):
            if mention.after > limit or mention.pronoun is not None:
                continue
            identity = self.identify(reader, mention)
            taken.add(mention.span.start)
            if identity is not None and identity.name is not None:
                spoke = mention.span.start in self._last
                found.append(_Candidate(identity, spoke=spoke, owned=self._owned(reader, mention, identity)))
        start, end = reader.tokens[sentence.start].start, reader.tokens[min(limit, sentence.stop) - 1].end
        spoken = self._said[bisect_left(self._said, start) : bisect_left(self._said, end)]
        return found + [self._last[at] for at in spoken if at not in taken]

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
            for name in (given, given.split("-")[0]):
                if name in self._lexicon.feminine_names:
                    genders.setdefault(entity.entity, "f")
                elif name in self._lexicon.masculine_names:
                    genders.setdefault(entity.entity, "m")
            title = self._parsed.text[max(0, entity.span.start - 9) : entity.span.start].split()
            honorific = self._lexicon.honorifics.get(plain(title[-1])) if title else None
            if honorific:
                genders[entity.entity] = honorific
        return genders


def _clash(one: Gender, other: Gender) -> bool:
    return bool(one) and bool(other) and one != other
