"""Whom a tag names behind its verb: "a-t-il dit", "a indiqué jeudi la préfecture", "a lancé, très ému, le père"."""

from __future__ import annotations

from extraction.noun_phrases import Mention, find_noun, may_speak, phrase_from
from extraction.speech_reader import SpeechReader, VerbGroup
from extraction.subjects import place_of_on

_FARTHEST_SUBJECT = 20


def subject_after(reader: SpeechReader, group: VerbGroup) -> Mention | None:
    """The inverted subject of an incise: "a-t-il dit", "a indiqué jeudi la préfecture", "indique-t-on de source X"."""
    for i in range(group.first, min(group.after + 3, len(reader.tokens))):
        if reader.inverted_at(i) is not None and reader.quote_of.get(i) is reader.quote_of.get(group.verb):
            if reader.lexicon.has("indefinite_pronouns", reader.inverted_at(i) or ""):
                return place_of_on(reader, past_infinitive(reader, i + 1, len(reader.tokens)))
            return _written_in(reader, group, i) or phrase_from(reader, i)
    end = reader.sentence_of[group.verb].stop
    at = past_infinitive(reader, group.after, end)
    while at < end and at - group.after < 12 and _may_precede(reader, at):
        at += 1
    at = _past_time(reader, at, end)
    if at < end and _begins_subject(reader, at):
        return phrase_from(reader, at)
    return subject_beyond(reader, at, end) if behind_quote(reader, group.first) else None


def _written_in(reader: SpeechReader, group: VerbGroup, pronoun: int) -> Mention | None:
    """The document of "est-il écrit dans l'arrêté", whose "il" is nobody."""
    impersonal = (reader.inverted_at(pronoun) or "") in reader.lexicon.impersonal
    if not impersonal or not reader.word_is(group.first, "being") or group.first + 1 < pronoun - 1:
        return None
    place = place_of_on(reader, group.after)
    return place if place is not None and not reader.word_is(group.after, "no_documents") else None


def past_infinitive(reader: SpeechReader, at: int, end: int) -> int:
    """Past an infinitive that belongs to a tag's verb: "croit savoir", "a tenu à préciser", "a fini par lâcher"."""
    start = at + (at < end and reader.word_is(at, "infinitive_links"))
    return (
        start + 1 if start < end and reader.tokens[start].has("VerbForm=Inf") and start not in reader.quote_of else at
    )


def behind_quote(reader: SpeechReader, at: int) -> bool:
    """Whether nothing but a comma stands between the end of quoted words and a token."""
    before = at - 1 - (at > 0 and reader.words[at - 1] in {",", "–", "—", "-"})
    return before in reader.quote_of and at not in reader.quote_of


def subject_beyond(reader: SpeechReader, at: int, end: int) -> Mention | None:
    """The inverted subject behind whatever says how, where or to whom: "a lancé, très ému, à la sortie le père"."""
    limit = min(end, at + _FARTHEST_SUBJECT)
    while at < limit:
        token, word = reader.tokens[at], reader.words[at]
        finite = token.has("VerbForm=Fin") and reader.words[at + 1 : at + 2] != [","]
        if finite or reader.word_is(at, "relatives") or word in {":", ";", "("}:
            return None
        if token.pos == "ADP" or reader.word_is(at, "occasions") or reader.word_is(at, "no_subjects"):
            at = _past_prepositional(reader, at, limit)
            continue
        begins = _begins_subject(reader, at) and token.pos != "NUM"
        mention = phrase_from(reader, at) if begins else None
        if mention is not None and mention.pronoun is None and _is_known(reader, mention):
            return mention
        at = mention.after if mention is not None and mention.after > at else at + 1
    return None


def _is_known(reader: SpeechReader, mention: Mention) -> bool:
    return may_speak(reader, mention) and reader.words[mention.head] not in reader.lexicon.times


def _past_prepositional(reader: SpeechReader, at: int, limit: int) -> int:
    """Past a preposition and its phrase; a name that follows a common noun without a link is no part of it."""
    if at + 1 < limit and reader.tokens[at + 1].pos == "NUM":
        return at + 2  # "écrivait-on en 1995"
    phrase = phrase_from(reader, at + 1) if at + 1 < limit else None
    if phrase is None or phrase.after <= at + 1:
        return at + 1
    noun = find_noun(reader, phrase)
    if noun is not None and noun.kind == "role":
        return phrase.after
    for i in range(phrase.head + 1, phrase.after):
        name = reader.name_of.get(i)
        begins = name is not None and name.type == "person" and name is not reader.name_of.get(i - 1)
        labelled = reader.tokens[i].entity == "PER" and reader.tokens[i - 1].entity in {"ORG", "LOC", "MISC"}
        if (begins or labelled) and not reader.word_is(i - 1, "genitives"):
            return i
    return phrase.after


def _past_time(reader: SpeechReader, at: int, end: int) -> int:
    """Past "la semaine dernière" and "à l'AFP", which may stand between an inverted verb and its subject."""
    if at + 1 < end and reader.tokens[at].pos == "DET" and reader.words[at + 1] in reader.lexicon.times:
        at += 2
        while at < end and (reader.tokens[at].pos == "ADJ" or reader.words[at] in reader.lexicon.times):
            at += 1
    elif at + 2 < end and reader.word_is(at, "time_prepositions") and _time_at(reader, at + 1, end) is not None:
        return _time_at(reader, at + 1, end) or at
    elif at + 3 < end and reader.word_is(at, "occasions"):
        joined = reader.word_is(at + 1, "genitives") or reader.word_is(at, "genitive_prepositions")
        beyond = _past_prepositional(reader, at + joined, end)
        beyond = beyond if beyond > at + 1 + joined else end
        while beyond < end and (reader.words[beyond] in reader.lexicon.times or reader.tokens[beyond].dep == "amod"):
            beyond += 1  # "lors d'un point presse jeudi"
        if beyond < end and reader.words[beyond] != "," and _begins_subject(reader, beyond):
            return beyond
    return at


def _time_at(reader: SpeechReader, at: int, end: int) -> int | None:
    """The token behind "la mi-journée" or "la soirée"; None where no time stands."""
    for i in range(at, min(at + 4, end)):
        if reader.words[i] in reader.lexicon.times or reader.words[i].partition("-")[2] in reader.lexicon.times:
            after = i + 1
            while after + 1 < end and (
                reader.word_is(after, "genitives") or reader.words[after] in reader.lexicon.times
            ):
                after += 1
            return after
        if reader.tokens[i].pos != "DET" and reader.words[i] != "-" and not reader.word_is(i, "time_prefixes"):
            return None
    return None


def _may_precede(reader: SpeechReader, at: int) -> bool:
    """Adverbs and times between an inverted verb and its subject."""
    token, word = reader.tokens[at], reader.words[at]
    return (
        (token.pos == "ADV" and not reader.word_is(at, "occasions"))
        or word in reader.lexicon.times
        or (reader.word_is(at, "tag_adverbs") and not token.entity)
    )


def _begins_subject(reader: SpeechReader, at: int) -> bool:
    token, word = reader.tokens[at], reader.words[at]
    if reader.quote_of.get(at) is not reader.quote_of.get(at - 1) or reader.word_is(at, "no_subjects"):
        return False
    if word in reader.lexicon.complementisers:
        return False
    return (
        token.pos in {"DET", "PROPN", "NOUN", "ADJ", "NUM", "PRON"}
        or word in reader.lexicon.determiners
        or token.text[0].isupper()
    )
