"""The extractor that the operator's settings ask for: the one place where a command gets it from."""

from __future__ import annotations

from typing import Protocol

from api.config import Settings
from extraction.pipeline import LazyPipeline
from services.chat import ChatModel
from services.llm_extraction import LlmExtractor
from services.reading import Extractor


class ReadyExtractor(Extractor, Protocol):
    """An extractor that can load what it needs beforehand."""

    def warm(self) -> None:
        """Load everything, so that no later article waits."""
        ...


def make_extractor(chosen: Settings) -> ReadyExtractor:
    """The rules, which load their models at the first article, and a language model behind them if one is named."""
    rules = LazyPipeline(chosen.french_model, chosen.english_model)
    if chosen.llm_url is None or chosen.llm_model is None:
        return rules
    model = ChatModel(chosen.llm_url, chosen.llm_model, chosen.llm_api_key)
    return LlmExtractor(rules, model, name=chosen.llm_model, seconds=chosen.llm_timeout)
