"""The language packs that a process serves, made once from the operator's choice of models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extraction.languages.base import Analyser, PlainAnalyser
from extraction.languages.en.analyser import RuleAnalyser
from extraction.version import rules_version

NO_MODEL = "none"
RULES = "rules"


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """A language that facts are extracted from, and how its passages are analysed."""

    code: str
    analyser: Analyser
    model: str = RULES
    """What analyses: a model's name, or "rules"."""


def load_packs(french_model: str, english_model: str | None) -> Mapping[str, LanguagePack]:
    """Packs by language code.

    ``french_model`` is the pinned spaCy model's name or ``"none"`` for the light pack, which has no grammar and loads
    at once; ``english_model`` names a spaCy model that the operator installed, None means rules. Raises OSError for a
    model that is not installed.
    """
    return {
        "fr": LanguagePack("fr", _french(french_model), french_model),
        "en": LanguagePack("en", _english(english_model), english_model or RULES),
    }


def version_of(models: Mapping[str, str]) -> str:
    """What names an extraction: the rules' version and each language's model ("0.1.0+3fa9c01d en=rules")."""
    return " ".join([rules_version(), *(f"{code}={model}" for code, model in sorted(models.items()))])


def _french(model: str) -> Analyser:
    if model == NO_MODEL:
        return PlainAnalyser()
    # Importing spaCy takes a second, and its model several more: only who parses pays for them.
    from extraction.languages.fr.analyser import SpacyAnalyser  # noqa: PLC0415

    return SpacyAnalyser()


def _english(model: str | None) -> Analyser:
    if model is None:
        return RuleAnalyser()
    from extraction.languages.en.spacy_analyser import SpacyEnglishAnalyser  # noqa: PLC0415  # an optional dependency

    return SpacyEnglishAnalyser(model)
