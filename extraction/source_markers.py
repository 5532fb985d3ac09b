"""Sources that stand beside what they say: "selon le parquet", "d'après elle", "à en croire le syndicat"."""

from __future__ import annotations

from dataclasses import dataclass

from extraction.appositions import past_appositions
from extraction.lexicon import SourceMarker
from extraction.noun_phrases import Mention, find_noun, may_speak, phrase_from
from extraction.speech_reader import SpeechReader

_LONGEST_SOURCE = 12


@dataclass(frozen=True, slots=True)
class SourcePhrase:
    """A marker and who it names: tokens ``first`` up to ``after``."""

    marker: SourceMarker
    first: int
    after: int
    mention: Mention
    relative: bool = False
    """Whether a relative pronoun stands for the source ("Anna Weber, pour qui …")."""


def marker_at(reader: SpeechReader, at: int) -> SourcePhrase | None:
    """The source phrase that begins at a token."""
    first = reader.words[at]
    for marker in reader.lexicon.markers:
        if marker.words[0] != first:
            continue
        length = len(marker.words)
        if tuple(reader.words[at : at + length]) != marker.words or at + length >= len(reader.tokens):
            continue
        inverted = at > 0 and reader.inverted_at(at - 1) is not None
        if at in reader.quote_of or (marker.use == "noun" and inverted):
            return None
        if reader.word_is(at + length, "source_relatives"):
            return _relative_source(reader, marker, at, length)
        mention = phrase_from(reader, at + length - (marker.use == "noun"))
        if mention is not None and _is_source(reader, marker, mention, at):
            return SourcePhrase(marker, at, mention.after, mention)
    return None


def _is_own(reader: SpeechReader, mention: Mention) -> bool:
    """Whether "nos" makes a source the article itself ("nos informations"), not its fellows ("nos confrères")."""
    return reader.word_is(mention.first, "own") and not reader.word_is(mention.head, "own_fellows")


def _relative_source(reader: SpeechReader, marker: SourceMarker, at: int, length: int) -> SourcePhrase | None:
    """Reads "la magistrate Anna Weber, pour qui P", "une étude selon laquelle P": the source stands before."""
    end = at - (at > 0 and reader.words[at - 1] == ",")
    start = max(reader.sentence_of[at].start, end - _LONGEST_SOURCE)
    mention = phrase_ending(reader, start, end)
    if mention is None or mention.pronoun is not None or not may_speak(reader, mention):
        return None
    if reader.word_is(mention.head, "resumptives"):
        return None  # "l'annonce selon laquelle" names nobody
    return SourcePhrase(marker, at, at + length + 1, mention, relative=True)


def phrase_ending(reader: SpeechReader, start: int, end: int) -> Mention | None:
    """The longest phrase that ends right before a token and begins in a range."""
    for first in range(start, end):
        mention = phrase_from(reader, first, end)
        if mention is not None and mention.after == end:
            return mention
    return None


def _is_source(reader: SpeechReader, marker: SourceMarker, mention: Mention, at: int) -> bool:
    head = reader.words[mention.head]
    if mention.pronoun is not None:
        opinion = marker.use == "opinion" and _beside_quote(reader, mention, at)
        return (opinion or marker.use == "source") and reader.lexicon.has("source_pronouns", mention.pronoun)
    if head in reader.lexicon.not_sources and not reader.is_capital(mention.head):
        return False
    if _is_own(reader, mention):
        return False  # "selon nos informations" is the article's own voice
    if marker.use == "noun":
        return mention.after - mention.first > 1
    if marker.use == "opinion":
        return _opinion(reader, mention, at)
    return marker.use == "source" or may_speak(reader, mention)


def _opinion(reader: SpeechReader, mention: Mention, at: int) -> bool:
    """Whether "pour" names a source: it does only before an expert or beside quoted words; else it says for whom."""
    opens = at == reader.sentence_of[at].start or reader.words[at - 1] == "," or reader.word_is(at - 1, "joints")
    ends = mention.after < len(reader.tokens) and reader.words[mention.after] == ","
    noun = find_noun(reader, mention)
    expert = noun is not None and noun.lemma in reader.lexicon.experts and noun.number == "singular"
    person = mention.after - mention.head > 1 and any(
        reader.tokens[i].entity == "PER" for i in range(mention.head, mention.after)
    )
    quoted = any(i in reader.quote_of for i in reader.sentence_of[at])
    described = find_described(reader, mention.after) if ends else None
    expert = expert or (person and described in reader.lexicon.experts)
    return (
        opens and ends and (expert or (person and quoted) or (_beside_quote(reader, mention, at) and noun is not None))
    )


def _beside_quote(reader: SpeechReader, mention: Mention, at: int) -> bool:
    """Whether "Pour lui," opens a sentence and quoted words follow the comma."""
    opens = at == reader.sentence_of[at].start or reader.words[at - 1] == "," or reader.word_is(at - 1, "joints")
    after = past_appositions(reader, mention.after, reader.sentence_of[at].stop)
    after = after - 1 if after > mention.after else after
    return opens and reader.words[after : after + 1] == [","] and after + 1 in reader.quote_of


def find_described(reader: SpeechReader, comma: int) -> str | None:
    """The role that an apposition behind a comma gives ("X, chercheur à l'institut")."""
    for i in range(comma + 1, min(comma + 4, len(reader.tokens))):
        noun = reader.lexicon.find_noun(reader.tokens[i].text)
        if noun is not None:
            return noun.lemma
    return None
