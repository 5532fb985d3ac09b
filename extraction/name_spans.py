"""Where names stand in a passage: the recogniser's labels, the gazetteer, and capitals where neither says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extraction.analysis import Analysis, Token
from extraction.lexicon import Lexicon, plain
from extraction.names import find_known
from extraction.spans import Span

_LONGEST = 8
# A gazetteer entry or a title decides against a few of the recogniser's votes.
_TITLE_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name in the text; ``label`` is the recogniser's kind of label, ``weight`` how many votes it has."""

    span: Span
    name: str
    label: str
    weight: int = 1


def find_name_spans(text: str, analysis: Analysis, lexicon: Lexicon) -> list[NameSpan]:
    """Names of a passage in order, none overlapping another."""
    reader = _Reader(text, analysis.tokens, lexicon)
    labelled = list(reader.labelled())
    known = list(reader.known())
    chosen = _merge(labelled, known)
    chosen += [run for run in reader.capitalised() if not any(_meet(run, other) for other in chosen)]
    return [reader.name_span(run) for run in sorted(chosen)]


_Run = tuple[int, int, str]
"""First token, token after the last, label."""


def _meet(one: _Run, other: _Run) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _merge(labelled: list[_Run], known: list[_Run]) -> list[_Run]:
    """The gazetteer's names, unless the recogniser saw a longer person or organisation around one."""
    kept: list[_Run] = []
    for run in labelled:
        inside = [k for k in known if run[0] <= k[0] and k[1] <= run[1] and k[:2] != run[:2]]
        around = [k for k in known if _meet(k, run) and k not in inside]
        if around or (inside and run[2] not in {"PER", "ORG"}):
            continue
        kept.append(run)
    return kept + [k for k in known if not any(_meet(k, run) for run in kept)]


class _Reader:
    def __init__(self, text: str, tokens: list[Token], lexicon: Lexicon) -> None:
        self._text, self._tokens, self._lexicon = text, tokens, lexicon

    def name_span(self, run: _Run) -> NameSpan:
        first, after, label = run
        span = Span(self._tokens[first].start, self._tokens[after - 1].end)
        apposed = self._apposed(first)
        titled = apposed or self._titled(first) or self._given(first, after)
        return NameSpan(
            span,
            span.of(self._text),
            "PER" if apposed or (titled and label != "ORG") else label,
            _TITLE_WEIGHT if titled else 1,
        )

    def labelled(self) -> Iterator[_Run]:
        """The recogniser's names, without what cannot be part of one, and with the rest of a split personal name."""
        at = 0
        while at < len(self._tokens):
            token = self._tokens[at]
            if not token.entity:
                at += 1
                continue
            after = at + 1
            while after < len(self._tokens) and self._continues(at, after):
                after += 1
            trimmed = self._trim(at, after, token.entity)
            if trimmed is not None:
                yield trimmed
            at = after

    def _continues(self, first: int, at: int) -> bool:
        token, head = self._tokens[at], self._tokens[first]
        if token.sentence != head.sentence and not token.entity:
            return False
        if token.entity and not token.entity_start:
            return True
        beside = self._text[self._tokens[at - 1].end : token.start] in {"", " ", "\u00a0"}
        return head.entity == "PER" and beside and _capital(token) and token.pos in {"PROPN", "X", "NOUN"}

    def _trim(self, first: int, after: int, label: str) -> _Run | None:
        while first < after and (not _capital(self._tokens[first]) or self._is_title(first, after)):
            first += 1
        while after > first and not self._may_end(after - 1, label):
            after -= 1
        if first == after or after - first > _LONGEST + 2 or self._common(first, after):
            return None
        return first, after, label

    def _is_title(self, at: int, after: int) -> bool:
        word = plain(self._tokens[at].text)
        return after - at > 1 and (word in self._lexicon.honorifics or word in self._lexicon.determiners)

    def _may_end(self, at: int, label: str) -> bool:
        token = self._tokens[at]
        return token.text[0].isalnum() and (_capital(token) or label != "PER") and token.pos not in {"ADP", "DET"}

    def _common(self, first: int, after: int) -> bool:
        """A single ordinary word that only its place at the start of a sentence capitalises."""
        token = self._tokens[first]
        role = self._lexicon.find_noun(self._text[token.start : self._tokens[after - 1].end])
        if after - first > 1:
            return role is not None and role.kind == "role"
        opening = first == 0 or self._tokens[first - 1].sentence != token.sentence
        ordinary = token.pos in {"ADJ", "ADV", "VERB", "AUX", "PRON", "DET", "ADP", "NOUN"}
        if token.text.isupper() and len(token.text) > 1:
            return False
        return (
            plain(token.text) in self._lexicon.not_names
            or self._lexicon.find_noun(token.text) is not None
            or (opening and ordinary and token.entity == "MISC")
        )

    def known(self) -> Iterator[_Run]:
        """The gazetteer's names, longest first from the left."""
        at = 0
        while at < len(self._tokens):
            run = self._known_from(at) if _capital(self._tokens[at]) else None
            if run is not None:
                yield run
            at = run[1] if run is not None else at + 1

    def _known_from(self, first: int) -> _Run | None:
        for after in range(min(len(self._tokens), first + _LONGEST), first, -1):
            last = self._tokens[after - 1]
            if not last.text[-1].isalnum() and last.text[-1] != ".":
                continue
            known = find_known(self._text[self._tokens[first].start : last.end])
            if known is not None and not (after - first == 1 and self._part_of_name(first, after)):
                label = {"person": "PER", "organization": "ORG", "place": "LOC", "other": "MISC"}[known.type]
                return first, after, label
        return None

    def _part_of_name(self, at: int, end: int) -> bool:
        """Whether a known word belongs to another name ("Florence Parly", "Michael Jordan", "Asie-Pacifique")."""
        after = self._tokens[end] if end < len(self._tokens) else None
        before = self._tokens[at - 1] if at > 0 else None
        if (after is not None and after.text == "-") or (before is not None and before.text == "-"):
            return True
        given_next = after is not None and _capital(after) and self._is_given(self._tokens[at].text)
        return given_next or (before is not None and _capital(before) and self._is_given(before.text))

    def capitalised(self) -> Iterator[_Run]:
        """Sequences of capitals that a given name, an honorific or a title marks as a person."""
        at = 0
        while at < len(self._tokens):
            after = self._capitals_from(at)
            if after > at and (self._titled(at) or (after - at > 1 and self._is_given(self._tokens[at].text))):
                trimmed = self._trim(at, after, "PER")
                if trimmed is not None:
                    yield trimmed
            at = max(after, at + 1)

    def _capitals_from(self, first: int) -> int:
        after = first
        while after < len(self._tokens) and _capital(self._tokens[after]) and not self._sentence_break(first, after):
            if plain(self._tokens[after].text) in self._lexicon.not_names | self._lexicon.honorifics.keys():
                break
            after += 1
            after = self._over_joints(first, after)
        return after

    def _over_joints(self, first: int, at: int) -> int:
        """Past hyphens and particles, if a capital follows them ("Jean-Noël", "von der Leyen")."""
        beyond = at
        while beyond < len(self._tokens) and self._tokens[beyond].sentence == self._tokens[first].sentence:
            word = plain(self._tokens[beyond].text)
            if word != "-" and (word not in self._lexicon.particles or _capital(self._tokens[beyond])):
                break
            beyond += 1
        follows = beyond < len(self._tokens) and _capital(self._tokens[beyond])
        return beyond if beyond > at and follows and self._is_given(self._tokens[first].text) else at

    def _sentence_break(self, first: int, at: int) -> bool:
        return self._tokens[at].sentence != self._tokens[first].sentence

    def _titled(self, at: int) -> bool:
        """Whether an honorific or a role ("le ministre", "le président ukrainien") stands before."""
        for back in (1, 2):
            if at - back < 0 or self._tokens[at - back].sentence != self._tokens[at].sentence:
                return False
            word = self._tokens[at - back]
            noun = self._lexicon.find_noun(word.text)
            if plain(word.text) in self._lexicon.honorifics or (noun is not None and noun.kind == "role"):
                return True
            if word.pos != "ADJ" or _capital(word):
                return False
        return False

    def _apposed(self, at: int) -> bool:
        """Whether a name stands behind a comma as who has the role before it ("la préfète, X")."""
        token = self._tokens[at]
        if token.dep not in {"appos", "conj"} or at == 0 or self._tokens[at - 1].text != ",":
            return False
        noun = self._lexicon.find_noun(self._tokens[token.head].text)
        return noun is not None and noun.kind == "role"

    def _given(self, first: int, after: int) -> bool:
        return after - first > 1 and self._is_given(self._tokens[first].text)

    def _is_given(self, word: str) -> bool:
        return plain(word) in self._lexicon.feminine_names or plain(word) in self._lexicon.masculine_names


def _capital(token: Token) -> bool:
    return token.text[:1].isupper()
