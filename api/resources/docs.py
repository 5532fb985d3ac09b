"""The description for programs and, with Swagger UI from this package, for readers."""

from __future__ import annotations

from importlib import resources
from typing import Any

from flask import Response, render_template

from api.context import context
from api.errors import NOT_FOUND, Problem, ProblemError
from api.operations import Operations

docs = Operations("docs", __name__, description="The description of this API.")

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "png": "image/png"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@docs.operation(
    "GET", "/openapi.yaml", content={"application/yaml": {"schema": {"type": "string", "description": "OpenAPI 3.1."}}}
)
def get_openapi(_: dict[str, Any]) -> Response:
    """Read the OpenAPI description

    All of this API, as OpenAPI 3.1 in YAML.
    """
    return Response(context().openapi, content_type="application/yaml; charset=utf-8")


@docs.operation("GET", "/docs", content={"text/html": {"schema": {"type": "string", "description": "A page."}}})
def get_docs(_: dict[str, Any]) -> Response:
    """Read and try the API in a browser

    Swagger UI, served from here.
    """
    response = Response(render_template("docs.html"), content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = _POLICY
    return response


def get_asset(name: str) -> Response:
    """A file of Swagger UI. Not part of the described API."""
    kind = _TYPES.get(name.rpartition(".")[2])
    file = resources.files("api").joinpath("static/swagger-ui", name)
    if kind is None or not file.is_file():
        raise ProblemError(Problem(type=NOT_FOUND, detail="There is nothing at this address."))
    return Response(file.read_bytes(), content_type=kind)


docs.record(lambda state: state.app.add_url_rule("/docs/<identifier:name>", "docs_asset", get_asset))
