"""Quotations and their speakers, on sentences of many kinds of newsroom text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from extraction.analysis import Parsed
from extraction.document import Fact, Passage
from extraction.entities import find_entities
from extraction.languages.base import Analyser, PlainAnalyser
from extraction.lexicon import load_lexicon
from extraction.quotations import Quotations, find_quotations
from extraction.spans import Span
from tests.unit.extraction.sentences import DATA

if TYPE_CHECKING:
    from extraction.languages.fr.analyser import SpacyAnalyser

_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)")


@dataclass(frozen=True, slots=True)
class Expected:
    style: str
    speaker: str
    name: str | None
    cue: str | None
    content: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Case:
    text: str
    expected: tuple[Expected, ...]


def read_cases(name: str) -> list[Case]:
    """The cases of a file under ``data``, which says how it is written."""
    cases: list[tuple[str, list[Expected]]] = []
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if not line.startswith(" "):
            cases.append((line.replace("¶", "\n"), []))
            continue
        style, speaker, name, cue, content = (cell.strip() for cell in line.strip().split(" | "))
        expected = Expected(
            style.lstrip("?"),
            speaker,
            None if name == "-" else name,
            None if cue == "-" else cue,
            content,
            style.startswith("?"),
        )
        cases[-1][1].append(expected)
    return [Case(text, tuple(expected)) for text, expected in cases]


CASES = read_cases("french_quotations.txt")


def read_quotations(analyser: Analyser, text: str, language: str = "fr") -> Quotations:
    """The quotations of a text whose lines are its paragraphs."""
    spans = [Span(*m.span()) for m in re.finditer(r"[^\r\n]+", text)]
    merges = [Span(*m.span()) for m in _GROUPED.finditer(text)]
    passages = tuple(Passage(span, "body") for span in spans)
    parsed = Parsed(text, language, None, passages, analyser.analyse(text, list(enumerate(spans)), merges))
    parsed.entities = find_entities(parsed, load_lexicon(language))
    return find_quotations(parsed, load_lexicon(language))


def told(text: str, fact: Fact) -> tuple[str, str, str | None, str | None, str]:
    """Style, speaker as mentioned, name, cue and content of a fact."""
    assert fact.quotation is not None
    assert fact.attribution is not None
    said = fact.attribution
    return (
        fact.quotation.style,
        said.span.of(text),
        said.name,
        said.cue.lemma if said.cue is not None else None,
        fact.quotation.content.of(text),
    )


@pytest.mark.parametrize("case", CASES, ids=[case.text[:50] for case in CASES])
def test_find_quotations_tells_who_said_what(case: Case, french_analyser: SpacyAnalyser) -> None:
    found = {told(case.text, fact) for fact in read_quotations(french_analyser, case.text).facts}
    wanted = {(e.style, e.speaker, e.name, e.cue, e.content) for e in case.expected if not e.optional}
    allowed = {(e.style, e.speaker, e.name, e.cue, e.content) for e in case.expected}
    assert wanted <= found
    assert found <= allowed


@pytest.mark.parametrize("case", CASES, ids=[case.text[:50] for case in CASES])
def test_find_quotations_keeps_evidence_around_words_and_speaker(case: Case, french_analyser: SpacyAnalyser) -> None:
    for fact in read_quotations(french_analyser, case.text).facts:
        assert fact.quotation is not None
        assert fact.attribution is not None
        assert fact.evidence.contains(fact.quotation.content)
        assert fact.evidence.contains(fact.attribution.span)
        assert 0.0 < fact.confidence <= 1.0


def test_find_quotations_finds_none_where_no_passage_is_read() -> None:
    assert read_quotations(PlainAnalyser(), "").facts == []


def test_find_quotations_marks_denials_and_negations(french_analyser: SpacyAnalyser) -> None:
    text = "Le club dément que le joueur soit blessé. La ligue n'a pas confirmé que le match serait rejoué."
    assert [fact.polarity for fact in read_quotations(french_analyser, text).facts] == ["denied", "negated"]


def test_find_quotations_keeps_two_people_with_one_surname_apart(french_analyser: SpacyAnalyser) -> None:
    text = (
        "La maire, Claire Morel, et son frère, Antoine Morel, s'opposent. « La forêt doit rester publique », a déclaré "
        "Claire Morel. « Il faut la vendre », a répondu Antoine Morel."
    )
    facts = read_quotations(french_analyser, text).facts
    assert [fact.attribution.name for fact in facts if fact.attribution] == ["Claire Morel", "Antoine Morel"]
    assert len({fact.attribution.entity for fact in facts if fact.attribution}) == 2


def test_find_quotations_does_not_give_a_pronoun_a_name_of_the_other_gender(french_analyser: SpacyAnalyser) -> None:
    text = "Julie Marceau a quitté la salle. Il a déclaré que le vote était nul."
    (fact,) = read_quotations(french_analyser, text).facts
    assert fact.attribution is not None
    assert fact.attribution.name is None
    assert fact.attribution.span.of(text) == "Il"


def test_find_quotations_reads_quotation_marks_without_any_grammar() -> None:
    text = "Le barrage a cédé. « Nous avons fui par les toits », a raconté Paul Martel. Personne n'a été blessé."
    (fact,) = read_quotations(PlainAnalyser(), text).facts
    assert told(text, fact) == (
        "direct",
        "Paul Martel",
        "Paul Martel",
        "raconter",
        "Nous avons fui par les toits",
    )


@pytest.mark.parametrize("case", CASES, ids=[case.text[:50] for case in CASES])
def test_find_quotations_without_grammar_never_fails(case: Case) -> None:
    for fact in read_quotations(PlainAnalyser(), case.text).facts:
        assert fact.attribution is not None


@pytest.mark.parametrize("before", ["🎉 ", "e\u0301te\u0301 : ", "\u00a0", "Brèves\r\n"])
def test_find_quotations_counts_code_points(before: str, french_analyser: SpacyAnalyser) -> None:
    text = before + "« Le sentier est fermé », a précisé la mairie d'Annot."
    (fact,) = read_quotations(french_analyser, text).facts
    assert fact.quotation is not None
    assert fact.quotation.content.of(text) == "Le sentier est fermé"


def test_find_quotations_gives_scopes_for_what_is_said(french_analyser: SpacyAnalyser) -> None:
    text = "Selon la douane, le camion transportait 40 kilos de safran. Le camion venait de Gênes."
    (scope,) = read_quotations(french_analyser, text).scopes
    assert scope.content.of(text) == "le camion transportait 40 kilos de safran"
    assert (scope.stance, scope.lemma, scope.direct, scope.partisan) == ("say", "selon", False, False)


@pytest.mark.parametrize(
    "text",
    [
        "«", "» «", '"', "« »", "Selon", "selon selon selon", "a-t-il", ", a dit", "« , a dit », dit", ":", ": « »",
        "Il dit que", "X : «", "que que que", "« a « b « c", "d'après d'après l'", "pour , pour ,", "« … »\n« … »",
        "Il dément,", "nié par Elle", "l'un d'", "accusé par", "Ce dernier dit : « A »", "La police a compté 3 (",
        "« A » Paul,", "a-t-on appris auprès", ", a dit lors", "Il dit que A et nie",
    ],
)  # fmt: skip
def test_find_quotations_survives_broken_text(text: str, french_analyser: SpacyAnalyser) -> None:
    for analyser in (french_analyser, PlainAnalyser()):
        for fact in read_quotations(analyser, text).facts:
            assert fact.evidence.end <= len(text)
