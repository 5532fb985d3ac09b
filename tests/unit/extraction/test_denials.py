"""A denial is paired with what it disputes, or with nothing."""

from __future__ import annotations

from extraction.denials import find_denials
from extraction.events import find_events
from extraction.languages.base import Analyser
from tests.unit.extraction.sentences import parse_sentence


def pairs_of(analyser: Analyser, text: str) -> list[tuple[str, str]]:
    parsed = parse_sentence(analyser, text)
    facts = find_events(parsed, ())
    return [(facts[a].focus.of(text), facts[b].focus.of(text)) for a, b in find_denials(parsed, facts)]


def test_find_denials_pairs_a_denied_act_with_its_statement(french_analyser: Analyser) -> None:
    text = "La banque a vendu des données. La direction a démenti que la banque ait vendu des données."
    assert ("a démenti", "a vendu") in pairs_of(french_analyser, text)


def test_find_denials_pairs_these_accusations_with_the_accusation_before(french_analyser: Analyser) -> None:
    text = "Le syndicat accuse la direction de cacher les résultats. La direction nie ces accusations."
    assert pairs_of(french_analyser, text) == [("nie", "cacher")]


def test_find_denials_without_anything_disputed_finds_none(french_analyser: Analyser) -> None:
    text = "La mairie a repeint l'école. La direction nie ces accusations."
    assert pairs_of(french_analyser, text) == []


def test_find_denials_another_object_is_not_disputed(french_analyser: Analyser) -> None:
    text = "La banque a vendu un immeuble. La direction dément que la banque ait vendu des données."
    assert pairs_of(french_analyser, text) == []


def test_find_denials_pairs_with_an_accusation_that_a_participle_reports(french_analyser: Analyser) -> None:
    accusation = "La cour a libéré l'entrepreneur Caio Prado, accusé d'avoir détourné des fonds."
    text = f"{accusation} Son avocate dément ces accusations."
    assert pairs_of(french_analyser, text) == [("dément", "avoir détourné")]
