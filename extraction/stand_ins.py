"""Names that speak or act for others: "Moscou dément", "selon l'Élysée", "expelled by Beijing".

A capital keeps its own entity; where the clause shows an actor it carries a link to the country. Subjects of verbs of
saying and of what governments do, agents, and sources are actors; whoever is "à Moscou" is not. Parsers slip at the
names that open a sentence, so the order of the words is read rather than the tree.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import cast

from extraction.analysis import Analysis, Parsed
from extraction.document import DemonymMention, EntityMention, LinkReason, StandsFor
from extraction.lexicon import Lexicon, plain
from extraction.name_lexicon import NameLexicon, load_name_lexicon
from extraction.names import display_name, read_table
from extraction.place_ids import load_place_ids
from extraction.spans import Span

_REACH = 7
_APPOSITION = 14
_SPORT = 3
_LONGEST_NAME = 4
_REFLEXIVE = 3
_QUOTES = frozenset('«“"')
_PASSED = frozenset({"AUX", "ADV", "PART"})
_OPENERS = frozenset("«“\"‘'(:;,–—-.!?…»”")
_CLOSING = frozenset({"»", "”", '"', "’", "'"})
_CLOSERS = _CLOSING | {","}


@dataclass(frozen=True, slots=True)
class Metonym:
    """What an entity stands for, by key, and why."""

    target: str
    reason: LinkReason


@lru_cache(maxsize=1)
def load_metonyms() -> Mapping[str, Metonym]:
    """By the key of what stands for another: capitals, and the seats that ``metonyms.tsv`` lists."""
    found = {
        key: Metonym(place.capital_of, "capital")
        for key, place in load_place_ids().items()
        if place.capital_of is not None
    }
    for key, target, reason in read_table("metonyms.tsv", 3):
        if target == "-":
            found.pop(key, None)
        else:
            found[key] = Metonym(target, cast("LinkReason", reason))
    return found


def link_stand_ins(
    parsed: Parsed, entities: Sequence[EntityMention], demonyms: Sequence[DemonymMention], lexicon: Lexicon
) -> tuple[EntityMention, ...]:
    """The mentions, those that speak or act for another with what they stand for."""
    metonyms = load_metonyms()
    if not any(mention.entity in metonyms for mention in entities):
        return tuple(entities)
    linker = _Linker(parsed, entities, demonyms, lexicon)
    return tuple(linker.link(m, metonyms[m.entity]) if m.entity in metonyms else m for m in entities)


class _Linker:
    def __init__(
        self,
        parsed: Parsed,
        entities: Sequence[EntityMention],
        demonyms: Sequence[DemonymMention],
        lexicon: Lexicon,
    ) -> None:
        self._parsed, self._lexicon = parsed, lexicon
        self._names: NameLexicon = load_name_lexicon(parsed.language)
        self._passages = [analysis.span.start for analysis in parsed.analyses]
        self._clauses: dict[int, _Clause] = {}
        self._written = {mention.entity: mention.name for mention in reversed(entities)}
        self._countries = set(self._nations(entities, demonyms))
        words = (plain(t.text) for a in parsed.analyses for t in a.tokens)
        self._sporting = sum(self._names.has("sport", word) for word in words) >= _SPORT
        self._ends = {mention.span.end: mention for mention in entities}

    def _nations(self, entities: Sequence[EntityMention], demonyms: Sequence[DemonymMention]) -> Iterator[str]:
        places, metonyms = load_place_ids(), load_metonyms()
        for key in {mention.entity for mention in entities} | {demonym.entity for demonym in demonyms}:
            place = places.get(key)
            if place is not None:
                yield place.capital_of or key
            elif key in metonyms:
                yield metonyms[key].target

    def link(self, mention: EntityMention, metonym: Metonym) -> EntityMention:
        """The mention with its link, or as it is where the clause shows no actor."""
        city = mention.type == "place"
        abroad = bool(self._countries - {metonym.target})
        if city and (self._sporting or (self._names.has("home_capitals", mention.entity) and not abroad)):
            return mention
        if not self._clause_at(mention.span.start).has_actor(mention.span, wide=abroad or not city):
            return mention
        name = self._written.get(metonym.target) or display_name(metonym.target, self._parsed.language)
        return replace(mention, stands_for=StandsFor(name, metonym.target, metonym.reason))

    def _clause_at(self, offset: int) -> _Clause:
        at = bisect_right(self._passages, offset) - 1
        if at not in self._clauses:
            self._clauses[at] = _Clause(self._parsed.analyses[at], self._lexicon, self._names, self._ends)
        return self._clauses[at]


class _Clause:
    """Reads what a name does in its clause."""

    def __init__(
        self, analysis: Analysis, lexicon: Lexicon, names: NameLexicon, ends: Mapping[int, EntityMention]
    ) -> None:
        self._tokens, self._lexicon, self._names, self._ends = analysis.tokens, lexicon, names, ends
        self._words = [plain(token.text) for token in analysis.tokens]
        self._starts = [token.start for token in analysis.tokens]

    def has_actor(self, name: Span, *, wide: bool) -> bool:
        """Whether the name is an actor; ``wide`` also takes what cities do as well as governments."""
        first, after = bisect_left(self._starts, name.start), bisect_left(self._starts, name.end)
        start = first - 1 if first > 0 and self._words[first - 1] in self._lexicon.definite_articles else first
        if self._is_source(start) or self._is_agent(start):
            return True
        if self._is_tagged(start, after):
            return True
        return self._may_be_subject(start, first) and self._does(after, wide=wide)

    def _same(self, at: int, other: int) -> bool:
        """Whether two positions lie in one sentence, as far as punctuation tells."""
        if not (0 <= at < len(self._tokens) and 0 <= other < len(self._tokens)):
            return False
        low, high = min(at, other), max(at, other)
        return not any(token.text in {".", "!", "?", "…"} for token in self._tokens[low:high])

    def _is_source(self, start: int) -> bool:
        """Behind "selon", "d'après", "according to"."""
        for marker in self._lexicon.markers:
            size = len(marker.words)
            if marker.use == "source" and start >= size and tuple(self._words[start - size : start]) == marker.words:
                return True
        return False

    def _is_agent(self, start: int) -> bool:
        """Behind "par" and the participle of something that governments do."""
        if start == 0 or not self._names.has("agents", self._words[start - 1]):
            return False
        return any(
            self._same(at, start) and self._tokens[at].pos in {"VERB", "ADJ", "AUX"} and self._acts(at, wide=True)
            for at in range(max(0, start - 4), start - 1)
        )

    def _is_tagged(self, start: int, after: int) -> bool:
        """Behind a verb of speech that itself stands behind reported words: "…", a répondu Washington."""
        at = start - 1
        cue = self._lexicon.find_verb(self._tokens[at].lemma, self._tokens[at].text) if at > 0 else None
        if cue is None or not self._same(at, start):
            return False
        while at > 0 and (self._tokens[at - 1].pos == "AUX" or self._names.has("clitics", self._words[at - 1])):
            at -= 1
        before = [token.text for token in self._tokens[max(0, at - 2) : at]]
        if not before or before[-1] not in _CLOSERS:
            return False
        if not _CLOSING.isdisjoint(before):
            return True
        # Behind a mere comma "accuse Paris de" has an object.
        addresses = after < len(self._tokens) and self._names.has("genitive", self._words[after])
        return "person" not in cue.frames and not addresses

    def _speaks(self, at: int) -> bool:
        """Whether a verb says something, alone or as a locution or reflexive ("faire savoir", "s'inquiéter")."""
        token, words = self._tokens[at], self._lexicon.verbs
        if self._lexicon.find_verb(token.lemma, token.text) is not None:
            return True
        lemma = token.lemma.lower()
        following = self._tokens[at + 1].lemma.lower() if at + 1 < len(self._tokens) else ""
        return f"{lemma} {following}" in words or any(form in words for form in self._reflexive(at))

    def _reflexive(self, at: int) -> list[str]:
        """The lemmas of a verb behind a reflexive pronoun."""
        near = self._words[max(0, at - _REFLEXIVE) : at]
        own = [word for word in near if self._names.has("reflexives", word)]
        return [f"{form}{self._tokens[at].lemma.lower()}" for word in own for form in (word, f"{word} ")]

    def _may_be_subject(self, start: int, first: int) -> bool:
        if start == 0 or not self._same(start - 1, start):
            return True
        before = self._tokens[start - 1]
        if self._names.has("joint", self._words[start - 1]) and before.text != ",":
            return self._joined_to_subject(start - 1)
        if before.text[-1] in _OPENERS:
            return True
        return before.pos in {"SCONJ", "CCONJ", "ADV"} or (start == first and before.pos == "PRON")

    def _joined_to_subject(self, joint: int) -> bool:
        """Whether what is coordinated with the name may be a subject: "Séoul et Tokyo", not "entre Séoul et Tokyo"."""
        other = self._ends.get(self._tokens[joint - 1].end) if joint > 0 else None
        if other is None:
            return joint > 0 and self._tokens[joint - 1].pos not in {"PROPN", "NOUN"}
        at = joint
        while at > 0 and self._tokens[at - 1].start >= other.span.start:
            at -= 1
        start = at - 1 if at > 0 and self._words[at - 1] in self._lexicon.definite_articles else at
        return self._may_be_subject(start, at)

    def _does(self, after: int, *, wide: bool) -> bool:
        """Whether the verb that follows, over names and an apposition, is one of speech or of government."""
        begins = {self._over_apposition(after), self._over_apposition(self._over_conjuncts(after))}
        return any(self._acts_from(at, after, wide=wide) for at in begins)

    def _acts_from(self, at: int, after: int, *, wide: bool) -> bool:
        passive = reflexive = modal = False
        for i in range(at, min(at + _REACH, len(self._tokens))):
            token, word = self._tokens[i], self._words[i]
            if not self._same(after - 1, i):
                return False
            reflexive = reflexive or self._names.has("reflexives", word)
            if self._names.has("passive_auxiliaries", token.lemma.lower()) and token.pos in {"AUX", "VERB"}:
                passive = True
            elif self._names.has("modals", token.lemma.lower()):
                modal = True
            elif self._acts(i, wide=wide):
                progressive = word.endswith(tuple(self._names.words("progressive")) or "\0")
                return not passive or reflexive or progressive
            elif passive and self._names.has("acting_adjectives", word):
                return True
            elif not self._passed(i, modal=modal):
                return False
        return False

    def _passed(self, at: int, *, modal: bool) -> bool:
        """Whether a word may stand between a subject and its verb."""
        token = self._tokens[at]
        small = token.pos in _PASSED or token.text in _QUOTES or self._names.has("clitics", self._words[at])
        return small or (modal and token.pos == "ADP")

    def _acts(self, at: int, *, wide: bool) -> bool:
        token, word = self._tokens[at], self._words[at]
        lemma = token.lemma.lower()
        if self._names.has("not_acting", lemma):
            return False
        if self._speaks(at) or self._names.has("speaking_forms", word):
            return True
        if self._names.has("acting_forms", word) or any(
            self._names.has("acting", form) for form in (lemma, *self._reflexive(at))
        ):
            return True
        return wide and self._names.has("city_acting", lemma)

    def _over_conjuncts(self, after: int) -> int:
        """Past other names that are coordinated: "Moscou et Pékin ont dénoncé"."""
        at = after
        while at + 1 < len(self._tokens) and self._names.has("joint", self._words[at]):
            first = at + 2 if self._words[at + 1] in self._lexicon.definite_articles else at + 1
            end = self._end_of_name(first)
            if end is None:
                break
            at = end
        return at

    def _end_of_name(self, first: int) -> int | None:
        """Behind the name that begins at a token, if one does."""
        for last in range(first, min(first + _LONGEST_NAME, len(self._tokens))):
            name = self._ends.get(self._tokens[last].end)
            if name is not None and name.span.start == self._tokens[first].start:
                return last + 1
        return None

    def _over_apposition(self, at: int) -> int:
        if at >= len(self._tokens) or self._tokens[at].text != ",":
            return at
        for i in range(at + 1, min(at + _APPOSITION, len(self._tokens))):
            if self._tokens[i].text == ",":
                return i + 1
        return at
