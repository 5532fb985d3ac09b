"""The annotated articles hold what their rules ask for: every string stands where it is said to, every word is known.

Invented news articles (``texts/``), thirty-four in French and seventeen in English, with what a reader finds in them
(``gold/``), written before the rules were tuned to any of them. ``held_out.txt`` lists the half that nobody may look at
while working on the extraction: of those only the totals count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent

QUALIFIERS = {"exact", "about", "at_least", "at_most", "more_than", "less_than", "range"}
COMMON = {"kind", "evidence", "start", "end"}
UNITS = {
    "person",
    "EUR",
    "USD",
    "GBP",
    "CHF",
    "CAD",
    "RUB",
    "XOF",
    "MGA",
    "percent",
    "percentage_point",
    "ratio",
    "times",
    "times_per_week",
    "times_per_month",
    "times_per_year",
    "km",
    "m",
    "m2",
    "cm",
    "mm",
    "inch",
    "MW",
    "GWh",
    "litre",
    "kg",
    "mmHg",
    "mile",
    "hectare",
    "km/h",
    "mph",
    "tonne",
    "g",
    "degree_celsius",
    "degree_fahrenheit",
    "decade",
    "year",
    "month",
    "week",
    "day",
    "hour",
    "minute",
    "second",
    None,
}
KEYS = {
    "quantity": COMMON | {"anchor", "value", "qualifier", "unit", "of", "attributed_to"},
    "date": COMMON | {"anchor", "iso"},
    "quotation": COMMON | {"style", "content", "speaker", "speaker_name", "cue"},
    "event": COMMON | {"predicate", "subject", "object", "time", "place", "polarity", "modality"},
}
# The strings that stand in the text, for each kind of fact; those of the second group lie within the evidence.
SUBSTRINGS = {
    "quantity": ("of", "attributed_to"),
    "date": (),
    "quotation": ("speaker", "speaker_name"),
    "event": ("subject", "object", "place"),
}
WITHIN = {"quantity": ("anchor",), "date": ("anchor",), "quotation": ("content",), "event": ()}
DAY = r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}Z?)?)?)?"
EDTF = re.compile(rf"(\.\./)?{DAY}(/({DAY}|\.\.))?")


def _articles() -> list[dict[str, Any]]:
    lines = (HERE / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _gold(article: dict[str, Any]) -> dict[str, Any]:
    loaded = json.loads((HERE / "gold" / f"{article['id']}.json").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def _text(article: dict[str, Any]) -> str:
    return (HERE / str(article["file"])).read_text(encoding="utf-8")


def _words_are_known(fact: dict[str, Any]) -> bool:
    match fact["kind"]:
        case "quantity":
            bounded = isinstance(fact["value"], dict)
            return (
                fact["unit"] in UNITS and fact["qualifier"] in QUALIFIERS and (fact["qualifier"] != "range" or bounded)
            )
        case "date":
            return EDTF.fullmatch(fact["iso"]) is not None
        case "quotation":
            return fact["style"] in {"direct", "indirect"}
        case _:
            statuses = fact["polarity"] in {"affirmed", "negated", "denied"}
            modalities = fact["modality"] in {"asserted", "planned", "possible"}
            return statuses and modalities and (fact["time"] is None or EDTF.fullmatch(fact["time"]) is not None)


def _slips(text: str, fact: dict[str, Any]) -> Iterator[str]:
    kind = fact["kind"]
    if set(fact) - {"optional"} != KEYS[kind]:
        yield f"keys {sorted(set(fact) ^ KEYS[kind])}"
        return
    if text[fact["start"] : fact["end"]] != fact["evidence"]:
        yield "evidence is not where start and end say"
    for key in SUBSTRINGS[kind]:
        if fact[key] is not None and fact[key] not in text:
            yield f"{key} is not in the text: {fact[key]!r}"
    for key in WITHIN[kind]:
        if fact["evidence"].count(fact[key]) != 1:
            yield f"{key} does not stand once in the evidence: {fact[key]!r}"
    if not _words_are_known(fact):
        yield "unknown word or date"


ARTICLES = _articles()


@pytest.mark.parametrize("article", ARTICLES, ids=[article["id"] for article in ARTICLES])
def test_gold_facts_stand_in_their_text(article: dict[str, Any]) -> None:
    text = _text(article)
    slips = [(slip, fact["evidence"][:60]) for fact in _gold(article)["facts"] for slip in _slips(text, fact)]
    assert not slips


@pytest.mark.parametrize("article", ARTICLES, ids=[article["id"] for article in ARTICLES])
def test_gold_lines_are_whole_lines_of_their_text(article: dict[str, Any]) -> None:
    text, gold = _text(article), _gold(article)
    lines = text.splitlines()
    for key in ("boilerplate", "captions", "title_lines"):
        assert [line for line in gold[key] if line not in lines] == []
    assert article["title"] in text
    assert text.find(gold["body_start"]) >= 0
    # Scoring marks a boilerplate string wherever it occurs, so that none may occur within the body.
    rest = "\n".join(line for line in lines if line not in gold["boilerplate"])
    assert [line for line in gold["boilerplate"] if line in rest] == []


@pytest.mark.parametrize("article", ARTICLES, ids=[article["id"] for article in ARTICLES])
def test_gold_lists_the_main_events(article: dict[str, Any]) -> None:
    events = [fact for fact in _gold(article)["facts"] if fact["kind"] == "event"]
    assert 6 <= len(events) <= 10


def test_held_out_articles_exist_in_both_languages() -> None:
    held_out = set((HERE / "held_out.txt").read_text(encoding="utf-8").split())
    languages = {article["language"] for article in ARTICLES if article["id"] in held_out}
    assert held_out <= {article["id"] for article in ARTICLES}
    assert languages == {"fr", "en"}
    assert len(held_out) * 2 in range(len(ARTICLES) - 1, len(ARTICLES) + 2)
