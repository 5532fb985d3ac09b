"""Whose words: a model names a speaker and a cue, and the text must join them in a way that the rules know.

Names that stand in the evidence prove little: a model may take the one who is addressed for the one who speaks. So the
cue must be a reporting verb or a source phrase of the lexicon, and nothing that could speak or report in its own right
may stand between the speaker, the cue and the words.
"""

from __future__ import annotations

from dataclasses import dataclass

from extraction.attribution import Scope
from extraction.document import Attribution, Cue
from extraction.event_lexicon import load_event_lexicon
from extraction.lexicon import Stance
from extraction.llm.context import Context, Place
from extraction.llm.locating import Refused
from extraction.noun_phrases import Mention, cannot_speak, may_speak, phrase_from
from extraction.source_markers import marker_at
from extraction.spans import Span
from extraction.speech_reader import SpeechReader

_FAR = 25
_TAG_GAP = 6
_PREPOSITIONS = ("genitives", "agents", "locatives", "datives", "object_prepositions")
_PUNCTUATION = frozenset(",;:–—-«»“”\"'’(")


@dataclass(frozen=True, slots=True)
class Source:
    """A speaker joined to a cue. ``block`` are the tokens from the first of the two to the last, ``stop`` excluded."""

    attribution: Attribution
    stance: Stance
    negated: bool
    block: range


def find_source(context: Context, place: Place, speaker: Span, cue: Span | None, *, spoken: bool) -> Source:
    """The speaker with its cue; without a cue only a colon joins it to words. Raises Refused."""
    reader = context.speech(place)
    mention = _mention(reader, speaker)
    after = _end(reader, mention, speaker)
    identity = context.speakers.identify(reader, mention, spoken=spoken)
    if identity is None:
        raise Refused("speaker")
    known = Attribution(mention.span, identity.name, identity.entity, None)
    if cue is None:
        _require(not _below_preposition(reader, mention.first), "speaker")
        return Source(known, "say", negated=False, block=range(mention.first, after))
    return _by_marker(reader, range(mention.first, after), cue, known) or _by_verb(
        reader, range(mention.first, after), cue, known
    )


def scope_of(source: Source, content: Span, *, direct: bool) -> Scope:
    """The words for which the source answers, for the facts inside them."""
    return Scope(content, source.attribution, source.stance, source.negated, direct)


def joins(reader: SpeechReader, source: Source, content: range) -> bool:
    """Whether a source stands beside words in their sentence: before them, or behind them as a tag."""
    block = source.block
    if not content or (block.start < content.stop and content.start < block.stop):
        return False
    if block.stop <= content.start:
        gap = range(block.stop, content.start)
        return len(gap) <= _FAR and _same_sentence(reader, block.start, content.start) and _is_free(reader, gap)
    gap = range(content.stop, block.start)
    tag = len(gap) <= _TAG_GAP and all(reader.tokens[i].text in _PUNCTUATION for i in gap)
    return tag and _same_sentence(reader, content.start, block.start)


def _mention(reader: SpeechReader, speaker: Span) -> Mention:
    at = reader.token_at(speaker.start)
    if at >= len(reader.tokens) or reader.tokens[at].start != speaker.start:
        raise Refused("speaker")
    mention = phrase_from(reader, at)
    if mention is None or mention.pronoun is not None:
        # Whom a pronoun means depends on who spoke before: the rules resolve it, or nobody does.
        raise Refused("speaker")
    _require(mention.span.contains(speaker) or speaker.contains(mention.span), "speaker")
    _require(may_speak(reader, mention) and not cannot_speak(reader, mention), "speaker")
    return mention


def _end(reader: SpeechReader, mention: Mention, speaker: Span) -> int:
    """The token behind the speaker's words: an apposition to the name may be among them, a clause may not."""
    after = reader.token_at(speaker.end)
    _require(after <= mention.after or not _has_verb(reader, range(mention.after, after)), "speaker")
    return max(mention.after, after)


def _by_marker(reader: SpeechReader, speaker: range, cue: Span, known: Attribution) -> Source | None:
    at = reader.token_at(cue.start)
    phrase = marker_at(reader, at) if at < len(reader.tokens) and reader.tokens[at].start == cue.start else None
    if phrase is None or phrase.mention.first != speaker.start:
        return None
    words = reader.span(phrase.first, max(phrase.first + 1, phrase.mention.first))
    attribution = Attribution(known.span, known.name, known.entity, Cue(phrase.marker.lemma, words))
    return Source(attribution, "say", negated=False, block=range(phrase.first, speaker.stop))


def _by_verb(reader: SpeechReader, speaker: range, cue: Span, known: Attribution) -> Source:
    groups = [reader.find_group(i) for i in reader.tokens_of(cue) if reader.is_verbal(i)]
    group = next((found for found in reversed(groups) if found is not None), None)
    if group is None or group.passive:
        raise Refused("cue")
    before = speaker.stop <= group.first
    gap = range(speaker.stop, group.first) if before else range(group.after, speaker.start)
    # In "X told Y" the one behind the cue is addressed; only a tag (", said X") has its speaker there.
    _require(before or (group.after <= speaker.start and _opens_tag(reader, group.first)), "cue")
    _require(len(gap) <= (_FAR if before else _TAG_GAP), "cue")
    _require(_same_sentence(reader, speaker.start, group.verb) and _is_free(reader, gap), "cue")
    _require(not _below_preposition(reader, speaker.start), "speaker")
    attribution = Attribution(
        known.span, known.name, known.entity, Cue(group.cue.lemma, reader.span(group.first, group.after))
    )
    block = range(min(speaker.start, group.first), max(speaker.stop, group.after))
    return Source(attribution, group.cue.stance, group.negated, block)


def _opens_tag(reader: SpeechReader, at: int) -> bool:
    sentence = reader.sentence_of[at]
    return at == sentence.start or reader.tokens[at - 1].text in _PUNCTUATION


def _is_free(reader: SpeechReader, gap: range) -> bool:
    """Whether nobody else is named, nothing reported and no clause begun between two positions."""
    names = (reader.name_of[i] for i in gap if i in reader.name_of)
    return not _has_verb(reader, gap) and not any(name.type == "person" for name in names)


def _has_verb(reader: SpeechReader, gap: range) -> bool:
    finite = any(reader.tokens[i].pos in {"VERB", "AUX"} and reader.tokens[i].has("VerbForm=Fin") for i in gap)
    return finite or any(reader.is_verbal(i) and reader.find_group(i) is not None for i in gap)


def _below_preposition(reader: SpeechReader, first: int) -> bool:
    """As in "a répondu à X", "l'avocat du maire a dit": who is addressed or belongs to the speaker does not speak."""
    lexicon = load_event_lexicon(reader.lexicon.language)
    opening, before = reader.words[first], first - 1
    if lexicon.has("contractions", opening) and not lexicon.has("plural_articles", opening):
        return True
    if before < 0 or not _same_sentence(reader, before, first):
        return False
    listed = any(lexicon.has(name, reader.words[before]) for name in _PREPOSITIONS)
    return listed or reader.tokens[before].pos == "ADP"


def _same_sentence(reader: SpeechReader, one: int, other: int) -> bool:
    return reader.sentence_of[one] == reader.sentence_of[other]


def _require(condition: bool, reason: str) -> None:  # noqa: FBT001  # reads like an assertion
    if not condition:
        raise Refused(reason)
