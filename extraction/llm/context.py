"""What the rules know of an article, looked up passage by passage while a model's facts are checked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from extraction.analysis import Analysis, Parsed
from extraction.attribution import Scope
from extraction.clauses import Clause, find_clauses
from extraction.document import EntityMention, Fact, Passage, Role, TimeMention
from extraction.entities import entities_in
from extraction.event_lexicon import load_event_lexicon
from extraction.grounds import Grounds
from extraction.lexicon import load_lexicon
from extraction.llm.answer import Kind, Proposal
from extraction.llm.locating import Refused, find_once, same_length_view
from extraction.phrases import Reading, readings
from extraction.quote_marks import Quote, find_quotes
from extraction.spans import Span
from extraction.speakers import Speakers
from extraction.speech_reader import SpeechReader
from extraction.status import StatusReader


@dataclass(frozen=True, slots=True)
class Place:
    """A proposal's passage, the position of its analysis, and where its evidence stands."""

    proposal: Proposal
    analysis: int
    evidence: Span


class Context:
    """One article. ``scopes`` and ``known`` grow by what is believed, since later facts depend on it."""

    def __init__(self, grounds: Grounds, parsed: Parsed) -> None:
        self.parsed, self.document = parsed, grounds.document
        self.text, self.view = parsed.text, same_length_view(parsed.text)
        self.scopes: list[Scope] = list(grounds.scopes)
        self.known: list[Fact] = list(grounds.document.facts)
        self._analysis_of = {analysis.passage: at for at, analysis in enumerate(parsed.analyses)}
        self._readings: dict[int, tuple[Reading, dict[int, Clause]]] = {}

    def locate(self, proposal: Proposal, asked: Collection[int]) -> Place:
        """Where the evidence stands, once, in the passage that the proposal names, else in one of those asked about.

        Raises Refused for a passage that was not asked about and for evidence that is not there or there twice.
        """
        if proposal.passage is not None and proposal.passage not in asked:
            raise Refused("passage")
        among = asked if proposal.passage is None else [proposal.passage]
        passages: list[tuple[int, Passage]] = [(at, self.document.passages[at]) for at in among]
        found = [(at, find_once(self.view, proposal.evidence, passage.span)) for at, passage in passages]
        there = [(at, span) for at, span in found if span is not None]
        if len(there) != 1 or there[0][0] not in self._analysis_of:
            raise Refused("evidence")
        at, evidence = there[0]
        return Place(proposal, self._analysis_of[at], evidence)

    def refuse_known(self, kind: Kind, focus: Span) -> None:
        """Raise Refused where a fact of the kind is about some of the words: the rules, and who came first, win."""
        if any(fact.kind == kind and fact.focus.overlaps(focus) for fact in self.known):
            raise Refused("duplicate")

    def inside(self, place: Place, words: str) -> Span:
        """Where words stand inside the evidence. Raises Refused."""
        found = find_once(self.view, words, place.evidence)
        if found is None:
            raise Refused("words")
        return found

    def optional(self, place: Place, name: str) -> Span | None:
        """Where an optional member's words stand inside the evidence; None for none. Raises Refused."""
        words = place.proposal.words.get(name)
        return None if words is None else self.inside(place, words)

    def analysis(self, place: Place) -> Analysis:
        """The grammar of the passage."""
        return self.parsed.analyses[place.analysis]

    def reading(self, place: Place) -> tuple[Reading, dict[int, Clause]]:
        """The passage as the rules for events read it, with its clauses by the position of their verbs."""
        if place.analysis not in self._readings:
            alone = replace(self.parsed, analyses=[self.analysis(place)])
            (reading,) = readings(alone, load_event_lexicon(self.parsed.language))
            self._readings[place.analysis] = reading, {clause.verb: clause for clause in find_clauses(reading)}
        return self._readings[place.analysis]

    def status(self, place: Place) -> StatusReader:
        """Polarity and modality of the passage's clauses, as far as it is known by now whose words they are."""
        reading, clauses = self.reading(place)
        return StatusReader(reading, clauses, self.scopes)

    def speech(self, place: Place) -> SpeechReader:
        """The passage as the rules for quotations read it."""
        return self._speech_readers[place.analysis]

    @cached_property
    def quotes(self) -> list[Quote]:
        """Everything in quotation marks."""
        clipped = load_lexicon(self.parsed.language).clipped
        return find_quotes(self.text, [analysis.span for analysis in self.parsed.analyses], clipped)

    @cached_property
    def speakers(self) -> Speakers:
        """Who descriptions and surnames stand for."""
        return Speakers(self.parsed, self._speech_readers, load_lexicon(self.parsed.language))

    @cached_property
    def _speech_readers(self) -> list[SpeechReader]:
        lexicon = load_lexicon(self.parsed.language)
        return [
            SpeechReader(
                self.text, a, lexicon, [q for q in self.quotes if a.span.contains(q.span)], entities_in(self.parsed, a)
            )
            for a in self.parsed.analyses
        ]

    def time_at(self, span: Span | None) -> TimeMention | None:
        """The time expression of ours that words are, in whole or in part; None where they are none."""
        mentions = self.parsed.times if span is not None else ()
        return next((m for m in mentions if span is not None and m.span.overlaps(span)), None)

    def place_at(self, span: Span | None) -> Role | None:
        """The place that words name; None where they name none that we know of."""
        if span is None:
            return None
        names: list[EntityMention] = [e for e in self.parsed.entities if span.contains(e.span)]
        found = next((e for e in names if e.type == "place"), None)
        return None if found is None else Role(span, found.name, found.entity)
