import pytest

from extraction.known_names import known_names
from extraction.names import read_table
from extraction.offices import office_names


@pytest.mark.parametrize(
    ("language", "text", "countries", "name"),
    [
        ("fr", "Le ministre de l’Intérieur se tait.", ["place:fr"], "Beauvau"),
        ("fr", "Le ministre de l'Intérieur se tait.", [], "interior minister"),
        ("en", "The interior minister is silent.", ["place:fr"], "Beauvau"),
        ("en", "The interior minister is silent.", [], "ministre de l'intérieur"),
        ("en", "The French interior minister is silent.", [], "Beauvau"),
        ("fr", "Le Premier ministre britannique se tait.", ["place:fr"], "Downing Street"),
        ("fr", "Le gouvernement sud-coréen dément.", ["place:fr"], "Séoul"),
        ("en", "The South Korean government denies it.", [], "Seoul"),
        ("en", "South Korea's government denies it.", [], "Séoul"),
        ("en", "The government of South Korea denies it.", [], "Séoul"),
        ("fr", "Le gouvernement de la Corée du Sud dément.", [], "Seoul"),
        ("fr", "Le Sénat vote.", ["place:fr"], "palais du Luxembourg"),
    ],
)
def test_office_has_other_names(language: str, text: str, countries: list[str], name: str) -> None:
    assert name in office_names(text, language, countries)


@pytest.mark.parametrize(
    ("language", "text", "countries", "name"),
    [
        ("fr", "Le ministre de l'Intérieur se tait.", ["place:de"], "Beauvau"),
        ("fr", "Le ministre de l'Intérieur allemand se tait.", ["place:fr"], "Beauvau"),
        ("en", "The German interior minister is silent.", ["place:fr"], "Beauvau"),
        ("fr", "Le Premier ministre britannique se tait.", ["place:fr"], "Matignon"),
        ("fr", "Le gouvernement se tait.", ["place:fr"], "Paris"),
        ("fr", "Le gouvernement de Martin se tait.", ["place:fr"], "Paris"),
        ("fr", "Le chef de l'État russe se tait.", ["place:fr"], "french president"),
        ("fr", "Les sénateurs votent.", ["place:fr"], "palais du Luxembourg"),
        ("de", "Le Sénat vote.", ["place:fr"], "palais du Luxembourg"),
    ],
)
def test_office_has_no_name_of_another_country(language: str, text: str, countries: list[str], name: str) -> None:
    assert name not in office_names(text, language, countries)


def test_office_table_names_seats_that_the_gazetteer_has() -> None:
    seats = [seat for row in read_table("offices.tsv", 3) for seat in row[2].split("|") if "=" in seat]
    assert seats
    assert {seat.partition("=")[2] for seat in seats} <= set(known_names())
