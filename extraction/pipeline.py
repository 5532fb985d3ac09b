"""From an article to its extraction document: the one order in which the steps run.

Passages come first, and what is set aside as boilerplate is seen by no later step. Titles and headings are read for
names only: they repeat, shorten and sharpen what the body says, and a fact taken from one would count twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from extraction.analysis import Analysis, Parsed
from extraction.attribution import Scope
from extraction.confidence import calibrated
from extraction.demonyms import find_demonyms
from extraction.denials import find_denials
from extraction.document import Article, Document, Fact, Passage
from extraction.entities import find_entities
from extraction.events import find_events
from extraction.expressions import find_quantities, find_times, number_spans
from extraction.grounds import Grounds
from extraction.identity import sha256
from extraction.language_detection import detect_language
from extraction.languages.data import find_file
from extraction.lexicon import load_lexicon
from extraction.passages import divide
from extraction.quantity_facts import find_quantity_facts
from extraction.quotations import find_quotations
from extraction.registry import LanguagePack, chosen_models, load_packs, version_of
from extraction.spans import Span
from extraction.stand_ins import link_stand_ins
from extraction.tense import tense_at

# Code points; 150 words of any language are far shorter.
_LONGEST_READ = 3000
_READ_FOR_FACTS = frozenset({"body", "caption"})


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Extracts with the packs given; an article in another language has passages and no facts."""

    packs: Mapping[str, LanguagePack]
    confidence: Callable[[Fact, str, str], float] = calibrated
    """How sure a fact is, given it with its rule's prior, the text and the language."""

    @property
    def version(self) -> str:
        """What an extraction is stored under: another version may read the same text differently."""
        return version_of({code: pack.model for code, pack in self.packs.items()})

    def extract(self, article: Article) -> Document:
        """Passages, mentions and facts of one article. Never raises for a text that encodes as UTF-8."""
        return self.read(article).document

    def read(self, article: Article) -> Grounds:
        """What ``extract`` answers, with the grammar that it was read by."""
        language = primary_language(article.language) or detect_language(article.text)
        passages = divide(article.text, article.title, language)
        pack = self.packs.get(language)
        if pack is None:
            return Grounds(Document(language, sha256(article.text), passages, version=self.version))
        grounds = _grounds(_parse(article, passages, pack), self.version)
        sure = (self.confidence(fact, article.text, language) for fact in grounds.document.facts)
        facts = tuple(replace(fact, confidence=share) for fact, share in zip(grounds.document.facts, sure, strict=True))
        return replace(grounds, document=replace(grounds.document, facts=facts))

    def warm(self) -> None:
        """Read a sentence with every pack, so that no later article waits for a lexicon to be read."""
        for code in self.packs:
            file = find_file(code, "warm.txt")
            if file is not None:
                self.extract(Article(file.read_text(encoding="utf-8"), code, date(2026, 1, 2), "Warm"))


def primary_language(tag: str | None) -> str | None:
    """The primary subtag of a BCP 47 tag ("fr-CA" -> "fr"); None for none."""
    return tag.replace("_", "-").split("-")[0].lower() if tag else None


def windows(text: str, span: Span) -> list[Span]:
    """The parts in which a passage is read: the whole of it, unless one endless sentence makes it longer than any.

    Reading has steps that compare everything in a part with everything else in it; parts bound what that can cost.
    """
    parts, start = [], span.start
    while span.end - start > _LONGEST_READ:
        cut = max(text.rfind(space, start + 1, start + _LONGEST_READ) for space in " \n\u00a0\u202f")
        end = cut if cut > start else start + _LONGEST_READ
        parts.append(Span(start, end))
        start = end
    return [*parts, Span(start, span.end)]


def _parse(article: Article, passages: tuple[Passage, ...], pack: LanguagePack) -> Parsed:
    text, code = article.text, pack.code
    read = [(at, w) for at, p in enumerate(passages) if p.kind != "boilerplate" for w in windows(text, p.span)]
    merges = [number for _, span in read for number in number_spans(text, span, code)]
    analyses = pack.analyser.analyse(text, read, merges)
    parsed = Parsed(text, code, article.published_at, passages, analyses)
    spans = [window for at, window in read if passages[at].kind in _READ_FOR_FACTS]
    parsed.times = find_times(text, spans, code, article.published_on, partial(tense_at, parsed))
    parsed.quantities = find_quantities(text, spans, code, parsed.times)
    lexicon = load_lexicon(code)
    entities = find_entities(parsed, lexicon)
    parsed.demonyms = find_demonyms(parsed, entities, lexicon)
    parsed.entities = link_stand_ins(parsed, entities, parsed.demonyms, lexicon)
    return parsed


def _grounds(parsed: Parsed, version: str) -> Grounds:
    lexicon = load_lexicon(parsed.language)
    for_facts = _without_titles(parsed)
    quotations = find_quotations(for_facts, lexicon)
    scopes: list[Scope] = quotations.scopes
    facts: list[Fact] = [
        *quotations.facts,
        *find_quantity_facts(for_facts, scopes),
        *find_events(for_facts, scopes),
    ]
    facts.sort(key=lambda fact: (fact.evidence, fact.focus, fact.kind))
    document = Document(
        language=parsed.language,
        text_sha256=sha256(parsed.text),
        passages=parsed.passages,
        entities=parsed.entities,
        quantities=parsed.quantities,
        times=parsed.times,
        demonyms=parsed.demonyms,
        facts=tuple(facts),
        denials=find_denials(for_facts, facts),
        version=version,
    )
    return Grounds(document, for_facts, tuple(scopes))


def _without_titles(parsed: Parsed) -> Parsed:
    analyses: list[Analysis] = [a for a in parsed.analyses if parsed.passages[a.passage].kind in _READ_FOR_FACTS]
    inside: list[Span] = [a.span for a in analyses]
    entities = tuple(e for e in parsed.entities if any(span.contains(e.span) for span in inside))
    return Parsed(
        text=parsed.text,
        language=parsed.language,
        published_at=parsed.published_at,
        passages=parsed.passages,
        analyses=analyses,
        quantities=parsed.quantities,
        times=parsed.times,
        entities=entities,
    )


class LazyPipeline:
    """A pipeline that loads its models at the first article, once for all threads."""

    def __init__(self, french_model: str, english_model: str | None) -> None:
        """The models of Sourcebook's own languages; those of installed packs are their own choice."""
        self._models = {"fr": french_model, "en": english_model}
        self._lock = threading.Lock()
        self._pipeline: Pipeline | None = None

    @property
    def version(self) -> str:
        """See ``Pipeline.version``; known without loading anything."""
        return version_of(chosen_models(self._models))

    def load(self) -> Pipeline:
        """The pipeline, loaded now if it was not. Raises OSError for a model that is not installed."""
        with self._lock:
            if self._pipeline is None:
                self._pipeline = Pipeline(load_packs(self._models))
            return self._pipeline

    def extract(self, article: Article) -> Document:
        """See ``Pipeline.extract``."""
        return self.load().extract(article)

    def read(self, article: Article) -> Grounds:
        """See ``Pipeline.read``."""
        return self.load().read(article)

    def warm(self) -> None:
        """See ``Pipeline.warm``; loads the models."""
        self.load().warm()
