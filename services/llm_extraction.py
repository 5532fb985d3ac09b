"""Extracts with the rules and then with a language model, whose facts are kept as far as they hold.

The model is help, never a condition: where it is slow, down or talks nonsense, the article has the facts of the rules,
after a bounded time, and its document's version says that the model's part is missing, so that re-extraction makes up
for it. After several failures in a row the model is left alone for a while.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

import structlog

from extraction.document import Article, Document, Extractor
from extraction.grounds import Grounds
from extraction.llm import (
    Answer,
    Part,
    UnusableAnswer,
    check_answers,
    divide_into_parts,
    messages_for,
    read_answer,
    with_facts,
)
from extraction.version import rules_version
from services.breaker import Breaker
from services.chat import ModelFailure

_log = structlog.get_logger(__name__)
MISSING = "missing"


class RuleReader(Protocol):
    """The rules; ``extraction.pipeline.LazyPipeline`` is one."""

    @property
    def version(self) -> str:
        """See ``services.reading.Extractor``."""
        ...

    def read(self, article: Article) -> Grounds:
        """The rules' document with the grammar behind it."""
        ...

    def warm(self) -> None:
        """Load everything."""
        ...


class Model(Protocol):
    """What answers questions; ``services.chat.ChatModel`` is one."""

    def ask(self, messages: Sequence[dict[str, str]], seconds: float) -> object:
        """The decoded JSON value of the answer, within a time. Raises ModelFailure."""
        ...


class LlmExtractor:
    """The rules' facts and, labelled ``llm:<name>``, those of a model that hold against text, grammar and rules.

    ``seconds`` is what the model may take for one article, all its parts together.
    """

    def __init__(
        self,
        rules: RuleReader,
        model: Model,
        *,
        name: str,
        seconds: float,
        breaker: Breaker | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rules, self._model, self._name, self._seconds = rules, model, name, seconds
        self._breaker, self._clock = breaker or Breaker(), clock

    @property
    def version(self) -> str:
        """The rules' version and the model's name."""
        return self._version(self._name)

    def warm(self) -> None:
        """Load what the rules need; the model is not asked."""
        self._rules.warm()

    def extract(self, article: Article) -> Document:
        """Passages, mentions and facts. Its version has ``llm=missing`` where the model has not answered in full."""
        grounds = self._rules.read(article)
        parts = divide_into_parts(grounds)
        answers = self._ask(grounds, parts)
        version = self._version(self._name if len(answers) == len(parts) else MISSING)
        checked = check_answers(grounds, answers, Extractor(f"llm:{self._name}", rules_version()))
        if answers:
            _log.info(
                "llm_facts", model=self._name, kept=len(checked.facts), dropped=dict(sorted(checked.dropped.items()))
            )
        return with_facts(grounds.document, checked.facts, version)

    def _version(self, model: str) -> str:
        return f"{self._rules.version} llm={model}"

    def _ask(self, grounds: Grounds, parts: Sequence[Part]) -> list[tuple[Part, Answer]]:
        """The answers up to the first that fails."""
        deadline = self._clock() + self._seconds
        answers: list[tuple[Part, Answer]] = []
        for part in parts:
            answer = self._ask_part(grounds, part, deadline)
            if answer is None:
                break
            answers.append((part, answer))
        return answers

    def _ask_part(self, grounds: Grounds, part: Part, deadline: float) -> Answer | None:
        left = deadline - self._clock()
        if left <= 0:
            _log.warning("llm_failed", model=self._name, reason="no time left for the article")
            return None
        if not self._breaker.allows():
            return None
        try:
            answer = read_answer(self._model.ask(messages_for(grounds, part), left))
        except (ModelFailure, UnusableAnswer) as failure:
            _log.warning("llm_failed", model=self._name, reason=str(failure))
            if self._breaker.failed():
                _log.warning("llm_paused", model=self._name, seconds=self._breaker.pause)
            return None
        self._breaker.succeeded()
        return answer
