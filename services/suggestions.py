"""What somebody who types may mean: words and names that begin so, and words close to those that no passage has."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from extraction.identity import fold
from models import Entity, EntityName, Passage, Revision
from search_index import Completion, Completions, Correction, Query, SearchFilters, surfaces, words
from services.errors import InvalidQuery
from services.filters import MAX_QUERY, SuggestRequest
from services.identity import name_beginnings, name_key
from services.index_sync import index_errors
from services.search_views import Change, DidYouMean, SuggestedEntity, SuggestedTerm, SuggestionsView
from services.transactions import Transactions

_MARKS = re.compile(r"[\"“”„«»:*+()\[\]]")
_MOST_WORDS = 4
"""Words at the end of what was typed that may be the beginning of one name."""

_MANY_NAMES = 500
"""Names beginning alike of which each is looked at; beyond, the best known entities are."""

_BEST_KNOWN = 1_000
_BEHIND = "\U0010ffff"
_BEFORE = 3
_SENTENCE_START = re.compile(r"(?:^|[.!?…:]|[«“\"—–-])\s*$")


class CompletingIndex(Protocol):
    """What suggestions need of the index; ``search_index.SearchIndex`` is one."""

    def complete(self, text: str, limit: int, filters: SearchFilters | None = None) -> Completions:
        """Words of passages that begin as the last word of a text."""
        ...

    def corrections(self, query: Query) -> Sequence[Correction]:
        """Close words for those of a query that no passage has."""
        ...


class Suggestions:
    """Completes what is typed, and corrects what was searched for."""

    def __init__(self, transactions: Transactions, index: CompletingIndex) -> None:
        self._transactions = transactions
        self._index = index

    def suggest(self, request: SuggestRequest) -> SuggestionsView:
        """Terms that complete the last word, most frequent first, and entities that have a name which begins so.

        Raises InvalidQuery, IndexRebuilding.
        """
        if len(request.q) > MAX_QUERY:
            raise InvalidQuery(f"a query has at most {MAX_QUERY} characters", MAX_QUERY)
        languages = () if request.language is None else (request.language.lower(),)
        with index_errors():
            found = self._index.complete(request.q, request.limit, SearchFilters(languages=languages))
        with self._transactions.reading() as session:
            written = _written_forms(session, found.items)
            entities = _entities(session, request.q, request.limit)
        terms = (SuggestedTerm(term=written[item.word], passages=item.passages) for item in found.items)
        return SuggestionsView(start=found.start, end=found.end, terms=tuple(terms), entities=tuple(entities))

    def did_you_mean(self, session: Session, query: Query) -> DidYouMean | None:
        """The query with a close known word for each that no passage has; None where there is nothing to change.

        Raises IndexRebuilding.
        """
        with index_errors():
            found = list(self._index.corrections(query))
        named = _words_of_names(session, {correction.word for correction in found})
        found = [correction for correction in found if correction.word not in named]
        if not found:
            return None
        written = _written_forms(session, [correction.to for correction in found])
        changes = [_change(query.text, correction, written[correction.to.word]) for correction in found]
        return DidYouMean(query=_changed(query.text, changes), changes=tuple(changes))


def _words_of_names(session: Session, candidates: Iterable[str]) -> set[str]:
    """Those of some folded words that an entity has as a word of its name."""
    return {
        word
        for word in candidates
        if session.scalar(
            select(EntityName.key)
            .where((EntityName.key == word) | EntityName.key.between(word + " ", word + " " + _BEHIND))
            .limit(1)
        )
    }


def _change(text: str, correction: Correction, to: str) -> Change:
    return Change(text[correction.start : correction.end], to, correction.start, correction.end)


def _changed(text: str, changes: Sequence[Change]) -> str:
    for change in sorted(changes, key=lambda change: -change.start):
        text = text[: change.start] + change.to + text[change.end :]
    return text


def _written_forms(session: Session, completions: Sequence[Completion]) -> dict[str, str]:
    """How passages write folded words: with their accents, and with a capital where that is not the sentence's."""
    wanted = {completion.word for completion in completions}
    ids = {passage for completion in completions for passage in completion.examples}
    found: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for text in _texts(session, ids):
        for word, surface in _surfaces(text, wanted):
            before = text[: text.find(surface)][-_BEFORE:]
            found[word].append((surface.isupper() or bool(_SENTENCE_START.search(before)), surface))
    return {word: _best_form(found[word]) or word for word in wanted}


def _surfaces(text: str, wanted: set[str]) -> Iterator[tuple[str, str]]:
    """The wanted words of a text, folded and as they are written."""
    initials = {word[0] for word in wanted}
    for token in surfaces(text):
        # To read every word would take longer than all the rest; an elided article hides the first letter.
        if token[0].lower() in initials or not token.isalpha() or not token[0].isascii():
            for word in words(token):
                if word.folded in wanted:
                    yield word.folded, token[word.start : word.end]


def _best_form(forms: Sequence[tuple[bool, str]]) -> str:
    """One in lower case if there is any; else one whose capital no sentence explains; else the first in lower case."""
    plain = [surface for _, surface in forms if surface.islower()]
    named = [surface for begins, surface in forms if not begins]
    return (plain or named or [surface.lower() for _, surface in forms] or [""])[0]


def _texts(session: Session, passage_ids: Iterable[str]) -> Iterator[str]:
    length = Passage.end - Passage.start
    statement = (
        select(func.substr(Revision.text, Passage.start + 1, length))
        .select_from(Passage)
        .join(Revision, (Revision.article_id == Passage.article_id) & (Revision.number == Passage.revision_number))
        .where(Passage.id.in_(passage_ids), Passage.current)
        .order_by(Passage.id)
    )
    return (text or "" for text in session.scalars(statement))


def _entities(session: Session, typed: str, limit: int) -> list[SuggestedEntity]:
    """Entities with a name or a word of it that begins so: first those that begin as more of the words typed."""
    found: dict[str, SuggestedEntity] = {}
    for beginning in name_beginnings(" ".join(fold(_MARKS.sub(" ", typed)).split()[-_MOST_WORDS:])):
        if len(found) < limit:
            found |= {entity.id: entity for entity in _named(session, beginning, limit) if entity.id not in found}
    return list(found.values())[:limit]


def _named(session: Session, beginning: str, limit: int) -> list[SuggestedEntity]:
    begins = (EntityName.key >= beginning) & (EntityName.key < beginning + _BEHIND)
    some = select(EntityName.entity_id).where(begins).limit(_MANY_NAMES)
    found: list[SuggestedEntity] = []
    if session.scalar(select(func.count()).select_from(some.subquery())) == _MANY_NAMES:
        found = _best_known(session, begins, limit)
    if len(found) < limit:
        few = Entity.id.in_(some) & (Entity.articles > 0)
        found = [*found, *_listed(session, few, limit, Entity.name_folded, Entity.id)]
    return sorted(found, key=lambda entity: (-entity.articles, name_key(entity.name), entity.id))


def _best_known(session: Session, begins: ColumnElement[bool], limit: int) -> list[SuggestedEntity]:
    """Among the entities of most articles, the first with a name that begins so; there are many such names."""
    bound = select(Entity.articles).order_by(Entity.articles.desc()).offset(_BEST_KNOWN).limit(1)
    named = select(EntityName.entity_id).where(EntityName.entity_id == Entity.id, begins).exists()
    return _listed(session, (Entity.articles > (session.scalar(bound) or 0)) & named, limit)


def _listed(
    session: Session, condition: ColumnElement[bool], limit: int, *ties: InstrumentedAttribute[str]
) -> list[SuggestedEntity]:
    """By the count alone, entities are read in the order of an index, and no further than need be."""
    statement = select(Entity.id, Entity.type, Entity.name, Entity.articles).where(condition)
    ordered = statement.order_by(Entity.articles.desc(), *ties).limit(limit)
    return [
        SuggestedEntity(id=identifier, type=kind, name=name, articles=articles)
        for identifier, kind, name, articles in session.execute(ordered)
    ]
