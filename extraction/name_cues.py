"""What surrounds a name, and its own form, as votes for types.

"Le groupe X" is an organisation, "le maire de X" has a place, "X, 43 ans" is a person. The words and their weights are
each language's data; here is only where to look for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction.analysis import Token
from extraction.document import EntityType
from extraction.lexicon import Gender, Lexicon, plain
from extraction.name_lexicon import NameLexicon, Votes, Weights
from extraction.name_words import Run

_REACH = 5
_CAMEL = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ]")
_CAMEL_NAMES = re.compile(r"(?:Mc|Mac|De|Di|Du|Da|La|Le|Van|O|D)['’]?[A-ZÀ-Þ]")
_PLACE_FORM = re.compile(
    r"(?:Saint|Sainte|Haute|Haut|Hauts|Basse|Bas|Nouvelle)-|-(?:sur|sous|les|lès|lez|en|le|la|aux|de|du|des|d['’]\w+|upon|on|under)-",
    re.I,
)
_INITIAL = re.compile(r"[A-ZÀ-Þ]\.")
_OPENING, _CLOSING = frozenset('«“"'), frozenset('»”"')
_DASHES = frozenset("-–—")
_ENDS = frozenset(".!?…")
_OLDEST = 115
_PERSON_WORDS = 3
_STRONG = 2
_LONGEST_ACRONYM = 6


class CueReader:
    """Reads the cues of the names in one passage."""

    def __init__(self, text: str, tokens: list[Token], lexicon: Lexicon, names: NameLexicon) -> None:
        self._text, self._tokens, self._lexicon, self._names = text, tokens, lexicon, names
        self._words = [plain(token.text) for token in tokens]

    def read(self, run: Run) -> tuple[Votes, Votes, Gender]:
        """Votes of the surroundings and of the name's own form, some of them negative, and an honorific's gender."""
        first, after, label = run
        around, form = Votes(float), Votes(float)
        gender = self._honorific(first)
        if gender is not None:
            around["person"] += 5
        for kind, weight in (*self._before(first), *self._behind(first, after)):
            around[kind] += weight
        for kind, weight in self._inside(first, after, label):
            form[kind] += weight
        return around, form, gender or ""

    def _honorific(self, first: int) -> Gender | None:
        if first == 0 or self._apart(first - 1, first):
            return None
        return self._lexicon.honorifics.get(self._words[first - 1])

    def _apart(self, one: int, other: int) -> bool:
        """Whether a sentence ends between two words; parsers see ends inside foreign names as well."""
        low, high = min(one, other), max(one, other)
        if self._tokens[low].sentence == self._tokens[high].sentence:
            return False
        return any(t.text[-1] in _ENDS for t in self._tokens[low:high] if t.sentence != self._tokens[high].sentence)

    def _phrase(self, first: int, last: int) -> str:
        return plain(self._text[self._tokens[first].start : self._tokens[last].end])

    # Before the name

    def _before(self, first: int) -> Iterator[tuple[EntityType, float]]:
        quoted = first > 0 and self._tokens[first - 1].text in _OPENING
        at = first - 2 if quoted else first - 1
        if self._is_party(first):
            yield "organization", 3
        if at < 0 or self._apart(at, first):
            return
        if self._names.has("genitive", self._words[at]) or self._names.has("genitive_of", self._words[at]):
            yield from self._owner(at - 1)
            yield from self._preposition(at, first)
            return
        if self._is_article(at):
            yield "person", -2.5
            before = at - 1
            if before >= 0 and not self._apart(before, first) and self._is_genitive(before):
                yield from self._owner(before - 1)
            elif not self._is_upper(first):
                yield "place", 0.5
                yield "organization", 0.4
            return
        found = list(self._preposition(at, first))
        if self._tokens[at].text == ",":
            yield from self._named_before(at, first)
        else:
            yield from found or self._head_noun(at, first)

    def _is_party(self, first: int) -> bool:
        """Whether the name stands alone in brackets behind a name of two words: "Rémi Clairefontaine (Horizons)"."""
        if first < 3 or first + 1 >= len(self._tokens) or self._words[first - 1] != "(":  # a full name
            return False
        closed = self._words[first + 1] == ")" and not self._apart(first, first - 3)
        surname, given = self._tokens[first - 2], self._tokens[first - 3]
        return closed and surname.text[:1].isupper() and self._is_given(plain(given.text))

    def _is_genitive(self, at: int) -> bool:
        return self._names.has("genitive", self._words[at]) or self._names.has("genitive_of", self._words[at])

    def _is_article(self, at: int) -> bool:
        return self._words[at] in self._lexicon.definite_articles

    def _is_upper(self, at: int) -> bool:
        return self._tokens[at].text.isupper() and len(self._tokens[at].text) > 1

    def _owner(self, at: int) -> Weights:
        """Of the noun that the name completes, over its adjectives ("tribunal correctionnel de X")."""
        for back in range(at, max(at - 3, -1), -1):
            if self._apart(back, at):
                return ()
            weights = self._ending_at(back, "of")
            if weights:
                return weights
            if self._tokens[back].pos not in {"ADJ", "VERB"} and self._words[back] not in self._names.demonyms:
                return ()
        return ()

    def _ending_at(self, at: int, slot: str) -> Weights:
        """Of the longest entry that ends with a token."""
        for start in range(max(0, at - 2), at + 1):
            if not self._apart(start, at):
                weights = self._names.weights(slot, self._phrase(start, at))
                if weights:
                    return weights
        return ()

    def _preposition(self, at: int, first: int) -> Iterator[tuple[EntityType, float]]:
        weights = self._ending_at(at, "prep")
        if not weights or (self._names.has("dative_links", self._words[at]) and self._is_dative(at)):
            return
        half = self._tokens[first].dep == "obl:arg" and len(self._words[at]) <= 2
        for kind, weight in weights:
            yield kind, weight / 2 if half else weight

    def _is_dative(self, at: int) -> bool:
        """Whether a verb or a locution before "à" wants somebody there ("dire à", "grâce à")."""
        for back in range(at - 1, max(at - 5, -1), -1):
            if self._apart(back, at) or self._tokens[back].text in {",", ";"}:
                return False
            if self._names.has("dative", self._tokens[back].lemma.lower()) or self._names.has(
                "dative", self._words[back]
            ):
                return True
        return False

    def _head_noun(self, at: int, first: int) -> Iterator[tuple[EntityType, float]]:
        """Of the nearest noun before the name that says what it is, its own modifiers left out."""
        for back in range(at, max(at - _REACH, -1), -1):
            token = self._tokens[back]
            if self._apart(back, first) or (token.text[:1].isupper() and not self._opens(back)):
                return
            weights = self._ending_at(back, "before")
            if weights:
                yield from weights
                return
            if not self._may_modify(back, at):
                return
            noun = self._lexicon.find_noun(token.text)
            if noun is not None and noun.kind == "role" and noun.number != "plural" and back >= at - 1:
                yield "person", 1 if self._is_acronym(first) else 3
                return

    def _opens(self, at: int) -> bool:
        """Whether a common word has its capital from the start of a sentence ("Usine Solvance : …")."""
        return self._tokens[at].ordinary and (at == 0 or self._apart(at - 1, at))

    def _named_before(self, comma: int, first: int) -> Iterator[tuple[EntityType, float]]:
        """Of the noun to which the name is an apposition ("la présidente de la Fédération, X", "its owner, X")."""
        chosen: Weights = ()
        for at in range(comma - 1, max(comma - 10, -1), -1):
            token = self._tokens[at]
            if (
                self._apart(at, first)
                or token.text in {",", ";", ":"}
                or token.has("VerbForm=Fin")
                or token.pos == "AUX"
            ):
                break
            noun = self._lexicon.find_noun(token.text)
            weights = self._ending_at(at, "before")
            if weights and weights[0][1] > _STRONG:
                chosen = tuple((kind, weight - 1.5) for kind, weight in weights)
            elif noun is not None and noun.kind == "role" and noun.number != "plural":
                chosen = (("person", 2.0),)
            inside = self._is_genitive(at) or (at > 0 and self._is_genitive(at - 1))
            if self._words[at] in self._lexicon.determiners and not inside:
                break
        yield from chosen

    def _may_modify(self, back: int, at: int) -> bool:
        token = self._tokens[back]
        if token.pos in {"NOUN", "ADJ", "PROPN", "X"} or self._words[back] in self._names.demonyms:
            return True
        if token.pos in {"VERB", "ADV", "NUM"}:
            return token.pos != "VERB" or not token.has("VerbForm=Fin")
        return back < at and self._is_genitive(back)

    def _is_acronym(self, first: int) -> bool:
        text = self._tokens[first].text
        return text.isupper() and 1 < len(text) <= _LONGEST_ACRONYM

    # Behind the name

    def _behind(self, first: int, after: int) -> Iterator[tuple[EntityType, float]]:
        if after >= len(self._tokens) or self._apart(after, first):
            return
        word = self._words[after]
        yield from self._names.weights("after", word)
        if self._speaks(after):
            yield "organization", 1
            yield "person", 0.8
        if word in {"'s", "\u2019s", "'", "\u2019"}:
            yield from self._possessed(after + 1)
        elif word in {",", "("}:
            yield from self._apposed(after + 1, first, bracket=word == "(")
        if first == 0:
            yield from self._dateline(after)

    def _speaks(self, at: int) -> bool:
        """Whether a verb of speech follows, an auxiliary between left out."""
        for i in range(at, min(at + 3, len(self._tokens))):
            token = self._tokens[i]
            if self._lexicon.find_verb(token.lemma, token.text) is not None:
                return token.pos in {"VERB", "AUX", "ADV", "PROPN"}
            if token.pos not in {"AUX", "PRON", "ADV"}:
                return False
        return False

    def _possessed(self, at: int) -> Weights:
        for i in range(at, min(at + 3, len(self._tokens))):
            weights = self._names.weights("genitive", self._words[i])
            if weights:
                return weights
            if self._tokens[i].pos not in {"ADJ", "NOUN", "NUM"}:
                return ()
        return ()

    def _apposed(self, at: int, first: int, *, bracket: bool) -> Iterator[tuple[EntityType, float]]:
        if at >= len(self._tokens) or self._apart(at, first):
            return
        if self._is_age(at):
            yield "person", 4
            return
        if bracket:
            yield from self._bracketed(at, first)
        for i in range(at, min(at + 4, len(self._tokens))):
            weights = self._names.weights("apposed", self._words[i])
            if weights:
                yield from weights
                return
            noun = self._lexicon.find_noun(self._tokens[i].text)
            if noun is not None and noun.kind == "role" and noun.number != "plural":
                yield "person", 2.5
                return
            if self._tokens[i].pos not in {"DET", "ADJ", "NUM"} and self._words[i] not in self._lexicon.determiners:
                return

    def _is_age(self, at: int) -> bool:
        number = self._tokens[at].text
        if not (number.isdecimal() and 0 < int(number[:4]) < _OLDEST and at + 1 < len(self._tokens)):
            return False
        following = self._words[at + 1]
        return self._names.has("age", following)

    def _bracketed(self, at: int, first: int) -> Iterator[tuple[EntityType, float]]:
        """A number of a department, or a larger place, in brackets behind a place ("Lormentay (Vallier)")."""
        closed = at + 1 < len(self._tokens) and self._tokens[at + 1].text == ")"
        if closed and self._is_acronym(at) and self._words[at][0] == self._words[first][0] and at - first > 2:
            yield "organization", 3
        token = self._tokens[at]
        if closed and token.text.isdecimal() and len(token.text) == 2:  # a department's number
            yield "place", 3
        elif closed and token.text[:1].isupper() and not token.text.isupper() and not self._is_upper(first):
            yield "place", 1.2

    def _dateline(self, after: int) -> Iterator[tuple[EntityType, float]]:
        """A place before the date or agency that opens a report: "LILLE (AFP) -", "Lormentay. Un tracteur volé"."""
        rest = self._tokens[after : after + 14]
        if rest[0].text in {"(", ","}:
            closing = next((i for i, t in enumerate(rest) if t.text in {")"} | _DASHES and i > 1), None)
            dashed = closing is not None and any(t.text in _DASHES for t in rest[closing : closing + 2])
            if dashed and all(t.pos not in {"VERB", "AUX"} or t.text[:1].isupper() for t in rest[: closing or 0]):
                yield "place", 5
        elif rest[0].text == "." and len(self._tokens) > after + 3:  # a headline follows
            yield "place", 2

    # The name itself

    def _inside(self, first: int, after: int, label: str) -> Iterator[tuple[EntityType, float]]:
        words = self._words[first:after]
        text = self._text[self._tokens[first].start : self._tokens[after - 1].end]
        if after - first > 1:
            yield from self._parts(words, first, label)
        else:
            yield from self._lone(first, text)
        if _PLACE_FORM.search(text) and "&" not in text:
            yield "place", 2.5
        if _CAMEL.search(text) and not _CAMEL_NAMES.search(text):
            yield "organization", 2
        if any(c.isdigit() for c in text):
            yield "person", -2
        if self._is_quoted(first, after):
            yield "other", 2 if after - first == 1 else 5
            yield "person", -1

    def _parts(self, words: list[str], first: int, label: str) -> Iterator[tuple[EntityType, float]]:
        bare = [w for w in words if w not in self._lexicon.determiners] or words
        found = [*self._names.weights("first", bare[0]), *self._names.weights("last", words[-1])]
        found += [w for word in words[1:-1] for w in self._names.weights("any", word)]
        yield from found
        if _INITIAL.fullmatch(self._tokens[first].text):
            yield "person", 2
        if any(weight > 0 for _, weight in found):
            return
        if self._is_given(words[0]):
            yield "person", 3
        elif label in {"", "MISC"} and self._looks_like_a_person(words, first):
            yield "person", 1

    def _looks_like_a_person(self, words: list[str], first: int) -> bool:
        """Two or three capitalised words without an article: most such names are people's."""
        article = first > 0 and self._is_article(first - 1)
        return len(words) <= _PERSON_WORDS and all(w.isalpha() for w in words) and not article

    def _lone(self, first: int, text: str) -> Iterator[tuple[EntityType, float]]:
        if self._is_acronym(first):
            yield "organization", 2
            yield "person", -1
        elif self._is_given(self._words[first]):
            yield "person", 1.5
        halves = self._words[first].split("-")
        if len(halves) > 1:
            yield from self._names.weights("first", halves[0])
        if first > 0 and self._is_article(first - 1) and not text.isupper():
            for kind, weight in self._names.weights("last", self._words[first]):
                yield kind, weight / 2

    def _is_quoted(self, first: int, after: int) -> bool:
        opened = first > 0 and self._tokens[first - 1].text in _OPENING
        return opened and after < len(self._tokens) and self._tokens[after].text in _CLOSING

    def _is_given(self, word: str) -> bool:
        return self._names.is_given(word, self._lexicon)
