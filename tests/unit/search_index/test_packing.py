from __future__ import annotations

import base64
import contextlib
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.packing import MAX_NUMBERS, pack, unpack


def squeezed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(raw)).decode().rstrip("=")


@given(st.lists(st.integers(0, 2**63 - 1) | st.integers(0, 300), max_size=200))
def test_packed_numbers_come_back(numbers: list[int]) -> None:
    assert list(unpack(pack(numbers))) == numbers


def test_the_numbers_of_a_long_query_take_little_room() -> None:
    assert len(pack([0] * 1_000 + [999_999] * 300)) < 100


@pytest.mark.parametrize("number", [-1, 2**63])
def test_a_number_out_of_range_is_not_packed(number: int) -> None:
    with pytest.raises(ValueError, match="cannot be packed"):
        pack([number])


@pytest.mark.parametrize(
    "packed",
    [
        "",
        "A",
        "AAAA",
        "é",
        "====",
        "!!!!",
        squeezed(b"\x80"),
        squeezed(b"\xff" * 9 + b"\x01"),
        squeezed(b"\xff" * 30),
        squeezed(b"\0" * (9 * MAX_NUMBERS + 1)),
        squeezed(b"\0" * 10**8),
        squeezed(b"\0")[:-2],
        base64.urlsafe_b64encode(zlib.compress(b"\0") + b"x").decode(),
    ],
)
def test_what_is_no_packed_numbers_is_refused(packed: str) -> None:
    with pytest.raises(ValueError, match=r"packed|large|cut"):
        unpack(packed)


@given(st.text("ABCabc019-_", max_size=60))
def test_any_string_unpacks_or_is_refused(packed: str) -> None:
    with contextlib.suppress(ValueError):
        assert all(0 <= number < 2**63 for number in unpack(packed))
