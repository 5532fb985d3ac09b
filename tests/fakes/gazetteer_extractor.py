"""An extractor that knows names by the gazetteer and reads amounts and times: for tests of what is found by them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extraction.document import Article, Document, EntityMention, StandsFor
from extraction.expressions import find_quantities, find_times
from extraction.names import display_name, find_known
from extraction.spans import Span
from extraction.stand_ins import load_metonyms
from tests.fakes.extractor import FakeExtractor

_CAPITALS = re.compile(r"[A-ZÉ][\w.'-]*(?: (?:du |de la |de |des )?[A-ZÉ][\w.'-]*)*")
_ACTS = (" dément", " denies")


class GazetteerExtractor(FakeExtractor):
    """As the fake, with mentions by data. A capital right before "dément" or "denies" stands for its country.

    The second paragraph is a heading where it is short and ends without a full stop.
    """

    def extract(self, article: Article) -> Document:
        """Passages and mentions of one article."""
        document = super().extract(article)
        spans = [passage.span for passage in document.passages]
        times = find_times(article.text, spans, document.language, article.published_on)
        return replace(
            document,
            passages=tuple(
                replace(passage, kind="heading") if at == 1 and _is_heading(passage.span.of(article.text)) else passage
                for at, passage in enumerate(document.passages)
            ),
            entities=_merged(document.entities, tuple(_entities(article.text, document))),
            quantities=find_quantities(article.text, spans, document.language, times),
            times=times,
        )


def _is_heading(words: str) -> bool:
    return len(words) < 80 and not words.endswith(".")


def _merged(found: tuple[EntityMention, ...], known: tuple[EntityMention, ...]) -> tuple[EntityMention, ...]:
    others = [mention for mention in found if not any(mention.span.overlaps(other.span) for other in known)]
    return tuple(sorted((*others, *known), key=lambda mention: mention.span))


def _entities(text: str, document: Document) -> Iterator[EntityMention]:
    for match in _CAPITALS.finditer(text):
        span = next((one for one in _endings(match) if find_known(one.of(text), document.language)), None)
        if span is None:
            continue
        known = find_known(span.of(text), document.language)
        if known is None or (known.type == "person" and span.start > match.start()):
            continue  # a surname behind another given name is another's
        key = f"{known.type}:{known.key}"
        metonym = load_metonyms().get(key)
        link = None
        if metonym is not None and text.startswith(_ACTS, span.end):
            link = StandsFor(display_name(metonym.target, document.language), metonym.target, metonym.reason)
        yield EntityMention(span, known.type, span.of(text), key, link)


def _endings(match: re.Match[str]) -> Iterator[Span]:
    """The run of capitals and what is left of it without its first words."""
    for word in re.finditer(r"[A-ZÉ][\w.-]*", match.group()):
        for end in dict.fromkeys((match.end(), match.start() + len(match.group().rstrip(".")))):
            if match.start() + word.start() < end:
                yield Span(match.start() + word.start(), end)
