"""Runs of words that may be a name: what the recogniser labelled, set right at its ends, and other capitals."""

from __future__ import annotations

from collections.abc import Iterator

from extraction.analysis import Token
from extraction.lexicon import Lexicon, plain
from extraction.name_lexicon import NameLexicon

Run = tuple[int, int, str]
"""First token, token after the last, the recogniser's label."""

_LONGEST = 10
_LONGEST_QUOTED = 7
_LONGEST_ACRONYM = 3  # letters, of those that look like a word
_ENDS = frozenset('.!?…:;»”")\u2019')
_OPENERS = frozenset("«“\"‘'(:•|>*·–—-#…")
_OPENING, _CLOSING = frozenset('«“"'), frozenset('»”"')
_HYPHENS = frozenset("-\u2010\u2011")
_SPACES = frozenset({"", " ", "\u00a0", "\u202f"})


class RunReader:
    """Reads the runs of one passage."""

    def __init__(self, text: str, tokens: list[Token], lexicon: Lexicon, names: NameLexicon) -> None:
        self._text, self._tokens, self._lexicon, self._names = text, tokens, lexicon, names
        self._has_dictionary = any(token.ordinary for token in tokens)

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
            first = self._leftwards(at, done)
            yield from self._split(first, after, label)
            at = done = after

    def _effective(self, first: int, after: int) -> str:
        """The label, unless the first word is one that names bodies ("Observatoire", labelled as a place)."""
        while first + 1 < after and self._is_determiner(first):
            first += 1
        head = self._names.weights("first", plain(self._tokens[first].text)) if after - first > 1 else ()
        kinds = {kind for kind, _ in head}
        if "organization" in kinds and self._tokens[first].entity != "PER":
            return "ORG"
        return self._tokens[first].entity

    def _split(self, first: int, after: int, label: str) -> Iterator[Run]:
        """The run, cut at a line break, and where two names were taken for one."""
        breaks = [i for i in range(first + 1, after) if "\n" in self._between(i)]
        for start, stop in zip([first, *breaks], [*breaks, after], strict=True):
            trimmed = self._trim(start, stop, label)
            if trimmed is not None:
                yield trimmed

    def _between(self, at: int) -> str:
        return self._text[self._tokens[at - 1].end : self._tokens[at].start]

    def _breaks(self, at: int) -> bool:
        """Whether a sentence ends before a word; parsers see ends inside foreign names as well."""
        token, before = self._tokens[at], self._tokens[at - 1]
        return token.sentence != before.sentence and (before.text[-1] in _ENDS or "\n" in self._between(at))

    def _continues(self, first: int, at: int) -> bool:
        token, head, before = self._tokens[at], self._tokens[first], self._tokens[at - 1]
        if token.entity and not token.entity_start:
            return True
        if self._breaks(at) or self._between(at) not in _SPACES or at - first >= _LONGEST:
            return False
        if token.entity and before.text[0].isalnum() and _capital(token):
            return plain(before.text) not in self._names.demonyms
        if self._joins_firms(at) or (at - first > 1 and self._is_determiner(at - 1) and self._tied(at - 1)):
            return True
        if self._tied(at):
            return token.text in _HYPHENS or (token.text[0].isalnum() and before.text in _HYPHENS)
        if not _capital(token) or not before.text[0].isalnum():
            return False
        if _shouts(before) and _shouts(token):
            return True
        return (head.entity == "PER" or self._is_given(head.text)) and token.pos in {"PROPN", "X", "NOUN"}

    def _joins_firms(self, at: int) -> bool:
        """Whether a word is "&", or stands behind it, between two names ("Harrow & Pike")."""
        amp = at if self._tokens[at].text == "&" else at - 1
        if not 0 < amp < len(self._tokens) - 1 or self._tokens[amp].text != "&":
            return False
        return _capital(self._tokens[amp - 1]) and _capital(self._tokens[amp + 1])

    def _tied(self, at: int) -> bool:
        """Whether a word hangs on the one before by a hyphen or an apostrophe, without a space ("Diop-Lesage")."""
        if not 0 < at < len(self._tokens) or self._between(at):
            return False
        token, before = self._tokens[at], self._tokens[at - 1]
        if token.text in _HYPHENS:
            follows = at + 1 < len(self._tokens) and not self._between(at + 1)
            return follows and before.text[-1].isalnum() and _capital(self._tokens[at + 1])
        if before.text in _HYPHENS:
            return at > 1 and not self._between(at - 1) and _capital(self._tokens[at - 2])
        return before.text[-1] in "'\u2019" and _capital(before) and not self._is_determiner(at - 1)

    def _leftwards(self, first: int, stop: int) -> int:
        """The start of a name whose beginning the recogniser left out: tied words, "The", "Le" inside a sentence."""
        while first > stop and (self._tied(first) or self._joins_firms(first)) and not self._tokens[first - 1].entity:
            first -= 1
        before = self._tokens[first - 1] if first > stop else None
        if before is None or not _capital(before) or self._gap(first):
            return first
        article = self._is_determiner(first - 1) and not before.text[-1:].isupper() and not self.is_opening(first - 1)
        national = before.pos == "ADJ" and plain(before.text) in self._names.demonyms
        return first - 1 if article or (national and self._tokens[first].entity == "ORG") else first

    def _gap(self, at: int) -> bool:
        return self._between(at) not in _SPACES or self._breaks(at)

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
        if first == after or after - first > _LONGEST or self._common(first, after, label):
            return None
        return first, after, label

    def _quoted_title(self, first: int, after: int, label: str) -> Run | None:
        """Words in quotation marks that begin with a name and have no verb: the title of a work ("« La Nuit »")."""
        start = next((i for i in range(first, max(first - 3, 0), -1) if self._tokens[i - 1].text in _OPENING), None)
        if start is None or label == "PER":
            return None
        for at in range(start, min(start + _LONGEST_QUOTED, len(self._tokens))):
            token = self._tokens[at]
            if token.text in _CLOSING:
                long = at - start > 1 and at >= after and _capital(self._tokens[start])
                return (start, at, "MISC") if long else None
            if token.pos in {"VERB", "AUX", "PUNCT", "PRON"}:
                return None
        return None

    def _before_verb(self, first: int, after: int) -> int:
        """Where a name ends that ran on into the sentence's verb."""
        for at in range(first + 1, after):
            token = self._tokens[at]
            if token.pos in {"VERB", "AUX"} and token.text.islower() and not token.has("VerbForm=Part"):
                return at
        return after

    def _cannot_begin(self, first: int, after: int, label: str) -> bool:
        token = self._tokens[first]
        if not _capital(token):
            return True
        if self._is_determiner(first):
            follows = first + 1 < after and _capital(self._tokens[first + 1]) and not self._gap(first + 1)
            return self.is_opening(first) or not follows
        if after - first == 1:
            return False
        word = plain(token.text)
        if word in self._lexicon.honorifics and not self._names.has("kept_titles", word):
            return True
        if label == "LOC" and self._names.has("place_titles", word):
            return True
        return label == "PER" and (self._is_title(first, after) or word in self._names.demonyms)

    def _is_title(self, first: int, after: int) -> bool:
        """Whether the first word of a person's name is a title rather than a name ("Prosecutor James Attwell")."""
        return self._is_role(first) and _capital(self._tokens[after - 1]) and not self._tied(first + 1)

    def _is_role(self, at: int) -> bool:
        word = plain(self._tokens[at].text)
        noun = self._lexicon.find_noun(word)
        return self._names.has("titles", word) or (noun is not None and noun.kind == "role")

    def _may_end(self, at: int, label: str) -> bool:
        token = self._tokens[at]
        return (
            token.text[0].isalnum()
            and (_capital(token) or label == "ORG" or (token.text.isdecimal() and label == "MISC"))
            and token.pos not in {"ADP", "DET", "CCONJ"}
            and not (self._is_determiner(at) and token.text.islower())
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
        if end < len(self._tokens) and self._tokens[end].text in _HYPHENS and not self._between(end):
            return True
        if at > 0 and self._tokens[at - 1].text in _HYPHENS and not self._between(at):
            return True
        return self._beside(at, end, given=at) or (at > 0 and self._beside(at, at, given=at - 1))

    def _beside(self, at: int, joint: int, given: int) -> bool:
        """Whether the words at ``joint - 1`` and ``joint`` stand together as parts of one name."""
        if joint >= len(self._tokens) or self._gap(joint):
            return False
        one, other = self._tokens[joint - 1], self._tokens[joint]
        if not (_capital(one) and _capital(other)):
            return False
        beside = one if joint == at else other
        word = plain(beside.text)
        if word in self._lexicon.not_names or word in self._lexicon.honorifics or self._names.has("titles", word):
            return False
        if self._is_given(self._tokens[given].text):
            return True
        return beside.pos == "PROPN" and self._lexicon.find_noun(word) is None and word not in self._names.demonyms

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
        given = after - first > 1 and self._is_given(self._tokens[first].text)
        titled = self.titled(first)
        if not given and not titled and self.is_opening(first) and (after - first == 1 or not self.is_proper(first)):
            return
        trimmed = self._trim(first, after, "PER")
        if trimmed is not None and not self._is_role(trimmed[1] - 1):
            lone = self._tokens[trimmed[0]].ordinary and trimmed[1] - trimmed[0] == 1
            yield trimmed[0], trimmed[1], "PER" if given or (titled and not lone) else ""

    def _capitals_from(self, first: int, taken: set[int]) -> int:
        after = first
        while after < len(self._tokens) and _capital(self._tokens[after]) and after not in taken:
            if after > first and (self._breaks(after) or "\n" in self._between(after)):
                break
            word = plain(self._tokens[after].text)
            if word in self._lexicon.not_names or word in self._lexicon.honorifics or not word[-1].isalnum():
                break
            after = self._over_joints(first, after + 1)
        return after

    def _over_joints(self, first: int, at: int) -> int:
        """Past hyphens and particles, if a capital follows them ("Jean-Noël", "von der Leyen")."""
        beyond = at
        while beyond < len(self._tokens) and not self._breaks(beyond):
            word = plain(self._tokens[beyond].text)
            tied = word in _HYPHENS and self._tied(beyond)
            if not tied and (word not in self._lexicon.particles or _capital(self._tokens[beyond])):
                break
            beyond += 1
        if beyond == at or beyond >= len(self._tokens) or not _capital(self._tokens[beyond]):
            return at
        return beyond if self._tokens[at].text in _HYPHENS or self._is_given(self._tokens[first].text) else at

    def is_opening(self, at: int) -> bool:
        """Whether any word would have a capital here: at the start of a sentence, a quotation, a line."""
        if at == 0 or self._breaks(at):
            return True
        before = self._tokens[at - 1].text[-1]
        closed = at > 1 and before in _CLOSING and self._tokens[at - 2].text[-1] in _ENDS
        return closed or before in _OPENERS or "\n" in self._between(at)

    def is_proper(self, at: int) -> bool:
        """Whether the grammar takes a word for a name and no dictionary has it."""
        token = self._tokens[at]
        return token.pos == "PROPN" and not token.ordinary and len(token.text) > 1

    def is_doubtful(self, run: Run) -> bool:
        """Whether only its place explains the capital of a single word, or a whole line is in capitals."""
        first, after, label = run
        token = self._tokens[first]
        if after - first > 1:
            return False
        if not self.is_opening(first) or self._is_given(token.text):
            return False
        if token.text.isupper():
            return token.ordinary and len(token.text) > _LONGEST_ACRONYM
        verb = after < len(self._tokens) and self._tokens[after].pos in {"VERB", "AUX"}
        return token.ordinary or (label in {"", "MISC"} and not verb and not self._has_dictionary)

    def is_portfolio(self, first: int) -> bool:
        """Whether the words are what a minister is in charge of ("ministre de la Santé et des Solidarités")."""
        if not self._tokens[first].ordinary and not self._names.has(
            "portfolio_places", plain(self._tokens[first].text)
        ):
            return False
        article, genitives = self._lexicon.definite_articles, self._names.words("genitive")
        at, linked = first - 1, False
        while at >= 0 and first - at < _LONGEST and self._tokens[at].sentence == self._tokens[first].sentence:
            token = self._tokens[at]
            word = plain(token.text)
            if self._names.has("portfolio", word):
                return linked
            small = word in article or word in genitives or self._names.has("small_words", word)
            if (
                not small
                and token.pos not in {"ADJ", "VERB"}
                and not token.ordinary
                and word not in self._names.demonyms
            ):
                return False
            linked = linked or small
            at -= 1
        return False

    def titled(self, at: int) -> bool:
        """Whether an honorific or a role ("le ministre", "le président ukrainien") stands before."""
        for back in (1, 2):
            if at - back < 0 or self._tokens[at - back].sentence != self._tokens[at].sentence:
                return False
            word = self._tokens[at - back]
            noun = self._lexicon.find_noun(word.text)
            if plain(word.text) in self._lexicon.honorifics:
                return True
            if noun is not None and noun.kind == "role":
                return noun.number != "plural"
            if (word.pos != "ADJ" and plain(word.text) not in self._names.demonyms) or _capital(word):
                return False
        return False

    def _is_determiner(self, at: int) -> bool:
        return plain(self._tokens[at].text) in self._lexicon.determiners

    def _is_given(self, word: str) -> bool:
        return self._names.is_given(plain(word), self._lexicon)


def _shouts(token: Token) -> bool:
    return token.text.isupper() and len(token.text) > _LONGEST_ACRONYM - 1


def _capital(token: Token) -> bool:
    return token.text[:1].isupper()
