"""Which proposals of a model are believed, and the document with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extraction.document import Document, Extractor, Fact
from extraction.grounds import Grounds
from extraction.llm.answer import Answer, Kind
from extraction.llm.context import Context, Place
from extraction.llm.events import check_event
from extraction.llm.locating import Refused
from extraction.llm.parts import Part
from extraction.llm.quotations import check_quotation

_Check = Callable[[Context, Place, Extractor], Fact]
# Quotations first: whose words they are is what the events need to know.
_CHECKS: Mapping[Kind, _Check] = {
    "quotation": check_quotation,
    "event": check_event,
}


@dataclass(slots=True)
class Checked:
    """Facts that are kept, in the order of the answers, and how many proposals were dropped, by reason."""

    facts: list[Fact] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)


def check_answers(grounds: Grounds, answers: Sequence[tuple[Part, Answer]], extractor: Extractor) -> Checked:
    """The facts of a model's answers that hold against the text, the grammar and the rules' own facts.

    A fact about words of which the rules, or a proposal before it, have made one of the same kind is a duplicate.
    """
    checked = Checked(dropped=sum((answer.dropped for _, answer in answers), Counter()))
    if grounds.parsed is None:
        return checked
    context = Context(grounds, grounds.parsed)
    for kind, check in _CHECKS.items():
        for part, answer in answers:
            for proposal in answer.proposals:
                if proposal.kind != kind:
                    continue
                try:
                    place = context.locate(proposal, part.passages)
                    fact = check(context, place, extractor)
                except Refused as refusal:
                    checked.dropped[refusal.reason] += 1
                else:
                    context.known.append(fact)
                    checked.facts.append(fact)
    return checked


def with_facts(document: Document, facts: Sequence[Fact], version: str) -> Document:
    """A document with further facts, in the order of the text. Which of its own facts denies which stays as it was."""
    together = sorted([*document.facts, *facts], key=lambda fact: (fact.evidence, fact.focus, fact.kind))
    positions = {id(fact): at for at, fact in enumerate(together)}
    denials = sorted(
        (positions[id(document.facts[one])], positions[id(document.facts[other])]) for one, other in document.denials
    )
    return replace(document, facts=tuple(together), denials=tuple(denials), version=version)
