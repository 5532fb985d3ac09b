"""An article as the rules read it, and what becomes of a model's answer about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from extraction.document import Article, Extractor
from extraction.grounds import Grounds
from extraction.llm import Checked, check_answers, divide_into_parts, read_answer
from extraction.pipeline import Pipeline

WEDNESDAY = date(2026, 6, 3)
MODEL = Extractor("llm:test", "1")
Json = dict[str, Any]


def grounds_of(pipeline: Pipeline, text: str, language: str = "en") -> Grounds:
    return pipeline.read(Article(text, language, WEDNESDAY))


def without_facts(grounds: Grounds) -> Grounds:
    """As if the rules had passed over everything, so that nothing is a duplicate."""
    return replace(grounds, document=replace(grounds.document, facts=(), denials=()))


def without_sources(grounds: Grounds) -> Grounds:
    """As if the rules, besides, had not noticed whose words anything is."""
    return replace(without_facts(grounds), scopes=())


def check(grounds: Grounds, *facts: object) -> Checked:
    (part,) = divide_into_parts(grounds)
    return check_answers(grounds, [(part, read_answer({"facts": list(facts)}))], MODEL)


def event(evidence: str, predicate: str, subject: str | None = None, thing: str | None = None, **more: object) -> Json:
    return {
        "kind": "event",
        "evidence": evidence,
        "predicate": predicate,
        "subject": subject,
        "object": thing,
        **more,
    }


def quotation(evidence: str, style: str, content: str, speaker: str | None, cue: str | None, **more: object) -> Json:
    return {
        "kind": "quotation",
        "evidence": evidence,
        "style": style,
        "content": content,
        "speaker": speaker,
        "cue": cue,
        **more,
    }
