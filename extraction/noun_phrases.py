"""The words that name a speaker: a noun phrase with its title, without relative clauses and adverbials."""

from __future__ import annotations

from dataclasses import dataclass

from extraction.lexicon import SpeakerNoun
from extraction.spans import Span
from extraction.speech_reader import SpeechReader

_JOINED = frozenset({"-", "'", "’"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens ``first`` up to ``after`` that name a speaker; ``head`` is the first noun or name in them."""

    first: int
    after: int
    head: int
    span: Span
    pronoun: str | None = None


def phrase_from(reader: SpeechReader, first: int, limit: int | None = None) -> Mention | None:
    """The noun phrase that begins at a token; None where none does."""
    pronoun = _pronoun_from(reader, first)
    if pronoun is not None:
        return pronoun
    one = _one_of(reader, first) or _some(reader, first)
    if one is not None:
        return one
    end = reader.sentence_of[first].stop if limit is None else min(limit, reader.sentence_of[first].stop)
    at, after, head = first, first, None
    while at < end and _continues(reader, first, at, head):
        if reader.word_is(at, "possessive_marks"):
            head = None  # "the sheriff's office" is an office
        elif _nominal(reader, at):
            head = at if head is None else head
            after = at + 1
        elif head is not None and (
            reader.tokens[at].pos in {"ADJ", "NUM"} or reader.word_is(at, "linking_participles")
        ):
            after = at + 1
        at += 1
    if head is None:
        return None
    return Mention(first, after, head, reader.span(first, after))


def _pronoun_from(reader: SpeechReader, first: int) -> Mention | None:
    word = reader.words[first]
    for length in (3, 2, 1):
        if first + length <= len(reader.tokens):
            span = reader.span(first, first + length)
            text = span.of(reader.text).lower().replace("\u2019", "'")
            if text in reader.lexicon.pronouns and not (length == 1 and reader.tokens[first].pos == "DET"):
                return Mention(first, first + length, first, span, text)
    inverted = reader.inverted_at(first)
    if inverted is not None:
        token = reader.tokens[first]
        return Mention(first, first + 1, first, Span(token.start + (word[0] == "-"), token.end), inverted)
    return None


def _one_of(reader: SpeechReader, first: int) -> Mention | None:
    """Reads "l'un d'eux", "l'une des victimes": one of several, who stays unnamed."""
    words = reader.words[first : first + 5]
    if len(words) < 4 or not reader.lexicon.has("one_of", " ".join(words[:3])):
        return None
    them = reader.lexicon.words("them")
    if words[3] in them or (reader.word_is(first + 3, "among") and words[-1] in them):
        after = first + (4 if words[3] in them else 5)
        return Mention(first, after, first + 1, reader.span(first, after))
    several = phrase_from(reader, first + 3)
    return Mention(first, several.after, several.head, reader.span(first, several.after)) if several else None


def _some(reader: SpeechReader, first: int) -> Mention | None:
    """Reads "certains", "d'autres", "deux autres", "beaucoup": people by their number alone."""
    led = reader.word_is(first, "other_openers") or reader.tokens[first].pos == "NUM"
    several = led and first + 1 < len(reader.tokens) and reader.word_is(first + 1, "others")
    ranked = first + 1 < len(reader.tokens) and reader.word_is(first + 1, "ranked_others")
    several = several or (ranked and reader.words[first] in reader.lexicon.determiners)
    several = several or _the_one(reader, first)
    length = 2 if several else 1 if reader.word_is(first, "indefinites") else 0
    if not length or first + length >= len(reader.tokens):
        return None
    verb = reader.words[first + length] in reader.lexicon.forms
    if not verb and _noun_follows(reader, first + length):
        return None
    return Mention(first, first + length, first + length - 1, reader.span(first, first + length))


def _the_one(reader: SpeechReader, first: int) -> bool:
    """Whether "l'un" or "l'une" stands alone at a token."""
    words = reader.words[first : first + 3]
    alone = len(words) == 3 and f"{words[0]} {words[1]}" in reader.lexicon.words("the_one")
    return alone and not reader.word_is(first + 2, "genitives")


def _same_name(reader: SpeechReader, at: int) -> bool:
    """Whether a token belongs to the name that the token before is in."""
    name = reader.name_of.get(at)
    token = reader.tokens[at]
    return (name is not None and name is reader.name_of.get(at - 1)) or (bool(token.entity) and not token.entity_start)


def _nominal(reader: SpeechReader, at: int) -> bool:
    token = reader.tokens[at]
    if at in reader.name_of and token.text[0].isalnum():
        return True
    if reader.words[at] in reader.lexicon.not_names and token.pos != "NOUN":
        return False
    if token.pos in {"NOUN", "PROPN"} or (token.entity and not token.text[0].isspace()):
        return token.text[0].isalnum()
    if token.text[0].isupper():
        return True
    described = reader.lexicon.find_noun(token.text) is not None or _stands_alone(reader, at)
    return described and (token.pos == "X" or (at > 0 and reader.words[at - 1] in reader.lexicon.determiners))


def _stands_alone(reader: SpeechReader, at: int) -> bool:
    """Whether an adjective or participle has no noun behind it, so that it is one ("son associée,")."""
    token = reader.tokens[at]
    adjective = token.pos == "ADJ" or (token.pos == "VERB" and token.has("VerbForm=Part"))
    following = reader.words[at + 1] if at + 1 < len(reader.tokens) else "."
    return adjective and following in {",", ".", "»", ")", "?", "!"}


def _continues(reader: SpeechReader, first: int, at: int, head: int | None) -> bool:
    token, word = reader.tokens[at], reader.words[at]
    if at in reader.quote_of and first not in reader.quote_of:
        return False
    if at > first and _same_name(reader, at):
        return True
    before = reader.tokens[at - 1] if at > first else None
    if reader.word_is(at, "possessive_marks"):
        return head is not None and _noun_follows(reader, at + 1)
    if word in _JOINED:
        return before is not None and before.end == token.start
    if before is not None and before.text in _JOINED and before.end == token.start:
        return True
    if reader.word_is(at, "genitives"):
        return at == first or (head is not None and _noun_follows(reader, at + 1))
    if word == "&" or reader.word_is(at, "phrase_joints"):
        return head is not None and _noun_follows(reader, at + 1) and not _clause_follows(reader, at + 1)
    if reader.word_is(at, "rank_links") and at + 1 < len(reader.tokens):
        return reader.word_is(at + 1, "ranks")
    if head is not None and reader.word_is(at, "placing") and before is not None:
        return before.text.lower() in reader.lexicon.placed_roles and _noun_follows(reader, at + 1)
    if token.pos == "DET" or word in reader.lexicon.determiners:
        return head is None or _linked(reader, at)
    return _word_continues(reader, at, head)


def _word_continues(reader: SpeechReader, at: int, head: int | None) -> bool:
    token, word = reader.tokens[at], reader.words[at]
    before = reader.tokens[at - 1] if at else None
    if word in reader.lexicon.times and not _linked(reader, at):
        return False
    if head is not None and _is_verb(reader, at):
        return False
    if _nominal(reader, at):
        named = before is not None and before.pos == "PROPN" and head is not None
        return not (named and token.pos == "NOUN" and token.text[0].islower() and not token.entity)
    if token.pos in {"ADJ", "NUM"}:
        described = reader.lexicon.find_noun(reader.tokens[head].text) if head is not None else None
        body = described is not None and described.kind != "role"  # "l'association Rives libres"
        return head is None or body or not (before is not None and before.entity == "PER")
    if token.pos == "VERB" and head is not None:
        # "la ministre norvanienne de": an adjective that no dictionary has is often taken for a verb.
        adjective = token.dep == "amod" and at - 1 == head and word not in reader.lexicon.forms
        return reader.word_is(at, "linking_participles") or (adjective and _noun_follows(reader, at + 2))
    return token.pos == "ADV" and head is None and reader.word_is(at, "degree_adverbs")


def _is_verb(reader: SpeechReader, at: int) -> bool:
    """Whether a noun right behind a noun is a verb of speech instead, by its form ("son père soupire.")."""
    token = reader.tokens[at]
    behind = reader.tokens[at - 1].pos in {"NOUN", "PROPN"} and token.pos == "NOUN" and token.text[0].islower()
    return (
        behind and reader.words[at] in reader.lexicon.forms and not reader.lexicon.has("noun_forms", reader.words[at])
    )


def _linked(reader: SpeechReader, at: int) -> bool:
    """Whether a preposition or conjunction stands right before, so that the phrase goes on."""
    return at > 0 and any(reader.word_is(at - 1, name) for name in ("genitives", "placing", "phrase_joints"))


def _noun_follows(reader: SpeechReader, at: int) -> bool:
    for i in range(at, min(at + 4, len(reader.tokens))):
        token = reader.tokens[i]
        if reader.words[i] in reader.lexicon.times or i in reader.quote_of:
            return False
        if _nominal(reader, i):
            return True
        if token.pos not in {"DET", "ADJ", "NUM"} and reader.words[i] not in reader.lexicon.determiners:
            return False
    return False


def _clause_follows(reader: SpeechReader, at: int) -> bool:
    """Whether "et" joins clauses: the noun after it is the subject of a verb of its own."""
    for i in range(at, min(at + 4, len(reader.tokens))):
        token = reader.tokens[i]
        if token.dep.startswith("nsubj") and token.head > i:
            return True
    return False


def find_noun(reader: SpeechReader, mention: Mention) -> SpeakerNoun | None:
    """The description of a source that heads a mention."""
    owner = max((i for i in range(mention.first, mention.head) if reader.word_is(i, "possessive_marks")), default=-1)
    for i in range(max(mention.first, owner + 1), mention.after):
        if reader.tokens[i].dep == "compound" and reader.tokens[i].pos == "NOUN" and i + 1 < mention.after:
            continue  # "the council leader" is no council
        if reader.tokens[i].pos in {"NOUN", "X"} or i == mention.head:
            two = reader.span(i, min(i + 3, mention.after)).of(reader.text)
            noun = reader.lexicon.find_noun(two) or reader.lexicon.find_noun(reader.tokens[i].text)
            if noun is not None:
                return noun
            if i >= mention.head and not reader.tokens[i].text[0].isupper():
                return None
    return None


def may_speak(reader: SpeechReader, mention: Mention) -> bool:
    """Whether a mention is known to be able to speak: a pronoun, a name, a described person, body or document."""
    if mention.pronoun is not None:
        return True
    head = reader.tokens[mention.head]
    several = any(reader.word_is(mention.head, name) for name in ("indefinites", "others", "ranked_others"))
    return several or bool(head.entity) or reader.is_capital(mention.head) or find_noun(reader, mention) is not None


def cannot_speak(reader: SpeechReader, mention: Mention) -> bool:
    """Whether a mention is known to be no speaker: a sum, a number, a time, a thing by its suffix."""
    if mention.pronoun is not None or find_noun(reader, mention) is not None:
        return False
    words = range(mention.first, mention.after)
    if any(reader.tokens[i].entity in {"PER", "ORG"} or i in reader.name_of for i in words):
        return False
    head = reader.words[mention.head]
    if head in reader.lexicon.times or any(reader.tokens[i].pos == "NUM" or head[0].isdigit() for i in words):
        return True
    return not reader.is_capital(mention.head) and head.endswith(tuple(reader.lexicon.words("thing_endings")))
