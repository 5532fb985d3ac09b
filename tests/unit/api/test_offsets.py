from hypothesis import given
from hypothesis import strategies as st

from api.offsets import Utf16, in_utf16


def _units(text: str) -> bytes:
    return text.encode("utf-16-le")


@given(st.text(st.characters(codec="utf-8")), st.data())
def test_utf16_offsets_address_the_same_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    units = Utf16(text)
    addressed = _units(text)[2 * units.offset(start) : 2 * units.offset(end)]
    assert addressed.decode("utf-16-le") == text[start:end]


def test_spans_follow_their_revision_and_highlights_their_passage() -> None:
    text = "😀😀 Le pont 😀 a rouvert."
    citation = {
        "article": {"id": "a-1"},
        "revision": {"number": 2},
        "selector": {"start": 3, "end": 13, "exact": "Le pont 😀"},
    }
    hit = {
        "passage": {"start": 3, "end": 24, "text": text[3:]},
        "highlights": [{"start": 8, "end": 9}, {"start": 10, "end": 11}],
        "citation": citation,
    }
    asked: list[tuple[str, int]] = []

    def text_of(article: str, number: int) -> str:
        asked.append((article, number))
        return text

    answer = in_utf16({"items": [hit], "total": 1, "next": None}, text_of)
    (converted,) = answer["items"]
    assert asked == [("a-1", 2)]
    assert converted["passage"]["start"] == 5
    assert converted["citation"]["selector"]["start"] == 5
    assert converted["highlights"] == [{"start": 8, "end": 10}, {"start": 11, "end": 12}]
    assert list(converted) == list(hit)
