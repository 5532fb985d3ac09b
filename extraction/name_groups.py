"""Which names of an article name the same: a surname its one bearer, an acronym the body that it stands behind.

A surname alone belongs to the one full name that has it; where two people share it, it belongs to the one of whom the
title before it ("Mme") allows it, else to neither.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extraction.document import EntityType
from extraction.lexicon import Gender, Lexicon, plain
from extraction.name_spans import NameSpan
from extraction.name_types import bare
from extraction.names import KnownName, find_known, skeleton

_MOST = 40


@dataclass(slots=True, eq=False)
class Group:
    """Names of one entity, with how often each stands in the article."""

    type: EntityType
    key: str
    names: Counter[str] = field(default_factory=Counter)
    genders: set[Gender] = field(default_factory=set)

    @property
    def fullest(self) -> str:
        """The name with most words; in capitals only where the article has no other."""
        return max(
            self.names,
            key=lambda name: (len(name.split()), not _shouted(name), self.names[name], len(name), name),
        )


def _shouted(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    return len(letters) > 5 and all(c.isupper() for c in letters)  # longer than most acronyms


def group_people(spans: Sequence[NameSpan], lexicon: Lexicon) -> list[Group]:
    """The group of each mention of a person, in the order given."""
    return _People(spans, lexicon).assign()


class _People:
    def __init__(self, spans: Sequence[NameSpan], lexicon: Lexicon) -> None:
        self._spans, self._lexicon = spans, lexicon
        self._by_part: dict[str, list[Group]] = defaultdict(list)

    def assign(self) -> list[Group]:
        """Full names first; then what is part of exactly one of them."""
        found: dict[tuple[str, Gender], Group] = {}
        first = {span.name: span.span.start for span in reversed(self._spans)}
        counts = Counter((span.name, self._gender(span)) for span in self._spans)
        for name, gender in sorted(counts, key=lambda n: (-len(self._parts(n[0])), first[n[0]], n[1])):
            group = self._find(name, gender) or self._add(name)
            group.names[name] += counts[name, gender]
            for part in set(self._parts(name)):
                if group not in self._by_part[part][-_MOST:]:
                    self._by_part[part].append(group)
            group.genders |= {gender, self._given_gender(name)} - {""}
            found[name, gender] = group
        return [found[span.name, self._gender(span)] for span in self._spans]

    def _gender(self, span: NameSpan) -> Gender:
        """Of the title before a surname alone; a full name tells itself."""
        return span.gender if len(self._parts(span.name)) == 1 else ""

    def _given_gender(self, name: str) -> Gender:
        given = plain(name.split(maxsplit=1)[0])
        feminine, masculine = given in self._lexicon.feminine_names, given in self._lexicon.masculine_names
        return "" if feminine == masculine or " " not in name else "f" if feminine else "m"

    def _add(self, name: str) -> Group:
        known = self._known(name)
        return Group("person", f"person:{known.key if known is not None else skeleton(name)}")

    def _known(self, name: str) -> KnownName | None:
        """The person of the gazetteer, unless the article has another with that surname."""
        known = find_known(name, self._lexicon.language)
        if known is None or known.type != "person":
            return None
        parts = self._parts(name)
        rivals = [g for g in self._near(parts) if g.key != f"person:{known.key}" and self._fits(parts, g)]
        return known if len(parts) > 1 or not rivals else None

    def _parts(self, name: str) -> tuple[str, ...]:
        lexicon = self._lexicon
        return tuple(
            p for p in skeleton(name).split() if p not in lexicon.particles and plain(p) not in lexicon.honorifics
        )

    def _near(self, parts: tuple[str, ...]) -> list[Group]:
        """Groups that share the first or last part; of more than a newsroom's largest family, the first ones."""
        if not parts:
            return []
        found = self._by_part[parts[-1]][:_MOST]
        return found + [g for g in self._by_part[parts[0]][:_MOST] if g not in found] if len(parts) > 1 else found

    def _fits(self, parts: tuple[str, ...], group: Group) -> bool:
        return any(_same_person(parts, self._parts(full)) for full in group.names)

    def _find(self, name: str, gender: Gender) -> Group | None:
        known, parts = self._known(name), self._parts(name)
        if known is not None:
            same = [g for g in self._near(parts) if g.key == f"person:{known.key}" and not _clash(g.genders, gender)]
            if same:
                return same[0]
        fits = [g for g in self._near(parts) if self._fits(parts, g)]
        if len(parts) == 1:
            by_surname = [g for g in fits if any(self._parts(full)[-1:] == parts for full in g.names)]
            fits = by_surname or fits
        fits = [g for g in fits if not _clash(g.genders, gender)]
        if len(fits) > 1 and gender:
            fits = [g for g in fits if gender in g.genders] or fits
        return fits[0] if len(fits) == 1 else None


def _clash(genders: set[Gender], gender: Gender) -> bool:
    return bool(gender) and bool(genders) and gender not in genders


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


def group_others(
    spans: Sequence[NameSpan],
    types: Sequence[EntityType],
    aliases: Mapping[str, str],
    lexicon: Lexicon,
    present: frozenset[str],
) -> list[Group]:
    """The group of each mention of what is no person. ``aliases`` leads from short to long names, both bare.

    ``present`` holds the gazetteer's keys of what else the article names, for names that need company.
    """
    groups: dict[str, Group] = {}
    by_name = {bare(span.name, lexicon): kind for span, kind in zip(spans, types, strict=True)}
    written = {bare(span.name, lexicon): span.name for span in reversed(spans)}
    assigned = []
    for span, kind in zip(spans, types, strict=True):
        name = bare(span.name, lexicon)
        full = aliases.get(name, name)
        known = find_known(written.get(full, full), lexicon.language) or find_known(span.name, lexicon.language)
        kind = by_name.get(full, kind)  # noqa: PLW2901  # an alias has the type of its long name
        if known is not None and known.type == "person":
            known = None
        sure = known is None or not known.needs or not known.needs.isdisjoint(present)
        key = f"{kind}:{full}" if known is None else f"{known.type}:{known.key}{'' if sure else '?'}"
        group = groups.setdefault(key, Group(known.type if known is not None else kind, key))
        group.names[span.name] += 1
        assigned.append(group)
    return assigned


def known_keys(spans: Sequence[NameSpan], language: str) -> frozenset[str]:
    """The gazetteer's keys of what an article names beyond doubt."""
    found = (find_known(span.name, language) for span in spans)
    return frozenset(known.key for known in found if known is not None and not known.needs)
