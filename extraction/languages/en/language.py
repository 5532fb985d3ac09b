"""The language pack of English."""

from __future__ import annotations

from extraction.languages.base import RULES, Analyser, Language
from extraction.languages.en.analyser import RuleAnalyser
from extraction.languages.en.spacy_analyser import SpacyEnglishAnalyser


class English(Language):
    """English, by rules or by a spaCy model that the operator installed."""

    code = "en"

    def analyser(self, model: str) -> Analyser:
        """See ``Language.analyser``."""
        if model == RULES:
            return RuleAnalyser()
        return SpacyEnglishAnalyser(model)
