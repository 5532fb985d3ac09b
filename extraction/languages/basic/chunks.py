"""The phrases of a sentence: nouns with what goes with them, verbs with their helpers, and the words between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extraction.analysis import Token
from extraction.lexicon import Lexicon, plain

Kind = Literal["noun", "verb", "that", "when", "and", "adverb", "adjective", "mark"]
_BEFORE_NOUN = frozenset({"DET", "NUM", "ADJ"})
_NAMING = frozenset({"NOUN", "PROPN"})


@dataclass(slots=True)
class Chunk:
    """Tokens ``start`` up to ``end`` of a passage around ``head``; ``preposition`` stands before a noun or infinitive.

    ``that`` opens a content or a relative clause, ``when`` another subordinate one; a ``mark`` is punctuation.
    """

    kind: Kind
    start: int
    end: int
    head: int
    preposition: int | None = None


def chunks_of(tokens: Sequence[Token], start: int, end: int, lexicon: Lexicon) -> list[Chunk]:
    """The phrases of a sentence in order; their inner words are attached to their heads."""
    return list(_Chunker(tokens, end, lexicon).chunks(start))


def attach(tokens: Sequence[Token], at: int, head: int, relation: str) -> None:
    """Hang a word on another, unless they are the same."""
    if at != head:
        tokens[at].head, tokens[at].dep = head, relation


class _Chunker:
    def __init__(self, tokens: Sequence[Token], end: int, lexicon: Lexicon) -> None:
        self._tokens, self._end, self._lexicon = tokens, end, lexicon

    def chunks(self, at: int) -> Iterator[Chunk]:
        while at < self._end:
            chunk = self._verb(at) or self._prepositional(at) or self._noun(at) or self._single(at)
            yield chunk
            at = chunk.end

    def _pos(self, at: int) -> str:
        return self._tokens[at].pos if at < self._end else ""

    def _single(self, at: int) -> Chunk:
        kinds: dict[str, Kind] = {"CCONJ": "and", "ADV": "adverb", "ADJ": "adjective", "PUNCT": "mark"}
        word = plain(self._tokens[at].text)
        relative = self._lexicon.has("relatives", word) or word in self._lexicon.complementisers
        joining: Kind = "that" if relative else "when"
        kind = joining if self._pos(at) == "SCONJ" or relative else kinds.get(self._pos(at), "adverb")
        return Chunk(kind, at, at + 1, at)

    def _prepositional(self, at: int) -> Chunk | None:
        if self._pos(at) != "ADP":
            return None
        after = at + 1
        while self._pos(after) == "ADP":
            attach(self._tokens, after, at, "fixed")
            after += 1
        found = self._verb(after) or self._noun(after)
        if found is None:
            return None
        found.start, found.preposition = at, at
        attach(self._tokens, at, found.head, "mark" if found.kind == "verb" else "case")
        return found

    def _noun(self, at: int) -> Chunk | None:
        tokens, first = self._tokens, at
        if self._pos(at) == "PRON" and not self._lexicon.has("relatives", plain(tokens[at].text)):
            return Chunk("noun", at, at + 1, at)
        while self._pos(at) in _BEFORE_NOUN:
            at += 1
        if self._pos(at) not in _NAMING:
            at -= 1  # "los 12", "el sospechoso": a number or an adjective stands for what it counts or describes
            if at < first or not (self._pos(at) == "NUM" or (self._pos(at) == "ADJ" and self._pos(first) == "DET")):
                return None
            if self._pos(at) == "ADJ":
                tokens[at].pos = "NOUN"
        head = at
        for before in range(first, head):
            attach(tokens, before, head, {"DET": "det", "NUM": "nummod"}.get(tokens[before].pos, "amod"))
        return Chunk("noun", first, self._noun_end(head), head)

    def _noun_end(self, head: int) -> int:
        tokens, at, name = self._tokens, head + 1, head
        while at < self._end:
            token = tokens[at]
            if token.entity and not token.entity_start:
                attach(tokens, at, name, "flat:name")
            elif token.pos == "PROPN" and tokens[head].pos == "NOUN" and name == head:
                attach(tokens, at, head, "appos")
                name = at
            elif token.pos == "ADJ" and tokens[at - 1].pos in {"NOUN", "ADJ"}:
                attach(tokens, at, head, "amod")
            else:
                break
            at += 1
        return at

    def _verb(self, at: int) -> Chunk | None:
        """Negation, pronouns, helpers and the verb; a helper alone is the verb itself."""
        helpers: list[int] = []
        first = at
        while self._is_before_verb(at):
            at += 1
        while self._pos(at) == "AUX" or (helpers and self._pos(at) == "ADV"):
            helpers.append(at)
            at += 1
        full = self._pos(at) == "VERB" and (not helpers or not self._tokens[at].has("VerbForm=Fin"))
        if not (full or helpers):
            return None
        head = at if full else next(i for i in reversed(helpers) if self._pos(i) == "AUX")
        for before in range(first, head):
            attach(self._tokens, before, head, self._helping(before, head))
        return Chunk("verb", first, head + 1, head)

    def _is_before_verb(self, at: int) -> bool:
        word = plain(self._tokens[at].text) if at < self._end else ""
        clitic = self._lexicon.has("clitics", word) and self._pos(at) == "PRON"
        return clitic or (self._lexicon.has("verb_negations", word) and self._pos(at) == "ADV")

    def _helping(self, at: int, head: int) -> str:
        token = self._tokens[at]
        if token.pos == "PRON":
            return "expl:comp" if self._lexicon.has("verb_reflexives", plain(token.text)) else "obj"
        if token.pos != "AUX":
            return "advmod"
        passive = self._lexicon.has("being", token.lemma) and self._tokens[head].has("VerbForm=Part")
        return "aux:pass" if passive else "aux:tense"
