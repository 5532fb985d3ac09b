"""Which language a text is in, by py3langid, limited to the languages that news is likely to come in.

Deterministic; the model is loaded once per process. A sentence or two are reliable, a few words are not.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

UNDETERMINED = "und"
# fmt: off
LANGUAGES = (
    "ar", "bg", "bn", "br", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga",
    "gl", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "ko", "lb", "lt", "lv", "mk", "ms", "mt",
    "nl", "no", "oc", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "th", "tr", "uk", "ur",
    "vi", "zh",
)
# fmt: on
_SAMPLE = 20_000
_LEAST_LETTERS = 3
_LEAST_CONFIDENCE = 0.3


def detect_language(text: str) -> str:
    """The BCP 47 primary tag of a text's language; "und" where there are no words or the languages are too close."""
    sample = text[:_SAMPLE]
    if sum(c.isalpha() for c in sample) < _LEAST_LETTERS:
        return UNDETERMINED
    language, confidence = _identifier().classify(sample)
    return str(language) if confidence >= _LEAST_CONFIDENCE else UNDETERMINED


@lru_cache(maxsize=1)
def _identifier() -> Any:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
