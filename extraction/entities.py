"""Names in an article, grouped by who or what they name.

The recogniser's labels are only votes: a name has one type in an article. A gazetteer and the words around a name
("le ministre", "M.") outvote it. A surname alone belongs to the one full name that has it; where two people share
it, it belongs to neither.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from extraction.analysis import Analysis, Parsed
from extraction.document import EntityMention, EntityType
from extraction.identity import fold
from extraction.lexicon import Lexicon, plain
from extraction.name_spans import NameSpan, find_name_spans
from extraction.names import find_known, skeleton

_TYPES: dict[str, EntityType] = {"PER": "person", "ORG": "organization", "LOC": "place", "MISC": "other"}
_ORDER = ("person", "organization", "place", "other")


@dataclass(slots=True)
class _Group:
    type: EntityType
    key: str
    names: Counter[str]
    first: int

    @property
    def fullest(self) -> str:
        return max(self.names, key=lambda name: (len(name.split()), self.names[name], len(name), name))


def find_entities(parsed: Parsed, lexicon: Lexicon) -> tuple[EntityMention, ...]:
    """Entity mentions in order of their start; ``entity`` is the same for all mentions of one entity."""
    spans = [span for analysis in parsed.analyses for span in find_name_spans(parsed.text, analysis, lexicon)]
    types = _vote(spans)
    people = _people([s for s in spans if types[fold(s.name)] == "person"], lexicon)
    others = _others([s for s in spans if types[fold(s.name)] != "person"], types, parsed)
    groups = {**others, **people}
    mentions = [
        EntityMention(s.span, groups[s.name].type, groups[s.name].fullest, groups[s.name].key)
        for s in spans
        if s.name in groups
    ]
    return tuple(sorted(mentions, key=lambda mention: mention.span))


def _vote(spans: list[NameSpan]) -> dict[str, EntityType]:
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for span in spans:
        votes[fold(span.name)][_TYPES.get(span.label, "other")] += span.weight
    winners = {name: max(count, key=lambda t: (count[t], -_ORDER.index(t))) for name, count in votes.items()}
    for name in winners:
        known = find_known(next(s.name for s in spans if fold(s.name) == name))
        if known is not None:
            winners[name] = known.type
    surnames = {skeleton(n).split()[-1] for n, t in winners.items() if t == "person" and " " in n}
    for name in winners:
        if " " not in name and skeleton(name) in surnames and find_known(name.title()) is None:
            winners[name] = "person"
    return winners


def _people(spans: list[NameSpan], lexicon: Lexicon) -> dict[str, _Group]:
    """Groups by the name as written. Full names first; then what is part of exactly one of them."""
    counts = Counter(s.name for s in spans)
    first = {s.name: s.span.start for s in reversed(spans)}
    groups: list[_Group] = []
    found: dict[str, _Group] = {}
    for name in sorted(counts, key=lambda n: (-len(_parts(n, lexicon)), first[n])):
        group = _find_person(name, groups, lexicon)
        if group is None:
            known = find_known(name)
            key = known.key if known is not None and known.type == "person" else skeleton(name)
            group = _Group("person", f"person:{key}", Counter(), first[name])
            groups.append(group)
        group.names[name] += counts[name]
        found[name] = group
    return found


def _parts(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(p for p in skeleton(name).split() if p not in lexicon.particles and plain(p) not in lexicon.honorifics)


def _find_person(name: str, groups: list[_Group], lexicon: Lexicon) -> _Group | None:
    known, parts = find_known(name), _parts(name, lexicon)
    if known is not None:
        same = [g for g in groups if g.key == f"person:{known.key}"]
        if same:
            return same[0]
    fits = [g for g in groups if any(_same_person(parts, _parts(full, lexicon)) for full in g.names)]
    if len(parts) == 1:
        by_surname = [g for g in fits if any(_parts(full, lexicon)[-1:] == parts for full in g.names)]
        fits = by_surname or fits
    return fits[0] if len(fits) == 1 else None


def _same_person(part: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a name may be short for another: all of it, the surname, initials, or some of it in order."""
    if not part or len(part) > len(full):
        return False
    if len(part) == 1:
        return part[0] in full
    waiting = list(full)
    for word in part:
        match = next((w for w in waiting if w == word or (len(word) == 1 and w.startswith(word))), None)
        if match is None:
            return False
        waiting = waiting[waiting.index(match) + 1 :]
    return part[-1] == full[-1] or part[0] == full[0]


def _others(spans: list[NameSpan], types: dict[str, EntityType], parsed: Parsed) -> dict[str, _Group]:
    aliases = _acronyms(spans, parsed.text)
    groups: dict[str, _Group] = {}
    found: dict[str, _Group] = {}
    for span in spans:
        named = aliases.get(span.name, span.name)
        known, kind = find_known(named) or find_known(span.name), types[fold(span.name)]
        key = f"{known.type}:{known.key}" if known is not None else f"{kind}:{fold(named)}"
        group = groups.setdefault(
            key, _Group(known.type if known else types.get(fold(named), kind), key, Counter(), span.span.start)
        )
        group.names[span.name] += 1
        found[span.name] = group
    return found


def _acronyms(spans: Iterable[NameSpan], text: str) -> dict[str, str]:
    """Acronym -> the name that it stands behind in brackets ("Organisation de coopération de Shanghai (OCS)")."""
    ordered = list(spans)
    aliases: dict[str, str] = {}
    for before, after in pairwise(ordered):
        between = text[before.span.end : after.span.start]
        closed = text[after.span.end : after.span.end + 1] == ")"
        if between.strip() == "(" and closed and after.name.isupper() and _initials(after.name, before.name):
            aliases[after.name] = before.name
    return aliases


def _initials(acronym: str, name: str) -> bool:
    """Whether two letters of the acronym, or its first, begin words of the name, in whatever order or language."""
    words = {w[0] for w in fold(name).replace("'", " ").split() if len(w) > 2}
    letters = fold(acronym)
    return len(words) > 1 and len(words & set(letters)) >= min(2, len(letters))


def entities_in(parsed: Parsed, analysis: Analysis) -> list[EntityMention]:
    """The mentions that lie in one passage."""
    return [mention for mention in parsed.entities if analysis.span.contains(mention.span)]
