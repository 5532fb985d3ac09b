"""What a line's surroundings show, as named features: its neighbours, words shared with the article, lists, authors.

``extraction/junk_weights.py`` weighs them together with the line's own score, for four states at once: furniture above
the article, the article, furniture in the middle of it, furniture below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from extraction.cleaning import SURE_RULES, folded_words
from extraction.junk_phrases import is_person
from extraction.junk_signs import Features
from extraction.lines import Line
from extraction.page import Page

# A line whose own log odds of furniture are below this, and that is a sentence of some length, is strong prose.
_STRONG = -1.0
_STRONG_WORDS = 10
_TOLD = 0.5
_TOLD_WORDS = 6
_MOST_SCORE = 5.0
_FURNISHED_SCORE = 2.5
_MOST_ITEMS = 12
_SENTENCE_WORDS = 8
_STEM = 6
_SAMPLE = 6000


@dataclass(slots=True)
class Surroundings:
    """A page as its lines' own scores show it: ``scores`` are log odds of furniture, one a line."""

    page: Page
    scores: Sequence[float]
    strong: list[bool] = field(init=False)
    stems: list[set[str]] = field(init=False)
    counts: Counter[str] = field(init=False)
    repeated: Counter[str] = field(init=False)
    furnished: float = field(init=False)
    topical: frozenset[str] = field(init=False)
    authors: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        lines = self.page.lines
        self.strong = [is_strong(line, score) for line, score in zip(lines, self.scores, strict=True)]
        functional: frozenset[str] = frozenset().union(*(words.functional for words in self.page.lexicon.page_words))
        self.stems = [_stems(line, functional) for line in lines]
        self.counts = Counter(s for stems, strong in zip(self.stems, self.strong, strict=True) if strong for s in stems)
        self.repeated = Counter(line.key for line in lines if line.key)
        judged = sum(line.junk for line in lines)
        likely = sum(s > _FURNISHED_SCORE and not line.junk for s, line in zip(self.scores, lines, strict=True))
        self.furnished = min(3.0, judged + 0.25 * likely) / 3
        # Stems that stand in two sentences, or in a title and a sentence: what the article is about.
        told = Counter(
            stem
            for stems, line, score in zip(self.stems, lines, self.scores, strict=True)
            if line.kind == "title" or is_told(line, score)
            for stem in stems
        )
        self.topical = frozenset(stem for stem, count in told.items() if count >= 2)
        self.find_authors()

    def find_authors(self) -> None:
        """Learn the names in the lines that are bylines by now."""
        self.authors = frozenset(
            word
            for line in self.page.lines
            if line.rule == "byline"
            for token in line.text.split()
            if token[:1].isupper()
            for word in folded_words(token)
            if len(word) >= 4
        )

    def score(self, position: int) -> float:
        """The line's own score, within bounds."""
        return max(-_MOST_SCORE, min(_MOST_SCORE, self.scores[position]))

    def is_of_author(self, position: int) -> bool:
        """Whether a sentence begins with a name that a byline gives, or stands right below one that is nothing else."""
        lines = self.page.lines
        line, before = lines[position], lines[position - 1] if position else None
        if not line.ends_sentence or line.quoted:
            return False
        named = not self.authors.isdisjoint(folded_words(line.text[:60])[:3])
        below = before is not None and before.rule == "byline" and is_person(self.page, before)
        return named or below

    def features(self, position: int) -> Features:
        """The named features of one line in its surroundings; the line's own score is among them."""
        features = self._own(position)
        self._add_topic(position, features)
        self._add_neighbours(position, features)
        self._add_list(position, features)
        return features

    def _own(self, position: int) -> Features:
        line, score = self.page.lines[position], self.score(position)
        form = form_of(line)
        features: Features = {
            "bias": 1.0,
            "own for": max(0.0, score),
            "own against": max(0.0, -score),
            f"form {form}": 1.0,
            f"own of {form}": score,
            "length": min(len(line.words), 60) / 20,
            "clean page": 1.0 - self.furnished,
            f"clean page {form}": 1.0 - self.furnished,
        }
        if self.strong[position]:
            features["strong"] = 1.0
        if line.kind in {"title", "caption", "heading"}:
            features[line.kind] = 1.0
        if line.junk:
            features["rule"] = 1.0
            features["sure rule" if line.rule in SURE_RULES else "likely rule"] = 1.0
        if is_person(self.page, line):
            features["person"] = 1.0
        if self.is_of_author(position):
            features["of the author"] = 1.0
        if line.key and self.repeated[line.key] > 1:
            features["repeated"] = 1.0
        return features

    def _add_topic(self, position: int, features: Features) -> None:
        stems, own = self.stems[position], self.strong[position]
        if not stems or not self.counts:
            return
        shared = sum(self.counts[stem] > own for stem in stems)
        features["shared"] = shared / len(stems)
        features[f"shared {form_of(self.page.lines[position])}"] = shared / len(stems)
        features["shared count"] = min(shared, 6) / 3
        if not shared and len(stems) >= 4:
            features["nothing shared"] = 1.0

    def _add_neighbours(self, position: int, features: Features) -> None:
        lines = self.page.lines
        for name, beside in (("above", position - 1), ("below", position + 1)):
            if not 0 <= beside < len(lines):
                features[f"nothing {name}"] = 1.0
                continue
            other = lines[beside]
            features[f"{name} {form_of(other)}"] = 1.0
            features[f"score {name}"] = self.score(beside) / 2
            if other.text.endswith(":"):
                features[f"{name} colon"] = 1.0
            if other.kind == "title":
                features[f"{name} title"] = 1.0
            if other.junk:
                features[f"{name} rule"] = 1.0
            if other.block != lines[position].block:
                features[f"{name} blank"] = 1.0

    def _add_list(self, position: int, features: Features) -> None:
        lines = self.page.lines
        line = lines[position]
        beside = [p for p in (position - 1, position + 1) if 0 <= p < len(lines)]
        listed = any(_alike(line, lines[p]) for p in beside)
        if listed:
            features["in a list"] = 1.0
        start = position
        while start > 0 and position - start < _MOST_ITEMS and _alike(line, lines[start - 1]):
            start -= 1
        if start > 0 and (line.bulleted or listed) and lines[start - 1].text.endswith(":"):
            features["introduced"] = 1.0
        if _verse(line) and any(_verse(lines[p]) for p in beside):
            features["verse"] = 1.0


def _stems(line: Line, functional: frozenset[str]) -> set[str]:
    """The content words of a line, folded and cut to six letters so that inflected forms meet."""
    words = folded_words(line.text[:_SAMPLE])
    return {word[:_STEM] for word in words if len(word) >= 4 and word not in functional and not word.isdigit()}


def is_strong(line: Line, score: float) -> bool:
    """Whether a line is a sentence of some length whose own signs speak for the article."""
    if line.kind is not None or score > _STRONG:
        return False
    return len(line.words) >= _STRONG_WORDS and (line.ends_sentence or line.ending in ":;")


def is_told(line: Line, score: float) -> bool:
    """Whether a line is a sentence whose own signs do not speak for furniture."""
    return line.kind is None and score < _TOLD and line.ends_sentence and len(line.words) >= _TOLD_WORDS


def form_of(line: Line) -> str:
    """What a line is by its length and its end."""
    count = len(line.words)
    if line.ending == "?":
        return "question"
    if line.ends_sentence:
        return "sentence" if count >= _SENTENCE_WORDS else "short sentence"
    return "label" if count <= 4 else "line" if count <= 14 else "long line"


def _alike(line: Line, other: Line) -> bool:
    """Whether two lines are items of one list: bullets, numbers, or the last signs of items."""
    if line.bulleted or other.bulleted:
        return line.bulleted and other.bulleted
    if line.text[-1:] in ";," and other.text[-1:] in ";,.":
        return True
    return line.text[:1].isdigit() and other.text[:1].isdigit()


def _verse(line: Line) -> bool:
    """Whether a line is short and runs on, as verses do."""
    return len(line.words) <= 12 and (line.text[:1].islower() or line.text[-1:] == ",")
