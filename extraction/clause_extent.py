"""Where reported words begin and end in their sentence."""

from __future__ import annotations

from extraction.source_markers import marker_at
from extraction.speech_reader import SpeechReader, VerbGroup
from extraction.tag_subjects import subject_after

_TRAILING = frozenset({",", ";", ":", "–", "—", "-", "("})
_CLAUSAL = frozenset({"conj", "advcl", "parataxis"})
_LONGEST_OPENING = 6
_LONGEST_TIME = 6
_LONGEST_DATELINE = 20


def content_start(reader: SpeechReader, at: int) -> int:
    """Past a parenthesis right behind the conjunction: "que, à ce stade, P"."""
    if at < len(reader.tokens) and reader.words[at] == ",":
        for i in range(at + 1, min(at + 2 + _LONGEST_OPENING, len(reader.tokens))):
            if reader.words[i] == ",":
                return i + 1
        return at + 1
    return at


def past_adjuncts(reader: SpeechReader, at: int, verb: int) -> int:
    """Past adverbs and times that go with the reporting verb: "a annoncé le 2 avril, également, la suppression"."""
    end = reader.sentence_of[verb].stop
    while at < end:
        start = at + (reader.words[at] == ",")
        if start >= end:
            return at
        after = _past_time(reader, start, end) or _past_adverbial(reader, start, end)
        after = after or (start + 1 if _own_adverb(reader, start, verb) else None)
        if after is None or after >= end or (start > at and reader.words[after] != ","):
            return at
        at = after + (start > at)
    return at


def _past_adverbial(reader: SpeechReader, at: int, end: int) -> int | None:
    """The token behind an adverbial of two words or three ("en revanche", "par ailleurs")."""
    for after in range(min(at + 3, end), at + 1, -1):
        if reader.span(at, after).of(reader.text).lower() in reader.lexicon.leading_adverbs:
            return after
    return None


def _own_adverb(reader: SpeechReader, at: int, verb: int) -> bool:
    token = reader.tokens[at]
    if token.pos != "ADV" or reader.words[at] in reader.lexicon.negations:
        return False
    return token.head == verb or reader.word_is(at, "adding")


def _past_time(reader: SpeechReader, at: int, end: int) -> int | None:
    """The token behind a time that begins at a token ("le 2 avril 2024", "mardi matin", "en fin de journée")."""
    found: int | None = None
    for i in range(at, min(at + _LONGEST_TIME, end)):
        token, word = reader.tokens[i], reader.words[i]
        if word in reader.lexicon.times:
            found = i + 1
            continue
        linking = reader.word_is(i, "time_joints") or token.pos in {"NUM", "ADJ"}
        joins = linking if found is None else reader.word_is(i, "time_endings")
        if not joins and not word[0].isdigit():
            break
    if found is None:
        return None
    while found < end and reader.words[found][0].isdigit() and len(reader.words[found]) == 4:
        found += 1
    # "annonce la fin des travaux": a noun of time that something completes is the object.
    return None if found < end and reader.word_is(found, "genitives") else found


def clause_start(reader: SpeechReader, first: int, limit: int) -> int:
    """Past what opens a sentence without belonging to the report: conjunctions, "Cependant,", "– et depuis lors,"."""
    at = first = _past_contrast(reader, _past_statement(reader, _past_dateline(reader, first, limit), limit), limit)
    for i in range(first, limit):
        if (reader.words[i] in {"–", "—"} and i + 1 < limit and reader.word_is(i + 1, "joints")) or (
            reader.words[i] == ";" and i not in reader.quote_of
        ):
            at = i + 1
    if at + 2 < limit and reader.words[at][0].isdigit() and reader.words[at + 1] in {"-", "–", "—", ":"}:
        at += 2  # the hour of a live report
    moved = True
    while moved and at < limit:
        moved = False
        if reader.words[at] in {"–", "—", "-", ","} or reader.word_is(at, "clause_openers"):
            at, moved = at + 1, True
            continue
        for after in range(min(at + 5, limit - 1), at, -1):
            opening = reader.span(at, after).of(reader.text).lower().replace("\u2019", "'")
            if reader.words[after] == "," and opening in reader.lexicon.leading_adverbs:
                at, moved = after + 1, True
                break
    return at


def _past_statement(reader: SpeechReader, first: int, limit: int) -> int:
    """Past a clause that a colon closes: what is reported explains it ("Les dégâts sont lourds : P, selon X")."""
    at = first
    for i in range(first, limit):
        explains = reader.words[i] == ":" and i not in reader.quote_of
        if explains and any(reader.tokens[k].has("VerbForm=Fin") for k in range(i + 1, limit)):
            at = i + 1
    return at


def _past_contrast(reader: SpeechReader, first: int, limit: int) -> int:
    """Past "Contrairement à ce qu'affirment certains,": what the article sets against a report."""
    if not reader.word_is(first, "contrasts"):
        return first
    comma = next((i for i in range(first, limit - 1) if reader.words[i] == "," and i not in reader.quote_of), None)
    return comma + 1 if comma is not None else first


def _past_dateline(reader: SpeechReader, first: int, limit: int) -> int:
    """Past the place, date and agency that open a dispatch ("LISBONNE, 4 mars (Lusa) - …")."""
    for i in range(first + 1, min(first + _LONGEST_DATELINE, limit - 1)):
        if reader.tokens[i].has("VerbForm=Fin"):
            return first
        if reader.words[i] in {"-", "–", "—"} and reader.words[i - 1] == ")":
            return i + 1
    return first


def content_end(reader: SpeechReader, start: int, verb: int) -> int:
    """The token after the last reported one, for content that starts behind its cue verb."""
    end = reader.sentence_end(verb)
    for i in range(start + 1, end):
        if i not in reader.quote_of and _cuts(reader, i, start, verb):
            end = i
            break
    while end > start and _trails(reader, end - 1) and end - 1 not in reader.quote_of:
        end -= 1
    return end


def _trails(reader: SpeechReader, i: int) -> bool:
    return reader.words[i] in _TRAILING or reader.word_is(i, "trailing")


def _cuts(reader: SpeechReader, i: int, start: int, verb: int) -> bool:
    word = reader.words[i]
    if word == ";" or (word == ":" and (i + 1 in reader.quote_of or _states(reader, i))):
        return True
    if word == "," and i + 1 < len(reader.tokens):
        return (
            marker_at(reader, i + 1) is not None
            or is_incise(reader, i + 1)
            or _participle_goes_on(reader, i + 1)
            or reader.lexicon.has("concessions", " ".join(reader.words[i + 1 : i + 3]))
            or _takes_up(reader, i + 1)
            or _withholds(reader, i + 1)
            or (verb > 1 and reader.word_is(verb - 1, "vainly"))  # "a beau répéter que P, les salariés …"
            or _clause_of_cue(reader, i, verb)
        )
    if reader.word_is(i, "and") and i - 1 in reader.quote_of and reader.quote_of.get(start) is reader.quote_of[i - 1]:
        return reader.tokens[i + 1].pos in {"VERB", "AUX", "PRON"} if i + 1 < len(reader.tokens) else False
    if reader.word_is(i, "joints"):
        goes_back = _clause_of_cue(reader, i, verb) or _changes_tense(reader, i, start, verb)
        goes_back = goes_back or reports_again(reader, i, verb)
        return goes_back or (reader.word_is(i, "but") and _own_clause(reader, i, start))
    return False


def _withholds(reader: SpeechReader, at: int) -> bool:
    """Whether the article says what the speaker left out: ", sans donner de date", ", without giving details"."""
    if not reader.word_is(at, "without"):
        return False
    for i in range(at + 1, min(at + 5, len(reader.tokens))):
        token = reader.tokens[i]
        if token.pos == "VERB":
            return reader.lexicon.has("withholding", token.lemma) or reader.find_group(i) is not None
        if token.pos in {"NOUN", "PROPN"}:
            return False
    return False


def _takes_up(reader: SpeechReader, at: int) -> bool:
    """Whether the article takes up what was reported: ", une piste que …", ", ce que conteste …"."""
    if at + 1 < len(reader.tokens) and reader.word_is(at, "that_which"):
        return reader.words[at + 1] in reader.lexicon.complementisers
    taken = any(reader.word_is(i, "resumptives") for i in range(at + 1, min(at + 3, len(reader.tokens))))
    return taken and reader.word_is(at, "resuming")


def _states(reader: SpeechReader, colon: int) -> bool:
    """Whether a main clause follows a colon: what the article adds to explain a report, not a list inside it."""
    for i in range(colon + 1, reader.sentence_of[colon].stop):
        token = reader.tokens[i]
        if i in reader.quote_of or not token.has("VerbForm=Fin"):
            continue
        if not any(reader.word_is(k, "relatives") for k in range(colon + 1, i)):
            return True
    return False


def reports_again(reader: SpeechReader, joint: int, verb: int) -> bool:
    """Whether a second cue with the first one's subject follows "and" ("insisted that P and denied that Q")."""
    first = reader.find_group(verb)
    for i in range(joint + 1, min(joint + 5, len(reader.tokens) - 1)):
        group = reader.find_group(i) if i not in reader.quote_of else None
        if group is None or group.first != joint + 1 or first is None:
            continue
        follows = reader.words[group.after] in reader.lexicon.complementisers or _is_apart(reader, first, joint)
        return follows and not group.passive and _tense(reader, group) == _tense(reader, first) != ""
    return False


def _is_apart(reader: SpeechReader, first: VerbGroup, joint: int) -> bool:
    """Whether the verb of a report cannot be joined to a simple past ("said it was ready and urged X to Q")."""
    finite = next((i for i in range(first.after, joint) if reader.tokens[i].has("VerbForm=Fin")), None)
    return finite is not None and finite not in reader.quote_of and reader.word_is(finite, "reported_auxiliaries")


def _tense(reader: SpeechReader, group: VerbGroup) -> str:
    """The tense of a finite cue: that of its first finite word; empty for infinitives and participles."""
    for token in reader.tokens[group.first : group.after]:
        if token.has("VerbForm=Fin"):
            return next((tense for tense in ("Past", "Pres", "Imp", "Fut") if token.has(f"Tense={tense}")), "")
    return ""


def is_participle(reader: SpeechReader, at: int) -> bool:
    """Whether a token is a present participle ("ajoutant", "adding")."""
    return reader.tokens[at].has("VerbForm=Part") and reader.tokens[at].has("Tense=Pres")


def _participle_goes_on(reader: SpeechReader, at: int) -> bool:
    """Whether a cue as a participle opens a report of its own: ", ajoutant que", ", tout en précisant que"."""
    for i in range(at, min(at + 4, len(reader.tokens) - 1)):
        if is_participle(reader, i):
            group = reader.find_group(i)
            if group is None:
                return False
            following = {reader.words[k] for k in range(i + 1, min(i + 4, len(reader.tokens)))}
            clause = bool(following & reader.lexicon.complementisers)
            return clause or not reader.lexicon.has("slippery_participles", group.cue.lemma)
        if not reader.word_is(i, "gerund_openers") and reader.tokens[i].pos != "ADV":
            return False
    return False


def _changes_tense(reader: SpeechReader, joint: int, start: int, verb: int) -> bool:
    """Whether "et" goes back to the cue's tense after reported imperfects: "a jugé que P était … et a condamné"."""
    if joint + 2 >= len(reader.tokens) or not reader.word_is(joint + 1, "perfect_forms"):
        return False
    if reader.words[joint + 1] not in reader.words[verb - 3 : verb] or reader.word_is(joint + 2, "inverted_pieces"):
        return False
    inside = [t for t in reader.tokens[start:joint] if t.has("VerbForm=Fin")]
    return not inside or all(t.has("Tense=Imp") or t.has("Mood=Cnd") for t in inside)


def is_incise(reader: SpeechReader, at: int) -> bool:
    """Whether a tag begins at a token: "a-t-il ajouté", "a indiqué la préfecture"."""
    for i in range(at, min(at + 6, len(reader.tokens))):
        group = reader.find_group(i)
        if group is not None and group.first == at and not group.passive and i not in reader.quote_of:
            inverted = any(reader.inverted_at(k) is not None for k in range(at, min(i + 3, len(reader.tokens))))
            finite = any(reader.tokens[k].has("VerbForm=Fin") for k in range(at, i + 1))
            return inverted or (finite and subject_after(reader, group) is not None)
    return False


def _clause_of_cue(reader: SpeechReader, joint: int, verb: int) -> bool:
    """Whether what follows a comma or "et" hangs on the cue verb itself, so that the report is over."""
    first = joint + 1
    while first < len(reader.tokens) and reader.word_is(first, "clause_joints"):
        first += 1
    if first < len(reader.tokens) and reader.words[first] in reader.lexicon.complementisers:
        return False
    sentence = reader.sentence_of[verb]
    for i in range(first, min(joint + 12, sentence.stop)):
        if i > first and (reader.words[i] == "," or reader.word_is(i, "clause_breaks")):
            return False
        token = reader.tokens[i]
        if token.pos in {"VERB", "AUX"} and token.dep.split(":")[0] in _CLAUSAL:
            if any(reader.words[c] in reader.lexicon.complementisers for c in reader.analysis.children[i]):
                return False
            return token.head == verb and not token.has("VerbForm=Inf")
    return False


def _own_clause(reader: SpeechReader, joint: int, start: int) -> bool:
    """Whether "mais" opens a clause with a subject of its own."""
    after_comma = joint > start and reader.words[joint - 1] == ","
    return (
        after_comma
        and any(
            reader.tokens[i].dep.startswith("nsubj") and reader.tokens[i].head > i
            for i in range(joint + 1, min(joint + 8, len(reader.tokens)))
        )
        and reader.words[joint + 1] not in reader.lexicon.complementisers
    )
