"""Which fact of an article denies which other one of the same article.

Precision first: a denial is paired with a statement of the same act by the same party, or, where it only points back
("ces accusations"), with the accusation that the sentences right before it report. Without one it stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extraction.analysis import Parsed
from extraction.document import Event, Fact, Quantity, Role
from extraction.event_lexicon import EventLexicon, load_event_lexicon
from extraction.identity import fold
from extraction.spans import Span

_SENTENCES_BACK = 2
_SHARED = 0.5
_FUNCTION_WORD = 3
_SINGULAR_ENDINGS = ("s", "x")


def find_denials(parsed: Parsed, facts: Sequence[Fact]) -> tuple[tuple[int, int], ...]:
    """Pairs (position of the fact that denies, position of the fact that it disputes), in order."""
    lexicon = load_event_lexicon(parsed.language)
    found: set[tuple[int, int]] = set()
    for at, fact in enumerate(facts):
        if fact.event is None or fact.polarity != "denied" or not lexicon.has("denial", fact.event.predicate.lemma):
            continue
        found.update((at, other) for other in _disputed(parsed, lexicon, facts, at))
    return tuple(sorted(found))


def _disputed(parsed: Parsed, lexicon: EventLexicon, facts: Sequence[Fact], at: int) -> Iterator[int]:
    denial = facts[at]
    assert denial.event is not None
    thing = denial.event.object
    if thing is None:
        return
    claimed = [f for f in facts if f is not denial and thing.span.contains(f.focus) and f.kind != "quotation"]
    others = [n for n, f in enumerate(facts) if f.polarity == "affirmed" and not denial.evidence.overlaps(f.focus)]
    yield from (n for n in others if any(_same_claim(parsed.text, claim, facts[n]) for claim in claimed))
    if not claimed:
        back = _pointed_at(parsed, lexicon, facts, denial, thing)
        if back is not None:
            yield back


def _same_claim(text: str, claim: Fact, other: Fact) -> bool:
    if claim.event is not None and other.event is not None:
        return _same_event(text, claim.event, other.event)
    if claim.quantity is not None and other.quantity is not None:
        return _same_quantity(text, claim.quantity, other.quantity)
    return False


def _same_event(text: str, claim: Event, other: Event) -> bool:
    if claim.predicate.lemma != other.predicate.lemma:
        return False
    if claim.subject is not None and other.subject is not None and not _alike(text, claim.subject, other.subject):
        return False
    return claim.object is not None and other.object is not None and _alike(text, claim.object, other.object)


def _same_quantity(text: str, claim: Quantity, other: Quantity) -> bool:
    same = (claim.value, claim.lower, claim.upper, claim.unit) == (other.value, other.lower, other.upper, other.unit)
    return same and claim.of is not None and other.of is not None and _alike(text, claim.of, other.of)


def _alike(text: str, one: Role, other: Role) -> bool:
    """The same entity, or half of the words of the shorter phrase in both."""
    if one.entity is not None and other.entity is not None:
        return one.entity == other.entity
    a, b = _words(one.span.of(text)), _words(other.span.of(text))
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= _SHARED


def _words(phrase: str) -> set[str]:
    parts = fold(phrase).replace("'", " ").split()
    return {_singular(w.strip(".,;:()")) for w in parts if len(w) > _FUNCTION_WORD}


def _singular(word: str) -> str:
    return word[:-1] if word.endswith(_SINGULAR_ENDINGS) else word


def _pointed_at(parsed: Parsed, lexicon: EventLexicon, facts: Sequence[Fact], denial: Fact, thing: Role) -> int | None:
    """The nearest claim before a denial of "ces accusations"; of "ces transferts": the nearest transfer."""
    determiner, *rest = thing.span.of(parsed.text).lower().split() or [""]
    if not rest or not lexicon.has("demonstratives", determiner):
        return None
    noun = _singular(rest[0])
    before = [n for n, f in enumerate(facts) if f.event is not None and f.focus.end <= denial.evidence.start]
    near = [n for n in before if _is_near(parsed, facts[n].focus, denial.evidence)]
    verb = lexicon.deverbal[noun].verb if noun in lexicon.deverbal else None
    if verb is not None:
        return next((n for n in reversed(near) if _predicate(facts[n]) == verb), None)
    if not lexicon.has("claim_nouns", noun):
        return None
    accused = [n for n in near if _is_accusation(facts[n])]
    own = [n for n in accused if _is_about(parsed.text, facts[n], denial)]
    return next(reversed(own or accused), None)


def _predicate(fact: Fact) -> str:
    return fact.event.predicate.lemma if fact.event is not None else ""


def _is_accusation(fact: Fact) -> bool:
    return fact.modality == "possible" and fact.polarity == "affirmed"


def _is_about(text: str, claim: Fact, denial: Fact) -> bool:
    subject = claim.event.subject if claim.event is not None else None
    denier = denial.event.subject if denial.event is not None else None
    return subject is not None and denier is not None and _alike(text, subject, denier)


def _is_near(parsed: Parsed, earlier: Span, later: Span) -> bool:
    """Whether one span lies at most two sentences before another, in the same passage."""
    analysis = parsed.analysis_at(later.start)
    if analysis is None or not analysis.span.contains(earlier):
        return False
    ends = [analysis.tokens[s.stop - 1].end for s in analysis.sentences]
    bounds = list(pairwise([analysis.span.start, *ends]))
    position = [n for n, (start, end) in enumerate(bounds) for span in (earlier, later) if start <= span.start < end]
    return len(position) == 2 and abs(position[1] - position[0]) <= _SENTENCES_BACK
