"""Quotations that a colon announces: "X a déclaré : « … »", "X : « … »", "Et d'ajouter : « … »"."""

from __future__ import annotations

from extraction.fragments import speaker_of
from extraction.noun_phrases import Mention, find_noun, may_speak, phrase_from
from extraction.open_tags import is_person
from extraction.quote_marks import Quote
from extraction.reports import LOOSE, TAGGED, Report, own_words, quoted
from extraction.shared_speakers import narrator
from extraction.signatures import owner_of
from extraction.speech_reader import SpeechReader, VerbGroup
from extraction.standing_speech import only_named, previous_person
from extraction.subjects import find_subject
from extraction.tag_subjects import subject_after
from extraction.tagged_speech import name_before_colon

_HEADS = frozenset({"VERB", "AUX", "ADJ", "NOUN"})


def announced(reader: SpeechReader, quote: Quote, first: int, before: Report | None) -> Report | None:
    """The report of a quotation behind a colon; without a cue verb the sentence's subject must be a person.

    ``before`` is the quotation before, whose speaker goes on in "Et d'ajouter : « … »".
    """
    colon = first - 1
    sentence = reader.sentence_of[first]
    if colon < sentence.start or reader.words[colon] not in {":", ","}:
        return None
    if reader.words[colon] == "," and not (reader.lexicon.bare_clauses and reader.find_group(colon - 1)):
        return None
    for group in reversed(list(reader.groups_in(sentence.start, colon))):
        if any(reader.tokens[k].has("VerbForm=Inf") for k in range(group.first, group.verb)):
            continue  # "a nié avoir dit : « … »"
        if _is_subordinate(reader, group, colon):
            continue
        mention = _announcer(reader, group, colon, before)
        if mention is not None and reader.is_verbal(group.verb):
            return own_words(quoted(reader, quote, group, mention, TAGGED))
    named = owner_of(reader, sentence.start) or name_before_colon(reader, colon)
    alone = named or _without_cue(reader, sentence.start, colon)
    if alone is None or not (is_person(reader, alone) or (named is not None and _is_body(reader, named))):
        return None
    return Report(reader, "direct", quote.content, alone, None, None, "say", LOOSE, quote=quote.outer)


def _is_subordinate(reader: SpeechReader, group: VerbGroup, colon: int) -> bool:
    """Whether the main verb comes behind a cue, which so announces nothing ("ce qu'ils disent résume tout : « … »")."""
    for i in range(group.after, colon):
        if reader.word_is(i, "relatives"):
            return False
        finite = reader.tokens[i].has("VerbForm=Fin") and reader.tokens[i].pos == "VERB"
        if i not in reader.quote_of and (finite or (i == group.after and reader.find_group(i) is not None)):
            return True
    return False


def _announcer(reader: SpeechReader, group: VerbGroup, colon: int, before: Report | None) -> Mention | None:
    """Who announces with a cue verb: its subject, or the speaker before of an infinitive that narrates."""
    if not reader.tokens[group.verb].has("VerbForm=Inf"):
        inverted = subject_after(reader, group)  # "Ce que confirme cette dernière : « … »"
        closes = inverted is not None and inverted.after == colon and may_speak(reader, inverted)
        return inverted if closes and inverted is not None else speaker_of(reader, group)
    narrating = narrator(reader, group)
    if narrating is not None:
        return narrating
    opens = group.first < reader.sentence_of[group.verb].start + 3
    if before is not None and opens and reader.word_is(max(group.first - 1, 0), "narrative_infinitives"):
        return before.mention
    return None if group.cue.stance == "think" else speaker_of(reader, group)


def _without_cue(reader: SpeechReader, first: int, colon: int) -> Mention | None:
    alone = _main_subject(reader, first, colon)
    if alone is None and not any(reader.tokens[i].has("VerbForm=Fin") for i in range(first, colon)):
        return (
            only_named(reader, range(first, colon)) or _opening_person(reader, first) or previous_person(reader, first)
        )
    return alone


def _opening_person(reader: SpeechReader, first: int) -> Mention | None:
    """Reads "Un cadre du parti, sous couvert d'anonymat : « … »"."""
    mention = phrase_from(reader, first)
    closed = mention is not None and reader.words[mention.after : mention.after + 1] == [","]
    return mention if mention is not None and closed and is_person(reader, mention) else None


def _is_body(reader: SpeechReader, mention: Mention) -> bool:
    noun = find_noun(reader, mention)
    return noun is not None and noun.kind in {"institution", "group"}


def _main_subject(reader: SpeechReader, first: int, after: int) -> Mention | None:
    for i in range(first, after):
        token = reader.tokens[i]
        if token.pos in _HEADS and (token.dep == "ROOT" or reader.tokens[token.head].i == i):
            return find_subject(reader, i)
    return None
