"""Direct quotations: words in quotation marks that the text attributes to a speaker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extraction.appositions import is_apposition, is_predicate
from extraction.bare_speech import subject_first_tag
from extraction.clause_extent import is_participle
from extraction.noun_phrases import Mention, find_noun, may_speak, phrase_from
from extraction.quote_marks import Quote
from extraction.reports import CONTINUED, FORESHADOWED, FRAGMENT, LOOSE, TAGGED, Report, word_count
from extraction.sentence_subjects import opening_subject
from extraction.source_markers import marker_at
from extraction.spans import Span
from extraction.speech_reader import SpeechReader, VerbGroup
from extraction.subjects import best_subject, find_subject, subject_after
from extraction.tagged_speech import incise_speaker, name_before_colon

_SHORTEST_FRAGMENT = 4
_NEAR = 7


def find_direct(reader: SpeechReader, indirect: Sequence[Report], before: Report | None) -> list[Report]:
    """The direct quotations of a passage, in order.

    ``indirect`` are the passage's reports; ``before`` is the quotation that the passage before ended with, if any.
    """
    found: list[Report] = []
    for quote in reader.quotes:
        positions = reader.tokens_of(quote.span)
        if not positions or not len(quote.content):
            continue
        first, after = positions.start, positions.stop
        if _nickname(reader, first, after):
            continue
        cut = _cut_by_tag(reader, quote, first, after)
        if cut:
            found += cut
            continue
        report = (
            _tagged(reader, quote, first, after)
            or _announced(reader, quote, first, found[-1] if found else before)
            or _governed(reader, quote, first, indirect)
            or _tag_beyond(reader, quote, first, after)
            or _continued(reader, quote, first, found[-1] if found else before)
            or _foreshadowed(reader, quote, first, after)
        )
        if report is not None:
            found.append(report)
    return found


def _own_words(report: Report) -> Report:
    """A quotation beside a denial states what the speaker says, and is not what is denied."""
    return replace(report, stance="say" if report.stance == "deny" else report.stance, negated=False)


def _report(reader: SpeechReader, quote: Quote, group: VerbGroup, mention: Mention, confidence: float) -> Report:
    return Report(
        reader,
        "direct",
        quote.content,
        mention,
        group.cue.lemma,
        reader.span(group.first, group.after),
        group.cue.stance,
        confidence,
        group.negated,
        group.verb,
        quote.outer,
    )


def _tagged(reader: SpeechReader, quote: Quote, first: int, after: int) -> Report | None:
    """The tag behind the quotation, or the one that stands between it and the next."""
    at = after
    while at < len(reader.tokens) and reader.words[at] in {",", "–", "—", "-", "("} and at - after < 2:
        at += 1
    if at >= len(reader.tokens) or at not in reader.sentence_of[first]:
        return None
    source = marker_at(reader, at)
    if source is not None and not _inner_cue(reader, first):
        cue = reader.span(source.first, max(source.first + 1, source.mention.first))
        return Report(
            reader, "direct", quote.content, source.mention, source.marker.lemma, cue, "say", TAGGED, quote=quote.outer
        )
    for group in _groups(reader, at, min(at + 6, len(reader.tokens))):
        if group.first == at and not group.passive:
            mention = incise_speaker(reader, group)
            if mention is not None:
                return _own_words(_report(reader, quote, group, mention, TAGGED))
    tag = subject_first_tag(reader, at)
    if tag is not None:
        return _report(reader, quote, *tag, TAGGED)
    return _late_cue(reader, quote, at)


def _late_cue(reader: SpeechReader, quote: Quote, at: int) -> Report | None:
    """Reads "a-t-elle tenu à rassurer": the subject stands in the auxiliary, the cue verb further on."""
    inverted = next((i for i in range(at, min(at + 4, len(reader.tokens))) if reader.inverted_at(i) is not None), None)
    if inverted is None or inverted in reader.quote_of:
        return None
    mention = phrase_from(reader, inverted)
    for group in _groups(reader, inverted + 1, min(inverted + 6, len(reader.tokens))):
        if mention is not None and not _hides_the_speaker(reader, mention):
            return _report(reader, quote, group, mention, TAGGED)
    return None


def _cut_by_tag(reader: SpeechReader, quote: Quote, first: int, after: int) -> list[Report]:
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
        if mention.pronoun is None and not _person(reader, mention) and not may_speak(reader, mention):
            continue
        end = _tag_end(reader, mention.after, after)
        if end is None:
            continue
        before = _part(reader, quote, quote.content.start, reader.tokens[group.first - 1].start)
        report = replace(_report(reader, quote, group, mention, TAGGED), content=before, quote=before)
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


def _inner_cue(reader: SpeechReader, first: int) -> bool:
    """Whether a cue verb of the same sentence already governs the quotation ("X a dit que … « … », selon Y")."""
    sentence = reader.sentence_of[first]
    groups = _groups(reader, sentence.start, first)
    return any(
        find_subject(reader, g.verb) is not None
        and "clause" in g.cue.frames
        and set(reader.words[g.after : first]) & reader.lexicon.complementisers
        for g in groups
    )


def _tag_beyond(reader: SpeechReader, quote: Quote, first: int, after: int) -> Report | None:
    """A tag between two parts of one quotation serves the second too; one at the sentence's end serves all before."""
    sentence = reader.sentence_of[first]
    for group in _groups(reader, sentence.start, first):
        mention = incise_speaker(reader, group)
        opens = (group.first > sentence.start and group.first - 1 in reader.quote_of) or reader.words[
            group.first - 1
        ] == ","
        if mention is not None and opens and not group.passive:
            return _report(reader, quote, group, mention, TAGGED)
    if word_count(quote.content.of(reader.text)) < _SHORTEST_FRAGMENT:
        return None
    for group in _groups(reader, after, sentence.stop):
        mention = incise_speaker(reader, group)
        if mention is not None and not group.passive:
            return _report(reader, quote, group, mention, FRAGMENT)
    return None


def _groups(reader: SpeechReader, first: int, after: int) -> Iterator[VerbGroup]:
    for i in range(first, after):
        group = reader.find_group(i) if i not in reader.quote_of else None
        if group is not None and group.cue.frames & {"quote", "clause", "object", "as"}:
            yield group


def _announced(reader: SpeechReader, quote: Quote, first: int, before: Report | None) -> Report | None:
    """Reads "X a déclaré : « … »", "X : « … »"; without a cue verb the sentence's subject must be a person."""
    colon = first - 1
    sentence = reader.sentence_of[first]
    if colon < sentence.start or reader.words[colon] not in {":", ","}:
        return None
    if reader.words[colon] == "," and not (reader.lexicon.bare_clauses and reader.find_group(colon - 1)):
        return None
    for group in reversed(list(_groups(reader, sentence.start, colon))):
        if any(reader.tokens[k].has("VerbForm=Inf") for k in range(group.first, group.verb)):
            continue  # "a nié avoir dit : « … »"
        mention = _speaker_of(reader, group)
        infinitive = reader.tokens[group.verb].has("VerbForm=Inf")
        if (
            infinitive
            and before is not None
            and reader.word_is(max(group.first - 1, 0), "narrative_infinitives")
            and group.first < sentence.start + 3
        ):
            mention = before.mention  # "Et d'ajouter : « … »"
        elif infinitive and group.cue.stance == "think":
            continue
        if mention is not None and reader.is_verbal(group.verb):
            return _own_words(_report(reader, quote, group, mention, TAGGED))
    alone = name_before_colon(reader, colon) or _main_subject(reader, sentence.start, colon)
    if alone is None or not _person(reader, alone):
        return None
    return Report(reader, "direct", quote.content, alone, None, None, "say", LOOSE, quote=quote.outer)


def _hides_the_speaker(reader: SpeechReader, mention: Mention) -> bool:
    """Whether a pronoun says no name that the article has: the writer's own, or "on"."""
    pronoun = mention.pronoun or ""
    return reader.lexicon.is_first_person(pronoun) or reader.lexicon.has("indefinite_pronouns", pronoun)


def _speaker_of(reader: SpeechReader, group: VerbGroup) -> Mention | None:
    mention = best_subject(reader, group)
    if mention is None or _hides_the_speaker(reader, mention):
        return None
    return None if mention.pronoun is None and reader.words[mention.head] in reader.lexicon.impersonal else mention


def _main_subject(reader: SpeechReader, first: int, after: int) -> Mention | None:
    for i in range(first, after):
        token = reader.tokens[i]
        if token.pos in {"VERB", "AUX"} and (token.dep == "ROOT" or reader.tokens[token.head].i == i):
            return find_subject(reader, i)
    return None


def _person(reader: SpeechReader, mention: Mention) -> bool:
    noun = find_noun(reader, mention)
    named = any(reader.tokens[i].entity == "PER" for i in range(mention.first, mention.after))
    return (
        named
        or reader.lexicon.has("personal_pronouns", mention.pronoun or "")
        or (noun is not None and noun.kind == "role")
    )


def _governed(reader: SpeechReader, quote: Quote, first: int, indirect: Sequence[Report]) -> Report | None:
    """A fragment of four words or more inside a report, or right behind a cue verb."""
    if word_count(quote.content.of(reader.text)) < _SHORTEST_FRAGMENT or _named(reader, quote, first):
        return None
    around = [r for r in indirect if r.content.start <= quote.content.start and quote.content.end <= r.content.end]
    if around and not _inner_cue(reader, first):
        inner = min(around, key=lambda r: len(r.content))
        return replace(inner, style="direct", content=quote.content, confidence=FRAGMENT, quote=quote.outer)
    sentence = reader.sentence_of[first]
    reach = sentence.stop if around else _NEAR
    for group in reversed(list(_groups(reader, max(sentence.start, first - reach), first))):
        mention = _speaker_of(reader, group)
        bare = group.first == group.verb and not is_participle(reader, group.verb)
        named = bare and (reader.tokens[group.verb].dep == "acl" or _goes_on(reader, quote, group))
        if mention is not None and reader.is_verbal(group.verb) and not group.passive and not named:
            return _report(reader, quote, group, mention, FRAGMENT)
    return None


def _goes_on(reader: SpeechReader, quote: Quote, group: VerbGroup) -> bool:
    """Whether another verb follows the marks, so that "dit" before them only names ("l'accord dit « … » a été")."""
    after = reader.token_at(quote.outer.end)
    in_sentence = after < len(reader.tokens) and after in reader.sentence_of[group.verb]
    return in_sentence and reader.tokens[after].has("VerbForm=Fin")


def _nickname(reader: SpeechReader, first: int, after: int) -> bool:
    """Whether a verb of naming stands before the marks ("qui se fait appeler « X »", "surnommé « X »", "known as")."""
    if first < 1 or first not in reader.sentence_of[first - 1]:
        return False
    before, earlier = reader.words[first - 1], reader.words[max(0, first - 4) : first - 1]
    if reader.lexicon.has("as_joints", before):
        return bool(earlier) and earlier[-1] in reader.lexicon.naming_words
    if before in reader.lexicon.naming_words:
        return True
    if before in reader.lexicon.scare_words and earlier[-1:] == [","] and reader.words[after : after + 1] == [","]:
        return after + 1 < len(reader.tokens) and is_predicate(reader, after + 1)  # "X, dit « Y », a"
    reflexive = reader.lexicon.words("reflexives") & {*earlier, before}
    return bool(reflexive) and bool(reader.lexicon.naming_verbs & {*earlier, before})


def _foreshadowed(reader: SpeechReader, quote: Quote, first: int, after: int) -> Report | None:
    """Reads "« … » Anna Weber ne décolère pas.": a passage that opens with a quotation, and then names somebody."""
    following = after if after < len(reader.tokens) else None
    if first != 0 or following is None or reader.sentence_of[following].start != following:
        return None
    mention = opening_subject(reader, reader.sentence_of[following])
    if mention is None or mention.pronoun is not None or mention.first != following:
        return None
    if not any(reader.tokens[i].entity == "PER" for i in range(mention.first, mention.after)):
        return None
    return Report(reader, "direct", quote.content, mention, None, None, "say", FORESHADOWED, quote=quote.outer)


def _named(reader: SpeechReader, quote: Quote, first: int) -> bool:
    """Whether the marks enclose a name or a title."""
    before = reader.words[first - 1] if first else ""
    if before in reader.lexicon.forms and reader.tokens[first - 1].dep != "acl":
        before = ""
    words = [w for w in quote.content.of(reader.text).split() if w[0].isalpha()]
    titled = len(words) > 1 and sum(w[0].isupper() for w in words) > len(words) / 2
    return before in reader.lexicon.scare_words or titled


def _continued(reader: SpeechReader, quote: Quote, first: int, before: Report | None) -> Report | None:
    """A quotation that goes on: in the next paragraph without having been closed, or as the next sentence."""
    if before is None or before.style != "direct" or before.quote is None:
        return None
    sentence = reader.sentence_of[first]
    opens = first == sentence.start
    between = reader.text[before.quote.end : quote.span.start]
    same = before.reader is reader
    beside = same and reader.sentence_of.get(_token_before(reader, first)) == _sentence_of(before)
    if quote.continued or (opens and beside and len(between) < 400):
        return replace(before, content=quote.content, lemma=None, cue=None, confidence=CONTINUED, quote=quote.outer)
    return None


def _token_before(reader: SpeechReader, at: int) -> int:
    return max(0, reader.sentence_of[at].start - 1)


def _sentence_of(report: Report) -> range | None:
    reader = report.reader
    return reader.sentence_of.get(reader.token_at(report.content.start))
