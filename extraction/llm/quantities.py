"""Quantities that a model points to: our grammar reads the number, or there is none.

The rules make a fact of every number that they take for an amount; what is left are numbers that they passed over
because of what stands far around. Such a number is read again with the two words before it alone, which still refuses
parts of names, ranks and back references.
"""

from __future__ import annotations

from dataclasses import replace

from extraction.document import Extractor, Fact, Quantity, QuantityMention, Role
from extraction.expressions import find_quantities
from extraction.llm.context import Context, Place
from extraction.llm.events import nominal_role
from extraction.llm.locating import Refused
from extraction.llm.statements import stated
from extraction.quantity_facts import find_quantity_facts
from extraction.spans import Span

CONFIDENCE = 0.5
_WORDS_BEFORE = 2


def check_quantity(context: Context, place: Place, extractor: Extractor) -> Fact:
    """The fact that the rules make of the number. Raises Refused."""
    anchor = context.inside(place, place.proposal.focus)
    mention = _mention(context, place, anchor)
    context.refuse_known("quantity", mention.span)
    value = place.proposal.value
    if value is not None and value not in {mention.value, mention.lower, mention.upper}:
        raise Refused("value")
    alone = replace(context.parsed, analyses=[context.analysis(place)], quantities=(mention,))
    found = (f for f in find_quantity_facts(alone, context.scopes) if f.focus == mention.span)
    fact = next(found, None)
    if fact is None or fact.quantity is None:
        raise Refused("number")
    quantity = replace(fact.quantity, of=_counted(context, place, fact.quantity))
    if quantity.unit is None and quantity.of is None:
        raise Refused("number")
    return stated(context, place, replace(fact, extractor=extractor, confidence=CONFIDENCE, quantity=quantity))


def _mention(context: Context, place: Place, anchor: Span) -> QuantityMention:
    start = context.analysis(place).span.start
    before = context.text[start : anchor.start].rstrip()
    for _ in range(_WORDS_BEFORE):
        before = before[: max(before.rfind(" "), before.rfind("\u00a0"), before.rfind("\n"), 0)].rstrip()
    window = Span(start + len(before), anchor.end).strip(context.text)
    found = find_quantities(context.text, [window], context.parsed.language, context.parsed.times)
    touching = [mention for mention in found if mention.span.overlaps(anchor)]
    if len(touching) != 1 or not place.evidence.contains(touching[0].span):
        raise Refused("number")
    if not anchor.contains(touching[0].number):
        raise Refused("number")
    return touching[0]


def _counted(context: Context, place: Place, quantity: Quantity) -> Role | None:
    """What our grammar says is counted; else what the model says, if it is a noun phrase of the evidence."""
    given = context.optional(place, "of")
    if given is None or quantity.of is not None:
        if given is not None and quantity.of is not None and not given.overlaps(quantity.of.span):
            raise Refused("of")
        return quantity.of
    return nominal_role(context, place, given)
