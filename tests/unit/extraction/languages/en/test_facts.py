"""English sentences and short articles, written for these tests, with the facts that a reader takes from them.

Half of the sentences were looked at while the rules were made; the other half was written before and kept apart, and
only its totals count. Amounts and times have tests of their own, so the sentences are read without them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from extraction.analysis import Parsed
from extraction.document import Fact, Passage
from extraction.entities import find_entities
from extraction.events import find_events
from extraction.languages.en.analyser import RuleAnalyser
from extraction.lexicon import load_lexicon
from extraction.quotations import find_quotations
from extraction.spans import Span

HERE = Path(__file__).parent
SENTENCES: list[dict[str, Any]] = json.loads((HERE / "sentences.json").read_text("utf-8"))
ARTICLES: list[dict[str, Any]] = json.loads((HERE / "articles.json").read_text("utf-8"))


def read(text: str) -> tuple[Parsed, list[Fact]]:
    """The paragraphs of a text, analysed, and the quotations and events in them."""
    spans = [Span(*m.span()) for m in re.finditer(r"[^\n]+", text)]
    analyses = RuleAnalyser().analyse(text, list(enumerate(spans)), ())
    parsed = Parsed(text, "en", None, tuple(Passage(span, "body") for span in spans), analyses)
    lexicon = load_lexicon("en")
    parsed.entities = find_entities(parsed, lexicon)
    quotations = find_quotations(parsed, lexicon)
    return parsed, [*quotations.facts, *find_events(parsed, quotations.scopes)]


def quotations_of(text: str, facts: list[Fact]) -> list[tuple[str, str, str, str | None]]:
    """Style, content, the speaker's words and name, for each quotation."""
    return [
        (f.quotation.style, f.quotation.content.of(text).strip(" ."), f.attribution.span.of(text), f.attribution.name)
        for f in facts
        if f.quotation is not None and f.attribution is not None
    ]


def tells(text: str, fact: Fact, wanted: list[str | None]) -> bool:
    """Whether a fact is the event wanted: verb, subject, object, polarity, modality."""
    if fact.event is None or fact.event.predicate.lemma != wanted[0]:
        return False
    roles = zip(wanted[1:3], (fact.event.subject, fact.event.object), strict=True)
    words = [(name, role.span.of(text) if role is not None else None) for name, role in roles]
    same = all((name is None) == (said is None) and (name or "") in (said or "") for name, said in words)
    return same and [fact.polarity, fact.modality] == wanted[3:]


def rates(half: str) -> dict[str, float]:
    """Recall and precision of quotations, share of their speakers that are right, recall of events."""
    wanted = found = right = speakers = events = told = 0
    for sentence in (s for s in SENTENCES if s["half"] == half):
        text = sentence["text"]
        _, facts = read(text)
        quotations = quotations_of(text, facts)
        wanted, found = wanted + len(sentence["quotations"]), found + len(quotations)
        for gold in sentence["quotations"]:
            match = next((q for q in quotations if list(q[:2]) == [gold["style"], gold["content"]]), None)
            right += match is not None
            speakers += match is not None and (gold["speaker"] in match[2] or gold["speaker"] == match[3])
        for gold in sentence["events"]:
            told += any(tells(text, fact, list(gold.values())) for fact in facts)
            events += 1
    return {"recall": right / wanted, "precision": right / found, "speakers": speakers / right, "events": told / events}


@pytest.mark.parametrize(("half", "precision", "events"), [("tuned", 0.94, 0.87), ("held_out", 0.85, 0.75)])
def test_facts_of_sentences_reach_their_floor(half: str, precision: float, events: float) -> None:
    measured = rates(half)
    assert measured["recall"] >= 0.95
    assert measured["precision"] >= precision
    assert measured["speakers"] >= 0.95
    assert measured["events"] >= events


@pytest.mark.parametrize("article", ARTICLES, ids=[a["kind"] for a in ARTICLES])
def test_articles_say_who_said_what(article: dict[str, Any]) -> None:
    parsed, facts = read(article["text"])
    said = {(content, name) for _, content, _, name in quotations_of(article["text"], facts)}
    assert said == {(content, name) for content, name in article["quotations"]}
    assert {e.name for e in parsed.entities if e.type == "person"} == set(article["people"])


@pytest.mark.parametrize("article", ARTICLES, ids=[a["kind"] for a in ARTICLES])
def test_articles_tell_what_happened(article: dict[str, Any]) -> None:
    _, facts = read(article["text"])
    missed = [gold for gold in article["events"] if not any(tells(article["text"], fact, gold) for fact in facts)]
    assert missed == []


@pytest.mark.parametrize(
    ("sentence", "lemma", "polarity", "modality"),
    [
        ("The board did not approve the plan.", "approve", "negated", "asserted"),
        ("The board never approved the plan.", "approve", "negated", "asserted"),
        ("No member approved the plan.", "approve", "negated", "asserted"),
        ("The board denied that the plant had leaked oil.", "leak", "denied", "asserted"),
        ("The board will approve the plan.", "approve", "affirmed", "planned"),
        ("The board plans to approve the plan.", "approve", "affirmed", "planned"),
        ("The board is going to approve the plan.", "approve", "affirmed", "planned"),
        ("The board could approve the plan.", "approve", "affirmed", "possible"),
        ("The board may approve the plan.", "approve", "affirmed", "possible"),
        ("The board reportedly approved the plan.", "approve", "affirmed", "possible"),
        ("The board approved the plan.", "approve", "affirmed", "asserted"),
    ],
)
def test_facts_have_polarity_and_modality(sentence: str, lemma: str, polarity: str, modality: str) -> None:
    _, facts = read(sentence)
    found = [(f.polarity, f.modality) for f in facts if f.event is not None and f.event.predicate.lemma == lemma]
    assert found == [(polarity, modality)]


@pytest.mark.parametrize(
    ("text", "content", "name"),
    [
        ("Anna Weber promised to build 200 homes.", "build 200 homes", "Anna Weber"),
        ("The union threatened to block the port.", "block the port", "The union"),
        ('The union: "The strike will go on until Friday."', "The strike will go on until Friday", "The union"),
    ],
)
def test_promises_threats_and_words_behind_a_colon_are_quotations(text: str, content: str, name: str) -> None:
    _, facts = read(text)
    assert [(said, who) for _, said, _, who in quotations_of(text, facts)] == [(content, name)]


def test_what_somebody_plans_is_no_quotation() -> None:
    text = "The company plans to close the plant and wants to sell the land."
    assert quotations_of(text, read(text)[1]) == []
