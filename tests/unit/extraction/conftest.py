"""What the tests of the extraction share: the French grammar, which takes seconds to load."""

from __future__ import annotations

import pytest

from extraction.languages.fr.analyser import SpacyAnalyser


@pytest.fixture(scope="session")
def french_analyser() -> SpacyAnalyser:
    return SpacyAnalyser()
