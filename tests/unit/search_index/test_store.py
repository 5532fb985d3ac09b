import os
import pickle
import random
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from search_index import DistributionConflict, IndexUnusable, SearchIndex, parse_query
from search_index.schema import choose_distribution, marker
from search_index.store import Store
from tests.unit.search_index.samples import HARBOUR, ids, index_of


class Bomb:
    """A pickle that leaves a trace when it is loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


def table_of_contents(folder: Path) -> Path:
    (path,) = Store(folder).current().glob("*.toc")
    return path


def test_a_new_folder_is_private_and_must_be_built(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "index"
    index = SearchIndex(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for use in (index.check, index.count, lambda: index.apply({}), lambda: index.state_of([])):
        with pytest.raises(IndexUnusable):
            use()
    index.rebuild([])
    assert index.count() == 0
    assert ids(index, "digue") == []
    assert stat.S_IMODE(Store(folder).current().stat().st_mode) == 0o700


@pytest.mark.parametrize("damage", ["empty", "cut", "noise", "pickle", "absent"])
def test_a_damaged_table_of_contents_asks_for_a_rebuild(tmp_path: Path, damage: str) -> None:
    index_of(tmp_path, HARBOUR)
    path = table_of_contents(tmp_path)
    content = path.read_bytes()
    if damage == "absent":
        path.unlink()
    else:
        path.write_bytes(
            {"empty": b"", "cut": content[:-20], "noise": os.urandom(len(content))}.get(damage, content[:40])
        )
    index = SearchIndex(tmp_path)
    with pytest.raises(IndexUnusable):
        index.search(parse_query("port"))
    with pytest.raises(IndexUnusable):
        index.apply({"a-1": []})
    index.rebuild(HARBOUR)
    assert ids(index, "conteneurs") == ["p-1"]


def test_damage_anywhere_in_the_index_is_noticed_at_start_and_nothing_else_is_raised(tmp_path: Path) -> None:
    index_of(tmp_path, HARBOUR)
    rng = random.Random(2)
    files = [path for path in Store(tmp_path).current().iterdir() if path.suffix in (".sba", ".toc")]
    assert len(files) == 2
    for path in files:
        content = path.read_bytes()
        for at in rng.sample(range(len(content)), 150):
            size = rng.choice([1, 1, 8, 64])
            damaged = bytearray(content)
            damaged[at : at + size] = bytes(b ^ rng.randint(1, 255) for b in damaged[at : at + size])
            path.write_bytes(damaged)
            with pytest.raises(IndexUnusable):
                SearchIndex(tmp_path).check_files()
        path.write_bytes(content)
    SearchIndex(tmp_path).check_files()


def test_a_missing_or_short_segment_asks_for_a_rebuild(tmp_path: Path) -> None:
    index_of(tmp_path, HARBOUR)
    (segment,) = Store(tmp_path).current().glob("*.sba")
    segment.write_bytes(segment.read_bytes()[:-100])
    with pytest.raises(IndexUnusable):
        SearchIndex(tmp_path).check()
    segment.unlink()
    with pytest.raises(IndexUnusable):
        SearchIndex(tmp_path).check()
    index = SearchIndex(tmp_path)
    index.rebuild(HARBOUR)
    assert ids(index, "conteneurs") == ["p-1"]


@pytest.mark.parametrize(
    "name", ["gen-000001", "../elsewhere", "", "\x00", "gen-000001-zzzzzzzz", "gen-000009-0123abcd"]
)
def test_current_names_a_generation_or_nothing(tmp_path: Path, name: str) -> None:
    index = index_of(tmp_path, HARBOUR)
    (tmp_path / "CURRENT").write_text(name)
    with pytest.raises(IndexUnusable):
        index.check()


def test_an_index_of_another_version_is_never_loaded(tmp_path: Path) -> None:
    index_of(tmp_path, HARBOUR)
    trace = tmp_path / "trace"
    table_of_contents(tmp_path).write_bytes(pickle.dumps(Bomb(trace)))
    current = Store(tmp_path).current()
    for text in ('{"schema": 0}', "", "[]", str(marker())):
        (current / "marker.json").write_text(text)
        with pytest.raises(IndexUnusable):
            SearchIndex(tmp_path).check()
    (current / "marker.json").unlink()
    with pytest.raises(IndexUnusable, match="not one of ours"):
        SearchIndex(tmp_path).check()
    assert not trace.exists()


@pytest.mark.parametrize("which", ["folder", "generation"])
def test_an_index_that_others_may_write_to_is_never_loaded(tmp_path: Path, which: str) -> None:
    folder = tmp_path / "index"
    index_of(folder, HARBOUR)
    (folder if which == "folder" else Store(folder).current()).chmod(0o770)
    index = SearchIndex(folder)
    with pytest.raises(IndexUnusable, match="others may write"):
        index.check()
    index.rebuild(HARBOUR)
    assert index.count() == 5


def test_an_index_made_anew_under_a_reader_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    index = index_of(folder, HARBOUR)
    assert index.count() == 5
    shutil.rmtree(folder)
    with pytest.raises(IndexUnusable):
        index.count()
    index_of(folder, HARBOUR[:1])
    assert index.count() == 1


def test_a_snapshot_stays_readable_when_its_generation_is_gone(tmp_path: Path) -> None:
    index = index_of(tmp_path, HARBOUR)
    snapshot = Store(tmp_path).snapshot()
    index.rebuild(HARBOUR[:1])
    assert len(snapshot.parts[0].view.documents("text_fr", "port")) == 3
    assert dict(snapshot.states())["a-3"] == {"p-5": "f"}


def test_which_whoosh_runs_is_never_left_to_chance() -> None:
    assert choose_distribution({"whoosh3": "1"}) == ("whoosh3", "1")
    for found in ({}, {"Whoosh": "2.7.4", "whoosh3": "3.54.0"}):
        with pytest.raises(DistributionConflict, match="exactly one"):
            choose_distribution(found)


def test_an_index_whose_folder_was_taken_away_is_built_again(tmp_path: Path) -> None:
    index = index_of(tmp_path / "index", HARBOUR)
    shutil.rmtree(tmp_path / "index")
    with pytest.raises(IndexUnusable):
        index.check()
    index.rebuild(HARBOUR)
    assert index.count() == len(HARBOUR)
