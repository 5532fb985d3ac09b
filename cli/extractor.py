"""The extractor that the operator's settings ask for: the one place where a command gets it from."""

from __future__ import annotations

from typing import Protocol

from api.config import Settings
from extraction.pipeline import LazyPipeline
from services.reading import Extractor


class ReadyExtractor(Extractor, Protocol):
    """An extractor that can load what it needs beforehand."""

    def warm(self) -> None:
        """Load everything, so that no later article waits."""
        ...


def make_extractor(chosen: Settings) -> ReadyExtractor:
    """The rules; they load their models at the first article."""
    return LazyPipeline(chosen.french_model, chosen.english_model)
