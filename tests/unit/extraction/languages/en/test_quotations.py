"""English quotations and their speakers, on sentences of many kinds of newsroom text."""

from __future__ import annotations

import pytest

from extraction.languages.base import Analyser
from extraction.languages.discovery import languages
from tests.unit.extraction.test_quotations import Case, read_cases, read_quotations, told

CASES = read_cases("english_quotations.txt")


@pytest.fixture(scope="module")
def english_analyser() -> Analyser:
    return languages()["en"].analyser(languages()["en"].model)


@pytest.mark.parametrize("case", CASES, ids=[case.text[:50] for case in CASES])
def test_find_quotations_tells_who_said_what_in_english(case: Case, english_analyser: Analyser) -> None:
    found = {told(case.text, fact) for fact in read_quotations(english_analyser, case.text, "en").facts}
    assert found == {(e.style, e.speaker, e.name, e.cue, e.content) for e in case.expected}
