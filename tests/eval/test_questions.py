"""The questions hold what they promise: every answer stands where it is said to, and nobody chose the halves."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict

import pytest

from tests.eval.questions import HALVES, KINDS, Question, held_out, news_questions, news_records, texts

QUESTIONS = news_questions()
TEXTS = texts(given for given in news_records() if given["external_id"] not in held_out())


@pytest.mark.parametrize("question", QUESTIONS, ids=[question.id for question in QUESTIONS])
def test_question_answers_stand_where_they_are_said_to(question: Question) -> None:
    assert question.answers
    for answer in question.answers:
        assert answer.text
        assert answer.text.strip() == answer.text
        assert TEXTS[answer.article][answer.start : answer.end] == answer.text


def test_questions_are_enough_and_each_is_asked_once() -> None:
    counts = Counter((question.language, question.half) for question in QUESTIONS)
    assert counts["fr", "development"] + counts["fr", "held_out"] >= 200
    assert counts["en", "development"] + counts["en", "held_out"] >= 100
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS)
    assert len({question.query.casefold() for question in QUESTIONS}) == len(QUESTIONS)
    assert {question.kind for question in QUESTIONS} == set(KINDS)


def test_question_halves_follow_a_hash_within_each_language_and_kind() -> None:
    strata: dict[tuple[str, str], list[Question]] = defaultdict(list)
    for question in QUESTIONS:
        strata[question.language, question.kind].append(question)
    for (language, kind), questions in strata.items():
        first = int(_sha256(f"{language} {kind}"), 16) % 2
        ordered = sorted(questions, key=lambda question: _sha256(f"half {question.id}"))
        assert [question.half for question in ordered] == [HALVES[(first + i) % 2] for i in range(len(ordered))]


def test_crosslingual_questions_have_no_answer_in_their_own_language() -> None:
    languages = {given["external_id"]: given["language"] for given in news_records()}
    for question in QUESTIONS:
        if question.kind == "crosslingual":
            assert question.language not in {languages[answer.article] for answer in question.answers}, question.id


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
