"""Which name of the article a mention at a quotation stands for: pronouns, roles, surnames, descriptions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass

from extraction.analysis import Analysis, Parsed, Token
from extraction.document import Attribution, Cue, EntityMention
from extraction.lexicon import Gender, Lexicon, Pronoun, SpeakerNoun, plain
from extraction.noun_phrases import Mention, find_noun, phrase_from
from extraction.reports import Report
from extraction.spans import Span
from extraction.speech_reader import SpeechReader

# How far back, in code points, a pronoun or a role may find its name.
_REACH = 1500
_REMEMBERED = 12
# "Son club" is told from somebody else's side: a pronoun behind it rather means that somebody.
_POSSESSIVES = frozenset({"son", "sa", "ses", "leur", "leurs", "his", "her", "its", "their"})
_FEMININE = frozenset({"la", "une", "cette", "sa"})
_MASCULINE = frozenset({"un", "ce", "cet", "le"})


@dataclass(frozen=True, slots=True)
class Identity:
    """A speaker's canonical name and key in this article, as far as known, and the grammar that pronouns agree with."""

    name: str | None
    entity: str | None
    gender: Gender
    plural: bool


class Speakers:
    """Resolves mentions in the order of the text; what was resolved last is what a pronoun most likely means."""

    def __init__(self, parsed: Parsed, readers: list[SpeechReader], lexicon: Lexicon) -> None:
        self._parsed, self._lexicon = parsed, lexicon
        self._starts = [e.span.start for e in parsed.entities]
        self._genders = self._find_genders()
        self._roles = self._find_roles(readers)
        self._last: list[tuple[int, Identity]] = []

    def attribute(self, report: Report) -> Attribution | None:
        """Attribution of a report; None where a pronoun has no referent in the text (first person)."""
        identity = self.identify(report.reader, report.mention)
        if identity is None:
            return None
        relative = identity.entity is None and report.reader.words[report.mention.first] in _POSSESSIVES
        if identity.name is not None and not relative:
            self._last.append((report.mention.span.start, identity))
        cue = Cue(report.lemma, report.cue) if report.lemma is not None and report.cue is not None else None
        return Attribution(self._with_title(report), identity.name, identity.entity, cue)

    def _with_title(self, report: Report) -> Span:
        return report.mention.span

    def identify(self, reader: SpeechReader, mention: Mention) -> Identity | None:
        """Who a mention names."""
        if mention.pronoun is not None:
            pronoun = self._lexicon.pronouns.get(mention.pronoun)
            return self._antecedent(pronoun, mention.span) if pronoun is not None and pronoun.person == 3 else None
        named = self._named(reader, mention)
        if named is not None:
            return named
        noun = find_noun(reader, mention)
        by_role = self._by_role(reader, mention, noun)
        if by_role is not None:
            return by_role
        exact = mention.span.of(self._parsed.text)
        return Identity(
            exact, None, self._gender_of(reader, mention, noun), noun is not None and noun.number == "plural"
        )

    def _named(self, reader: SpeechReader, mention: Mention) -> Identity | None:
        """By the entity that is the mention's own name, not one that only belongs to it ("le maire de Rouen")."""
        inside = self._entities_in(mention.span)
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
                return self._identity(entity)
        return None

    def _is_genitive(self, reader: SpeechReader, mention: Mention, first: int) -> bool:
        before = reader.words[first - 1]
        return first > mention.head and (
            before in {"de", "d'", "du", "des"} or reader.words[first - 2] in {"de", "d'", "du", "des"}
        )

    def _coordinated(self, reader: SpeechReader, mention: Mention) -> bool:
        return any(reader.words[i] in {"et", "and", "&"} for i in range(mention.head + 1, mention.after)) and not any(
            e.span.contains(mention.span) for e in self._entities_in(mention.span)
        )

    def _identity(self, entity: EntityMention) -> Identity:
        return Identity(entity.name, entity.entity, self._genders.get(entity.entity, ""), plural=False)

    def _entities_in(self, span: Span) -> list[EntityMention]:
        at = bisect_left(self._starts, span.start)
        return [e for e in self._parsed.entities[at : at + 12] if span.contains(e.span)]

    def _by_role(self, reader: SpeechReader, mention: Mention, noun: SpeakerNoun | None) -> Identity | None:
        """The one person of the article with that role; beside the mention, an apposition says it outright."""
        if noun is None or noun.kind != "role" or noun.number == "plural":
            return None
        beside = self._apposed(reader, mention.after)
        if beside is not None:
            return self._identity(beside)
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

    def _antecedent(self, pronoun: Pronoun, span: Span) -> Identity | None:
        """Last speaker that agrees, else the nearest person before who does; a pronoun alone keeps its own words."""
        plural = pronoun.number == "plural"
        for at, identity in reversed(self._last[-_REMEMBERED:]):
            if at < span.start and span.start - at < _REACH and identity.plural == plural:
                closer = self._subject_between(at, span.start, pronoun)
                if closer is not None and not plural:
                    return closer
                if not _clash(identity.gender, pronoun.gender):
                    return identity
        if plural:
            return Identity(None, None, pronoun.gender, plural=True)
        nearest = self._subject_between(span.start - _REACH, span.start, pronoun)
        return nearest or Identity(None, None, pronoun.gender, plural=False)

    def _subject_between(self, start: int, end: int, pronoun: Pronoun) -> Identity | None:
        """The latest person named as a subject between two offsets."""
        first, last = bisect_right(self._starts, start), bisect_left(self._starts, end)
        for entity in reversed(self._parsed.entities[first:last]):
            if entity.type != "person":
                continue
            if _clash(self._genders.get(entity.entity, ""), pronoun.gender):
                continue
            analysis = self._parsed.analysis_at(entity.span.start)
            tokens = analysis.tokens_in(entity.span) if analysis is not None else []
            if analysis is not None and any(_is_subject(analysis, t) for t in tokens):
                return self._identity(entity)
        return None

    def _gender_of(self, reader: SpeechReader, mention: Mention, noun: SpeakerNoun | None) -> Gender:
        word = reader.words[mention.first]
        if word in _FEMININE:
            return "f"
        if word in _MASCULINE and noun is not None:
            return "m"
        return noun.gender if noun is not None else ""

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


def _is_subject(analysis: Analysis, token: Token) -> bool:
    """Whether a name is a subject, by itself or as an apposition to one ("la préfète, X,")."""
    for _ in range(3):
        if token.dep.startswith("nsubj"):
            return True
        if token.dep.split(":")[0] not in {"appos", "flat", "nmod", "conj"}:
            return False
        token = analysis.tokens[token.head]
    return False


def _clash(one: Gender, other: Gender) -> bool:
    return bool(one) and bool(other) and one != other
