"""Names, and which of them name the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extraction.analysis import Parsed
from extraction.document import EntityMention
from extraction.entities import find_entities
from extraction.languages.base import Analyser, PlainAnalyser
from extraction.lexicon import load_lexicon
from extraction.names import find_known, skeleton
from extraction.spans import Span

if TYPE_CHECKING:
    from extraction.languages.fr.analyser import SpacyAnalyser


def _entities(analyser: Analyser, text: str) -> dict[str, EntityMention]:
    parsed = Parsed(text, "fr", None, (), analyser.analyse(text, [(0, Span(0, len(text)))], []))
    return {m.span.of(text): m for m in find_entities(parsed, load_lexicon("fr"))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Poutine", "Putin"),
        ("Zelensky", "Zelenskyy"),
        ("Loukachenko", "Lukashenko"),
        ("Gorbatchev", "Gorbachev"),
        ("Choïgou", "Shoigu"),
        ("Sergueï Lavrov", "Sergey Lavrov"),
        ("Netanyahou", "Netanyahu"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Erdoğan", "Erdogan"),
    ],
)
def test_skeleton_is_one_for_customary_transliterations(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_skeleton_keeps_different_names_apart() -> None:
    names = ["Martin", "Marin", "Morin", "Volodymyr", "Vladimir", "Ivanov", "Ivanova Petrova"]
    assert len({skeleton(name) for name in names}) == len(names)


def test_find_known_does_not_take_words_for_acronyms() -> None:
    assert find_known("US") is not None
    assert find_known("us") is None


def test_find_entities_joins_surname_and_full_name(french_analyser: SpacyAnalyser) -> None:
    found = _entities(
        french_analyser, "Le maire, Étienne Carlier, a démissionné. M. Carlier briguait un second mandat."
    )
    assert found["Carlier"].name == "Étienne Carlier"
    assert found["Carlier"].entity == found["Étienne Carlier"].entity


def test_find_entities_leaves_an_ambiguous_surname_to_itself(french_analyser: SpacyAnalyser) -> None:
    text = "Paul Garnier affronte Louise Garnier au second tour. Garnier part favori, dit un élu."
    found = _entities(french_analyser, text)
    keys = {found[name].entity for name in ("Paul Garnier", "Louise Garnier")}
    assert len(keys) == 2
    assert "Garnier" not in found or found["Garnier"].entity not in keys


def test_find_entities_joins_acronym_and_name(french_analyser: SpacyAnalyser) -> None:
    text = "L'Agence nationale de l'habitat (Anah) a versé les aides. L'Observatoire des loyers de Nantes (OLN) publie."
    found = _entities(french_analyser, text)
    assert found["OLN"].entity == found["Observatoire des loyers de Nantes"].entity


def test_find_entities_knows_countries_in_both_languages() -> None:
    found = _entities(PlainAnalyser(), "La Corée du Sud et le Japon négocient avec le Royaume-Uni à Genève.")
    assert {name: m.entity for name, m in found.items()} == {
        "Corée du Sud": "place:kr",
        "Japon": "place:jp",
        "Royaume-Uni": "place:gb",
        "Genève": "place:geneve",
    }


def test_find_entities_without_grammar_needs_a_reason_for_a_name() -> None:
    found = _entities(PlainAnalyser(), "Demain, la Grande Boucle partira. Le ministre Hugo Perrin y sera.")
    assert [m.type for name, m in found.items() if name == "Hugo Perrin"] == ["person"]
    assert "Demain" not in found


def test_find_entities_type_is_one_in_an_article(french_analyser: SpacyAnalyser) -> None:
    text = "Ana Rivas parle. Rivas a gagné. À Lille, Rivas a salué la foule. Rivas reviendra à Lille."
    parsed = Parsed(text, "fr", None, (), french_analyser.analyse(text, [(0, Span(0, len(text)))], []))
    mentions = find_entities(parsed, load_lexicon("fr"))
    kinds = {m.span.of(text): m.type for m in mentions}
    assert kinds["Rivas"] == kinds["Ana Rivas"] == "person"
    assert [m.span for m in mentions] == sorted(m.span for m in mentions)
