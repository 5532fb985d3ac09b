"""Indirect quotations: content clauses and infinitives after verbs of speech, report and opinion."""

from __future__ import annotations

from collections.abc import Iterator

from extraction.clause_extent import content_end, content_start, past_adjuncts
from extraction.content_clauses import BETWEEN, find_complementiser
from extraction.noun_phrases import Mention, may_speak, phrase_from
from extraction.reports import CLAUSE, DESCRIBED, INFINITIVE, LOOSE, NOMINAL, Report
from extraction.shared_speakers import first_cue_speaker, narrator, shared_speaker
from extraction.spans import Span
from extraction.speech_reader import SpeechReader, VerbGroup
from extraction.subjects import best_subject
from extraction.tag_subjects import past_infinitive
from extraction.tagged_speech import incise_speaker, relative_end

_MOST_COMPLEMENTS = 3
_NOMINAL = frozenset({"DET", "PROPN", "NOUN", "NUM", "PRON"})
_SHORTEST_OBJECT = 4
_SHORT_REQUEST = 6


def find_reported(reader: SpeechReader) -> Iterator[Report]:
    """Every report by a verb outside quotation marks, in order of the verb."""
    for i in range(len(reader.tokens)):
        if i in reader.quote_of or not (reader.is_verbal(i) or _mistaken(reader, i)):
            continue
        group = reader.find_group(i)
        if group is not None:
            report = _report(reader, group)
            if report is not None:
                yield report


def _mistaken(reader: SpeechReader, i: int) -> bool:
    """Whether a word tagged otherwise is a cue verb all the same, by form and by what follows."""
    determined = i > 0 and reader.words[i - 1] in reader.lexicon.determiners
    if determined or i + 1 >= len(reader.tokens) or reader.words[i] not in reader.lexicon.forms:
        return False
    beyond = min(past_adjuncts(reader, i + 1, i), len(reader.tokens) - 1)
    following = reader.tokens[beyond]
    return bool({reader.words[i + 1], reader.words[beyond]} & reader.lexicon.complementisers) or (
        following.has("VerbForm=Inf") and following.pos in {"VERB", "AUX"} and not reader.lexicon.bare_clauses
    )


def _report(reader: SpeechReader, group: VerbGroup) -> Report | None:
    content = _content(reader, group)
    if content is None:
        return None
    first, after, confidence = content
    if _stays_unnamed(reader, first, after):
        return None
    mention = _speaker(reader, group)
    if mention is None or not _plausible(reader, group, mention):
        return None
    if not may_speak(reader, mention):
        confidence = min(confidence, LOOSE)
    span = reader.span(first, after)
    cue = Span(reader.tokens[group.first].start, reader.tokens[group.verb].end)
    return Report(
        reader, "indirect", span, mention, group.cue.lemma, cue, group.cue.stance, confidence, group.negated, group.verb
    )


def _stays_unnamed(reader: SpeechReader, first: int, after: int) -> bool:
    """Whether all that is asked for is to stay unnamed ("who asked not to be named", "ayant requis l'anonymat")."""
    return after - first <= _SHORT_REQUEST and any(reader.word_is(i, "anonymity") for i in range(first, after))


def _speaker(reader: SpeechReader, group: VerbGroup) -> Mention | None:
    shared = shared_speaker(reader, group) or first_cue_speaker(reader, group) or narrator(reader, group)
    if shared is not None:
        return shared
    return best_subject(reader, group)


def _plausible(reader: SpeechReader, group: VerbGroup, mention: Mention) -> bool:
    head = reader.words[mention.head]
    if mention.pronoun is None and head in reader.lexicon.impersonal | reader.lexicon.demonstratives:
        return False
    if reader.lexicon.is_first_person(mention.pronoun) or _is_share(reader, mention):
        return False
    if group.passive and not _has_agent(reader, group, mention):
        return False
    if (
        group.cue.lemma in reader.lexicon.ambiguous_verbs
        or group.cue.stance == "show"
        or "clause" not in group.cue.frames
    ):
        return may_speak(reader, mention)
    return True


def _is_share(reader: SpeechReader, mention: Mention) -> bool:
    """Whether a mention is a share of people asked ("47 % des Français"): their answers are a survey's report."""
    end = min(mention.after + 2, len(reader.tokens))
    return any(reader.words[i] == "%" or reader.word_is(i, "percents") for i in range(mention.first, end))


def _has_agent(reader: SpeechReader, group: VerbGroup, mention: Mention) -> bool:
    return mention.first > group.verb and reader.word_is(mention.first - 1, "agents")


def _past_complements(reader: SpeechReader, group: VerbGroup) -> int:
    """The token behind what completes the cue verb itself: its agent, adverbs, times and addressee."""
    at = group.after
    for _ in range(_MOST_COMPLEMENTS):
        before = at
        at = past_adjuncts(reader, at, group.verb)
        if at + 1 < len(reader.tokens) and (
            (group.passive and reader.word_is(at, "agents"))
            or (reader.word_is(at, "addressing") and not reader.is_verbal(at + 1))
        ):
            phrase = phrase_from(reader, at + 1)
            at = phrase.after if phrase is not None else at
        if at == before:
            break
    return min(at, reader.sentence_of[group.verb].stop)


def _content(reader: SpeechReader, group: VerbGroup) -> tuple[int, int, float] | None:
    """First token, token after the last, and how sure the frame is."""
    frames = group.cue.frames
    if "clause" in frames or "object" in frames:
        que = find_complementiser(reader, group)
        if que is not None and ("clause" in frames or _nominal_between(reader, group, que)):
            start = content_start(reader, que + 1)
            return _extent(reader, start, group, CLAUSE)
    quoted = any(i in reader.quote_of for i in (group.first - 1, group.first - 2))
    tag = quoted or past_infinitive(reader, group.after, len(reader.tokens)) > group.after
    if tag and incise_speaker(reader, group) is not None:
        return None
    if ("as" in frames or "measure" in frames) and not group.passive:
        found = _described(reader, group)
        if found is not None:
            return found
    if "person" in frames or "infinitive" in frames:
        found = _infinitive(reader, group)
        if found is not None:
            return found
    return _object(reader, group) if "object" in frames else None


def _extent(reader: SpeechReader, start: int, group: VerbGroup, confidence: float) -> tuple[int, int, float] | None:
    if start >= len(reader.tokens) or start not in reader.sentence_of[group.verb]:
        return None
    after = content_end(reader, start, group.verb)
    clause = reader.lexicon.bare_clauses and confidence == CLAUSE
    if clause and not any(reader.tokens[i].has("VerbForm=Fin") for i in range(start, after)):
        return None  # "disputed that account"
    if group.first and reader.word_is(group.first - 1, "relatives"):
        after = relative_end(reader, start, after)
    return (start, after, confidence) if after > start else None


def _nominal_between(reader: SpeechReader, group: VerbGroup, que: int) -> bool:
    """Whether a noun of opinion carries the clause ("exprimer sa conviction que")."""
    between = [reader.tokens[i] for i in range(group.after, que)]
    return any(
        "clause" in reader.lexicon.nominals[t.lemma].frames for t in between if t.lemma in reader.lexicon.nominals
    )


def _described(reader: SpeechReader, group: VerbGroup) -> tuple[int, int, float] | None:
    """Reads "présenter X comme Y", "qualifier X de Y", "estimer X à 300"."""
    end = content_end(reader, group.after, group.verb)
    measure = "measure" in group.cue.frames
    links = reader.lexicon.table("as_links").get(group.cue.lemma)
    wanted = (
        reader.lexicon.words("measure_links")
        if measure
        else reader.lexicon.words("as_joints")
        if links is None
        else frozenset(links.split())
    )
    for i in range(group.after + (not measure), min(end, group.after + BETWEEN)):
        if reader.words[i] in wanted and i not in reader.quote_of and _joins(reader, group, i, measure=measure):
            return group.after, end, DESCRIBED
        if reader.tokens[i].pos == "VERB" and i not in reader.quote_of and reader.tokens[i].has("Mood=Ind"):
            return None
    return None


def _joins(reader: SpeechReader, group: VerbGroup, at: int, *, measure: bool) -> bool:
    if measure:
        return any(reader.tokens[i].pos == "NUM" for i in range(at + 1, min(at + 5, len(reader.tokens))))
    return reader.tokens[group.after].pos in {"DET", "PROPN", "NOUN", "ADP"}


def _infinitive(reader: SpeechReader, group: VerbGroup) -> tuple[int, int, float] | None:
    """Reads "promettre de venir", "dit vouloir", "accuse X de mentir", "demande à X de partir"."""
    frames = group.cue.frames
    if not reader.has_grammar or reader.tokens[group.verb].has("VerbForm=Inf"):
        return None
    sentence = reader.sentence_of[group.verb]
    start = past_adjuncts(reader, group.after, group.verb)
    if group.passive or ("infinitive" in frames and "person" not in frames):
        start = _past_complements(reader, group)
    for i in range(start, min(sentence.stop, group.after + BETWEEN)):
        token = reader.tokens[i]
        if _quoted_infinitive(reader, i):
            return _infinitive_from(reader, group, start, i)
        if i in reader.quote_of or reader.words[i] in {",", ";", ":"} | reader.lexicon.complementisers:
            return None
        if _heads_infinitive(reader, group, i) and _intends(reader, group, i):
            return None
        if _heads_infinitive(reader, group, i):
            return _infinitive_from(reader, group, start, i)
        if token.pos in {"VERB", "AUX"}:
            return None
        if "person" not in frames and token.pos not in {"ADP", "ADV", "PART", "PRON"}:
            return None
    return None


def _intends(reader: SpeechReader, group: VerbGroup, infinitive: int) -> bool:
    """Whether an infinitive is what somebody means to do, not what they think ("pensait partir", "pense avoir vu")."""
    stative = reader.lexicon.words("stative_infinitives")
    hopes = reader.lexicon.has("hoping", group.cue.lemma)
    return (
        bool(stative) and group.cue.stance == "think" and not hopes and reader.tokens[infinitive].lemma not in stative
    )


def _quoted_infinitive(reader: SpeechReader, at: int) -> bool:
    """Whether a mark that opens at a token encloses the infinitive: "accuse X de « mentir »"."""
    if at not in reader.quote_of or at - 1 in reader.quote_of or at + 1 >= len(reader.tokens):
        return False
    linked = reader.words[at - 1] in reader.lexicon.infinitive_markers
    inner = next(
        (i for i in range(at + 1, min(at + 4, len(reader.tokens))) if reader.words[i] not in reader.lexicon.negations),
        at + 1,
    )
    return linked and reader.tokens[inner].has("VerbForm=Inf")


def _heads_infinitive(reader: SpeechReader, group: VerbGroup, at: int) -> bool:
    token = reader.tokens[at]
    if token.has("VerbForm=Inf"):
        return token.pos in {"VERB", "AUX"}
    gerund = reader.lexicon.bare_clauses and token.has("VerbForm=Part") and token.has("Tense=Pres")
    linked = reader.word_is(at - 1, "gerund_links") and "person" in group.cue.frames
    return gerund and (linked or (at == group.after and "clause" in group.cue.frames))  # "denied dumping waste"


def _infinitive_from(
    reader: SpeechReader, group: VerbGroup, first: int, infinitive: int
) -> tuple[int, int, float] | None:
    """The content from ``first``, the token behind the verb's own complements, or from the word of the infinitive."""
    person = "person" in group.cue.frames and not group.passive
    marker = infinitive
    while marker > first and reader.words[marker - 1] not in reader.lexicon.infinitive_markers:
        marker -= 1
    linked = marker > first and infinitive - marker <= 3
    if not linked and "infinitive" not in group.cue.frames and infinitive != group.after:
        return None
    object_at = first if group.cue.stance == "accuse" else _past_addressee(reader, first, marker)
    named = reader.tokens[object_at].pos in _NOMINAL or group.cue.stance == "accuse"
    accused = person and marker - 1 > object_at and named
    start = object_at if accused else marker if linked else first
    return _extent(reader, start, group, INFINITIVE)


def _past_addressee(reader: SpeechReader, first: int, end: int) -> int:
    """Past "à la région" of "demande à la région de payer", and past the preposition alone of "call on X to pay"."""
    at = first
    while at < end and reader.tokens[at].pos in {"ADV", "ADP"}:
        addressee = phrase_from(reader, at + 1) if reader.word_is(at, "addressing") else None
        at = addressee.after if addressee is not None else at + 1
    return at


def _object(reader: SpeechReader, group: VerbGroup) -> tuple[int, int, float] | None:
    """Reads "noter le contraste entre …": a noun phrase of some length as what is reported."""
    finite = any(reader.tokens[i].has("VerbForm=Fin") for i in range(group.first, group.after))
    if (
        not reader.has_grammar
        or not finite
        or group.cue.stance == "deny"
        or group.cue.lemma not in reader.lexicon.object_verbs
    ):
        return None
    start = past_adjuncts(reader, group.after, group.verb)
    if start >= len(reader.tokens) or reader.tokens[start].pos != "DET" or start in reader.quote_of:
        return None
    found = _extent(reader, start, group, NOMINAL)
    if found is None:
        return None
    words = sum(1 for i in range(found[0], found[1]) if reader.words[i][0].isalnum())
    return found if words >= _SHORTEST_OBJECT else None
