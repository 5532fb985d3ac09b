import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index import EVERYTHING, SORTS, After, InvalidAfter, Query, SearchIndex, Sort, parse_query
from tests.unit.search_index.samples import by_article, index_of, passage

WORDS = ["digue", "port", "élection", "ville", "quai", "marée"]


def texts(seed: int) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choices(WORDS, k=rng.randint(1, 12)))


def pages(index: SearchIndex, query: Query, sort: Sort, between: object = None) -> list[list[str]]:
    """All pages of five, calling ``between`` after each; cursors travel as JSON."""
    found: list[list[str]] = []
    after: After | None = None
    while True:
        results = index.search(query, limit=5, after=after, sort=sort, deadline=60)
        found.append([hit.passage_id for hit in results.hits])
        if results.after is None:
            return found
        after = After.from_json(json.loads(json.dumps(results.after.to_json())))
        if callable(between):
            between(len(found))


@pytest.mark.parametrize("sort", SORTS)
def test_pages_together_are_the_whole_list(tmp_path: Path, sort: Sort) -> None:
    index = index_of(tmp_path, [passage(f"p-{n:02d}", texts(n % 7), article=f"a-{n}") for n in range(43)])
    for query in (EVERYTHING, parse_query("digue port"), parse_query("+port vil*")):
        whole = [hit.passage_id for hit in index.search(query, limit=1000, sort=sort).hits]
        found = pages(index, query, sort)
        assert [name for page in found for name in page] == whole
        assert all(len(page) == 5 for page in found[:-1])


@pytest.mark.parametrize("sort", SORTS)
def test_pages_neither_repeat_nor_skip_what_stays_while_others_come_and_go(tmp_path: Path, sort: Sort) -> None:
    stable = [passage(f"p-{n:03d}", texts(n % 9) + " digue", article=f"a-{n // 2}") for n in range(60)]
    leaving = [passage(f"q-{n:03d}", texts(n), article=f"leaving-{n}") for n in range(20)]
    index = index_of(tmp_path, stable + leaving)

    def write(page: int) -> None:
        # Many passages with one of the words only, and longer ones: without pinned statistics every score would move.
        index.apply(
            {
                f"new-{page}": [
                    passage(f"n-{page}-{i}", "port " * 30 + texts(i), article=f"new-{page}") for i in range(9)
                ]
            }
        )
        index.apply({f"leaving-{page}": []})
        index.apply({name: found for name, found in by_article(stable).items() if name == f"a-{page}"})

    found = [name for page in pages(index, parse_query("digue port élection"), sort, write) for name in page]
    assert len(found) == len(set(found))
    assert {name for name in found if name.startswith("p-")} == {one.passage_id for one in stable}


def test_the_score_of_a_passage_is_the_same_on_a_later_page(tmp_path: Path) -> None:
    index = index_of(tmp_path, [passage(f"p-{n}", texts(n), article=f"a-{n}") for n in range(30)])
    query = parse_query("digue port")
    before = {hit.passage_id: hit.score for hit in index.search(query, limit=100).hits}
    first = index.search(query, limit=3)
    for n in range(12):  # enough commits for merges
        index.apply({f"b-{n}": [passage(f"b-{n}", "digue " * 20, article=f"b-{n}")]})
    later = index.search(query, limit=100, after=first.after).hits
    assert {h.passage_id: h.score for h in later if h.passage_id in before} == {
        name: score for name, score in before.items() if name not in {h.passage_id for h in first.hits}
    }


def test_a_cursor_of_another_query_is_refused(tmp_path: Path) -> None:
    index = index_of(tmp_path, [passage(f"p-{n}", "digue port") for n in range(5)])
    after = index.search(parse_query("digue"), limit=1).after
    with pytest.raises(InvalidAfter):
        index.search(parse_query("digue port"), after=after)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("kpntfc"), inner, max_size=5),
    max_leaves=12,
)


@given(JSON | st.fixed_dictionaries(dict.fromkeys("kpntfc", JSON)))
def test_anything_but_a_continuation_is_refused(values: object) -> None:
    try:
        after = After.from_json(values)
    except InvalidAfter:
        return
    given = {name: values[name] for name in "kpntfc"}  # type: ignore[index]
    assert after.to_json() == given | {"t": {name: extent for name, extent in given["t"].items() if extent[0]}}
    assert all(n >= 0 for n in after.statistics.frequencies)
