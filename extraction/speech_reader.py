"""One passage as the rules for quotations read it: sentences that respect quotation marks, cues, noun phrases.

The tree is one witness among others: around quotation marks and inverted subjects parsers slip, so what the words
and their order say is asked first wherever it is decisive.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extraction.analysis import Analysis, Token
from extraction.document import EntityMention
from extraction.lexicon import Lexicon, SpeechCue, plain
from extraction.quote_marks import Quote
from extraction.spans import Span

_ENDS = frozenset({".", "!", "?", "…", "..."})
# Longer ones are no prose, and only cost time.
_LONGEST_SENTENCE = 300
_VERBAL = frozenset({"VERB", "AUX", "X"})
_MARKS = frozenset('«»“”„"‹›‘’<>')
CLOSING = frozenset('»”"›’>')


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A cue verb with its auxiliaries: tokens ``first`` to ``verb``; ``after`` is the first token behind it."""

    first: int
    verb: int
    after: int
    cue: SpeechCue
    negated: bool
    passive: bool


class SpeechReader:
    """Lookups over one analysis. ``quotes`` are those of the passage."""

    def __init__(
        self,
        text: str,
        analysis: Analysis,
        lexicon: Lexicon,
        quotes: Sequence[Quote],
        entities: Sequence[EntityMention] = (),
    ) -> None:
        self.text, self.analysis, self.lexicon, self.quotes = text, analysis, lexicon, list(quotes)
        self.tokens: list[Token] = analysis.tokens
        self.words = [plain(t.text) for t in self.tokens]
        self._starts = [t.start for t in self.tokens]
        self.quote_of = {i: quote for quote in self.quotes for i in self.tokens_of(quote.span)}
        self.name_of = {i: entity for entity in entities for i in self.tokens_of(entity.span)}
        self.sentences = list(self._sentences())
        self.sentence_of = {i: s for s in self.sentences for i in s}
        self.has_grammar = any(t.dep not in {"dep", "ROOT"} for t in self.tokens)

    def word_is(self, i: int, name: str) -> bool:
        """Whether the word at a token belongs to a closed class of the language (``Lexicon.has``)."""
        return self.lexicon.has(name, self.words[i])

    def token_at(self, offset: int) -> int:
        """Position of the first token that starts at an offset of the text or behind it."""
        return bisect_left(self._starts, offset)

    def tokens_of(self, span: Span) -> range:
        """Positions of the tokens that start inside a span."""
        return range(self.token_at(span.start), self.token_at(span.end))

    def _sentences(self) -> list[range]:
        sentences, start = [], 0
        for i in range(len(self.tokens)):
            if self._ends_sentence(i) or i - start >= _LONGEST_SENTENCE:
                sentences.append(range(start, i + 1))
                start = i + 1
        if start < len(self.tokens):
            sentences.append(range(start, len(self.tokens)))
        return sentences

    def _ends_sentence(self, i: int) -> bool:
        quote = self.quote_of.get(i)
        following = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if following is None:
            return True
        if self.quote_of.get(i + 1) is quote and quote is not None:
            return False
        opens = following.text[0].isupper() or following.text[0] in '«“‘"–—-<‹' or following.text[0].isdigit()
        if quote is not None:
            stop = self.text[quote.content.end - 1 : quote.content.end] if len(quote.content) else ""
            return stop in _ENDS and opens and not self._incise_at(i + 1)
        abbreviation = i > 0 and self.words[i - 1] + "." in self.lexicon.honorifics
        attached = self.words[i].endswith(".") and following.sentence != self.tokens[i].sentence
        letter = len(self.words[i]) == 2 and self.words[i][1] == "." and following.text[0] in "«“"
        unit = (
            self.lexicon.has("sentence_units", self.words[i][:-1])
            and self.words[i].endswith(".")
            and i > 0
            and self.tokens[i - 1].text[-1].isdigit()
        )
        return (self.words[i] in _ENDS or letter or attached or unit) and opens and not abbreviation

    def _incise_at(self, i: int) -> bool:
        """Whether what follows a closed quotation is its tag all the same."""
        return self.words[i] in {"-", "–", "—"}

    def span(self, first: int, after: int) -> Span:
        """The text from token ``first`` up to token ``after`` (excluded)."""
        return Span(self.tokens[first].start, self.tokens[after - 1].end)

    def sentence_end(self, i: int) -> int:
        """The position after the last token of a sentence, its final stop left out."""
        sentence = self.sentence_of[i]
        end = sentence.stop
        while end > i + 1 and (
            self.words[end - 1] in _ENDS or (self.words[end - 1] in _MARKS and end - 1 not in self.quote_of)
        ):
            end -= 1
        return end

    def find_group(self, i: int) -> VerbGroup | None:
        """The cue verb at a token, with what belongs to its form; None where the token reports nothing."""
        cue, after = self._locution(i) or (self._cue(i), i + 1)
        if cue is None:
            return None
        first, negated, passive = i, False, False
        while first > self.sentence_of[i].start and self._belongs(first - 1, i):
            first -= 1
            negated = negated or self.word_is(first, "verb_negations")
        helpers = [self.tokens[k] for k in range(first, i)]
        being = any(self.lexicon.has("being", word) for h in helpers for word in (h.lemma, self.words[h.i]))
        reflexive = any(self.word_is(h.i, "verb_reflexives") for h in helpers)
        passive = being and not reflexive and not self.tokens[i].has("Tense=Pres")
        passive = passive or (first == i and self._describes(i))
        return VerbGroup(first, i, after, cue, negated, passive)

    def _locution(self, i: int) -> tuple[SpeechCue, int] | None:
        """The cue that a verb makes with the words behind it ("mis en garde"), and the token behind them."""
        for words, cue in self.lexicon.locutions.get(self.words[i], ()):
            after = i + 1 + len(words)
            if tuple(self.words[i + 1 : after]) == words:
                return cue, after
        return None

    def groups_in(self, first: int, after: int) -> Iterator[VerbGroup]:
        """The cue verbs of a range that may go with quoted words, outside quotation marks."""
        for i in range(first, after):
            group = self.find_group(i) if i not in self.quote_of else None
            if group is not None and group.cue.frames & {"quote", "clause", "object", "as"}:
                yield group

    def _describes(self, i: int) -> bool:
        """Whether a past participle without auxiliary says what was done to somebody ("X, accusé de vol")."""
        token = self.tokens[i]
        past = token.has("VerbForm=Part") and not token.has("Tense=Pres")
        # No comma stands between a subject and its verb: behind one, English "accused of" is no past tense.
        set_off = i > 0 and self.words[i - 1] in {",", "("}
        past = past or (set_off and self.words[i].endswith(tuple(self.lexicon.words("past_endings"))))
        helped = any(self.tokens[c].dep.startswith("aux") and c < i for c in self.analysis.children[i])
        following = next((w for w in self.words[i + 1 : i + 4] if w not in self.lexicon.times), "")
        if i > 1 and self.words[i - 1] == "," and i - 2 in self.quote_of:
            return False  # "« … », dit de sa patronne l'apprenti"
        sentence = self.sentence_of[i]
        if not any(self.tokens[k].has("VerbForm=Fin") for k in sentence if k not in self.quote_of):
            return False  # "Un témoin décrit des scènes": the only verb of a sentence is its main one
        attached = set_off or token.dep in {"acl", "amod", "advcl", "appos", "nmod"}
        return past and not helped and attached and self.lexicon.has("completing", following)

    def _cue(self, i: int) -> SpeechCue | None:
        token, lexicon, before = self.tokens[i], self.lexicon, self.words[i - 1] if i else ""
        base = lexicon.find_verb(token.lemma, token.text)
        previous = self.tokens[i - 1] if i else None
        letting = lexicon.table("causative_forms")
        causative = letting.get(before) or (letting.get(previous.lemma) if previous is not None else None)
        two = lexicon.verbs.get(f"{causative} {plain(token.text)}") if causative is not None else None
        if two is not None:
            return two
        if self._is_reflexive(i):
            lemma = base.lemma if base is not None else plain(token.lemma)
            pronouns = sorted(lexicon.words("verb_reflexives"))
            forms = [lexicon.forms.get(_reflexive(pronoun, self.words[i]), "") for pronoun in pronouns]
            written = [*forms, *(_reflexive(pronoun, lemma) for pronoun in pronouns)]
            cue = next((lexicon.verbs[verb] for verb in written if verb in lexicon.verbs), None)
            return cue or (base if lexicon.has("reflexive_cues", lemma) else None)
        return base

    def _is_reflexive(self, i: int) -> bool:
        """Whether "se" goes with a verb: right before it, or before its auxiliary and adverbs."""
        for k in range(i - 1, max(-1, i - 4), -1):
            if self.word_is(k, "verb_reflexives"):
                return True
            if self.tokens[k].pos in {"PUNCT", "VERB", "NOUN"} and not self.word_is(k, "clitics"):
                return False
        return False

    def _belongs(self, i: int, verb: int) -> bool:
        token, word = self.tokens[i], self.words[i]
        if self.quote_of.get(i) is not self.quote_of.get(verb) or word in {",", ";", ":"}:
            return False
        if word in self.lexicon.table("causative_forms") and self.words[i + 1 : i + 2] == [self.words[verb]]:
            return True
        return (
            token.pos == "AUX"
            or self.word_is(i, "auxiliary_forms")
            or (self.word_is(i, "clitics") and (token.pos != "DET" or self._elides_before_verb(i)))
            or (token.pos == "ADV" and word not in self.lexicon.complementisers)
            or self.inverted_at(i) is not None
            or word == "-"
            or self.word_is(i, "euphonic")
        )

    def _elides_before_verb(self, i: int) -> bool:
        """Whether "l'" taken for an article is a pronoun, as a verb follows it ("Comme l'explique la maire")."""
        following = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        return self.words[i].endswith("'") and following is not None and following.has("VerbForm=Fin")

    def inverted_at(self, i: int) -> str | None:
        """The pronoun behind a verb ("a-t-il"), whether the analyser keeps its hyphen or not."""
        word, inverted = self.words[i], self.lexicon.table("inverted")
        if word in inverted:
            return inverted[word]
        apart = i > 0 and self.words[i - 1] == "-" and self.tokens[i - 1].end == self.tokens[i].start
        return word if apart and word in inverted.values() else None

    def is_verbal(self, i: int) -> bool:
        """Whether a token may be a verb: tagged so, untagged, or a cue by its form and what is beside it."""
        if self.tokens[i].pos in _VERBAL:
            return True
        before = self.words[i - 1] if i else ""
        if i + 1 in self.quote_of and i not in self.quote_of and before not in self.lexicon.determiners:
            return self.words[i] in self.lexicon.forms
        clitic = self.lexicon.has("clitics", before) and self.tokens[i - 1].pos == "PRON"
        pronoun = clitic or before in self.lexicon.table("inverted").values()
        return pronoun and self.words[i] in self.lexicon.forms

    def is_capital(self, i: int) -> bool:
        """Whether a token is written like a name."""
        return self.tokens[i].text[:1].isupper() and self.words[i] not in self.lexicon.not_names


def _reflexive(pronoun: str, verb: str) -> str:
    """A verb as lexicons write it with its pronoun: "se dire", "s'inquiéter"."""
    return f"{pronoun}{verb}" if pronoun.endswith("'") else f"{pronoun} {verb}"
