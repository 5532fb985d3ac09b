"""Under which names the index knows the entities of an article, in every language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from extraction.identity import digest
from extraction.known_names import capitals, find_person, known_names
from extraction.place_ids import load_place_ids

_SHORTEST = 2


@lru_cache(maxsize=1)
def known_keys() -> Mapping[str, str]:
    """The gazetteer's keys by entity id."""
    return {digest("e", key.partition(":")[0], key): key for key in known_names()}


class ArticleNames:
    """The names that one article gives its entities, and those that the gazetteer adds.

    What the article links belongs together in it: where Séoul speaks for South Korea, each has the other's names.
    """

    def __init__(self, article_id: str, language: str) -> None:
        self._article_id = article_id
        self._language = language
        self._written: dict[str, set[str]] = defaultdict(set)
        self._links: dict[str, set[str]] = defaultdict(set)
        self._found: dict[str, frozenset[str]] = {}

    def add(self, entity_id: str, *names: str | None) -> None:
        """Note names that an entity has here. Before any name is asked for."""
        self._written[entity_id].update(name for name in names if name is not None and len(name) >= _SHORTEST)

    def link(self, entity_id: str, other: str) -> None:
        """Note that one speaks for the other."""
        self._links[entity_id].add(other)
        self._links[other].add(entity_id)

    def of(self, entity_id: str) -> frozenset[str]:
        """All names of an entity, with those of what it is linked to."""
        found = self._found.get(entity_id)
        if found is None:
            own = {name for one in (entity_id, *self._links.get(entity_id, ())) for name in self._own(one)}
            found = self._found[entity_id] = frozenset(own)
        return found

    def countries(self) -> set[str]:
        """The keys of the countries that the article names, or whose capital it names, or links something to."""
        found = set()
        for entity_id in {*self._written, *self._links}:
            key = self._key(entity_id) or ""
            place = load_place_ids().get(key)
            if place is not None:
                found.add(place.capital_of or key)
        return found

    def of_acting(self, entity_id: str) -> Iterable[str]:
        """The names of the capitals that speak for a country: for where it says or does something."""
        for capital in capitals().get(self._key(entity_id) or "", ()):
            yield from known_names()[capital]

    def _own(self, entity_id: str) -> Iterator[str]:
        yield from self._written.get(entity_id, ())
        key = self._key(entity_id)
        if key is not None:
            yield from known_names()[key]

    def _key(self, entity_id: str) -> str | None:
        """The gazetteer's key of an entity; None where it has none.

        A person with one name belongs to its article, and is known by it where the gazetteer knows one bearer alone.
        """
        known = known_keys().get(entity_id)
        if known is not None:
            return known
        for name in self._written.get(entity_id, ()):
            key = find_person(name, self._language) if " " not in name else None
            if key is not None and digest("e", "person", key, self._article_id) == entity_id:
                return key
        return None
