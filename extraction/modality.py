"""What a clause says of its own modality: tense and mood, words that hedge, conditions."""

from __future__ import annotations

from collections.abc import Mapping

from extraction.analysis import Token
from extraction.clauses import Clause
from extraction.document import Modality
from extraction.phrases import Reading
from extraction.polarity import window_of

_HEDGE = 20


def is_hedged(reading: Reading, clause: Clause) -> bool:
    """Whether a word beside the verb makes it uncertain: "peut-être", "allegedly"."""
    positions = [c.i for c in reading.children(clause.verb, "advmod")]
    near = [t.i for t in window_of(reading, clause)]
    if any(reading.lexicon.has("hedges", reading.word(i)) for i in {*positions, *near}):
        return True
    sentence = reading.analysis.sentence_span(clause.verb)
    start = clause.subject.start if clause.subject is not None else clause.group.first
    start = min(start, clause.group.first)
    before = reading.text[max(sentence.start, reading.tokens[start].start - _HEDGE) : reading.tokens[start].start]
    after = reading.text[reading.tokens[clause.verb].end : reading.tokens[clause.verb].end + _HEDGE]
    beside = (before.lower().rstrip(), after.lower().lstrip())
    hedges = [h for h in reading.lexicon.sets.get("hedges", ()) if not h.isalpha()]
    return any(beside[0].endswith(h) or beside[1].startswith(h) for h in hedges)


def is_condition(reading: Reading, clause: Clause) -> bool:
    """Whether a clause says under which condition something else happens: "si la crue monte"."""
    marks = reading.children(clause.verb, "mark")
    return any(reading.lexicon.has("condition_marks", m.text.lower()) and m.pos == "SCONJ" for m in marks)


def is_asked(reading: Reading, clause: Clause) -> bool:
    """As in "refuse de dire si l'usine a été vendue", "whether it has been sold": an indirect question."""
    marks = [m for m in reading.children(clause.verb, "mark") if m.i < clause.verb]
    if any(reading.lexicon.has("asking_marks", m.text.lower()) for m in marks):
        return True
    told = reading.tokens[clause.verb].dep.split(":")[0] in {"ccomp", "obj", "xcomp"}
    return told and any(reading.lexicon.has("condition_marks", m.text.lower()) for m in marks)


def is_hearsay(reading: Reading, clause: Clause) -> bool:
    """As in "is reported to have left": what others say of the subject."""
    return clause.group.passive and reading.lexicon.has("hearsay", clause.lemma)


def is_conditional_clause(reading: Reading, clause: Clause) -> bool:
    """Whether a word of the verb group is a conditional."""
    return any(is_conditional(reading, reading.tokens[i]) for i in (*clause.group.auxiliaries, clause.verb))


def is_conditional(reading: Reading, token: Token) -> bool:
    """Whether a verb form is a conditional; its ending corrects a tagger that guessed."""
    lexicon, form = reading.lexicon, token.text.lower()
    if lexicon.has("possible_auxiliaries", form) or lexicon.has("conditional_forms", form):
        return True
    suffixes, stem = lexicon.endings("conditional_suffixes"), token.lemma.lower().rstrip("e")
    if not suffixes:
        return token.has("Mood=Cnd")
    if form in {stem + suffix for suffix in suffixes}:
        return True
    imperfect = form in {stem[:-2] + suffix for suffix in suffixes}
    return token.has("Mood=Cnd") and form.endswith(lexicon.endings("conditional_endings")) and not imperfect


def _is_future(reading: Reading, token: Token) -> bool:
    lexicon, form = reading.lexicon, token.text.lower()
    if lexicon.has("planned_auxiliaries", form) or lexicon.has("future_forms", form):
        return True
    suffixes, stem = lexicon.endings("future_suffixes"), token.lemma.lower().rstrip("e")
    if not suffixes:
        return token.has("Tense=Fut")
    regular = token.has("VerbForm=Fin") and len(stem) > 2 and form in {stem + suffix for suffix in suffixes}
    return regular or (token.has("Tense=Fut") and form.endswith(lexicon.endings("future_endings")))


def tense_modality(reading: Reading, clause: Clause, clauses: Mapping[int, Clause]) -> Modality:
    """What the tense and mood of the group say; a conditional may be the future of a past."""
    finite = [reading.tokens[i] for i in (*clause.group.auxiliaries, clause.verb)]
    if any(is_conditional(reading, t) for t in finite):
        return "planned" if _is_future_in_past(reading, clause, clauses) else "possible"
    if any(_is_future(reading, t) for t in finite):
        return "asserted" if _looks_back(reading, clause) else "planned"
    if reading.lexicon.has("risking", clause.lemma):
        return "possible"
    if clause.group.passive and clause.group.form == "finite" and reading.lexicon.has("awaited", clause.lemma):
        return "planned"
    if any(reading.lexicon.has("awaiting_marks", m.text.lower()) for m in reading.children(clause.verb, "mark")):
        return "possible" if any(t.has("Tense=Pres") and t.has("VerbForm=Fin") for t in finite) else "asserted"
    intention = reading.lexicon.governors.get(clause.lemma)
    if reading.lexicon.has("intentions", clause.lemma) and intention in {"possible", "planned"}:
        return "possible" if intention == "possible" else "planned"
    return "asserted"


def _looks_back(reading: Reading, clause: Clause) -> bool:
    """As in "il aura disputé 88 matches": the future of "avoir" without any time sums up what is over."""
    first = next(iter(clause.group.auxiliaries), clause.verb)
    past = reading.lexicon.has("perfect_words", reading.word(first)) and not clause.group.passive
    if not past or not reading.lexicon.has("future_forms", reading.word(first)):
        return False
    sentence = reading.analysis.sentences[reading.tokens[clause.verb].sentence]
    return not any(reading.is_time(i) for i in sentence)


def _is_future_in_past(reading: Reading, clause: Clause, clauses: Mapping[int, Clause]) -> bool:
    """As in "a annoncé que l'usine fermerait": a conditional that a past tense of saying turns out of a future."""
    above = clauses.get(clause.governor) if clause.governor is not None else None
    if above is None or not reading.tokens[clause.verb].dep.startswith(("ccomp", "obj")):
        return False
    if reading.lexicon.governors.get(above.lemma) in {"possible", "denied"} or reading.lexicon.has(
        "perfect_is_done", clause.lemma
    ):
        return False
    passed = any(
        reading.tokens[i].has("Tense=Past") or reading.tokens[i].has("Tense=Imp") for i in above.group.positions
    )
    perfect = any(reading.lexicon.has("perfect_words", reading.word(i)) for i in clause.group.auxiliaries)
    backshifted = [i for i in clause.group.auxiliaries if reading.lexicon.has("backshifted_futures", reading.word(i))]
    active = len(clause.group.auxiliaries) - len(backshifted) - clause.group.passive
    return passed and not perfect and active <= 0


def is_unmet(reading: Reading, clause: Clause) -> bool:
    """As in "aurait dû être adopté": what should have happened did not."""
    helping = [reading.word(i) for i in clause.group.auxiliaries]
    if helping and reading.lexicon.has("unmet_modals", helping[0]):
        return any(reading.lexicon.has("perfect_words", word) for word in helping[1:])
    past = any(is_conditional(reading, reading.tokens[i]) for i in clause.group.auxiliaries)
    return past and reading.lexicon.has("unmet_duties", clause.lemma)


def is_scheduled(reading: Reading, clause: Clause) -> bool:
    """Whether the clause itself names a day or an hour at which it begins."""
    for i in range(clause.verb + 1, min(clause.verb + 15, len(reading.tokens))):
        if not reading.same_sentence(i, clause.verb) or reading.tokens[i].has("VerbForm=Fin"):
            return False
        if reading.is_time(i):
            words = "".join(t.text.lower() for t in reading.tokens[max(0, i - 3) : i + 3]).replace("’", "'")
            return not any(until.replace(" ", "") in words for until in reading.lexicon.sets.get("until_words", ()))
    return False
