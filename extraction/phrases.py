"""Noun phrases as a reader would quote them: with determiner and modifiers, without relative clauses.

A phrase grows from its head over neighbouring words. The tree says what attaches, but where a parser slips, the order
of the words is the safer guide: a genitive belongs to the noun before it, a name stays whole.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extraction.analysis import Analysis, Parsed, Token
from extraction.document import EntityMention, QuantityMention, Role, TimeMention
from extraction.event_lexicon import EventLexicon
from extraction.mending import mend
from extraction.spans import Span

if TYPE_CHECKING:
    from extraction.clauses import Clause

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
NAMING = frozenset({"NOUN", "PROPN", "X"})
_BEFORE_NOUN = frozenset({"DET", "NUM", "ADJ"})
_OPENING, _CLOSING = frozenset("«“\"‘'"), frozenset("»”\"’'")
_LONGEST_QUOTED = 8
_HYPHENS = frozenset("-‑")
_DURATIONS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens ``start`` to ``last`` (both included) around the token ``head``."""

    head: int
    start: int
    last: int


@dataclass(slots=True)
class Reading:
    """One passage with the mentions in it and the words of its language."""

    text: str
    analysis: Analysis
    lexicon: EventLexicon
    times: tuple[TimeMention, ...] = ()
    quantities: tuple[QuantityMention, ...] = ()
    entities: tuple[EntityMention, ...] = ()
    time_tokens: dict[int, TimeMention] = field(init=False)
    quantity_tokens: dict[int, QuantityMention] = field(init=False)
    entity_tokens: dict[int, EntityMention] = field(init=False)
    clauses: list[Clause] | None = field(init=False, default=None)
    """Found once for all who read the passage, by ``extraction.clauses.find_clauses``."""

    def __post_init__(self) -> None:
        starts = [t.start for t in self.analysis.tokens]

        def tokens_of(span: Span) -> list[int]:
            first = max(0, bisect_right(starts, span.start) - 1)
            return [t.i for t in self.analysis.tokens[first : first + 40] if t.start < span.end and span.start < t.end]

        self.time_tokens = {i: m for m in self.times for i in tokens_of(m.span)}
        self.quantity_tokens = {i: m for m in self.quantities for i in tokens_of(m.span)}
        self.entity_tokens = {i: m for m in self.entities for i in tokens_of(m.span)}

    @property
    def tokens(self) -> list[Token]:
        """The passage's words."""
        return self.analysis.tokens

    @property
    def has_grammar(self) -> bool:
        """Whether the passage was parsed: some word has a relation that says something."""
        return any(t.dep not in {"dep", "ROOT", "root", "punct", ""} for t in self.tokens)

    def word(self, i: int) -> str:
        """A token in lower case."""
        return self.tokens[i].text.lower()

    def children(self, i: int, *relations: str) -> list[Token]:
        """The dependents of a token, in order; with ``relations``, only those (a bare one includes its subtypes)."""
        below = [self.tokens[c] for c in self.analysis.children[i]]
        return [t for t in below if not relations or t.dep in relations or t.dep.split(":")[0] in relations]

    def preposition(self, i: int) -> str | None:
        """The preposition of a noun phrase's head, in lower case; None for a bare one."""
        start = left_edge(self, i)
        if start > 0 and self.tokens[start - 1].pos == "ADP" and self.same_sentence(start - 1, i):
            return self.word(start - 1)
        if self.lexicon.has("contracted", self.word(start)) or self.tokens[start].pos == "ADP":
            return self.word(start)
        return next((c.text.lower() for c in self.children(i, "case") if c.pos == "ADP" and c.i < i), None)

    def is_time(self, i: int) -> bool:
        """Whether a word belongs to a time expression, or is the name of a day or a month, or a pointed-at period."""
        if i in self.time_tokens or self.lexicon.has("time_names", self.tokens[i].lemma.lower()):
            return True
        if not self.lexicon.has("time_periods", self.tokens[i].lemma.lower()):
            return False
        if self.same_sentence(i + 1, i) and self.lexicon.has("period_adverbs", self.word(i + 1)):
            return True
        return any(self.lexicon.has("period_pointers", t.lemma.lower()) for t in self.children(i, "amod", "det"))

    def is_duration(self, i: int) -> bool:
        """Whether a word belongs to an amount of time."""
        amount = self.quantity_tokens.get(i)
        return amount is not None and amount.unit in _DURATIONS

    def same_sentence(self, i: int, k: int) -> bool:
        """Whether two positions lie in one sentence; a position outside the passage lies in none."""
        inside = 0 <= i < len(self.tokens) and 0 <= k < len(self.tokens)
        return inside and self.tokens[i].sentence == self.tokens[k].sentence

    def span(self, phrase: Phrase) -> Span:
        """Where a phrase stands in the text; the hyphens that tie a pronoun to its verb ("-t-il") are left out."""
        first = self.tokens[phrase.start]
        ties = (
            len(tie)
            for tie in self.lexicon.endings("inverted_ties")
            if first.text.startswith(tie) and first.text != tie
        )
        return Span(first.start + max(ties, default=0), self.tokens[self._closed(phrase)].end)

    def _closed(self, phrase: Phrase) -> int:
        """The last token of a phrase, or the mark after it that closes a quotation opened inside."""
        texts = [t.text for t in self.tokens[phrase.start : phrase.last + 1]]
        after = phrase.last + 1
        if "«" in texts and "»" not in texts and after < len(self.tokens) and self.tokens[after].text == "»":
            return after
        return phrase.last


def readings(parsed: Parsed, lexicon: EventLexicon) -> list[Reading]:
    """A reading of each analysed passage, with the mentions that lie in it; made once an article."""
    if parsed.readings is None:
        parsed.readings = _readings(parsed, lexicon)
    return parsed.readings


def _readings(parsed: Parsed, lexicon: EventLexicon) -> list[Reading]:
    return [
        Reading(
            parsed.text,
            mend(analysis, lexicon),
            lexicon,
            tuple(t for t in parsed.times if analysis.span.contains(t.span)),
            tuple(q for q in parsed.quantities if analysis.span.contains(q.span)),
            tuple(e for e in parsed.entities if analysis.span.contains(e.span)),
        )
        for analysis in parsed.analyses
    ]


def phrase_at(reading: Reading, head: int, stop: int | None = None) -> Phrase:
    """The noun phrase around a head. Nothing at or after position ``stop`` is taken."""
    start = left_edge(reading, head)
    last = _right_edge(reading, head, len(reading.tokens) if stop is None else stop)
    return Phrase(head, start, last)


def left_edge(reading: Reading, head: int) -> int:
    """The first token of the phrase: determiners, numbers and adjectives before the head, and the whole of a name."""
    at = head
    name, amount = reading.entity_tokens.get(head), None
    while reading.same_sentence(at - 1, head):
        before = reading.tokens[at - 1]
        amount = reading.quantity_tokens.get(at) or amount
        in_name = name is not None and reading.entity_tokens.get(at - 1) is name
        in_amount = amount is not None and reading.quantity_tokens.get(at - 1) is amount
        in_amount = in_amount and before.pos not in {"VERB", "AUX"}
        if not (
            in_name
            or in_amount
            or _is_tied(reading.tokens[at], before)
            or _joins_left(reading, before, reading.tokens[at], head)
        ):
            break
        at -= 1
    return at


def _joins_left(reading: Reading, before: Token, after: Token, head: int) -> bool:
    if before.dep == "case" and before.pos == "PART":
        return after.i <= head  # the mark of the possessive
    if after.dep == "case" and after.pos == "PART":
        return True
    if reading.is_time(before.i):
        return False
    if after.i <= before.head <= head and (before.dep == "compound" or (before.dep == "amod" and before.pos == "VERB")):
        return True
    if before.i in reading.quantity_tokens and after.pos != "DET":
        return True
    if before.pos == "PROPN":
        return after.pos in {"PROPN", "DET"} and (before.dep.startswith("flat") or after.dep.startswith("flat"))
    if after.pos == "DET" and after.i != head:
        return before.pos == "DET"
    if before.i in reading.quantity_tokens:
        return True
    return (
        before.pos in _BEFORE_NOUN
        or before.has("Poss=Yes")
        or (before.pos == "ADV" and after.pos in {"ADJ", "NUM"} and before.head == after.i)
    )


def _right_edge(reading: Reading, head: int, stop: int) -> int:
    last = head
    while True:
        after = _next_part(reading, head, last, stop)
        if after is None:
            return last
        last = after


def _next_part(reading: Reading, head: int, last: int, stop: int) -> int | None:
    """Position of the last token of the next part that belongs to the phrase, if there is one."""
    at = last + 1
    if at >= stop or not reading.same_sentence(at, head):
        return None
    token = reading.tokens[at]
    name = reading.entity_tokens.get(last)
    if name is not None and reading.entity_tokens.get(at) is name:
        return at
    if last in reading.quantity_tokens and reading.quantity_tokens.get(at) is reading.quantity_tokens[last]:
        return at
    if _is_tied(token, reading.tokens[last]):
        return at
    if reading.is_time(at):
        return None
    if token.pos == "NUM" and at in reading.quantity_tokens and token.dep == "amod" and head <= token.head <= last:
        return at
    if _modifies(reading, token, last):
        return at
    if token.text in _OPENING and not _closes_straight(reading, at):
        return _quoted(reading, at, stop)
    if token.pos == "ADV" and at + 1 < stop and _modifies(reading, reading.tokens[at + 1], last):
        return at + 1
    if token.pos == "CCONJ" or token.text == ",":
        return _coordinated(reading, head, at, stop)
    return _complement(reading, head, at, stop) if token.pos in {"ADP", "DET"} else None


def _is_tied(token: Token, before: Token) -> bool:
    """Whether a hyphen ties a word to the one before it ("celle-ci", "sapeurs-pompiers")."""
    hyphen = token.text[0] in _HYPHENS or before.text in _HYPHENS
    inverted = token.pos == "PRON" and token.dep.startswith(("nsubj", "expl")) and len(token.text) > 1
    return hyphen and not inverted and token.start == before.end and not {token.pos, before.pos} & {"VERB", "AUX"}


def _modifies(reading: Reading, token: Token, last: int) -> bool:
    before = reading.tokens[last]
    if token.pos == "ADJ":
        if _has_complement(reading, token):
            return False
        return token.head <= token.i or not reading.is_time(token.head)
    if token.pos in {"PROPN", "X"} or token.dep.startswith("flat"):
        return before.pos != "PRON"
    if token.pos == "NOUN":
        return token.dep in {"amod", "appos", "nmod", "fixed", "compound"} and token.head <= last
    if token.pos == "VERB" and token.dep in {"acl", "amod"} and token.head <= last:
        return token.has("VerbForm=Part") and not token.has("Tense=Pres") and not reading.children(token.i)
    return token.pos == "NUM" and token.dep.startswith("flat")


def _has_complement(reading: Reading, adjective: Token) -> bool:
    """As in "capable | de détecter", "part-owned | by her brother": the adjective opens a description of its own."""
    at = adjective.i + 1
    if not reading.same_sentence(at + 1, adjective.i) or reading.tokens[at].pos not in {"ADP", "PART"}:
        return False
    return reading.lexicon.has("agents", reading.word(at)) or reading.tokens[at + 1].has("VerbForm=Inf")


def _closes_straight(reading: Reading, at: int) -> bool:
    """A straight mark that follows a word without space, and so closes."""
    return reading.tokens[at].text in {'"', "'"} and at > 0 and reading.tokens[at - 1].end == reading.tokens[at].start


def _quoted(reading: Reading, opening: int, stop: int) -> int | None:
    """The closing mark of a short quoted name or adjective; how something is done ("avec regret") is neither."""
    if opening + 1 < stop and reading.tokens[opening + 1].pos == "ADP":
        return None
    for at in range(opening + 1, min(opening + _LONGEST_QUOTED, stop)):
        token = reading.tokens[at]
        if token.text in _CLOSING and at > opening + 1:
            return at
        if token.pos in {"VERB", "AUX"}:
            return None
    return None


def noun_after(reading: Reading, at: int, stop: int) -> int | None:
    """The noun or name that a phrase beginning at a position leads to, over determiners, numbers and adjectives."""
    adjective, stop = None, min(stop, len(reading.tokens))
    begin = at
    while at < stop and reading.same_sentence(at, begin):
        token = reading.tokens[at]
        if token.head > at and (token.dep == "compound" or _owns(reading, at)):
            at = token.head
            continue
        if token.pos in NAMING or is_nominal(reading, at):
            return at
        if at in reading.entity_tokens and token.pos not in {"DET", "ADP", "ADJ", "NUM"}:
            return at
        if token.pos == "PRON" and token.dep not in {"expl:comp", "mark"}:
            return at
        if token.pos == "ADJ":
            adjective = at
        elif token.pos not in _BEFORE_NOUN and at not in reading.quantity_tokens and token.text not in _OPENING:
            return adjective
        at += 1
    return adjective


def _owns(reading: Reading, at: int) -> bool:
    """Whether the mark of the possessive follows a noun, which then is not the head of its phrase."""
    after = reading.tokens[at + 1] if reading.same_sentence(at + 1, at) else None
    return after is not None and after.pos == "PART" and after.dep == "case"


def is_nominal(reading: Reading, i: int) -> bool:
    """Whether an article right before a participle makes a noun of it: "un passant", "les blessés"."""
    token = reading.tokens[i]
    if token.pos != "VERB" or token.has("VerbForm=Fin") or not reading.same_sentence(i - 1, i):
        return False
    return reading.tokens[i - 1].pos == "DET" and not token.has("VerbForm=Inf")


def _complement(reading: Reading, head: int, at: int, stop: int) -> int | None:
    word = reading.word(at)
    noun = noun_after(reading, at + 1, min(stop, at + 8))
    if noun is None or reading.is_time(noun) or not reading.same_sentence(noun, head):
        return None
    if reading.tokens[head].has("PronType=Prs"):
        return None
    if reading.lexicon.has("genitives", word) and not _before_infinitive(reading, at):
        return None if _ends_place(reading, at - 1) and reading.lexicon.has("plural_articles", word) else noun
    if reading.tokens[at].pos != "ADP" or reading.tokens[noun].pos == "PRON" or reading.lexicon.has("agents", word):
        return None
    if reading.is_duration(noun) or reading.lexicon.has("loose_prepositions", word):
        return None
    if reading.lexicon.has("time_periods", reading.tokens[noun].lemma.lower()):
        return None
    inside = head <= reading.tokens[noun].head < at
    return noun if inside and reading.tokens[noun].dep == "nmod" and not is_place(reading, noun) else None


def _ends_place(reading: Reading, i: int) -> bool:
    """A country or a town has no genitive in the plural: what follows it is another complement of the verb."""
    return is_place(reading, i) and reading.tokens[i].pos == "PROPN"


def _before_infinitive(reading: Reading, at: int) -> bool:
    return at + 1 < len(reading.tokens) and reading.tokens[at + 1].has("VerbForm=Inf")


def _coordinated(reading: Reading, head: int, at: int, stop: int) -> int | None:
    """The noun after "and" or a comma that the tree coordinates with a word of the phrase."""
    begin = at + 1
    if begin < stop and reading.tokens[begin].pos == "ADP":
        begin += 1
    noun = noun_after(reading, begin, min(stop, begin + 6))
    if noun is None or reading.tokens[noun].dep != "conj" or reading.tokens[at + 1].pos == "PRON":
        return None
    if not head <= reading.tokens[noun].head < at:
        return None
    return noun


def is_place(reading: Reading, i: int) -> bool:
    """Whether a word belongs to the name of a place."""
    mention = reading.entity_tokens.get(i)
    return mention.type == "place" if mention is not None else reading.tokens[i].entity == "LOC"


def role_of(reading: Reading, phrase: Phrase) -> Role:
    """A phrase as a part played in a fact, with the name that its head, or an apposition to it, bears."""
    span = reading.span(phrase)
    mention = reading.entity_tokens.get(phrase.head)
    if mention is None:
        mention = next((m for m in reading.entities if span.contains(m.span) and _names(reading, phrase, m)), None)
    return Role(span, mention.name, mention.entity) if mention is not None else Role(span)


def _names(reading: Reading, phrase: Phrase, mention: EntityMention) -> bool:
    """Whether a person's name inside the phrase stands beside its head rather than below a preposition."""
    first = next((i for i in range(phrase.start, phrase.last + 1) if reading.entity_tokens.get(i) is mention), None)
    if first is None or mention.type != "person" or first <= phrase.head:
        return False
    between = reading.tokens[phrase.head + 1 : first]
    return all(t.pos in {"ADJ", "NOUN", "PUNCT"} for t in between)
