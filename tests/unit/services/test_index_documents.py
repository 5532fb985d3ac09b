"""What the index is told of passages, seen through what search finds by it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.filters import SearchRequest
from services.index_documents import all_documents
from services.newsroom import Newsroom, open_newsroom
from services.records import SourceRecord
from tests.fakes.gazetteer_extractor import GazetteerExtractor
from tests.fakes.records import record

ELSEWHERE = "Rien à signaler au port.\n\nLes pêcheurs dorment."


@pytest.fixture
def known(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(data_dir=tmp_path, extractor=GazetteerExtractor()) as opened:
        yield opened


def _submit(newsroom: Newsroom, text: str, language: str = "fr", number: int = 0) -> None:
    given = record(external_id=f"n{number}", url=None, title=None, text=text, language=language)
    newsroom.articles.submit(given)


def _found(newsroom: Newsroom, query: str) -> list[str]:
    return [hit.passage.text for hit in newsroom.search.search(SearchRequest(q=query)).items]


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("fr", "La RPDC tire un missile.", "Corée"),
        ("fr", "La RPDC tire un missile.", "North Korea"),
        ("fr", "La Corée du Nord tire un missile.", "RPDC"),
        ("fr", "La Corée du Nord tire un missile.", "DPRK"),
        ("en", "North Korea fires a missile.", "Corée"),
        ("fr", "Poutine se tait.", "Putin"),
        ("en", "Vladimir Putin is silent.", "Poutine"),
        ("en", "Putin and Vladimir Putin agree.", "Poutine"),
        ("fr", "L'OTAN se réunit.", "NATO"),
        ("fr", "L'OTAN se réunit.", "N.A.T.O."),
        ("en", "The U.N. meets.", "ONU"),
        ("fr", "L'ONU se réunit.", "UN"),
        ("fr", "L'OMS alerte.", "WHO"),
        ("en", "Russia sends boats.", "navires russes"),
        ("fr", "La Corée du Sud envoie ses bateaux.", "South Korean ships"),
        ("fr", "Séoul dément.", "Corée"),
        ("fr", "Séoul dément.", "South Korea"),
        ("en", "Seoul denies it.", "Corée"),
    ],
)
def test_index_finds_an_entity_under_its_other_names(known: Newsroom, language: str, text: str, query: str) -> None:
    _submit(known, ELSEWHERE, number=1)
    _submit(known, text, language)
    assert _found(known, query) == [text]


def test_index_gives_a_country_the_name_of_the_capital_that_speaks_for_it_in_the_article(known: Newsroom) -> None:
    country = "La Corée du Sud maintient ses exercices."
    _submit(known, f"Séoul dément.\n\n{country}")
    _submit(known, f"Séoul est en fête.\n\n{country}", number=1)
    assert sorted(_found(known, "Séoul")) == [country, "Séoul dément.", "Séoul est en fête."]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Martin est maire.", "Jean"),  # nobody says which Martin
        ("La Corée du Sud se tait.", "Séoul"),  # does not act, and nothing speaks for it here
        ("Xavier Poutine est pêcheur.", "Vladimir"),
        ("Séoul est en fête.", "Corée"),
        ("L'Élysée est fermé.", "France"),
    ],
)
def test_index_adds_no_name_without_a_warrant(known: Newsroom, text: str, query: str) -> None:
    _submit(known, "Jean Martin est pêcheur.", number=1)
    _submit(known, text)
    assert text not in _found(known, query)


@pytest.mark.parametrize(
    ("text", "country", "found"),
    [
        ("Le ministre de l'Intérieur se tait.", "FR", 1),
        ("Le ministre de l'Intérieur se tait.", None, 1),  # a text in French that names no country
        ("Le ministre de l'Intérieur se tait.", "BE", 0),
        ("Le ministre de l'Intérieur se tait à Berlin.", None, 0),
        ("Le ministre de l'Intérieur se tait à Paris.", "BE", 1),
        ("Le ministre allemand se tait.", "FR", 0),
    ],
)
def test_index_gives_an_office_the_name_of_its_seat(
    known: Newsroom, text: str, country: str | None, found: int
) -> None:
    source = SourceRecord(name="Le Goéland", country=country)
    known.articles.submit(record(external_id="n0", url=None, title=None, text=text, source=source))
    assert len(_found(known, "Beauvau")) == found


def test_index_knows_the_words_of_a_country_where_the_article_links_them_to_it(known: Newsroom) -> None:
    _submit(known, "Des marins vus par les Russes.")
    _submit(known, "Une salade russe.", number=1)
    assert _found(known, "Russia") == ["Des marins vus par les Russes."]


def test_index_knows_who_is_quoted_where_another_passage_names_him(known: Newsroom) -> None:
    quoted = "« Tout va bien », a dit Yanis Obertin."
    _submit(known, f"{quoted}\n\nRien d'autre.")
    document = next(d for _, found in all_documents(known.transactions) for d in found if d.text == quoted)
    assert document.speakers == ("Yanis Obertin",)
    assert document.traits == ("person", "quotation")


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("fr", "Plus de 3 000 barques.", ("3000",)),
        ("fr", "Trois mille barques.", ("3000",)),
        ("en", "Two dozen boats.", ("24",)),
        ("fr", "Entre 2,5 et 3 millions de barques.", ("2500000", "3000000")),
        ("fr", "Un pêcheur sur trois.", ("0.333333333",)),
        ("fr", "Le 19 juin 2024, il pleuvait.", ("2024", "2024-06", "2024-06-19")),
        ("fr", "Hier, il pleuvait.", ("2024", "2024-05", "2024-05-01")),
        ("en", "It rained in June 2023.", ("2023", "2023-06")),
        ("fr", "Il pleuvra un jour.", ()),
    ],
)
def test_index_has_quantities_and_dates_in_one_form(
    known: Newsroom, language: str, text: str, values: tuple[str, ...]
) -> None:
    _submit(known, text, language)
    (document,) = next(iter(all_documents(known.transactions)))[1]
    assert document.values == values


@pytest.mark.parametrize(
    ("language", "text", "traits"),
    [
        ("fr", "Le port est fermé en raison d’une tempête.", ("cause",)),
        ("fr", "Le port est fermé, car il pleut.", ("cause",)),
        ("fr", "Un car attend au port.", ()),
        ("fr-CA", "Fermé à cause de la pluie.", ("cause",)),
        ("en", "Closed because of rain.", ("cause",)),
        ("en", "Rain became a cause célèbre.", ()),
        ("fr", "L'ONU compte 40 barques à Paris en 2023.", ("organization", "place", "quantity", "time")),
    ],
)
def test_index_says_what_a_passage_has(known: Newsroom, language: str, text: str, traits: tuple[str, ...]) -> None:
    _submit(known, text, language)
    (document,) = next(iter(all_documents(known.transactions)))[1]
    assert document.traits == traits


def test_index_knows_the_heading_above_a_passage(known: Newsroom) -> None:
    _submit(known, "Il fait beau.\n\nUn été au port\n\nLes barques sortent.\n\nElles rentrent.")
    _submit(known, "Autre article.\n\nSans titre ici.", number=1)
    headings = {d.text: d.heading for _, found in all_documents(known.transactions) for d in found}
    above = "Un été au port"
    assert headings == {
        "Il fait beau.": "",
        above: "",
        "Les barques sortent.": above,
        "Elles rentrent.": above,
        "Autre article.": "",
        "Sans titre ici.": "",
    }


def test_index_takes_a_passage_for_changed_when_its_names_are(known: Newsroom) -> None:
    country = "La Corée du Sud se tait."
    seen = set()
    for opening in ("Séoul est en fête.", "Séoul dément."):
        _submit(known, f"{opening}\n\n{country}")
        seen |= {d.fingerprint for _, found in all_documents(known.transactions) for d in found if d.text == country}
    assert len(seen) == 2
