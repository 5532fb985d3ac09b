"""Checks of single values: dates, language tags, countries, addresses. Each raises ValueError with cause and remedy."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib import resources
from urllib.parse import urlsplit

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# RFC 3339, section 5.6; what is finer than a microsecond could not be given back as it came.
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,6})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
_CLOCK = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d", re.ASCII)
# BCP 47 (RFC 5646, section 2.1), without the grandfathered tags.
_LANGUAGE_TAG = re.compile(
    r"[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(-[0-9a-wy-z](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?",
    re.ASCII | re.IGNORECASE,
)
_NOT_IN_ADDRESSES = frozenset('<>"\\^`{|}')


def parse_day(value: object) -> date:
    """A calendar day, YYYY-MM-DD."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("This is no date; send one such as 2024-06-27.")
    return _calendar(value)


def parse_moment(value: object) -> date | datetime:
    """A day, or an RFC 3339 instant, which keeps its offset."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return _calendar(value)
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        return _instant(value)
    if isinstance(value, str) and _CLOCK.match(value):
        raise ValueError("An instant is written with seconds and offset; send 2024-06-27T08:30:00+02:00 or a date.")
    raise ValueError("This is neither a date nor an instant; send 2024-06-27 or 2024-06-27T08:30:00+02:00.")


def _calendar(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"There is no such day ({error}); send one of the calendar.") from None


def _instant(value: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value.upper())
        # What leaves the calendar once moved to UTC cannot be compared with anything.
        moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("This instant lies outside the years 1 to 9999 in UTC; send one inside.") from None
    except ValueError as error:
        raise ValueError(f"There is no such instant ({error}); send one of the calendar and the clock.") from None
    return moment


def check_language_tag(value: str) -> None:
    """A well-formed BCP 47 tag."""
    if not _LANGUAGE_TAG.fullmatch(value):
        raise ValueError("This is no BCP 47 language tag; send one such as fr, en or fr-CA.")


def check_country(value: str) -> None:
    """A code of ISO 3166-1 alpha-2."""
    if value not in country_codes():
        raise ValueError("This is no country code of ISO 3166-1; send two capital letters such as FR or GB.")


@lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """The codes of ISO 3166-1 alpha-2, from the table that the time zone database carries."""
    table = resources.files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text(encoding="utf-8")
    return frozenset(line[:2] for line in table.splitlines() if line and not line.startswith("#"))


def check_web_address(value: str) -> None:
    """An absolute http or https address with a host, and neither white space nor a password in it."""
    if not _names_a_host(value):
        raise ValueError("This is no web address; send one that begins with http:// or https:// and names a host.")


def _names_a_host(address: str) -> bool:
    if any(c in _NOT_IN_ADDRESSES or unicodedata.category(c) in {"Cc", "Zs", "Zl", "Zp"} for c in address):
        return False
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    host = (parts.hostname or "").strip(".")
    return parts.scheme in {"http", "https"} and bool(host) and port != 0 and parts.password is None


def is_blank(text: str) -> bool:
    """Whether there is nothing to read: white space and invisible characters only."""
    return all(unicodedata.category(character)[0] in "ZC" for character in text)
