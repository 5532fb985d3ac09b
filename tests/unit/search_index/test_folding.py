from __future__ import annotations

import json
from pathlib import Path

from search_index import After, SearchIndex, parse_query
from tests.unit.search_index.samples import index_of, passage

WIRE = (
    "La rupture de la digue de Marans a fait sept morts et inondé trois cents maisons dans la nuit de mardi à "
    "mercredi, a annoncé la préfecture, qui a demandé aux habitants de la vallée de rejoindre les hauteurs avant midi"
)


def shown(index: SearchIndex, query: str, limit: int = 10) -> list[tuple[str, tuple[str, ...]]]:
    """Hits with what is folded under them, page by page."""
    found: list[tuple[str, tuple[str, ...]]] = []
    after: After | None = None
    while True:
        results = index.search(parse_query(query), limit=limit, after=after, fold=True, deadline=60)
        found.extend((hit.passage_id, hit.similar) for hit in results.hits)
        if results.after is None:
            return found
        after = After.from_json(json.loads(json.dumps(results.after.to_json())))


def test_copies_of_a_wire_text_stand_under_the_best_of_them(tmp_path: Path) -> None:
    copies = [passage(f"p-{n}", f"{WIRE}, {outlet}.", article=f"a-{n}") for n, outlet in enumerate("abcde")]
    index = index_of(tmp_path, [*copies, passage("q-1", "La digue de Marans sera rehaussée.", article="b")])
    found = shown(index, "digue Marans")
    assert len(found) == 2
    assert {len(similar) for _, similar in found} == {0, 4}
    assert sorted(name for hit, similar in found for name in (hit, *similar)) == [
        "p-0",
        "p-1",
        "p-2",
        "p-3",
        "p-4",
        "q-1",
    ]
    assert index.search(parse_query("digue Marans"), fold=True).total == 6
    assert len(index.search(parse_query("digue Marans")).hits) == 6


def test_another_figure_or_a_denial_never_hides_behind_a_near_duplicate(tmp_path: Path) -> None:
    texts = [
        WIRE.replace("sept", "7"),
        WIRE.replace("sept", "9"),
        WIRE.replace("a fait sept", "n'a pas fait 7"),
        WIRE.replace("sept", "7").replace("mardi", "lundi"),
    ]
    index = index_of(tmp_path, [passage(f"p-{n}", text, article=f"a-{n}") for n, text in enumerate(texts)])
    found = dict(shown(index, "digue"))
    assert sorted(found) in (["p-0", "p-1", "p-2"], ["p-1", "p-2", "p-3"])
    assert sorted(name for similar in found.values() for name in similar) in (["p-0"], ["p-3"])


def test_different_short_passages_are_no_near_duplicates(tmp_path: Path) -> None:
    index = index_of(
        tmp_path, [passage("p-1", "Il l'a dit."), passage("p-2", "Elle y est."), passage("p-3", "La digue, oui.")]
    )
    assert len(shown(index, '"il"')) == 1
    assert len(shown(index, "il elle digue")) == 1
    assert [hit.passage_id for hit in index.search(parse_query("article:a-1"), fold=True).hits] == ["p-1", "p-2", "p-3"]


def test_pages_of_folded_results_show_every_passage_once(tmp_path: Path) -> None:
    passages = []
    for n in range(60):
        text = WIRE if n % 3 == 0 else f"La digue numéro {n} tient bon, selon le rapport {n} du bureau d'études."
        passages.append(passage(f"p-{n:02d}", text, article=f"a-{n}"))
    found = shown(index_of(tmp_path, passages), "digue", limit=4)
    names = [name for hit, similar in found for name in (hit, *similar)]
    assert sorted(names) == [f"p-{n:02d}" for n in range(60)]
    assert len(found) == 41
