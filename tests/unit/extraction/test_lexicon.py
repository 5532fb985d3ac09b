"""The words of reporting, as data."""

from __future__ import annotations

from typing import get_args

import pytest

from extraction.lexicon import Frame, NounKind, Stance, load_lexicon


@pytest.mark.parametrize("language", ["fr", "en"])
def test_load_lexicon_holds_only_declared_classes(language: str) -> None:
    lexicon = load_lexicon(language)
    for cue in (*lexicon.verbs.values(), *lexicon.nominals.values()):
        assert cue.stance in get_args(Stance), cue
        assert cue.frames <= set(get_args(Frame)), cue
    assert all(noun.kind in get_args(NounKind) for noun in lexicon.nouns.values())
    assert set(lexicon.forms.values()) <= lexicon.verbs.keys()


def test_load_lexicon_is_empty_for_a_language_without_words() -> None:
    lexicon = load_lexicon("tlh")
    assert [*lexicon.verbs, *lexicon.nouns, *lexicon.markers, *lexicon.pronouns, *lexicon.times] == []


def test_find_verb_knows_an_inflected_form_where_the_lemma_is_wrong() -> None:
    lexicon = load_lexicon("fr")
    verb = lexicon.find_verb("indique", "indique")
    assert verb is not None
    assert verb.lemma == "indiquer"


def test_find_noun_knows_number_and_gender() -> None:
    noun = load_lexicon("fr").find_noun("Préfètes")
    assert noun is not None
    assert (noun.lemma, noun.gender, noun.number) == ("préfète", "f", "plural")


def test_stance_of_a_cue_is_its_class() -> None:
    lexicon = load_lexicon("fr")
    assert lexicon.stance_of("démentir") == "deny"
    assert lexicon.stance_of("selon") == "say"
    assert lexicon.stance_of("manger") is None
