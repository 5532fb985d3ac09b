"""Who does what a verb says: the subject, wherever French puts it."""

from __future__ import annotations

from dataclasses import replace

from extraction.appositions import is_predicate, past_appositions
from extraction.noun_phrases import Mention, cannot_speak, may_speak, phrase_from
from extraction.source_markers import phrase_ending
from extraction.speech_reader import SpeechReader, VerbGroup

_INFLECTED = frozenset({"conj", "advcl", "xcomp", "parataxis", "acl", "ccomp", "dep", "obl"})
_DEPTH = 4
_LONGEST_SUBJECT = 12
_FARTHEST_SUBJECT = 20
_FARTHEST_AGENT = 4
_BOUNDARIES = frozenset({",", ":", ";", "–", "—"})


def best_subject(reader: SpeechReader, group: VerbGroup) -> Mention | None:
    """The speaker at a cue verb: what the tree says, unless only what stands before the verb is able to speak."""
    if group.first > 0 and reader.word_is(group.first - 1, "indefinite_pronouns"):
        return hidden_by_on(reader, group)
    found = agent(reader, group) if group.passive else _best_active(reader, group)
    if found is None or cannot_speak(reader, found) or _goes_with_another(reader, found, group):
        return None
    return found


def _goes_with_another(reader: SpeechReader, mention: Mention, group: VerbGroup) -> bool:
    """Whether a finite verb right behind a phrase is not the cue ("La pancarte qu'elles brandissent résume")."""
    at = mention.after
    while at < group.first and reader.word_is(at, "clitics"):
        at += 1
    return at + 1 == group.first and reader.tokens[at].has("VerbForm=Fin") and reader.tokens[at].pos == "VERB"


def agent(reader: SpeechReader, group: VerbGroup) -> Mention | None:
    """Who does what a passive says: "accusé jeudi par le parquet"."""
    for i in range(group.after, min(group.after + _FARTHEST_AGENT, reader.sentence_of[group.verb].stop - 1)):
        if reader.word_is(i, "agents"):
            return phrase_from(reader, i + 1)
        if reader.tokens[i].pos not in {"ADV", "NOUN", "DET", "NUM"}:
            return None
    return find_subject(reader, group.verb) if group.first < group.verb else None


def _best_active(reader: SpeechReader, group: VerbGroup) -> Mention | None:
    described = described_subject(reader, group)
    if described is not None:
        return described
    tokens = reader.tokens
    bound = group.first > 0 and tokens[group.first - 1].pos in {"NOUN", "PROPN"}
    if bound and tokens[group.verb].has("VerbForm=Part") and tokens[group.verb].has("Tense=Pres"):
        beside = subject_before(reader, group)  # "le maire affirmant que"
        if beside is not None and may_speak(reader, beside):
            return beside
    found = find_subject(reader, group.verb) if reader.has_grammar else None
    if found is not None and _only_stresses(reader, found):
        return subject_before(reader, replace(group, first=found.first)) or found
    if found is not None and may_speak(reader, found):
        return found
    near = subject_before(reader, group)
    if found is not None and near is not None and _only_stresses(reader, near):
        return found
    return near if near is not None and (found is None or may_speak(reader, near)) else found


def described_subject(reader: SpeechReader, group: VerbGroup) -> Mention | None:
    """The phrase of which all that stands up to the verb is a description ("X, que la presse a cité, accuse")."""
    limit = reader.sentence_of[group.verb].start
    if group.first <= limit or reader.words[group.first - 1] != "," or group.first - 1 in reader.quote_of:
        return None
    for start in range(limit, group.first - 1):
        if start in reader.quote_of or (start > limit and reader.words[start - 1] != ","):
            continue
        mention = phrase_from(reader, start)
        if mention is None or mention.pronoun is not None or not may_speak(reader, mention):
            continue
        if reader.words[mention.head] in reader.lexicon.times:
            continue
        behind = past_appositions(reader, mention.after, group.first + 1)
        if mention.after < behind == group.first and is_predicate(reader, behind):
            return mention
    return None


def _only_stresses(reader: SpeechReader, mention: Mention) -> bool:
    """Whether a pronoun only takes up the subject before it ("Son voisin, lui, affirme")."""
    commas = {reader.words[k] for k in (mention.first - 1, mention.after) if 0 <= k < len(reader.tokens)}
    return reader.lexicon.has("stressed_pronouns", mention.pronoun or "") and mention.first > 0 and commas == {","}


def find_subject(reader: SpeechReader, verb: int) -> Mention | None:
    """The subject of a verb, its own or the one that it shares; None where the text gives none."""
    at = verb
    for _ in range(_DEPTH):
        own = _own_subject(reader, at)
        if own is not None:
            return own
        token = reader.tokens[at]
        relation = token.dep.split(":")[0]
        goes_up = relation in _INFLECTED or (token.has("VerbForm=Part") and token.has("Tense=Pres"))
        if token.head == at or not goes_up or token.head not in reader.sentence_of[verb]:
            break
        if relation == "acl" and token.dep != "acl:relcl":
            loose = token.has("Tense=Pres") and (reader.words[at - 1] == "," or reader.word_is(at - 1, "gerund"))
            main = _governor(reader, token.head) if loose else None
            return find_subject(reader, main) if main is not None else _phrase_around(reader, token.head)
        if relation in {"xcomp", "obl", "advcl"} and token.has("VerbForm=Inf"):
            controlled = _controlled(reader, token.head)
            if controlled is not None:
                return controlled
        if relation == "ccomp" and not token.has("VerbForm=Inf"):
            break
        at = token.head
    return None


def _own_subject(reader: SpeechReader, verb: int) -> Mention | None:
    children = [reader.tokens[c] for c in reader.analysis.children[verb]]
    agents = [c for c in children if c.dep == "obl:agent"]
    subjects = [c for c in children if c.dep in {"nsubj", "nsubj:pass", "nsubj:caus", "csubj", "expl:subj"}]
    if agents and agents[0].i in reader.sentence_of[verb] and any(c.dep == "nsubj:pass" for c in subjects):
        return _phrase_around(reader, agents[0].i)
    for subject in sorted(subjects, key=lambda t: t.i > verb):
        if subject.i not in reader.sentence_of[verb]:
            continue
        if subject.i in reader.quote_of and verb not in reader.quote_of:
            continue
        if reader.word_is(subject.i, "subject_relatives"):
            return _antecedent(reader, verb, subject.i)
        mention = _phrase_around(reader, subject.i)
        return _named_before(reader, mention) if mention is not None else None
    return None


def _antecedent(reader: SpeechReader, verb: int, pronoun: int) -> Mention | None:
    """Whom "qui" takes up: what the tree says, unless that stands in quotation marks, which "qui" does not."""
    head = reader.tokens[verb].head
    if reader.tokens[verb].dep == "acl:relcl" and head != verb and head not in reader.quote_of:
        return _phrase_around(reader, head)
    end = pronoun - (pronoun > 0 and reader.words[pronoun - 1] == ",")
    return phrase_ending(reader, _segment_start(reader, reader.sentence_of[verb].start, end), end)


def _governor(reader: SpeechReader, noun: int) -> int | None:
    """The verb whose object or complement a noun is: behind a comma a participle goes with its subject."""
    for at in (noun, *reader.analysis.ancestors(noun)):
        if reader.tokens[at].dep.startswith("nsubj"):
            return None
        if reader.tokens[at].pos == "VERB":
            return at
    return None


def _controlled(reader: SpeechReader, head: int) -> Mention | None:
    """The object of a verb that makes somebody do something: it is the infinitive's subject."""
    if reader.tokens[head].lemma not in reader.lexicon.causatives:
        return None
    for child in reader.analysis.children[head]:
        if reader.tokens[child].dep == "obj":
            return _phrase_around(reader, child)
    return None


def _phrase_around(reader: SpeechReader, head: int) -> Mention | None:
    """The phrase whose head the tree gives, from its own first word on."""
    first = head
    if reader.inverted_at(head) is None:
        while first > reader.sentence_of[head].start and _leads(reader, first - 1, head):
            first -= 1
    return phrase_from(reader, first)


def _leads(reader: SpeechReader, at: int, head: int) -> bool:
    token = reader.tokens[at]
    if at in reader.quote_of and head not in reader.quote_of:
        return False
    name = reader.name_of.get(at)
    if name is not None and name is reader.name_of.get(at + 1):
        return True
    if reader.words[at] in reader.lexicon.determiners and reader.tokens[at + 1].pos != "VERB":
        return True
    below = token.head == head or (token.head > at and token.head <= head) or token.head in range(at, head + 1)
    return below and (token.pos in {"DET", "ADJ", "NUM", "PROPN", "NOUN"} or reader.words[at] in {"-", "'"})


def _named_before(reader: SpeechReader, mention: Mention) -> Mention:
    """The name to which the phrase is only an apposition ("Anna Weber, une chercheuse qui …, a noté")."""
    comma = mention.first - 1
    sentence = reader.sentence_of[mention.first]
    if comma <= sentence.start or reader.words[comma] != "," or mention.pronoun is not None:
        return mention
    start = comma - 1
    while start > sentence.start and reader.words[start - 1] not in {",", ":", ";"} and comma - start < 7:
        start -= 1
    before = phrase_from(reader, start)
    if before is None or before.after != comma or before.pronoun is not None:
        return mention
    return before if reader.tokens[before.head].entity == "PER" else mention


def place_of_on(reader: SpeechReader, at: int) -> Mention | None:
    """Whom "on" hides: "indique-t-on de source policière", "précise-t-on à la préfecture"."""
    while at < len(reader.tokens) and reader.words[at] in reader.lexicon.times:
        at += 1
    if at + 2 < len(reader.tokens) and reader.word_is(at, "source_places"):
        joined = reader.word_is(at, "genitive_prepositions")
        return phrase_from(reader, at + 1 + joined)
    return None


def hidden_by_on(reader: SpeechReader, group: VerbGroup) -> Mention | None:
    """Whose voice "on" is, by where it speaks: "À la mairie, on assure que", "on indique de source policière que"."""
    behind = place_of_on(reader, group.after) if group.after < len(reader.tokens) else None
    if behind is not None and may_speak(reader, behind):
        return behind
    start, on = reader.sentence_of[group.verb].start, group.first - 1
    for length in range(4, 0, -1):
        words = reader.words[start : start + length]
        if start + length < on and reader.lexicon.has("whereabouts", " ".join(words).replace("' ", "'")):
            mention = phrase_from(reader, start + length, on)
            closed = mention is not None and any(w == "," for w in reader.words[mention.after : on])
            return mention if mention is not None and closed and may_speak(reader, mention) else None
    return None


def subject_before(reader: SpeechReader, group: VerbGroup) -> Mention | None:
    """The phrase that ends right before a verb group or before the appositions between ("X, maire de Y, a dit")."""
    end, found = group.first, None
    limit = reader.sentence_of[group.verb].start
    while end > limit:
        if reader.words[end - 1] == ",":
            end -= 1
        start = _segment_start(reader, limit, end)
        mention = phrase_ending(reader, start, end)
        if mention is not None and mention.first > limit and reader.tokens[mention.first - 1].pos == "ADP":
            mention = _reduced(reader, start, end)  # "Un habitant joint par téléphone décrit"
        if mention is None and start > limit and reader.words[start - 1] == "," and reader.word_is(start, "relatives"):
            end = start
            continue
        if mention is None or (found is not None and mention.first != start):
            break
        found, end = mention, start
        if reader.words[end - 1] != ",":
            break
    return found


def _reduced(reader: SpeechReader, start: int, end: int) -> Mention | None:
    """The phrase at the start of a segment that only a participle and its complements follow."""
    mention = phrase_from(reader, start, end)
    if mention is None or mention.after >= end:
        return None
    participle = reader.tokens[mention.after]
    finite = any(reader.tokens[i].has("VerbForm=Fin") for i in range(mention.after, end))
    return mention if participle.has("VerbForm=Part") and not finite else None


def _segment_start(reader: SpeechReader, limit: int, end: int) -> int:
    start = end
    while start > limit and end - start < _LONGEST_SUBJECT and start - 1 not in reader.quote_of:
        if reader.words[start - 1] in _BOUNDARIES or reader.word_is(start - 1, "subject_boundaries"):
            break
        start -= 1
    return start
