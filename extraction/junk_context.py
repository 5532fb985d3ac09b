"""What a line's surroundings show, as named features: its zone of the page, its neighbours, words shared with the article.

The **zones** follow from the strong prose of a page, sentences of some length whose own signs speak for the article:
``head`` lies above it, ``tail`` below it, ``middle`` between. A page without any has the zone ``bare``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from extraction.junk_phrases import HOUR
from extraction.junk_signs import Features
from extraction.lines import Line
from extraction.page import Page

_STRONG = -1.0
_STRONG_WORDS = 10
_MOST_SCORE = 5.0
_WINDOW = 2
_CLOCK_FIRST = re.compile(r"\W*\d{1,2}\s?[h:.]\s?\d{2}\b")
_CAPITAL = re.compile(r"(?<![.!?…«“\"] )(?<!^)\b[A-ZÀ-Þ][\w'’-]{2,}")


@dataclass(slots=True)
class Surroundings:
    """A page as its lines' own scores show it; ``scores`` are log odds of furniture, one a line."""

    page: Page
    scores: Sequence[float]
    strong: list[bool] = field(init=False)
    stems: list[set[str]] = field(init=False)
    counts: Counter[str] = field(init=False)
    first: int = field(init=False)
    last: int = field(init=False)
    repeated: Counter[str] = field(init=False)
    questions: int = field(init=False)
    hours: int = field(init=False)

    def __post_init__(self) -> None:
        lines = self.page.lines
        self.strong = [is_strong(line, score) for line, score in zip(lines, self.scores, strict=True)]
        self.stems = [self.page.stems(line) for line in lines]
        self.counts = Counter(stem for stems, strong in zip(self.stems, self.strong, strict=True) if strong for stem in stems)
        self.first = next((p for p, strong in enumerate(self.strong) if strong), -1)
        self.last = next((p for p in reversed(range(len(lines))) if self.strong[p]), -1)
        self.repeated = Counter(line.key for line in lines if line.key)
        self.questions = sum(self._asks(p) for p in range(len(lines)))
        self.hours = sum(self._dates(p) for p in range(len(lines)))

    def topical(self) -> frozenset[str]:
        """Stems of the title's words, and of words that stand in two paragraphs of strong prose."""
        told = {stem for stem, count in self.counts.items() if count >= 2}
        return frozenset(told)

    def _asks(self, position: int) -> bool:
        lines = self.page.lines
        below = position + 1 < len(lines) and self.strong[position + 1]
        return lines[position].ending == "?" and below

    def _dates(self, position: int) -> bool:
        lines = self.page.lines
        below = any(self.strong[position + 1 : position + 3])
        return HOUR.fullmatch(lines[position].text) is not None and below

    def zone(self, position: int) -> str:
        """``head``, ``middle``, ``tail``, or ``bare`` for a page without strong prose."""
        if self.first < 0:
            return "bare"
        if position < self.first:
            return "head"
        return "tail" if position > self.last else "middle"

    def features(self, position: int) -> Features:
        """The named features of one line's surroundings; the line's own score is among them."""
        line, score = self.page.lines[position], self._score(position)
        zone = self.zone(position)
        features: Features = {"bias": 1.0, "own": score, f"zone {zone}": 1.0, f"own in {zone}": score}
        form = _form(line)
        features[f"{zone} {form}"] = 1.0
        self._add_neighbours(position, zone, features)
        self._add_topic(position, zone, features)
        self._add_lists(position, zone, features)
        return features

    def _score(self, position: int) -> float:
        line = self.page.lines[position]
        if line.junk:
            return _MOST_SCORE
        return max(-_MOST_SCORE, min(_MOST_SCORE, self.scores[position]))

    def _add_neighbours(self, position: int, zone: str, features: Features) -> None:
        lines = self.page.lines
        around = [p for p in range(position - _WINDOW, position + _WINDOW + 1) if p != position and 0 <= p < len(lines)]
        if around:
            features["around"] = sum(self._score(p) for p in around) / len(around)
            features[f"around in {zone}"] = features["around"]
        for name, beside in (("above", position - 1), ("below", position + 1)):
            if not 0 <= beside < len(lines):
                features[f"nothing {name}"] = 1.0
                continue
            other = lines[beside]
            features[f"score {name}"] = self._score(beside)
            if other.junk:
                features[f"furniture {name}"] = 1.0
            elif self.strong[beside]:
                features[f"prose {name}"] = 1.0
                features[f"prose {name} {_form(lines[position])}"] = 1.0
            elif other.kind == "title":
                features[f"title {name}"] = 1.0
            elif other.text.endswith(":"):
                features[f"colon {name}"] = 1.0
        junk_above = sum(line.junk for line in lines[max(0, position - 6) : position])
        junk_below = sum(line.junk for line in lines[position + 1 : position + 7])
        features["much furniture above"] = junk_above / 3
        features["much furniture below"] = junk_below / 3
        if zone == "tail" and any(line.junk for line in lines[self.last + 1 : position]):
            features["furniture since the end"] = 1.0
            features[f"furniture since the end {_form(lines[position])}"] = 1.0
        if zone == "tail":
            features["far below"] = min(1.0, (position - self.last) / 8)

    def _add_topic(self, position: int, zone: str, features: Features) -> None:
        stems = self.stems[position]
        own = self.strong[position]
        if stems and self.counts:
            shared = sum(self.counts[stem] > own for stem in stems)
            features["shared words"] = shared / len(stems)
            features[f"shared words in {zone}"] = shared / len(stems)
            features["shared count"] = min(shared, 6) / 3
            if shared == 0 and len(stems) >= 4:
                features["nothing shared"] = 1.0
        key = self.page.lines[position].key
        if key and self.repeated[key] > 1:
            features["repeated"] = 1.0

    def _add_lists(self, position: int, zone: str, features: Features) -> None:
        lines = self.page.lines
        line = lines[position]
        alike = [p for p in (position - 1, position + 1) if 0 <= p < len(lines) and _alike(line, lines[p])]
        if alike:
            features["in a list"] = 1.0
            features[f"in a list in {zone}"] = 1.0
        start = position
        while start > 0 and _alike(line, lines[start - 1]) and position - start < 12:
            start -= 1
        if start > 0 and start < position + 1 and (line.bulleted or alike) and lines[start - 1].text.endswith(":"):
            features["list introduced"] = 1.0
        if self._asks(position) and self.questions >= 2:
            features["interview"] = 1.0
        if self._dates(position) and self.hours >= 2:
            features["by the hour"] = 1.0
        if _CLOCK_FIRST.match(line.text) and line.ends_sentence:
            features["hour and sentence"] = 1.0


def is_strong(line: Line, score: float) -> bool:
    """Whether a line is a sentence of some length whose own signs speak for the article."""
    if line.kind is not None or score > _STRONG:
        return False
    return len(line.words) >= _STRONG_WORDS and (line.ends_sentence or line.ending in ":;")


def _form(line: Line) -> str:
    count = len(line.words)
    if line.ending == "?":
        return "question"
    if line.ends_sentence:
        return "sentence" if count >= 8 else "short sentence"
    return "label" if count <= 4 else "line" if count <= 14 else "long line"


def _alike(line: Line, other: Line) -> bool:
    """Whether two lines are items of one list: bullets, numbers, or the same last sign of a list."""
    if line.bulleted or other.bulleted:
        return line.bulleted and other.bulleted
    if line.text[-1:] in ";," and other.text[-1:] in ";,.":
        return True
    return line.text[:1].isdigit() and other.text[:1].isdigit()
