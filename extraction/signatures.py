"""Quotations that a name signs: "« … », Anna Weber, maire", "« … » pour le ministre", or the line below them."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.noun_phrases import Mention, may_speak, phrase_from
from extraction.open_tags import is_person
from extraction.quote_marks import Quote
from extraction.reports import LOOSE, Report
from extraction.speech_reader import SpeechReader
from extraction.standing_speech import fills_passage

_LONGEST_SIGNATURE = 25
_LONGEST_ECHO = 6
_DASHES = frozenset({"-", "–", "—"})


def signed(reader: SpeechReader, quote: Quote, first: int, after: int) -> Report | None:
    """A quotation whose sentence ends with nothing but a name and its description, or with "pour" and a speaker."""
    sentence = reader.sentence_of[first]
    if first != sentence.start or after >= sentence.stop:
        return None
    if reader.words[after] == ":":
        owner = owner_of(reader, after + 1)
        return _signed(reader, quote, owner) if owner is not None else None
    at = after + (reader.words[after] in {",", "(", *_DASHES})
    mention = _signature(reader, at, sentence.stop) if at > after else _opinion_of(reader, quote, at)
    return _signed(reader, quote, mention) if mention is not None else None


def signed_below(reader: SpeechReader, following: SpeechReader | None) -> list[Report]:
    """A paragraph of nothing but quoted words, with who says them on the line below."""
    quote = reader.quotes[0] if len(reader.quotes) == 1 else None
    if quote is None or following is None or following.quotes or not fills_passage(reader, quote):
        return []
    start = 1 if following.words and following.words[0] in _DASHES else 0
    mention = _signature(following, start, len(following.tokens)) if start < len(following.tokens) else None
    return [_signed(following, quote, mention)] if mention is not None else []


def _signed(reader: SpeechReader, quote: Quote, mention: Mention) -> Report:
    return Report(reader, "direct", quote.content, mention, None, None, "say", LOOSE, quote=quote.outer)


def _signature(reader: SpeechReader, at: int, end: int) -> Mention | None:
    """A person's name at a token, if no verb follows it."""
    name = reader.name_of.get(at)
    if name is None or name.type != "person" or end - at > _LONGEST_SIGNATURE:
        return None
    verbal = any(reader.tokens[i].has("VerbForm=Fin") for i in range(at, end))
    return None if verbal else phrase_from(reader, at)


def owner_of(reader: SpeechReader, at: int) -> Mention | None:
    """Reads "« … » : le message de la famille est clair": who the noun behind a colon belongs to."""
    for i in range(at, min(at + 4, len(reader.tokens) - 2)):
        if reader.word_is(i, "words_of") and reader.word_is(i + 1, "genitives"):
            mention = phrase_from(reader, i + 2)
            return mention if mention is not None and may_speak(reader, mention) else None
    return None


def _opinion_of(reader: SpeechReader, quote: Quote, at: int) -> Mention | None:
    """Reads "« C'est un jour historique » pour le ministre"; a title without a verb is not said."""
    if not reader.word_is(at, "opinion_links") or at + 1 >= len(reader.tokens):
        return None
    clause = any(reader.tokens[i].has("VerbForm=Fin") for i in reader.tokens_of(quote.span))
    mention = phrase_from(reader, at + 1) if clause else None
    return mention if mention is not None and is_person(reader, mention) else None


def echoed(reader: SpeechReader, quote: Quote, at: range) -> Report | None:
    """Reads "« … » C'est en ces termes que le président a réagi": the next sentence says whose words they were."""
    start = reader.sentence_of[at.start].stop
    if start >= len(reader.tokens):
        return None
    speaker = _behind_echo(reader, start, reader.sentence_of[start].stop)
    return _signed(reader, quote, speaker) if speaker is not None else None


def _behind_echo(reader: SpeechReader, start: int, end: int) -> Mention | None:
    for length in range(_LONGEST_ECHO, 1, -1):
        words: Sequence[str] = reader.words[start : start + length]
        if start + length < end and reader.lexicon.has("echoes", " ".join(words).replace("' ", "'")):
            mention = phrase_from(reader, start + length)
            return mention if mention is not None and may_speak(reader, mention) else None
    return None
