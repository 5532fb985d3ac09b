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


@pytest.mark.parametrize("before", ["🎉 ", "Cafe\u0301: ", "\u00a0", "News\r\n"])
def test_find_quotations_counts_code_points_in_english(before: str, english_analyser: Analyser) -> None:
    text = before + '"The path is closed," said Anna Weber.'
    (fact,) = read_quotations(english_analyser, text, "en").facts
    assert fact.quotation is not None
    assert fact.quotation.content.of(text).rstrip(",") == "The path is closed"


def test_find_quotations_marks_denials_and_negations_in_english(english_analyser: Analyser) -> None:
    text = "The club denied that the player was hurt. The league has not confirmed that the match would be replayed."
    assert [fact.polarity for fact in read_quotations(english_analyser, text, "en").facts] == ["denied", "negated"]


def test_find_quotations_gives_no_name_of_the_other_gender_in_english(english_analyser: Analyser) -> None:
    text = "Julie Marsh left the room. He said that the vote was void."
    (fact,) = read_quotations(english_analyser, text, "en").facts
    assert fact.attribution is not None
    assert (fact.attribution.name, fact.attribution.span.of(text)) == (None, "He")


@pytest.mark.parametrize(
    "text",
    [
        '"', "“", "” “", "“ ”", "According to", "according to according to", ", she said", '", said', "He said that",
        "X: “", "that that that", "“A “B “c", "said said", '"…"\n"…"', "He denied,", "denied by", "one of",
        "accused by", "The latter said: “A”", "Police counted 3 (", '"A" Paul,', "He said that A and denied",
    ],
)  # fmt: skip
def test_find_quotations_survives_broken_text_in_english(text: str, english_analyser: Analyser) -> None:
    for fact in read_quotations(english_analyser, text, "en").facts:
        assert fact.evidence.end <= len(text)
