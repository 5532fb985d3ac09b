from datetime import date, datetime, timedelta

import pytest

from api.schemas.formats import (
    check_country,
    check_language_tag,
    check_web_address,
    is_blank,
    parse_day,
    parse_moment,
)


def test_a_day_is_a_date_and_an_instant_keeps_its_offset() -> None:
    assert parse_moment("2024-02-29") == date(2024, 2, 29)
    instant = parse_moment("2024-06-27T23:30:00-05:00")
    assert isinstance(instant, datetime)
    assert instant.utcoffset() == timedelta(hours=-5)
    assert instant.date() == date(2024, 6, 27)


@pytest.mark.parametrize("value", ["2024-06-27T08:30:00Z", "2024-06-27t08:30:00.123456z", "1999-12-31T00:00:00+14:00"])
def test_instants_of_rfc_3339_are_taken(value: str) -> None:
    assert isinstance(parse_moment(value), datetime)


@pytest.mark.parametrize(
    "value",
    [
        "2024-02-31",
        "2023-02-29",
        "2024-13-01",
        "0000-01-01",
        "2024-6-27",
        "27/06/2024",
        "2024-06-27T08:30:00",
        "2024-06-27 08:30:00Z",
        "2024-06-27T08:30Z",
        "2024-06-27T25:00:00Z",
        "2024-06-27T08:30:60Z",
        "2024-06-27T08:30:00+24:00",
        "2024-06-27T08:30:00.1234567Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "2024-W26-4",
        "20240627",
        "２０２４-06-27",
        "2024-06-27\n",
        "",
        1719446400,
        True,
        [],
        None,
    ],
)
def test_other_dates_are_refused_with_a_remedy(value: object) -> None:
    with pytest.raises(ValueError, match=r"send|There is no such") as caught:
        parse_moment(value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("value", ["2024-06-27T08:30:00Z", "2024-02-30", "today", ""])
def test_a_day_parameter_is_a_calendar_day(value: str) -> None:
    with pytest.raises(ValueError, match=r"date|day"):
        parse_day(value)


@pytest.mark.parametrize("tag", ["fr", "en", "fr-CA", "zh-Hant-TW", "sl-rozaj", "es-419", "de-x-local"])
def test_language_tags_are_taken(tag: str) -> None:
    check_language_tag(tag)


@pytest.mark.parametrize("tag", ["french", "f", "fr_CA", "fr-", "fr--CA", "123", "frë", "fr-CA\n"])
def test_what_is_no_language_tag_is_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="BCP 47"):
        check_language_tag(tag)


def test_countries_are_those_of_iso_3166() -> None:
    check_country("FR")
    for code in ("UK", "fr", "XX", "FRA", ""):
        with pytest.raises(ValueError, match="ISO 3166"):
            check_country(code)


@pytest.mark.parametrize("address", ["https://a.example/é?x=1#y", "http://[::1]:8000/", "https://été.example"])
def test_web_addresses_are_taken(address: str) -> None:
    check_web_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a.example",
        "javascript:alert(1)",
        "https://",
        "https:///path",
        "https://user:secret@a.example",
        "http://[::1",
        "http://a.example:99999/",
        "http://a.example:x/",
        "http://a b.example/",
        "http://a.example/\x07",
        "//a.example/",
        "a.example",
        'https://a.example/"><script>',
    ],
)
def test_what_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="web address"):
        check_web_address(address)


def test_white_space_and_invisible_characters_are_blank() -> None:
    assert is_blank("")
    assert is_blank(" \n\u00a0\u2003\u200b\ufeff")
    assert not is_blank("\u200ba")
    assert not is_blank("😀")
