"""Who a sentence is about: the subjects of its main clauses, which a pronoun of the next sentence most likely means."""

from __future__ import annotations

from extraction.appositions import is_predicate, past_appositions
from extraction.noun_phrases import Mention, may_speak, phrase_from
from extraction.speech_reader import SpeechReader
from extraction.subjects import find_subject

_MOST_OPENINGS = 4


def main_subjects(reader: SpeechReader, sentence: range) -> list[Mention]:
    """The subjects of a sentence's main clauses that are able to speak, pronouns included, in order."""
    found: dict[int, Mention] = {}
    opening = opening_subject(reader, sentence)
    inside = range(0)
    if opening is not None:
        found[opening.first] = opening
        inside = range(opening.after, past_appositions(reader, opening.after, sentence.stop))
    for i in sentence:
        if i not in reader.quote_of:
            mention = find_subject(reader, i) if _is_main(reader, i) else _joined_subject(reader, i, sentence)
            outside = mention is not None and mention.first in sentence and mention.first not in inside
            if mention is not None and outside and _eligible(reader, mention):
                found.setdefault(mention.first, mention)
    covered = [m for m in found.values() if not any(_within(m, other) for other in found.values())]
    return sorted(covered, key=lambda m: m.first)


def phrases_in(reader: SpeechReader, sentence: range) -> list[Mention]:
    """Every phrase of a sentence that is able to speak, outside quotation marks, in order."""
    found: list[Mention] = []
    at = sentence.start
    while at < sentence.stop:
        mention = phrase_from(reader, at) if at not in reader.quote_of else None
        if mention is not None and mention.first == at and _eligible(reader, mention):
            found.append(mention)
        at = mention.after if mention is not None and mention.after > at else at + 1
    return found


def _joined_subject(reader: SpeechReader, joint: int, sentence: range) -> Mention | None:
    """The subject of a clause that a conjunction opens, by the order of the words ("… et Anna Weber a perdu")."""
    if not (reader.words[joint] == ";" or reader.word_is(joint, "main_joints")) or joint + 1 >= sentence.stop:
        return None
    mention = phrase_from(reader, joint + 1)
    if mention is None or mention.after >= sentence.stop or mention.after in reader.quote_of:
        return None
    return mention if is_predicate(reader, mention.after) else None


def opening_subject(reader: SpeechReader, sentence: range) -> Mention | None:
    """The phrase that the order of the words makes the subject: before the first finite verb, appositions passed over.

    "Jeudi, Anna Weber, une voisine, a tout vu" -> "Anna Weber".
    """
    for start in _openings(reader, sentence):
        mention = phrase_from(reader, start)
        if mention is None or not _eligible(reader, mention):
            continue
        at = past_appositions(reader, mention.after, sentence.stop)
        if at < sentence.stop and at not in reader.quote_of and is_predicate(reader, at):
            return mention
    return None


def _openings(reader: SpeechReader, sentence: range) -> list[int]:
    """Where the subject may begin: at the sentence's start or behind one of its first commas."""
    joints = [i for i in sentence if reader.words[i] in {",", ":", "–", "—"} and i not in reader.quote_of]
    starts = [sentence.start, *(i + 1 for i in joints if i + 1 < sentence.stop)]
    return [s for s in starts[:_MOST_OPENINGS] if s not in reader.quote_of]


def _is_main(reader: SpeechReader, i: int) -> bool:
    token = reader.tokens[i]
    root = token.dep in {"ROOT", "root"} or token.head == i
    joined = token.dep == "conj" and reader.tokens[token.head].dep in {"ROOT", "root"}
    return (token.pos in {"VERB", "AUX", "ADJ", "NOUN"} and root) or (token.pos == "VERB" and joined)


def _eligible(reader: SpeechReader, mention: Mention) -> bool:
    if mention.first in reader.quote_of:
        return False
    return may_speak(reader, mention) and reader.words[mention.head] not in reader.lexicon.times


def _within(mention: Mention, other: Mention) -> bool:
    return mention is not other and other.first <= mention.first and mention.after <= other.after
