"""A sentence that is changed in one thing tells facts that differ in that thing alone: templates times fillers."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from extraction.languages.en.analyser import RuleAnalyser
from extraction.languages.fr.analyser import SpacyAnalyser
from extraction.pipeline import Pipeline
from extraction.registry import LanguagePack
from tests.unit.extraction.metamorphic import differences
from tests.unit.extraction.sentences import DATA

_HEADING = re.compile(r"\[(\w+) (\w+): ([\w. ]+)\]")


@dataclass(frozen=True, slots=True)
class Case:
    """One template with all pairs of fillers; ``fields`` are those that may differ, one of which must."""

    language: str
    change: str
    fields: frozenset[str]
    template: str
    pairs: tuple[tuple[str, str], ...]


def _cases() -> list[Case]:
    cases: list[Case] = []
    for block in re.split(r"\n(?=\[)", (DATA / "metamorphic.txt").read_text("utf-8")):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if not lines:
            continue
        heading = _HEADING.fullmatch(lines[0])
        assert heading is not None, lines[0]
        templates = [line for line in lines[1:] if not line.startswith("- ")]
        fillers = [line.removeprefix("- ").split(" => ") for line in lines[1:] if line.startswith("- ")]
        pairs = tuple((before, after) for before, after in fillers)
        fields = frozenset(heading[3].split())
        cases += [Case(heading[1], heading[2], fields, template, pairs) for template in templates]
    return cases


CASES = _cases()


@pytest.fixture(scope="module")
def pipeline(french_analyser: SpacyAnalyser) -> Pipeline:
    return Pipeline({"fr": LanguagePack("fr", french_analyser), "en": LanguagePack("en", RuleAnalyser())})


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.language}-{c.change}-{c.template[:30]}")
def test_one_change_in_a_sentence_changes_that_field_alone(pipeline: Pipeline, case: Case) -> None:
    for pair in case.pairs:
        found = differences(pipeline, case.language, case.template, pair)
        assert {field for field, _ in found} <= case.fields, (pair, found)
        assert found, pair


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("change", ["negation", "modality", "number", "speaker", "date"])
def test_every_change_has_ten_templates_and_more_than_two_pairs(language: str, change: str) -> None:
    chosen = [case for case in CASES if (case.language, case.change) == (language, change)]
    assert len({case.template for case in chosen}) >= 10
    assert all(len(case.pairs) >= 3 for case in chosen)
