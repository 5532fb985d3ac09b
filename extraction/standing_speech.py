"""Quotations without a tag: they go on with one before, or stand beside a sentence about who speaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extraction.appositions import past_appositions
from extraction.noun_phrases import Mention, find_noun, phrase_from
from extraction.open_tags import is_person
from extraction.quote_marks import Quote
from extraction.reports import CONTINUED, FORESHADOWED, STANDING, Report, word_count
from extraction.sentence_subjects import main_subjects, opening_subject
from extraction.speech_reader import SpeechReader

_NEAR_BEFORE = 400
_FEWEST_STANDING = 3
# A shorter paragraph of nothing but quoted words may be a heading.
_FEWEST_ALONE = 10
_SENTENCES_BACK = 3
_FEWEST_FORESHADOWED = 6
_FEWEST_CARRIED = 5
_PASSAGE_SENTENCES = 2
# Code points in which words that are set apart stand again.
_AROUND = 10_000
_PUNCTUATION = frozenset({".", "!", "?", "…", "...", ","})


@dataclass(frozen=True, slots=True)
class Before:
    """What the passage before one left: itself, its last quotation, and that again if the passage ended with it."""

    reader: SpeechReader | None = None
    said: Report | None = None
    last: Report | None = None


def continued(reader: SpeechReader, quote: Quote, first: int, before: Report | None) -> Report | None:
    """A quotation that goes on: in the next paragraph without having been closed, or as the next sentence."""
    if before is None or before.style != "direct" or before.quote is None:
        return None
    between = reader.text[before.quote.end : quote.span.start]
    beside = before.reader is reader and _sentence_before(reader, first) == _sentence_of(before)
    sentence = reader.sentence_of[first]
    # Words behind the marks are a tag that was not understood, rather than none.
    alone_in_sentence = set(reader.words[reader.tokens_of(quote.span).stop : sentence.stop]) <= _PUNCTUATION
    opens = first == sentence.start and beside and len(between) < _NEAR_BEFORE and alone_in_sentence
    alone = before.reader is not reader and fills_passage(reader, quote)
    if quote.continued or opens or alone:
        return replace(before, content=quote.content, lemma=None, cue=None, confidence=CONTINUED, quote=quote.outer)
    return None


def _sentence_before(reader: SpeechReader, at: int) -> range | None:
    return reader.sentence_of.get(max(0, reader.sentence_of[at].start - 1))


def _sentence_of(report: Report) -> range | None:
    reader = report.reader
    return reader.sentence_of.get(reader.token_at(report.content.start))


def fills_passage(reader: SpeechReader, quote: Quote) -> bool:
    """Whether a paragraph holds nothing but the quotation, and is too long for a heading."""
    positions = reader.tokens_of(quote.span)
    rest = {reader.words[i] for i in range(len(reader.tokens)) if i not in positions}
    return rest <= _PUNCTUATION and word_count(quote.content.of(reader.text)) >= _FEWEST_ALONE


def foreshadowed(reader: SpeechReader, quote: Quote, first: int, after: int) -> Report | None:
    """Reads "« … » Anna Weber ne décolère pas.": a passage that opens with a quotation, and then names somebody."""
    following = after if after < len(reader.tokens) else None
    if first != 0 or following is None or reader.sentence_of[following].start != following:
        return None
    mention = _named_in(reader, reader.sentence_of[following]) or _role_in(reader, quote, following)
    if mention is None:
        return None
    return Report(reader, "direct", quote.content, mention, None, None, "say", FORESHADOWED, quote=quote.outer)


def _role_in(reader: SpeechReader, quote: Quote, following: int) -> Mention | None:
    """The described person whom the sentence behind a whole sentence in marks is about ("L'ancien otage parle bas")."""
    text = quote.content.of(reader.text)
    if text[-1:] not in {".", "!", "?", "…"} or word_count(text) < _FEWEST_FORESHADOWED:
        return None
    mention = opening_subject(reader, reader.sentence_of[following])
    return mention if mention is not None and mention.pronoun is None and is_person(reader, mention) else None


def _named_in(reader: SpeechReader, sentence: range) -> Mention | None:
    """The person whom a sentence names: its subject, or the only one in it."""
    mention = opening_subject(reader, sentence)
    if mention is not None and _is_named(reader, mention):
        return mention
    return only_named(reader, sentence)


def only_named(reader: SpeechReader, part: range) -> Mention | None:
    """The one person whom a part of a sentence names."""
    names = {reader.name_of[i].span: i for i in reversed(part) if i in reader.name_of}
    people = [i for i in names.values() if reader.name_of[i].type == "person"]
    return phrase_from(reader, people[0]) if len(people) == 1 else None


def previous_person(reader: SpeechReader, at: int) -> Mention | None:
    """Who the sentence before a token's own is about: whom a verbless announcement means ("Puis, plus bas : « … »")."""
    before = next(_sentences_before(reader, reader.sentence_of[at].start), None)
    return _person_in(reader, before) if before is not None else None


def standing(reader: SpeechReader, quote: Quote, at: range, last: Report | None) -> Report | None:
    """Reads "Anna Weber ne décolère pas. « … »": a sentence of its own in marks, behind one about who says it."""
    if not _is_sentence(reader, quote, at):
        return None
    said = last if last is not None and last.reader is reader and last.style == "direct" else None
    for back, sentence in enumerate(_sentences_before(reader, at.start)):
        if said is not None and reader.token_at(said.content.start) in sentence:
            return _standing(reader, quote, said.mention)
        person = _person_in(reader, sentence) if back < _SENTENCES_BACK else None
        if person is None and back == 0:
            person = only_named(reader, sentence)  # "C'est un cri du cœur que pousse Anna Weber."
        if person is not None and (said is None or back == 0) and not (said and _is_aside(reader, person, sentence)):
            return _standing(reader, quote, person)
    return _named_next(reader, quote, at)


def carried(reader: SpeechReader, quote: Quote, at: range, before: Before) -> Report | None:
    """Reads "Anna Weber se souvient.¶« C'était un mardi. … »": a passage that opens with words of who spoke before it.

    Only words in the first or second person are surely somebody's, and not what the layout sets apart.
    """
    text = quote.content.of(reader.text)
    opens = at.start == 0 and _closes_sentence(reader, at) and not text[0].islower()
    spoken = any(reader.word_is(i, "speech_pronouns") for i in at)
    around = reader.text[max(0, quote.span.start - _AROUND) : quote.span.end + _AROUND]
    told_once = word_count(text) >= _FEWEST_CARRIED and around.count(text) == 1
    if before.reader is None or not (opens and spoken and told_once):
        return None
    if before.said is not None:
        return replace(_standing(before.said.reader, quote, before.said.mention), confidence=FORESHADOWED)
    for sentence in reversed(before.reader.sentences[-_PASSAGE_SENTENCES:]):
        person = _person_in(before.reader, sentence)
        if person is not None:
            return replace(_standing(before.reader, quote, person), confidence=FORESHADOWED)
    return None


def _closes_sentence(reader: SpeechReader, at: range) -> bool:
    """Whether nothing but punctuation stands around quoted words in their sentence."""
    sentence = reader.sentence_of[at.start]
    return at.start == sentence.start and set(reader.words[at.stop : sentence.stop]) <= _PUNCTUATION


def _named_next(reader: SpeechReader, quote: Quote, at: range) -> Report | None:
    """Reads "Le ton est posé. « … » L'auteur, Anna Weber, …": the next sentence names who speaks."""
    following = reader.sentence_of[at.start].stop
    if following >= len(reader.tokens):
        return None
    mention = opening_subject(reader, reader.sentence_of[following])
    if mention is None or mention.pronoun is not None or not _names(reader, mention):
        return None
    return replace(_standing(reader, quote, mention), confidence=FORESHADOWED)


def _names(reader: SpeechReader, mention: Mention) -> bool:
    """Whether a name stands in a mention or in what describes it between commas."""
    end = past_appositions(reader, mention.after, reader.sentence_of[mention.first].stop)
    return any(reader.tokens[i].entity == "PER" for i in range(mention.first, end))


def _is_aside(reader: SpeechReader, mention: Mention, sentence: range) -> bool:
    """Whether a sentence about somebody's relative ("Son mari a été rappelé") is told by who spoke before.

    It is, unless the relative does what speakers do ("Son père soupire").
    """
    acted = mention.after < len(reader.tokens) and reader.word_is(mention.after, "object_pronouns")
    owned = reader.word_is(mention.first, "possessives")
    groups = [reader.find_group(i) for i in range(mention.after, sentence.stop) if i not in reader.quote_of]
    return acted or (owned and not any(group is not None and not group.passive for group in groups))


def _standing(reader: SpeechReader, quote: Quote, mention: Mention) -> Report:
    return Report(reader, "direct", quote.content, mention, None, None, "say", STANDING, quote=quote.outer)


def _is_named(reader: SpeechReader, mention: Mention) -> bool:
    return any(reader.tokens[i].entity == "PER" for i in range(mention.first, mention.after))


def _is_sentence(reader: SpeechReader, quote: Quote, at: range) -> bool:
    text = quote.content.of(reader.text)
    long = not text[0].islower() and word_count(text) >= _FEWEST_STANDING
    return at.start > 0 and long and _closes_sentence(reader, at)


def _sentences_before(reader: SpeechReader, first: int) -> Iterator[range]:
    """The sentences of the passage before a token, nearest first."""
    for sentence in reversed(reader.sentences):
        if sentence.start < first:
            yield sentence


def _person_in(reader: SpeechReader, sentence: range) -> Mention | None:
    """Who a sentence is about, if it is one person; of a question also whom it asks ("Que répond-elle ?")."""
    people = [m for m in main_subjects(reader, sentence) if _may_talk(reader, m) and not _impersonal(reader, m)]
    if not people:
        inverted = [i for i in sentence if i not in reader.quote_of and _is_somebody(reader, i)]
        return phrase_from(reader, inverted[-1]) if inverted else None
    return people[-1]


def _is_somebody(reader: SpeechReader, at: int) -> bool:
    return reader.lexicon.has("personal_pronouns", reader.inverted_at(at) or "")


def _may_talk(reader: SpeechReader, mention: Mention) -> bool:
    """Whether a subject is a person, or people whose verb is one of speech ("un groupe de jeunes s'esclaffe")."""
    if is_person(reader, mention):
        return True
    noun = find_noun(reader, mention)
    cue = next(
        (g for i in range(mention.after, min(mention.after + 3, len(reader.tokens))) if (g := reader.find_group(i))),
        None,
    )
    return noun is not None and noun.kind == "group" and cue is not None and not cue.passive


def _impersonal(reader: SpeechReader, mention: Mention) -> bool:
    """Whether "il" stands for nobody ("Il faut", "Il y a", "Il pleut")."""
    following = reader.words[mention.after] if mention.after < len(reader.tokens) else ""
    impersonal = mention.pronoun is not None and mention.pronoun in reader.lexicon.impersonal
    return impersonal and reader.lexicon.has("impersonal_verbs", following)
