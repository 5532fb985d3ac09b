"""Words of a passage as parts of names: what ties two of them together, what else explains a capital."""

from __future__ import annotations

from extraction.analysis import Token
from extraction.lexicon import Lexicon, plain
from extraction.name_lexicon import NameLexicon

Run = tuple[int, int, str]
"""First token, token after the last, the recogniser's label."""

HYPHENS = frozenset("-\u2010\u2011")
SPACES = frozenset({"", " ", "\u00a0", "\u202f"})
CLOSING = frozenset('»”"')
LONGEST_RUN = 10
SHORT_ACRONYM = 3
"""Letters of an acronym that may look like a word."""
_SMALL = 3
_NEARLY_ALL = 0.8
_OPENERS = frozenset("«“\"‘'(:•|>*·–—-#…")
_ENDS = frozenset('.!?…:;»”")\u2019')


class NameWords:
    """What the readers of names ask of a passage's words."""

    def __init__(
        self, text: str, tokens: list[Token], lexicon: Lexicon, names: NameLexicon, *, heading: bool = False
    ) -> None:
        self._text, self._tokens, self._lexicon, self._names = text, tokens, lexicon, names
        self._in_title_case = heading and _in_title_case(tokens)
        self._has_dictionary = any(token.ordinary for token in tokens)

    def between(self, at: int) -> str:
        """The text between a word and the one before it."""
        return self._text[self._tokens[at - 1].end : self._tokens[at].start]

    def breaks(self, at: int) -> bool:
        """Whether a sentence ends before a word; parsers see ends inside foreign names as well."""
        token, before = self._tokens[at], self._tokens[at - 1]
        return token.sentence != before.sentence and (before.text[-1] in _ENDS or "\n" in self.between(at))

    def gap(self, at: int) -> bool:
        """Whether a word does not stand right behind the one before it, in the same sentence."""
        return self.between(at) not in SPACES or self.breaks(at)

    def tied(self, at: int) -> bool:
        """Whether a word hangs on the one before by a hyphen or an apostrophe, without a space ("Diop-Lesage")."""
        if not 0 < at < len(self._tokens) or self.between(at):
            return False
        token, before = self._tokens[at], self._tokens[at - 1]
        if token.text in HYPHENS:
            follows = at + 1 < len(self._tokens) and not self.between(at + 1)
            return follows and before.text[-1].isalnum() and has_capital(self._tokens[at + 1])
        if before.text in HYPHENS:
            return at > 1 and not self.between(at - 1) and has_capital(self._tokens[at - 2])
        return before.text[-1] in "'\u2019" and has_capital(before) and not self.is_determiner(at - 1)

    def is_opening(self, at: int) -> bool:
        """Whether any word would have a capital here: at the start of a sentence, a quotation, a line."""
        if at == 0 or self.breaks(at):
            return True
        before = self._tokens[at - 1].text[-1]
        closed = at > 1 and before in CLOSING and self._tokens[at - 2].text[-1] in _ENDS
        return closed or before in _OPENERS or "\n" in self.between(at)

    def is_proper(self, at: int) -> bool:
        """Whether the grammar takes a word for a name and no dictionary has it."""
        token = self._tokens[at]
        return token.pos == "PROPN" and not token.ordinary and len(token.text) > 1

    def is_doubtful(self, run: Run) -> bool:
        """Whether only its place explains the capital of a single word, or a whole line is in capitals."""
        first, after, label = run
        token = self._tokens[first]
        if self._in_title_case:
            return True
        if after - first > 1:
            return False
        if not self.is_opening(first) or (label and self.is_given(token.text)):
            return False
        if token.text.isupper():
            return token.ordinary and len(token.text) > SHORT_ACRONYM
        if not label:
            return True
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
        if at < 0 or (not self._tokens[at].text[-1].isalnum() and self._tokens[at].text[-1] not in "'\u2019"):
            return False
        while at >= 0 and first - at < LONGEST_RUN and self._tokens[at].sentence == self._tokens[first].sentence:
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
            if (word.pos != "ADJ" and plain(word.text) not in self._names.demonyms) or has_capital(word):
                return False
        return False

    def is_role(self, at: int) -> bool:
        """Whether a word is a title or names one person by a role."""
        word = plain(self._tokens[at].text)
        noun = self._lexicon.find_noun(word)
        return self._names.has("titles", word) or (noun is not None and noun.kind == "role")

    def is_determiner(self, at: int) -> bool:
        """Whether a word is an article or another determiner."""
        return plain(self._tokens[at].text) in self._lexicon.determiners

    def is_genitive(self, at: int) -> bool:
        """Whether a word ties a noun to the one before it ("de", "of")."""
        word = plain(self._tokens[at].text)
        return self._names.has("genitive", word) or self._names.has("genitive_of", word)

    def is_given(self, word: str) -> bool:
        """Whether a word is a given name."""
        return self._names.is_given(plain(word), self._lexicon)


def _in_title_case(tokens: list[Token]) -> bool:
    """Whether nearly every longer word of a headline has a capital, so that capitals tell nothing."""
    long = [token for token in tokens if len(token.text) > _SMALL and token.text.isalpha()]
    return len(long) > _SMALL and sum(map(has_capital, long)) >= _NEARLY_ALL * len(long)


def has_capital(token: Token) -> bool:
    """Whether a word begins with a capital."""
    return token.text[:1].isupper()
