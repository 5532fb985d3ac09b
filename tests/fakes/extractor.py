"""An extractor that loads at once and finds little, always the same: for tests of everything around extraction."""

from __future__ import annotations

import re

from extraction.document import (
    Article,
    Attribution,
    Cue,
    DemonymMention,
    Document,
    EntityMention,
    Extractor,
    Fact,
    Passage,
    Quantity,
    QuantityMention,
    Quotation,
    Role,
    StandsFor,
    TimeMention,
)
from extraction.identity import fold, sha256
from extraction.spans import Span

_PARAGRAPH = re.compile(r"\S(?:.*\S)?", re.DOTALL)
_NUMBER_OF = re.compile(r"(\d+) (\w+)")
_QUOTED = re.compile(r"« ([^»]+) », a dit (([A-Z]\w+) (\w+))")
_NAME = re.compile(r"[A-Z]\w+ [A-Z]\w+")
_CAPITAL = re.compile(r"\bMoscou( dément)?")
_DEMONYM = re.compile(r"\bRusses?\b")
_RUSSIA = ("Russie", "place:ru")
_YEAR = re.compile(r"\ben (\d{4})\b")
_FAKE = Extractor("fake", "1")


class FakeExtractor:
    """Paragraphs are passages, "12 navires" a quantity, « … », a dit Odile Marchand a quotation with its speaker.

    "Moscou dément" stands for Russia, "Russes" belongs to it.
    """

    version = "fake 1"

    def extract(self, article: Article) -> Document:
        """Passages, mentions and facts of one article."""
        text = article.text
        spans = _paragraphs(text)
        quantities = [match for span in spans for match in _NUMBER_OF.finditer(text, span.start, span.end)]
        return Document(
            language=article.language or "fr",
            text_sha256=sha256(text),
            passages=tuple(_passage(span, at, text) for at, span in enumerate(spans)),
            entities=(
                *(_entity(match) for span in spans for match in _NAME.finditer(text, span.start, span.end)),
                *(_capital(match) for match in _CAPITAL.finditer(text)),
            ),
            quantities=tuple(_mention(match) for match in quantities),
            times=tuple(_time(match) for match in _YEAR.finditer(text)),
            facts=(
                *(_quantity(match, spans, text) for match in quantities),
                *(_quotation(match) for match in _QUOTED.finditer(text)),
            ),
            demonyms=tuple(DemonymMention(Span(*match.span()), *_RUSSIA) for match in _DEMONYM.finditer(text)),
            version=self.version,
        )


def _paragraphs(text: str) -> list[Span]:
    found = []
    start = 0
    for part in re.split(r"(\n\s*\n)", text):
        match = _PARAGRAPH.search(part)
        if match:
            found.append(Span(start + match.start(), start + match.end()))
        start += len(part)
    return found


def _passage(span: Span, at: int, text: str) -> Passage:
    if span.of(text).startswith("Publicité"):
        return Passage(span, "boilerplate", "advertisement")
    return Passage(span, "title" if at == 0 and len(span) < 80 and not span.of(text).endswith(".") else "body")


def _entity(match: re.Match[str]) -> EntityMention:
    return EntityMention(Span(*match.span()), "person", match.group(), f"person:{fold(match.group())}")


def _capital(match: re.Match[str]) -> EntityMention:
    span = Span(match.start(), match.start() + len("Moscou"))
    link = StandsFor(*_RUSSIA, "capital") if match[1] else None
    return EntityMention(span, "place", "Moscou", "place:moscou", link)


def _mention(match: re.Match[str]) -> QuantityMention:
    number = Span(*match.span(1))
    return QuantityMention(number, float(match[1]), None, None, "exact", None, number)


def _time(match: re.Match[str]) -> TimeMention:
    return TimeMention(Span(*match.span()), match[1], "explicit")


def _quantity(match: re.Match[str], spans: list[Span], text: str) -> Fact:
    anchor = Span(*match.span(1))
    passage = next(span for span in spans if span.contains(anchor))
    year = _YEAR.search(text, passage.start, passage.end)
    return Fact(
        kind="quantity",
        evidence=passage,
        extractor=_FAKE,
        confidence=0.9,
        time=None if year is None else _time(year),
        quantity=Quantity(anchor, int(match[1]), None, None, "exact", None, Role(Span(*match.span(2)))),
    )


def _quotation(match: re.Match[str]) -> Fact:
    name = match[2]
    cue = Cue("dire", Span(match.start(2) - len("a dit "), match.start(2) - 1))
    return Fact(
        kind="quotation",
        evidence=Span(*match.span()),
        extractor=_FAKE,
        confidence=0.8,
        attribution=Attribution(Span(*match.span(2)), name, f"person:{fold(name)}", cue),
        quotation=Quotation("direct", Span(*match.span(1))),
    )
