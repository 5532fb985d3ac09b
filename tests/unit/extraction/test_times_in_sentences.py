"""Dates in whole sentences, read with their verbs: tables of invented news sentences with the values wanted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from extraction.document import Article
from extraction.languages.base import Analyser
from extraction.languages.en.analyser import RuleAnalyser
from extraction.pipeline import Pipeline
from extraction.registry import LanguagePack

DATA = Path(__file__).parent / "data"
PUBLISHED = date(2025, 3, 13)


def cases() -> Iterator[tuple[str, str, list[str]]]:
    """(language, text, values) of every line of the tables; a backslash and n stand for a line break."""
    for language in ("fr", "en"):
        for line in (DATA / f"times_{language}.txt").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                text, _, values = line.partition(" => ")
                wanted = [value.strip() for value in values.split("|")]
                yield language, text.replace("\\n", "\n"), [] if wanted == ["-"] else wanted


@pytest.fixture(scope="module")
def pipeline(french_analyser: Analyser) -> Pipeline:
    return Pipeline({"fr": LanguagePack("fr", french_analyser), "en": LanguagePack("en", RuleAnalyser())})


@pytest.mark.parametrize(("language", "text", "values"), list(cases()))
def test_times_in_sentences_have_the_values_of_the_table(
    pipeline: Pipeline, language: str, text: str, values: list[str]
) -> None:
    found = [time.edtf or "?" for time in pipeline.extract(Article(text, language, PUBLISHED)).times]
    # An expression left open claims nothing: only a table that names it asks for it.
    assert [value for value in found if value != "?" or "?" in values] == values
