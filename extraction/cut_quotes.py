"""Quotations that a tag between their marks cuts in two: "« P, a dit X. Q »"."""

from __future__ import annotations

from dataclasses import replace

from extraction.appositions import is_apposition
from extraction.clause_extent import is_participle
from extraction.noun_phrases import may_speak
from extraction.open_tags import is_person
from extraction.quote_marks import Quote
from extraction.reports import TAGGED, Report, quoted
from extraction.spans import Span
from extraction.speech_reader import SpeechReader
from extraction.tag_subjects import subject_after


def cut_by_tag(reader: SpeechReader, quote: Quote, first: int, after: int) -> list[Report]:
    """The parts of a quotation that a tag between its marks cuts in two ("« P, a dit X. Q »")."""
    for i in range(first + 2, after):
        group = reader.find_group(i)
        if (
            group is None
            or "quote" not in group.cue.frames
            or reader.words[group.first - 1] not in {",", "?", "!", "…"}
        ):
            continue
        mention = subject_after(reader, group) if not is_participle(reader, i) and not group.passive else None
        if mention is None or mention.after > after or reader.lexicon.is_first_person(mention.pronoun):
            continue
        if mention.pronoun is None and not is_person(reader, mention) and not may_speak(reader, mention):
            continue
        end = _tag_end(reader, mention.after, after)
        if end is None:
            continue
        before = _part(reader, quote, quote.content.start, reader.tokens[group.first - 1].start)
        report = replace(quoted(reader, quote, group, mention, TAGGED), content=before, quote=before)
        parts = [report]
        if end < after - 1:
            rest = _part(reader, quote, reader.tokens[end].start, quote.content.end)
            goes_on = reader.words[end - 1] == ","
            lemma, cue = (report.lemma, report.cue) if goes_on else (None, None)
            parts.append(replace(report, content=rest, quote=rest, lemma=lemma, cue=cue))
        return parts
    return []


def _part(reader: SpeechReader, quote: Quote, start: int, end: int) -> Span:
    return Span(max(start, quote.content.start), min(max(start, end), quote.content.end)).strip(reader.text)


def _tag_end(reader: SpeechReader, at: int, end: int) -> int | None:
    """The first token behind a tag and its appositions; None where no punctuation closes it."""
    for i in range(at, min(at + 25, end)):
        if reader.words[i] in {".", "!", "?"} or i == end - 1:
            return i + 1
        if reader.words[i] == ",":
            following = next((k for k in range(i + 1, end) if reader.words[k] in {",", "."}), None)
            if following is None or not is_apposition(reader, i + 1, following):
                return i + 1
    return None
