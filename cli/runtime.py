"""What commands share: settings, an open newsroom, a console for people and one for programs."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from typing import NoReturn

import click
from rich.console import Console

from api.config import ConfigurationError, Settings, load_settings
from api.logs import configure_logs
from extraction.document import Article, Document
from extraction.html import extract_html
from services.newsroom import Newsroom, Repair, open_newsroom
from services.reading import Extractor, HtmlReader


class Output(Console):
    """Standard output for people. A reader who has gone is told of by the same error as anywhere else."""

    def on_broken_pipe(self) -> None:
        """Called while the error is handled; rich would end the process with exit code 1."""
        raise BrokenPipeError


# Progress and reports go to standard error: standard output is for what was asked for.
errors = Console(stderr=True)


def settings() -> Settings:
    """The environment's settings, or exit code 2 with every mistake named."""
    try:
        chosen = load_settings()
    except ConfigurationError as error:
        fail(str(error), 2)
    # What a server tells of its work would only stand between a command's own lines.
    configure_logs(replace(chosen, log_level="warning") if chosen.log_level == "info" else chosen)
    return chosen


def fail(message: str, code: int = 1) -> NoReturn:
    """One clear message on standard error, and the exit code."""
    click.echo(f"sourcebook: {message}", err=True)
    sys.exit(code)


class NoExtractor:
    """Stands in where nothing is extracted, so that reading loads no model."""

    version = "none"

    def extract(self, article: Article) -> Document:  # noqa: ARG002  # the protocol's signature
        """Never called by a command that reads."""
        raise RuntimeError("this command extracts nothing")


def open_settings_newsroom(chosen: Settings, extractor: Extractor | None = None, *, repair: Repair = "now") -> Newsroom:
    """The newsroom of the data folder, migrated, its index repaired as ``Repair`` says."""
    return open_newsroom(
        data_dir=chosen.data_dir,
        database_url=chosen.database_url,
        extractor=extractor or NoExtractor(),
        repair=repair,
        read_html=html_reader(chosen),
        search_deadline=chosen.search_deadline,
        semantic=chosen.semantic == "on",
    )


def html_reader(chosen: Settings) -> HtmlReader:
    """Reads HTML within the limits that the operator set."""
    return partial(extract_html, timeout=chosen.html_timeout, max_bytes=chosen.html_max_bytes)
