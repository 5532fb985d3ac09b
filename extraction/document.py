"""What an extraction answers: frozen values, spans into the article's text, no identifiers.

The names are the contract's. Ids are given by ``extraction.identity``; the wire shape by ``extraction.wire``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from extraction.spans import Span

PassageKind = Literal["title", "heading", "body", "caption", "boilerplate"]
EntityType = Literal["person", "organization", "place", "other"]
Qualifier = Literal["exact", "about", "at_least", "at_most", "more_than", "less_than", "range"]
Change = Literal["increase", "decrease"]
Basis = Literal["explicit", "published_at", "context", "unresolved"]
Polarity = Literal["affirmed", "negated", "denied"]
Modality = Literal["asserted", "planned", "possible"]
LinkReason = Literal["capital", "seat", "ministry", "usage"]
"""Why a name stands for another: a capital, the seat of a government or assembly, a ministry, or press usage alone."""
FactKind = Literal["quantity", "quotation", "event"]


@dataclass(frozen=True, slots=True)
class Article:
    """What the extraction needs of an article record.

    ``published_at`` is a day (the source's own) or an instant with its offset, whose local day counts; ``title`` is
    the record's, and may also stand in the text.
    """

    text: str
    language: str | None = None
    published_at: date | datetime | None = None
    title: str | None = None

    @property
    def published_on(self) -> date | None:
        """The local day of publication, from which relative dates count."""
        moment = self.published_at
        return moment.date() if isinstance(moment, datetime) else moment


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of the text. In order, an article's passages tile it; ``rule`` names why one is boilerplate."""

    span: Span
    kind: PassageKind
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class StandsFor:
    """For whom a name speaks or acts where it is used: the country of a capital, the government of its seat.

    ``name`` is that of ``entity`` in the article or, where it does not name it, in the article's language.
    """

    name: str
    entity: str
    reason: LinkReason


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A name in the text. ``name`` is the canonical one in this article, ``entity`` the key that its mentions share.

    ``stands_for`` is there only where the clause shows an actor: "Moscou dément", not "à Moscou".
    """

    span: Span
    type: EntityType
    name: str
    entity: str
    stands_for: StandsFor | None = None


@dataclass(frozen=True, slots=True)
class DemonymMention:
    """A word that belongs to a country and is no name: "les Russes", "le président russe"."""

    span: Span
    name: str
    entity: str


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A normalised amount. A ``range`` has bounds and no value; an open bound is None. Units are the contract's.

    ``span`` is the number with its modifier and unit where contiguous ("plus de 3 000", "environ 20 ans");
    ``number`` is the bare number inside it; ``unit_span`` the unit's words, if any.
    """

    span: Span
    value: float | None
    lower: float | None
    upper: float | None
    qualifier: Qualifier
    unit: str | None
    number: Span
    unit_span: Span | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression; ``edtf`` is ISO 8601-2 level 1. ``reason`` says why an unresolved one has none."""

    span: Span
    edtf: str | None
    basis: Basis
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A part played in a fact: its words and, where they name an entity, its canonical name and key."""

    span: Span
    name: str | None = None
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """The word that attributes: "affirmer", "selon"."""

    lemma: str
    span: Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who the article says is the origin. ``cue`` is None where attribution is by continuity."""

    span: Span
    name: str | None
    entity: str | None
    cue: Cue | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """The normalised amount of a quantity fact; ``of`` is what is counted or measured."""

    anchor: Span
    value: float | None
    lower: float | None
    upper: float | None
    qualifier: Qualifier
    unit: str | None
    of: Role | None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Reported words, without their quotation marks and without the introducing "que"."""

    style: Literal["direct", "indirect"]
    content: Span


@dataclass(frozen=True, slots=True)
class Predicate:
    """What happened: an infinitive and the words that say it."""

    lemma: str
    span: Span


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom; in the passive the agent is the subject and the patient the object."""

    predicate: Predicate
    subject: Role | None
    object: Role | None


@dataclass(frozen=True, slots=True)
class Extractor:
    """Which rules found a fact, and in which version."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement that the article makes; exactly one of ``quantity``, ``quotation``, ``event`` is present."""

    kind: FactKind
    evidence: Span
    extractor: Extractor
    confidence: float
    attribution: Attribution | None = None
    polarity: Polarity = "affirmed"
    modality: Modality = "asserted"
    time: TimeMention | None = None
    place: Role | None = None
    quantity: Quantity | None = None
    quotation: Quotation | None = None
    event: Event | None = None

    @property
    def focus(self) -> Span:
        """The span that tells two facts of one evidence apart: anchor, content or predicate."""
        if self.quantity is not None:
            return self.quantity.anchor
        if self.quotation is not None:
            return self.quotation.content
        if self.event is not None:
            return self.event.predicate.span
        raise ValueError("a fact has a quantity, a quotation or an event")


@dataclass(frozen=True, slots=True)
class Document:
    """The whole answer for one article. ``denials`` pairs a fact that denies with the fact that it disputes.

    ``version`` names what made it: the extractor's own version, or another where a part of its work was not done.
    """

    language: str
    text_sha256: str
    passages: tuple[Passage, ...]
    entities: tuple[EntityMention, ...] = ()
    quantities: tuple[QuantityMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    facts: tuple[Fact, ...] = ()
    denials: tuple[tuple[int, int], ...] = ()
    demonyms: tuple[DemonymMention, ...] = ()
    version: str = field(kw_only=True)
