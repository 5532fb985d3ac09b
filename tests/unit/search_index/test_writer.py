import errno
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from search_index import EVERYTHING, IndexStorageFull, LockTimeout, PassageDocument, SearchIndex, parse_query
from search_index.codec import ArraySegment
from search_index.commit import ArrayIndexWriter
from search_index.files import IndexFiles
from search_index.merging import Piece
from search_index.store import Store
from search_index.writer import Writer, choose_merge
from tests.unit.search_index.samples import HARBOUR, by_article, ids, index_of, passage

PREAMBLE = """
import sys
from pathlib import Path
from search_index import SearchIndex
from tests.unit.search_index.samples import passage
index = SearchIndex(Path(sys.argv[1]))
def article(name, version, size=3):
    names = [f"p-{name}-{version}-{i}" for i in range(size)]
    return {name: [passage(one, f"digue numéro{version}", article=name, fingerprint=version) for one in names]}
"""


def start(script: str, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PREAMBLE + script, str(folder), *arguments]
    root = Path(__file__).parents[3]
    return subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def states(index: SearchIndex) -> dict[str, dict[str, str]]:
    return dict(index.all_states())


def test_apply_replaces_all_passages_of_an_article_at_once(tmp_path: Path) -> None:
    index = index_of(tmp_path, HARBOUR)
    index.apply({"a-1": [passage("p-9", "Une digue neuve", article="a-1", fingerprint="g")], "a-3": []})
    assert states(index) == {"a-1": {"p-9": "g"}, "a-2": {"p-3": "f", "p-4": "f"}}
    assert index.state_of(["a-1", "a-3", "unknown"]) == {"a-1": {"p-9": "g"}, "a-3": {}, "unknown": {}}
    assert ids(index, "conteneurs chômage digue") == ["p-9"]
    assert index.count() == 3


def test_deleted_passages_never_come_back(tmp_path: Path) -> None:
    rng = random.Random(3)
    index, other = index_of(tmp_path), SearchIndex(tmp_path)
    expected: dict[str, dict[str, str]] = {}
    for step in range(60):
        name = f"a-{rng.randint(0, 9)}"
        size = rng.choice([0, 1, 3])
        passages = [passage(f"p-{name}-{step}-{i}", "digue", article=name, fingerprint=str(step)) for i in range(size)]
        index.apply({name: passages})
        expected[name] = {one.passage_id: one.fingerprint for one in passages}
        present = {found for state in expected.values() for found in state}
        for reader in (index, other):  # one that writes, and one that only ever read before
            assert states(reader) == {name: state for name, state in expected.items() if state}
            assert set(ids(reader, "digue")) == present


def test_a_passage_of_another_article_or_twice_the_same_is_refused(tmp_path: Path) -> None:
    index = index_of(tmp_path, HARBOUR)
    for passages in ([passage("p-9", "x", article="a-2")], [passage("p-9", "x"), passage("p-9", "y")]):
        with pytest.raises(ValueError, match="passage"):
            index.apply({"a-1": passages})
    assert index.count() == 5


def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    index_of(tmp_path)
    script = "for i in range(15): index.apply(article(f'{sys.argv[2]}-{i}', 'v'))"
    processes = [start(script, tmp_path, name) for name in ("x", "y")]
    for process in processes:
        process.communicate(timeout=120)
        assert process.returncode == 0
    found = states(SearchIndex(tmp_path))
    assert sorted(found) == sorted(f"{name}-{i}" for name in "xy" for i in range(15))
    assert all(len(state) == 3 for state in found.values())


def test_another_process_sees_a_write_at_its_next_search(tmp_path: Path) -> None:
    index_of(tmp_path)
    script = (
        "print(len(dict(index.all_states())), flush=True); input(); print(len(dict(index.all_states())), flush=True)"
    )
    with start(script, tmp_path) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "0\n"
        SearchIndex(tmp_path).apply({"a-1": HARBOUR[:2]})
        assert reader.communicate("\n", timeout=60)[0] == "1\n"


def test_a_killed_writer_leaves_each_commit_whole_or_absent(tmp_path: Path) -> None:
    index_of(tmp_path)
    rng = random.Random(1)
    script = """
for i in range(10_000):
    name = f"a-{i % 7}"
    index.apply(article(name, f"{sys.argv[2]}-{i}"))
    print(name, f"{sys.argv[2]}-{i}", flush=True)
"""
    acknowledged: dict[str, str] = {}
    for run in range(5):
        process = start(script, tmp_path, str(run))
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(rng.randint(1, 12))]
        time.sleep(rng.random() * 0.02)
        process.send_signal(signal.SIGKILL)
        lines += process.communicate()[0].splitlines()
        last = 0
        for line in lines:
            if line.endswith("\n") or len(line.split()) == 2:
                name, version = line.split()
                acknowledged[name] = version
                last = int(version.split("-")[1])
        index = SearchIndex(tmp_path)
        for name, state in index.all_states():
            versions = set(state.values())
            assert len(state) == 3
            # The write that was under way when the process died may be there, whole.
            assert versions <= {acknowledged.get(name), f"{run}-{last + 1}"}
            acknowledged[name] = versions.pop()
        assert len(ids(index, "digue")) == index.count()
        index.apply({"probe": [passage("p-probe", "sonde", article="probe", fingerprint=f"{run}")]})
        index.apply({"probe": []})


def test_a_killed_merge_loses_nothing_and_leaves_no_litter(tmp_path: Path) -> None:
    index_of(tmp_path)
    rng = random.Random(4)
    script = """
import search_index.writer
search_index.writer.MAX_INLINE_PASSAGES = 0  # every merge is one beside the writes
for i in range(10_000):
    name = f"a-{i % 11}"
    index.apply(article(name, f"{sys.argv[2]}-{i}", 40))
    print(name, f"{sys.argv[2]}-{i}", flush=True)
    index.tidy()
"""
    merged = 0
    for run in range(8):
        process = start(script, tmp_path, str(run))
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(rng.randint(4, 16))]
        time.sleep(rng.random() * 0.03)
        process.send_signal(signal.SIGKILL)
        lines += process.communicate()[0].splitlines()
        acknowledged = dict(line.split() for line in lines if len(line.split()) == 2)
        index = SearchIndex(tmp_path)
        index.check_files()
        now = states(index)
        under_way = [name for name in acknowledged if set(now[name].values()) != {acknowledged[name]}]
        assert len(under_way) <= 1  # the write that was not yet acknowledged
        assert all(len(state) == 40 for state in now.values())
        assert len(ids(index, "digue", limit=1000)) == index.count() == 40 * len(now)
        merged += len(Store(tmp_path).snapshot().parts) < len(now)
    assert merged
    index.tidy()
    index.apply({"probe": [passage("p-probe", "sonde", article="probe")]})
    folder = Store(tmp_path).current()
    kept = {part.view.segment_id for part in Store(tmp_path).snapshot().parts}
    assert {path.stem for path in folder.glob("*.sba")} == kept
    assert not (tmp_path / "MERGING").exists()


def test_a_write_waits_for_the_lock_only_so_long(tmp_path: Path) -> None:
    index = index_of(tmp_path, HARBOUR)
    with Store(tmp_path).write_lock.held(0):
        with pytest.raises(LockTimeout):
            index.apply({"a-1": []}, timeout=0.02)
        assert ids(index, "conteneurs") == ["p-1"]
    index.apply({"a-1": []}, timeout=0.02)


class FillingDisk(IndexFiles):
    """A disk that is full from the n-th new or renamed file on."""

    left = 0

    def create_file(self, name: str, **options: Any) -> Any:
        self._use()
        return super().create_file(name, **options)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002 - Whoosh's
        self._use()
        super().rename_file(oldname, newname, safe=safe)

    def _use(self) -> None:
        type(self).left -= 1
        if self.left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_the_index_as_it_was_and_the_next_write_works(tmp_path: Path) -> None:
    index = index_of(tmp_path, HARBOUR)
    before = states(index)
    writer = Writer(Store(tmp_path), FillingDisk)
    failures = 0
    for room in range(30):
        FillingDisk.left = room
        try:
            writer.apply({"a-9": [passage("p-9", "digue", article="a-9")]})
        except IndexStorageFull:
            failures += 1
            assert states(index) == before
            assert ids(index, "conteneurs") == ["p-1"]
        else:
            break
    assert failures > 2
    assert "a-9" in states(index)
    index.apply({"a-9": []})
    assert states(index) == before


def test_a_failing_document_cancels_the_whole_write(tmp_path: Path) -> None:
    index = index_of(tmp_path, HARBOUR)
    bad = passage("p-9", None, article="a-9")  # type: ignore[arg-type]
    for _ in range(2):
        with pytest.raises(TypeError):
            index.apply({"a-1": [], "a-9": [passage("p-8", "digue", article="a-9"), bad]})
    assert sorted(states(index)) == ["a-1", "a-2", "a-3"]


def test_rebuild_keeps_what_is_written_while_it_builds(tmp_path: Path) -> None:
    index = index_of(tmp_path, HARBOUR)

    def documents() -> Iterator[PassageDocument]:
        yield from HARBOUR
        writer = SearchIndex(tmp_path)
        writer.apply({"a-1": [passage("p-8", "digue", article="a-1", fingerprint="late")], "a-3": []})
        writer.apply({"a-4": [passage("p-7", "digue", article="a-4")]})
        assert sorted(ids(index, "digue")) == ["p-7", "p-8"]  # searches and writes go on

    index.rebuild(documents())
    assert states(index) == {"a-1": {"p-8": "late"}, "a-2": {"p-3": "f", "p-4": "f"}, "a-4": {"p-7": "f"}}
    assert len(Store(tmp_path).generations()) == 1
    assert not (tmp_path / "journal.ndjson").exists()


def test_a_write_cut_off_by_a_kill_does_not_stop_a_rebuild(tmp_path: Path) -> None:
    index = index_of(tmp_path, HARBOUR)

    def documents() -> Iterator[PassageDocument]:
        yield from HARBOUR
        with (tmp_path / "journal.ndjson").open("a") as stream:
            stream.write('\n["a-2", [{"passage_id": "p-')
        SearchIndex(tmp_path).apply({"a-1": []})

    index.rebuild(documents())
    assert sorted(states(index)) == ["a-2", "a-3"]


def test_a_rebuild_that_fails_changes_nothing(tmp_path: Path) -> None:
    index = index_of(tmp_path, HARBOUR)

    def documents() -> Iterator[PassageDocument]:
        yield HARBOUR[0]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        index.rebuild(documents())
    assert index.count() == 5
    assert len(Store(tmp_path).generations()) == 1
    index.apply({"a-1": []})
    assert not (tmp_path / "journal.ndjson").exists()


def test_a_killed_rebuild_leaves_the_live_index_and_no_journal(tmp_path: Path) -> None:
    index = index_of(tmp_path, HARBOUR)
    script = """
def documents():
    yield passage("p-1", "digue")
    print("building", flush=True)
    sys.stdin.read()
index.rebuild(documents())
"""
    with start(script, tmp_path) as builder:
        assert builder.stdout is not None
        assert builder.stdout.readline() == "building\n"
        index.apply({"a-1": []})
        assert (tmp_path / "journal.ndjson").exists()
        builder.kill()
    index.apply({"a-2": []})
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [
        "CURRENT",
        "rebuild.lock",
        "write.lock",
    ]
    assert sorted(states(index)) == ["a-3"]
    index.rebuild(HARBOUR)
    assert len(Store(tmp_path).generations()) == 1


def test_searches_go_on_while_the_index_is_written_and_rebuilt(tmp_path: Path) -> None:
    stable = [passage(f"p-{n}", "digue rompue", article=f"a-{n}") for n in range(20)]
    index = index_of(tmp_path, stable)
    stop, wrong = threading.Event(), list[object]()

    def search() -> None:
        query = parse_query("+digue +rompue")
        while not stop.is_set():
            try:
                found = index.search(query, limit=100, deadline=60)
            except Exception as error:  # reported by the test
                wrong.append(error)
                return
            if found.total != 20:
                wrong.append(found)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for n in range(25):
            index.apply({f"b-{n}": [passage(f"b-{n}", "quai", article=f"b-{n}")]})
            if n % 8 == 0:
                index.rebuild(stable)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_merging_keeps_segments_few_and_everything_found(tmp_path: Path) -> None:
    index = index_of(tmp_path)
    for n in range(60):
        index.apply({f"a-{n}": [passage(f"p-{n}-{i}", f"digue numéro{n}", article=f"a-{n}") for i in range(3)]})
    assert len(Store(tmp_path).snapshot().parts) <= 8
    assert index.search(EVERYTHING).total == 180
    assert all(len(ids(index, f'"digue numero{n}"')) == 3 for n in range(60))


def test_what_a_write_merges_is_bounded_and_the_rest_is_merged_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search_index.writer.MAX_INLINE_PASSAGES", 2)
    index = index_of(tmp_path)
    for n in range(12):
        index.apply({f"a-{n}": [passage(f"p-{n}", f"digue numéro{n}", article=f"a-{n}")]})
    assert len(Store(tmp_path).snapshot().parts) == 12
    assert index.tidy()
    assert len(Store(tmp_path).snapshot().parts) == 1
    assert not index.tidy()
    assert states(SearchIndex(tmp_path)) == {f"a-{n}": {f"p-{n}": "f"} for n in range(12)}
    index.check_files()


def test_what_is_deleted_while_segments_are_merged_stays_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search_index.writer.MAX_INLINE_PASSAGES", 0)
    index = index_of(tmp_path)
    for n in range(6):
        index.apply({f"a-{n}": [passage(f"p-{n}", "digue", article=f"a-{n}")]})
    write_merged = ArrayIndexWriter.write_merged

    def interrupted(self: ArrayIndexWriter, pieces: Sequence[Piece]) -> ArraySegment:
        segment = write_merged(self, pieces)
        SearchIndex(tmp_path).apply({"a-2": [], "a-3": [passage("p-30", "quai", article="a-3")], "b": []})
        return segment

    monkeypatch.setattr(ArrayIndexWriter, "write_merged", interrupted)
    assert index.tidy()
    assert states(index) == {f"a-{n}": {f"p-{n}": "f"} for n in (0, 1, 4, 5)} | {"a-3": {"p-30": "f"}}
    assert len(ids(index, "digue")) == 4


def test_merges_are_chosen_so_that_segments_grow_and_worn_ones_are_renewed() -> None:
    assert choose_merge([(1, 1)] * 4) == [0, 1, 2, 3]
    assert choose_merge([(1, 1)] * 3) == []
    assert choose_merge([(1_000_000, 1_000_000), (5, 5)]) == []
    assert choose_merge([(1_000_000, 1_000_000), (5, 5), (5, 5), (5, 5), (6, 6)]) == [1, 2, 3, 4]
    assert choose_merge([(1500, 1500)] * 9, most=4000) == []
    assert choose_merge([(10, 100), (500, 500)]) == [0]
    assert choose_merge([(300_000, 700_000)], most=8000) == []


def test_rebuilding_by_batches_gives_one_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search_index.writer.REBUILD_BATCH", 2)
    index = index_of(tmp_path, HARBOUR)
    assert states(index) == {
        name: {one.passage_id: "f" for one in found} for name, found in by_article(HARBOUR).items()
    }
