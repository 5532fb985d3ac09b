"""Events on sentences of our own: one line of the table is one thing that a reader would say happened."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from extraction.analysis import Analysis, Parsed, Token
from extraction.document import Fact, Passage, TimeMention
from extraction.events import find_events
from extraction.languages.base import Analyser, PlainAnalyser
from extraction.spans import Span
from tests.unit.extraction.sentences import parse_sentence, rows, same_phrase, span_of

TABLE = rows("french_events.tsv", 6)
TIMES = (
    "mercredi",
    "lundi",
    "1998",
    "la semaine dernière",
    "l'an dernier",
    "mardi",
    "dimanche",
    "jeudi soir",
    "samedi",
    "jeudi",
    "en avril",
    "en août",
)


def events_of(analyser: Analyser, text: str, lemma: str | None = None) -> list[Fact]:
    times = [words for words in TIMES if words in text]
    found = find_events(parse_sentence(analyser, text, times=times), ())
    return [f for f in found if f.event is not None and (lemma is None or f.event.predicate.lemma == lemma)]


def event_of(analyser: Analyser, text: str, lemma: str) -> Fact:
    found = events_of(analyser, text, lemma)
    assert found, f"no event {lemma!r}: {text}"
    return found[0]


@pytest.mark.parametrize(("text", "lemma", "subject", "thing", "polarity", "modality"), TABLE)
def test_find_events_reads_who_did_what(
    french_analyser: Analyser, text: str, lemma: str, subject: str, thing: str, polarity: str, modality: str
) -> None:
    candidates = events_of(french_analyser, text, lemma)
    assert candidates, f"no event {lemma!r}"
    readings = [
        (
            same_phrase(subject, fact.event.subject, text),
            same_phrase(thing, fact.event.object, text),
            fact.polarity,
            fact.modality,
        )
        for fact in candidates
        if fact.event is not None
    ]
    assert (True, True, polarity, modality) in readings


def test_find_events_evidence_holds_predicate_and_roles(french_analyser: Analyser) -> None:
    for text in dict.fromkeys(row[0] for row in TABLE):
        for fact in events_of(french_analyser, text):
            assert fact.event is not None
            parts = [fact.event.predicate.span] + [r.span for r in (fact.event.subject, fact.event.object) if r]
            assert all(fact.evidence.contains(part) for part in parts if part.end <= len(text)), text


@pytest.mark.parametrize(
    "text",
    [
        "La mairie est grande et le jardin est calme.",
        "Le musée possède trois étages.",
        "La ministre a déclaré que le budget est équilibré.",
        "Que fera la mairie de ce terrain ?",
        "Le jardin peut être beau.",
        "Il a fait 38 °C.",
        "La tour fait 90 mètres.",
    ],
)
def test_find_events_passes_over_states_sayings_and_questions(french_analyser: Analyser, text: str) -> None:
    amounts = [pair for pair in (("38 °C", "degree_celsius"), ("90 mètres", "m")) if pair[0] in text]
    assert find_events(parse_sentence(french_analyser, text, amounts), ()) == []


@pytest.mark.parametrize(
    "text",
    [
        "« Le toit fuit depuis avril », a indiqué mardi la gardienne du musée, Lise Aubry.",
        "« Le toit fuit », a-t-elle reconnu.",
        "Le toit fuit, a prévenu la directrice du musée.",
        "« Il n'y a plus un sou », a justifié la trésorière.",
        "Le toit fuit, a-t-on appris auprès de la mairie.",
        "Le toit fuit, a appris La Gazette de Dax de source municipale.",
    ],
)
def test_find_events_passes_over_the_tags_of_what_is_said(french_analyser: Analyser, text: str) -> None:
    assert [
        f for f in events_of(french_analyser, text) if f.event is not None and f.event.predicate.lemma != "fuir"
    ] == []


@pytest.mark.parametrize(
    ("text", "lemma", "amount", "roles"),
    [
        ("Le prix du billet a été multiplié par trois.", "multiplier", ("trois", "times"), (None, "Le prix du billet")),
        ("Les tarifs augmenteront de 6 % en avril.", "augmenter", ("6 %", "percent"), ("Les tarifs", None)),
        ("Les loyers ont grimpé de 4 %.", "grimper", ("4 %", "percent"), ("Les loyers", None)),
        ("Le bilan de la crue est passé à onze morts.", "passer", ("onze", ""), ("Le bilan de la crue", "onze morts")),
        (
            "Cette pointe dépasse le précédent record, 38 °C, établi en avril.",
            "établir",
            ("38 °C", "degree_celsius"),
            (None, "le précédent record"),
        ),
        ("La sonde a relevé 39 °C mardi.", "relever", ("39 °C", "degree_celsius"), ("La sonde", "39 °C")),
    ],
)
def test_find_events_an_amount_is_whole_and_acts_on_nobody(
    french_analyser: Analyser, text: str, lemma: str, amount: tuple[str, str], roles: tuple[str | None, str | None]
) -> None:
    found = find_events(parse_sentence(french_analyser, text, [amount], [t for t in TIMES if t in text]), ())
    events = [f.event for f in found if f.event is not None and f.event.predicate.lemma == lemma]
    read = [tuple(r.span.of(text) if r is not None else None for r in (e.subject, e.object)) for e in events]
    assert read == [roles]


def test_find_events_a_tied_pronoun_leaves_its_hyphen_behind(french_analyser: Analyser) -> None:
    text = "Aussi a-t-il vendu le terrain."
    fact = event_of(french_analyser, text, "vendre")
    assert fact.event is not None
    assert fact.event.subject is not None
    assert fact.event.subject.span.of(text) == "il"


def test_find_events_takes_a_pronoun_before_the_verb_as_its_object(french_analyser: Analyser) -> None:
    text = "Le jury l'a primée."
    fact = event_of(french_analyser, text, "primer")
    assert fact.event is not None
    assert fact.event.object is not None
    assert fact.event.object.span.of(text) == "l'"


def test_find_events_without_grammar_finds_none() -> None:
    assert find_events(parse_sentence(PlainAnalyser(), "La mairie a vendu le terrain à une société."), ()) == []


def test_find_events_ends_on_any_tree() -> None:
    words = ["la", "mairie", "nie", "avoir", "vendu", "3", "terrains", "et", "qui", "a", "été", "par", "ne", "pas"]
    relations = ["nsubj", "obj", "conj", "acl:relcl", "advcl", "xcomp", "ccomp", "aux:pass", "cop", "mark", "compound"]
    features = ("VerbForm=Fin", "VerbForm=Part|Tense=Past", "VerbForm=Inf", "Mood=Cnd|VerbForm=Fin", "")
    choose = random.Random(7)
    for _ in range(200):
        picked = choose.choices(words, k=12)
        text, tokens = " ".join(picked), list[Token]()
        for i, word in enumerate(picked):
            start = tokens[-1].end + 1 if tokens else 0
            pos, dep = choose.choice(("NOUN", "VERB", "DET", "ADP", "PRON", "AUX", "CCONJ")), choose.choice(relations)
            lemma = choose.choice((word, "vendre", "nier", "pouvoir"))
            tag, head = choose.choice(features), choose.randrange(len(picked))
            tokens.append(Token(i, start, start + len(word), word, lemma, pos, tag, dep, head, 0))
        whole = Span(0, len(text))
        parsed = Parsed(text, "fr", None, (Passage(whole, "body"),), [Analysis(0, whole, tokens)])
        assert all(whole.contains(fact.evidence) for fact in find_events(parsed, ()))


def test_find_events_of_empty_passages_finds_none(french_analyser: Analyser) -> None:
    assert find_events(parse_sentence(french_analyser, " "), ()) == []


# One change of words changes one field, and no other.
PAIRS = [
    ("La mairie a vendu le terrain.", "La mairie n'a pas vendu le terrain.", "vendre", "negated", "asserted"),
    ("La mairie a vendu le terrain.", "La mairie n'a jamais vendu le terrain.", "vendre", "negated", "asserted"),
    ("La mairie a vendu le terrain.", "La mairie aurait vendu le terrain.", "vendre", "affirmed", "possible"),
    ("La mairie a vendu le terrain.", "La mairie vendra le terrain.", "vendre", "affirmed", "planned"),
    ("La mairie a vendu le terrain.", "La mairie va vendre le terrain.", "vendre", "affirmed", "planned"),
    ("La mairie a vendu le terrain.", "La mairie pourrait vendre le terrain.", "vendre", "affirmed", "possible"),
    ("La mairie a vendu le terrain.", "La mairie prévoit de vendre le terrain.", "vendre", "affirmed", "planned"),
    ("La mairie a vendu le terrain.", "La mairie nie avoir vendu le terrain.", "vendre", "denied", "asserted"),
    ("La mairie a vendu le terrain.", "La mairie refuse de vendre le terrain.", "vendre", "negated", "asserted"),
    ("La mairie a vendu le terrain.", "La mairie a pu vendre le terrain.", "vendre", "affirmed", "asserted"),
    ("La mairie a vendu le terrain.", "La mairie n'a vendu que le terrain.", "vendre", "affirmed", "asserted"),
    ("La mairie a vendu le terrain.", "La mairie vend le terrain.", "vendre", "affirmed", "asserted"),
    ("Le jury a primé le film.", "Le jury n'a pas primé le film.", "primer", "negated", "asserted"),
    ("Le club a signé l'accord.", "Le club doit signer l'accord.", "signer", "affirmed", "planned"),
    ("Le club a signé l'accord.", "Le club risque de signer l'accord.", "signer", "affirmed", "possible"),
    ("Le club a signé l'accord.", "Le club n'a pas encore signé l'accord.", "signer", "negated", "asserted"),
]


@pytest.mark.parametrize(("plain", "changed", "lemma", "polarity", "modality"), PAIRS)
def test_find_events_a_changed_status_changes_no_role(
    french_analyser: Analyser, plain: str, changed: str, lemma: str, polarity: str, modality: str
) -> None:
    before, after = event_of(french_analyser, plain, lemma), event_of(french_analyser, changed, lemma)
    assert (before.polarity, before.modality) == ("affirmed", "asserted")
    assert (after.polarity, after.modality) == (polarity, modality)
    assert before.event is not None
    assert after.event is not None
    for old, new in ((before.event.subject, after.event.subject), (before.event.object, after.event.object)):
        assert old is not None
        assert new is not None
        assert old.span.of(plain) == new.span.of(changed)


def test_find_events_passive_swaps_the_grammatical_roles(french_analyser: Analyser) -> None:
    active = event_of(french_analyser, "La société a racheté le journal.", "racheter")
    passive = event_of(french_analyser, "Le journal a été racheté par la société.", "racheter")
    assert active.event is not None
    assert passive.event is not None
    assert active.event.subject is not None
    assert passive.event.subject is not None
    assert passive.event.subject.span.of("Le journal a été racheté par la société.") == "la société"


def timed(analyser: Analyser, text: str, words: str, edtf: str) -> Parsed:
    """A sentence with one time expression that is resolved."""
    return replace(parse_sentence(analyser, text), times=(TimeMention(span_of(text, words), edtf, "explicit"),))


@pytest.mark.parametrize(
    ("text", "words", "edtf", "lemma", "exact", "resolved"),
    [
        (
            "Neuf marins sont morts dans la nuit de lundi à mardi.",
            "dans la nuit de lundi à mardi",
            "2024-06-17/2024-06-18",
            "mourir",
            "dans la nuit de lundi à mardi",
            "2024-06-17/2024-06-18",
        ),
        (
            "Le chœur a chanté jeudi soir à Reims.",
            "jeudi soir",
            "2024-06-13",
            "chanter",
            "jeudi soir",
            "2024-06-13",
        ),
        (
            "Trois vaches ont disparu depuis lundi.",
            "lundi",
            "2024-06-17",
            "disparaître",
            "depuis lundi",
            "2024-06-17/..",
        ),
        (
            "Le col sera fermé jusqu'au 5 mai.",
            "5 mai",
            "2024-05-05",
            "fermer",
            "jusqu'au 5 mai",
            "../2024-05-05",
        ),
    ],
)
def test_find_events_takes_whole_times_and_open_ends(
    french_analyser: Analyser, text: str, words: str, edtf: str, lemma: str, exact: str, resolved: str
) -> None:
    found = find_events(timed(french_analyser, text, words, edtf), ())
    fact = next(f for f in found if f.event is not None and f.event.predicate.lemma == lemma)
    assert fact.time is not None
    assert (fact.time.span.of(text), fact.time.edtf) == (exact, resolved)
    assert fact.evidence.contains(fact.time.span)


@pytest.mark.parametrize(
    ("text", "words", "lemma"),
    [
        ("Le chœur (fondé en 1902) a chanté à Reims.", "en 1902", "chanter"),
        ("Le maire se tait depuis l'annonce, samedi, du départ du club.", "samedi", "se taire"),
        ("Le club a vendu le stade que la ville a construit en 1960.", "en 1960", "vendre"),
    ],
)
def test_find_events_leaves_the_times_of_others(french_analyser: Analyser, text: str, words: str, lemma: str) -> None:
    found = find_events(timed(french_analyser, text, words, "1902"), ())
    assert [f.time for f in found if f.event is not None and f.event.predicate.lemma == lemma] == [None]


def test_find_events_takes_the_time_of_its_own_clause(french_analyser: Analyser) -> None:
    text = "Le musée a ouvert lundi et la mairie a vendu le terrain."
    assert event_of(french_analyser, text, "ouvrir").time is not None
    assert event_of(french_analyser, text, "vendre").time is None
