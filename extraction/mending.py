"""Mends what a tagger gets wrong and a word's form makes plain, before events and quantities are read.

Only where the form leaves no choice: after "être" the participle of a verb that takes it in the perfect ("sont
mortes"), after "avoir été" and "sera" any participle, the euphonic "-t", and an adverb or an adjective that is tagged
as a noun.
"""

from __future__ import annotations

from dataclasses import replace

from extraction.analysis import Analysis, Token
from extraction.event_lexicon import EventLexicon

_NOT_VERBS = frozenset({"ADJ", "NOUN", "PROPN", "ADV"})
_PARTICIPLE = "VerbForm=Part|Tense=Past"
_LONG = 6
_AGREEMENT = ("Gender=", "Number=")


def mend(analysis: Analysis, lexicon: EventLexicon) -> Analysis:
    """The analysis with the tags mended; the same object where nothing is to mend."""
    tokens = list(analysis.tokens)
    for at in range(len(tokens)):
        _mend_participle(tokens, at, lexicon)
        _mend_euphonic(tokens, at, lexicon)
        _mend_adverb(tokens, at, lexicon)
        _mend_swapped(tokens, at)
        _mend_period(tokens, at, lexicon)
    if all(new is old for new, old in zip(tokens, analysis.tokens, strict=True)):
        return analysis
    return Analysis(analysis.passage, analysis.span, tokens)


def find_participle(lexicon: EventLexicon, form: str) -> str | None:
    """The infinitive of a past participle by its form alone; None for a form that is none."""
    irregular = lexicon.map("irregular_participles")
    for ending in ("", "s", "e", "es"):
        stem = form[: len(form) - len(ending)]
        if form.endswith(ending) and stem in irregular:
            return irregular[stem]
    repairs = lexicon.map("participle_repairs")
    endings = sorted(repairs, key=len, reverse=True)
    return next((form[: -len(e)] + repairs[e] for e in endings if form.endswith(e) and len(form) > len(e) + 2), None)


def _mend_participle(tokens: list[Token], at: int, lexicon: EventLexicon) -> None:
    token = tokens[at]
    lemma = find_participle(lexicon, token.text.lower()) if token.pos in _NOT_VERBS else None
    being = _being_before(tokens, at, lexicon) if lemma is not None else None
    if lemma is None or being is None:
        return
    perfect = lexicon.has("perfect_with_be", lemma)
    if not perfect and (not _tells_an_act(tokens, being, lexicon) or lexicon.has("role_participles", _plain(token))):
        return
    kept = [feature for feature in token.morph.split("|") if feature.startswith(_AGREEMENT)]
    tokens[at] = replace(token, pos="VERB", lemma=lemma, morph="|".join((*kept, _PARTICIPLE)))
    for helper in tokens[being:at]:
        if helper.head == at and helper.dep == "cop":
            tokens[helper.i] = replace(helper, dep="aux:tense" if perfect else "aux:pass")


def _being_before(tokens: list[Token], at: int, lexicon: EventLexicon) -> int | None:
    """The form of "être" right before a word, over adverbs."""
    before = at - 1
    while before > 0 and tokens[before].pos == "ADV" and tokens[before].sentence == tokens[at].sentence:
        before -= 1
    if before < 0 or tokens[before].sentence != tokens[at].sentence:
        return None
    return before if lexicon.has("passive_auxiliaries", tokens[before].lemma.lower()) else None


def _tells_an_act(tokens: list[Token], being: int, lexicon: EventLexicon) -> bool:
    """Whether a form of "être" is its own perfect or a future ("a été", "seront"): a participle then tells an act."""
    if tokens[being].has("Tense=Fut"):
        return True
    before = being - 1
    while before > 0 and tokens[before].pos == "ADV":
        before -= 1
    helped = before >= 0 and lexicon.has("perfect_auxiliaries", tokens[before].lemma.lower())
    return helped and tokens[being].has("VerbForm=Part")


def _plain(token: Token) -> str:
    """The masculine singular of a participle's form."""
    return token.text.lower().removesuffix("s").removesuffix("e") if token.text else ""


def _mend_euphonic(tokens: list[Token], at: int, lexicon: EventLexicon) -> None:
    """As in "a-t-il": the "-t" is nobody."""
    if lexicon.has("euphonic", tokens[at].text.lower()) and tokens[at].pos == "PRON":
        tokens[at] = replace(tokens[at], pos="PART", dep="dep")


def _mend_adverb(tokens: list[Token], at: int, lexicon: EventLexicon) -> None:
    token = tokens[at]
    ends = token.text.lower().endswith(lexicon.endings("adverb_endings")) and len(token.text) > _LONG
    if token.pos == "NOUN" and token.dep == "advmod" and ends:
        tokens[at] = replace(token, pos="ADV")


def _mend_swapped(tokens: list[Token], at: int) -> None:
    """A noun that is made the modifier of the adjective right after it ("la vigilance rouge")."""
    token = tokens[at]
    head = tokens[token.head]
    if token.pos != "NOUN" or token.dep != "amod" or head.i != at + 1 or head.pos != "NOUN" or head.head == at:
        return
    for below in [t for t in tokens if t.head == head.i and t.i not in {at, head.i}]:
        tokens[below.i] = replace(below, head=at)
    tokens[at] = replace(token, head=head.head if head.head != head.i else at, dep=head.dep)
    tokens[head.i] = replace(head, pos="ADJ", head=at, dep="amod")


def _mend_period(tokens: list[Token], at: int, lexicon: EventLexicon) -> None:
    """A noun that is made the modifier of the period behind it ("two suspects hours later")."""
    token, head = tokens[at], tokens[tokens[at].head]
    if token.dep != "compound" or head.i != at + 1 or head.i + 1 >= len(tokens) or head.head == at:
        return
    period = lexicon.has("time_periods", head.lemma.lower())
    if not period or not lexicon.has("period_adverbs", tokens[head.i + 1].text.lower()):
        return
    for below in [t for t in tokens if t.head == head.i and t.i < at]:
        tokens[below.i] = replace(below, head=at)
    tokens[at] = replace(token, head=head.head, dep="obj" if head.head < at else "nsubj")
