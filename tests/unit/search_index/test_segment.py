from pathlib import Path

import pytest

from search_index import SearchTimeout
from search_index.store import Store
from tests.unit.search_index.samples import HARBOUR, ids, index_of, passage


def out_of_time() -> None:
    raise SearchTimeout(0)


def in_time() -> None:
    return


def test_reading_a_common_word_stops_when_time_is_up_and_goes_on_later(tmp_path: Path) -> None:
    index_of(tmp_path, [passage(f"p-{n}", "digue") for n in range(1_100)])
    (part,) = Store(tmp_path).snapshot().parts
    for read in (part.view.postings, part.view.positions):
        with pytest.raises(SearchTimeout):
            read("text", "digu", out_of_time)
        documents, _ = read("text", "digu", in_time)
        assert len(documents) == 1_100


def test_a_small_cache_changes_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search_index.segment.CACHE_BYTES", 1_000)
    index = index_of(tmp_path, HARBOUR)
    for _ in range(3):
        assert ids(index, '"le port de marans"') == ["p-1"]
        assert sorted(ids(index, "chomage elections port marans conteneurs")) == ["p-1", "p-2", "p-3", "p-5"]
