"""What a clause says of its own polarity: whether its words negate it, and whether it is somebody's denial."""

from __future__ import annotations

from extraction.analysis import Token
from extraction.clauses import Clause
from extraction.document import Polarity
from extraction.phrases import Reading


def polarity_of(reading: Reading, clause: Clause) -> Polarity:
    """``negated`` where the clause itself is; a denial is told by ``is_denial``."""
    window = window_of(reading, clause)
    clitic = any(reading.lexicon.has("negation_clitics", t.text.lower()) for t in window if t.i <= clause.verb)
    if _without_before(reading, clause):
        return "negated"
    before = clause.verb - 1
    if reading.same_sentence(before, clause.verb) and reading.lexicon.has(
        "negative_conjunctions", reading.word(before)
    ):
        return "negated"
    if _negative_argument(reading, clause):
        return "negated"
    if clause.group.passive and reading.lexicon.has("nearly", reading.word(clause.verb - 1)) and clause.verb:
        return "negated"
    if any(reading.lexicon.has("unrealised", f"{t.text.lower()} {reading.word(t.i + 1)}") for t in window[:-1]):
        return "negated"
    for token in window:
        if not reading.lexicon.has("negators", token.text.lower()) or _belongs_below(reading, token, clause):
            continue
        if not clitic and not _is_bare_negator(reading, token, clause):
            continue
        if reading.lexicon.has("restrictable", token.text.lower()) and reading.lexicon.has(
            "restrictives", reading.word(min(token.i + 1, len(reading.tokens) - 1))
        ):
            continue
        return "affirmed" if _is_focused(reading, token.i) else "negated"
    if clitic and (_has_neither(reading, clause, window) or _is_fronted(reading, clause)):
        return "negated"
    return "affirmed"


def window_of(reading: Reading, clause: Clause) -> list[Token]:
    """The words in which a clause's own negation can stand: its group, and two after its finite verb."""
    first = clause.group.first
    while (
        first > 0
        and reading.same_sentence(first - 1, clause.verb)
        and (
            (
                reading.tokens[first - 1].dep.split(":")[0] in {"expl", "iobj", "obj"}
                and reading.tokens[first - 1].pos == "PRON"
            )
            or reading.lexicon.has("negation_clitics", reading.word(first - 1))
            or reading.tokens[first - 1].pos == "ADV"
            or reading.lexicon.has("infinitive_marks", reading.word(first - 1))
        )
    ):
        first -= 1
    last = clause.verb
    while (
        reading.same_sentence(last + 1, clause.verb)
        and last < clause.verb + 3
        and (reading.tokens[last + 1].pos == "ADV" or reading.lexicon.has("negators", reading.word(last + 1)))
    ):
        last += 1
    return reading.tokens[first : last + 1]


def _belongs_below(reading: Reading, token: Token, clause: Clause) -> bool:
    """A negator behind the verb that is part of its locution ("plead not guilty") or of the infinitive ("not to")."""
    if token.i <= clause.verb:
        return False
    inside = token.i <= clause.group.tail
    after = reading.tokens[token.i + 1] if reading.same_sentence(token.i + 1, token.i) else None
    return inside or (after is not None and reading.lexicon.has("infinitive_marks", after.text.lower()))


def is_denied_word(reading: Reading, at: int) -> bool:
    """Whether a negator hangs on a word or stands in the three before it: "has not been able", "pas capable"."""
    near = [t.text.lower() for t in reading.children(at, "advmod")]
    near += [reading.word(i) for i in range(max(0, at - 3), at) if reading.same_sentence(i, at)]
    return any(reading.lexicon.has("negators", word) for word in near)


def _has_neither(reading: Reading, clause: Clause, window: list[Token]) -> bool:
    """As in "ni le club ni l'agent n'ont parlé", "il n'a ni bu ni mangé"."""
    words = [t.text.lower() for t in window]
    after = reading.tokens[clause.verb + 1 : clause.verb + 2]
    words += [t.text.lower() for t in after]
    if clause.subject is not None:
        words += [t.text.lower() for t in reading.tokens[max(0, clause.subject.start - 1) : clause.verb]]
    return any(reading.lexicon.has("negative_conjunctions", word) for word in words)


def _is_fronted(reading: Reading, clause: Clause) -> bool:
    """As in "Jamais le club n'avait vendu": the negator opens the sentence."""
    sentence = reading.analysis.sentences[reading.tokens[clause.verb].sentence]
    return reading.lexicon.has("negators", reading.word(sentence.start)) and sentence.start < clause.group.first


def _is_bare_negator(reading: Reading, token: Token, clause: Clause) -> bool:
    """A negator that needs no "ne": one that the language lists as standing alone."""
    return reading.lexicon.has("full_negators", token.text.lower()) and abs(token.i - clause.verb) <= 4


def _is_focused(reading: Reading, negator: int) -> bool:
    """As in "pas seulement", "not only": the clause holds, and more."""
    after = negator + 1
    return reading.same_sentence(after, negator) and reading.lexicon.has("negation_focus", reading.word(after))


def _without_before(reading: Reading, clause: Clause) -> bool:
    at = clause.group.first - 1
    while reading.same_sentence(at, clause.verb) and reading.tokens[at].pos == "ADV":
        at -= 1
    return reading.same_sentence(at, clause.verb) and reading.lexicon.has("without", reading.word(at))


def _negative_argument(reading: Reading, clause: Clause) -> bool:
    """As in "aucun élève n'est venu", "nobody came": a role whose determiner or pronoun denies that there is one."""
    for phrase in (clause.subject, clause.object):
        if phrase is None or not reading.same_sentence(phrase.start, clause.verb):
            continue
        # "No fewer than 30 villages" denies nothing.
        if reading.tokens[phrase.head].pos == "VERB" or phrase.start in reading.quantity_tokens:
            continue
        words = [reading.word(i) for i in range(phrase.start, phrase.last + 1)]
        alone = len(words) == 1 or reading.lexicon.has("genitives", words[1])
        if reading.lexicon.has("negative_determiners", words[0]) or (
            alone and reading.lexicon.has("negative_pronouns", words[0])
        ):
            return True
    return False


def is_denial(reading: Reading, clause: Clause) -> bool:
    """Whether a clause is somebody's denial: a verb that always denies, or one that does before a claim."""
    lexicon = reading.lexicon
    if lexicon.has("always_denial", clause.lemma):
        return True
    if not lexicon.has("denial", clause.lemma) or clause.object is None:
        return False
    if clause.subject is not None and lexicon.has("judging", reading.tokens[clause.subject.head].lemma.lower()):
        return False  # what a court rejects it rules on
    head = reading.tokens[clause.object.head]
    if lexicon.has("denied_alone", clause.lemma) and lexicon.has("all", reading.word(clause.object.start)):
        return True
    return head.pos in {"VERB", "AUX"} or lexicon.has("denial_objects", head.lemma.lower())
