from pathlib import Path

import numpy as np
import pytest

from search_index.arrays import ArrayFile, ArrayWriter
from search_index.errors import IndexUnusable
from search_index.store import Store
from tests.unit.search_index.samples import HARBOUR, index_of


def test_arrays_written_in_turns_are_read_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "x.sba"
    with path.open("wb") as stream:
        out = ArrayWriter(stream)
        out.reserve("a", np.uint16, 4)
        out.put("empty", np.zeros(0, dtype=np.float32))
        out.reserve("b", np.uint64, 2)
        for values in ([1, 2], [3], [65535]):
            out.append("a", np.array(values))
        out.append("b", np.array([2**63, 7], dtype=np.uint64))
        out.finish()
    file = ArrayFile(path)
    assert file["a"].tolist() == [1, 2, 3, 65535]
    assert file["b"].tolist() == [2**63, 7]
    assert (len(file["empty"]), file.count("absent"), file.get("absent")) == (0, 0, None)
    file.check()


def test_an_array_that_was_not_filled_cannot_be_read_later(tmp_path: Path) -> None:
    with (tmp_path / "x.sba").open("wb") as stream:
        out = ArrayWriter(stream)
        out.reserve("a", np.uint16, 2)
        out.append("a", np.array([1]))
        with pytest.raises(ValueError, match="not filled: a"):
            out.finish()
        with pytest.raises(ValueError, match="too many"):
            out.append("a", np.array([1, 2]))


@pytest.mark.parametrize("step", [29, pytest.param(1, marks=pytest.mark.soak)])
def test_every_byte_of_a_segment_is_covered_by_a_checksum(tmp_path: Path, step: int) -> None:
    index_of(tmp_path, HARBOUR)
    (path,) = Store(tmp_path).current().glob("*.sba")
    content = path.read_bytes()
    for at in range(0, len(content), step):
        path.write_bytes(content[:at] + bytes([content[at] ^ 0x41]) + content[at + 1 :])
        with pytest.raises(IndexUnusable):
            ArrayFile(path).check()
    for size in (*range(0, len(content), 997), len(content) - 1):
        path.write_bytes(content[:size])
        with pytest.raises(IndexUnusable):
            ArrayFile(path).check()
