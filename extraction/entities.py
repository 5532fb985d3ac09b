"""Names in an article, grouped by who or what they name.

Three steps, each in its module: where names stand (``name_spans``), what each names (``name_types``), and which ones
name the same (``name_groups``, ``name_aliases``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extraction.analysis import Analysis, Parsed
from extraction.document import EntityMention, EntityType
from extraction.lexicon import Lexicon
from extraction.name_aliases import find_aliases
from extraction.name_groups import Group, group_others, group_people, known_keys
from extraction.name_spans import SURE, NameSpan, find_name_spans
from extraction.name_types import judge_types
from extraction.names import find_known, skeleton
from extraction.spans import Span


def find_entities(parsed: Parsed, lexicon: Lexicon) -> tuple[EntityMention, ...]:
    """Entity mentions in order of their start; ``entity`` is the same for all mentions of one entity."""
    found = [
        span
        for at, analysis in enumerate(parsed.analyses)
        for span in find_name_spans(parsed.text, at, analysis, lexicon, heading=_is_heading(parsed, analysis))
    ]
    spans = list(_without_doubtful(found, parsed))
    types = judge_types(spans, parsed, lexicon)
    spans = _with_articles(spans, types, parsed, lexicon)
    groups = _group(spans, types, parsed, lexicon)
    return tuple(
        EntityMention(span.span, group.type, group.fullest, group.key)
        for span, group in sorted(zip(spans, groups, strict=True), key=lambda pair: pair[0].span)
    )


def _is_heading(parsed: Parsed, analysis: Analysis) -> bool:
    passages = parsed.passages
    return analysis.passage < len(passages) and passages[analysis.passage].kind in {"title", "heading"}


def _without_doubtful(spans: list[NameSpan], parsed: Parsed) -> Iterator[NameSpan]:
    """Without capitals that only their place explains, unless the article has the name, or a longer one, elsewhere."""
    common = {token.text for analysis in parsed.analyses for token in analysis.tokens if token.text.islower()}
    spans = [replace(span, doubtful=True) if _is_common(span, common, parsed) else span for span in spans]
    sure: set[str] = set()
    for span in spans:
        if not span.doubtful:
            words = span.name.split()
            person = span.label == "PER" or span.form.get("person", 0.0) >= SURE
            sure |= {span.name, words[0], words[-1] if person else words[0]}
    for span in spans:
        if not span.doubtful or span.name in sure or span.name.title() in sure:
            yield span
        else:
            yield from _inside(span, sure, parsed)


def _is_common(span: NameSpan, common: set[str], parsed: Parsed) -> bool:
    """Whether the article has the word in lower case, and only its place explains its capital here."""
    if not span.opening or span.label == "PER" or span.name.lower() not in common:
        return False
    return span.evidence < SURE and find_known(span.name, parsed.language) is None


def _inside(span: NameSpan, sure: set[str], parsed: Parsed) -> Iterator[NameSpan]:
    """The names of the article that a headline in capitals holds in a row with other words, the longest first."""
    tokens = parsed.analyses[span.at].tokens
    first = span.first
    while first < span.after:
        for after in range(span.after, first, -1):
            part = Span(tokens[first].start, tokens[after - 1].end)
            if part.of(parsed.text) in sure and after - first < span.after - span.first:
                yield replace(span, span=part, name=part.of(parsed.text), first=first, after=after, cues={}, form={})
                first = after - 1
                break
        first += 1


def _with_articles(spans: list[NameSpan], types: list[EntityType], parsed: Parsed, lexicon: Lexicon) -> list[NameSpan]:
    """Surnames with the article that is part of them, which a sentence's start hides ("Yannick Le Bras")."""
    full = {skeleton(s.name) for s, kind in zip(spans, types, strict=True) if kind == "person" and " " in s.name}
    if not full:
        return spans
    endings = {" ".join(name.split()[-2:]) for name in full if len(name.split()) > 2}  # given, article
    return [_with_article(span, endings, parsed, lexicon) for span in spans]


def _with_article(span: NameSpan, endings: set[str], parsed: Parsed, lexicon: Lexicon) -> NameSpan:
    tokens = parsed.analyses[span.at].tokens
    if span.first == 0 or not endings:
        return span
    before = tokens[span.first - 1]
    if before.text.lower() not in lexicon.determiners or not before.text[0].isupper():
        return span
    wider = Span(before.start, span.span.end)
    if skeleton(wider.of(parsed.text)) not in endings:
        return span
    return replace(span, span=wider, name=wider.of(parsed.text), first=span.first - 1)


def _group(spans: list[NameSpan], types: list[EntityType], parsed: Parsed, lexicon: Lexicon) -> list[Group]:
    """The group of each mention."""
    people = [at for at, kind in enumerate(types) if kind == "person"]
    others = [at for at, kind in enumerate(types) if kind != "person"]
    other_spans, other_types = [spans[at] for at in others], [types[at] for at in others]
    aliases = find_aliases(other_spans, other_types, parsed.text, lexicon)
    present = known_keys(other_spans, parsed.language)
    grouped = dict(zip(people, group_people([spans[at] for at in people], lexicon), strict=True))
    grouped |= zip(others, group_others(other_spans, other_types, aliases, lexicon, present), strict=True)
    return [grouped[at] for at in range(len(spans))]


def entities_in(parsed: Parsed, analysis: Analysis) -> list[EntityMention]:
    """The mentions that lie in one passage."""
    return [mention for mention in parsed.entities if analysis.span.contains(mention.span)]
