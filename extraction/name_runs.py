"""Runs of words that may be a name: what the recogniser labelled, set right at its ends, and other capitals."""

from __future__ import annotations

from collections.abc import Iterator

from extraction.analysis import Token
from extraction.lexicon import plain
from extraction.name_words import CLOSING, HYPHENS, LONGEST_RUN, SHORT_ACRONYM, SPACES, NameWords, Run, has_capital
from extraction.names import find_known

_LONGEST_QUOTED = 7
_SOME = 2
_OPENING = frozenset('«“"')


class RunReader(NameWords):
    """Reads the runs of one passage."""

    def labelled(self) -> Iterator[Run]:
        """The recogniser's names, without what cannot be part of one, and with the rest of a split one."""
        at, done = 0, 0
        while at < len(self._tokens):
            if not self._tokens[at].entity:
                at += 1
                continue
            after = at + 1
            while after < len(self._tokens) and self._continues(at, after):
                after += 1
            label = self._effective(at, after)
            after, label = self._over_possessive(at, after, label)
            after, label = self._over_purpose(after, label)
            first = self._leftwards(at, done)
            yield from self._split(first, after, label)
            at = done = after

    def _over_possessive(self, first: int, after: int, label: str) -> tuple[int, str]:
        """On to the end of a body named after its patron: "King's College", "Information Commissioner's Office"."""
        if after + 1 >= len(self._tokens) or not self._names.has("possessive", plain(self._tokens[after].text)):
            return after, label
        end = after + 1
        while end < len(self._tokens) and has_capital(self._tokens[end]) and not self.gap(end):
            end += 1
        body = any(self._names.has("possessed_bodies", plain(t.text)) for t in self._tokens[after + 1 : end])
        country = find_known(
            self._text[self._tokens[first].start : self._tokens[after - 1].end], self._lexicon.language
        )
        if end == after + 1 or country is not None or not body:
            return after, label
        return end, "ORG"

    def _over_purpose(self, after: int, label: str) -> tuple[int, str]:
        """On over what a body is for: "Independent Office" and "for Police Conduct"."""
        if not self._names.has("purposed_bodies", plain(self._tokens[after - 1].text)):
            return after, label
        end = after
        while end + 1 < len(self._tokens) and self._names.has("purpose_links", plain(self._tokens[end].text)):
            begin = end + 2 if self.is_determiner(end + 1) else end + 1
            stop = begin
            while stop < len(self._tokens) and has_capital(self._tokens[stop]) and not self.gap(stop):
                stop += 1
            if stop == begin or self.is_role(begin):
                break
            end = stop
        return (end, "ORG") if end > after else (after, label)

    def _effective(self, first: int, after: int) -> str:
        """The label, unless the first or last word is one of names of bodies ("Observatoire", labelled as a place)."""
        while first + 1 < after and self.is_determiner(first):
            first += 1
        head = self._names.weights("first", plain(self._tokens[first].text)) if after - first > 1 else ()
        tail = self._names.weights("last", plain(self._tokens[after - 1].text)) if after - first > 1 else ()
        body = any(kind == "organization" and weight > _SOME for kind, weight in (*head, *tail))
        return "ORG" if body and self._tokens[first].entity != "PER" else self._tokens[first].entity

    def _split(self, first: int, after: int, label: str) -> Iterator[Run]:
        """The run, cut at a line break, and where two names were taken for one."""
        breaks = [i for i in range(first + 1, after) if "\n" in self.between(i)]
        for start, stop in zip([first, *breaks], [*breaks, after], strict=True):
            trimmed = self._trim(start, stop, label)
            if trimmed is not None:
                yield trimmed

    def _continues(self, first: int, at: int) -> bool:
        token, head, before = self._tokens[at], self._tokens[first], self._tokens[at - 1]
        if token.entity and not token.entity_start:
            return True
        if self.breaks(at) or self.between(at) not in SPACES or at - first >= LONGEST_RUN:
            return False
        if token.entity and before.text[0].isalnum() and has_capital(token):
            return plain(before.text) not in self._names.demonyms
        if self._joins_firms(at) or (at - first > 1 and self.is_determiner(at - 1) and self.tied(at - 1)):
            return True
        if self.tied(at):
            return token.text in HYPHENS or (token.text[0].isalnum() and before.text in HYPHENS)
        if not has_capital(token) or not before.text[0].isalnum():
            return False
        if _shouts(before) and _shouts(token):
            return True
        if not token.entity and not self.is_opening(first) and token.pos in {"PROPN", "X"}:
            return True
        return (head.entity == "PER" or self.is_given(head.text)) and token.pos in {"PROPN", "X", "NOUN"}

    def _joins_firms(self, at: int) -> bool:
        """Whether a word is "&", or stands behind it, between two names ("Harrow & Pike")."""
        amp = at if self._tokens[at].text == "&" else at - 1
        if not 0 < amp < len(self._tokens) - 1 or self._tokens[amp].text != "&":
            return False
        return has_capital(self._tokens[amp - 1]) and has_capital(self._tokens[amp + 1])

    def _leftwards(self, first: int, stop: int) -> int:
        """The start of a name whose beginning the recogniser left out: tied words, "The", "Le" inside a sentence."""
        while first > stop and (self.tied(first) or self._joins_firms(first)) and not self._tokens[first - 1].entity:
            first -= 1
        while first > stop and self._leads(first - 1, first):
            first -= 1
        before = self._tokens[first - 1] if first > stop else None
        if before is None or not has_capital(before) or self.gap(first):
            return first
        article = self.is_determiner(first - 1) and not before.text[-1:].isupper() and not self.is_opening(first - 1)
        national = before.pos == "ADJ" and plain(before.text) in self._names.demonyms
        return first - 1 if article or (national and self._tokens[first].entity == "ORG") else first

    def _leads(self, at: int, first: int) -> bool:
        """Whether a capital that the recogniser left out belongs to the name behind it ("Rami Abdel Rahmane")."""
        token, word = self._tokens[at], plain(self._tokens[at].text)
        if not has_capital(token) or token.entity or self.gap(first) or not word[-1].isalnum():
            return self._names.has("kept_titles", word) and has_capital(token) and not self.gap(first)
        if word in self._lexicon.not_names or word in self._lexicon.honorifics or self.is_determiner(at):
            return False
        if self._names.has("no_entities", word):
            return False
        inside = token.pos == "ADJ" and not self.is_opening(at)
        common = (token.pos not in {"PROPN", "X"} and not inside) or (token.ordinary and not self.is_given(word))
        return not common and not self.is_role(at) and word not in self._names.demonyms

    def _trim(self, first: int, after: int, label: str) -> Run | None:
        quoted = self._quoted_title(first, after, label)
        if quoted is not None:
            return quoted
        after = self._before_verb(first, after)
        if after - first > 1 and self._common_phrase(first, after, label):
            return None
        while first < after and self._cannot_begin(first, after, label):
            first += 1
        while after > first and not self._may_end(after - 1, label):
            after -= 1
        if first == after or after - first > LONGEST_RUN or self._common(first, after, label):
            return None
        return first, after, label

    def _quoted_title(self, first: int, after: int, label: str) -> Run | None:
        """Words in quotation marks that begin with a name and have no verb: the title of a work ("« La Nuit »")."""
        start = next((i for i in range(first, max(first - 3, 0), -1) if self._tokens[i - 1].text in _OPENING), None)
        if start is None or label == "PER":
            return None
        for at in range(start, min(start + _LONGEST_QUOTED, len(self._tokens))):
            token = self._tokens[at]
            if token.text in CLOSING:
                long = at - start > 1 and at >= after and has_capital(self._tokens[start])
                return (start, at, "MISC") if long else None
            if token.pos in {"VERB", "AUX", "PUNCT", "PRON"}:
                return None
        return None

    def _before_verb(self, first: int, after: int) -> int:
        """Where a name ends that ran on into the sentence's verb, or to somebody's title ("of Prime Minister …")."""
        for at in range(first + 1, after):
            token = self._tokens[at]
            if token.pos in {"VERB", "AUX"} and token.text.islower() and not token.has("VerbForm=Part"):
                return at
            if token.text.islower() and at + 1 < after and self.is_genitive(at) and self._is_titled(at + 1):
                return at
        return after

    def _is_titled(self, at: int) -> bool:
        return has_capital(self._tokens[at]) and self.is_role(at)

    def _cannot_begin(self, first: int, after: int, label: str) -> bool:
        token = self._tokens[first]
        if not has_capital(token):
            return True
        if self.is_determiner(first):
            follows = first + 1 < after and has_capital(self._tokens[first + 1]) and not self.gap(first + 1)
            return self.is_opening(first) or not follows
        if after - first == 1:
            return False
        word = plain(token.text)
        if token.text.isupper() and self._names.has("no_entities", word):
            return True
        if word in self._lexicon.honorifics and not self._names.has("kept_titles", word):
            return True
        if label == "LOC" and self._names.has("place_titles", word):
            return True
        if label == "PER" and (self._is_title(first, after) or word in self._names.demonyms):
            return True
        if self.is_opening(first) and after - first > 2 and self._names.weights("before", word):
            body = bool(self._names.weights("last", plain(self._tokens[after - 1].text)))
            return (label == "ORG" or body) and self.is_role(first)
        return after - first > 2 and self.is_given(self._tokens[first + 1].text) and self._describes(first)

    def _describes(self, at: int) -> bool:
        """Whether a word before a given name is no name: "le Breton Ewen Tanguy", "Striker Danny Osei"."""
        token = self._tokens[at]
        if self.is_given(token.text) or self._names.has("kept_titles", plain(token.text)):
            return False
        national = token.ordinary and at > 0 and self.is_determiner(at - 1)
        return self.is_role(at) or national or (self.is_opening(at) and not self._has_dictionary)

    def _is_title(self, first: int, after: int) -> bool:
        """Whether the first word of a person's name is a title rather than a name ("Prosecutor James Attwell")."""
        return self.is_role(first) and has_capital(self._tokens[after - 1]) and not self.tied(first + 1)

    def _may_end(self, at: int, label: str) -> bool:
        token = self._tokens[at]
        return (
            token.text[0].isalnum()
            and (has_capital(token) or label == "ORG" or (token.text.isdecimal() and label == "MISC"))
            and token.pos not in {"ADP", "DET", "CCONJ"}
            and not (self.is_determiner(at) and token.text.islower())
        )

    def _common(self, first: int, after: int, label: str) -> bool:
        """Ordinary words: a role with its adjective, a demonym, a letter, a sentence's first word with what follows."""
        token = self._tokens[first]
        if after - first > 1:
            return self._common_phrase(first, after, label)
        if len(token.text) == 1 or plain(token.text) in self._lexicon.not_names:
            return True
        if self._names.has("no_entities", plain(token.text)) or self._opens_demonym(first):
            return True
        if token.text.isupper():
            return False
        if plain(token.text) in self._names.demonyms:
            return True
        ordinary = token.pos in {"ADJ", "ADV", "VERB", "AUX", "PRON", "DET", "ADP", "NOUN"}
        ordinary = ordinary and (token.ordinary or not self._has_dictionary)
        return self._lexicon.find_noun(token.text) is not None or (
            self.is_opening(first) and ordinary and token.entity == "MISC"
        )

    def _opens_demonym(self, at: int) -> bool:
        """Whether a word begins an adjective of two words ("South African")."""
        if at + 1 == len(self._tokens) or not self._names.has("demonym_openers", plain(self._tokens[at].text)):
            return False
        return f"{plain(self._tokens[at].text)} {plain(self._tokens[at + 1].text)}" in self._names.demonyms

    def _common_phrase(self, first: int, after: int, label: str) -> bool:
        words = [self._tokens[i].text for i in range(first, after)]
        lower = all(not word[:1].isupper() for word in words[1:])
        noun = self._lexicon.find_noun(" ".join(words[:2])) or self._lexicon.find_noun(words[0])
        if (noun is not None and noun.kind == "role" and lower) or " ".join(words).lower() in self._names.demonyms:
            return True
        return lower and label != "ORG" and self.is_opening(first) and self._tokens[first].ordinary

    def part_of_name(self, at: int, end: int) -> bool:
        """Whether a known word belongs to another name ("Florence Parly", "Michael Jordan", "Asie-Pacifique")."""
        if end < len(self._tokens) and self._tokens[end].text in HYPHENS and not self.between(end):
            return True
        if at > 0 and self._tokens[at - 1].text in HYPHENS and not self.between(at):
            return True
        if end - at > 1:
            return self._beside(at, end, given=end - 1)
        return self._beside(at, end, given=at) or (at > 0 and self._beside(at, at, given=at - 1))

    def _beside(self, at: int, joint: int, given: int) -> bool:
        """Whether the words at ``joint - 1`` and ``joint`` stand together as parts of one name."""
        if joint >= len(self._tokens) or self.gap(joint):
            return False
        one, other = self._tokens[joint - 1], self._tokens[joint]
        if not (has_capital(one) and has_capital(other)):
            return False
        beside = one if joint == at else other
        word = plain(beside.text)
        if word in self._lexicon.not_names or word in self._lexicon.honorifics or self._names.has("titles", word):
            return False
        if self.is_given(self._tokens[given].text):
            return True
        noun = self._lexicon.find_noun(word)
        role = noun is not None and noun.kind == "role"
        return beside.pos == "PROPN" and not role and word not in self._names.demonyms

    def capitalised(self, taken: set[int]) -> list[Run]:
        """Other sequences of capitals: after a title or with a given name, people; else without a label."""
        found: list[Run] = []
        at = 0
        while at < len(self._tokens):
            after = self._capitals_from(at, taken)
            if after > at:
                found += self._capital_run(at, after)
            at = max(after, at + 1)
        return found

    def _capital_run(self, first: int, after: int) -> Iterator[Run]:
        given = after - first > 1 and self.is_given(self._tokens[first].text)
        titled = self.titled(first)
        if self._is_body(first, after):
            yield first, after + 1, "ORG"
            return
        named = given or titled or self.is_given(self._tokens[first].text)
        if not named and self.is_opening(first) and self._tokens[first].ordinary:
            return
        trimmed = self._trim(first, after, "PER")
        if trimmed is not None and not self.is_role(trimmed[1] - 1):
            lone = self._tokens[trimmed[0]].ordinary and trimmed[1] - trimmed[0] == 1
            yield trimmed[0], trimmed[1], "PER" if given or (titled and not lone) else ""

    def _is_body(self, first: int, after: int) -> bool:
        """Whether a capital noun for a body stands before its adjective ("Garde républicaine")."""
        if after - first > 1 or after >= len(self._tokens) or self.is_opening(first) or self.breaks(after):
            return False
        kinds = {kind for kind, _ in self._names.weights("first", plain(self._tokens[first].text))}
        if first > 0:
            kinds |= {kind for kind, _ in self._names.weights("before", plain(self._tokens[first - 1].text))}
        follows = self._tokens[after]
        return "organization" in kinds and follows.pos == "ADJ" and follows.text.islower() and not self.gap(after)

    def _capitals_from(self, first: int, taken: set[int]) -> int:
        after = first
        while after < len(self._tokens) and has_capital(self._tokens[after]) and after not in taken:
            if after > first and (self.breaks(after) or "\n" in self.between(after)):
                break
            word = plain(self._tokens[after].text)
            if word in self._lexicon.not_names or word in self._lexicon.honorifics or not word[-1].isalnum():
                break
            after = self._over_joints(first, after + 1)
        return after

    def _over_joints(self, first: int, at: int) -> int:
        """Past hyphens and particles, if a capital follows them ("Jean-Noël", "von der Leyen")."""
        beyond = at
        while beyond < len(self._tokens) and not self.breaks(beyond):
            word = plain(self._tokens[beyond].text)
            tied = word in HYPHENS and self.tied(beyond)
            if not tied and (word not in self._lexicon.particles or has_capital(self._tokens[beyond])):
                break
            beyond += 1
        if beyond == at or beyond >= len(self._tokens) or not has_capital(self._tokens[beyond]):
            return at
        return beyond if self._tokens[at].text in HYPHENS or self.is_given(self._tokens[first].text) else at


def _shouts(token: Token) -> bool:
    return token.text.isupper() and len(token.text) > SHORT_ACRONYM - 1
