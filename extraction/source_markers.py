"""Sources that stand beside what they say: "selon le parquet", "d'après elle", "à en croire le syndicat"."""

from __future__ import annotations

from dataclasses import dataclass

from extraction.lexicon import SourceMarker
from extraction.noun_phrases import Mention, find_noun, may_speak, phrase_from
from extraction.speech_reader import SpeechReader

# "Selon nos informations" is the article's own voice.
_OWN = frozenset({"nos", "notre", "our"})


@dataclass(frozen=True, slots=True)
class SourcePhrase:
    """A marker and who it names: tokens ``first`` up to ``after``."""

    marker: SourceMarker
    first: int
    after: int
    mention: Mention


def marker_at(reader: SpeechReader, at: int) -> SourcePhrase | None:
    """The source phrase that begins at a token."""
    for marker in reader.lexicon.markers:
        length = len(marker.words)
        if tuple(reader.words[at : at + length]) != marker.words or at + length >= len(reader.tokens):
            continue
        inverted = at > 0 and reader.inverted_at(at - 1) is not None
        if at in reader.quote_of or (marker.lemma == "de source" and inverted):
            return None
        start = at + (0 if marker.lemma == "de source" else length)
        start = at + 1 if marker.lemma == "de source" else start
        mention = phrase_from(reader, start)
        if mention is not None and _is_source(reader, marker, mention, at):
            return SourcePhrase(marker, at, mention.after, mention)
    return None


def _is_source(reader: SpeechReader, marker: SourceMarker, mention: Mention, at: int) -> bool:
    head = reader.words[mention.head]
    if mention.pronoun is not None:
        return not marker.strict and mention.pronoun in {
            "lui",
            "elle",
            "eux",
            "elles",
            "ce dernier",
            "cette dernière",
            "him",
            "her",
            "them",
        }
    if head in reader.lexicon.not_sources and not reader.is_capital(mention.head):
        return False
    if reader.words[mention.first] in _OWN:
        return False
    if marker.lemma == "de source":
        return mention.after - mention.first > 1
    if not marker.strict:
        return True
    if marker.lemma == "pour":
        return _opinion(reader, mention, at)
    return may_speak(reader, mention)


def _opinion(reader: SpeechReader, mention: Mention, at: int) -> bool:
    """Whether "pour" names a source: it does only before an expert or beside quoted words; else it says for whom."""
    opens = at == reader.sentence_of[at].start or reader.words[at - 1] in {",", "mais", "et"}
    ends = mention.after < len(reader.tokens) and reader.words[mention.after] == ","
    noun = find_noun(reader, mention)
    expert = noun is not None and noun.lemma in reader.lexicon.experts and noun.number == "singular"
    person = mention.after - mention.head > 1 and any(
        reader.tokens[i].entity == "PER" for i in range(mention.head, mention.after)
    )
    quoted = any(i in reader.quote_of for i in reader.sentence_of[at])
    described = find_described(reader, mention.after) if ends else None
    expert = expert or (person and described in reader.lexicon.experts)
    return opens and ends and (expert or (person and quoted))


def find_described(reader: SpeechReader, comma: int) -> str | None:
    """The role that an apposition behind a comma gives ("X, chercheur à l'institut")."""
    for i in range(comma + 1, min(comma + 4, len(reader.tokens))):
        noun = reader.lexicon.find_noun(reader.tokens[i].text)
        if noun is not None:
            return noun.lemma
    return None
