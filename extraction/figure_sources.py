"""Figures that each have a source of their own: "8 000 selon les syndicats, 3 200 selon la police".

Two counts of one crowd stand side by side, and often share a verb or have none. Which source is whose is told by what
stands between the same commas: a source phrase, a parenthesis, an agent, or the subject of a verb of counting, which
the second clause may leave out ("La police a compté 3 200 marcheurs, les organisateurs 8 000").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extraction.noun_phrases import Mention, cannot_speak, find_noun, may_speak, phrase_from
from extraction.reports import MARKER, Report
from extraction.sentence_subjects import opening_subject
from extraction.source_markers import marker_at
from extraction.spans import Span
from extraction.speech_reader import SpeechReader
from extraction.subjects import find_subject

_JOINTS = frozenset({",", ";", ":", "(", ")", "–", "—"})
_FARTHEST_FIGURE = 7
_LONGEST_TAG = 9
_BODIES = frozenset({"group", "institution", "source", "document"})


@dataclass(frozen=True, slots=True)
class _Source:
    """Tokens ``first`` up to ``after`` that name whose the figure before them is."""

    first: int
    after: int
    mention: Mention
    lemma: str | None
    cue: Span | None
    marked: bool = False


def find_figure_sources(reader: SpeechReader) -> list[Report]:
    """Each figure with the source beside it; the content is the figure with its noun."""
    found: list[Report] = []
    for sentence in reader.sentences:
        found += [_report(reader, span, source) for source, span in _sourced(reader, sentence)]
        found += _counted(reader, sentence)
        found += _closing_tag(reader, sentence)
    return found


def _closing_tag(reader: SpeechReader, sentence: range) -> Iterator[Report]:
    """Reads "…, the ministry estimates." by its form alone: a tagger takes the verb of so short a tag for a noun."""
    verb = reader.sentence_end(sentence.start) - 1
    comma = next((i for i in range(verb - 1, sentence.start, -1) if reader.words[i] == ","), None)
    if comma is None or not reader.lexicon.bare_clauses or verb - comma > _LONGEST_TAG or comma in reader.quote_of:
        return
    cue = reader.lexicon.find_verb("", reader.tokens[verb].text)
    mention = phrase_from(reader, comma + 1, verb)
    named = mention is not None and mention.after == verb and may_speak(reader, mention)
    if (
        cue is None
        or mention is None
        or not named
        or not any(_is_figure(reader, i) for i in range(sentence.start, comma))
    ):
        return
    content = reader.span(sentence.start, comma)
    yield Report(reader, "indirect", content, mention, cue.lemma, reader.tokens[verb].span, "say", MARKER, verb=verb)


def contrasted(reader: SpeechReader, sentence: range) -> frozenset[int]:
    """First tokens of the source phrases that belong to a figure without a verb, one of several in the sentence."""
    sourced = list(_sourced(reader, sentence))
    if len(sourced) < 2:
        return frozenset()
    return frozenset(
        source.first for source, _ in sourced if not _has_verb(reader, _segment_start(reader, source, sentence), source)
    )


def _report(reader: SpeechReader, span: Span, source: _Source) -> Report:
    return Report(reader, "indirect", span, source.mention, source.lemma, source.cue, "say", MARKER, verb=source.first)


def _sourced(reader: SpeechReader, sentence: range) -> Iterator[tuple[_Source, Span]]:
    sources = [*_marked(reader, sentence), *_agents(reader, sentence)]
    bracketed = list(_bracketed(reader, sentence))
    sources += bracketed if len(bracketed) > 1 else []
    for source in sorted(sources, key=lambda s: s.first):
        start = _segment_start(reader, source, sentence)
        if len(sources) == 1 and source.marked:
            whole = _coordinated_start(reader, start, sentence)
            if whole < start and any(_is_figure(reader, i) for i in range(whole, source.first)):
                yield source, reader.span(whole, _trimmed(reader, whole, source.first))
                continue
        verbs = [i for i in range(start, source.first) if reader.tokens[i].pos in {"VERB", "AUX"}]
        start = verbs[-1] + 1 if verbs else start
        figures = [i for i in range(start, source.first) if _is_figure(reader, i)]
        if figures and source.first - figures[0] <= _FARTHEST_FIGURE:
            yield source, reader.span(start, _trimmed(reader, start, source.first))
        elif (
            not figures
            and source.lemma is not None
            and (following := _figure_after(reader, source, sentence)) is not None
        ):
            yield source, following


def _trimmed(reader: SpeechReader, start: int, end: int) -> int:
    """An end without the marks and conjunctions before it."""
    while end > start + 1 and _joins(reader, end - 1):
        end -= 1
    return end


def _coordinated_start(reader: SpeechReader, start: int, sentence: range) -> int:
    """Where a list begins of whose last member a source stands behind: up to the verb that governs it, if any."""
    at = start
    while at > sentence.start and not any(reader.tokens[i].has("VerbForm=Fin") for i in range(at, start)):
        joint = at - 1
        listed = reader.words[joint] == "," or reader.word_is(joint, "phrase_joints")
        if not listed or joint in reader.quote_of:
            return at
        at = joint
        while at > sentence.start and not _joins(reader, at - 1) and at - 1 not in reader.quote_of:
            at -= 1
    return at


def _figure_after(reader: SpeechReader, source: _Source, sentence: range) -> Span | None:
    """The figure that follows its source without a verb: "; selon les syndicats, 2 500"."""
    start = source.after + (reader.words[source.after : source.after + 1] == [","])
    figure = _object_figure(reader, start, sentence.stop)
    if figure is None:
        return None
    end = _segment_end(reader, figure, sentence.stop)
    verbal = any(reader.tokens[i].pos in {"VERB", "AUX"} for i in range(start, end))
    return None if verbal else reader.span(start, end)


def _segment_start(reader: SpeechReader, source: _Source, sentence: range) -> int:
    """Where the words between the same commas begin."""
    at = source.first
    while at > sentence.start and reader.words[at - 1] in {",", "("}:
        at -= 1
    while at > sentence.start and not _joins(reader, at - 1) and at - 1 not in reader.quote_of:
        at -= 1
    return at


def _has_verb(reader: SpeechReader, start: int, source: _Source) -> bool:
    return any(reader.tokens[i].has("VerbForm=Fin") for i in range(start, source.first))


def _is_figure(reader: SpeechReader, at: int) -> bool:
    if at in reader.quote_of:
        return False
    return reader.words[at][0].isdigit() or reader.word_is(at, "magnitudes") or reader.tokens[at].pos == "NUM"


def _marked(reader: SpeechReader, sentence: range) -> Iterator[_Source]:
    for at in sentence:
        source = marker_at(reader, at)
        if source is not None:
            cue = reader.span(source.first, max(source.first + 1, source.mention.first))
            yield _Source(source.first, source.after, source.mention, source.marker.lemma, cue, marked=True)


def _agents(reader: SpeechReader, sentence: range) -> Iterator[_Source]:
    """Reads "estimée à 300 par la mairie et à 700 par les élus"."""
    lemma: str | None = None
    cue: Span | None = None
    for at in sentence:
        group = reader.find_group(at) if reader.is_verbal(at) and at not in reader.quote_of else None
        if group is not None and "measure" in group.cue.frames and group.passive:
            lemma, cue = group.cue.lemma, reader.span(group.first, group.after)
        if lemma is not None and reader.word_is(at, "agents") and at + 1 < sentence.stop:
            mention = phrase_from(reader, at + 1)
            if mention is not None and may_speak(reader, mention):
                yield _Source(at, mention.after, mention, lemma, cue)


def _bracketed(reader: SpeechReader, sentence: range) -> Iterator[_Source]:
    """Reads "entre 500 (police) et 2 000 (syndicats)"."""
    for at in sentence:
        if reader.words[at] != "(" or at + 2 >= sentence.stop or at in reader.quote_of:
            continue
        mention = phrase_from(reader, at + 1)
        if mention is None or mention.pronoun is not None or reader.words[mention.after : mention.after + 1] != [")"]:
            continue
        noun = find_noun(reader, mention)
        named = reader.is_capital(mention.head) and reader.tokens[mention.head].entity != "LOC"
        if named or (noun is not None and noun.kind in _BODIES):
            yield _Source(at, mention.after + 1, mention, None, None)


def _counted(reader: SpeechReader, sentence: range) -> Iterator[Report]:
    """Figures as the object of a verb of counting, and in the clauses behind it that leave the verb out."""
    for at in sentence:
        token = reader.tokens[at]
        if at in reader.quote_of or token.pos not in {"VERB", "AUX"} or not _counts(reader, at):
            continue
        mention = find_subject(reader, at) or opening_subject(reader, sentence)
        figure = _object_figure(reader, at + 1, sentence.stop)
        if figure is None or mention is None or not may_speak(reader, mention) or cannot_speak(reader, mention):
            continue
        end = _segment_end(reader, figure, sentence.stop)
        yield _report(reader, reader.span(at + 1, end), _Source(at, end, mention, token.lemma, token.span))
        yield from _gapped(reader, end, sentence, at)


def _counts(reader: SpeechReader, at: int) -> bool:
    """Whether a verb states a count; "compter" in a simple tense means to have."""
    token = reader.tokens[at]
    if token.lemma in reader.lexicon.perfect_counting_verbs:
        return _in_perfect(reader, at)
    return token.lemma in reader.lexicon.counting_verbs and (not token.has("VerbForm=Part") or _in_perfect(reader, at))


def _in_perfect(reader: SpeechReader, at: int) -> bool:
    helpers = [reader.tokens[i] for i in range(max(0, at - 3), at) if reader.tokens[i].pos == "AUX"]
    return bool(helpers) and all(reader.lexicon.has("perfect_auxiliaries", h.lemma) for h in helpers)


def _object_figure(reader: SpeechReader, first: int, stop: int) -> int | None:
    for i in range(first, min(first + 4, stop)):
        if _is_figure(reader, i):
            return i
        if _joins(reader, i) or reader.tokens[i].pos in {"VERB", "AUX", "NOUN", "PROPN"}:
            return None
    return None


def _segment_end(reader: SpeechReader, at: int, stop: int) -> int:
    while at < stop and not _joins(reader, at) and reader.words[at] != ".":
        at += 1
    return at


def _gapped(reader: SpeechReader, end: int, sentence: range, verb: int) -> Iterator[Report]:
    while end < sentence.stop:
        start = end
        while start < sentence.stop and (_joins(reader, start) or reader.word_is(start, "gap_openers")):
            start += 1
        if not end < start < sentence.stop:
            return
        mention = phrase_from(reader, start, _first_figure(reader, start, sentence.stop))
        if mention is None or not may_speak(reader, mention):
            return
        linked = mention.after < sentence.stop and _links(reader, mention.after)
        figure = mention.after + linked
        at = _object_figure(reader, figure, sentence.stop)
        if at is None:
            return
        end = _segment_end(reader, at, sentence.stop)
        token = reader.tokens[verb]
        yield _report(reader, reader.span(figure, end), _Source(start, end, mention, token.lemma, token.span))


def _joins(reader: SpeechReader, i: int) -> bool:
    return reader.words[i] in _JOINTS or reader.word_is(i, "figure_joints")


def _links(reader: SpeechReader, i: int) -> bool:
    """Whether a word stands between a source and its figure ("la police en compte 300", "la police, 300")."""
    return reader.words[i] in {",", ":"} or reader.word_is(i, "figure_links")


def _first_figure(reader: SpeechReader, start: int, stop: int) -> int:
    return next((i for i in range(start, stop) if _is_figure(reader, i)), stop)
