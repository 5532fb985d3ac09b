"""Quotations that a model points to: the words between marks as a whole, or a clause right behind its cue."""

from __future__ import annotations

from extraction.document import Extractor, Fact, Polarity, Quotation
from extraction.llm.context import Context, Place
from extraction.llm.locating import Refused
from extraction.llm.sources import Source, find_source, joins, scope_of
from extraction.quote_marks import Quote
from extraction.spans import Span
from extraction.speech_reader import SpeechReader

CONFIDENCE = 0.5
_CLOSING = " .,;:!?…\u00a0\u202f"
_FEWEST_WORDS = 3


def check_quotation(context: Context, place: Place, extractor: Extractor) -> Fact:
    """The fact; its words join the article's scopes. Raises Refused."""
    proposal, reader = place.proposal, context.speech(place)
    direct = proposal.style == "direct"
    content = _content(context, context.inside(place, proposal.focus), direct=direct)
    context.refuse_known("quotation", content)
    speaker, cue = context.optional(place, "speaker"), context.optional(place, "cue")
    if speaker is None:
        raise Refused("speaker")
    source = find_source(context, place, speaker, cue, spoken=direct)
    quote = next((q for q in context.quotes if q.span.contains(content)), None) if direct else None
    outer = content if quote is None else quote.span
    if not joins(reader, source, reader.tokens_of(outer)) or not _introduces(reader, source, outer, direct=direct):
        raise Refused("attribution")
    polarity: Polarity = "denied" if source.stance == "deny" else "negated" if source.negated else "affirmed"
    if proposal.polarity != polarity:
        raise Refused("polarity")
    context.scopes.append(scope_of(source, content, direct=direct))
    return Fact(
        kind="quotation",
        evidence=_around(outer, source),
        extractor=extractor,
        confidence=CONFIDENCE,
        attribution=source.attribution,
        polarity=polarity,
        quotation=Quotation("direct" if direct else "indirect", content),
    )


def _content(context: Context, words: Span, *, direct: bool) -> Span:
    """The quoted words as a whole, since a part may say the contrary; reported ones stand outside of marks."""
    around = next((quote for quote in context.quotes if quote.span.overlaps(words)), None)
    if not direct:
        if around is not None and around.span.contains(words):
            raise Refused("style")
        if len(words.of(context.text).split()) < _FEWEST_WORDS:
            raise Refused("content")
        return words
    if around is None:
        raise Refused("style")
    if _bare(context, around) != words.strip(context.text, _CLOSING + '«»“”"„'):
        raise Refused("content")
    return around.content


def _bare(context: Context, quote: Quote) -> Span:
    return quote.content.strip(context.text, _CLOSING + '«»“”"„')


def _introduces(reader: SpeechReader, source: Source, outer: Span, *, direct: bool) -> bool:
    """Whether what stands between the source and its words is what introduces such words, and nothing else."""
    first = reader.token_at(outer.start)
    before = reader.words[first - 1] if first else ""
    ahead = source.block.stop <= first
    cue = source.attribution.cue
    if cue is None:
        return direct and ahead and reader.words[source.block.stop : first] == [":"]
    if direct or not ahead:
        return True
    if cue.lemma in {marker.lemma for marker in reader.lexicon.markers}:
        return before == ","
    if source.stance == "ask":
        return False
    bare = reader.lexicon.bare_clauses and source.block.stop == first
    return before in reader.lexicon.complementisers or bare


def _around(outer: Span, source: Source) -> Span:
    cue = source.attribution.cue
    parts = [outer, source.attribution.span, *([cue.span] if cue is not None else [])]
    return Span(min(part.start for part in parts), max(part.end for part in parts))
