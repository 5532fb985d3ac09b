"""A blueprint whose one decorator parses, answers and documents: a view is what is left, a few lines.

The view's docstring becomes the operation's summary and description.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from flask import request
from flask_smorest import Blueprint  # type: ignore[import-untyped]  # ships no types

from api.body import StrictParser
from api.context import newsroom
from api.offsets import in_utf16
from api.schemas.base import QuerySchema, WireSchema
from api.schemas.lists import EmptyQuerySchema

View = TypeVar("View", bound=Callable[..., Any])
# What can happen to every request; the others are named by each operation.
_ALWAYS = (422, 500, 503)


class Operations(Blueprint):  # type: ignore[misc]  # ships no types
    """The operations about one noun."""

    ARGUMENTS_PARSER = StrictParser()

    @staticmethod
    def _prepare_response_content(data: Any) -> Any:
        if request.args.get("offset_unit") != "utf16":
            return data
        texts = cache(newsroom().articles.revision_text)
        return in_utf16(data, texts)

    def operation(  # noqa: PLR0913  # the whole description of an operation
        self,
        method: str,
        rule: str,
        answer: type[WireSchema] | None = None,
        *,
        status: int = 200,
        query: type[QuerySchema] = EmptyQuerySchema,
        body: type[WireSchema] | None = None,
        body_example: object = None,
        problems: tuple[int, ...] = (),
        also: Mapping[int, type[WireSchema] | None] | None = None,
        content: Mapping[str, Any] | None = None,
        documentation: Mapping[str, Any] | None = None,
    ) -> Callable[[View], View]:
        """Serve ``rule`` with a view that is called with the query, then the body, then the path's parts.

        ``answer`` is the shape of the answer of ``status``, ``also`` those of other good statuses, ``problems`` the
        statuses of problems, ``content`` further media types of the answer.
        """

        def decorate(view: View) -> View:
            served: Any = self.response(status, answer)(view)
            for other, shape in (also or {}).items():
                served = self.alt_response(other, schema=shape, success=True)(served)
            if body is not None:
                served = self.arguments(body, location="json", example=body_example)(served)
            served = self.arguments(query, location="query")(served)
            served = self.doc(**_description(view.__name__, problems, body, content, status))(served)
            if documentation:
                served = self.doc(**documentation)(served)
            self.route(rule, methods=[method], endpoint=view.__name__)(served)
            return view

        return decorate


def _description(
    name: str,
    problems: tuple[int, ...],
    body: type[WireSchema] | None,
    content: Mapping[str, Any] | None,
    status: int,
) -> dict[str, Any]:
    head, *rest = name.split("_")
    statuses = {*_ALWAYS, *problems, *((400, 413, 415) if body is not None else (400,))}
    responses: dict[int, Any] = {code: {"$ref": f"#/components/responses/Problem{code}"} for code in sorted(statuses)}
    if content is not None:
        responses[status] = {"description": "OK", "content": dict(content)}
    return {"operationId": head + "".join(part.capitalize() for part in rest), "responses": responses}
