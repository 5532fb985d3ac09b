"""Statements that the next sentence gives to a source: "P. C'est ce qu'a annoncé le département"."""

from __future__ import annotations

from collections.abc import Iterator

from extraction.clause_extent import clause_start
from extraction.noun_phrases import Mention, may_speak
from extraction.reports import INFINITIVE, Report
from extraction.speech_reader import SpeechReader, VerbGroup
from extraction.subjects import best_subject
from extraction.tag_subjects import subject_after

_LONGEST_OPENING = 7
_LONGEST_CUE = 12


def find_taken_up(reader: SpeechReader) -> Iterator[Report]:
    """Every sentence whose source stands in the sentence behind it."""
    for sentence, following in zip(reader.sentences, reader.sentences[1:], strict=False):
        after = _opening(reader, following)
        group = _cue(reader, after, following) if after is not None else None
        mention = _source(reader, group) if group is not None else None
        if group is None or mention is None or any(i in reader.quote_of for i in sentence):
            continue
        start, end = clause_start(reader, sentence.start, sentence.stop), reader.sentence_end(sentence.start)
        if start < end and any(reader.tokens[i].has("VerbForm=Fin") for i in range(start, end)):
            cue = reader.span(group.first, group.after)
            content = reader.span(start, end)
            yield Report(
                reader,
                "indirect",
                content,
                mention,
                group.cue.lemma,
                cue,
                group.cue.stance,
                INFINITIVE,
                verb=group.verb,
            )


def _opening(reader: SpeechReader, sentence: range) -> int | None:
    """The token behind "C'est ce que" at the start of a sentence."""
    for length in range(_LONGEST_OPENING, 2, -1):
        if length < len(sentence):
            words = " ".join(reader.words[sentence.start : sentence.start + length])
            if reader.lexicon.has("that_openers", words):
                return sentence.start + length
    return None


def _cue(reader: SpeechReader, start: int, sentence: range) -> VerbGroup | None:
    for i in range(start, min(start + _LONGEST_CUE, sentence.stop)):
        group = reader.find_group(i)
        if group is not None and "clause" in group.cue.frames and not group.passive:
            return group
    return None


def _source(reader: SpeechReader, group: VerbGroup) -> Mention | None:
    mention = subject_after(reader, group) or best_subject(reader, group)
    return mention if mention is not None and may_speak(reader, mention) else None
