"""What stands between commas behind a noun phrase: does it describe it, and does the phrase's verb come next?"""

from __future__ import annotations

from extraction.noun_phrases import find_noun, phrase_from
from extraction.speech_reader import SpeechReader


def is_apposition(reader: SpeechReader, first: int, after: int) -> bool:
    """Whether the words between two commas describe the source: a phrase without a main verb, a relative clause."""
    if reader.word_is(first, "relatives") or is_age(reader, first, after):
        return True
    if any(reader.quote_of.get(i) is not reader.quote_of.get(first - 1) for i in range(first, after)):
        return False
    verbs = [i for i in range(first, after) if reader.tokens[i].has("VerbForm=Fin")]
    if verbs and reader.has_grammar and not any(reader.word_is(i, "relatives") for i in range(first, verbs[0])):
        return False
    noun = reader.lexicon.find_noun(reader.tokens[first].text) or (
        reader.lexicon.find_noun(reader.tokens[first + 1].text) if after - first > 1 else None
    )
    phrase = phrase_from(reader, first, after) if noun is None else None
    noun = noun or (find_noun(reader, phrase) if phrase is not None else None)
    name = reader.tokens[first].entity == "PER" or reader.word_is(first, "former")
    aside = (
        reader.tokens[first].pos in {"ADV", "ADP", "SCONJ", "PRON"}
        or reader.words[first] in reader.lexicon.leading_adverbs
    )
    thing = noun is not None and noun.kind == "document" and reader.words[first] in reader.lexicon.definite_articles
    return not (aside or thing) and (
        noun is not None or name or (not verbs and reader.tokens[first].pos in {"NOUN", "PROPN"})
    )


def is_age(reader: SpeechReader, first: int, after: int) -> bool:
    """Whether the words between two commas are somebody's age: "36 ans", "61", "aged 36"."""
    number = first + reader.word_is(first, "age_openers")
    if number >= after or not (reader.words[number].isdigit() and len(reader.words[number]) <= 3):
        return False
    return after - number == 1 or (after - number <= 3 and reader.word_is(number + 1, "ages"))


def past_appositions(reader: SpeechReader, at: int, end: int) -> int:
    """The token behind the descriptions between commas that begin at a token; the token itself where none does."""
    behind = at
    while at < end and reader.words[at] == ",":
        closing = next((i for i in range(at + 1, end) if reader.words[i] == "," and i not in reader.quote_of), None)
        if closing is None or not (is_apposition(reader, at + 1, closing) or is_participial(reader, at + 1, closing)):
            break
        at, behind = closing, closing + 1
        if closing + 1 < end and is_predicate(reader, closing + 1):
            break
    return behind


def is_participial(reader: SpeechReader, first: int, after: int) -> bool:
    """Whether a past participle or an adjective opens the words ("accusé de vol", "proche du pouvoir")."""
    opens = reader.tokens[first].pos == "ADJ" or reader.tokens[first].has("Tense=Past|VerbForm=Part")
    opens = opens or (reader.tokens[first].has("VerbForm=Part") and not reader.tokens[first].has("Tense=Pres"))
    return opens and not any(reader.tokens[i].has("VerbForm=Fin") for i in range(first, after))


def is_predicate(reader: SpeechReader, at: int) -> bool:
    """Whether a finite verb begins at a token, by its tag or, where the tagger slips, by its form."""
    token, word = reader.tokens[at], reader.words[at]
    if token.pos in {"VERB", "AUX"}:
        if token.has("VerbForm=Inf"):
            return not word.endswith(tuple(reader.lexicon.words("infinitive_endings")))
        # "conclut" and "dit" are taken for participles, which end otherwise or look the same.
        ambiguous = token.dep == "ROOT" and word.endswith(
            tuple(reader.lexicon.words("ambiguous_participles")) or ("\0",)
        )
        return ambiguous or not token.has("VerbForm=Part")
    if token.pos in {"PRON", "ADV", "PART"} and reader.word_is(at, "clitics"):
        return True
    named = token.pos in {"ADJ", "PROPN"} or (token.pos == "NOUN" and reader.tokens[at - 1].pos != "NOUN")
    return not named and word in reader.lexicon.forms
