"""What a predicate hangs on: the verb, noun or adjective that gives it its modality, and often its subject."""

from __future__ import annotations

from collections.abc import Mapping

from extraction.phrases import Reading
from extraction.predicates import VerbGroup


def governor_of(reading: Reading, groups: Mapping[int, VerbGroup], group: VerbGroup) -> int | None:
    """The verb, noun or adjective that a subordinate predicate hangs on; None for a main clause.

    An infinitive below a noun that a verb takes as the one it acts upon ("accuser X de partir") hangs on the verb.
    """
    group = _first_conjunct(reading, groups, group)
    token = reading.tokens[group.verb]
    reporting = _reporting(reading, groups, group) if group.form == "finite" else None
    if reporting is not None:
        return reporting
    modal = None
    if group.form == "infinitive":
        modal = _modal_below(reading, groups, group) or _right_before(reading, groups, group)
    if modal is not None:
        return modal
    if token.head == token.i or token.dep in {"conj", "parataxis"} or not reading.same_sentence(token.head, token.i):
        return None
    head_token = reading.tokens[token.head]
    above = head_token.head
    if group.form == "infinitive" and head_token.pos in {"NOUN", "PROPN", "PRON"} and above in groups:
        controls = reading.lexicon.has("object_control", groups[above].lemma)
        if controls and head_token.dep in {"obj", "iobj", "obl:arg", "nmod", "xcomp", "obl:mod"}:
            return above
    return token.head


def _modal_below(reading: Reading, groups: Mapping[int, VerbGroup], group: VerbGroup) -> int | None:
    """A finite verb of will or duty that the tree hangs on its own infinitive: "devrait, elle, rester"."""
    before = (c.i for c in reading.children(group.verb) if c.i < group.first and c.i in groups)
    finite = (i for i in before if groups[i].form == "finite" and groups[i].lemma in reading.lexicon.governors)
    return next((i for i in finite if reading.tokens[i].dep.split(":")[0] in {"dep", "aux"}), None)


def _first_conjunct(reading: Reading, groups: Mapping[int, VerbGroup], group: VerbGroup) -> VerbGroup:
    """The first of verbs of one form that "et" joins: all hang on what it hangs on. Ends even on a broken tree."""
    seen = {group.verb}
    while reading.tokens[group.verb].dep == "conj":
        head = groups.get(reading.tokens[group.verb].head)
        if (
            head is None
            or head.form != group.form
            or head.verb in seen
            or _reporting(reading, groups, group) is not None
        ):
            break
        seen.add(head.verb)
        group = head
    return group


def _reporting(reading: Reading, groups: Mapping[int, VerbGroup], group: VerbGroup) -> int | None:
    """The verb right before the conjunction that opens the clause: "dément que", whatever the tree hangs it on."""
    for mark in reading.children(group.verb, "mark"):
        if not reading.lexicon.has("complementizers", mark.text.lower()):
            continue
        end = _over_adverbs(reading, mark.i - 1)
        before = next((g for g in groups.values() if g.tail == end and g.verb != group.verb), None)
        if before is not None and reading.same_sentence(before.verb, group.verb):
            return before.verb
    return None


def _right_before(reading: Reading, groups: Mapping[int, VerbGroup], group: VerbGroup) -> int | None:
    """A finite verb with nothing between it and the infinitive that it demands: "dément vouloir"."""
    end = _over_adverbs(reading, group.first - 1)
    above = groups.get(end)
    demands = above is not None and above.form == "finite" and above.lemma in reading.lexicon.governors
    return end if demands and reading.same_sentence(end, group.verb) else None


def _over_adverbs(reading: Reading, at: int) -> int:
    """The position before the adverbs that end at one, negators aside."""
    while at > 0 and reading.tokens[at].pos == "ADV" and not reading.lexicon.has("negators", reading.word(at)):
        at -= 1
    return at
