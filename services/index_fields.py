"""What mentions, links and facts tell the index of each passage: names, speakers, values and traits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from extraction.offices import office_names
from models import Entity, EntityLink, Fact, FactEntity, Mention
from services.index_names import ArticleNames, known_keys
from services.values import number_values, time_values
from services.views import Json

_ROLES = ("speaker", "subject", "object", "of", "place")
_ACTING = ("speaker", "subject")
_COUNTRIES = {"fr": frozenset({"place:fr"})}
"""What a text in a language is about where nothing says it."""
_TRAITS = ("person", "place", "organization")


@dataclass(slots=True)
class PassageFields:
    """What is known of one passage.

    ``meant`` are entities that its facts have and its words need not name; ``speakers`` are those who are quoted, and
    ``quoted`` the words for those of them who are no entity ("les syndicats").
    """

    entities: set[str] = field(default_factory=set)
    meant: set[str] = field(default_factory=set)
    acting: set[str] = field(default_factory=set)
    speakers: set[str] = field(default_factory=set)
    quoted: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    traits: set[str] = field(default_factory=set)

    def names(self, names: ArticleNames) -> set[str]:
        """All names of its entities, in every language."""
        found = {name for entity in self.entities | self.meant for name in names.of(entity)}
        for entity in self.acting:
            found.update(names.of_acting(entity))
        return found | self.offices

    def speaker_names(self, names: ArticleNames) -> set[str]:
        """Names of who is quoted."""
        return self.quoted | {name for entity in self.speakers for name in names.of(entity)}


@dataclass(frozen=True, slots=True)
class ArticleFields:
    """An article's names and demonyms (a word and the country that it belongs to), and its passages by id.

    ``language`` is a primary tag; ``country`` that of its source.
    """

    language: str
    country: str | None
    names: ArticleNames
    demonyms: list[tuple[str, str]] = field(default_factory=list)
    passages: defaultdict[str, PassageFields] = field(default_factory=lambda: defaultdict(PassageFields))
    _about: list[frozenset[str]] = field(default_factory=list)

    @property
    def countries(self) -> frozenset[str]:
        """The keys of the countries that it is about, or its source is of; where it names none, of its language."""
        if not self._about:
            found = self.names.countries() | {known_keys().get(country, "") for _, country in self.demonyms}
            found |= {f"place:{self.country.lower()}"} if self.country is not None else set()
            self._about.append(frozenset(found - {""}) or _COUNTRIES.get(self.language, frozenset()))
        return self._about[0]

    def of(self, passage_id: str, words: str) -> PassageFields:
        """What is known of a passage with these words."""
        found = self.passages[passage_id]
        found.offices.update(office_names(words, self.language, self.countries))
        if self.demonyms:
            lowered = words.lower()
            found.meant.update(country for word, country in self.demonyms if _has_word(lowered, word))
        return found


def read_fields(session: Session, articles: Mapping[str, tuple[str, str | None, str]]) -> dict[str, ArticleFields]:
    """The fields of articles, given by id their language (a primary tag), source's country and text: three queries."""
    fields = {
        article_id: ArticleFields(language, country, ArticleNames(article_id, language))
        for article_id, (language, country, _) in articles.items()
    }
    _read_mentions(session, fields, {article_id: text for article_id, (_, _, text) in articles.items()})
    _read_facts(session, fields)
    _read_links(session, fields)
    return fields


def _read_mentions(session: Session, articles: Mapping[str, ArticleFields], texts: Mapping[str, str]) -> None:
    m = Mention
    statement = (
        select(m.article_id, m.passage_id, m.kind, m.start, m.end, m.entity_id, m.name, m.payload)
        .add_columns(Entity.type, Entity.name)
        .outerjoin(Entity, Entity.id == m.entity_id)
        .where(m.article_id.in_(articles))
    )
    for article_id, passage_id, kind, start, end, entity_id, *rest in session.execute(statement):
        name, payload, entity_type, known_as = rest
        article = articles[article_id]
        found = article.passages[passage_id]
        if entity_id is not None:
            found.entities.add(entity_id)
            article.names.add(entity_id, name, known_as, texts[article_id][start:end])
            found.traits.add(entity_type if entity_type in _TRAITS else "")
        else:
            found.traits.add(kind)
            found.values.update(_values(payload or {}))


def _values(payload: Json) -> Sequence[str]:
    if "edtf" in payload:
        return tuple(time_values(payload["edtf"])) if payload["edtf"] is not None else ()
    return tuple(number_values(payload.get(bound) for bound in ("value", "lower", "upper")))


def _read_facts(session: Session, articles: Mapping[str, ArticleFields]) -> None:
    """Who speaks, and who takes part, also where a pronoun or nothing at all names them."""
    plays = and_(FactEntity.fact_id == Fact.id, FactEntity.role.in_(_ROLES))
    statement = (
        select(Fact.article_id, Fact.passage_id, Fact.kind, Fact.speaker_folded, Fact.speaker_id)
        .add_columns(FactEntity.entity_id, FactEntity.role)
        .outerjoin(FactEntity, plays)
        .where(Fact.article_id.in_(articles), Fact.current)
    )
    for article_id, passage_id, kind, speaker, speaker_id, entity_id, role in session.execute(statement):
        found = articles[article_id].passages[passage_id]
        if kind == "quotation":
            found.traits.add("quotation")
        if speaker_id is not None:
            found.speakers.add(speaker_id)
        elif speaker is not None:
            found.quoted.add(speaker.strip())
        if entity_id is not None:
            found.meant.add(entity_id)
            if role in _ACTING:
                found.acting.add(entity_id)


def _read_links(session: Session, articles: Mapping[str, ArticleFields]) -> None:
    statement = select(EntityLink.article_id, EntityLink.entity_id, EntityLink.name, EntityLink.target_id).where(
        EntityLink.article_id.in_(articles)
    )
    for article_id, entity_id, name, target_id in session.execute(statement):
        if entity_id is not None:
            articles[article_id].names.link(entity_id, target_id)
        else:
            articles[article_id].demonyms.append((name, target_id))


def _has_word(text: str, word: str) -> bool:
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (at and text[at - 1].isalnum()) and not text[end : end + 1].isalnum():
            return True
        at = text.find(word, at + 1)
    return False
