"""Quantity facts: each amount with what it counts or measures, in the smallest clause that states it.

Finding and normalising amounts is done before; here they get their noun, their clause's status and time, and whose
figure they are. Without grammar the noun is the next word and the clause the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from extraction.analysis import Parsed
from extraction.antecedents import Subject, last_subjects, named, named_before
from extraction.attribution import Scope, attribution_for
from extraction.casualties import find_casualties
from extraction.clauses import Clause, clause_span, find_clauses
from extraction.counted import Counted, find_counted, tokens_of
from extraction.document import Attribution, Extractor, Fact, Quantity, QuantityMention, Role, TimeMention
from extraction.ellipsis import Previous, compares, contrast_of, is_currency, is_near, picks_out, shared_unit
from extraction.event_lexicon import load_event_lexicon
from extraction.fact_time import find_quantity_time
from extraction.phrases import Reading, readings, role_of
from extraction.spans import Span
from extraction.status import Status, StatusReader
from extraction.version import rules_version

_ADJACENT = 3
QUANTITY = Extractor("quantity", rules_version())

# Estimates by rule, not measured: they rank facts by how the noun was found.
CONFIDENCE = {"counted": 0.9, "measured": 0.8, "inferred": 0.6, "none": 0.7, "word": 0.5}


def find_quantity_facts(parsed: Parsed, scopes: Sequence[Scope]) -> list[Fact]:
    """One fact for each quantity mention in an analysed passage, in the order of the text."""
    facts: list[Fact] = []
    currencies = {q.unit for q in parsed.quantities if q.unit is not None and is_currency(q.unit)}
    only = next(iter(currencies)) if len(currencies) == 1 else None
    before = Before()
    for reading in readings(parsed, load_event_lexicon(parsed.language)):
        found, before = _facts(reading, scopes, only, before)
        facts += found
    return facts


@dataclass(frozen=True, slots=True)
class Before:
    """What a passage hands on to the next: its last amount, if in the last sentence, and whom that is about."""

    amount: Previous | None = None
    source: Attribution | None = None
    subjects: tuple[Subject, ...] = ()


def _facts(
    reading: Reading, scopes: Sequence[Scope], currency: str | None, before: Before
) -> tuple[list[Fact], Before]:
    mentions = sorted([*reading.quantities, *find_casualties(reading)], key=lambda m: m.span)
    clauses = find_clauses(reading) if reading.has_grammar else []
    if not mentions:
        return [], Before(subjects=last_subjects(reading, clauses))
    spans = [(clause, clause_span(reading, clause, with_shared=False)) for clause in clauses]
    reader = StatusReader(reading, {c.verb: c for c in clauses}, scopes)
    facts: list[Fact] = []
    previous, source = before.amount, before.source
    for mention, following in zip_longest(mentions, mentions[1:]):
        clause, evidence = _smallest(reading, mention, spans)
        verbal = _right_before(reading, mention, clauses) or clause
        counted = find_counted(reading, mention, verbal, previous)
        counted, role = _named(reading, counted, clauses, previous, before)
        status = _status(reading, mention, reader, clause)
        inside = tokens_of(reading, mention)
        time = find_quantity_time(reading, clause, evidence, inside) if clause is not None else None
        unit = (
            _unit(reading, mention, counted, verbal, previous)
            or _said_once(reading, mention, following)
            or (currency if _is_sum(reading, mention, counted) else None)
        )
        fact = _fact(mention, (counted, unit, role), (evidence, status, time), scopes)
        if fact.attribution is None and counted.continues:
            fact = replace(fact, attribution=source)
        facts.append(fact)
        told = role is not None or counted.people or is_currency(unit or "")
        aside = counted.rule == "counted" and _is_aside(reading, mention, previous)
        if told and not aside and not (unit or "").startswith("times_"):
            at = tokens_of(reading, mention)
            source = fact.attribution
            previous = Previous(mention, at[0] if at else 0, counted.phrase, unit, counted.people, role)
    return facts, _handed_on(reading, previous, source, clauses)


def _named(
    reading: Reading, counted: Counted, clauses: Sequence[Clause], previous: Previous | None, before: Before
) -> tuple[Counted, Role | None]:
    """What is counted with pronouns resolved, in this passage or by the one before, and the role that it plays."""
    if counted.phrase is None:
        taken_up = previous.role if counted.taken_up and previous is not None else None
        return counted, taken_up
    phrase = named(reading, counted.phrase, clauses)
    if phrase is not None:
        return replace(counted, phrase=phrase), role_of(reading, phrase)
    return replace(counted, phrase=None), named_before(reading, counted.phrase, before.subjects)


def _handed_on(
    reading: Reading, previous: Previous | None, source: Attribution | None, clauses: Sequence[Clause]
) -> Before:
    subjects = last_subjects(reading, clauses)
    last = len(reading.analysis.sentences) - 1
    if previous is None or previous.at < 0 or reading.tokens[previous.at].sentence < last:
        return Before(subjects=subjects)
    return Before(replace(previous, at=-1, phrase=None), source, subjects)


def _is_aside(reading: Reading, mention: QuantityMention, previous: Previous | None) -> bool:
    """As in "620 patients at 14 hospitals": an amount that only says where the one before it is counted."""
    inside = tokens_of(reading, mention) if reading.has_grammar else []
    if previous is None or not inside or mention.unit is not None or not reading.same_sentence(previous.at, inside[0]):
        return False
    before = inside[0] - 1
    return reading.same_sentence(before, inside[0]) and reading.lexicon.has("locatives", reading.word(before))


def _right_before(reading: Reading, mention: QuantityMention, clauses: Sequence[Clause]) -> Clause | None:
    """The clause whose verb stands right before the amount, whatever the tree hangs the amount on."""
    inside = tokens_of(reading, mention) if clauses else []
    within = next((c for c in clauses if c.verb in inside), None)
    return within or next((c for c in clauses if inside and c.group.tail == inside[0] - 1), None)


def _status(reading: Reading, mention: QuantityMention, reader: StatusReader, clause: Clause | None) -> Status:
    """The status of the amount's clause; "mais" and "non" before the amount turn its polarity."""
    status = reader.status_of(clause) if clause is not None else Status()
    inside = tokens_of(reading, mention) if reading.has_grammar else []
    if not inside:
        return status
    # "À 71 ans, elle n'a rien perdu": what opens a clause as a time is not denied with it.
    fronted = clause is not None and reading.is_duration(inside[0]) and max(inside) < clause.group.first
    polarity = "affirmed" if fronted and status.polarity == "negated" else status.polarity
    return Status(contrast_of(reading, inside[0], polarity), status.modality)


def _unit(
    reading: Reading, mention: QuantityMention, counted: Counted, clause: Clause | None, previous: Previous | None
) -> str | None:
    """The unit that the text gives, persons for people, else the one that an elliptic amount shares."""
    if mention.unit is not None or counted.unit is not None or counted.people:
        return mention.unit or counted.unit or "person"
    inside = tokens_of(reading, mention) if reading.has_grammar else []
    if inside and reading.lexicon.has("age_adjectives", reading.word(max(0, inside[0] - 1))):
        return "year"
    if previous is None or not inside or previous.unit in {None, "person", "percent"}:
        return None
    if is_currency(previous.unit or "") and _is_money(reading, (inside[0], inside[-1]), clause, previous):
        return previous.unit
    shares = is_near(reading, previous, inside[0]) and compares(reading, inside[0])
    return shared_unit(mention, previous) if shares and counted.rule in {"inferred", "none"} else None


def _is_money(reading: Reading, place: tuple[int, int], clause: Clause | None, previous: Previous) -> bool:
    """As in "1 100 euros, dont 400 d'aide", "vendue 180 000 euros puis 260 000": sums without their currency."""
    first, last = place
    if not is_near(reading, previous, first):
        return False
    genitive = reading.same_sentence(last + 1, last) and reading.lexicon.has("genitives", reading.word(last + 1))
    if genitive and picks_out(reading, first):
        return True
    priced = clause is not None and reading.lexicon.has("trading_verbs", clause.lemma)
    priced = priced or (clause is not None and reading.lexicon.has("price_verbs", clause.lemma))
    after = reading.tokens[last + 1] if reading.same_sentence(last + 1, last) else None
    closed = after is None or after.pos in {"PUNCT", "CCONJ", "ADP", "ADV"}
    return priced and clause is not None and not genitive and closed and 0 < first - clause.group.tail <= _ADJACENT


def _said_once(reading: Reading, mention: QuantityMention, following: QuantityMention | None) -> str | None:
    """The unit of "de 3,40 à 3,55 €", which stands behind the second amount only."""
    if following is None or following.unit is None or not reading.has_grammar:
        return None
    between = reading.text[mention.span.end : following.span.start].split()
    linked = len(between) == 1 and reading.lexicon.has("reaching_prepositions", between[0].lower())
    return following.unit if linked and following.unit != "percent" else None


def _is_sum(reading: Reading, mention: QuantityMention, counted: Counted) -> bool:
    """As in "un déficit de 19 millions": millions of nothing named, in an article that speaks of one currency."""
    words = mention.span.of(reading.text).lower().split()
    inside = tokens_of(reading, mention) if reading.has_grammar else []
    if not inside or not reading.lexicon.has("million_words", words[-1]) or counted.rule == "counted":
        return False
    after = inside[-1] + 1
    genitive = reading.same_sentence(after, inside[-1]) and reading.lexicon.has("genitives", reading.word(after))
    more = reading.same_sentence(after + 1, after) and reading.lexicon.has("comparatives", reading.word(after + 1))
    return more or not genitive


def _fact(
    mention: QuantityMention,
    measured: tuple[Counted, str | None, Role | None],
    stated: tuple[Span, Status, TimeMention | None],
    scopes: Sequence[Scope],
) -> Fact:
    (counted, unit, role), (evidence, status, time) = measured, stated
    return Fact(
        kind="quantity",
        evidence=evidence,
        extractor=QUANTITY,
        confidence=CONFIDENCE[counted.rule],
        attribution=attribution_for(mention.span, scopes),
        polarity=status.polarity,
        modality=status.modality,
        time=time,
        quantity=Quantity(
            mention.span,
            mention.value,
            mention.lower,
            mention.upper,
            mention.qualifier,
            unit,
            role,
            mention.change,
        ),
    )


def _smallest(
    reading: Reading, mention: QuantityMention, spans: Sequence[tuple[Clause, Span]]
) -> tuple[Clause | None, Span]:
    """The clause with the shortest span around the mention; without one, the sentence and no clause."""
    at = next((t.i for t in reading.tokens if t.end > mention.span.start), len(reading.tokens) - 1)
    around = [(clause, span) for clause, span in spans if span.contains(mention.span)]
    if around:
        governing = _nearest(reading, at, around)
        return next((f for f in around if f[0] is governing), min(around, key=lambda found: len(found[1])))
    sentence = reading.analysis.sentence_span(at)
    whole = Span(min(sentence.start, mention.span.start), max(sentence.end, mention.span.end))
    return _nearest(reading, at, spans), whole


def _nearest(reading: Reading, at: int, spans: Sequence[tuple[Clause, Span]]) -> Clause | None:
    """The clause whose verb governs a word, although its span leaves the word out."""
    above = [at, *reading.analysis.ancestors(at)]
    return next((clause for i in above for clause, _ in spans if clause.verb == i), None)
