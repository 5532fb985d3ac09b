import json
import math
import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest
from whoosh.util.numeric import byte_to_length, length_to_byte

from search_index import (
    EVERYTHING,
    FACETS,
    After,
    PassageDocument,
    Ranking,
    SearchFilters,
    SearchIndex,
    SearchTimeout,
    matches,
    parse_query,
)
from search_index.analysis import group_of, terms, words
from search_index.evaluation import PREFIX_SCORE
from search_index.ranking import learned
from tests.unit.search_index.samples import HARBOUR, by_article, ids, index_of, passage


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    return index_of(tmp_path_factory.mktemp("harbour") / "index", HARBOUR)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("chomage", {"p-2"}),
        ("CHÔMAGES", {"p-2"}),
        ("élection", {"p-3", "p-5"}),
        ("3000 conteneur", {"p-1"}),
        ('"le port"', {"p-1"}),
        ('"port le"', set()),
        ("+marans -chômage", {"p-1", "p-3"}),
        ("elec*", {"p-3", "p-5"}),
        ("title:port", {"p-1", "p-2"}),
        ("title:port chômage", {"p-1", "p-2"}),
        ("source:s-2 port", {"p-5"}),
        ("source:s-1", {"p-1", "p-2"}),
        ("-source:s-1 marans port", {"p-3", "p-5"}),
        ("entity:e-marans", {"p-3"}),
        ("kind:boilerplate port", {"p-4"}),
        ("-kind:title port", {"p-1"}),
        ("-kind:boilerplate port", {"p-1", "p-5"}),
        ("language:en", {"p-3"}),
        ("article:a-3", {"p-5"}),
        ("the", {"p-3"}),
        ("introuvable", set()),
    ],
)
def test_search_finds_what_the_query_means(harbour: SearchIndex, query: str, found: set[str]) -> None:
    results = harbour.search(parse_query(query), limit=100)
    assert {hit.passage_id for hit in results.hits} == found
    assert results.total == len(results.hits)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (SearchFilters(), ["p-1", "p-2", "p-3", "p-5"]),
        (SearchFilters(kinds=("boilerplate",)), ["p-4"]),
        (SearchFilters(kinds=("title", "boilerplate")), ["p-4", "p-5"]),
        (SearchFilters(sources=("s-2",)), ["p-3", "p-5"]),
        (SearchFilters(sources=("s-1", "s-9")), ["p-1", "p-2"]),
        (SearchFilters(languages=("en",)), ["p-3"]),
        (SearchFilters(entities=("e-port", "e-marans")), ["p-3", "p-5"]),
        (SearchFilters(articles=("a-1",)), ["p-1", "p-2"]),
        (SearchFilters(published_from=date(2025, 4, 2)), ["p-3"]),
        (SearchFilters(published_to=date(2025, 4, 1)), ["p-1", "p-2"]),
        (SearchFilters(published_from=date(2025, 3, 1), published_to=date(2025, 4, 2)), ["p-1", "p-2", "p-3"]),
    ],
)
def test_filters_keep_what_they_name(harbour: SearchIndex, filters: SearchFilters, found: list[str]) -> None:
    assert [hit.passage_id for hit in harbour.search(EVERYTHING, filters).hits] == found


def test_facets_count_all_that_was_found(harbour: SearchIndex) -> None:
    results = harbour.search(parse_query("marans port"), limit=1, facets=FACETS)
    assert results.total == 4
    assert results.facets == {
        "source": {"s-1": 2, "s-2": 2},
        "language": {"fr": 3, "en": 1},
        "kind": {"body": 3, "title": 1},
        "published": {"2025-03": 2, "2025-04": 1},
    }


def test_sorting_by_date_goes_both_ways_with_the_undated_last(tmp_path: Path) -> None:
    index = index_of(
        tmp_path,
        [
            passage("p-1", "x", on=None),
            passage("p-2", "x", on=date(2025, 1, 2), at=datetime(2025, 1, 2, 9, tzinfo=UTC)),
            passage("p-3", "x", on=date(2025, 1, 2), at=datetime(2025, 1, 2, 7, tzinfo=UTC)),
            passage("p-4", "x", on=date(2025, 1, 1)),
            passage("p-5", "x", on=date(2025, 1, 1)),
        ],
    )
    oldest = [hit.passage_id for hit in index.search(EVERYTHING, sort="published_at").hits]
    newest = [hit.passage_id for hit in index.search(EVERYTHING, sort="-published_at").hits]
    assert oldest == ["p-4", "p-5", "p-3", "p-2", "p-1"]
    assert newest == ["p-2", "p-3", "p-4", "p-5", "p-1"]


def test_a_prefix_stands_for_any_number_of_words(tmp_path: Path) -> None:
    letters = "bcdfghjklmnpqrstvwxz"
    many = " ".join(f"dig{a}{b}{c}" for a in letters for b in letters for c in letters)
    index = index_of(
        tmp_path, [passage("p-1", many), passage("p-2", "digues"), passage("p-3", "quai"), passage("p-4", "di")]
    )
    assert ids(index, "dig*") == ["p-1", "p-2"]
    assert ids(index, "digu*") == ["p-2"]
    assert ids(index, "zzz*") == []


def test_a_search_out_of_time_raises(harbour: SearchIndex) -> None:
    with pytest.raises(SearchTimeout):
        harbour.search(parse_query("marans"), deadline=0)


def test_hostile_words_are_looked_up_as_words(harbour: SearchIndex) -> None:
    for query in ["\x00 port", "port\x00", "\ufeffport", "[port TO zzz]", "(port) {}", "port/ && \\port"]:
        assert "p-1" in ids(harbour, query), query


VOCABULARY = [
    "digue",
    "port",
    "élection",
    "élections",
    "election",
    "ville",
    "3000",
    "the",
    "le",
    "chômage",
    "chomage",
    "l'or",
]
LANGUAGES = ["fr", "en", "de"]


def corpus(rng: random.Random, count: int) -> list[PassageDocument]:
    return [
        passage(
            f"p-{n:03d}",
            " ".join(rng.choices(VOCABULARY, k=rng.randint(1, 40))),
            article=f"a-{n // 3}",
            source=f"s-{n % 3}",
            language=rng.choice(LANGUAGES),
            title=" ".join(rng.choices(VOCABULARY, k=3)),
        )
        for n in range(count)
    ]


def queries(rng: random.Random, count: int) -> Iterator[str]:
    for _ in range(count):
        parts = []
        for _ in range(rng.randint(1, 4)):
            one, two = rng.choices(VOCABULARY, k=2)
            parts.append(
                rng.choice([one, one, f"+{one}", f"-{one}", f'"{one} {two}"', f"title:{one}", "ele*", "source:s-1"])
            )
        yield " ".join(parts) + " ville"


def approximate(length: int) -> int:
    """Whoosh keeps lengths in one byte."""
    return int(byte_to_length(length_to_byte(length)))


PLAIN = Ranking(k1=0.9, b={"text": 0.4, "title": 0.4}, weights={}, depth=0)
"""BM25 alone."""


@lru_cache(maxsize=10_000)
def term_counts(document: PassageDocument, field: str) -> list[tuple[str, ...]]:
    text = document.text if field == "text" else document.title
    return [terms(word, group_of(document.language)) for word in words(text)]


def expected_gain(term: str, field: str, one: PassageDocument, everything: list[PassageDocument]) -> float:
    """What a term adds to a passage, among the passages of its language that have anything in the field."""
    same = [d for d in everything if group_of(d.language) == group_of(one.language) and term_counts(d, field)]
    having = sum(any(term in t for t in term_counts(d, field)) for d in same)
    lengths = {d.passage_id: approximate(len(term_counts(d, field))) for d in same}
    frequency = sum(term in t for t in term_counts(one, field))
    idf = math.log(1 + (len(same) - having + 0.5) / (having + 0.5))
    average = sum(lengths.values()) / len(lengths)
    norm = PLAIN.k1 * (1 - PLAIN.b[field] + PLAIN.b[field] * lengths[one.passage_id] / average)
    return idf * frequency * (PLAIN.k1 + 1) / (frequency + norm) if frequency else 0.0


def expected_score(query: str, one: PassageDocument, everything: list[PassageDocument]) -> float:
    """The score by its definition, word by word."""
    group = group_of(one.language)
    score = 0.0
    for clause in parse_query(query).clauses:
        if clause.occur == "not" or clause.kind == "keyword":
            continue
        if clause.kind == "prefix":
            score += PREFIX_SCORE * any(w.folded.startswith(clause.words[0].folded) for w in words(one.text))
            continue
        alone = parse_query(query).__class__("", (clause,))
        if matches(alone, one.text, one.language, title=one.title):
            for word in clause.words:
                score += max(expected_gain(term, clause.field, one, everything) for term in terms(word, group))
    return score


def test_search_agrees_with_its_definition_after_updates_and_merges(tmp_path: Path) -> None:
    rng = random.Random(5)
    everything = corpus(rng, 60)
    index = SearchIndex(tmp_path, PLAIN)
    index.rebuild(corpus(rng, 30))
    for article, passages in by_article(everything).items():
        index.apply({article: corpus(rng, 1) and [passage(f"old-{article}", "digue", article=article)]})
        index.apply({article: passages})
    everything = [d for d in everything if d.article_id != "a-7"]
    index.apply({"a-7": []})
    for query in queries(rng, 60):
        parsed = parse_query(query)
        hits = index.search(parsed, limit=1000).hits
        values = [{"source": [d.source_id]} for d in everything]
        met = [
            d
            for d, v in zip(everything, values, strict=True)
            if matches(parsed, d.text, d.language, title=d.title, values=v)
        ]
        assert {hit.passage_id for hit in hits} == {d.passage_id for d in met}, query
        scores = {d.passage_id: expected_score(query, d, everything) for d in met}
        for hit in hits:
            assert hit.score == pytest.approx(scores[hit.passage_id], rel=1e-5), query
        assert all(a.score >= b.score for a, b in pairwise(hits))


def test_threads_get_the_answers_that_one_alone_gets(tmp_path: Path) -> None:
    rng = random.Random(9)
    index = index_of(tmp_path, corpus(rng, 400))
    asked = list(queries(rng, 40))
    expected = {query: index.search(parse_query(query), limit=50, deadline=60).hits for query in asked}
    fresh = SearchIndex(tmp_path)
    wrong: list[str] = []

    def ask(seed: int) -> None:
        for query in random.Random(seed).sample(asked, len(asked)):
            right = fresh.search(parse_query(query), limit=50, deadline=60).hits == expected[query]
            wrong.extend([] if right else [query])

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.parametrize("query", ["port Marans", '"port de marans" agence', "+marans -emploi élec*", "title:port"])
def test_an_explanation_adds_up_to_the_score(harbour: SearchIndex, query: str) -> None:
    results = harbour.search(parse_query(query), explain=True)
    pinned = results.statistics
    for hit in results.hits:
        assert sum(term.score for term in hit.terms) + sum(hit.bonuses.values()) == pytest.approx(hit.score, abs=1e-5)
        for term in hit.terms:
            if term.term_frequency is None:
                assert (term.term, term.score, term.document_frequency) == ("élec*", PREFIX_SCORE, None)
                continue
            assert term.length is not None
            assert term.average_length is not None
            k1, b = learned().k1, learned().b[term.field]
            norm = k1 * (1 - b + b * term.length / term.average_length)
            assert term.score == pytest.approx(
                term.weight * term.term_frequency * (k1 + 1) / (term.term_frequency + norm), abs=1e-5
            )
            assert term.document_frequency in pinned.frequencies
    assert results.hits
    assert all(not hit.terms for hit in harbour.search(parse_query(query)).hits)


def test_an_explanation_names_the_words_that_a_passage_has_in_the_order_of_the_query(harbour: SearchIndex) -> None:
    hits = {hit.passage_id: hit for hit in harbour.search(parse_query("Marans chômage agence"), explain=True).hits}
    assert [term.term for term in hits["p-2"].terms] == ["marans", "chômage", "agence"]
    assert [term.term for term in hits["p-1"].terms] == ["marans"]
    assert [(t.document_frequency, t.term_frequency) for t in hits["p-2"].terms] == [(2, 1), (1, 1), (1, 1)]


def test_articles_without_a_title_leave_scores_and_cursors_whole(tmp_path: Path) -> None:
    titled = [passage(f"p-{n}", "Le phare est rallumé.", article=f"a-{n}", title="Le phare") for n in range(3)]
    index = index_of(tmp_path / "index", [*titled, passage("p-9", "Le phare est éteint.", article="a-9")])
    for query in ("title:phare", "phare"):
        first = index.search(parse_query(query), limit=2)
        assert all(math.isfinite(hit.score) and hit.score > 0 for hit in first.hits)
        assert first.after is not None
        after = After.from_json(json.loads(json.dumps(first.after.to_json())))
        found = [hit.passage_id for hit in (*first.hits, *index.search(parse_query(query), after=after).hits)]
        assert len(found) == len(set(found)) == first.total


VALUED = [
    replace(passage("p-1", "Une barque."), values=("3000", "2024-06-19")),
    replace(passage("p-2", "Des vedettes.", article="a-2"), values=("3000",)),
    replace(passage("p-3", "Une barque verte.", article="a-3"), values=("4000",)),
]


@pytest.mark.parametrize(
    ("query", "values", "found"),
    [
        ("barque", (), {"p-1", "p-3"}),
        ("barque", ("3000",), {"p-1", "p-2", "p-3"}),
        ("introuvable", ("3000", "2024-06-19"), {"p-1", "p-2"}),
        ("+barque", ("3000",), {"p-1", "p-3"}),  # never required, and no way around what is
        ("barque -verte", ("4000",), {"p-1"}),
        ("barque article:a-2", ("3000",), {"p-2"}),
        ("barque", ("5000",), {"p-1", "p-3"}),
    ],
)
def test_search_finds_passages_by_the_values_that_a_query_means(
    tmp_path: Path, query: str, values: tuple[str, ...], found: set[str]
) -> None:
    index = index_of(tmp_path, VALUED)
    results = index.search(replace(parse_query(query), values=values))
    assert {hit.passage_id for hit in results.hits} == found


@pytest.mark.parametrize("query", ["barque", "+barque"])
def test_search_says_what_a_value_adds_to_a_score(tmp_path: Path, query: str) -> None:
    index = index_of(tmp_path, VALUED)
    best = index.search(replace(parse_query(query), values=("3000",)), explain=True).hits[0]
    added = [(term.term, term.document_frequency) for term in best.terms if term.field == "values"]
    assert (best.passage_id, added) == ("p-1", [("3000", 2)])
    assert math.isclose(best.score, sum(t.score for t in best.terms) + sum(best.bonuses.values()), rel_tol=1e-4)


def test_search_finds_a_name_with_a_hyphen_under_the_names_of_its_entity(tmp_path: Path) -> None:
    named = replace(passage("p-1", "The United States.", language="en"), names=("États-Unis", "United States"))
    other = replace(passage("p-2", "Rebirth.", language="en", article="a-2"), names=("Unis-Cité", "Quatre États"))
    index = index_of(tmp_path, [named, other])
    assert ids(index, "États-Unis") == ids(index, "etats-unis") == ["p-1"]
    assert ids(index, '"États-Unis"') == []


def test_search_weighs_names_that_a_passage_has_apart_from_those_it_has_not(tmp_path: Path) -> None:
    names = ("Corée du Nord", "RPDC")
    said = replace(passage("p-1", "La Corée du Nord."), names=names)
    unsaid = replace(passage("p-2", "Le Nord de la RPDC.", article="a-2"), names=names)
    SearchIndex(tmp_path).rebuild([said, unsaid])
    for weights, best in (({"names": 9.0}, "p-1"), ({"aliases": 9.0}, "p-2")):
        index = SearchIndex(tmp_path, ranking=Ranking(weights=weights))
        assert ids(index, "Corée")[0] == best
