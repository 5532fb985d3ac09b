"""What a view can reach: the newsroom and the settings of the application that answers."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from api.config import Settings
from api.metrics import Metrics
from services.newsroom import Newsroom

EXTENSION = "sourcebook"


@dataclass(frozen=True, slots=True)
class Context:
    """One per application."""

    newsroom: Newsroom
    settings: Settings
    metrics: Metrics
    openapi: str = ""


def context() -> Context:
    """The context of the application that answers."""
    found = current_app.extensions[EXTENSION]
    assert isinstance(found, Context)
    return found


def newsroom() -> Newsroom:
    """The newsroom of the application that answers."""
    return context().newsroom
