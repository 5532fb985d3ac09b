"""Where a cue verb's content clause begins: its "que", over adverbs, addressees and parentheses."""

from __future__ import annotations

from extraction.clause_extent import past_adjuncts
from extraction.speech_reader import SpeechReader, VerbGroup

BETWEEN = 14


def find_complementiser(reader: SpeechReader, group: VerbGroup) -> int | None:
    """The "que" of the verb's content clause, over adverbs, addressees and parentheses."""
    sentence = reader.sentence_of[group.verb]
    for i in range(group.after, min(sentence.stop, group.after + BETWEEN)):
        word, token = reader.words[i], reader.tokens[i]
        if word in reader.lexicon.complementisers:
            return i if _opens_clause(reader, group, i) else None
        beyond = _past_parenthesis(reader, i) if word == "," else i
        if beyond > i and reader.words[beyond] in reader.lexicon.complementisers:
            return beyond
        verbal = token.pos in {"VERB", "AUX"} and token.dep != "amod" and not token.entity
        if i in reader.quote_of or word in {";", ":"} or verbal:
            return None
    return None


def _past_parenthesis(reader: SpeechReader, comma: int) -> int:
    """Behind the words between two commas that say no more than how ("affirmant, sans citer de source, que")."""
    for i in range(comma + 1, min(comma + BETWEEN, reader.sentence_of[comma].stop - 1)):
        if reader.words[i] == ",":
            return i + 1
        if reader.tokens[i].has("VerbForm=Fin") or i in reader.quote_of:
            break
    return comma


def _opens_clause(reader: SpeechReader, group: VerbGroup, que: int) -> bool:
    token, before = reader.tokens[que], reader.words[que - 1]
    if before in reader.lexicon.comparing and que - 1 != group.verb:
        return False
    near = que - group.after <= 1 or past_adjuncts(reader, group.after, group.verb) == que
    if not reader.has_grammar:
        return near
    return near or ((token.pos == "SCONJ" or _in_document(reader, que)) and _addressee(reader, group, que))


def _in_document(reader: SpeechReader, que: int) -> bool:
    """Whether where it was said stands right before ("dans un communiqué que P")."""
    return reader.word_is(que - 2, "indefinite_articles") and reader.word_is(que - 3, "document_prepositions")


def _addressee(reader: SpeechReader, group: VerbGroup, que: int) -> bool:
    """Whether only adverbials and addressees stand between: "a dit jeudi à la presse que"."""
    between = [reader.tokens[i] for i in range(group.after, que)]
    return not any(
        t.dep == "obj"
        and t.pos == "NOUN"
        and reader.words[t.i] not in reader.lexicon.nominals.keys() | reader.lexicon.times
        for t in between
    )
