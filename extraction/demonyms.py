"""Words that belong to a country and are no names: "les Russes", "le président russe", "French officials".

They are links to the country, no mentions of it: what "le président russe" does, Russia has not been named for. Only
nouns for people, and adjectives of nouns for people and bodies, count; "une salade grecque" is no link.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extraction.analysis import Analysis, Parsed, Token
from extraction.document import DemonymMention, EntityMention
from extraction.lexicon import Lexicon, plain
from extraction.name_lexicon import NameLexicon, load_name_lexicon
from extraction.names import display_name
from extraction.spans import Span

_NEAR = 2


def find_demonyms(parsed: Parsed, entities: Sequence[EntityMention], lexicon: Lexicon) -> tuple[DemonymMention, ...]:
    """The article's demonyms in order of their start, those inside names left aside."""
    names = load_name_lexicon(parsed.language)
    if not names.demonyms:
        return ()
    written = {mention.entity: mention.name for mention in reversed(entities)}
    taken = [mention.span for mention in entities]
    found = []
    for analysis in parsed.analyses:
        for span, country in _Reader(analysis, lexicon, names).demonyms():
            entity = f"place:{country}"
            name = written.get(entity) or display_name(entity, parsed.language)
            found.append(DemonymMention(span, name, entity))
    return tuple(_outside(found, taken))


def _outside(found: list[DemonymMention], taken: list[Span]) -> Iterator[DemonymMention]:
    at = 0
    for mention in found:
        while at < len(taken) and taken[at].end <= mention.span.start:
            at += 1
        if at == len(taken) or taken[at].start >= mention.span.end:
            yield mention


class _Reader:
    def __init__(self, analysis: Analysis, lexicon: Lexicon, names: NameLexicon) -> None:
        self._tokens, self._lexicon, self._names = analysis.tokens, lexicon, names

    def demonyms(self) -> Iterator[tuple[Span, str]]:
        """Spans with the keys of countries."""
        for token in self._tokens:
            first, word = self._word(token)
            country = self._names.demonyms.get(word)
            if country is not None and self._links(token, first, word):
                yield Span(self._tokens[first].start, token.end), country

    def _word(self, token: Token) -> tuple[int, str]:
        """Where the word begins, and the word: English has some of two ("South African")."""
        word = plain(token.text)
        if token.i > 0 and self._names.has("demonym_openers", plain(self._tokens[token.i - 1].text)):
            both = f"{plain(self._tokens[token.i - 1].text)} {word}"
            if both in self._names.demonyms:
                return token.i - 1, both
        return token.i, word

    def _links(self, token: Token, first: int, word: str) -> bool:
        if self._names.has("capital_adjectives", "yes"):
            return token.text[:1].isupper() and (word in self._names.demonym_nouns or self._english(token, first))
        if token.text[:1].isupper():
            return self._is_people(token)
        return any(self._has_voice(i) for i in self._nouns_before(token.i))

    def _is_people(self, token: Token) -> bool:
        """A capital behind a determiner or a number; at the start of a sentence it would prove nothing."""
        before = self._tokens[token.i - 1] if token.i > 0 else None
        if before is None or before.sentence != token.sentence or token.text.isupper():
            return False
        return plain(before.text) in self._lexicon.determiners or before.pos in {"NUM", "DET", "ADJ"}

    def _nouns_before(self, at: int) -> Iterator[int]:
        """The noun that a lower-case adjective stands behind, over other adjectives, or that the tree gives it."""
        for back in range(at - 1, max(at - 1 - _NEAR, -1), -1):
            yield back
            if self._tokens[back].pos not in {"ADJ", "ADV"}:
                break

    def _has_voice(self, at: int) -> bool:
        noun = self._lexicon.find_noun(self._tokens[at].text)
        if noun is not None and noun.kind != "document":
            return True
        return self._names.has("national", plain(self._tokens[at].text))

    def _english(self, token: Token, first: int) -> bool:
        """Before a noun for people or a body, else itself such a noun: "the Russians", "a German"."""
        for i in range(token.i + 1, min(token.i + 2 + _NEAR, len(self._tokens))):
            after = self._tokens[i]
            if after.sentence != token.sentence or after.pos not in {"ADJ", "NOUN", "PROPN"}:
                break
            if self._has_voice(i):
                return True
        following = self._tokens[token.i + 1] if token.i + 1 < len(self._tokens) else None
        alone = following is None or following.pos not in {"ADJ", "NOUN", "PROPN"}
        return alone and self._is_noun(token, first)

    def _is_noun(self, token: Token, first: int) -> bool:
        if token.pos == "NOUN" and token.text.endswith("s"):
            return True
        before = self._tokens[first - 1] if first > 0 else None
        return before is not None and plain(before.text) in self._lexicon.determiners
