"""The composition root of the HTTP side: one application over one open newsroom."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from werkzeug.routing import BaseConverter

from api import lifecycle
from api.config import Settings
from api.context import EXTENSION, Context
from api.description import Description, register, to_yaml
from api.metrics import Metrics
from services.newsroom import Newsroom


class Utf8Json(DefaultJSONProvider):
    """JSON in UTF-8, members in the order of the shapes."""

    ensure_ascii = False
    sort_keys = False
    compact = True


class IdentifierConverter(BaseConverter):
    """An id in a path; what cannot be one is not found."""

    regex = "[A-Za-z0-9._~-]{1,64}"


class RevisionConverter(BaseConverter):
    """A revision's number in a path, from 1; longer ones than any number there is are not found."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)


def make_flask() -> tuple[Flask, Description]:
    """A bare application with every route, and its description."""
    app = Flask("api", static_folder=None)
    app.json = Utf8Json(app)
    app.url_map.merge_slashes = False
    app.url_map.converters |= {"identifier": IdentifierConverter, "revision": RevisionConverter}
    return app, register(app)


def create_app(newsroom: Newsroom, settings: Settings, metrics: Metrics | None = None) -> Flask:
    """The WSGI application. The newsroom is open and stays so for as long as the application answers."""
    app, description = make_flask()
    app.extensions[EXTENSION] = Context(newsroom, settings, metrics or Metrics(), to_yaml(description))
    lifecycle.install(app)
    return app


def describe() -> dict[str, Any]:
    """The OpenAPI description of all routes, which no setting changes."""
    return make_flask()[1]
