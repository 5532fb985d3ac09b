"""Forms that a number, a sum, a share, a measure, an age or a duration takes, each alone and inside a sentence."""

from __future__ import annotations

import pytest

from tests.unit.extraction.expressions.reading import values_in

FORMS = {
    "fr": [
        ("78 624 miles carrés", 78624, "square_mile"), ("30 pieds carrés", 30, "square_foot"),
        ("500 cm² de papier", 500, "cm2"), ("2 pintes de cidre", 2, "pint"), ("15 milles marins", 15, "mile"),
        ("5 décamètres", 5, "dam"), ("3 verges", 3, "yard"), ("trois litres et demi", 3.5, "litre"),
        ("4,3 tonnes métriques", 4.3, "tonne"), ("100,2 degrés farenheit", 100.2, "degree_fahrenheit"),
        ("77F", 77, "degree_fahrenheit"), ("moins cinq degrés", -5, "degree_celsius"), ("273 K", 273, "kelvin"),
        ("un pour cent", 1, "percent"), ("100 pour-cent", 100, "percent"), ("3/4 des ruches", 0.75, "ratio"),
        ("10k euros", 10000, "EUR"), ("rmb 100", 100, "CNY"), ("200 trillions", 2e20, None),
        ("deux heures trente", 150, "minute"), ("trois ans et quatre mois", 40, "month"),
        ("un an et trois mois", 15, "month"), ("deux fois", 2, "times"), ("le triple de la récolte", 3, "times"),
        ("25 nœuds", 25, "knot"), ("421 parties par million", 421, "ppm"),
        ("12 mètres cubes par seconde", 12, "m3/s"), ("70 miles à l'heure", 70, "mph"),
        ("4 millimètres de mercure", 4, "mmHg"),
    ],
    "en": [
        ("20 fl oz", 20, "ounce"), ("4 quarts of milk", 4, "quart"), ("3 bushels of oats", 3, "bushel"),
        ("10 stone", 10, "stone"), ("40 cubic centimeters", 40, "cm3"), ("500 square centimetres", 500, "cm2"),
        ("5 decameters", 5, "dam"), ("half a cup", 0.5, "cup"), ("100.2 degrees farenheit", 100.2, "degree_fahrenheit"),
        ("41C", 41, "degree_celsius"), ("77F", 77, "degree_fahrenheit"), ("3/4 of bees", 0.75, "ratio"),
        ("one percent", 1, "percent"), ("15 rubles", 15, "RUB"), ("20 quid", 20, "GBP"), ("10k dollars", 10000, "USD"),
        ("210p", 2.1, "GBP"), ("Rs 5 crore", 5e7, "INR"), ("3 lakh bees", 3e5, None),
        ("an hour and a half", 1.5, "hour"), ("three years and four months", 40, "month"),
        ("2 hours 24 minutes", 144, "minute"),
        ("a quarter of a million bees", 250000, None), ("double the rent", 2, "times"), ("twice", 2, "times"),
        ("60 mph", 60, "mph"), ("minus one degree", -1, "degree"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("frame", ["{}", "« {} »", "({}),", "— {}."])
@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [(language, *form) for language, forms in FORMS.items() for form in forms],
)
def test_quantities_read_a_form_alone_and_in_marks(
    language: str, text: str, value: float, unit: str | None, frame: str
) -> None:
    [(found, found_unit, _)] = values_in(frame.format(text), language)
    assert (found, found_unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("fr", "Les sept gardiens dorment.", [7]),
        ("fr", "Sept gardiens dorment. Les sept gardiens rêvent.", [7]),
        ("fr", "Les deux gardiens dorment.", []),
        ("fr", "Deux des quatorze gardiens dorment.", [2, 14]),
        ("fr", "Au groupe 90 millions de plus, au groupe 4 rien.", [90e6]),
        ("fr", "On y voit « moins une crise qu'une chance ».", []),
        ("fr", "Ils ne sont plus que 12 à ramer.", [12]),
        ("en", "The seven keepers sleep. The two keepers dream.", [7]),
        ("en", "Only one in five rows.", [0.2]),
        ("en", "We start at four and rest between noon and two.", []),
        ("en", "Results\n1. Ida Roux\n2. Jo Hart", []),
        ("en", "13.10\nAll boats are in.", []),
        ("en", "Call the helpline on 0800 111.", []),
    ],
)
def test_quantities_count_what_is_counted_and_nothing_else(language: str, text: str, values: list[float]) -> None:
    assert [value for value, _, _ in values_in(text, language)] == values


@pytest.mark.parametrize(
    ("language", "text", "qualifier"),
    [
        ("fr", "Au-delà de 5 km/h, le vélo freine.", "exact"),
        ("fr", "Il roule à plus de 5 km/h.", "more_than"),
        ("fr", "Une enquête auprès de 800 rameurs.", "exact"),
        ("fr", "plus du double de la récolte", "more_than"),
        ("en", "It took over three years to dry.", "more_than"),
        ("en", "He rowed there over three years.", "exact"),
        ("en", "Half of them were under 18.", "exact"),
    ],
)
def test_quantities_are_bounded_only_where_a_bound_is_meant(language: str, text: str, qualifier: str) -> None:
    assert values_in(text, language)[0][2] == qualifier


@pytest.mark.parametrize(
    ("language", "text", "units"),
    [
        ("fr", "Lausanne et Vaud paient 40 francs.", ["CHF"]),
        ("fr", "Il avait payé 40 francs.", ["franc"]),
        ("fr", "À Dakar comme à Bamako, le sac vaut 300 francs.", ["XOF"]),
        ("fr", "Québec et Ottawa versent 12 millions de dollars.", ["CAD"]),
        ("fr", "Québec et Ottawa versent à Washington 12 millions de dollars.", ["USD"]),
        ("en", "Sydney and Perth will pay $3m.", ["AUD"]),
        ("fr", "1,80 euro, quatre centimes de plus", ["EUR", "EUR"]),
        ("en", "$1.20, down 4 cents", ["USD", "USD"]),
    ],
)
def test_quantities_tell_whose_money_a_shared_name_means(language: str, text: str, units: list[str]) -> None:
    assert [unit for _, unit, _ in values_in(text, language)] == units
