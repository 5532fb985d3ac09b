"""Reports whose source stands beside the words: "selon X, P", "P, selon X", "P, a indiqué X"."""

from __future__ import annotations

from collections.abc import Iterator

from extraction.appositions import is_apposition, is_participial, is_predicate, past_appositions
from extraction.clause_extent import clause_start, content_end, is_participle
from extraction.figure_sources import contrasted
from extraction.noun_phrases import Mention, cannot_speak, may_speak, phrase_from
from extraction.reports import INCISE, MARKER, Report
from extraction.source_markers import SourcePhrase, marker_at
from extraction.spans import Span
from extraction.speech_reader import CLOSING, SpeechReader, VerbGroup
from extraction.subjects import find_subject, place_of_on, subject_before
from extraction.tag_subjects import behind_quote, subject_after

_SHORTEST = 3


def find_marked(reader: SpeechReader) -> Iterator[Report]:
    """Every report by a source phrase ("selon", "d'après", …)."""
    at = 0
    figures = {at for sentence in reader.sentences for at in contrasted(reader, sentence)}
    while at < len(reader.tokens):
        source = marker_at(reader, at)
        if source is not None and at not in figures:
            content = _marked_content(reader, source)
            if content is not None:
                yield _marked(reader, source, content)
        at = source.after if source is not None else at + 1


def _marked(reader: SpeechReader, source: SourcePhrase, content: Span) -> Report:
    cue = reader.span(source.first, max(source.first + 1, source.mention.first))
    return Report(
        reader, "indirect", content, source.mention, source.marker.lemma, cue, "say", MARKER, verb=source.first
    )


def _marked_content(reader: SpeechReader, source: SourcePhrase) -> Span | None:
    sentence = reader.sentence_of[source.first]
    end = reader.sentence_end(sentence.start)
    if source.relative:
        return _following(reader, source.first, source.after, relative_end(reader, source.after, end))
    before = clause_start(reader, _after_other_source(reader, sentence.start, source.first), source.first)
    if before >= source.first:
        return _following(reader, source.first, after_source(reader, source.after, end), end)
    opening = reader.words[source.first - 1]
    previous = reader.words[source.first - 2] if source.first - 2 >= sentence.start else ""
    if (opening == "," and reader.lexicon.has("relatives", previous)) or reader.lexicon.has("relatives", opening):
        first = after_source(reader, source.after, end)
        return _following(reader, source.first, first, relative_end(reader, first, end))
    relative = _relative_before(reader, before, source.first)
    beyond = after_source(reader, source.after, end)
    splits = beyond < end and reader.tokens[beyond].has("VerbForm=Fin") and opening == ","
    if relative is not None and splits:
        return reader.span(relative, relative_end(reader, beyond, end))
    if _finite(reader, before, source.first):
        if opening == "," and _goes_on_quoted(reader, source.first, beyond, end):
            return None
        return _preceding(reader, before, source.first)
    following = _following(reader, source.first, beyond, end) if _finite(reader, beyond, end) else None
    return Span(reader.tokens[before].start, following.end) if following is not None and splits else following


def _relative_before(reader: SpeechReader, first: int, at: int) -> int | None:
    """Where the relative clause begins that a source phrase stands in ("…, dont le bilan, selon X, dépasse …")."""
    for i in range(at - 2, first, -1):
        if reader.words[i] == ",":
            return i + 1 if reader.word_is(i + 1, "relatives") else None
    return None


def _past_impersonal(reader: SpeechReader, first: int, end: int) -> int:
    """Past "on indique que" behind a source phrase."""
    if first < end and reader.words[first] in reader.lexicon.impersonal:
        for i in range(first + 1, min(first + 5, end)):
            if reader.words[i] in reader.lexicon.complementisers and reader.find_group(i - 1) is not None:
                return i + 1
    return first


def relative_end(reader: SpeechReader, first: int, end: int) -> int:
    """Where a relative clause ends: at the comma behind which the main verb comes."""
    for i in range(first, end - 1):
        if reader.words[i] == "," and reader.tokens[i + 1].has("VerbForm=Fin") and i not in reader.quote_of:
            return i
    return end


def _preceding(reader: SpeechReader, first: int, after: int) -> Span | None:
    while (
        after > first
        and reader.words[after - 1] in {",", "–", "—", "(", "-", ";", ":"}
        and after - 1 not in reader.quote_of
    ):
        after -= 1
    after = _before_medium(reader, first, after)
    return reader.span(first, after) if after - first >= _SHORTEST else None


def _before_medium(reader: SpeechReader, first: int, after: int) -> int:
    """Where the content ends before "…, a appris la radio de source proche": who learned it is no part of it."""
    learned = reader.lexicon.table("learned")
    for i in range(after - 1, first, -1):
        if reader.words[i] == "," and i not in reader.quote_of and learned.keys() & reader.words[i + 1 : i + 5]:
            return i
    return after


def _following(reader: SpeechReader, cue: int, first: int, end: int) -> Span | None:
    first = _past_impersonal(reader, first, end)
    if end - first < _SHORTEST:
        return None
    return reader.span(first, min(content_end(reader, first, cue), end))


def _after_other_source(reader: SpeechReader, first: int, limit: int) -> int:
    """Past the source phrase of an earlier report in the same sentence."""
    for i in range(limit - 1, first, -1):
        source = marker_at(reader, i)
        if source is not None and source.after <= limit:
            return source.after
    return first


def _finite(reader: SpeechReader, first: int, after: int) -> bool:
    """Whether a clause stands in a range; without grammar, whether it is long enough to be one."""
    if not reader.has_grammar:
        return after - first > 4
    return any(reader.tokens[i].has("VerbForm=Fin") for i in range(first, after))


def after_source(reader: SpeechReader, at: int, end: int) -> int:
    """Where the report begins behind an opening source phrase: past the commas that enclose appositions."""
    while at < end and reader.words[at] != ",":
        at += 1
    while at < end:
        following = next((i for i in range(at + 1, end) if reader.words[i] == "," and i not in reader.quote_of), None)
        described = following is not None and (
            is_apposition(reader, at + 1, following) or is_participial(reader, at + 1, following)
        )
        if following is None or not described:
            return at + 1
        at = following
    return at


def find_incises(reader: SpeechReader) -> Iterator[Report]:
    """Reports tagged by an incise with the subject behind the verb, or by a bare subject and verb between commas."""
    for i in range(len(reader.tokens)):
        group = reader.find_group(i) if i not in reader.quote_of else None
        if group is None or group.passive or not group.cue.frames & {"quote", "clause"}:
            continue
        mention = incise_speaker(reader, group)
        if mention is None or not _tags_unquoted(reader, group, mention):
            continue
        content = _incise_content(reader, min(group.first, mention.first), max(group.after, mention.after))
        if content is not None:
            cue = reader.span(group.first, group.after)
            yield Report(
                reader, "indirect", content, mention, group.cue.lemma, cue, group.cue.stance, INCISE, group.negated, i
            )


def find_learned(reader: SpeechReader) -> Iterator[Report]:
    """Reports that the article was given: "P, a-t-on appris lundi auprès de la préfecture"."""
    for i in range(1, len(reader.tokens)):
        learned = reader.lexicon.table("learned").get(reader.words[i])
        hidden = reader.lexicon.has("indefinite_pronouns", reader.inverted_at(i - 1) or "")
        if learned is None or i in reader.quote_of or not hidden:
            continue
        first = i - 1
        while first > reader.sentence_of[i].start and reader.words[first - 1] != ",":
            first -= 1
        mention = place_of_on(reader, i + 1)
        if mention is not None and marker_at(reader, mention.first - 1) is not None:
            continue  # "de source policière" is a source phrase of its own
        content = _incise_content(reader, first, mention.after) if mention is not None else None
        if mention is not None and content is not None:
            cue = reader.span(first, i + 1)
            yield Report(reader, "indirect", content, mention, learned, cue, "say", INCISE, verb=i)


def _tags_unquoted(reader: SpeechReader, group: VerbGroup, mention: Mention) -> bool:
    """Whether a verb can tag words without quotation marks: one that also takes an object needs a known speaker."""
    if group.first - 1 in reader.quote_of:
        return True
    if "clause" not in group.cue.frames or group.cue.lemma in reader.lexicon.transitive_verbs:
        return False
    return group.cue.lemma not in reader.lexicon.ambiguous_verbs or may_speak(reader, mention)


def incise_speaker(reader: SpeechReader, group: VerbGroup) -> Mention | None:
    """The subject of a tag; None where the verb is none."""
    if _has_main_subject(reader, group):
        return None
    mention = _tag_subject(reader, group)
    return mention if mention is not None and not cannot_speak(reader, mention) else None


def _has_main_subject(reader: SpeechReader, group: VerbGroup) -> bool:
    """Whether the verb goes with a phrase before it and what describes that ("X, qui se dit « Y », demande Z")."""
    sentence = reader.sentence_of[group.verb]
    starts = {sentence.start}
    starts |= {i + 1 for i in range(sentence.start, group.first) if i in reader.quote_of and reader.words[i] in CLOSING}
    for beginning in starts:
        start = beginning
        while start < group.first and (reader.words[start] == "," or reader.words[start] in CLOSING):
            start += 1
        mention = phrase_from(reader, start) if start < group.first and start not in reader.quote_of else None
        if mention is None or mention.after >= group.first or reader.words[mention.after] != ",":
            continue
        # The comma right before the verb must close a description; with nothing between, the verb may be a tag.
        at = past_appositions(reader, mention.after, sentence.stop)
        if at == group.first and is_predicate(reader, at):
            return True
    return False


def _tag_subject(reader: SpeechReader, group: VerbGroup) -> Mention | None:
    if reader.lexicon.bare_clauses and _has_subject_before(reader, group):
        return None
    before = group.first - 1
    if before >= 0 and reader.word_is(before, "as_joints") and before not in reader.quote_of:
        return subject_after(reader, group)
    sentence = reader.sentence_of[group.verb]
    if before >= sentence.start and (reader.words[before] in {",", "–", "—", "("} or before in reader.quote_of):
        finite = not reader.has_grammar or any(
            not reader.tokens[k].has("VerbForm=Inf") and not reader.tokens[k].has("Tense=Pres|VerbForm=Part")
            for k in range(group.first, group.after)
        )
        if not finite or is_participle(reader, group.verb) or _bare_participle(reader, group):
            return None
        mention = subject_after(reader, group)
        if mention is None or (
            mention.after < sentence.stop and reader.words[mention.after] in reader.lexicon.complementisers
        ):
            return None
        return None if _begins_content(reader, group, mention) else mention
    return _bare_tag(reader, group)


def _bare_participle(reader: SpeechReader, group: VerbGroup) -> bool:
    """Whether a cue is a past participle, by its form, with no auxiliary that makes it a tag."""
    endings = tuple(reader.lexicon.words("participle_endings"))
    return group.first == group.verb and bool(endings) and reader.words[group.verb].endswith(endings)


def _begins_content(reader: SpeechReader, group: VerbGroup, mention: Mention) -> bool:
    """Whether a pronoun behind the verb is the subject of the reported clause ("Mary Lee, …, said she had left")."""
    token = reader.tokens[mention.first]
    own = token.dep != "nsubj" or token.head == group.verb
    return reader.lexicon.bare_clauses and mention.pronoun is not None and not own


def _has_subject_before(reader: SpeechReader, group: VerbGroup) -> bool:
    return any(
        reader.tokens[c].dep == "nsubj"
        and c < group.first
        # Across quotation marks the parser slips: "“We expected rain to fill the lake,” said the warden".
        and reader.quote_of.get(c) is reader.quote_of.get(group.verb)
        for c in reader.analysis.children[group.verb]
    )


def _bare_tag(reader: SpeechReader, group: VerbGroup) -> Mention | None:
    """Reads ", X a regretté,": nothing but subject and verb between two commas."""
    after = group.after
    if after >= len(reader.tokens) or reader.words[after] != "," or not reader.has_grammar:
        return None
    mention = subject_before(reader, group) or find_subject(reader, group.verb)
    if mention is None or mention.after != group.first or mention.first == 0:
        return None
    return (
        mention
        if reader.words[mention.first - 1] == "," and mention.first > reader.sentence_of[group.verb].start
        else None
    )


def _incise_content(reader: SpeechReader, first: int, after: int) -> Span | None:
    sentence = reader.sentence_of[first]
    start = max(clause_start(reader, sentence.start, first), _announced_start(reader, sentence.start, first))
    end = reader.sentence_end(sentence.start)
    before = _preceding(reader, start, first) if start < first else None
    beyond = after_source(reader, after, end) - 1
    if before is not None and _subordinate(reader, start, first) and _finite(reader, beyond + 1, end):
        return _following(reader, first, beyond + 1, end)
    finite = before is not None and _finite(reader, start, first)
    if before is not None and finite and not reader.word_is(first - 1, "as_joints"):
        return None if _goes_on_quoted(reader, first, beyond + 1, end) else before
    if behind_quote(reader, first) and reader.quote_of.get(beyond + 1) is None:
        return None  # what follows the tag of quoted words is told by the article
    described = beyond + 1 < end and reader.word_is(beyond + 1, "relatives")
    following = _following(reader, first, beyond + 1, end) if beyond + 1 < end and not described else None
    if following is not None and _finite(reader, beyond + 1, end):
        whole = before is not None and not _adverbial(reader, start, first) and first - start > 1
        return Span(before.start, following.end) if whole and before is not None else following
    return None


def _goes_on_quoted(reader: SpeechReader, first: int, beyond: int, end: int) -> bool:
    """Whether unquoted words before a tag are only the beginning of what follows ("Il y a, dit-elle, « … »")."""
    if beyond >= end or first - 2 in reader.quote_of:
        return False
    return beyond in reader.quote_of or reader.word_is(beyond, "genitives")


def _subordinate(reader: SpeechReader, first: int, after: int) -> bool:
    """Whether all that stands before a tag is a clause that depends on what follows ("Si P, préviennent-ils, Q")."""
    commas = any(reader.words[i] == "," and i not in reader.quote_of for i in range(first, after - 1))
    return reader.word_is(first, "subordinators") and not commas


def _announced_start(reader: SpeechReader, first: int, tag: int) -> int:
    """Where quoted words begin that a colon announces and the tag follows ("Ce que nie X : « P », a dit Y")."""
    quote = reader.quote_of.get(tag - 1) or reader.quote_of.get(tag - 2)
    if quote is None:
        return first
    at = reader.token_at(quote.span.start)
    return at if at > first and reader.words[at - 1] == ":" else first


def _adverbial(reader: SpeechReader, first: int, after: int) -> bool:
    opening = reader.span(first, after).of(reader.text).strip(" ,").lower()
    return opening in reader.lexicon.leading_adverbs or reader.tokens[first].pos == "ADV"


def name_before_colon(reader: SpeechReader, colon: int) -> Mention | None:
    """Reads "Anna Weber : « … »": a sentence that is nothing but a speaker, up to the colon."""
    sentence = reader.sentence_of[colon]
    mention = phrase_from(reader, sentence.start, colon)
    return mention if mention is not None and mention.after == colon else None
