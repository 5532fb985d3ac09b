"""Names that speak or act for others, words that belong to a country, and ids of places elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from extraction.document import Article, Document
from extraction.languages.fr.analyser import MODEL
from extraction.names import display_name, load_gazetteer
from extraction.pipeline import Pipeline
from extraction.place_ids import external_ids_of, load_place_ids
from extraction.registry import load_packs
from extraction.stand_ins import load_metonyms
from tests.unit.extraction.sentences import rows


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(load_packs({"fr": MODEL}))


def _read(pipeline: Pipeline, language: str, sentence: str) -> Document:
    return pipeline.extract(Article(sentence, language, date(2025, 3, 4)))


@pytest.mark.parametrize(("language", "sentence", "name", "target", "reason"), rows("stand_ins.tsv", 5))
def test_link_stand_ins_only_where_the_clause_shows_an_actor(
    language: str, sentence: str, name: str, target: str, reason: str, pipeline: Pipeline
) -> None:
    mentions = [m for m in _read(pipeline, language, sentence).entities if m.span.of(sentence) == name]
    assert len(mentions) == 1
    link = mentions[0].stands_for
    assert (None if link is None else (link.entity, link.reason)) == (None if target == "-" else (target, reason))


@pytest.mark.parametrize(("language", "sentence", "expected"), rows("demonyms.tsv", 3))
def test_find_demonyms_of_people_and_bodies(language: str, sentence: str, expected: str, pipeline: Pipeline) -> None:
    found = _read(pipeline, language, sentence).demonyms
    written = [f"{mention.span.of(sentence)}={mention.entity.removeprefix('place:')}" for mention in found]
    assert "|".join(written) == expected


def test_link_stand_ins_keeps_the_entity_of_the_name(pipeline: Pipeline) -> None:
    text = "La Russie recule. Moscou dément. Le maire de Moscou se tait."
    mentions = _read(pipeline, "fr", text).entities
    assert [(m.name, m.entity) for m in mentions] == [
        ("Russie", "place:ru"),
        ("Moscou", "place:moscou"),
        ("Moscou", "place:moscou"),
    ]
    assert [None if m.stands_for is None else m.stands_for.name for m in mentions] == [None, "Russie", None]


def test_link_stand_ins_names_the_target_in_the_language_of_the_article(pipeline: Pipeline) -> None:
    names = {}
    for language, text in (("fr", "Varsovie a démenti."), ("en", "Warsaw denied it.")):
        link = _read(pipeline, language, text).entities[0].stands_for
        names[language] = None if link is None else link.name
    assert names == {"fr": "Pologne", "en": "Poland"}


def test_metonyms_and_place_ids_belong_to_the_gazetteer() -> None:
    keys = {f"{known.type}:{known.key}" for code in ("fr", "en") for known in load_gazetteer(code).values()}
    assert set(load_place_ids()) <= keys
    assert set(load_metonyms()) <= keys
    assert {metonym.target for metonym in load_metonyms().values()} <= keys
    assert all(display_name(key, code) for key in load_place_ids() for code in ("fr", "en"))


def test_external_ids_are_unique_and_well_formed() -> None:
    places = load_place_ids().values()
    codes = [p.external_ids["iso3166"] for p in places if "iso3166" in p.external_ids]
    numbers = [p.external_ids["geonames"] for p in places]
    assert len(codes) == len(set(codes)) == 249
    assert all(len(code) == 2 and code.isupper() for code in codes)
    assert all(number.isdecimal() for number in numbers)


@pytest.mark.parametrize(
    ("language", "text", "name", "ids"),
    [
        ("fr", "La France et l'Italie négocient.", "France", {"iso3166": "FR", "geonames": "3017382"}),
        ("fr", "Il vit à Séoul depuis mai.", "Séoul", {"geonames": "1835848"}),
        ("en", "He lives in Chad.", "Chad", {"iso3166": "TD", "geonames": "2434508"}),
        ("en", "Jordan Chad has resigned, the bank said.", "Jordan Chad", {}),
        ("fr", "Florence Paris a démissionné. Paris part à la retraite.", "Paris", {}),
        ("en", "The governor of Georgia vetoed the bill.", "Georgia", {}),
        ("en", "Georgia and Armenia reopened the border.", "Georgia", {"iso3166": "GE", "geonames": "614540"}),
        ("fr", "Le maire de Wellington, dans l'Ohio, proteste.", "Wellington", {}),
    ],
)
def test_external_ids_are_given_to_unambiguous_names_only(
    language: str, text: str, name: str, ids: dict[str, str], pipeline: Pipeline
) -> None:
    mention = next(m for m in _read(pipeline, language, text).entities if m.span.of(text) == name)
    assert external_ids_of(mention.entity) == ids
