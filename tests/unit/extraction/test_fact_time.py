"""A fact's time is of its own clause: not of the saying, of another clause, of a compared amount or of a noun."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from extraction.document import Article, Document
from extraction.languages.base import Analyser
from extraction.languages.en.analyser import RuleAnalyser
from extraction.pipeline import Pipeline
from extraction.registry import LanguagePack

DATA = Path(__file__).parent / "data"
PUBLISHED = date(2025, 3, 13)


def cases() -> list[tuple[str, str, dict[str, str]]]:
    """(language, sentence, value by verb or amount) of every line of the table."""
    lines = (DATA / "fact_times.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(code, text, dict(pair.rsplit(" ", 1) for pair in times.split(" | "))) for code, text, times in rows]


def times_of(document: Document) -> dict[str, str]:
    """The value of each fact's time by its verb or amount; "-" for none."""
    found = {}
    for fact in document.facts:
        value = (fact.time.edtf if fact.time is not None else None) or "-"
        if fact.event is not None:
            found[fact.event.predicate.lemma] = value
        if fact.quantity is not None and fact.quantity.value is not None:
            found[f"{fact.quantity.value:g}"] = value
    return found


@pytest.fixture(scope="module")
def pipeline(french_analyser: Analyser) -> Pipeline:
    packs = {"fr": french_analyser, "en": RuleAnalyser()}
    return Pipeline({code: LanguagePack(code, analyser, "test") for code, analyser in packs.items()})


@pytest.mark.parametrize(("language", "sentence", "wanted"), cases())
def test_fact_times_come_from_their_own_clause(
    pipeline: Pipeline, language: str, sentence: str, wanted: dict[str, str]
) -> None:
    found = times_of(pipeline.extract(Article(sentence, language, PUBLISHED)))
    assert {name: found.get(name) for name in wanted} == wanted
