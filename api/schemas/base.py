"""The base of every wire shape, and the field types that the shapes share.

Patterns are ECMA-262, as OpenAPI wants them; lengths count Unicode code points. Messages name cause and remedy.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import marshmallow as ma
from marshmallow import fields

from api.schemas.formats import (
    check_country,
    check_language_tag,
    check_web_address,
    is_blank,
    parse_day,
    parse_moment,
)

LANGUAGE_PATTERN = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"
DAY_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
MOMENT_PATTERN = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?([Zz]|[+-][0-9]{2}:[0-9]{2}))?$"
)
_INTERVALS = (("value_min", "value_max"), ("time_from", "time_to"), ("published_from", "published_to"))
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?")


class WireSchema(ma.Schema):
    """A wire shape. Unknown fields are refused; members stand in the order in which they are declared."""

    error_messages = {  # noqa: RUF012  # marshmallow merges these class attributes
        "unknown": "There is no such field; remove it.",
        "type": "This must be a JSON object.",
    }


class QuerySchema(ma.Schema):
    """The parameters of an operation. Unknown ones are refused."""

    error_messages = {"unknown": "There is no such parameter; remove it."}  # noqa: RUF012  # as above

    @ma.validates_schema(skip_on_field_errors=True)
    def ordered_bounds(self, data: dict[str, Any], **_: Any) -> None:
        """The lower bound of an interval is not above the upper one."""
        for low, high in _INTERVALS:
            if low in data and high in data and data[low] > data[high]:
                raise ma.ValidationError(f"This is beyond {high}; exchange the two.", low)


class Text(fields.String):
    """A string of at most ``longest`` code points that is not blank; ``check`` raises ValueError for a bad one."""

    default_error_messages = {  # noqa: RUF012  # as above
        "invalid": "This must be a string.",
        "null": "This must be a string, not null.",
        "required": "This is missing; send it.",
    }

    def __init__(
        self,
        longest: int,
        description: str,
        *,
        example: str | None = None,
        pattern: str | None = None,
        check: Callable[[str], None] | None = None,
        metadata: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        described = {"description": description, "minLength": 1, "maxLength": longest, "pattern": pattern}
        described |= {"examples": None if example is None else [example], **(metadata or {})}
        kwargs["metadata"] = {name: value for name, value in described.items() if value is not None}
        super().__init__(validate=self._check, **kwargs)
        self.longest = longest
        self.check = check
        self.matcher = re.compile(pattern) if pattern and check is None else None

    def _check(self, value: str) -> None:
        if len(value) > self.longest:
            raise ma.ValidationError(f"This has {len(value)} characters; at most {self.longest} are taken.")
        if is_blank(value):
            raise ma.ValidationError("This is blank; send some text or leave it out.")
        if self.matcher is not None and not self.matcher.search(value):
            raise ma.ValidationError(f"This has not the right form; it must match {self.matcher.pattern}.")
        if self.check is not None:
            try:
                self.check(value)
            except ValueError as error:
                raise ma.ValidationError(str(error)) from error


class SearchText(Text):
    """A query in the search syntax. What is wrong with it, its length too, says the service, with the place."""

    def _check(self, value: str) -> None:
        """Nothing: see above."""


def language_tag(description: str, **kwargs: Any) -> Text:
    """A BCP 47 language tag."""
    return Text(35, description, example="fr", pattern=LANGUAGE_PATTERN, check=check_language_tag, **kwargs)


def texts(item: Text, most: int, description: str, example: list[str]) -> fields.List[str]:
    """A list of at most ``most`` strings."""
    return fields.List(
        item,
        validate=ma.validate.Length(max=most, error=f"At most {most} are taken; send fewer."),
        metadata={"description": f"{description}; at most {most}.", "examples": [example]},
        error_messages={"invalid": "This must be a list of strings."},
    )


def country_code(description: str) -> Text:
    """An ISO 3166-1 alpha-2 code."""
    return Text(2, description, example="FR", pattern="^[A-Z]{2}$", check=check_country)


def web_address(description: str, example: str) -> Text:
    """An absolute http or https address."""
    return Text(
        2048,
        description,
        example=example,
        pattern=r"^https?://[^\s]+$",
        check=check_web_address,
        metadata={"format": "uri"},
    )


class Parsed(fields.Field[Any]):
    """A value that a function reads, raising ValueError with cause and remedy."""

    default_error_messages = {"required": "This is missing; send it."}  # noqa: RUF012  # as above

    def __init__(self, parse: Callable[[object], object], description: str, **metadata: Any) -> None:
        super().__init__(metadata={"type": "string", "description": description, **metadata})
        self.parse = parse

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:  # noqa: ARG002  # marshmallow's
        return value.isoformat() if isinstance(value, date) else value

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:  # noqa: ARG002  # marshmallow's
        try:
            return self.parse(value)
        except ValueError as error:
            raise ma.ValidationError(str(error)) from error


def moment(description: str) -> Parsed:
    """A day, or an RFC 3339 instant, which keeps its offset."""
    return Parsed(
        parse_moment, description, pattern=MOMENT_PATTERN, examples=["2025-03-14", "2025-03-14T08:30:00+01:00"]
    )


def day(description: str) -> Parsed:
    """A calendar day."""
    return Parsed(parse_day, description, format="date", examples=["2025-03-14"])


def number(description: str, lowest: float | None = None, highest: float | None = None) -> Parsed:
    """A finite number, as a query parameter."""

    def parse(value: object) -> float:
        if not isinstance(value, str) or not _NUMBER.fullmatch(value) or not math.isfinite(read := float(value)):
            raise ValueError("This is no number; send one such as 3000 or 4.5.")
        if (lowest is not None and read < lowest) or (highest is not None and read > highest):
            raise ValueError(f"This is out of range; send a number from {lowest:g} to {highest:g}.")
        return read

    bounds = {"minimum": lowest, "maximum": highest}
    return Parsed(parse, description, **{"type": "number", **{k: v for k, v in bounds.items() if v is not None}})


def whole_number(description: str, lowest: int, highest: int, default: int) -> Parsed:
    """A whole number between two bounds, as a query parameter."""

    def parse(value: object) -> int:
        if not isinstance(value, str) or not re.fullmatch("[0-9]{1,9}", value) or not lowest <= int(value) <= highest:
            raise ValueError(f"This is out of range; send a whole number from {lowest} to {highest}.")
        return int(value)

    field = Parsed(parse, description, type="integer", minimum=lowest, maximum=highest, default=default)
    field.load_default = default
    return field


def flag(description: str, *, default: bool = False) -> Parsed:
    """True or false, as a query parameter; ``default`` when absent."""

    def parse(value: object) -> bool:
        if value not in ("true", "false"):
            raise ValueError("This is neither true nor false; send one of them.")
        return value == "true"

    field = Parsed(parse, description, type="boolean", default=default)
    field.load_default = default
    return field


class Choice(fields.String):
    """One of some words."""

    default_error_messages = {"invalid": "This must be a string."}  # noqa: RUF012  # as above

    def __init__(self, choices: tuple[str, ...], description: str, **kwargs: Any) -> None:
        message = f"This is not known; send one of {', '.join(choices)}."
        described = {"description": description, **kwargs.pop("metadata", {})}
        super().__init__(validate=ma.validate.OneOf(choices, error=message), metadata=described, **kwargs)
