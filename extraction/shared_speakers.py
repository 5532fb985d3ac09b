"""Whose report a second cue of a sentence goes on with: "a dit que P et nie que Q", "…, ajoutant que Q"."""

from __future__ import annotations

from extraction.appositions import past_appositions
from extraction.clause_extent import is_participle, reports_again
from extraction.content_clauses import BETWEEN, find_complementiser
from extraction.noun_phrases import Mention, may_speak, phrase_from
from extraction.sentence_subjects import opening_subject
from extraction.source_markers import phrase_ending
from extraction.speech_reader import SpeechReader, VerbGroup
from extraction.subjects import best_subject
from extraction.tagged_speech import incise_speaker


def first_cue_speaker(reader: SpeechReader, group: VerbGroup) -> Mention | None:
    """The speaker of the cue that "and" joins a second one to ("insisted that P and denied that Q")."""
    if not reader.word_is(group.first - 1, "joints"):
        return None
    for i in range(reader.sentence_of[group.verb].start, group.first - 1):
        before = reader.find_group(i) if i not in reader.quote_of and reader.is_verbal(i) else None
        if before is not None and not before.passive and reports_again(reader, group.first - 1, i):
            return best_subject(reader, before)
    return None


def narrator(reader: SpeechReader, group: VerbGroup) -> Mention | None:
    """Who speaks in an infinitive that narrates: "Et l'élue de rappeler que P", "…, avant d'ajouter : « … »"."""
    link = group.first - 1
    sentence = reader.sentence_of[group.verb]
    infinitive = reader.tokens[group.verb].has("VerbForm=Inf")
    if not infinitive or link < sentence.start or not reader.word_is(link, "narrative_infinitives"):
        return None
    if link > sentence.start and reader.word_is(link - 1, "before"):
        return _tag_speaker_before(reader, sentence, link) or opening_subject(reader, sentence)
    start = sentence.start + reader.word_is(sentence.start, "and")
    if start == link and sentence.start > 0:
        previous = reader.sentence_of[sentence.start - 1]
        return _tag_speaker_before(reader, previous, previous.stop) or opening_subject(reader, previous)
    mention = phrase_from(reader, start, link) if start < link else None
    return mention if mention is not None and mention.after == link and may_speak(reader, mention) else None


def _tag_speaker_before(reader: SpeechReader, sentence: range, limit: int) -> Mention | None:
    """The speaker of the last tag of a sentence before a token."""
    for i in range(limit - 1, sentence.start, -1):
        group = reader.find_group(i) if i not in reader.quote_of and reader.is_verbal(i) else None
        mention = incise_speaker(reader, group) if group is not None else None
        if mention is not None:
            return mention
    return None


def shared_speaker(reader: SpeechReader, group: VerbGroup) -> Mention | None:
    """The speaker of the report before, which a participle goes on with ("a dit que P, ajoutant que Q")."""
    opening = group.first
    while opening > 0 and reader.word_is(opening - 1, "gerund_leads"):
        opening -= 1
    gerund = opening < group.first or reader.word_is(group.first, "gerund_leads")
    if not is_participle(reader, group.verb) or not (gerund or reader.words[opening - 1] == ","):
        return None
    sentence = reader.sentence_of[group.verb]
    own = _absolute_subject(reader, opening) if not gerund else None
    if own is not None:
        return own
    for i in range(opening - 1, sentence.start, -1):
        earlier = reader.find_group(i) if i not in reader.quote_of and reader.is_verbal(i) else None
        if earlier is None or is_participle(reader, i):
            continue
        inverted = incise_speaker(reader, earlier)
        if inverted is not None:
            return inverted
        if find_complementiser(reader, earlier) is not None:
            return best_subject(reader, earlier)
    return opening_subject(reader, sentence) if gerund else None


def _absolute_subject(reader: SpeechReader, participle: int) -> Mention | None:
    """The participle's own subject between commas ("…, son porte-parole, Anna Weber, affirmant que P")."""
    limit = reader.sentence_of[participle].start
    for start in range(participle - 1, limit, -1):
        if start in reader.quote_of or reader.words[start] in {";", ":"}:
            break
        if reader.words[start - 1] != ",":
            continue
        mention = phrase_from(reader, start, participle)
        if mention is None or mention.pronoun is not None or not may_speak(reader, mention):
            continue
        if past_appositions(reader, mention.after, participle + 1) == participle and mention.after < participle:
            described = _is_described(reader, start - 1)
            return None if described else mention
    return None


def _is_described(reader: SpeechReader, comma: int) -> bool:
    """Whether a name or a noun that is able to speak stands before a comma, which what follows then describes."""
    start = max(reader.sentence_of[comma].start, comma - BETWEEN)
    before = phrase_ending(reader, start, comma)
    return before is not None and may_speak(reader, before)
