"""Fields of what the server answers: described, and always present unless said otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from marshmallow import Schema, fields


class Instant(fields.Field[datetime]):
    """An instant in UTC, as RFC 3339."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:  # noqa: ARG002  # marshmallow's
        if not isinstance(value, datetime):
            return value
        moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return moment.isoformat().replace("+00:00", "Z")


def _described(description: str, example: object, **more: Any) -> dict[str, Any]:
    shown = {} if example is None else {"examples": [example]}
    return {"description": description, **shown, **more}


def text(description: str, example: str | None = None, *, null: bool = False, required: bool = True) -> fields.String:
    """A string."""
    return fields.String(required=required, allow_none=null, metadata=_described(description, example))


def choice(words: tuple[str, ...], description: str, *, null: bool = False, required: bool = True) -> fields.String:
    """One of some words."""
    allowed: list[str | None] = [*words, None] if null else list(words)
    return fields.String(required=required, allow_none=null, metadata={"description": description, "enum": allowed})


def identifier(description: str, prefix: str, *, null: bool = False) -> fields.String:
    """An id, ``prefix-`` and 26 characters."""
    return text(description, f"{prefix}-4mqz2k7vvh3c5e6xk2m7ya4rde", null=null)


def sha256(description: str) -> fields.String:
    """A SHA-256 in hexadecimal."""
    metadata = {"description": description, "pattern": "^[0-9a-f]{64}$"}
    return fields.String(required=True, metadata=metadata)


def integer(description: str, example: int | None = None, *, null: bool = False) -> fields.Integer:
    """A whole number from 0."""
    return fields.Integer(required=True, allow_none=null, metadata=_described(description, example, minimum=0))


def decimal(description: str, example: float | None = None, *, null: bool = False, required: bool = True) -> fields.Raw:
    """A number, as JSON writes it: 3000 stays 3000."""
    return fields.Raw(required=required, allow_none=null, metadata=_described(description, example, type="number"))


def boolean(description: str) -> fields.Boolean:
    """True or false."""
    return fields.Boolean(required=True, metadata={"description": description})


def instant(description: str) -> Instant:
    """An instant in UTC."""
    example = "2025-03-14T07:30:00Z"
    return Instant(required=True, metadata=_described(description, example, type="string", format="date-time"))


def text_list(description: str, example: list[str], *, required: bool = True) -> fields.List[Any]:
    """Strings."""
    return fields.List(fields.String(), required=required, metadata=_described(description, example))


def nested(
    schema: type[Schema], description: str, *, null: bool = False, required: bool = True, many: bool = False
) -> fields.Nested | fields.List[Any]:
    """Another shape, or a list of it."""
    metadata = {"description": description}
    if many:
        return fields.List(fields.Nested(schema), required=required, metadata=metadata)
    return fields.Nested(schema, required=required, allow_none=null, metadata=metadata)
