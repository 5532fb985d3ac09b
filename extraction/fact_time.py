"""When a fact happened, as far as its own sentence says: never a guess, None otherwise.

A time expression belongs to the verb or noun nearest above it in the tree. One that opens the sentence frames all of
its clauses; one that stands right behind a predicate and its roles belongs to that predicate.
"""

from __future__ import annotations

from extraction.clauses import Clause
from extraction.document import TimeMention
from extraction.phrases import Reading
from extraction.spans import Span


def find_clause_time(reading: Reading, clause: Clause, evidence: Span) -> TimeMention | None:
    """The time of a clause: attached to its verb, else in its evidence outside its roles, else opening the sentence."""
    mentions = _in_sentence(reading, clause.verb)
    attached = [m for m in mentions if _verb_above(reading, m) == clause.verb]
    if attached:
        return attached[0]
    start = reading.tokens[clause.verb].start
    behind = [m for m in mentions if evidence.contains(m.span) and start < m.span.start]
    adjacent = [m for m in behind if _verb_above(reading, m) is None]
    return adjacent[0] if adjacent else _fronting(reading, clause.verb, mentions)


def find_nominal_time(reading: Reading, noun: int, evidence: Span) -> TimeMention | None:
    """The time of a happening that a noun names: one that stands in its phrase or right after it."""
    for mention in _in_sentence(reading, noun):
        gap = reading.text[evidence.end : mention.span.start] if mention.span.start >= evidence.end else ""
        if evidence.contains(mention.span) or (mention.span.start >= evidence.end and not gap.strip(" ,\u00a0")):
            return mention
        words = [t for t in reading.tokens if evidence.end <= t.start < mention.span.start]
        if mention.span.start >= evidence.end and len(words) == 1 and words[0].pos == "ADP":
            return mention
    return None


def _in_sentence(reading: Reading, at: int) -> list[TimeMention]:
    sentence = reading.analysis.sentence_span(at)
    return [m for m in reading.times if sentence.overlaps(m.span)]


def _positions(reading: Reading, mention: TimeMention) -> list[int]:
    return [i for i, other in reading.time_tokens.items() if other is mention]


def _verb_above(reading: Reading, mention: TimeMention) -> int | None:
    """The nearest predicate above the expression, or None where it hangs on a noun or on nothing."""
    inside = set(_positions(reading, mention))
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


def _fronting(reading: Reading, verb: int, mentions: list[TimeMention]) -> TimeMention | None:
    sentence = reading.analysis.sentences[reading.tokens[verb].sentence]
    for mention in mentions:
        above = _verb_above(reading, mention)
        if above is not None and reading.tokens[above].start < mention.span.start:
            continue
        first = min(_positions(reading, mention), default=sentence.stop)
        before = reading.tokens[sentence.start : first]
        after = reading.text[mention.span.end :].lstrip(" \u00a0")
        if all(t.pos in {"ADP", "ADV", "CCONJ", "PUNCT", "DET"} for t in before) and (
            after.startswith(",") or (mention.span.end <= reading.tokens[verb].start and len(before) <= 1)
        ):
            return mention
    return None
