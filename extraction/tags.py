"""Tags: the reporting verb behind the words that it reports, with the speaker behind the verb.

"…, a annoncé jeudi la préfète", "a-t-il reconnu", "comme l'avait annoncé une association": what follows the verb is who
speaks, whatever the tree takes it for. A tag repeats that something was said, so that only one which is an act of its
own (an announcement, a denial, an accusation, a promise) is an event; what it says is the object.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extraction.attribution import Scope
from extraction.document import Role
from extraction.neighbours import own_subject
from extraction.people import is_people
from extraction.phrases import NAMING, Phrase, Reading, noun_after, phrase_at
from extraction.predicates import VerbGroup
from extraction.spans import Span

_CLOSING = frozenset("»”\"’'")


@dataclass(frozen=True, slots=True)
class Tag:
    """Who speaks and, where the quotation is known, what is said."""

    speaker: Role
    content: Role | None


def find_scope_tag(reading: Reading, group: VerbGroup, scopes: Sequence[Scope]) -> Tag | None:
    """The tag whose verb is the cue of a quotation that stands before it or around it; the widest one's words."""
    verb = reading.tokens[group.verb].span
    found = [
        scope
        for scope in scopes
        if scope.attribution.cue is not None
        and scope.attribution.cue.span.overlaps(verb)
        and (scope.content.start < verb.start < scope.attribution.span.end or _closes(scope, verb))
    ]
    if not found:
        return None
    widest = max(found, key=lambda scope: len(scope.content))
    source = widest.attribution
    return Tag(Role(source.span, source.name, source.entity), Role(widest.content))


def _closes(scope: Scope, verb: Span) -> bool:
    """Whether the speaker and then the verb stand behind the words: “…,” she admitted."""
    return scope.content.end <= scope.attribution.span.start < verb.start


def without_own(scopes: Sequence[Scope], group: VerbGroup, reading: Reading) -> list[Scope]:
    """The scopes that others than the cue itself open: a tag is not part of what it reports."""
    verb = reading.tokens[group.verb].span
    return [s for s in scopes if s.attribution.cue is None or not s.attribution.cue.span.overlaps(verb)]


def find_tag_speaker(reading: Reading, group: VerbGroup) -> Phrase | None:
    """The phrase or pronoun behind a finite verb that opens a tag; None where none does.

    Behind a quotation, or with a pronoun tied to it, any verb does; elsewhere it must be one of reporting.
    """
    if group.form != "finite" or group.passive or not _opens_tag(reading, group):
        return None
    pronoun = find_inverted_pronoun(reading, group)
    if pronoun is not None:
        return pronoun
    if _has_subject_before(reading, group):
        return None
    reports = reading.lexicon.reporting & {group.lemma, reading.tokens[group.verb].lemma.lower()}
    return _phrase_behind(reading, group) if reports or _follows_quotation(reading, group) else None


def find_inverted_pronoun(reading: Reading, group: VerbGroup) -> Phrase | None:
    """The pronoun that a hyphen ties to the verb or its auxiliary: "a-t-il", "déclare-t-elle"."""
    for at in range(group.first + 1, min(group.verb + 4, len(reading.tokens))):
        word = reading.word(at)
        if reading.same_sentence(at, group.verb) and reading.lexicon.has("inverted_pronouns", word):
            return Phrase(at, at, at)
    return None


def _has_subject_before(reading: Reading, group: VerbGroup) -> bool:
    """As in "Lise Aubry, la maire, accuse le préfet": the tree's subject, with no other clause before the verb."""
    own = own_subject(reading, group)
    if own is None or own > group.first:
        return False
    return not any(_is_main(reading, i) for i in range(own, group.first) if reading.tokens[i].has("VerbForm=Fin"))


def _is_main(reading: Reading, finite: int) -> bool:
    """Whether a finite verb is no relative clause's."""
    token = reading.tokens[finite]
    verb = reading.tokens[token.head] if token.dep.startswith(("aux", "cop")) else token
    return verb.dep != "acl:relcl"


def _opens_tag(reading: Reading, group: VerbGroup) -> bool:
    """Whether a comma or a closing mark stands before the verb, and nothing else."""
    before = group.first - 1
    return before > 0 and (reading.tokens[before].text == "," or reading.tokens[before].text in _CLOSING)


def _follows_quotation(reading: Reading, group: VerbGroup) -> bool:
    before = group.first - 1
    if reading.tokens[before].text == ",":
        before -= 1
    return before >= 0 and reading.tokens[before].text in _CLOSING


def _phrase_behind(reading: Reading, group: VerbGroup) -> Phrase | None:
    at = group.tail + 1
    while reading.same_sentence(at, group.verb) and (reading.is_time(at) or reading.tokens[at].pos == "ADV"):
        at += 1
    if not reading.same_sentence(at, group.verb) or reading.tokens[at].pos not in {"DET", *NAMING}:
        return None
    noun = noun_after(reading, at, min(at + 5, len(reading.tokens)))
    named = reading.tokens[at].text[0].isupper()
    if noun is None or not (named or may_speak(reading, noun)):
        return None
    phrase = phrase_at(reading, noun)
    return replace(phrase, start=min(phrase.start, at))


def may_speak(reading: Reading, noun: int) -> bool:
    """Whether a noun names somebody, or a body or document, that says things."""
    mention = reading.entity_tokens.get(noun)
    if mention is not None:
        return mention.type in {"person", "organization"}
    token = reading.tokens[noun]
    known = {token.text.lower(), token.lemma.lower()} & reading.lexicon.speakers
    return bool(known) or token.entity in {"PER", "ORG"} or is_people(reading, Phrase(noun, noun, noun))
