"""Shapes that are written by the hundred for one answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marshmallow import fields

from api.schemas.base import WireSchema

_AS_THEY_ARE = (fields.String, fields.Integer, fields.Raw, fields.Boolean)

Write = Callable[[Any], Any]


class PlainSchema(WireSchema):
    """A shape whose members are attributes (or keys) of the same names and already of the right types.

    It is written by looking them up, without what marshmallow does for any field there could be: a page of search
    results has two thousand members. What it documents and validates stays the same.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._writers: list[tuple[str, Write | None]] | None = None

    def _serialize(self, obj: Any, *, many: bool = False) -> Any:
        return [self.write(one) for one in obj] if many else self.write(obj)

    def write(self, obj: Any) -> dict[str, Any]:
        """The shape of one object."""
        if self._writers is None:
            self._writers = [(name, _writer(field)) for name, field in self.dump_fields.items()]
        plain: dict[str, Any] = {}
        for name, write in self._writers:
            value = obj[name] if type(obj) is dict else getattr(obj, name)
            plain[name] = value if write is None or value is None else write(value)
        return plain


def _writer(field: fields.Field[Any]) -> Write | None:
    """How a field's value is written; None: as it is."""
    if isinstance(field, _AS_THEY_ARE):
        return None
    if isinstance(field, fields.List):
        inner = _writer(field.inner)
        return list if inner is None else lambda values: [inner(value) for value in values]
    if isinstance(field, fields.Nested) and isinstance(field.schema, PlainSchema):
        return field.schema.write
    return lambda value: field._serialize(value, None, None)
