"""What the rules for quotations find, before speakers have names: reported words, who is mentioned, by which cue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from extraction.lexicon import Stance
from extraction.noun_phrases import Mention
from extraction.quote_marks import Quote
from extraction.spans import Span
from extraction.speech_reader import SpeechReader, VerbGroup

# How far each rule can be trusted: shares of right finds among those read while the rules were written, rounded down.
TAGGED = 0.95  # words in quotation marks with a cue verb and its subject beside them
CLAUSE = 0.9  # "dire que" with a subject that can speak
MARKER = 0.9  # "selon X"
INCISE = 0.9  # "…, a indiqué X" after unquoted words
INFINITIVE = 0.8  # "promettre de", "accuser X de"
FRAGMENT = 0.8  # quoted words inside what a cue verb governs
DESCRIBED = 0.75  # "présenter X comme Y"
NOMINAL = 0.6  # "noter le contraste", "documenter l'usage"
LOOSE = 0.75  # the subject is no word that is known to speak
CONTINUED = 0.6  # a quotation that only goes on
STANDING = 0.55  # a quotation that stands by itself behind a sentence about somebody
TAKEN_IN = 0.55  # quoted words that a verb takes in which reports nothing
FORESHADOWED = 0.5  # a quotation that opens a paragraph, whose next sentence is about somebody


@dataclass(frozen=True, slots=True)
class Report:
    """Reported words. ``cue`` is None where only continuity or a colon tells the speaker."""

    reader: SpeechReader
    style: Literal["direct", "indirect"]
    content: Span
    mention: Mention
    lemma: str | None
    cue: Span | None
    stance: Stance
    confidence: float
    negated: bool = False
    verb: int = -1
    quote: Span | None = None

    @property
    def evidence(self) -> Span:
        """The smallest span around content and attribution."""
        parts = [self.quote or self.content, self.mention.span]
        parts += [self.cue] if self.cue is not None else []
        return Span(min(p.start for p in parts), max(p.end for p in parts))


def quoted(reader: SpeechReader, quote: Quote, group: VerbGroup, mention: Mention, confidence: float) -> Report:
    """A direct quotation, by its marks, its cue verb and who is behind that."""
    return Report(
        reader,
        "direct",
        quote.content,
        mention,
        group.cue.lemma,
        reader.span(group.first, group.after),
        group.cue.stance,
        confidence,
        group.negated,
        group.verb,
        quote.outer,
    )


def own_words(report: Report) -> Report:
    """A quotation beside a denial states what the speaker says, and is not what is denied."""
    return replace(report, stance="say" if report.stance == "deny" else report.stance, negated=False)


def word_count(text: str) -> int:
    """Words with a letter or digit, as a reader counts them (an elided article is one with its noun)."""
    return sum(1 for word in text.split() if any(c.isalnum() for c in word))
