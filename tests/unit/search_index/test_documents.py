from datetime import UTC, date, datetime, timedelta, timezone

from search_index.documents import from_json, to_json
from tests.unit.search_index.samples import passage


def test_documents_survive_the_journal() -> None:
    zone = timezone(timedelta(hours=2))
    for one in (
        passage("p-1", "l’été\r\n😀\u2028", entities=("e-1", "e-2"), at=datetime(2025, 3, 1, 23, tzinfo=zone)),
        passage("p-2", "", on=None),
    ):
        assert from_json(to_json(one)) == one
        assert "\n" not in to_json(one)


def test_a_passage_is_sorted_by_its_instant_or_else_its_day() -> None:
    assert passage("p", "x", on=None).instant is None
    assert passage("p", "x", on=date(1970, 1, 2)).instant == 86_400
    assert passage("p", "x", at=datetime(1970, 1, 1, 1, tzinfo=UTC)).instant == 3_600
