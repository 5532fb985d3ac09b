"""Quoted fragments: words in marks that a sentence's own grammar takes in, and marks that hold no speech at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extraction.appositions import is_predicate
from extraction.clause_extent import is_participle
from extraction.lexicon import SpeechCue
from extraction.noun_phrases import Mention, find_noun, may_speak, phrase_from
from extraction.open_tags import is_person
from extraction.quote_marks import Quote
from extraction.reports import FRAGMENT, TAKEN_IN, Report, quoted, word_count
from extraction.source_markers import marker_at, phrase_ending
from extraction.speech_reader import SpeechReader, VerbGroup
from extraction.subjects import best_subject, find_subject, hidden_by_on

SHORTEST_FRAGMENT = 4
_NEAR = 7
_FARTHEST_VERB = 12


def governed(reader: SpeechReader, quote: Quote, first: int, indirect: Sequence[Report]) -> Report | None:
    """A fragment of four words or more inside a report, or right behind a cue verb."""
    if word_count(quote.content.of(reader.text)) < SHORTEST_FRAGMENT or _titled(reader, quote, first):
        return None
    around = [r for r in indirect if r.content.start <= quote.content.start and quote.content.end <= r.content.end]
    if around and not inner_cue(reader, first):
        inner = min(around, key=lambda r: len(r.content))
        return replace(inner, style="direct", content=quote.content, confidence=FRAGMENT, quote=quote.outer)
    sentence = reader.sentence_of[first]
    if first > sentence.start and reader.words[first - 1] == ":":
        return None  # a colon announces; what stands before it governs nothing
    reach = sentence.stop if around else _NEAR
    for group in reversed(list(reader.groups_in(max(sentence.start, first - reach), first))):
        if "quote" not in group.cue.frames and not _links_as(reader, group, first):
            continue
        if group.passive:
            told = _by_agent(reader, group, quote, first)
            if told is not None:
                return told
        mention = speaker_of(reader, group)
        bare = group.first == group.verb and not is_participle(reader, group.verb)
        named = bare and (reader.tokens[group.verb].dep == "acl" or _goes_on(reader, quote, group))
        if mention is not None and reader.is_verbal(group.verb) and not group.passive and not named:
            return quoted(reader, quote, group, mention, FRAGMENT)
    return None


def _links_as(reader: SpeechReader, group: VerbGroup, first: int) -> bool:
    """Whether "comme" stands between a verb that only describes and the marks ("présenter X comme « … »")."""
    if "as" not in group.cue.frames:
        return True
    return any(reader.word_is(i, "as_joints") for i in range(group.after, first)) or bool(
        reader.lexicon.table("as_links").get(group.cue.lemma)
    )


def _by_agent(reader: SpeechReader, group: VerbGroup, quote: Quote, first: int) -> Report | None:
    """Reads "décrit par ses proches comme « … »", "qualifié de « … » par la CGT": whose words a passive quotes."""
    after = reader.tokens_of(quote.span).stop
    places = [*range(group.after, first), after]
    at = next((i for i in places if i in reader.sentence_of[first] and reader.word_is(i, "agents")), None)
    mention = phrase_from(reader, at + 1) if at is not None and at + 1 < len(reader.tokens) else None
    if mention is None or not may_speak(reader, mention):
        return None
    return quoted(reader, quote, group, mention, FRAGMENT)


def _goes_on(reader: SpeechReader, quote: Quote, group: VerbGroup) -> bool:
    """Whether another verb follows the marks, so that "dit" before them only names ("l'accord dit « … » a été")."""
    after = reader.token_at(quote.outer.end)
    in_sentence = after < len(reader.tokens) and after in reader.sentence_of[group.verb]
    return in_sentence and reader.tokens[after].has("VerbForm=Fin")


def is_name(reader: SpeechReader, first: int, after: int) -> bool:
    """Whether a verb of naming stands before the marks ("qui se fait appeler « X »", "surnommé « X »", "known as")."""
    if first < 1 or first not in reader.sentence_of[first - 1]:
        return False
    before, earlier = reader.words[first - 1], reader.words[max(0, first - 4) : first - 1]
    if reader.lexicon.has("as_joints", before):
        return bool(earlier) and earlier[-1] in reader.lexicon.naming_words
    if before in reader.lexicon.naming_words or before in reader.lexicon.naming_verbs:
        return True
    if before in reader.lexicon.scare_words and earlier[-1:] == [","] and reader.words[after : after + 1] == [","]:
        return after + 1 < len(reader.tokens) and is_predicate(reader, after + 1)  # "X, dit « Y », a"
    reflexive = reader.lexicon.words("reflexives") & {*earlier, before}
    return bool(reflexive) and bool(reader.lexicon.naming_verbs & {*earlier, before})


def _titled(reader: SpeechReader, quote: Quote, first: int) -> bool:
    """Whether the marks enclose a name or a title."""
    before = reader.words[first - 1] if first else ""
    group = reader.find_group(first - 1) if first else None
    if group is not None and (group.first < group.verb or reader.tokens[first - 1].dep != "acl"):
        before = ""
    words = [w for w in quote.content.of(reader.text).split() if w[0].isalpha()]
    titled = len(words) > 1 and sum(w[0].isupper() for w in words) > len(words) / 2
    return before in reader.lexicon.scare_words or titled


def hides_the_speaker(reader: SpeechReader, mention: Mention) -> bool:
    """Whether a pronoun says no name that the article has: the writer's own, or "on"."""
    pronoun = mention.pronoun or ""
    return reader.lexicon.is_first_person(pronoun) or reader.lexicon.has("indefinite_pronouns", pronoun)


def speaker_of(reader: SpeechReader, group: VerbGroup) -> Mention | None:
    """The subject of a cue verb; None for the first person and for one without a referent."""
    mention = best_subject(reader, group)
    if mention is None or hides_the_speaker(reader, mention):
        return None
    return None if mention.pronoun is None and reader.words[mention.head] in reader.lexicon.impersonal else mention


def inner_cue(reader: SpeechReader, first: int) -> bool:
    """Whether a cue verb of the same sentence already governs the quotation ("X a dit que … « … », selon Y")."""
    sentence = reader.sentence_of[first]
    groups = reader.groups_in(sentence.start, first)
    return any(
        find_subject(reader, g.verb) is not None
        and "clause" in g.cue.frames
        and set(reader.words[g.after : first]) & reader.lexicon.complementisers
        for g in groups
    )


def sourced(reader: SpeechReader, quote: Quote, first: int) -> Report | None:
    """Reads "Il s'agit, selon le préfet, d'« une opération inédite »": the one source phrase of the sentence."""
    if word_count(quote.content.of(reader.text)) < SHORTEST_FRAGMENT or _titled(reader, quote, first):
        return None
    found = [source for i in reader.sentence_of[first] if (source := marker_at(reader, i)) is not None]
    if len(found) != 1 or found[0].relative:
        return None
    cue = reader.span(found[0].first, max(found[0].first + 1, found[0].mention.first))
    lemma = found[0].marker.lemma
    return Report(reader, "direct", quote.content, found[0].mention, lemma, cue, "say", FRAGMENT, quote=quote.outer)


def taken_in(reader: SpeechReader, quote: Quote, first: int) -> Report | None:
    """Reads "Le syndicat veut « ouvrir des discussions sur les salaires »": what somebody's verb takes in, unreported.

    The marks say that the words are the subject's own; lower case and the lack of a noun before them, that they are
    no name.
    """
    text = quote.content.of(reader.text)
    if word_count(text) < SHORTEST_FRAGMENT or not text[0].islower():
        return None
    mention = _quoted_predicate(reader, first) or _taker(reader, first)
    if mention is None or mention.first in reader.quote_of or hides_the_speaker(reader, mention):
        return None
    noun = find_noun(reader, mention)
    body = noun is not None and noun.kind in {"group", "institution"}
    if not body and not is_person(reader, mention):
        return None
    return Report(reader, "direct", quote.content, mention, None, None, "say", TAKEN_IN, quote=quote.outer)


def _taker(reader: SpeechReader, first: int) -> Mention | None:
    """The subject of the verb that takes a fragment in; of "on", whose voice it is."""
    verb = _main_verb(reader, first) if _takes_in(reader, first) else None
    if verb is None:
        return None
    start = next((i for i in range(verb, max(0, verb - 3), -1) if reader.word_is(i - 1, "indefinite_pronouns")), None)
    if start is not None:
        cue = SpeechCue(reader.tokens[verb].lemma, "say", frozenset({"quote"}))
        return hidden_by_on(reader, VerbGroup(start, verb, verb + 1, cue, negated=False, passive=False))
    mention = find_subject(reader, verb)
    if mention is not None:
        return mention if mention.after <= verb else None
    start = verb
    while start > 0 and reader.word_is(start - 1, "clitics"):
        start -= 1
    return phrase_ending(reader, max(reader.sentence_of[first].start, start - _FARTHEST_VERB), start)


def _quoted_predicate(reader: SpeechReader, first: int) -> Mention | None:
    """Reads "Le club « prend acte de la décision »": the subject stands before the marks, its verb inside them."""
    start = reader.sentence_of[first].start
    if first == start or not _opens_predicate(reader, first + 1):
        return None
    if reader.word_is(first - 1, "subject_relatives"):  # "Le groupe, qui « conteste cette décision »"
        end = first - 1 - (reader.words[first - 2] == ",")
        return phrase_ending(reader, max(start, end - _FARTHEST_VERB), end)
    mention = phrase_from(reader, start)
    return mention if mention is not None and mention.after == first else None


def _names_something(reader: SpeechReader, at: int) -> bool:
    return at >= 0 and reader.words[at] in reader.lexicon.naming_words | reader.lexicon.scare_words


def _opens_predicate(reader: SpeechReader, at: int) -> bool:
    participle = reader.words[at].endswith(tuple(reader.lexicon.words("participle_endings")))
    known = reader.words[at] in reader.lexicon.forms and not participle
    return known or is_predicate(reader, at) or reader.word_is(at, "verb_negations")


def _takes_in(reader: SpeechReader, first: int) -> bool:
    """Whether a verb or what links one to its object stands before the marks, and no noun that they could name."""
    if first == reader.sentence_of[first].start:
        return False
    before, token = reader.words[first - 1], reader.tokens[first - 1]
    if reader.word_is(first - 1, "genitives") and _names_something(reader, first - 2):
        return False  # "sous le pseudonyme de « … »"
    inner = reader.tokens[first + 1]
    if inner.pos in {"ADP", "ADJ"} or inner.has("VerbForm=Part") or reader.word_is(first + 1, "relatives"):
        return True  # "a dédié son prix « à tous les enfants »", "une hausse « comprise entre 1 et 2 % »"
    return reader.lexicon.has("opening_fragments", before) or (
        token.pos == "VERB" and before not in reader.lexicon.scare_words
    )


def _main_verb(reader: SpeechReader, first: int) -> int | None:
    """The finite active verb, or the participle of one, that is nearest before a fragment."""
    for i in range(first - 1, max(reader.sentence_of[first].start, first - _FARTHEST_VERB) - 1, -1):
        token = reader.tokens[i]
        if i in reader.quote_of or reader.words[i] in {":", ";"} or _opens_relative(reader, i):
            return None
        if token.pos == "AUX" and reader.lexicon.has("being", token.lemma):
            return None
        if token.pos == "VERB" and not token.has("VerbForm=Inf") and token.dep not in {"acl", "amod"}:
            return None if reader.lexicon.has("copulas", token.lemma) or token.has("Voice=Pass") else i
    return None


def _opens_relative(reader: SpeechReader, at: int) -> bool:
    return reader.word_is(at, "relatives") and reader.words[at] not in reader.lexicon.complementisers
