"""Whether a passage gives a cause, by the words that introduce one: ``causes.txt`` of each language."""

from __future__ import annotations

from functools import lru_cache

from extraction.languages.data import read_lines

_PLAIN = str.maketrans({"’": "'", "\n": " ", "\u00a0": " ", "\u202f": " "})


@lru_cache(maxsize=8)
def _causes(language: str) -> tuple[str, ...]:
    return tuple(line.strip() for _, line in read_lines(language, "causes.txt"))


def gives_cause(text: str, language: str) -> bool:
    """Whether a text has a causal connective of a language as words of their own; never in one without a list."""
    lowered = text.lower().translate(_PLAIN)
    # Nearly all passages have none: looking for each as it is costs less than one expression for all.
    return any(phrase in lowered and _stands_in(lowered, phrase) for phrase in _causes(language))


def _stands_in(text: str, phrase: str) -> bool:
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        begins = at == 0 or not (phrase[0].isalnum() and text[at - 1].isalnum())
        if begins and not (phrase[-1].isalnum() and text[end : end + 1].isalnum()):
            return True
        at = text.find(phrase, at + 1)
    return False
