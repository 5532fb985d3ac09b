from __future__ import annotations

import pytest

from extraction.language_detection import UNDETERMINED, detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le conseil du port a voté lundi un budget de neuf millions d'euros.", "fr"),
        ("The harbour board passed a budget of nine million on Monday.", "en"),
        ("Der Hafenrat hat am Montag einen Haushalt von neun Millionen beschlossen.", "de"),
        ("El consejo del puerto aprobó el lunes un presupuesto de nueve millones.", "es"),
        ("港口委员会周一通过了九百万的预算。", "zh"),
    ],
)
def test_detect_language_tells_a_sentence(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", " \n", "12 345", "🎉🎉", "\ud800", "x"])
def test_detect_language_is_undetermined_without_words(text: str) -> None:
    assert detect_language(text) == UNDETERMINED
