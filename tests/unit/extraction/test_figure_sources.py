"""Figures that stand side by side, each with a source of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from extraction.analysis import Parsed
from extraction.attribution import attribution_for
from extraction.document import Passage
from extraction.entities import find_entities
from extraction.languages.base import Analyser
from extraction.languages.en.analyser import RuleAnalyser
from extraction.lexicon import load_lexicon
from extraction.quotations import find_quotations
from extraction.spans import Span

if TYPE_CHECKING:
    from extraction.languages.fr.analyser import SpacyAnalyser

_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:[ ,]\d{3})+(?!\d)")
_NUMBER = re.compile(r"\d+(?:[ ,.]\d{3})*")

FRENCH = [
    ("Ils étaient 8 100 selon les syndicats, 3 300 selon la police.", ["les syndicats", "la police"]),
    ("Ils étaient 8 100, selon les syndicats, et 3 300, selon la police.", ["les syndicats", "la police"]),
    ("2 700 marcheurs selon la mairie, 6 000 d'après les élus, ont défilé.", ["la mairie", "les élus"]),
    ("Le cortège comptait entre 450 (police) et 1 900 personnes (syndicats).", ["police", "syndicats"]),
    ("La police a compté 2 700 marcheurs, les organisateurs 6 000.", ["La police", "les organisateurs"]),
    ("La mairie a dénombré 300 baigneurs, l'association 900.", ["La mairie", "l'association"]),
    ("La foule est estimée à 300 personnes par la mairie et à 900 par les riverains.", ["la mairie", "les riverains"]),
    ("Selon la police, ils étaient 900 ; selon les syndicats, 2 500.", ["la police", "les syndicats"]),
    ("La gendarmerie a recensé 40 départs de feu.", ["La gendarmerie"]),
    ("Le club compte 3 300 adhérents.", [None]),
    ("Le viaduc, estimé à 85 millions, a fermé.", [None]),
    ("Le village accueille 900 élèves (Isère) et 300 retraités (Drôme).", [None, None]),
]  # fmt: skip

ENGLISH = [
    ("There were 2,700 people according to police and 6,000 according to organisers.", ["police", "organisers"]),
    ("Police put the crowd at 2,700; unions said 6,000.", ["Police", "unions"]),
    ("Turnout was put at 2,700 by the council and 6,000 by union leaders.", ["the council", "union leaders"]),
    ("Police counted 2,700 marchers, organisers 6,000.", ["Police", "organisers"]),
    ("The crowd numbered between 450 (police) and 1,900 (unions).", ["police", "unions"]),
    ("The club has 3,300 members.", [None]),
]


def _sources(analyser: Analyser, text: str, language: str) -> list[str | None]:
    whole = Span(0, len(text))
    merges = [Span(*match.span()) for match in _GROUPED.finditer(text)]
    parsed = Parsed(text, language, None, (Passage(whole, "body"),), analyser.analyse(text, [(0, whole)], merges))
    lexicon = load_lexicon(language)
    parsed.entities = find_entities(parsed, lexicon)
    scopes = find_quotations(parsed, lexicon).scopes
    found = [attribution_for(Span(*match.span()), scopes) for match in _NUMBER.finditer(text)]
    return [said.span.of(text) if said is not None else None for said in found]


@pytest.mark.parametrize(("text", "sources"), FRENCH, ids=[text[:40] for text, _ in FRENCH])
def test_find_figure_sources_gives_each_figure_its_own(
    text: str, sources: list[str | None], french_analyser: SpacyAnalyser
) -> None:
    assert _sources(french_analyser, text, "fr") == sources


@pytest.mark.parametrize(("text", "sources"), ENGLISH, ids=[text[:40] for text, _ in ENGLISH])
def test_find_figure_sources_reads_english(text: str, sources: list[str | None]) -> None:
    assert _sources(RuleAnalyser(), text, "en") == sources


@pytest.mark.parametrize(
    "text", ["Police counted 900 organisers at (", "Police counted 900,", "(", "900 according to", "900 ("]
)
def test_find_figure_sources_survives_broken_text(text: str) -> None:
    assert len(_sources(RuleAnalyser(), text, "en")) == len(_NUMBER.findall(text))
