"""Reports in languages that need neither conjunction nor inversion: "X said P", "P, X said", "“…,” X said".

Only the tree tells these from other sentences, so without grammar nothing is found. A lexicon asks for them with
``bare_clauses``.
"""

from __future__ import annotations

from collections.abc import Iterator

from extraction.appositions import is_predicate, past_appositions
from extraction.clause_extent import clause_start, content_end
from extraction.noun_phrases import Mention, may_speak, phrase_from
from extraction.reports import CLAUSE, INCISE, Report
from extraction.spans import Span
from extraction.speech_reader import SpeechReader, VerbGroup
from extraction.subjects import described_subject, find_subject

_SHORTEST = 3
_APPOSED = 14
_LONGEST_GROUP = 4
_LONGEST_ASIDE = 6
_COMMAS = frozenset({",", "–", "—", "-"})


def find_bare(reader: SpeechReader) -> Iterator[Report]:
    """Every report by a content clause without conjunction, or by a tag with its subject first."""
    if not (reader.lexicon.bare_clauses and reader.has_grammar):
        return
    for i in range(len(reader.tokens)):
        group = reader.find_group(i) if i not in reader.quote_of and reader.is_verbal(i) else None
        if group is None or group.passive or "clause" not in group.cue.frames:
            continue
        split = _splitting(reader, group)
        if split is not None:
            yield _report(reader, group, split, _whole(reader, group), INCISE)
            continue
        closing = _closing_speaker(reader, group)
        mention = closing or described_subject(reader, group) or find_subject(reader, i)
        if mention is None or reader.lexicon.is_first_person(mention.pronoun):
            continue
        after = _following_clause(reader, group) or _described_clause(reader, group)
        if after is not None:
            yield _report(reader, group, mention, reader.span(*after), CLAUSE)
        elif reader.lexicon.has("no_tag_cues", group.cue.lemma):
            continue
        elif closing is not None or is_subject_first(reader, group, mention):
            before = _preceding_clause(reader, mention)
            if before is not None:
                yield _report(reader, group, mention, before, INCISE)


def _splitting(reader: SpeechReader, group: VerbGroup) -> Mention | None:
    """The speaker of a tag between a subject and its verb ("The animals, the researchers write, dream in colour")."""
    sentence = reader.sentence_of[group.verb]
    start = next((i for i in range(group.first - 1, sentence.start, -1) if reader.words[i - 1] == ","), None)
    mention = phrase_from(reader, start, group.first) if start is not None else None
    if start is None or mention is None or mention.after != group.first or not may_speak(reader, mention):
        return None
    opening = phrase_from(reader, sentence.start, start - 1)
    closing = next((i for i in range(group.after, sentence.stop) if reader.words[i] == ","), None)
    if opening is None or opening.after != start - 1 or closing is None or closing - group.after > _LONGEST_ASIDE:
        return None
    resumes = closing + 1 < sentence.stop and is_predicate(reader, closing + 1)
    aside = not any(reader.tokens[i].has("VerbForm=Fin") for i in range(group.after, closing))
    return mention if resumes and aside else None


def _whole(reader: SpeechReader, group: VerbGroup) -> Span:
    sentence = reader.sentence_of[group.verb]
    return reader.span(sentence.start, reader.sentence_end(sentence.start))


def _report(reader: SpeechReader, group: VerbGroup, mention: Mention, content: Span, confidence: float) -> Report:
    cue = reader.span(group.first, group.after)
    return Report(
        reader,
        "indirect",
        content,
        mention,
        group.cue.lemma,
        cue,
        group.cue.stance,
        confidence,
        group.negated,
        group.verb,
    )


def _following_clause(reader: SpeechReader, group: VerbGroup) -> tuple[int, int] | None:
    """First token and token after the last of the verb's content clause, if no conjunction opens it."""
    for child in reader.analysis.children[group.verb]:
        if reader.tokens[child].dep != "ccomp" or child < group.verb:
            continue
        first = reader.analysis.subtree(child)[0]
        if first in reader.quote_of:
            continue
        marks = [c for c in reader.analysis.children[child] if reader.tokens[c].dep == "mark" and c <= first]
        if marks or first <= group.verb or any(reader.words[k] in {":", ";"} for k in range(group.after, first)):
            continue
        after = content_end(reader, first, group.verb)
        if after - first >= _SHORTEST:
            return first, after
    return None


def _described_clause(reader: SpeechReader, group: VerbGroup) -> tuple[int, int] | None:
    """Reads "said his client, a father of two, had left": what describes the subject hides the clause from parsers."""
    end = reader.sentence_of[group.verb].stop
    subject = phrase_from(reader, group.after) if group.after < end else None
    if subject is None or subject.after >= end or reader.words[subject.after] != ",":
        return None
    at = past_appositions(reader, subject.after, end)
    if not subject.after < at < end or reader.words[at - 1] != "," or not is_predicate(reader, at):
        return None
    return group.after, content_end(reader, at, group.verb)


def _closing_speaker(reader: SpeechReader, group: VerbGroup) -> Mention | None:
    """The speaker of a tag that ends its sentence: nothing but a speaker and a cue stands behind the last comma."""
    sentence = reader.sentence_of[group.verb]
    if group.after != reader.sentence_end(sentence.start):
        return None
    comma = next((i for i in range(group.first - 1, sentence.start, -1) if reader.words[i] in _COMMAS), None)
    mention = phrase_from(reader, comma + 1) if comma is not None and comma not in reader.quote_of else None
    fits = mention is not None and mention.after == group.first and may_speak(reader, mention)
    return mention if fits else None


def is_subject_first(reader: SpeechReader, group: VerbGroup, mention: Mention) -> bool:
    """Whether subject and verb are a tag behind the words ("…, the ministry said on Friday")."""
    sentence = reader.sentence_of[group.verb]
    if mention.first <= sentence.start or not mention.after <= group.first:
        return False
    opening = reader.words[mention.first - 1] in _COMMAS or mention.first - 1 in reader.quote_of
    return opening and reader.tokens[group.verb].dep == "parataxis"


def _preceding_clause(reader: SpeechReader, mention: Mention) -> Span | None:
    first = clause_start(reader, reader.sentence_of[mention.first].start, mention.first)
    after = mention.first
    # A label such as the hour of a live blog is no part of the report.
    first = max([first, *(i + 1 for i in range(first, after) if reader.words[i] == ":" and i not in reader.quote_of)])
    while after > first and reader.words[after - 1] in _COMMAS and after - 1 not in reader.quote_of:
        after -= 1
    finite = any(reader.tokens[i].has("VerbForm=Fin") for i in range(first, after))
    return reader.span(first, after) if finite and after - first >= _SHORTEST else None


def _group_at(reader: SpeechReader, first: int) -> VerbGroup | None:
    """The cue whose words begin at a token, over its auxiliaries and adverbs."""
    for i in range(first, min(first + _LONGEST_GROUP, reader.sentence_of[first].stop)):
        group = reader.find_group(i) if i not in reader.quote_of else None
        if group is not None:
            return group if group.first == first else None
    return None


def subject_first_tag(reader: SpeechReader, at: int) -> tuple[VerbGroup, Mention] | None:
    """The tag that begins at a token with its subject ("X said", "X, the mayor of Y, said"); None for no tag."""
    if not reader.lexicon.bare_clauses:
        return None
    described = phrase_from(reader, at)
    if described is not None and described.pronoun is None:
        verb = past_appositions(reader, described.after, reader.sentence_of[at].stop)
        group = _group_at(reader, verb) if verb < len(reader.tokens) else None
        if group is not None and not group.passive and group.cue.frames & {"quote", "clause"}:
            return group, described
    for i in range(at, min(at + _APPOSED, reader.sentence_of[at].stop)):
        group = reader.find_group(i) if i not in reader.quote_of and reader.is_verbal(i) else None
        if group is None or group.passive or not group.cue.frames & {"quote", "clause"}:
            continue
        mention = find_subject(reader, i)
        if mention is not None and mention.first == at and mention.after <= group.first:
            return group, mention
    return None
