"""Which extracted facts are right, by the annotations: what calibration and the precision of events are measured on.

A quantity is right when value, qualifier, unit, what is counted and who says so are; a quotation when its words overlap
the annotated ones by half (intersection over union) and the speaker is the annotated one. Annotated events are only the
main ones of each article, so an event is judged by ``judged_events.jsonl``: a reader's verdicts on what was found in
the held-out half (right: it happened or not, or may happen, as the fact says, to those it names); an event without a
verdict is not judged. Comparing is left to the score script of the annotated articles.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any

from tests.eval.boards import EVAL, HERE, Json

_HALF = 0.5
_OVERLAP = 0.6


@dataclass(frozen=True, slots=True)
class Verdict:
    """A fact of an article, and whether it is right."""

    article: str
    language: str
    fact: Json
    right: bool


@lru_cache(maxsize=1)
def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_extraction", EVAL / "score_extraction.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def verdicts(article: Json, document: Json) -> Iterator[Verdict]:
    """A verdict on each fact of one of our annotated articles that can be judged."""
    facts = document["facts"]
    gold = json.loads((HERE / "gold" / f"{article['id']}.json").read_text("utf-8"))["facts"]
    judged = [*_quantities(article["text"], gold, facts), *_quotations(article["text"], gold, facts)]
    judged += _events(article["id"], facts)
    for fact, right in judged:
        yield Verdict(article["id"], article["language"], fact, right)


def _placed(text: str, gold: Sequence[Json], kind: str, span: str) -> list[Json]:
    items = [dict(item) for item in gold if item["kind"] == kind]
    for item in items:
        item["span"] = _scorer().locate(text, item[span], (item["start"], item["end"]))
    return items


def _span(value: Json) -> tuple[int, int]:
    return value["start"], value["end"]


def _pairs(golds: list[Json], facts: list[Json], score: Any, floor: float) -> dict[int, Json]:
    """The annotation that each fact is paired with, by the fact's position."""
    return {found: golds[wanted] for wanted, found in _scorer().pair(golds, facts, score, floor)}


def _quantities(text: str, gold: Sequence[Json], facts: Sequence[Json]) -> Iterator[tuple[Json, bool]]:
    scorer = _scorer()
    golds = _placed(text, gold, "quantity", "anchor")
    found = [fact for fact in facts if fact["kind"] == "quantity"]
    paired = _pairs(golds, found, lambda g, f: scorer.cover(g["span"], _span(f["quantity"]["anchor"])), _OVERLAP)
    for at, fact in enumerate(found):
        wanted, said = paired.get(at), fact["quantity"]
        yield (
            fact,
            wanted is not None
            and scorer.same_value(wanted, said)
            and wanted["qualifier"] == said["qualifier"]
            and wanted["unit"] == said["unit"]
            and (not wanted["of"] or bool(scorer.words(wanted["of"]) & scorer.words((said["of"] or {}).get("exact"))))
            and scorer.same_name(wanted, fact["attribution"], ("attributed_to",)),
        )


def _quotations(text: str, gold: Sequence[Json], facts: Sequence[Json]) -> Iterator[tuple[Json, bool]]:
    scorer = _scorer()
    golds = _placed(text, gold, "quotation", "content")
    found = [fact for fact in facts if fact["kind"] == "quotation"]
    paired = _pairs(golds, found, lambda g, f: scorer.iou(g["span"], _span(f["quotation"]["content"])), _HALF)
    for at, fact in enumerate(found):
        wanted = paired.get(at)
        yield fact, wanted is not None and scorer.same_name(wanted, fact["attribution"], ("speaker", "speaker_name"))


def event_key(article: str, fact: Json) -> str:
    """What a verdict on an event is bound to: an event that says something else must be judged anew."""
    event = fact["event"]
    roles = [None if event[role] is None else _span(event[role]) for role in ("subject", "object")]
    place = _span(event["predicate"])
    return json.dumps([article, place, event["predicate"]["lemma"], *roles, fact["polarity"], fact["modality"]])


@lru_cache(maxsize=1)
def judged_events() -> dict[str, bool]:
    """The reader's verdicts, by ``event_key``."""
    file = HERE / "judged_events.jsonl"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return {json.dumps(row["key"]): row["right"] for row in map(json.loads, lines)}


def _events(article: str, facts: Sequence[Json]) -> Iterator[tuple[Json, bool]]:
    for fact in facts:
        if fact["kind"] == "event":
            right = judged_events().get(event_key(article, fact))
            if right is not None:
                yield fact, right
