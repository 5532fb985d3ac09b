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
_HYPHENS = frozenset("-‑")
_HYPHENATED = frozenset({"NOUN", "PRON", "ADJ", "PROPN", "NUM"})
_REACH, _PIECES = 40, 8
_AGREEMENT = ("Gender=", "Number=")


def mend(analysis: Analysis, lexicon: EventLexicon) -> Analysis:
    """The analysis with the tags mended; the same object where nothing is to mend."""
    tokens = _with_sentences(analysis.tokens)
    for at in range(len(tokens)):
        _mend_hyphenated(tokens, at)
        _mend_form(tokens, at, lexicon)
        _mend_clitic(tokens, at, lexicon)
        _mend_measuring(tokens, at, lexicon)
        _mend_verb(tokens, at, lexicon)
        _mend_participle(tokens, at, lexicon)
        _mend_euphonic(tokens, at, lexicon)
        _mend_pronoun(tokens, at, lexicon)
        _mend_adverb(tokens, at, lexicon)
        _mend_swapped(tokens, at)
        _mend_person(tokens, at)
        _mend_period(tokens, at, lexicon)
    if all(new is old for new, old in zip(tokens, analysis.tokens, strict=True)):
        return analysis
    return Analysis(analysis.passage, analysis.span, tokens)


def _with_sentences(tokens: list[Token]) -> list[Token]:
    """A copy in which a full stop before a capital ends a sentence, and nothing does that no mark or break shows."""
    cut, number = list[Token](), 0
    for token in tokens:
        before = cut[-1] if cut else None
        if before is not None:
            ends = tokens[token.i - 1].sentence != token.sentence and not _goes_on(before, token)
            number += ends or _begins(cut, token)
        cut.append(token if token.sentence == number else replace(token, sentence=number))
    for token in cut:
        if cut[token.head].sentence != token.sentence:
            cut[token.i] = replace(token, head=token.i, dep="ROOT")
    return cut


def _goes_on(before: Token, token: Token) -> bool:
    """Whether only a space parts two words of which the first ends nothing and the second begins nothing."""
    near = token.start - before.end <= 1 and before.text[-1].isalnum()
    return near and (token.text[0].islower() or (token.pos == "PROPN" and before.pos in {"ADJ", "DET", "ADP"}))


def _begins(before: list[Token], token: Token) -> bool:
    stop = before[-1]
    return stop.text == "." and stop.end < token.start and token.text[0].isupper() and len(before) > 1


def _mend_hyphenated(tokens: list[Token], at: int) -> None:
    """The pieces of a word with hyphens, which the tagger reads alike ("sapeurs", "-", "pompiers"), are one word.

    The piece that hangs outside the others gives its relation to the first, on which the rest hang.
    """
    if tokens[at].text not in _HYPHENS or not _is_tied(tokens, at) or tokens[at].pos not in _HYPHENATED:
        return
    first = at - 1
    while at - first < _PIECES and _is_tied(tokens, first - 1) and tokens[first - 1].text in _HYPHENS:
        first -= 2
    last = at + 1
    inside = range(first, last + 1)
    outer = next((tokens[i] for i in reversed(inside) if tokens[i].head not in inside or tokens[i].head == i), None)
    if outer is None or tokens[first].pos not in _HYPHENATED or tokens[last].pos not in _HYPHENATED:
        return
    head = outer.head if outer.head not in inside else first
    for below in [t for t in tokens[max(0, first - _REACH) : last + _REACH] if t.head in inside and t.i not in inside]:
        tokens[below.i] = replace(below, head=first)
    tokens[first] = replace(tokens[first], head=head, dep=outer.dep)
    for i in inside[1:]:
        tokens[i] = replace(tokens[i], head=first, dep="flat", pos=tokens[first].pos)


def _is_tied(tokens: list[Token], at: int) -> bool:
    """Whether a token touches both of its neighbours."""
    if not 0 < at < len(tokens) - 1:
        return False
    return tokens[at - 1].end == tokens[at].start and tokens[at].end == tokens[at + 1].start


def find_participle(lexicon: EventLexicon, form: str) -> str | None:
    """The infinitive of a past participle by its form alone; None for a form that is none."""
    irregular = lexicon.map("irregular_participles")
    found = next((irregular[stem] for stem in lexicon.stems(form) if stem in irregular), None)
    if found is not None:
        return found
    repairs = lexicon.map("participle_repairs")
    endings = sorted(repairs, key=len, reverse=True)
    return next((form[: -len(e)] + repairs[e] for e in endings if form.endswith(e) and len(form) > len(e) + 2), None)


def _mend_participle(tokens: list[Token], at: int, lexicon: EventLexicon) -> None:
    token = tokens[at]
    lemma = find_participle(lexicon, token.text.lower()) if token.pos in _NOT_VERBS | {"X"} else None
    if lemma is not None and at > 0 and lexicon.has("remaining", tokens[at - 1].lemma.lower()):
        morph = "|".join((*_agreement(token), _PARTICIPLE))
        tokens[at] = replace(token, pos="VERB", lemma=lemma, morph=morph, head=at - 1, dep="xcomp")
        return
    if lemma is not None and _having_before(tokens, at, lexicon):
        tokens[at] = replace(token, pos="VERB", lemma=lemma, morph="|".join((*_agreement(token), _PARTICIPLE)))
        return
    being = _being_before(tokens, at, lexicon) if lemma is not None else None
    if lemma is None or being is None:
        return
    perfect = lexicon.has("perfect_with_be", lemma)
    if not perfect and (
        not _tells_an_act(tokens, being, lexicon) or lexicon.has("role_participles", _plain(token, lexicon))
    ):
        return
    tokens[at] = replace(token, pos="VERB", lemma=lemma, morph="|".join((*_agreement(token), _PARTICIPLE)))
    for helper in tokens[being:at]:
        if helper.head == at and helper.dep == "cop":
            tokens[helper.i] = replace(helper, dep="aux:tense" if perfect else "aux:pass")


def _having_before(tokens: list[Token], at: int, lexicon: EventLexicon) -> bool:
    """Whether "avoir" stands right before a form in -é that is no noun of quality: "a dansé", but not "a pitié"."""
    token = tokens[at]
    if at == 0 or token.pos not in {"NOUN", "X"} or token.text.lower().endswith(lexicon.endings("noun_endings")):
        return False
    before = tokens[at - 1]
    helps = before.pos == "AUX" and lexicon.has("perfect_auxiliaries", before.lemma.lower())
    return helps and before.sentence == token.sentence and before.text[0] != "-"


def _agreement(token: Token) -> list[str]:
    return [feature for feature in token.morph.split("|") if feature.startswith(_AGREEMENT)]


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


def _plain(token: Token, lexicon: EventLexicon) -> str:
    """The masculine singular of a participle's form."""
    return min(lexicon.stems(token.text.lower()), key=len)


def _mend_form(tokens: list[Token], at: int, lexicon: EventLexicon) -> None:
    """A form that the language lists as a verb's ("dément"), and the infinitive below it that took its place."""
    token = tokens[at]
    lemma = lexicon.map("verb_forms").get(token.text.lower())
    before = tokens[at - 1] if at > 0 else None
    if lemma is None or token.pos in {"VERB", "AUX"} or (before is not None and before.pos in {"DET", "ADP", "AUX"}):
        return
    tokens[at] = token = replace(token, pos="VERB", lemma=lemma, morph="VerbForm=Fin")
    below = _infinitive_above(tokens, at)
    if below is None:
        return
    root = below.head == below.i
    tokens[at] = replace(token, head=at if root else below.head, dep="ROOT" if root else below.dep)
    tokens[below.i] = replace(below, head=at, dep="xcomp")
    for child in [t for t in tokens[:at] if t.head == below.i or (t.head > at and t.dep.startswith("nsubj"))]:
        if child.sentence == token.sentence:
            subject = child.i == at - 1 and lexicon.has("subject_relatives", child.text.lower())
            tokens[child.i] = replace(child, head=at, dep="nsubj" if subject else child.dep)


def _mend_clitic(tokens: list[Token], at: int, lexicon: EventLexicon) -> None:
    """A verb taken for a noun behind a reflexive ("s'équilibre"), or behind "qui" and an object ("qui le valorise")."""
    token = tokens[at]
    if token.pos != "NOUN" or at == 0 or tokens[at - 1].sentence != token.sentence:
        return
    before = tokens[at - 1]
    reflexive = before.pos == "PRON" and lexicon.has("reflexives", before.text.lower())
    relative = at > 1 and before.pos in {"DET", "PRON"} and lexicon.has("object_clitics", before.text.lower())
    relative = relative and lexicon.has("subject_relatives", tokens[at - 2].text.lower())
    repairs = lexicon.map("finite_repairs")
    ending = next((e for e in sorted(repairs, key=len, reverse=True) if token.text.lower().endswith(e)), None)
    if not (reflexive or relative) or ending is None:
        return
    lemma = token.text.lower().removesuffix(ending) + repairs[ending]
    tokens[at] = replace(token, pos="VERB", lemma=lemma, morph="VerbForm=Fin|Mood=Ind|Tense=Pres")
    if relative:
        tokens[at - 1] = replace(before, pos="PRON", head=at, dep="obj")
        tokens[at - 2] = replace(tokens[at - 2], head=at, dep="nsubj")


def _mend_measuring(tokens: list[Token], at: int, lexicon: EventLexicon) -> None:
    """A verb taken for a noun before the amount that it gives ("the bridge cost £9m"), or one that multiplies."""
    token = tokens[at]
    word = token.text.lower()
    lemma = lexicon.map("measuring_forms").get(word) or lexicon.map("multiplying_forms").get(word)
    before = tokens[at - 1] if at > 0 and tokens[at - 1].sentence == token.sentence else None
    if lemma is None or token.pos not in _NOT_VERBS or before is None:
        return
    infinitive = before.text.lower() in lexicon.sets.get("infinitive_marks", frozenset())
    if word in lexicon.map("measuring_forms") and not _opens_amount(tokens, at + 1):
        return
    if not infinitive and before.pos in {"DET", "ADP", "AUX", "ADJ"} and word not in lexicon.map("multiplying_forms"):
        return
    form = "VerbForm=Inf" if infinitive else "VerbForm=Fin|Tense=Past"
    tokens[at] = replace(token, pos="VERB", lemma=lemma, morph=form)
    above = next((t.i for t in reversed(tokens[:at]) if t.sentence == token.sentence and t.pos == "VERB"), None)
    _hang_amount(tokens, at)
    if infinitive and above is not None:
        tokens[at] = replace(tokens[at], head=above, dep="xcomp")
        return
    for k in (at - 1, at - 2):
        if k >= 0 and tokens[k].text.lower() in lexicon.sets.get("comparing_adverbs", frozenset()):
            tokens[k] = replace(tokens[k], pos="ADV", head=at, dep="advmod")
    root = next((t for t in tokens[:at] if t.sentence == token.sentence and t.head == t.i), None)
    finite = any(t.sentence == token.sentence and t.has("VerbForm=Fin") for t in tokens[:at])
    if root is not None and root.pos in {"NOUN", "PROPN"} and not finite:
        tokens[root.i] = replace(root, head=at, dep="nsubj")
        tokens[at] = replace(tokens[at], head=at, dep="ROOT")


def _hang_amount(tokens: list[Token], at: int) -> None:
    """The amount behind a mended verb becomes its object."""
    for k in range(at + 1, min(at + 4, len(tokens))):
        outside = tokens[k].head < at or (tokens[k].head == k and tokens[k].dep in {"ROOT", "dep"})
        if outside and tokens[k].sentence == tokens[at].sentence and tokens[k].pos in {"NOUN", "NUM", "SYM"}:
            tokens[k] = replace(tokens[k], head=at, dep="obj")
            return


def _opens_amount(tokens: list[Token], at: int) -> bool:
    at += at < len(tokens) and tokens[at].pos == "ADP"
    return at < len(tokens) and tokens[at].pos in {"NUM", "SYM"}


def _mend_verb(tokens: list[Token], at: int, lexicon: EventLexicon) -> None:
    """A verb read as an auxiliary, or as a noun with a subject and an object ("le gérant risque une amende")."""
    token, repairs = tokens[at], lexicon.map("finite_repairs")
    if not repairs:
        return
    helps = token.dep.startswith(("aux", "cop", "fixed")) or any(
        lexicon.has(name, token.lemma.lower()) for name in ("passive_auxiliaries", "perfect_auxiliaries")
    )
    if token.pos == "AUX" and not helps:
        tokens[at] = replace(token, pos="VERB")
    if (
        token.pos != "NOUN"
        or not 0 < at < len(tokens) - 1
        or tokens[at - 1].pos not in {"NOUN", "PROPN", "PRON", "ADV"}
    ):
        return
    subject = any(_stands_free(tokens, t) for t in tokens[max(0, at - _LONG) : at] if t.head == at and t.dep == "nsubj")
    opens = tokens[at + 1].pos in {"DET", "NUM"} and tokens[at + 1].sentence == token.sentence
    ending = next((e for e in sorted(repairs, key=len, reverse=True) if token.text.lower().endswith(e)), None)
    if subject and opens and ending is not None:
        lemma = token.text.lower()[: -len(ending)] + repairs[ending]
        tokens[at] = replace(token, pos="VERB", lemma=lemma, morph="Mood=Ind|Tense=Pres|VerbForm=Fin")


def _stands_free(tokens: list[Token], noun: Token) -> bool:
    """Whether no preposition stands before a noun and its article."""
    before = noun.i - 1
    while before >= 0 and tokens[before].pos in {"DET", "ADJ", "NUM"}:
        before -= 1
    return before < 0 or tokens[before].pos != "ADP" or tokens[before].sentence != noun.sentence


def _infinitive_above(tokens: list[Token], at: int) -> Token | None:
    """The infinitive, alone or of the perfect ("avoir reçu"), that a word before it hangs on."""
    above, seen = tokens[tokens[at].head], {at}
    while above.i not in seen:
        seen.add(above.i)
        opens = above.has("VerbForm=Inf") or any(
            t.head == above.i and at < t.i < above.i and t.pos == "AUX" and not t.has("VerbForm=Fin") for t in tokens
        )
        parted = any(t.pos in {"PUNCT", "CCONJ", "SCONJ"} or t.has("VerbForm=Fin") for t in tokens[at + 1 : above.i])
        if above.i > at and above.pos == "VERB" and opens and not parted:
            return above
        above = tokens[above.head]
    return None


def _mend_euphonic(tokens: list[Token], at: int, lexicon: EventLexicon) -> None:
    """As in "a-t-il": the "-t" is nobody."""
    if lexicon.has("euphonic", tokens[at].text.lower()) and tokens[at].pos == "PRON":
        tokens[at] = replace(tokens[at], pos="PART", dep="dep")


def _mend_pronoun(tokens: list[Token], at: int, lexicon: EventLexicon) -> None:
    """A determiner without a noun ("une de ses pistes"), and a name read as a pronoun ("l'institut Opsis")."""
    token = tokens[at]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    clitic = token.pos == "DET" and lexicon.has("object_clitics", token.text.lower())
    subject = any(t.head == at + 1 and t.dep.startswith("nsubj") for t in tokens[max(0, at - _REACH) : at])
    if clitic and subject and after is not None and after.pos == "VERB" and after.has("VerbForm=Fin"):
        tokens[at] = replace(token, pos="PRON", dep="obj", head=at + 1)
        return
    named = token.pos == "VERB" and at and tokens[at - 1].sentence == token.sentence and token.text[0].isupper()
    if named and (token.entity or not token.text.isalpha()) and not token.has("VerbForm=Fin"):
        tokens[at] = replace(token, pos="PROPN", morph="")
        return
    if token.pos == "PRON" and token.entity and token.text[0].isupper() and at and not token.entity_start:
        tokens[at] = replace(token, pos="PROPN")
    role = token.pos == "DET" and token.dep.split(":")[0] in {"obj", "nsubj", "obl", "iobj"}
    if role and at + 1 < len(tokens) and lexicon.has("genitives", tokens[at + 1].text.lower()):
        tokens[at] = replace(token, pos="PRON")


def _mend_adverb(tokens: list[Token], at: int, lexicon: EventLexicon) -> None:
    token = tokens[at]
    ends = token.text.lower().endswith(lexicon.endings("adverb_endings")) and len(token.text) > _LONG
    if token.pos == "NOUN" and token.dep == "advmod" and ends:
        tokens[at] = replace(token, pos="ADV")


def _mend_person(tokens: list[Token], at: int) -> None:
    """A participle that an article makes a noun: "l'exploitant, lui, nie"."""
    token = tokens[at]
    if token.pos != "VERB" or not token.has("VerbForm=Part") or not 0 < at < len(tokens) - 1:
        return
    before, after = tokens[at - 1], tokens[at + 1]
    article = before.pos == "DET" and before.head == at and before.sentence == token.sentence
    if article and after.pos in {"PUNCT", "AUX", "ADP"} and before.has("PronType=Art"):
        tokens[at] = replace(token, pos="NOUN", morph="|".join(_agreement(token)))


def _mend_swapped(tokens: list[Token], at: int) -> None:
    """A noun that is made the modifier of the adjective right after it ("la vigilance rouge")."""
    token = tokens[at]
    head = tokens[token.head]
    if _is_second_noun(tokens, at):
        _swap_nouns(tokens, at)
        return
    if token.pos != "NOUN" or token.dep != "amod" or head.i != at + 1 or head.pos != "NOUN" or head.head == at:
        return
    for below in [t for t in tokens if t.head == head.i and t.i not in {at, head.i}]:
        tokens[below.i] = replace(below, head=at)
    tokens[at] = replace(token, head=head.head if head.head != head.i else at, dep=head.dep)
    tokens[head.i] = replace(head, pos="ADJ", head=at, dep="amod")


def _is_second_noun(tokens: list[Token], at: int) -> bool:
    """As in "le technicien breton": behind an article and a noun, a noun on which that noun is said to hang."""
    if at < 2 or tokens[at].pos != "NOUN" or tokens[at].text[0].isupper() or tokens[at].dep == "compound":
        return False
    first, article = tokens[at - 1], tokens[at - 2]
    hangs = first.head == at and first.dep.split(":")[0] in {"nmod", "amod", "dep", "det", "appos"}
    together = article.sentence == tokens[at].sentence and first.text[0].islower() and not tokens[at].text[0].isdigit()
    return hangs and together and first.pos == "NOUN" and article.pos == "DET"


def _swap_nouns(tokens: list[Token], at: int) -> None:
    second, first = tokens[at], tokens[at - 1]
    for below in [t for t in tokens[max(0, at - _REACH) : at + _REACH] if t.head == at and t.i not in {at, at - 1}]:
        tokens[below.i] = replace(below, head=at - 1)
    tokens[at - 1] = replace(first, head=second.head if second.head != at else at - 1, dep=second.dep)
    tokens[at] = replace(second, pos="ADJ", head=at - 1, dep="amod")


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
