from typing import Any

import marshmallow as ma
import pytest

from api.errors import field_errors
from api.schemas.article import RECORD_EXAMPLE, ArticleRecordSchema
from services.records import MAX_TEXT, ArticleRecord

SCHEMA = ArticleRecordSchema()
SMALL: dict[str, Any] = {"source": {"name": "Le Courrier"}, "text": "Le pont a rouvert."}


def _errors(record: object) -> dict[str, str]:
    with pytest.raises(ma.ValidationError) as caught:
        SCHEMA.load(record)  # type: ignore[arg-type]  # bad input is the point
    return {error.pointer: error.message for error in field_errors(caught.value.messages)}


def test_the_example_is_a_record() -> None:
    record = SCHEMA.load(RECORD_EXAMPLE)
    assert isinstance(record, ArticleRecord)
    assert record.source.country == "FR"
    assert record.tags == ("ports",)


def test_null_counts_as_absent_at_every_level() -> None:
    record = SCHEMA.load(
        {**SMALL, "html": None, "tags": None, "published_at": None, "source": {"name": "Le Courrier", "url": None}}
    )
    assert isinstance(record, ArticleRecord)
    assert record.html is None
    assert record.tags == ()
    assert record.source.url is None


def test_the_text_is_taken_as_it_is() -> None:
    text = "  Le pont\r\n a\u00a0rouvert 😀 e\u0301.\n"
    record = SCHEMA.load({**SMALL, "text": text})
    assert isinstance(record, ArticleRecord)
    assert record.text == text


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"source": None}, "/source"),
        ({"source": "Le Courrier"}, "/source"),
        ({"source": {}}, "/source/name"),
        ({"source": {"name": " \u200b"}}, "/source/name"),
        ({"source": {"name": "x" * 201}}, "/source/name"),
        ({"source": {"name": "x", "country": "France"}}, "/source/country"),
        ({"source": {"name": "x", "country": "ZZ"}}, "/source/country"),
        ({"source": {"name": "x", "url": "courrier.example"}}, "/source/url"),
        ({"source": {"name": "x", "phone": "1"}}, "/source/phone"),
        ({"text": None}, "/text"),
        ({"text": ""}, "/text"),
        ({"text": " \n\u00a0"}, "/text"),
        ({"text": 5}, "/text"),
        ({"text": ["a"]}, "/text"),
        ({"text": "x" * (MAX_TEXT + 1)}, "/text"),
        ({"html": "<p>x</p>"}, "/text"),
        ({"authors": "Inès"}, "/authors"),
        ({"authors": ["a", None]}, "/authors/1"),
        ({"authors": ["a"] * 101}, "/authors"),
        ({"authors": [" "]}, "/authors/0"),
        ({"tags": [1]}, "/tags/0"),
        ({"language": "french"}, "/language"),
        ({"published_at": "2024-02-31"}, "/published_at"),
        ({"published_at": 5}, "/published_at"),
        ({"published_at": "2024-06-27T08:30:00"}, "/published_at"),
        ({"url": "ftp://x"}, "/url"),
        ({"title": {}}, "/title"),
        ({"external_id": ""}, "/external_id"),
        ({"body": "x"}, "/body"),
        ({"a/b": "x"}, "/a~1b"),
    ],
)
def test_a_bad_field_is_named_with_cause_and_remedy(change: dict[str, Any], pointer: str) -> None:
    errors = _errors({**SMALL, **change})
    assert list(errors) == [pointer]
    assert len(errors[pointer]) > 20


def test_every_bad_field_is_listed() -> None:
    errors = _errors({"source": {"name": ""}, "text": "x", "tags": [1, "a", 2], "nonsense": 1})
    assert set(errors) == {"/source/name", "/tags/0", "/tags/2", "/nonsense"}


@pytest.mark.parametrize("record", [[], "text", 5, True, None])
def test_what_is_no_object_is_refused(record: object) -> None:
    assert list(_errors(record)) == [""]
