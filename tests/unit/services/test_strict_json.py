import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.strict_json import MAX_DEPTH, MalformedJson, find_unacceptable, read_json

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(_VALUES)
def test_read_json_reads_what_json_writes(value: object) -> None:
    assert read_json(json.dumps(value, ensure_ascii=False).encode()) == value


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "nothing"),
        (b" \n", "nothing"),
        (b"{", "line 1, column 2"),
        (b"[1,]", "line 1, column"),
        (b'{"a": NaN}', "NaN"),
        (b"[Infinity]", "Infinity"),
        (b"[-Infinity]", "-Infinity"),
        (b'"\xff"', "byte 0xff at offset 1"),
        (b'"\xed\xa0\x80"', "Not UTF-8"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
        ("{}".encode("utf-16"), "Not UTF-8"),
        (b"[" * 100_000, "32 levels"),
        (b'{"a":' * 100_000, "32 levels"),
        (b'["' + b"[" * 40 + b'"] x', "Extra data"),
    ],
)
def test_malformed_json_is_refused_with_its_place(raw: bytes, message: str) -> None:
    with pytest.raises(MalformedJson, match=message):
        read_json(raw)


def test_brackets_in_strings_do_not_count_as_depth() -> None:
    assert read_json(b'["' + b"[" * 100 + b'"]') == ["[" * 100]


def test_the_deepest_value_allowed_is_read() -> None:
    assert read_json(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)


@pytest.mark.parametrize(
    ("raw", "pointer", "message"),
    [
        (rb'{"a": ["x", "\u0000"]}', "/a/1", "NUL"),
        (rb'{"a": "\ud800"}', "/a", "surrogate"),
        (rb'{"\udfff": 1}', "/\\udfff", "surrogate"),
        (b'{"s": {"n": 1, "n": 2}}', "/s/n", "twice"),
        (b'{"n": 1' + b"0" * 30 + b"}", "/n", "too large"),
        (b'{"n": 1e999}', "/n", "too large"),
        (b'{"a/b~c": 1, "a/b~c": 2}', "/a~1b~0c", "twice"),
    ],
)
def test_what_cannot_be_stored_is_named_by_pointer(raw: bytes, pointer: str, message: str) -> None:
    found = find_unacceptable(read_json(raw))
    assert found[0].pointer == pointer
    assert message in found[0].message
    found[0].pointer.encode("utf-8")


def test_a_surrogate_pair_is_one_character() -> None:
    assert find_unacceptable(read_json(rb'{"a": "\ud83d\ude00"}')) == []


def test_endless_mistakes_and_keys_are_cut_short() -> None:
    found = find_unacceptable(read_json(b'{"' + b"k" * 100_000 + b'": [' + rb'"\u0000",' * 1000 + b'""]}'))
    assert len(found) == 50
    assert len(found[0].pointer) <= 200
