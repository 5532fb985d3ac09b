"""What an event says besides: whose statement it is, whether it holds, when and where."""

from __future__ import annotations

from dataclasses import replace

from extraction.attribution import attribution_for
from extraction.document import Attribution, Fact, Modality
from extraction.llm.context import Context, Place
from extraction.llm.locating import Refused
from extraction.llm.sources import find_source
from extraction.source_markers import marker_at
from extraction.spans import Span
from extraction.speech_reader import SpeechReader


def stated(context: Context, place: Place, fact: Fact) -> Fact:
    """The fact, as our grammar reads it, with what the model says besides where both agree. Raises Refused.

    A wrong polarity turns a fact round, a lost attribution makes an article say what it only reports: a disagreement
    about either condemns the fact. A time or a place that cannot be read is left out.
    """
    proposal = place.proposal
    if proposal.polarity != fact.polarity:
        raise Refused("polarity")
    if not _agrees(proposal.modality, fact.modality):
        raise Refused("modality")
    attribution = _attribution(context, place, fact)
    given = context.optional(place, "time")
    time = fact.time or context.time_at(given)
    if given is not None and time is not None and not time.span.overlaps(given):
        time = None
    where = context.optional(place, "place")
    return replace(fact, attribution=attribution, time=time, place=fact.place or context.place_at(where))


def _agrees(one: Modality, other: Modality) -> bool:
    """Planned or possible are near each other; both are far from what has happened."""
    return (one == "asserted") == (other == "asserted")


def _attribution(context: Context, place: Place, fact: Fact) -> Attribution | None:
    ours = attribution_for(fact.focus, context.scopes)
    speaker = context.optional(place, "speaker")
    if ours is not None:
        if speaker is not None and not _same(context, ours, speaker):
            raise Refused("attribution")
        return ours
    if speaker is None:
        if _may_be_reported(context, place, fact.focus):
            raise Refused("attribution")
        return None
    cue = context.optional(place, "cue")
    source = find_source(context, place, speaker, cue, spoken=False) if cue is not None else None
    if source is None or source.stance not in {"say", "show"} or source.negated:
        raise Refused("attribution")
    reader = context.speech(place)
    focus = reader.tokens_of(fact.focus)
    if not focus or reader.sentence_of[focus.start] != reader.sentence_of[source.block.start]:
        raise Refused("attribution")
    return source.attribution


def _same(context: Context, ours: Attribution, speaker: Span) -> bool:
    if ours.span.overlaps(speaker):
        return True
    return any(e.entity == ours.entity for e in context.parsed.entities if speaker.contains(e.span))


def _may_be_reported(context: Context, place: Place, focus: Span) -> bool:
    """Whether the words stand in quotation marks, or in a sentence that reports, and we do not know whose they are."""
    if any(quote.span.contains(focus) for quote in context.quotes):
        return True
    reader = context.speech(place)
    sentence = reader.sentence_of.get(reader.token_at(focus.start), range(0))
    own = reader.tokens_of(focus)
    return any(marker_at(reader, i) is not None or (i not in own and _reports(reader, i)) for i in sentence)


def _reports(reader: SpeechReader, at: int) -> bool:
    """Whether a verb may have a whole clause as what somebody said, or holds it against somebody."""
    group = reader.find_group(at) if reader.is_verbal(at) else None
    return group is not None and ("clause" in group.cue.frames or group.cue.stance in {"accuse", "deny"})
