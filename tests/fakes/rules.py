"""The light rules, which have passed over every event: something is left for a second reader."""

from __future__ import annotations

from dataclasses import replace

from extraction.document import Article
from extraction.grounds import Grounds
from extraction.pipeline import LazyPipeline


class BlindRules:
    """Loads no language model; reads English with its grammar and French without."""

    version = "rules 1"

    def __init__(self) -> None:
        self._pipeline = LazyPipeline("none", None)

    def warm(self) -> None:
        """Nothing to load."""

    def read(self, article: Article) -> Grounds:
        """What the rules read, without events."""
        grounds = self._pipeline.read(article)
        facts = tuple(fact for fact in grounds.document.facts if fact.kind != "event")
        return replace(grounds, document=replace(grounds.document, facts=facts, denials=(), version=self.version))
