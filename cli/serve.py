"""``sourcebook serve``: the API, with the sample newsroom if asked for."""

from __future__ import annotations

from importlib import resources

import click

from api.config import Settings
from api.server import NotOnLoopback, require_loopback
from api.server import serve as serve_api
from cli.extractor import ReadyExtractor, make_extractor
from cli.ingest import load_paths, print_report
from cli.records import Defaults
from cli.runtime import errors, fail, open_settings_newsroom, settings
from services.newsroom import Newsroom

_NO_DEFAULTS = Defaults()
# Requests that show the most with the sample newsroom, and work with any other.
_EXAMPLES = (
    "/v1/search?q=combien+de+manifestants+à+Kervalec",
    "/v1/facts?kind=quantity&unit=person&value_min=1000",
    "/v1/facts?polarity=denied",
    "/v1/facts?kind=quotation&speaker=Marchetti",
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Loopback address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option("--sample-newsroom", is_flag=True, help="Load the invented articles that come with Sourcebook first.")
def serve(host: str, port: int, sample_newsroom: bool) -> None:
    """Serve the API over HTTP.

    Migrates the database, repairs the index if need be, loads the language models, and prints the address once it
    answers. Without keys configured everything is allowed, on loopback only.
    """
    chosen = settings()
    extractor = make_extractor(chosen)
    try:
        require_loopback(host)
    except NotOnLoopback as error:
        fail(str(error), 2)
    _prepare(chosen, extractor, sample_newsroom)
    try:
        serve_api(chosen, host, port, lambda: open_settings_newsroom(chosen, extractor, repair="never"), _greeting)
    except OSError as error:
        fail(f"{host}:{port} cannot be listened on: {error.strerror or error}. Choose another with --port.")


def _prepare(chosen: Settings, extractor: ReadyExtractor, sample_newsroom: bool) -> None:
    with errors.status("Loading the language models…"):
        # Before the fork, so that the workers share what is read here.
        extractor.warm()
    with open_settings_newsroom(chosen, extractor, repair="now" if sample_newsroom else "soon") as newsroom:
        if sample_newsroom:
            _load_sample(newsroom)


def _load_sample(newsroom: Newsroom) -> None:
    with resources.as_file(resources.files("newsroom") / "articles.ndjson") as path:
        print_report(load_paths(newsroom, [path], _NO_DEFAULTS))


def _greeting(address: str) -> str:
    lines = [f"Sourcebook answers at {address}", f"Documentation: {address}/docs", "Try:"]
    return "\n".join([*lines, *(f"  curl -s '{address}{path}'" for path in _EXAMPLES)])
