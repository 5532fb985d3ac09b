"""Direct quotations: words in quotation marks that the text attributes to a speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extraction.bare_speech import subject_first_tag
from extraction.cut_quotes import cut_by_tag
from extraction.fragments import (
    SHORTEST_FRAGMENT,
    governed,
    hides_the_speaker,
    inner_cue,
    is_name,
    speaker_of,
    taken_in,
)
from extraction.noun_phrases import Mention, find_noun, phrase_from
from extraction.open_tags import is_person, open_tag
from extraction.quote_marks import Quote
from extraction.reports import FRAGMENT, LOOSE, TAGGED, Report, quoted, word_count
from extraction.source_markers import marker_at
from extraction.speech_reader import SpeechReader
from extraction.standing_speech import continued, foreshadowed, only_named, previous_person, standing
from extraction.subjects import find_subject
from extraction.tagged_speech import incise_speaker, name_before_colon


def find_direct(reader: SpeechReader, indirect: Sequence[Report], before: Report | None) -> list[Report]:
    """The direct quotations of a passage, in order.

    ``indirect`` are the passage's reports; ``before`` is the quotation that the passage before ended with, if any.
    """
    found: list[Report] = []
    for quote in reader.quotes:
        positions = reader.tokens_of(quote.span)
        if positions and len(quote.content) and not is_name(reader, positions.start, positions.stop):
            found += _reports(reader, quote, positions, indirect, found[-1] if found else before)
    return found


def _reports(
    reader: SpeechReader, quote: Quote, at: range, indirect: Sequence[Report], last: Report | None
) -> list[Report]:
    """The report of one quotation, or of its parts; the more explicit readings come first."""
    cut = cut_by_tag(reader, quote, at.start, at.stop)
    if cut:
        return cut
    report = (
        _tagged(reader, quote, at.start, at.stop)
        or _announced(reader, quote, at.start, last)
        or governed(reader, quote, at.start, indirect)
        or _tag_beyond(reader, quote, at.start, at.stop)
        or continued(reader, quote, at.start, last)
        or foreshadowed(reader, quote, at.start, at.stop)
        or standing(reader, quote, at, last)
        or taken_in(reader, quote, at.start)
    )
    return [report] if report is not None else []


def _own_words(report: Report) -> Report:
    """A quotation beside a denial states what the speaker says, and is not what is denied."""
    return replace(report, stance="say" if report.stance == "deny" else report.stance, negated=False)


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
                return _own_words(quoted(reader, quote, group, mention, TAGGED))
    tag = subject_first_tag(reader, at)
    if tag is not None:
        return quoted(reader, quote, *tag, TAGGED)
    late = _late_cue(reader, quote, at)
    opened = open_tag(reader, quote, first, at) if late is None else None
    return quoted(reader, quote, *opened, LOOSE) if opened is not None else late


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
        if mention is not None and opens and not group.passive and (long or reader.words[first - 1] == ","):
            return quoted(reader, quote, group, mention, TAGGED)
    for group in reader.groups_in(after, sentence.stop) if long else ():
        mention = incise_speaker(reader, group)
        if mention is not None and not group.passive:
            return quoted(reader, quote, group, mention, FRAGMENT)
    return None


def _announced(reader: SpeechReader, quote: Quote, first: int, before: Report | None) -> Report | None:
    """Reads "X a déclaré : « … »", "X : « … »"; without a cue verb the sentence's subject must be a person."""
    colon = first - 1
    sentence = reader.sentence_of[first]
    if colon < sentence.start or reader.words[colon] not in {":", ","}:
        return None
    if reader.words[colon] == "," and not (reader.lexicon.bare_clauses and reader.find_group(colon - 1)):
        return None
    for group in reversed(list(reader.groups_in(sentence.start, colon))):
        if any(reader.tokens[k].has("VerbForm=Inf") for k in range(group.first, group.verb)):
            continue  # "a nié avoir dit : « … »"
        mention = speaker_of(reader, group)
        infinitive = reader.tokens[group.verb].has("VerbForm=Inf")
        if (
            infinitive
            and before is not None
            and reader.word_is(max(group.first - 1, 0), "narrative_infinitives")
            and group.first < sentence.start + 3
        ):
            mention = before.mention  # "Et d'ajouter : « … »"
        elif infinitive and group.cue.stance == "think":
            continue
        if mention is not None and reader.is_verbal(group.verb):
            return _own_words(quoted(reader, quote, group, mention, TAGGED))
    named = name_before_colon(reader, colon)
    alone = named or _main_subject(reader, sentence.start, colon)
    if alone is None and not any(reader.tokens[i].has("VerbForm=Fin") for i in range(sentence.start, colon)):
        alone = only_named(reader, range(sentence.start, colon)) or previous_person(reader, first)
    if alone is None or not (is_person(reader, alone) or (named is not None and _is_body(reader, named))):
        return None
    return Report(reader, "direct", quote.content, alone, None, None, "say", LOOSE, quote=quote.outer)


def _main_subject(reader: SpeechReader, first: int, after: int) -> Mention | None:
    for i in range(first, after):
        token = reader.tokens[i]
        if token.pos in {"VERB", "AUX"} and (token.dep == "ROOT" or reader.tokens[token.head].i == i):
            return find_subject(reader, i)
    return None


def _is_body(reader: SpeechReader, mention: Mention) -> bool:
    noun = find_noun(reader, mention)
    return noun is not None and noun.kind in {"institution", "group"}
