from __future__ import annotations

import base64
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.errors import InvalidCursor
from services.filters import FactFilters
from services.paging import decode_cursor, encode_cursor, query_hash

SHAPE = [(int, type(None)), (str,)]


TRUE = True


def written(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@given(st.integers(-(2**63), 2**63 - 1) | st.none(), st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_cursor_reads_back_what_was_written(number: int | None, text: str) -> None:
    cursor = encode_cursor("q", [number, text])
    if len(cursor) <= 4000:
        assert decode_cursor(cursor, "q", SHAPE) == (number, text)


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "%%%",
        "é",
        "A" * 5000,
        written(1, "q", 2**63, "a"),
        written(1, "q", TRUE, "a"),
        written(1, "q", 1.5, "a"),
        written(1, "q", "1", "a"),
        written(1, "q", 1, "a", "b"),
        written(1, "q", 1, "\ud800"),
        written(1, "q", 1, "\0"),
        written(2, "q", 1, "a"),
        written(1, "other", 1, "a"),
        base64.urlsafe_b64encode(b"{}").decode(),
        base64.urlsafe_b64encode(b"[" * 2900).decode(),
        base64.urlsafe_b64encode(b'[1,"q",NaN,"a"]').decode(),
        base64.urlsafe_b64encode(b"[1," + b"9" * 2000 + b"]").decode(),
    ],
)
def test_cursor_that_was_not_made_here_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidCursor):
        decode_cursor(cursor, "q", SHAPE)


@given(st.text(max_size=200))
def test_any_text_is_a_cursor_or_refused(text: str) -> None:
    with pytest.raises(InvalidCursor):
        decode_cursor(text, "q", SHAPE)


def test_query_hash_tells_queries_apart() -> None:
    one = query_hash("facts", FactFilters(unit="km", published_from=date(2024, 1, 2)), "score")
    assert one == query_hash("facts", FactFilters(published_from=date(2024, 1, 2), unit="km"), "score")
    assert one != query_hash("facts", FactFilters(unit="m", published_from=date(2024, 1, 2)), "score")
    assert one != query_hash("facts", FactFilters(unit="km", published_to=date(2024, 1, 2)), "score")
