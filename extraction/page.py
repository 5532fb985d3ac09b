"""The paragraphs of one article while they are judged, and the questions that several rules ask of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from extraction.cleaning import CleaningLexicon, fold_line, load_cleaning
from extraction.identity import fold
from extraction.lines import Line, read_lines

_SENTENCE_WORDS = 8
_LONG_WORDS = 20
# A share below which eight words in a row are hardly a sentence of the language; prose has 0.35 to 0.55.
_SOME_FUNCTION_WORDS = 0.15
_STEM = 6
# An hour alone on its line: "18:20", "9 h", "12.38", "17.04 BST", "8 p.m.".
HOUR = re.compile(
    r"\W*\d{1,2}\s?(?:[h:.]\s?\d{2}|h|[ap]\.?m\.?)(?:\s?[ap]\.?m\.?)?(?: [A-Za-z]{2,4})?\W*", re.IGNORECASE
)
_LIVE_HOURS = 3


@dataclass(slots=True)
class Vocabulary:
    """In how many paragraphs each content word of an article stands."""

    paragraphs: dict[str, int] = field(default_factory=dict)

    def add(self, stems: set[str]) -> None:
        """Count the content words of one more paragraph."""
        for stem in stems:
            self.paragraphs[stem] = self.paragraphs.get(stem, 0) + 1

    def share(self, stems: set[str], *, own: bool) -> float:
        """The share of the words that other paragraphs use; ``own`` tells that these were counted as well."""
        if not stems:
            return 1.0
        return sum(self.paragraphs.get(stem, 0) > own for stem in stems) / len(stems)


class Page:
    """The lines of a text with the record's title and language. Rules judge a line by giving it a kind."""

    def __init__(self, text: str, title: str | None, language: str | None) -> None:
        self.lines: list[Line] = read_lines(text)
        self.title_key = fold_line(title) if title else ""
        self.language = language or ""
        self.lexicon: CleaningLexicon = load_cleaning()

    @property
    def function_words(self) -> Mapping[str, frozenset[str]]:
        """Function words by language, of the languages that have data."""
        return self.lexicon.function_words

    def function_share(self, line: Line, language: str | None = None) -> float | None:
        """The share of a language's function words in a line; None for a language without data or an empty line."""
        words = self.function_words.get(language or self.language)
        if words is None or not line.words:
            return None
        return sum(word in words for word in line.words) / len(line.words)

    def is_prose(self, line: Line) -> bool:
        """Whether a line reads as a sentence or more: its end, its length, its function words."""
        if line.prose is None:
            line.prose = self._reads_as_prose(line)
        return line.prose

    def _reads_as_prose(self, line: Line) -> bool:
        count = len(line.words)
        if count < _SENTENCE_WORDS:
            # Scripts without spaces: twenty letters that end as a sentence.
            return line.ends_sentence and len(line.text) >= 20 and count <= 2 and not line.text.isascii()
        share = self.function_share(line)
        if share is not None and share < _SOME_FUNCTION_WORDS:
            return False
        return line.ends_sentence or count >= _LONG_WORDS

    def is_headline(self, line: Line) -> bool:
        """Whether a line could be a title, a link or a label: short, and without a sentence's full stop."""
        return 0 < len(line.words) <= 30 and (not line.ends_sentence or line.ending in "?!…" or line.truncated)

    def has_finite_verb(self, line: Line) -> bool:
        """Whether one of the commonest finite verb forms stands in a line."""
        return not self.lexicon.finite_verbs.isdisjoint(line.words)

    def stems(self, line: Line) -> set[str]:
        """The content words of a line, cut to six letters so that inflected forms meet."""
        functional = self.function_words.get(self.language, frozenset())
        return {w[:_STEM] for w in line.words if len(w) >= 4 and w not in functional and not w.isdigit()}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Content words of the prose that no rule had judged when this was first asked."""
        vocabulary = Vocabulary()
        for line in self.lines:
            if line.kind is None and self.is_prose(line):
                vocabulary.add(self.stems(line))
        return vocabulary

    def overlap(self, line: Line) -> float:
        """How much of a line's content words the rest of the article's prose shares, from 0 to 1."""
        return self.vocabulary.share(self.stems(line), own=self.is_prose(line))

    def vocabulary_before(self, position: int) -> tuple[Vocabulary, int]:
        """Content words of the unjudged prose above a position, and how many words it has in all."""
        vocabulary = Vocabulary()
        words = 0
        for line in self.lines[:position]:
            if line.kind is None and self.is_prose(line):
                vocabulary.add(self.stems(line))
                words += len(line.words)
        return vocabulary, words

    @cached_property
    def _speakers(self) -> frozenset[int]:
        """Where lines begin that stand below a quotation and nothing else, by its marks at both ends."""
        pairs = pairwise(self.lines)
        return frozenset(
            line.span.start
            for said, line in pairs
            if said.quoted and said.text.endswith(("»", "”", '"')) and not line.ends_sentence
        )

    def names_speaker(self, line: Line) -> bool:
        """Whether a line stands below a quotation and may name who said it."""
        return line.span.start in self._speakers

    @cached_property
    def hours(self) -> frozenset[int]:
        """Positions of the lines that date the entries of a report that goes by the hour: three and more of them."""
        found = [p for p, line in enumerate(self.lines) if HOUR.fullmatch(line.text)]
        return frozenset(found) if len(found) >= _LIVE_HOURS else frozenset()

    def next_kept(self, position: int) -> Line | None:
        """The next line after ``position`` that is not set aside, if there is one."""
        return next((self.lines[p] for p in range(position + 1, len(self.lines)) if not self.lines[p].junk), None)

    def kept_prose(self) -> list[int]:
        """Positions of the unjudged lines that read as prose."""
        return [p for p, line in enumerate(self.lines) if line.kind is None and self.is_prose(line)]

    def open_lines(self) -> Iterator[tuple[int, Line]]:
        """Lines that no rule has judged yet, with their positions."""
        return ((p, line) for p, line in enumerate(self.lines) if line.kind is None)

    def search(self, name: str, line: Line) -> bool:
        """Whether an expression of a ``[search: …]`` section stands in a line's folded form."""
        return self.lexicon.searches[name].search(fold(line.text)) is not None if line.key else False
