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


def cases() -> Iterator[tuple[str, date, str, list[str]]]:
    """(language, day of publication, text, values) of every line of the tables.

    A line of "@" and a day dates those below it; a backslash and n stand for a line break.
    """
    for language in ("fr", "en"):
        published = date(2025, 3, 13)
        for line in (DATA / f"times_{language}.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith("@"):
                published = date.fromisoformat(line[1:])
            elif line and not line.startswith("#"):
                text, _, values = line.partition(" => ")
                wanted = [value.strip() for value in values.split("|")]
                yield language, published, text.replace("\\n", "\n"), [] if wanted == ["-"] else wanted


@pytest.fixture(scope="module")
def pipeline(french_analyser: Analyser) -> Pipeline:
    return Pipeline({"fr": LanguagePack("fr", french_analyser), "en": LanguagePack("en", RuleAnalyser())})


@pytest.mark.parametrize(("language", "published", "text", "values"), list(cases()))
def test_times_in_sentences_have_the_values_of_the_table(
    pipeline: Pipeline, language: str, published: date, text: str, values: list[str]
) -> None:
    found = [time.edtf or "?" for time in pipeline.extract(Article(text, language, published)).times]
    # An expression left open claims nothing: only a table that names it asks for it.
    assert [value for value in found if value != "?" or "?" in values] == values
