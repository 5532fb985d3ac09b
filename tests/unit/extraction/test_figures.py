"""Whole sentences through the whole reading: every amount in them with value, unit, what it is of and whose it is."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache

import pytest

from extraction.document import Article, Fact
from extraction.pipeline import Pipeline
from extraction.registry import load_packs
from tests.unit.extraction.sentences import DATA

Figure = tuple[str, str, str, str, str]
_WORD = re.compile(r"\w+")
_FUNCTION_WORDS = frozenset(["le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "the", "a", "an", "of"])


@cache
def pipeline() -> Pipeline:
    return Pipeline(load_packs({}))


def sentences(name: str) -> Iterator[tuple[str, list[Figure]]]:
    """Each sentence of a file with its figures: anchor, value with qualifier, unit, of, source."""
    for block in (DATA / name).read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            text, *figures = lines
            yield text.removeprefix("T: "), [_figure(line.removeprefix("= ")) for line in figures]


def _figure(line: str) -> Figure:
    cells = [cell.strip() for cell in line.split("|")]
    anchor, value, unit, of, source = (cells + [""] * 5)[:5]
    return anchor, value, unit, of, source


def words(phrase: str) -> set[str]:
    return set(_WORD.findall(phrase.lower())) - _FUNCTION_WORDS


def said(fact: Fact) -> tuple[str, str]:
    """Value with its qualifier, and unit, as the files write them."""
    assert fact.quantity is not None
    amount = fact.quantity
    bounds = "..".join("" if bound is None else f"{bound:g}" for bound in (amount.lower, amount.upper))
    value = f"{amount.value:.6g}" if amount.value is not None else bounds
    return f"{value} {amount.qualifier}", amount.unit or "-"


def wanted(value: str) -> str:
    number, qualifier = ([*value.split(), "exact"])[:2]
    bounds = ["" if bound == "None" else f"{float(bound):g}" for bound in number.split(",")]
    return f"{'..'.join(bounds) if len(bounds) > 1 else f'{float(number):.6g}'} {qualifier}"


CASES = [(text, "fr", figures) for text, figures in sentences("figures_fr.txt")]
CASES += [(text, "en", figures) for text, figures in sentences("figures_en.txt")]


@pytest.mark.parametrize(("text", "language", "figures"), CASES, ids=[text[:60] for text, _, _ in CASES])
def test_extract_reads_every_figure_of_a_sentence(text: str, language: str, figures: list[Figure]) -> None:
    document = pipeline().extract(Article(text, language, datetime.date(2025, 6, 18), None))
    found = {fact.quantity.anchor: fact for fact in document.facts if fact.quantity is not None}
    assert len(found) == len(figures)
    at = 0
    for anchor, value, unit, of, source in figures:
        start = text.index(anchor, at)
        at = start + len(anchor)
        fact = next(f for span, f in found.items() if span.start < at and start < span.end)
        assert said(fact) == (wanted(value), unit)
        assert fact.quantity is not None
        role = fact.quantity.of.span.of(text) if fact.quantity.of is not None else "-"
        assert words(role) & words(of) or (role == "-" and of.startswith("-"))
        speaker = fact.attribution.name or fact.attribution.span.of(text) if fact.attribution is not None else ""
        assert words(speaker) & words(source) or speaker == source == ""
