"""Verb groups: the main verb with its auxiliaries, pronouns and negation, and the words of a locution.

The lemma is what a reader would look up: the infinitive, with the reflexive pronoun ("se rendre") and the fixed words
of a locution ("mettre fin"). Forms that a tagger takes for adjectives are verbs when an auxiliary stands before them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extraction.analysis import Token
from extraction.mending import find_participle
from extraction.phrases import Reading, is_nominal

Form = Literal["finite", "infinitive", "gerund", "participle"]
_AUXILIARY = ("aux", "cop")
_FAR, _SERIES = 6, 3


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """``positions`` are the tokens of the predicate, ``tail`` the last word of its locution (or the verb itself)."""

    verb: int
    lemma: str
    positions: tuple[int, ...]
    auxiliaries: tuple[int, ...]
    tail: int
    form: Form
    passive: bool
    reflexive: bool

    @property
    def first(self) -> int:
        """The first token of the group."""
        return min(self.positions)


def verb_groups(reading: Reading) -> Iterator[VerbGroup]:
    """The groups of a passage, in order."""
    tail = -1
    for token in reading.tokens:
        if token.i <= tail or _only_helps(reading, token):
            continue
        group = _group(reading, token)
        if group is not None:
            tail = group.tail
            yield group


def _only_helps(reading: Reading, token: Token) -> bool:
    """An auxiliary, or a word of a fixed expression; a verb with auxiliaries of its own is neither."""
    if _is_in_name(reading, token) or _made_to_do(reading, token) is not None:
        return True
    if token.dep == "fixed":
        return not token.has("VerbForm=Part")
    return token.dep.startswith(_AUXILIARY) and not (token.pos == "VERB" and reading.children(token.i, "aux"))


def _made_to_do(reading: Reading, token: Token) -> int | None:
    """The infinitive right behind a verb that has something done: "a fait arrêter", "faire poser"."""
    lemma = token.lemma.lower()
    makes = reading.lexicon.has("causatives", lemma) or reading.lexicon.has("letting", lemma)
    if token.pos not in {"VERB", "AUX"} or not makes:
        return None
    at = token.i + 1
    while reading.same_sentence(at, token.i) and reading.tokens[at].pos == "ADV":
        at += 1
    if not reading.same_sentence(at, token.i) or not reading.tokens[at].has("VerbForm=Inf"):
        return None
    wanted = f"{token.lemma.lower()} {reading.word(at)}"
    return None if tuple(wanted.split()[1:]) in reading.lexicon.locutions.get(token.lemma.lower(), ()) else at


def _maker(reading: Reading, token: Token) -> Token | None:
    """The verb of "a fait arrêter" that has an infinitive done."""
    if not token.has("VerbForm=Inf"):
        return None
    before = token.i - 1
    while reading.same_sentence(before, token.i) and reading.tokens[before].pos == "ADV":
        before -= 1
    maker = reading.tokens[before] if reading.same_sentence(before, token.i) else None
    return maker if maker is not None and _made_to_do(reading, maker) == token.i else None


def _is_in_name(reading: Reading, token: Token) -> bool:
    """As in "Mette Lund", "Fondation Habiter": a form of a verb that belongs to a name of several words."""
    name = reading.entity_tokens.get(token.i)
    if name is None or not token.text[0].isupper():
        return False
    if name.type != "person":
        return reading.entity_tokens.get(token.i - 1) is name and reading.tokens[token.i - 1].text[0].isupper()
    return any(reading.entity_tokens.get(i) is name for i in (token.i - 1, token.i + 1))


def _group(reading: Reading, token: Token) -> VerbGroup | None:
    maker = _maker(reading, token)
    auxiliaries = _auxiliaries(reading, token if maker is None else maker)
    auxiliaries += [maker] if maker is not None else []
    shared = _shared_auxiliaries(reading, token) if not auxiliaries else []
    lemma = _lemma(reading, token)
    if lemma is None or not _is_verb(reading, token, auxiliaries):
        return None
    if maker is None and token.has("VerbForm=Inf") and any(a.dep == "cop" for a in auxiliaries):
        return None  # "c'est bloquer la construction"
    clitics = _clitics(reading, token, auxiliaries)
    reflexive = any(reading.lexicon.has("reflexives", c.text.lower()) for c in clitics)
    if maker is not None:
        lemma = _made_lemma(reading, maker, lemma)
    elif reflexive:
        lemma = _reflexive_lemma(reading, lemma)
    tail, lemma = _locution(reading, token.i, lemma)
    positions = {token.i, *(a.i for a in auxiliaries), *(c.i for c in clitics), *range(token.i, tail + 1)}
    return VerbGroup(
        token.i,
        lemma,
        tuple(sorted(positions)),
        tuple(a.i for a in auxiliaries or shared),
        tail,
        _form(reading, token, auxiliaries or shared),
        reflexive
        if maker is not None
        else _is_passive(reading, token, auxiliaries or shared, lemma, reflexive=reflexive),
        reflexive and maker is None,
    )


def _auxiliaries(reading: Reading, token: Token) -> list[Token]:
    """Auxiliaries that the tree gives, else those that stand before the verb with only adverbs between."""
    helping = [c for c in reading.children(token.i) if c.dep.startswith(_AUXILIARY) and c.i < token.i]
    helping = [c for c in helping if c.lemma.lower() not in reading.lexicon.reporting]
    found = [c for c in helping if _only_helps(reading, c)]
    if found or not token.has("VerbForm=Part"):
        return found
    at = token.i - 1
    while reading.same_sentence(at, token.i) and reading.tokens[at].pos in {"ADV", "AUX"}:
        if reading.tokens[at].pos == "AUX":
            found.insert(0, reading.tokens[at])
        at -= 1
    return found


def _shared_auxiliaries(reading: Reading, token: Token, series: int = _SERIES) -> list[Token]:
    """The auxiliaries of the verb before "et" that a bare participle shares: "ont saisi l'arme et arrêté l'homme"."""
    modal = _shared_modal(reading, token)
    if modal:
        return modal
    at = token.i - 1
    while reading.same_sentence(at, token.i) and (reading.tokens[at].pos == "ADV" or at in reading.quantity_tokens):
        at -= 1
    joined = reading.same_sentence(at, token.i) and (
        reading.tokens[at].pos == "CCONJ" or _in_series(reading, token, at)
    )
    if not joined or not token.has("VerbForm=Part") or token.has("Tense=Pres"):
        return []
    while reading.same_sentence(at, token.i) and reading.tokens[at].pos != "VERB":
        at -= 1
    if not reading.same_sentence(at, token.i):
        return []
    helping = _auxiliaries(reading, reading.tokens[at])
    return helping or (_shared_auxiliaries(reading, reading.tokens[at], series - 1) if series else [])


def _in_series(reading: Reading, token: Token, comma: int) -> bool:
    """As in "a dansé à Vienne, enseigné à Lyon et fondé une troupe": the participle behind the comma goes on."""
    if reading.tokens[comma].text != "," or not reading.tokens[token.head].has("VerbForm=Part"):
        return False
    later = (c for c in reading.children(token.i, "conj") if c.has("VerbForm=Part"))
    return token.head < comma and any(reading.tokens[c.i - 1].pos == "CCONJ" for c in later)


def _shared_modal(reading: Reading, token: Token) -> list[Token]:
    """The modal that a bare form shares with the verb before it: "will close the shop and move the stock"."""
    if token.dep != "conj" or token.text.lower() != token.lemma.lower() or reading.children(token.i, "nsubj"):
        return []
    helping = [c for c in reading.children(token.head) if c.dep.startswith(_AUXILIARY) and c.i < token.head]
    modal = ("planned_auxiliaries", "possible_auxiliaries")
    return [c for c in helping if any(reading.lexicon.has(name, c.text.lower()) for name in modal)]


def _is_verb(reading: Reading, token: Token, auxiliaries: list[Token]) -> bool:
    if token.pos == "VERB" or _is_known_form(reading, token):
        return auxiliaries != [] or token.has("VerbForm=Fin") or not is_nominal(reading, token.i)
    if token.pos not in {"ADJ", "ADV", "NOUN"} or token.has("VerbForm=Inf"):
        return False
    perfect = [reading.lexicon.has("perfect_auxiliaries", a.lemma.lower()) for a in auxiliaries]
    copular = any(a.dep == "cop" and not has for a, has in zip(auxiliaries, perfect, strict=True))
    return not copular and (any(perfect) or any(a.dep.startswith("aux") for a in auxiliaries))


def _is_known_form(reading: Reading, token: Token) -> bool:
    """A form that the language lists as a verb's, whatever the tagger says, unless an article makes it a noun."""
    if token.pos in {"VERB", "AUX"} or token.text.lower() not in reading.lexicon.map("verb_forms"):
        return False
    return not (
        reading.same_sentence(token.i - 1, token.i) and reading.tokens[token.i - 1].pos in {"DET", "ADP", "AUX"}
    )


def _lemma(reading: Reading, token: Token) -> str | None:
    """The infinitive; a lemma that cannot be one is mended by the form's ending, or refused."""
    lemma, form, lexicon = token.lemma.lower(), token.text.lower(), reading.lexicon
    if _is_known_form(reading, token):
        return lexicon.map("verb_forms")[form]
    mistaken = token.has("VerbForm=Fin") and lemma == form and bool(lexicon.map("finite_repairs"))
    if lexicon.is_infinitive(lemma) and lemma.isalpha() and not mistaken:
        return lemma
    irregular = lexicon.map("irregular_participles")
    known = next((irregular[stem] for stem in lexicon.stems(form) if stem in irregular), None)
    if known is not None:
        return known
    if token.pos != "VERB":
        return None
    repairs = lexicon.map("finite_repairs" if token.has("VerbForm=Fin") else "participle_repairs")
    return next(
        (form[: -len(e)] + repairs[e] for e in sorted(repairs, key=len, reverse=True) if form.endswith(e)), None
    )


def _clitics(reading: Reading, token: Token, auxiliaries: list[Token]) -> list[Token]:
    """Pronouns and negation between the subject and the verb."""
    first = min([a.i for a in auxiliaries] + [token.i])
    found = []
    at = first - 1
    while reading.same_sentence(at, token.i):
        before = reading.tokens[at]
        clitic = before.pos == "PRON" and before.dep.split(":")[0] in {"expl", "obj", "iobj", "det"}
        gerund = token.has("Tense=Pres") and token.has("VerbForm=Part")
        clitic = clitic or (not gerund and reading.lexicon.has("adverbial_clitics", before.text.lower()))
        if not clitic and not reading.lexicon.has("negation_clitics", before.text.lower()):
            break
        if before.dep == "expl:subj" or reading.lexicon.has("relatives", before.text.lower()):
            break
        found.append(before)
        at -= 1
    between = range(first + 1, token.i)
    return found + [reading.tokens[i] for i in between if reading.lexicon.has("reflexives", reading.word(i))]


def _made_lemma(reading: Reading, maker: Token, lemma: str) -> str:
    """The infinitive, or with it the maker: "faire venir" acts upon somebody, which "venir" alone does not."""
    alone = any(reading.lexicon.has(name, lemma) for name in ("perfect_with_be", "intransitive", "done_alone"))
    alone = alone or not reading.lexicon.has("causatives", maker.lemma.lower())
    return f"{maker.lemma.lower()} {lemma}" if alone else lemma


def _reflexive_lemma(reading: Reading, lemma: str) -> str:
    words = reading.lexicon.map("elided_reflexive")
    if not words:
        return lemma
    return (words["elided"] if lemma[0] in words["before"] else words["se"]) + lemma


def _locution(reading: Reading, verb: int, lemma: str) -> tuple[int, str]:
    """The last position of the longest locution that begins at the verb, and its lemma; the verb's own without one."""
    for rest in reading.lexicon.locutions.get(lemma, ()):
        at, wanted = verb + 1, " ".join(rest)
        words = _words_from(reading, at, wanted)
        while not words and reading.same_sentence(at, verb) and reading.tokens[at].pos == "ADV":
            at += 1
            words = _words_from(reading, at, wanted)
        if words:
            return at + words - 1, f"{lemma} {' '.join(rest)}"
    particle = next((c for c in reading.children(verb, "compound") if c.dep == "compound:prt"), None)
    if particle is not None and reading.lexicon.sets:
        return (particle.i if particle.i == verb + 1 else verb), f"{lemma} {particle.text.lower()}"
    return _state(reading, verb, lemma)


def _state(reading: Reading, verb: int, lemma: str) -> tuple[int, str]:
    """The participle that says how something shall stay: "rester fermé"; its lemma is the masculine singular.

    Behind a finite verb ("restera fermé") the participle is a predicate of its own.
    """
    at = verb + 1
    while reading.same_sentence(at, verb) and reading.tokens[at].pos == "ADV":
        at += 1
    stays = reading.lexicon.has("remaining", lemma) and reading.tokens[verb].has("VerbForm=Inf")
    if not stays or not reading.same_sentence(at, verb):
        return verb, lemma
    token = reading.tokens[at]
    if token.pos not in {"VERB", "ADJ"} or find_participle(reading.lexicon, token.text.lower()) is None:
        return verb, lemma
    word = token.text.lower()
    plain = word.removesuffix("s").removesuffix("e") if token.has("Gender=Fem") else word
    return at, f"{lemma} {plain}"


def _words_from(reading: Reading, at: int, wanted: str) -> int:
    """How many tokens from a position spell the wanted words; 0 if they do not."""
    spelled = ""
    for count, token in enumerate(reading.tokens[at : at + _FAR], start=1):
        spelled += token.text.lower().replace("’", "'")
        if spelled.replace(" ", "") == wanted.replace(" ", ""):
            return count
    return 0


def _form(reading: Reading, token: Token, auxiliaries: list[Token]) -> Form:
    group, form = [token, *auxiliaries], token.text.lower()
    if auxiliaries and auxiliaries[0].has("VerbForm=Inf"):
        return "infinitive"
    if any(t.has("VerbForm=Fin") for t in group) or _is_known_form(reading, token):
        return "finite"
    gerund = any(t.has("Tense=Pres") and t.has("VerbForm=Part") for t in group) or token.has("VerbForm=Ger")
    if gerund or (not auxiliaries and form.endswith(reading.lexicon.endings("gerund_endings"))):
        return "gerund"
    if any(t.has("VerbForm=Inf") for t in auxiliaries) or (not auxiliaries and token.has("VerbForm=Inf")):
        return "infinitive"
    if token.has("VerbForm=Part"):
        return "participle"
    return "finite" if auxiliaries or not token.morph else "participle"


def _is_passive(reading: Reading, token: Token, auxiliaries: list[Token], lemma: str, *, reflexive: bool) -> bool:
    if reflexive or reading.lexicon.has("perfect_with_be", lemma.split(maxsplit=1)[0]):
        return False
    if auxiliaries:
        last = auxiliaries[-1].lemma.lower()
        be = reading.lexicon.has("passive_auxiliaries", last) or not reading.lexicon.sets
        marked = auxiliaries[-1].dep == "aux:pass" or token.has("Voice=Pass") or token.has("Tense=Past")
        return be and marked and not token.has("Tense=Pres")
    if any(c.dep == "nsubj:pass" for c in reading.children(token.i)):
        return not reading.lexicon.has("intransitive", lemma)
    return token.has("VerbForm=Part") and not token.has("Tense=Pres")
