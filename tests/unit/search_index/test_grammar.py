import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search_index import Query, QuerySyntaxError, parse_query, resolve
from search_index.grammar import MAX_QUERY_LENGTH


def shape(query: str) -> list[tuple[str, str, str, str]]:
    """Kind, occur, field and words or values of each clause."""
    return [
        (c.kind, c.occur, c.field, " ".join([*(w.form for w in c.words), *c.values]))
        for c in parse_query(query).clauses
    ]


def parsed_or_refused(text: str) -> Query | QuerySyntaxError:
    try:
        return parse_query(text)
    except QuerySyntaxError as error:
        return error


@given(st.text(st.sampled_from("ab é+-\"“”«»:*'’ 3\u00a00ORNtitlesourc(),.\n😀"), max_size=60) | st.text(max_size=300))
@example('+"')
@example('source:"')
@example("-\x1f-")
@example("title:-")
@example("title:+x")
def test_any_string_parses_or_says_where_it_cannot(text: str) -> None:
    outcome = parsed_or_refused(text)
    if isinstance(outcome, QuerySyntaxError):
        assert outcome.message
        assert 0 <= outcome.position < max(len(text), 1)
    else:
        assert outcome.clauses
        for clause in outcome.clauses:
            assert all(0 <= word.start < word.end <= len(text) for word in clause.words)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("digue rompue", [("word", "should", "text", "digue"), ("word", "should", "text", "rompue")]),
        ('"eaux usées"', [("phrase", "should", "text", "eaux usées")]),
        (
            "« eaux usées » “le quai”",
            [("phrase", "should", "text", "eaux usées"), ("phrase", "should", "text", "le quai")],
        ),
        ("+digue -rompue", [("word", "must", "text", "digue"), ("word", "not", "text", "rompue")]),
        ('-"eaux usées" quai', [("phrase", "not", "text", "eaux usées"), ("word", "should", "text", "quai")]),
        ("title:digue", [("word", "must", "title", "digue")]),
        ("-title:digue quai", [("word", "not", "title", "digue"), ("word", "should", "text", "quai")]),
        ('source:"La Vigie" quai', [("keyword", "must", "source", "La Vigie"), ("word", "should", "text", "quai")]),
        ("démocrat*", [("prefix", "should", "text", "démocrat")]),
        ("l’inond*", [("prefix", "should", "text", "inond")]),
        ("bas-fonds", [("phrase", "should", "text", "bas fonds")]),
        ("3 000 sacs", [("word", "should", "text", "3000"), ("word", "should", "text", "sacs")]),
        ("Marans - Niort : la digue", [("word", "should", "text", w) for w in ("marans", "niort", "digue")]),
        ("12:30", [("phrase", "should", "text", "12 30")]),
    ],
)
def test_queries_mean_what_people_expect(query: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert shape(query) == expected


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ("", 0),
        ("  ?!", 0),
        ("*", 0),
        ("ab*", 2),
        ("di*gue", 2),
        ("digue *", 6),
        ('digue "rompue', 6),
        ("digue ”rompue", 6),
        ('digue ""', 6),
        ('"dig*"', 4),
        ("-digue", 0),
        ("http://x", 0),
        ("quai source:", 5),
        ("source:ab*", 7),
        ("title:dig*", 9),
        ("digue NOT quai", 6),
        ("+! digue", 0),
        ("bas-fon*", 7),
        ("a" * (MAX_QUERY_LENGTH + 1), MAX_QUERY_LENGTH),
        ("xx " * 65, 64 * 3),
        ("quai " + '"xx le la les de du des un" ' * 20, 5 + 15 * 28),
        ("quai " + "abc* " * 9, 5 + 8 * 5),
    ],
)
def test_a_query_that_cannot_be_parsed_says_where(query: str, position: int) -> None:
    with pytest.raises(QuerySyntaxError) as raised:
        parse_query(query)
    assert raised.value.position == position


@pytest.mark.parametrize(
    "query",
    [
        "*",
        "abc* " * 26,
        "x" * 100_000,
        '"' * 255,
        '"a "b "c',
        "NOT " * 500,
        "NOT " * 65,
        "((((" * 60,
        "+" * 200,
        "-+-+x" * 50,
    ],
)
def test_hostile_queries_are_refused(query: str) -> None:
    with pytest.raises(QuerySyntaxError):
        parse_query(query)


@pytest.mark.parametrize(
    ("query", "expected", "ignored"),
    [
        ("La Haye", [("word", "should", "text", "haye")], ("La",)),
        ("The Who", [("phrase", "should", "text", "the who")], ()),
        ("to be or not to be", [("phrase", "should", "text", "to be or not to be")], ()),
        ("the", [("word", "should", "text", "the")], ()),
        ("+the digue", [("word", "must", "text", "the"), ("word", "should", "text", "digue")], ()),
        ("source:x the", [("keyword", "must", "source", "x"), ("word", "should", "text", "the")], ()),
        ("WHO warns", [("word", "should", "text", "who"), ("word", "should", "text", "warns")], ()),
    ],
)
def test_tool_words_are_left_out_only_beside_others(query: str, expected: object, ignored: tuple[str, ...]) -> None:
    assert sorted(shape(query)) == sorted(expected)  # type: ignore[call-overload]
    assert parse_query(query).ignored == ignored


def test_a_long_quotation_counts_by_its_content_words() -> None:
    quotation = (
        "il a dit que les élus de la ville ne sont pas ceux qui ont à payer pour ce que les autres ont fait du port"
    )
    assert len(parse_query(f'"{quotation}"').clauses[0].words) > 16


def test_a_paragraph_pasted_from_an_article_is_a_query() -> None:
    paragraph = (
        "Plusieurs milliers de personnes ont manifesté samedi à Kervalec contre la suppression de 640 emplois aux "
        "chantiers navals Morvan. La police a compté 3 200 manifestants, les organisateurs 8 000. « Nous ne lâcherons "
        "rien », a déclaré Yann Le Bihan, délégué du personnel, devant les grilles du chantier, où les ouvriers se "
        "relaient nuit et jour depuis l'annonce du plan. La direction, elle, maintient que les carnets de commandes "
        "sont vides jusqu'en 2028 et que les départs seront volontaires. Une réunion est prévue lundi à la préfecture."
    )
    assert len(parse_query(paragraph).clauses) > 40


def test_names_of_sources_resolve_to_identifiers() -> None:
    query = resolve(parse_query("source:vigie -source:autre digue"), {"source": lambda name: [f"s-{name}", "s-2"]})
    assert [clause.values for clause in query.clauses[:2]] == [("s-vigie", "s-2"), ("s-autre", "s-2")]
