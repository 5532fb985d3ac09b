"""The language packs that a process serves, made once from the operator's choice of models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from extraction.languages.base import RULES, Analyser, Language
from extraction.languages.discovery import find_language, languages
from extraction.version import fingerprint, rules_version


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """A language that facts are extracted from, and how its passages are analysed."""

    code: str
    analyser: Analyser
    model: str = RULES
    """What analyses: a model's name, or "rules"."""


def load_packs(models: Mapping[str, str | None]) -> Mapping[str, LanguagePack]:
    """The packs of all installed languages, by code.

    ``models`` holds the operator's choices by code; a language without one, or with None, takes its pack's own.
    Raises OSError for a model that is not installed, and LanguageError for a pack that cannot be used.
    """
    return {
        code: LanguagePack(code, languages()[code].analyser(model), model)
        for code, model in chosen_models(models).items()
    }


def chosen_models(models: Mapping[str, str | None]) -> dict[str, str]:
    """The model of every installed language: the operator's choice, else its pack's."""
    return {code: models.get(code) or language.model for code, language in languages().items()}


def version_of(models: Mapping[str, str]) -> str:
    """What names an extraction: the rules' version and each language's model ("0.1.0+3fa9c01d en=rules").

    The model of a pack from another distribution is followed by a fingerprint of that pack ("es=rules+5bd01e77").
    """
    return " ".join([rules_version(), *(f"{code}={model}{_mark(code)}" for code, model in sorted(models.items()))])


def _mark(code: str) -> str:
    language = find_language(code)
    return "" if language is None or type(language).__module__.startswith("extraction.") else _fingerprint_of(language)


@lru_cache(maxsize=32)
def _fingerprint_of(language: Language) -> str:
    return f"+{fingerprint(language.data)}"
