"""Mood and tense of French verbs by their form."""

from __future__ import annotations

import pytest

from extraction.languages.fr.moods import mended_morph

IMPERFECT = "Mood=Ind|Number=Sing|Person=3|Tense=Imp|VerbForm=Fin"
PAST = "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("partirait", "partir"),
        ("rouvrirait", "rouvrir"),
        ("vendrait", "vendre"),
        ("montrerait", "montrer"),
        ("courrait", "courir"),
        ("viendraient", "venir"),
        ("Devrait", "devoir"),
    ],
)
def test_conditionals_are_known_by_their_form(form: str, lemma: str) -> None:
    assert "Mood=Cnd" in mended_morph(form, lemma, IMPERFECT)


@pytest.mark.parametrize(
    ("form", "lemma"), [("montrait", "montrer"), ("courait", "courir"), ("disait", "dire"), ("tirait", "tirer")]
)
def test_imperfects_stay_imperfects(form: str, lemma: str) -> None:
    assert mended_morph(form, lemma, IMPERFECT) == IMPERFECT


@pytest.mark.parametrize(("form", "lemma"), [("partira", "partir"), ("viendra", "venir"), ("entrera", "entrer")])
def test_futures_are_known_by_their_form(form: str, lemma: str) -> None:
    assert "Tense=Fut" in mended_morph(form, lemma, PAST)


@pytest.mark.parametrize(("form", "lemma"), [("entra", "entrer"), ("tira", "tirer"), ("chanta", "chanter")])
def test_simple_pasts_stay_pasts(form: str, lemma: str) -> None:
    assert mended_morph(form, lemma, PAST) == PAST


@pytest.mark.parametrize(
    ("form", "lemma", "mended"),
    [("signera", "signer", "Tense=Fut"), ("fermeront", "fermer", "Tense=Fut"), ("signerait", "signer", "Mood=Cnd")],
)
def test_what_no_participle_ends_in_is_a_finite_verb(form: str, lemma: str, mended: str) -> None:
    morph = mended_morph(form, lemma, "Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part")
    assert {mended, "VerbForm=Fin"} <= set(morph.split("|"))


@pytest.mark.parametrize(("form", "lemma"), [("signé", "signer"), ("parus", "paraître"), ("ouverte", "ouvrir")])
def test_participles_stay_participles(form: str, lemma: str) -> None:
    assert mended_morph(form, lemma, "Tense=Past|VerbForm=Part") == "Tense=Past|VerbForm=Part"


@pytest.mark.parametrize(("form", "lemma"), [("voterons", "voter"), ("signeront", "signer")])
def test_futures_on_the_infinitive_are_no_presents(form: str, lemma: str) -> None:
    assert "Tense=Fut" in mended_morph(form, lemma, PAST.replace("Past", "Pres"))


@pytest.mark.parametrize(
    ("form", "lemma", "tense"),
    [
        ("réunit", "réunir", "Pres"),
        ("finit", "finir", "Pres"),
        ("partit", "partir", "Past"),
        ("ouvrit", "ouvrir", "Past"),
    ],
)
def test_forms_of_present_and_simple_past_are_presents(form: str, lemma: str, tense: str) -> None:
    assert f"Tense={tense}" in mended_morph(form, lemma, PAST)


def test_imperfects_taken_for_conditionals_are_imperfects() -> None:
    assert mended_morph("transportait", "transporter", "Mood=Cnd|Tense=Pres|VerbForm=Fin") == (
        "Mood=Ind|Tense=Imp|VerbForm=Fin"
    )
