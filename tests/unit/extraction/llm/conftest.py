"""The two packs with a grammar."""

from __future__ import annotations

import pytest

from extraction.languages.en.analyser import RuleAnalyser
from extraction.languages.fr.analyser import SpacyAnalyser
from extraction.pipeline import Pipeline
from extraction.registry import LanguagePack


@pytest.fixture(scope="session")
def pipeline(french_analyser: SpacyAnalyser) -> Pipeline:
    return Pipeline({"fr": LanguagePack("fr", french_analyser), "en": LanguagePack("en", RuleAnalyser())})
