"""French expressions of time, mostly counted from Wednesday 19 June 2024."""

from __future__ import annotations

import pytest

from extraction.expressions import find_times
from extraction.spans import Span
from tests.unit.extraction.expressions.reading import PUBLISHED, edtf_in, times_in


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("le 4 mai 2021", "2021-05-04"),
        ("le 1er avril", "2024-04-01"),
        ("le 20 juin dernier", "2023-06-20"),
        ("le 31/12/2019", "2019-12-31"),
        ("2022-03-05", "2022-03-05"),
        ("le 4 mai 2021 à 20h54", "2021-05-04T20:54:00"),
        ("le 4 mai 2021 à 9 h 30 GMT", "2021-05-04T09:30:00Z"),
        ("mercredi", "2024-06-19"),
        ("jeudi soir", "2024-06-13"),
        ("lundi dernier", "2024-06-17"),
        ("lundi prochain", "2024-06-24"),
        ("lundi en huit", "2024-07-01"),
        ("mardi de la semaine dernière", "2024-06-11"),
        ("dans la nuit de samedi à dimanche", "2024-06-15/2024-06-16"),
        ("hier", "2024-06-18"),
        ("avant-hier", "2024-06-17"),
        ("après-demain", "2024-06-21"),
        ("ce soir à 8 heures", "2024-06-19T20:00:00"),
        ("cette semaine", "2024-06-17/2024-06-23"),
        ("la semaine prochaine", "2024-06-24/2024-06-30"),
        ("le week-end dernier", "2024-06-15/2024-06-16"),
        ("le mois dernier", "2024-05"),
        ("l'an dernier", "2023"),
        ("l\u2019année prochaine", "2025"),
        ("en mars", "2024-03"),
        ("depuis septembre", "2023-09"),
        ("septembre dernier", "2023-09"),
        ("fin 2014", "2014"),
        ("début mars", "2024-03"),
        ("mi-avril 2022", "2022-04"),
        ("en 2015", "2015"),
        ("depuis 2015", "2015/.."),
        ("d'ici à 2030", "2030"),
        ("entre 2010 et 2015", "2010/2015"),
        ("la saison 2022-2023", "2022/2023"),
        ("les années 1990", "1990/1999"),
        ("dans les années 60", "1960/1969"),
        ("l'automne dernier", "2023-23"),
        ("à l'été 2021", "2021-22"),
        ("du 3 au 5 mai", "2024-05-03/2024-05-05"),
        ("du 28 avril au 2 mai 2023", "2023-04-28/2023-05-02"),
        ("les 3, 4 et 5 mai", "2024-05-03/2024-05-05"),
        ("l'hiver 2021-2022", "2021-24"),
        ("mardi 18 juin 2024 à 10 heures", "2024-06-18T10:00:00"),
        ("en mai 68", "1968-05"),
        ("de mars à mai 2020", "2020-03/2020-05"),
        ("au premier trimestre 2023", "2023-01/2023-03"),
        ("la première quinzaine d'avril", "2024-04-01/2024-04-15"),
        ("le deuxième dimanche de mai 2024", "2024-05-12"),
        ("il y a trois jours", "2024-06-16"),
        ("il y a deux ans", "2022"),
        ("Noël", "2023-12-25"),
        ("le lundi de Pâques 2024", "2024-04-01"),
        ("le 14-Juillet", "2023-07-14"),
    ],
)
def test_times_resolve_against_the_publication(text: str, edtf: str) -> None:
    assert edtf_in(text, "fr", "past") == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("jeudi", "2024-06-20"),
        ("de lundi à mercredi", "2024-06-24/2024-06-26"),
        ("le 3 mai", "2025-05-03"),
        ("en mars", "2025-03"),
        ("à l'automne", "2024-23"),
    ],
)
def test_times_look_ahead_where_the_verb_is_in_the_future(text: str, edtf: str) -> None:
    assert edtf_in(text, "fr", "future") == [edtf]


def test_times_so_far_ahead_are_dates_unless_the_verb_is_past() -> None:
    assert edtf_in("Le phare rouvre dans deux mois", "fr") == ["2024-08"]
    assert edtf_in("Le phare a rouvert dans deux mois", "fr", "past") == []


def test_times_take_a_day_soon_to_come_where_no_verb_says() -> None:
    assert edtf_in("les régates du 30 juin", "fr") == ["2024-06-30"]
    assert edtf_in("la tempête du 7 octobre", "fr") == ["2023-10-07"]


@pytest.mark.parametrize(
    "text",
    [
        "récemment", "à ce stade", "en début de soirée", "pendant vingt ans", "2000 personnes", "plus de 2000 ruches",
        "tous les lundis", "le dimanche, il pêche", "le marché de Noël", "la planète Mars", "le monde de demain",
        "1500 euros", "l'A86", "le 32 mars", "le lendemain du scrutin",
    ],
)  # fmt: skip
def test_times_leave_out_what_names_no_day(text: str) -> None:
    assert edtf_in(text, "fr", "past") == []


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("La ferme a ouvert lundi une cave voûtée.", ["2024-06-17"]),
        ("Elle a vendu samedi un voilier.", ["2024-06-15"]),
        ("Il a pêché mardi deux raies.", ["2024-06-18"]),
        ("Le port a reçu jeudi cinq voiliers.", ["2024-06-13"]),
        ("Le bac a transporté lundi 12 chevaux.", ["2024-06-17"]),
        ("Le bac a transporté lundi 3 200 moutons.", ["2024-06-17"]),
        ("Le bac est resté bloqué trois heures mardi.", ["2024-06-18"]),
        ("Il a sombré mardi deux heures après son départ.", ["2024-06-18"]),
        ("Le pont ferme de 6 h à 9 h jeudi matin.", ["2024-06-13"]),
        ("rendez-vous samedi 22", ["2024-06-22"]),
        ("lundi 1er à 9 heures", ["2024-07-01T09:00:00"]),
        ("mardi à une heure du matin", ["2024-06-18T01:00:00"]),
        ("Le lac a été 2000 fois sondé.", []),
        ("Mars, la planète rouge, luit.", []),
        ("Avril Morel, bergère, tond.", []),
        ("Le phare (1748) penche.", ["1748"]),
        ("Il y a trois jours de fête par an.", []),
        ("Il y a deux siècles, on y pêchait.", [None]),
        ("Noël Morel pêche. Le Printemps des ports revient à Saint-Jean.", []),
        ("On l'ouvre à Noël.", ["2023-12-25"]),
        ("Le 3 juillet 987, il est sacré.", []),
        ("Le 14 juin 1830 on débarque ; le 5 juillet, on entre.", ["1830-06-14", None]),
        ("Le 4 mai 2021, la digue cède. En mai de la même année, on la relève.", ["2021-05-04", "2021-05"]),
        ("Le 4 mai 2021, la digue cède. Le 5 mars, elle recède.", ["2021-05-04", "2024-03-05"]),
        ("Le moulin moud dans une année de pluie.", []),
    ],
)
def test_times_take_no_article_or_count_for_an_hour_or_a_day(text: str, edtf: list[str]) -> None:
    assert edtf_in(text, "fr", "past") == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("La ferme compte aujourd'hui 12 ruches et un rucher d'été.", [None]),
        ("Aujourd'hui, cependant, il a plu.", [None]),
        ("Aujourd'hui", ["2024-06-19"]),
        ("Le conseil se réunit aujourd'hui pour parler du port.", ["2024-06-19"]),
        ("La traversée part aujourd'hui à 15 heures du vieux port.", ["2024-06-19T15:00:00"]),
    ],
)
def test_times_take_todays_that_may_mean_nowadays_for_no_date(text: str, edtf: list[str | None]) -> None:
    assert edtf_in(text, "fr") == edtf


def test_times_count_from_a_day_of_the_passage_before() -> None:
    first, second, third = "Le 12 mars 2019, la digue cède.", "Le surlendemain, l'eau baisse.", "On reconstruit."
    text = f"{first}\n{second}\n{third}\n{second}"
    starts = [0, len(first) + 1, len(first) + len(second) + 2, len(first) + len(second) + len(third) + 3]
    spans = [Span(at, at + len(part)) for at, part in zip(starts, (first, second, third, second), strict=True)]
    found = find_times(text, spans, "fr", None)
    assert [(t.edtf, t.basis) for t in found] == [
        ("2019-03-12", "explicit"),
        ("2019-03-14", "context"),
        (None, "unresolved"),
    ]


def test_times_keep_the_day_in_play_past_an_earlier_year_but_not_past_a_later_one() -> None:
    assert edtf_in("Le 12 mars 2019, la digue de 1990 cède. La veille, il pleuvait.", "fr")[-1] == "2019-03-11"
    assert edtf_in("Le 12 mars 2019, la digue cède. En 2022, elle recède. La veille, il pleuvait.", "fr")[-1] is None


def test_times_count_from_the_date_in_play() -> None:
    text = "Le 12 mars 2019, la digue cède. Le lendemain, on évacue. Trois jours plus tard, l'eau baisse."
    found = times_in(text, "fr")
    assert [(t.edtf, t.basis) for t in found] == [
        ("2019-03-12", "explicit"),
        ("2019-03-13", "context"),
        ("2019-03-16", "context"),
    ]


@pytest.mark.parametrize("text", ["mercredi", "en mars", "le 4 mai", "hier", "l'an dernier", "il y a trois jours"])
def test_times_without_a_publication_date_stay_unresolved(text: str) -> None:
    [found] = times_in(text, "fr", None)
    assert (found.edtf, found.basis) == (None, "unresolved")
    assert found.reason


@pytest.mark.parametrize("text", ["Le lendemain, on évacue.", "six mois plus tard", "il y a près de vingt ans"])
def test_times_without_anything_to_count_from_say_why(text: str) -> None:
    [found] = times_in(text, "fr")
    assert (found.edtf, found.basis) == (None, "unresolved")
    assert found.reason


def test_times_that_name_several_separate_days_are_no_stretch() -> None:
    [found] = times_in("les 12 et 19 juin 2024", "fr")
    assert (found.edtf, found.basis) == (None, "unresolved")


@pytest.mark.parametrize("text", ["la loi n° 2024-42", "la directive 2019/790", "de 1000 à 5000"])
def test_times_take_no_document_number_for_a_year(text: str) -> None:
    assert times_in(text, "fr") == ()


def test_times_ask_for_the_tense_at_their_own_offset() -> None:
    asked: list[int] = []
    text = "On pêche; 🐟 jeudi."
    find_times(text, [Span(0, len(text))], "fr", PUBLISHED, asked.append)
    assert set(asked) == {text.index("jeudi")}


def test_times_keep_to_the_spans_given() -> None:
    text = "le 4 mai 2021\n\nle 5 mai 2021"
    found = find_times(text, [Span(15, len(text))], "fr", None)
    assert [t.span.of(text) for t in found] == ["le 5 mai 2021"]
