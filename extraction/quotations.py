"""Quotations: words that the article attributes to a speaker, in quotation marks or reported.

The rules look at each passage and report what they find (``direct_speech``, ``reported_speech``, ``tagged_speech``);
here their reports are made consistent, speakers get their names in the order of the text, and facts and scopes are
made. Where rules disagree, the more explicit one stands: quotation marks with a tag before a clause, the inner of two
sources before a medium that carries it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extraction.analysis import Parsed
from extraction.attribution import Scope
from extraction.bare_speech import find_bare
from extraction.direct_speech import find_direct
from extraction.document import Attribution, Extractor, Fact, Quotation
from extraction.entities import entities_in
from extraction.expected_figures import find_expected_figures
from extraction.figure_sources import find_figure_sources
from extraction.lexicon import Lexicon
from extraction.quote_marks import Quote, find_quotes
from extraction.reported_speech import find_reported
from extraction.reports import CONTINUED, Report, word_count
from extraction.signatures import signed_below
from extraction.speakers import Speakers
from extraction.speech_reader import SpeechReader
from extraction.standing_speech import Before
from extraction.tagged_speech import find_incises, find_learned, find_marked
from extraction.taken_up import find_taken_up
from extraction.version import rules_version

_DIRECT, _INDIRECT = (Extractor(f"quotation.{style}", rules_version()) for style in ("direct", "indirect"))
# A report with fewer words outside quotation marks is the direct quotation itself, with its tag.
_FEWEST_UNQUOTED = 2
_NO_MARKS = str.maketrans(dict.fromkeys('«»“”"‹›‘<>', " "))


@dataclass(frozen=True, slots=True)
class Quotations:
    """The facts, and the scopes in which other facts are somebody's statement."""

    facts: list[Fact] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)


def find_quotations(parsed: Parsed, lexicon: Lexicon) -> Quotations:
    """Every quotation with a stated speaker, in order of its evidence."""
    quotes = find_quotes(parsed.text, [a.span for a in parsed.analyses], lexicon.clipped)
    readers = [
        SpeechReader(parsed.text, a, lexicon, [q for q in quotes if a.span.contains(q.span)], entities_in(parsed, a))
        for a in parsed.analyses
    ]
    reports = _all_reports(readers)
    speakers = Speakers(parsed, readers, lexicon)
    found = Quotations()
    for report in sorted(reports, key=lambda r: (r.evidence, r.content)):
        attribution = speakers.attribute(report)
        if attribution is not None:
            found.facts.append(_fact(report, attribution))
            found.scopes.append(
                Scope(report.content, attribution, report.stance, report.negated, report.style == "direct")
            )
    found.scopes.extend(_figure_scopes(readers, speakers))
    return found


def _figure_scopes(readers: Sequence[SpeechReader], speakers: Speakers) -> Iterator[Scope]:
    """Whose each figure is where several stand side by side; no quotation, since nothing but a number is reported."""
    for reader in readers:
        for report in (*find_figure_sources(reader), *find_expected_figures(reader)):
            attribution = speakers.attribute(report)
            if attribution is not None:
                yield Scope(report.content, attribution, report.stance)


def _all_reports(readers: Sequence[SpeechReader]) -> list[Report]:
    reports: list[Report] = []
    before = Before()
    for reader in readers:
        indirect = _consistent(
            [
                *find_incises(reader),
                *find_learned(reader),
                *find_taken_up(reader),
                *find_marked(reader),
                *find_reported(reader),
                *find_bare(reader),
            ]
        )
        direct = find_direct(reader, indirect, before)
        ends = bool(direct and reader.quotes) and reader.quotes[-1].content.contains(direct[-1].content)
        said = direct[-1] if direct else None
        before = Before(reader, said, said if ends else None)
        reports += direct + [
            r for r in indirect if not _is_quote(r, reader.quotes, direct) and not _passes_on(r, direct)
        ]
    return [*reports, *_begun_before(readers, reports), *_signed_below(readers, reports)]


def _signed_below(readers: Sequence[SpeechReader], reports: Sequence[Report]) -> list[Report]:
    read = {report.quote for report in reports}
    below = [*readers[1:], None][: len(readers)]
    found = [signed_below(reader, following) for reader, following in zip(readers, below, strict=True)]
    return [report for signed in found for report in signed if report.quote not in read]


def _begun_before(readers: Sequence[SpeechReader], reports: Sequence[Report]) -> list[Report]:
    """The paragraphs of a long quotation before the one that holds its tag: all are that tag's speaker's."""
    found: list[Report] = []
    after: Report | None = None
    direct: dict[int, list[Report]] = defaultdict(list)
    for report in reports:
        if report.style == "direct":
            direct[id(report.reader)].append(report)
    for reader in reversed(readers):
        said = direct[id(reader)]
        for quote in reversed(reader.quotes):
            own = next((r for r in said if quote.outer.contains(r.content)), None)
            if own is None and after is not None:
                own = replace(
                    after, content=quote.content, lemma=None, cue=None, confidence=CONTINUED, quote=quote.outer
                )
                found.append(own)
            after = own if quote.continued else None
    return found


def _consistent(reports: list[Report]) -> list[Report]:
    """Without second readings of one cue, and without reports nested in another's words."""
    kept: list[Report] = []
    for report in reports:
        if not any(report.verb == other.verb for other in kept):
            kept.append(report)
    media = {marker.lemma for report in kept[:1] for marker in report.reader.lexicon.markers}
    outer = [r for r in kept if r.lemma not in media or not any(_carries(r, other) for other in kept)]
    return [r for r in outer if not any(_inside(r, other) for other in outer)]


def _carries(medium: Report, inner: Report) -> bool:
    """Whether a source only passes on what another says ("selon l'agence, le ministre a déclaré que P")."""
    if medium is inner or inner.cue is None:
        return False
    if not medium.content.contains(inner.cue) or not medium.content.contains(inner.content):
        return False
    return inner.mention.span.start - medium.content.start <= 3 and inner.stance in {"say", "claim", "deny", "accuse"}


def _passes_on(report: Report, direct: Sequence[Report]) -> bool:
    """Whether a source phrase stands around what another speaker is quoted with."""
    markers = {m.lemma for m in report.reader.lexicon.markers}
    return report.lemma in markers and any(
        report.content.contains(d.content)
        and d.lemma not in markers
        and d.cue is not None
        and report.content.contains(d.cue)
        for d in direct
    )


def _inside(report: Report, other: Report) -> bool:
    return report is not other and report.cue is not None and other.content.contains(report.cue)


def _is_quote(report: Report, quotes: Sequence[Quote], direct: Sequence[Report]) -> bool:
    """Whether an indirect report's words are a quotation that is read already, and next to nothing else."""
    inside = [q for q in quotes if report.content.overlaps(q.outer) and q.outer.end <= report.content.end + 3]
    text = report.reader.text
    quoted = sum(word_count(q.content.of(text)) for q in inside)
    rest = word_count(report.content.of(text).translate(_NO_MARKS)) - quoted
    return rest < _FEWEST_UNQUOTED and any(d.content.overlaps(q.content) for d in direct for q in inside)


def _fact(report: Report, attribution: Attribution) -> Fact:
    return Fact(
        kind="quotation",
        evidence=report.evidence,
        extractor=_DIRECT if report.style == "direct" else _INDIRECT,
        confidence=report.confidence,
        attribution=attribution,
        polarity="denied" if report.stance == "deny" else "negated" if report.negated else "affirmed",
        quotation=Quotation(report.style, report.content),
    )
