"""When a fact happened, as far as its own sentence says: never a guess, None otherwise.

A time expression belongs to the verb or noun nearest above it in the tree. One that opens the sentence frames all of
its clauses; one that stands right behind a predicate and its roles belongs to that predicate. One in brackets belongs
to what is in them, and one between commas behind the noun of a happening to that noun. "Depuis lundi" and "jusqu'à
lundi" bound a time instead of naming it: the interval is open on the other side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from extraction.analysis import Token
from extraction.clauses import Clause
from extraction.document import TimeMention
from extraction.phrases import Reading
from extraction.spans import Span
from extraction.time_owners import (
    amount_before,
    is_of_announced,
    is_of_compared,
    is_of_noun,
    is_of_participle,
    is_set_against,
    positions_of,
    tells,
)

_DAY = len("2024-06-19")
_LONGEST = 16
_LAST_MONTH = "12"  # greater ones are seasons


def find_clause_time(reading: Reading, clause: Clause, evidence: Span) -> TimeMention | None:
    """The time of a clause: attached to its verb, else in its evidence outside its roles, else opening the sentence."""
    mentions = [m for m in _in_sentence(reading, clause.verb) if not _is_anothers(reading, m, clause.verb)]
    found = _find(reading, clause, evidence, mentions)
    if found is None:
        return None
    finer = (m for m in mentions if (m.edtf or "").startswith(f"{found.edtf}T") and evidence.contains(m.span))
    return bounded(reading, next(finer, found))


def _find(reading: Reading, clause: Clause, evidence: Span, mentions: Sequence[TimeMention]) -> TimeMention | None:
    attached = [m for m in mentions if _verb_above(reading, m) == clause.verb]
    if attached:
        return min(attached, key=lambda m: _is_parted(reading, m, clause.verb))
    start = reading.tokens[clause.verb].start
    behind = [m for m in mentions if evidence.contains(m.span) and start < m.span.start]
    adjacent = [m for m in behind if _verb_above(reading, m) is None]
    return adjacent[0] if adjacent else _fronting(reading, clause.verb, mentions)


def find_nominal_time(reading: Reading, noun: int, evidence: Span) -> TimeMention | None:
    """The time of a happening that a noun names: one that stands in its phrase or right after it."""
    for mention in (bounded(reading, m) for m in _in_sentence(reading, noun)):
        gap = reading.text[evidence.end : mention.span.start] if mention.span.start >= evidence.end else ""
        if evidence.contains(mention.span) or (mention.span.start >= evidence.end and not gap.strip(" ,\u00a0")):
            return mention
        words = [t for t in reading.tokens if evidence.end <= t.start < mention.span.start]
        if mention.span.start >= evidence.end and len(words) == 1 and words[0].pos == "ADP":
            return mention
    return None


def is_ahead(mention: TimeMention | None, published: date | None) -> bool:
    """Whether a time begins after the day of publication."""
    if mention is None or mention.edtf is None or published is None:
        return False
    start, today = mention.edtf.split("/")[0], published.isoformat()
    if not start or start.startswith(".") or start[5:7] > _LAST_MONTH:
        return False
    return start[: len(today)] > today[: len(start)]


def bounded(reading: Reading, mention: TimeMention) -> TimeMention:
    """The mention with the word that makes it a beginning or an end, as an open interval; else the mention itself."""
    if mention.edtf is None or ".." in mention.edtf:
        return mention
    for name, is_end in (("since_words", False), ("until_words", True)):
        start = _opened_by(reading, mention, name)
        if start is not None:
            first, last = mention.edtf.split("/")[0], mention.edtf.split("/")[-1]
            edtf = f"../{last[:_DAY]}" if is_end else f"{first[:_DAY]}/.."
            return replace(mention, span=Span(start, mention.span.end), edtf=edtf)
    return mention


def _opened_by(reading: Reading, mention: TimeMention, name: str) -> int | None:
    """Where the words of a set begin that stand right before a mention or open it."""
    before = reading.text[max(0, mention.span.start - _LONGEST) : mention.span.start].lower().replace("’", "'")
    inside = mention.span.of(reading.text).lower().replace("’", "'")
    for word in sorted(reading.lexicon.sets.get(name, ()), key=len, reverse=True):
        if inside.startswith(word):
            return mention.span.start
        stripped = before.rstrip()
        parted = len(stripped) > len(word) and stripped[-len(word) - 1].isalnum()
        if stripped.endswith(word) and not parted:
            return mention.span.start - (len(before) - len(stripped)) - len(word)
    return None


def _is_parted(reading: Reading, mention: TimeMention, verb: int) -> bool:
    """Whether commas part a time before a verb from it, inside the sentence ("Marsh, out since May, returned")."""
    inside = positions_of(reading, mention)
    if not inside or inside[0] > verb:
        return False
    start = reading.analysis.sentences[reading.tokens[verb].sentence].start
    before, between = reading.tokens[start : inside[0]], reading.tokens[inside[-1] + 1 : verb]
    return any(t.text == "," for t in before) and any(t.text == "," for t in between)


def find_quantity_time(reading: Reading, clause: Clause, evidence: Span, inside: Sequence[int]) -> TimeMention | None:
    """The time of an amount, whose tokens are ``inside``: of an amount compared with another or told, only its own.

    "Le groupe a annoncé mardi 500 suppressions d'ici à 2027", "contre 280 millions en 2023".
    """
    if not inside or not (tells(reading, clause.verb) or is_set_against(reading, inside[0])):
        return find_clause_time(reading, clause, evidence)
    own = [m for m in _in_sentence(reading, clause.verb) if list(amount_before(reading, m)) == list(inside)]
    return bounded(reading, own[0]) if own else None


def _is_anothers(reading: Reading, mention: TimeMention, verb: int) -> bool:
    """Whether a time belongs to an amount, a noun or a bracket rather than to a verb."""
    if is_of_compared(reading, mention) or is_of_noun(reading, mention) or is_of_announced(reading, mention, verb):
        return True
    return is_of_participle(reading, mention, verb) or _is_set_apart(reading, mention, verb)


def _is_set_apart(reading: Reading, mention: TimeMention, verb: int) -> bool:
    """Whether brackets part a mention from a verb, or commas give it to the noun of a happening before it."""
    inside = positions_of(reading, mention)
    if not inside:
        return False
    if _brackets(reading, inside[0], verb) != _brackets(reading, verb, verb):
        return True
    opening, closing = min(inside) - 1, max(inside) + 1
    if opening < 1 or not reading.same_sentence(opening - 1, verb) or not reading.same_sentence(closing, verb):
        return False
    commas = reading.tokens[opening].text == "," and reading.tokens[closing].text == ","
    noun = reading.tokens[opening - 1]
    if noun.head == verb and noun.dep.startswith("nsubj"):
        return False  # "Les pourparlers, mardi, ont duré huit heures"
    return commas and noun.i != verb and noun.pos == "NOUN" and noun.lemma.lower() in reading.lexicon.deverbal


def _brackets(reading: Reading, at: int, verb: int) -> int:
    """How many brackets are open at a position, counted from the beginning of its sentence."""
    start = reading.analysis.sentences[reading.tokens[verb].sentence].start
    texts = [t.text for t in reading.tokens[start:at]]
    return texts.count("(") - texts.count(")")


def _in_sentence(reading: Reading, at: int) -> list[TimeMention]:
    sentence = reading.analysis.sentence_span(at)
    return [m for m in reading.times if sentence.overlaps(m.span)]


def _verb_above(reading: Reading, mention: TimeMention) -> int | None:
    """The nearest predicate above the expression, or None where it hangs on a noun or on nothing."""
    inside = set(positions_of(reading, mention))
    for i in sorted(inside):
        if reading.tokens[i].head in inside and reading.tokens[i].head != i:
            continue
        above = reading.tokens[reading.tokens[i].head]
        if above.i not in inside and above.pos in {"VERB", "AUX"}:
            return above.i
        for ancestor in reading.analysis.ancestors(i):
            if ancestor not in inside and reading.tokens[ancestor].pos in {"VERB", "AUX"}:
                return ancestor if above.pos in {"ADV", "ADP", "NUM"} else None
    return None


def _fronting(reading: Reading, verb: int, mentions: Sequence[TimeMention]) -> TimeMention | None:
    sentence = reading.analysis.sentences[reading.tokens[verb].sentence]
    for mention in mentions:
        above = _verb_above(reading, mention)
        if above is not None and reading.tokens[above].start < mention.span.start:
            continue
        first = min(positions_of(reading, mention), default=sentence.stop)
        before = reading.tokens[sentence.start : first]
        after = reading.text[mention.span.end :].lstrip(" \u00a0")
        if all(_introduces(reading, t) for t in before) and (
            after.startswith(",") or (mention.span.end <= reading.tokens[verb].start and len(before) <= 1)
        ):
            return mention
    return None


def _introduces(reading: Reading, token: Token) -> bool:
    """Whether a word may stand before a time that opens a sentence ("Au cours de l'hiver, ...")."""
    small = token.pos in {"ADP", "ADV", "CCONJ", "PUNCT", "DET"}
    return small or reading.lexicon.has("time_parts", token.lemma.lower())
