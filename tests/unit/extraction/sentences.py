"""Single sentences, parsed as an article of one passage; amounts and times are given, not found."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from extraction.analysis import Analysis, Parsed
from extraction.document import Passage, QuantityMention, Role, TimeMention
from extraction.languages.base import Analyser
from extraction.spans import Span

DATA = Path(__file__).parent / "data"
Parse = Callable[..., Parsed]

_FUNCTION_WORDS = frozenset({"le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "the", "a", "an", "of"})
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)")


def rows(name: str, columns: int) -> list[list[str]]:
    """The lines of a table under ``data``, padded with empty cells."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(row + [""] * columns)[:columns] for row in cells]


def parse_sentence(
    analyser: Analyser,
    text: str,
    amounts: Sequence[tuple[str, str]] = (),
    times: Sequence[str] = (),
    language: str = "fr",
) -> Parsed:
    """An article of one passage, with (words, unit) as amounts and the words of times."""
    whole = Span(0, len(text))
    merges = [Span(*match.span()) for match in _GROUPED.finditer(text)]
    analyses: list[Analysis] = analyser.analyse(text, [(0, whole)], merges)
    return Parsed(
        text,
        language,
        None,
        (Passage(whole, "body"),),
        analyses,
        quantities=tuple(sorted((_amount(text, *pair) for pair in amounts), key=lambda q: q.span)),
        times=tuple(TimeMention(span_of(text, words), None, "unresolved") for words in times),
    )


def span_of(text: str, words: str) -> Span:
    """Where whole words first stand in a text."""
    match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    assert match is not None, words
    return Span(*match.span())


def _amount(text: str, words: str, unit: str) -> QuantityMention:
    span = span_of(text, words)
    return QuantityMention(span, 1.0, None, None, "exact", unit or None, span)


def same_phrase(expected: str, role: Role | None, text: str) -> bool:
    """Both absent, or half of the content words of the shorter in the longer."""
    if not expected or role is None:
        return not expected and role is None
    a, b = _content(expected), _content(role.span.of(text))
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= 0.5


def _content(phrase: str) -> set[str]:
    return set(re.findall(r"\w+", phrase.lower())) - _FUNCTION_WORDS
