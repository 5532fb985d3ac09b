"""Direct quotations: words in quotation marks that the text attributes to a speaker."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.announced_speech import announced
from extraction.bare_speech import subject_first_tag
from extraction.cut_quotes import cut_by_tag
from extraction.fragments import (
    SHORTEST_FRAGMENT,
    governed,
    hides_the_speaker,
    inner_cue,
    is_name,
    sourced,
    taken_in,
)
from extraction.noun_phrases import phrase_from
from extraction.open_tags import open_tag
from extraction.quote_marks import Quote
from extraction.reports import FRAGMENT, LOOSE, TAGGED, Report, own_words, quoted, word_count
from extraction.signatures import echoed, signed
from extraction.source_markers import marker_at
from extraction.speech_reader import SpeechReader
from extraction.standing_speech import Before, carried, continued, foreshadowed, standing
from extraction.tag_subjects import subject_beyond
from extraction.tagged_speech import incise_speaker


def find_direct(reader: SpeechReader, indirect: Sequence[Report], before: Before) -> list[Report]:
    """The direct quotations of a passage, in order.

    ``indirect`` are the passage's reports; ``before`` says what the passage before it left.
    """
    found: list[Report] = []
    for quote in reader.quotes:
        positions = reader.tokens_of(quote.span)
        if positions and len(quote.content) and not is_name(reader, positions.start, positions.stop):
            found += _reports(reader, quote, positions, indirect, found[-1] if found else before.last, before)
    return found


def _reports(
    reader: SpeechReader, quote: Quote, at: range, indirect: Sequence[Report], last: Report | None, before: Before
) -> list[Report]:
    """The report of one quotation, or of its parts; the more explicit readings come first."""
    cut = cut_by_tag(reader, quote, at.start, at.stop)
    if cut:
        return cut
    report = (
        _tagged(reader, quote, at.start, at.stop)
        or announced(reader, quote, at.start, last)
        or governed(reader, quote, at.start, indirect)
        or _tag_beyond(reader, quote, at.start, at.stop)
        or continued(reader, quote, at.start, last)
        or signed(reader, quote, at.start, at.stop)
        or echoed(reader, quote, at)
        or foreshadowed(reader, quote, at.start, at.stop)
        or standing(reader, quote, at, last)
        or carried(reader, quote, at, before)
        or sourced(reader, quote, at.start)
        or taken_in(reader, quote, at.start)
    )
    return [report] if report is not None else []


def _tagged(reader: SpeechReader, quote: Quote, first: int, after: int) -> Report | None:
    """The tag behind the quotation, or the one that stands between it and the next."""
    at = after
    while at < len(reader.tokens) and reader.words[at] in {",", "–", "—", "-", "("} and at - after < 2:
        at += 1
    if at >= len(reader.tokens) or at not in reader.sentence_of[first]:
        return None
    source = marker_at(reader, at)
    if source is not None and not inner_cue(reader, first):
        cue = reader.span(source.first, max(source.first + 1, source.mention.first))
        return Report(
            reader, "direct", quote.content, source.mention, source.marker.lemma, cue, "say", TAGGED, quote=quote.outer
        )
    for group in reader.groups_in(at, min(at + 6, len(reader.tokens))):
        if group.first == at and not group.passive:
            mention = incise_speaker(reader, group)
            if mention is not None:
                return own_words(quoted(reader, quote, group, mention, TAGGED))
    told = _narrated(reader, quote, at)
    if told is not None:
        return told
    tag = subject_first_tag(reader, at)
    if tag is not None:
        return quoted(reader, quote, *tag, TAGGED)
    late = _late_cue(reader, quote, at)
    opened = open_tag(reader, quote, first, at) if late is None else None
    return quoted(reader, quote, *opened, LOOSE) if opened is not None else late


def _narrated(reader: SpeechReader, quote: Quote, at: int) -> Report | None:
    """Reads "« … », de dire de son côté Anna Weber": an infinitive that narrates as the tag."""
    if not reader.word_is(at, "narrative_infinitives") or at + 1 not in reader.sentence_of[at]:
        return None
    group = reader.find_group(at + 1)
    if group is None or not reader.tokens[group.verb].has("VerbForm=Inf"):
        return None
    mention = subject_beyond(reader, group.after, reader.sentence_of[at].stop)
    return quoted(reader, quote, group, mention, LOOSE) if mention is not None else None


def _late_cue(reader: SpeechReader, quote: Quote, at: int) -> Report | None:
    """Reads "a-t-elle tenu à rassurer": the subject stands in the auxiliary, the cue verb further on."""
    inverted = next((i for i in range(at, min(at + 4, len(reader.tokens))) if reader.inverted_at(i) is not None), None)
    if inverted is None or inverted in reader.quote_of:
        return None
    mention = phrase_from(reader, inverted)
    for group in reader.groups_in(inverted + 1, min(inverted + 6, len(reader.tokens))):
        if mention is not None and not hides_the_speaker(reader, mention):
            return quoted(reader, quote, group, mention, TAGGED)
    return None


def _tag_beyond(reader: SpeechReader, quote: Quote, first: int, after: int) -> Report | None:
    """A tag between two parts of one quotation serves the second too; one at the sentence's end serves all before."""
    sentence = reader.sentence_of[first]
    long = word_count(quote.content.of(reader.text)) >= SHORTEST_FRAGMENT
    for group in reader.groups_in(sentence.start, first):
        mention = incise_speaker(reader, group)
        before = reader.words[max(group.first - 1, 0)]
        opens = (group.first > sentence.start and group.first - 1 in reader.quote_of) or before == ","
        opens = opens or reader.lexicon.has("as_joints", before)
        if mention is not None and opens and not group.passive and (long or reader.words[first - 1] == ","):
            return quoted(reader, quote, group, mention, TAGGED)
    for group in reader.groups_in(after, sentence.stop) if long else ():
        mention = incise_speaker(reader, group)
        if mention is not None and not group.passive:
            return quoted(reader, quote, group, mention, FRAGMENT)
    return None
