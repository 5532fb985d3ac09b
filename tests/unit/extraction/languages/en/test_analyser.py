"""The English rules on sentences in newspaper style, and on texts that no newspaper prints."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.analysis import Analysis, Token
from extraction.languages.en.analyser import RuleAnalyser
from extraction.spans import Span


def analyse(text: str, merges: tuple[Span, ...] = ()) -> Analysis:
    return RuleAnalyser().analyse(text, [(0, Span(0, len(text)))], merges)[0]


def word(analysis: Analysis, text: str) -> Token:
    return next(t for t in analysis.tokens if t.text == text)


def relation(analysis: Analysis, text: str) -> tuple[str, str]:
    """The relation of the first word with a text, and the word that it hangs on."""
    token = word(analysis, text)
    return token.dep, analysis.tokens[token.head].text


def assert_sound(text: str, analysis: Analysis) -> None:
    end = 0
    for token in analysis.tokens:
        assert text[token.start : token.end] == token.text
        assert not text[end : token.start].strip()
        end = token.end
    assert not text[end:].strip()
    for sentence in analysis.sentences:
        roots = [i for i in sentence if analysis.tokens[i].head == i]
        assert len(roots) == 1
        assert analysis.tokens[roots[0]].dep == "ROOT"
        for i in sentence:
            assert analysis.tokens[i].head in sentence
            assert i == roots[0] or list(analysis.ancestors(i))[-1] == roots[0]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The council closed the bridge.", {"council": ("nsubj", "closed"), "bridge": ("obj", "closed")}),
        (
            "The bridge was closed by the council on Monday.",
            {
                "bridge": ("nsubj:pass", "closed"),
                "was": ("aux:pass", "closed"),
                "council": ("obl:agent", "closed"),
                "Monday": ("obl:mod", "closed"),
            },
        ),
        (
            "The mayor of Varn said that the bridge would close.",
            {
                "mayor": ("nsubj", "said"),
                "Varn": ("nmod", "mayor"),
                "that": ("mark", "close"),
                "close": ("ccomp", "said"),
            },
        ),
        ("Officials said the bridge would close.", {"close": ("ccomp", "said"), "bridge": ("nsubj", "close")}),
        ("The minister refused to comment.", {"comment": ("xcomp", "refused"), "to": ("mark", "comment")}),
        (
            "The company, which employs 900 people, will cut jobs.",
            {"employs": ("acl:relcl", "company"), "company": ("nsubj", "cut"), "which": ("nsubj", "employs")},
        ),
        ("The bridge is unsafe.", {"is": ("cop", "unsafe"), "bridge": ("nsubj", "unsafe")}),
        (
            "If the plan fails, the city will pay.",
            {"fails": ("advcl", "pay"), "If": ("mark", "fails"), "will": ("aux", "pay")},
        ),
        (
            "The bridge is unsafe, said Ada Lund, an engineer from Oslo.",
            {
                "said": ("parataxis", "unsafe"),
                "Ada": ("nsubj", "said"),
                "Lund": ("flat:name", "Ada"),
                "engineer": ("appos", "Ada"),
            },
        ),
        ("Two buses crashed on Friday, police said.", {"said": ("parataxis", "crashed"), "police": ("nsubj", "said")}),
        (
            "The workers went home and the managers stayed.",
            {"managers": ("nsubj", "stayed"), "and": ("cc", "stayed"), "stayed": ("conj", "went")},
        ),
        ("The town's mayor met teachers and parents.", {"town": ("nmod", "mayor"), "parents": ("conj", "teachers")}),
        (
            "Police arrested a man suspected of arson.",
            {"man": ("obj", "arrested"), "suspected": ("acl", "man")},
        ),
        ("The government plans to build a dam.", {"government": ("nsubj", "plans"), "build": ("xcomp", "plans")}),
        ("The man who shot the guard fled.", {"fled": ("ROOT", "fled"), "shot": ("acl:relcl", "man")}),
        ("They told the driver to stop.", {"driver": ("obj", "told"), "stop": ("xcomp", "told")}),
    ],
)  # fmt: skip
def test_analyser_relates_words(sentence: str, expected: dict[str, tuple[str, str]]) -> None:
    analysis = analyse(sentence)
    assert {text: relation(analysis, text) for text in expected} == expected


@pytest.mark.parametrize(
    ("sentence", "verb", "feature"),
    [
        ("The dam will open.", "will", "Tense=Fut"),
        ("The dam would open.", "would", "Mood=Cnd"),
        ("The dam might open.", "might", "Mood=Cnd"),
        ("The dam is going to open.", "going", "Tense=Fut"),
        ("The dam opened.", "opened", "Tense=Past"),
        ("The dam opens.", "opens", "Tense=Pres"),
    ],
)
def test_analyser_marks_tense_and_mood(sentence: str, verb: str, feature: str) -> None:
    assert word(analyse(sentence), verb).has(feature)


def test_analyser_marks_negation() -> None:
    analysis = analyse("They haven't paid and never will.")
    assert [t.text for t in analysis.tokens if t.has("Polarity=Neg")] == ["n't", "never"]
    assert relation(analysis, "n't") == ("advmod", "paid")


def test_analyser_splits_contractions_and_possessives() -> None:
    words = [t.text for t in analyse("We can't say it’s the mayor’s e-mail.").tokens]
    assert words == ["We", "ca", "n't", "say", "it", "’s", "the", "mayor", "’s", "e-mail", "."]


def test_analyser_keeps_abbreviations_in_their_sentence() -> None:
    analysis = analyse("Dr. Ada Lund flew to the U.S. on Jan. 3 at 5 p.m. with Mr. Berg. He stayed.")
    assert len(analysis.sentences) == 2


def test_analyser_keeps_the_tag_with_its_exclamation() -> None:
    assert len(analyse("“We will not leave!” Ada Lund said. She stayed.").sentences) == 2
    assert len(analyse("“Is it safe?” he asked.").sentences) == 1


def test_analyser_makes_one_token_of_a_merged_number() -> None:
    text = "About 3 000 people fled."
    analysis = analyse(text, (Span(6, 11),))
    assert relation(analysis, "3 000") == ("nummod", "people")


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("President Ada Lund met Mr. Berg in Varn.", {"Ada Lund": "PER", "Berg": "PER", "Varn": "LOC"}),
        ("The Varn City Council sued Norland Motors.", {"Varn City Council": "ORG", "Norland Motors": "ORG"}),
        ("Police in Buenos Aires called the WHO.", {"Buenos Aires": "LOC", "WHO": "ORG"}),
        ("“It is late,” said Olsen.", {"Olsen": "PER"}),
        ("Officials waited on Monday.", {}),
        ("The Bank of Norland raised rates.", {"Bank of Norland": "ORG"}),
    ],
)
def test_analyser_labels_names(sentence: str, names: dict[str, str]) -> None:
    found: dict[str, str] = {}
    text = ""
    for token in analyse(sentence).tokens:
        text = "" if token.entity_start else text
        text = f"{text} {token.text}".strip() if token.entity else text
        if token.entity:
            found.pop(text.rsplit(" ", 1)[0] if " " in text else "", None)
            found[text] = token.entity
    assert found == names


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_analyser_yields_a_tree_for_any_text(text: str) -> None:
    assert_sound(text, analyse(text))


_LINE = (
    "the mayor said that who and , . “ ” to of by killed was been is will not 's ; : ( ) in after because Lund 3 % $ "
    "Monday which he she told it there never having if – going plans n't 👩‍👩‍👧 e\u0301te\u0301 \u00a0 \r\n \n\n"
)
_WORDS = _LINE.split(" ")


@given(st.lists(st.sampled_from(_WORDS), max_size=40))
@settings(max_examples=150, deadline=None)
def test_analyser_yields_a_tree_for_any_order_of_words(words: list[str]) -> None:
    text = " ".join(words)
    assert_sound(text, analyse(text))


@pytest.mark.parametrize("piece", ["said that ", "he said, ", "the man who ", "a-", "(", "'", "U.S.", "1,"])
def test_analyser_cuts_a_hostile_sentence(piece: str) -> None:
    text = piece * 4000
    analysis = analyse(text)
    assert_sound(text, analysis)
    assert max(len(s) for s in analysis.sentences) <= 160
