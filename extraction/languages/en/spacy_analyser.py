"""English grammar by a spaCy model that the operator installed (``en_core_web_*``), for who wants more than the rules.

The models speak ClearNLP's dialect of dependencies; this maps it to Universal Dependencies, turning prepositional
phrases round (``killed -prep-> in -pobj-> Paris`` becomes ``killed -obl:mod-> Paris -case-> in``).
Correspondences: https://universaldependencies.org/u/dep/ and the label glossary of spaCy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extraction.analysis import Token
from extraction.languages.models import ModelAnalyser, load_model

if TYPE_CHECKING:
    from spacy.tokens import Doc

_RELATIONS = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "dobj": "obj",
    "dative": "iobj",
    "auxpass": "aux:pass",
    "neg": "advmod",
    "npadvmod": "obl:mod",
    "prt": "compound:prt",
    "nn": "compound",
    "nmod": "nmod",
    "poss": "nmod",
    "predet": "det",
    "preconj": "cc",
    "quantmod": "advmod",
    "relcl": "acl:relcl",
    "acomp": "xcomp",
    "attr": "xcomp",
    "oprd": "xcomp",
    "expl": "expl:subj",
    "intj": "discourse",
    "meta": "dep",
    "pcomp": "advcl",
}
_NAMES = {"PERSON": "PER", "ORG": "ORG", "NORP": "MISC", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
_NAMES |= dict.fromkeys(("PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"), "MISC")
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})


class SpacyEnglishAnalyser(ModelAnalyser):
    """Parses with the named model; raises OSError where it is not installed."""

    def __init__(self, model: str) -> None:
        super().__init__(load_model(model), tokens_of)


def tokens_of(doc: Doc, offset: int) -> list[Token]:
    """The words of a parsed text with UD's relations; white space is left out. ``offset`` is where the text begins."""
    words = [word for word in doc if not word.is_space]
    position = {word.i: at for at, word in enumerate(words)}
    tokens = []
    for at, word in enumerate(words):
        start = offset + word.idx
        token = Token(
            i=at,
            start=start,
            end=start + len(word.text),
            text=word.text,
            lemma=word.lemma_,
            pos=word.pos_,
            morph=_features(str(word.morph), word.lemma_, word.tag_),
            dep=_RELATIONS.get(word.dep_, word.dep_) or "dep",
            head=position.get(word.head.i, at),
            sentence=0,
            entity=_NAMES.get(word.ent_type_, ""),
            entity_start=word.ent_iob_ == "B" and word.ent_type_ in _NAMES,
        )
        tokens.append(token)
    _number_sentences(doc, tokens, position)
    _turn(tokens)
    for token in tokens:
        token.dep = "ROOT" if token.head == token.i else token.dep
    return tokens


def _number_sentences(doc: Doc, tokens: list[Token], position: dict[int, int]) -> None:
    number = 0
    for sentence in doc.sents:
        inside = [position[word.i] for word in sentence if word.i in position]
        for at in inside:
            tokens[at].sentence = number
        number += bool(inside)


def _features(morph: str, lemma: str, tag: str) -> str:
    """Adds the moods that the rules of status read, as the rule analyser gives them."""
    if tag != "MD":
        return morph
    mood = {"will": "Tense=Fut", "shall": "Tense=Fut", "would": "Mood=Cnd", "could": "Mood=Cnd", "might": "Mood=Cnd"}
    extra = "Mood=Pot" if lemma == "may" else mood.get(lemma, "")
    return "|".join(part for part in (extra, morph) if part)


def _turn(tokens: list[Token]) -> None:
    """Prepositional phrases and copulas get their content word as head."""
    originals = [token.dep for token in tokens]
    for token in tokens:
        if token.dep == "pobj":
            _turn_preposition(tokens, token, originals)
    for token in tokens:
        if token.dep == "aux":
            token.dep = "mark" if token.pos == "PART" else _auxiliary(token)
        elif token.dep == "xcomp" and token.pos in {"ADJ", "NOUN", "PROPN"}:
            _turn_copula(tokens, token)


def _auxiliary(token: Token) -> str:
    return "aux:tense" if token.lemma in {"have", "be"} else "aux"


def _turn_preposition(tokens: list[Token], noun: Token, originals: list[str]) -> None:
    preposition = tokens[noun.head]
    above = tokens[preposition.head]
    if preposition.i in {noun.i, preposition.head}:
        return
    agent = originals[preposition.i] == "agent"
    nominal = above.pos in _NOMINAL
    dative = preposition.dep == "iobj"
    noun.head = above.i
    noun.dep = "obl:agent" if agent else "nmod" if nominal else "iobj" if dative else "obl:mod"
    preposition.head, preposition.dep = noun.i, "case"


def _turn_copula(tokens: list[Token], predicate: Token) -> None:
    copula = tokens[predicate.head]
    if copula.lemma != "be" or copula.i == predicate.i:
        return
    predicate.head = copula.head if copula.head != copula.i else predicate.i
    predicate.dep = copula.dep
    copula.head, copula.dep = predicate.i, "cop"
    for token in tokens:
        if token.head == copula.i and token.i != predicate.i:
            token.head = predicate.i
