"""Whether a noun phrase denotes people: by the language's list, a suffix, a demonym, or a person's name."""

from __future__ import annotations

from collections.abc import Iterator

from extraction.event_lexicon import EventLexicon
from extraction.phrases import NAMING, Phrase, Reading

_LONG = 6


def is_people(reading: Reading, phrase: Phrase) -> bool:
    """Whether a phrase's noun denotes people: in the list, by its suffix, a demonym, or a person's name."""
    mention = reading.entity_tokens.get(phrase.head)
    if mention is not None and mention.type == "person":
        return True
    return reading.tokens[phrase.head].entity == "PER" or names_people(reading, phrase.head)


def names_people(reading: Reading, at: int) -> bool:
    """The same of one word, names left aside."""
    token, lexicon = reading.tokens[at], reading.lexicon
    forms = set(singulars(token.text.lower(), lexicon)) | {token.lemma.lower()}
    if forms & lexicon.person_nouns:
        return True
    if token.pos not in NAMING | {"ADJ"} or forms & lexicon.sets.get("not_people", frozenset()):
        return False
    if token.text[0].isupper() and any(form.endswith(lexicon.endings("demonym_suffixes")) for form in forms):
        return True
    return any(len(form) > _LONG and form.endswith(lexicon.endings("person_suffixes")) for form in forms)


def singulars(word: str, lexicon: EventLexicon) -> Iterator[str]:
    """A word and what it may be the plural or the feminine plural of."""
    yield word
    for ending in lexicon.endings("plural_endings"):
        if word.endswith(ending):
            yield word.removesuffix(ending)
