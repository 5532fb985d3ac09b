import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search_index import Matcher, highlight, matches, parse_query

TEXT = "😀 L’élu de Marans a dit : « Le port de Marans reste ouvert », à 3\u202f000 sacs près."


def marked(query: str, text: str = TEXT, language: str | None = "fr") -> list[str]:
    return [text[start:end] for start, end in highlight(parse_query(query), text, language)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("elu", ["élu"]),
        ("ports", ["port"]),
        ('"port de Marans"', ["port de Marans"]),
        ('"port Marans"', []),
        ("+marans -port", ["Marans", "Marans"]),
        ("3000", ["3\u202f000"]),
        ("ouv*", ["ouvert"]),
        ("title:marans port", ["port"]),
        ('port "le port"', ["Le port"]),
    ],
)
def test_highlights_are_the_words_that_answer(query: str, expected: list[str]) -> None:
    assert marked(query) == expected


def test_highlights_without_a_language_take_any() -> None:
    assert marked("elections", "Élection, election", None) == ["Élection", "election"]


@given(st.text(max_size=80), st.sampled_from(["a", "é b", '"a b"', "abc*", "0", "-a b"]))
def test_highlights_are_in_order_apart_and_inside_any_text(text: str, query: str) -> None:
    last = 0
    for start, end in highlight(parse_query(query), text, "fr"):
        assert last <= start < end <= len(text)
        last = end


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("absent port", True),
        ("+absent port", False),
        ("-port marans", False),
        ("source:s-1", True),
        ("source:s-2 port", False),
        ("-source:s-2 port", True),
        ("title:digue", True),
        ("title:digue absent", True),
        ("source:s-1 absent", False),
    ],
)
def test_matches_follows_the_rules_of_a_search(query: str, *, found: bool) -> None:
    assert matches(parse_query(query), TEXT, "fr", title="La digue", values={"source": ["s-1"]}) is found


@given(st.lists(st.text(max_size=60), max_size=6), st.sampled_from(["fr", "en", "de"]))
@example(["Il a compté 3 000 voix, 12,5.3 et l'O.N.U.", "aujourd'hui ou jusqu'à lundi"], "fr")
def test_matcher_answers_as_matches_does(texts: list[str], language: str) -> None:
    for query in map(parse_query, ("voix l'ONU", "3 000", "aujourd'hui", '"a compté"', "12 5", "lundi -voix")):
        matcher = Matcher(query)
        assert [matcher(text, language) for text in texts] == [matches(query, text, language) for text in texts]
