"""French quantities: values, units, qualifiers, and numbers that are none."""

from __future__ import annotations

import pytest

from extraction.expressions import number_spans
from extraction.spans import Span
from tests.unit.extraction.expressions.reading import quantities_in, values_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quelque 4\u202f200 pèlerins", (4200, None, "about")),
        ("plus de 7 500 oliviers", (7500, None, "more_than")),
        ("pas moins de 40 chalutiers", (40, None, "at_least")),
        ("pas plus de 12 bateaux", (12, None, "at_most")),
        ("jusqu'à 90 places", (90, None, "at_most")),
        ("à peine 300 ruches", (300, None, "about")),
        ("une vingtaine de voiliers", (20, None, "about")),
        ("plus d'une centaine de vergers", (100, None, "more_than")),
        ("des centaines de ruches", ((200, None), None, "about")),
        ("plusieurs dizaines de milliers d'oiseaux", ((20000, None), None, "about")),
        ("trente-sept mille deux cents hectares", (37200, "hectare", "exact")),
        ("quatre-vingt-dix-neuf ruches", (99, None, "exact")),
        ("deux cent deux mille litres", (202000, "litre", "exact")),
        ("un milliard et demi d'euros", (1.5e9, "EUR", "exact")),
        ("2,4 milliards de yens", (2.4e9, "JPY", "exact")),
        ("un demi-million de couronnes suédoises", (500000, "SEK", "exact")),
        ("1.500.000 roubles", (1.5e6, "RUB", "exact")),
        ("une aide de 3,2 Md€", (3.2e9, "EUR", "exact")),
        ("$12.000 de mise", (12000, "USD", "exact")),
        ("GBP 4,25 le kilo", (4.25, "GBP", "exact")),
        ("8 euros 50", (8.5, "EUR", "exact")),
        ("entre 15 et 20 millions de francs suisses", ((15e6, 20e6), "CHF", "range")),
        ("de 6 à 9 %", ((6, 9), "percent", "range")),
        ("12-18 mois", ((12, 18), "month", "range")),
        ("deux ou trois barques", ((2, 3), None, "range")),
        ("supérieur à 100 et inférieur à 300", ((100, 300), None, "range")),
        ("plus de la moitié des quais", (0.5, "ratio", "more_than")),
        ("0,5 point de pourcentage", (0.5, "percentage_point", "exact")),
        ("un quart de point", (0.25, "percentage_point", "exact")),
        ("une bergère de 53 ans", (53, "year", "exact")),
        ("trois heures et demie de marche", (3.5, "hour", "exact")),
        ("un an et demi de travaux", (1.5, "year", "exact")),
        ("deux siècles d'archives", (200, "year", "exact")),
        ("un trajet en 1h45", (105, "minute", "exact")),
        ("des rafales à 95 km/h", (95, "km/h", "exact")),
        ("un pré de 300 m²", (300, "m2", "exact")),
        ("il gèle à -12 °C", (-12, "degree_celsius", "exact")),
        ("un séisme de magnitude 5,6", (5.6, "magnitude", "exact")),
        ("trois traversées sur quatre", (0.75, "ratio", "exact")),
        ("un berger sur cinq", (0.2, "ratio", "exact")),
        ("les deux tiers des quais", (2 / 3, "ratio", "exact")),
        ("quatre fois par jour", (4, "times_per_day", "exact")),
        ("trois fois plus de miel", (3, "times", "exact")),
        ("les 1,4 milliard d'euros", (1.4e9, "EUR", "exact")),
        ("un millier et demi de ruches", (1500, None, "about")),
        ("deux à trois fois plus de miel", ((2, 3), "times", "range")),
        ("un rendement multiplié par deux ou trois", ((2, 3), "times", "range")),
        ("Le lac baisse de 20 à 30 centimètres", ((20, 30), "cm", "range")),
        ("des bergers âgés de 20 à 35", ((20, 35), "year", "range")),
        ("nagé en 52 secondes 40", (52.4, "second", "exact")),
        ("le 1,5 million d'arbres", (1.5e6, None, "exact")),
        ("Il a attendu trois jours avant de partir", (3, "day", "exact")),
        ("L'indice gagne 45 points", (45, None, "exact")),
        ("un âge ≤ 12 ans", (12, "year", "at_most")),
    ],
)
def test_quantities_read_value_unit_and_qualifier(text: str, expected: tuple[object, str | None, str]) -> None:
    [(value, unit, qualifier)] = values_in(text, "fr")
    assert (value, unit, qualifier) == (pytest.approx(expected[0]), *expected[1:])


@pytest.mark.parametrize(
    "text",
    [
        "les deux ports", "ces trois vallées", "l'un des deux phares", "le 3e quai", "la vingt-deuxième ruche",
        "le XIe siècle", "un phare, une barque", "l'avion A320", "le G20", "un F-16", "page 12",
        "n°1 mondial", "l'article 49.3", "Trois jours après l'orage", "dix minutes avant la clôture",
        "deux à trois jours après",
        "composez le 115", "appelez le 3919", "le 200 mètres", "le journal de 20 heures", "au kilomètre 42",
        "le moulin (1748)", "entre 2 et 3 heures du matin", "sacré en 877",
        "vers 875, on bâtit", "en 52 avant notre ère", "l'an 800",
        "la première moitié du siècle", "4 × 4 × 4", "battus 31 à 33 samedi", "3 buts à 1", "le 1442 de l'hégire",
        "une note de 15 sur 20", "le 20 heures",
        "la RN 85", "victoire 3-1", "battus 2 à 0", "à la 72e minute", "tél. 04 76 12 34 56", "https://a.example/2024/12",
        "à 20 h 30", "vers 8 heures", "en 2015", "le 12 mars", "il y a trois jours", "six mois plus tard", "à deux pas",
        "un manteau neuf", "les Vingt-Sept", "16/9",
        "12, rue du Port", "13001 Marseille", "bac+5", "repartir de zéro", "les 12 derniers mois", "elle vient à deux.",
    ],
)  # fmt: skip
def test_quantities_leave_out_what_counts_nothing(text: str) -> None:
    assert values_in(text, "fr") == []


@pytest.mark.parametrize(
    ("text", "change", "unit"),
    [
        ("une récolte en hausse de 4 %", "increase", "percent"),
        ("Le débit a reculé de près de 3 points", "decrease", "percentage_point"),
        ("Les prix ont bondi en un an de 12 %", "increase", "percent"),
        ("le cours cède 1,2 %", "decrease", "percent"),
        ("le trafic (+6 %)", "increase", "percent"),
        ("10 % de baisse", "decrease", "percent"),
        ("la part atteint 12 %", None, "percent"),
    ],
)
def test_quantities_tell_rises_from_falls(text: str, change: str | None, unit: str) -> None:
    [found] = quantities_in(text, "fr")
    assert (found.change, found.unit) == (change, unit)


def test_quantities_share_a_unit_said_once() -> None:
    assert [(value, unit) for value, unit, _ in values_in("ses neveux de 5 et 7 ans", "fr")] == [
        (5, "year"),
        (7, "year"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("48 millions d'euros, contre 31 millions en 2019", [(48e6, "EUR"), (31e6, "EUR")]),
        ("48 millions d'euros, contre 31 en 2019", [(48e6, "EUR"), (31e6, "EUR")]),
        ("huit mois de prison, dont quatre avec sursis", [(8, "month"), (4, "month")]),
        ("12 % des ruches, contre 9 hier", [(12, "percent"), (9, "percent")]),
        ("12 km de quais, dont 3 jetées", [(12, "km"), (3, None)]),
        ("passé de 4,5 à 5,1 millions d'euros", [(4.5e6, "EUR"), (5.1e6, "EUR")]),
        ("de 9 à 7 millions d'euros", [(9e6, "EUR"), (7e6, "EUR")]),
        ("passé de 2 100 à 3 450 euros", [(2100, "EUR"), (3450, "EUR")]),
        ("passé de 800 à 1,1 million d'euros", [(800, None), (1.1e6, "EUR")]),
        ("2,4 milliards d'euros pour l'État, 3,2 pour la région", [(2.4e9, "EUR"), (3.2e9, "EUR")]),
        ("8 ports. Contre 31 hier", [(8, None), (31, None)]),
    ],
)
def test_quantities_take_a_unit_that_is_said_beside_them(text: str, expected: list[tuple[float, str | None]]) -> None:
    assert [(value, unit) for value, unit, _ in values_in(text, "fr")] == expected


def test_quantities_from_one_value_to_another_are_two_amounts() -> None:
    assert [value for value, _, _ in values_in("Le troupeau est passé de 200 à 340 bêtes", "fr")] == [200, 340]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("la vente de 60 barques sur 240", [60, 240]),
        ("12 ruches sur 35", [12, 35]),
        ("douze députés sur vingt", [12, 20]),
    ],
)
def test_quantities_so_many_of_so_many_are_two_amounts(text: str, values: list[int]) -> None:
    assert [value for value, _, _ in values_in(text, "fr")] == values


def test_quantities_keep_number_and_unit_apart_inside_the_mention() -> None:
    text = "Il faut environ 20 kilomètres de corde."
    [found] = quantities_in(text, "fr")
    assert found.span.of(text) == "environ 20 kilomètres"
    assert found.number.of(text) == "20"
    assert found.unit_span is not None
    assert found.unit_span.of(text).strip() == "kilomètres"


def test_number_spans_join_groups_and_words_but_no_multiplier() -> None:
    text = "De 3\u00a0000 à vingt-trois mille, puis 2,4 millions en 2019 et 12 ânes."
    spans = number_spans(text, Span(0, len(text)), "fr")
    assert [span.of(text) for span in spans] == ["3\u00a0000", "vingt-trois mille", "2,4"]


def test_number_spans_do_not_join_lines() -> None:
    text = "Quai 12\n000 Halle"
    assert number_spans(text, Span(0, len(text)), "fr") == []


def test_quantities_are_none_in_a_language_without_tables() -> None:
    assert values_in("12 Boote", "de") == []
    assert number_spans("3 000", Span(0, 5), "de") == []
