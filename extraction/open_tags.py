"""Tags with verbs that report only by their place: "« … », grimace le maire", "« … », s'étrangle-t-elle".

Behind quoted words that are a sentence of their own, newspapers let any verb stand for "said". Order alone tells these
tags, so the quotation must open its sentence, the verb must be finite and come next, and a person must follow it.
"""

from __future__ import annotations

from extraction.lexicon import SpeechCue
from extraction.noun_phrases import Mention, find_noun, may_speak, phrase_from
from extraction.quote_marks import Quote
from extraction.reports import word_count
from extraction.speech_reader import SpeechReader, VerbGroup
from extraction.tag_subjects import subject_after

_FEWEST_WORDS = 2
_LONGEST_GROUP = 5
_AFTER_TAG = frozenset({"PUNCT", "ADP", "ADV", "SCONJ", "CCONJ"})


def open_tag(reader: SpeechReader, quote: Quote, first: int, at: int) -> tuple[VerbGroup, Mention] | None:
    """The verb that begins at a token behind a quotation and the person behind it; None where they are no tag."""
    if first != reader.sentence_of[first].start or not _is_sentence(reader, quote):
        return None
    if reader.lexicon.bare_clauses and _asks_for_tag(reader, quote):
        tag = _subject_first(reader, at)
        if tag is not None:
            return tag
    group = _group_from(reader, at)
    mention = subject_after(reader, group) if group is not None else None
    placed = group is not None and any(_hides(reader, i) for i in range(group.first, group.after + 2))
    speaks = mention is not None and (is_person(reader, mention) or (placed and may_speak(reader, mention)))
    if group is None or mention is None or not speaks:
        return None
    return group, mention


def _hides(reader: SpeechReader, at: int) -> bool:
    return at < len(reader.tokens) and reader.lexicon.has("indefinite_pronouns", reader.inverted_at(at) or "")


def _asks_for_tag(reader: SpeechReader, quote: Quote) -> bool:
    """Whether the words end as a language with the comma inside its marks ends them before a tag."""
    return quote.outer.of(reader.text).rstrip("\"'”’»")[-1:] in {",", "!", "?"}


def _subject_first(reader: SpeechReader, at: int) -> tuple[VerbGroup, Mention] | None:
    """Reads "“…,” she fumed.": a person and then a finite verb that takes no object."""
    mention = phrase_from(reader, at)
    if mention is None or not is_person(reader, mention) or mention.after not in reader.sentence_of[at]:
        return None
    verb = mention.after + (reader.tokens[mention.after].pos == "ADV")
    if verb not in reader.sentence_of[at] or not reader.tokens[verb].has("VerbForm=Fin"):
        return None
    token = reader.tokens[verb]
    following = reader.tokens[verb + 1].pos if verb + 1 < len(reader.tokens) else "PUNCT"
    if token.pos != "VERB" or following not in _AFTER_TAG or reader.lexicon.has("no_tags", token.lemma):
        return None
    cue = SpeechCue(token.lemma, "say", frozenset({"quote"}))
    return VerbGroup(verb, verb, verb + 1, cue, negated=False, passive=False), mention


def is_person(reader: SpeechReader, mention: Mention) -> bool:
    """Whether a mention is somebody: a name, "il" or "elle", a role, an unnamed source."""
    if mention.pronoun is not None:
        return reader.lexicon.has("tag_pronouns", mention.pronoun)
    if any(reader.word_is(mention.head, name) for name in ("ones", "ranked_others", "indefinites", "others")):
        return True  # "l'une d'elles"
    noun = find_noun(reader, mention)
    named = any(_names_person(reader, i) for i in range(mention.first, mention.after))
    return (named and (noun is None or noun.kind == "role")) or (noun is not None and noun.kind in {"role", "source"})


def _names_person(reader: SpeechReader, at: int) -> bool:
    name = reader.name_of.get(at)
    return reader.tokens[at].entity == "PER" or (name is not None and name.type == "person")


def _is_sentence(reader: SpeechReader, quote: Quote) -> bool:
    text = quote.content.of(reader.text)
    return text[:1].isupper() and word_count(text) >= _FEWEST_WORDS


def _group_from(reader: SpeechReader, at: int) -> VerbGroup | None:
    """The finite verb that begins at a token with its clitics and auxiliary."""
    end = min(at + _LONGEST_GROUP, reader.sentence_of[at].stop)
    for i in range(at, end):
        if i in reader.quote_of:
            return None
        token, word = reader.tokens[i], reader.words[i]
        if token.pos == "VERB" or _mistagged(reader, i, end):
            finite = token.pos != "VERB" or any(reader.tokens[k].has("VerbForm=Fin") for k in range(at, i + 1))
            reflexive = any(reader.word_is(k, "verb_reflexives") for k in range(at, i))
            cue = SpeechCue(_lemma(reader, i, reflexive=reflexive), "say", frozenset({"quote"}))
            group = VerbGroup(at, i, i + 1, cue, negated=False, passive=False)
            return group if finite and not reader.lexicon.has("no_tags", token.lemma) else None
        helps = token.pos in {"AUX", "ADV"} or (reader.word_is(i, "clitics") and token.pos != "DET")
        if not helps and reader.inverted_at(i) is None and word != "-" and not reader.word_is(i, "euphonic"):
            return None
    return None


def _mistagged(reader: SpeechReader, at: int, end: int) -> bool:
    """Whether a word is a verb by what follows: an inverted pronoun, or somebody's name behind a third person."""
    if any(reader.inverted_at(k) is not None for k in range(at + 1, min(at + 4, end))):
        return reader.words[at].isalpha() and not reader.word_is(at, "clitics") and not reader.word_is(at, "euphonic")
    word = reader.words[at]
    noun = (
        reader.tokens[at].pos in {"NOUN", "ADJ"}
        and word == reader.tokens[at].text
        and word.endswith(tuple(reader.lexicon.words("third_persons")))
    )
    return noun and at + 1 < end and _names_person(reader, at + 1)


def _lemma(reader: SpeechReader, at: int, *, reflexive: bool) -> str:
    """The infinitive; by rule where the tagger took the form for another word ("grimace" -> "grimacer")."""
    word, lemma = reader.words[at], reader.tokens[at].lemma
    known = reader.tokens[at].pos == "VERB" and lemma[: len(word) - 1] == word[:-1]
    ending = next(
        (e for form, e in reader.lexicon.table("third_person_infinitives").items() if word.endswith(form)), ""
    )
    lemma = word + ending if ending and not known else lemma
    if not reflexive:
        return lemma
    words = reader.lexicon.table("elided_reflexive")
    return words["elided" if lemma[:1] in words["before"] else "se"] + lemma if words else lemma
