"""The French analyser beyond what its model says."""

from __future__ import annotations

import pytest

from extraction.languages.fr.analyser import SpacyAnalyser
from extraction.spans import Span


@pytest.mark.parametrize("number", ["trente et un", "3 000", "deux cent douze"])
def test_a_number_of_several_words_is_one_numeral(number: str, french_analyser: SpacyAnalyser) -> None:
    text = f"La police a compté {number} manifestants devant la mairie."
    at = text.index(number)
    (analysis,) = french_analyser.analyse(text, [(0, Span(0, len(text)))], [Span(at, at + len(number))])
    assert [(t.text, t.pos) for t in analysis.tokens if t.start == at] == [(number, "NUM")]
