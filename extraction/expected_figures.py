"""Figures that somebody expects, promises, claims or admits: "les analystes tablent sur 3 %", "has pledged £40m".

No words are reported, so that this is no quotation; but the figure is theirs, not the article's.
"""

from __future__ import annotations

from collections.abc import Iterator

from extraction.noun_phrases import Mention, cannot_speak, may_speak
from extraction.reports import MARKER, Report
from extraction.sentence_subjects import opening_subject
from extraction.speech_reader import SpeechReader
from extraction.subjects import find_subject

_ENDS = frozenset({",", ";", ":", "(", ")", "–", "—", ".", "?", "!"})
_FARTHEST_INFINITIVE = 5


def find_expected_figures(reader: SpeechReader) -> Iterator[Report]:
    """The complement of each verb of expecting that holds a figure, with the verb's subject as its source."""
    for sentence in reader.sentences:
        for at in sentence:
            if at in reader.quote_of or not _expects(reader, at):
                continue
            mention = _expectant(reader, at, sentence)
            first, end = at + 1, _complement_end(reader, at + 1, sentence.stop)
            if mention is None or not any(_is_figure(reader, i) for i in range(first, end)):
                continue
            token = reader.tokens[at]
            yield Report(
                reader, "indirect", reader.span(first, end), mention, token.lemma, token.span, "say", MARKER, verb=at
            )


def _expects(reader: SpeechReader, at: int) -> bool:
    """Whether a verb in the active gives somebody's expectation; intending is one before an infinitive only."""
    token, lexicon = reader.tokens[at], reader.lexicon
    if token.pos not in {"VERB", "AUX"}:
        return False
    if token.has("VerbForm=Part") and not _is_perfect(reader, at):
        return False
    if lexicon.has("intending_verbs", token.lemma):
        return not token.has("VerbForm=Part") and _before_infinitive(reader, at)
    told = reader.word_is(min(at + 1, len(reader.words) - 1), "stating_objects") and lexicon.has(
        "stating_verbs", token.lemma
    )
    return told or lexicon.has("expecting_verbs", token.lemma)


def _before_infinitive(reader: SpeechReader, at: int) -> bool:
    behind = range(at + 1, min(at + _FARTHEST_INFINITIVE, len(reader.tokens)))
    return any(reader.tokens[i].has("VerbForm=Inf") for i in behind)


def _is_perfect(reader: SpeechReader, at: int) -> bool:
    helpers = [reader.tokens[i] for i in range(max(0, at - 3), at) if reader.tokens[i].pos == "AUX"]
    return bool(helpers) and all(reader.lexicon.has("perfect_auxiliaries", helper.lemma) for helper in helpers)


def _expectant(reader: SpeechReader, at: int, sentence: range) -> Mention | None:
    mention = find_subject(reader, at) or opening_subject(reader, sentence)
    if mention is None or cannot_speak(reader, mention):
        return None
    # Who promises or threatens to do something is somebody.
    return mention if _before_infinitive(reader, at) or may_speak(reader, mention) else None


def _complement_end(reader: SpeechReader, first: int, stop: int) -> int:
    at = first
    if reader.words[first : first + 1] == [","] and reader.words[first + 2 : first + 3] == [","]:
        at = first + 3  # "tablaient, eux, sur"
    while at < stop and not _ends(reader, at) and not reader.tokens[at].has("VerbForm=Fin"):
        at += 1
    return at


def _ends(reader: SpeechReader, at: int) -> bool:
    return reader.words[at] in _ENDS or reader.word_is(at, "but") or reader.word_is(at, "contrasting")


def _is_figure(reader: SpeechReader, at: int) -> bool:
    """A number, unless it counts a time that is waited ("attend trois heures")."""
    number = reader.words[at][0].isdigit() or reader.tokens[at].pos == "NUM"
    behind = reader.words[at + 1] if at + 1 < len(reader.words) else ""
    return number and behind not in reader.lexicon.times and behind.removesuffix("s") not in reader.lexicon.times
