"""``sourcebook ingest``: files in, articles stored, a report of what was refused and why."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import click

from cli.extractor import make_extractor
from cli.progress import progress
from cli.records import KNOWN_SUFFIXES, Defaults, Item, count_items, count_passed_over, items_of, record_of
from cli.runtime import open_settings_newsroom, settings
from services.errors import (
    DataUnusable,
    FieldError,
    InvalidRecord,
    NotFound,
    ServiceError,
    StorageFull,
    UnsupportedContent,
    Withdrawn,
)
from services.newsroom import Newsroom

# The index is brought up to date once for so many articles: a commit each would cost more than the extraction.
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Refusal:
    """One item that did not go in: where it stands, and each thing that is wrong with it."""

    place: str
    errors: tuple[FieldError, ...]


@dataclass(slots=True)
class Report:
    """What became of all items."""

    outcomes: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--source", help="Source of text and HTML files; their folder's name unless given.")
@click.option("--source-url", help="Its home page.")
@click.option("--language", help="Language of text and HTML files (BCP 47); detected unless given.")
@click.option("--published-at", help="When text and HTML files were published: a day or an RFC 3339 instant.")
@click.option(
    "--report",
    "report_file",
    type=click.File("w", encoding="utf-8", lazy=False),
    help="Write what was refused as NDJSON.",
)
def ingest(
    paths: tuple[Path, ...],
    source: str | None,
    source_url: str | None,
    language: str | None,
    published_at: str | None,
    report_file: TextIO | None,
) -> None:
    """Load articles from PATHS: text, HTML, NDJSON and JSON files, or folders of them.

    NDJSON (.ndjson, .jsonl) has an article record on each line, JSON one. A text or HTML file is one article, known
    by its source and its path within PATH, so that loading it again revises it. Returns when facts and index are
    current. Exit code 0 only if everything went in; what was refused is listed with file, line, field and remedy.
    """
    defaults = Defaults(source, source_url, language, published_at)
    chosen = settings()
    with open_settings_newsroom(chosen, make_extractor(chosen)) as newsroom:
        report = load_paths(newsroom, paths, defaults)
    print_report(report)
    _print_what_was_not_there(paths)
    if report_file:
        report_file.writelines(_as_json(refusal) + "\n" for refusal in report.refusals)
    sys.exit(1 if report.refusals else 0)


def _print_what_was_not_there(paths: Iterable[Path]) -> None:
    """An empty folder is no error and may be a mistake: say so."""
    for path in paths:
        if passed_over := count_passed_over(path):
            known = ", ".join(sorted(KNOWN_SUFFIXES))
            click.echo(f"{path}: {passed_over} files of other kinds than {known} were passed over.", err=True)
        if not count_items(path):
            click.echo(f"{path}: there is no article in it.", err=True)


def load_paths(newsroom: Newsroom, paths: Iterable[Path], defaults: Defaults) -> Report:
    """Submits everything that the paths hold, with a progress bar on standard error. Raises StorageFull."""
    report = Report()
    paths = list(paths)
    with progress("Loading", sum(count_items(path) for path in paths)) as advance:
        for at, item in enumerate((item for path in paths for item in items_of(path)), 1):
            _submit(newsroom, item, defaults, report)
            if at % _BATCH == 0:
                newsroom.index.drain()
            advance()
        newsroom.index.drain()
    return report


def _submit(newsroom: Newsroom, item: Item, defaults: Defaults, report: Report) -> None:
    try:
        report.outcomes[newsroom.articles.submit(record_of(item, defaults), synchronise=False).outcome] += 1
    except (StorageFull, DataUnusable):
        raise
    except InvalidRecord as error:
        report.refusals.append(Refusal(item.place, error.errors))
    except UnsupportedContent as error:
        report.refusals.append(Refusal(item.place, (FieldError(error.pointer, error.message),)))
    except (Withdrawn, NotFound, ServiceError) as error:
        report.refusals.append(Refusal(item.place, (FieldError("", str(error)),)))


def print_report(report: Report) -> None:
    """What went in to standard output, what was refused and why to standard error."""
    for refusal in report.refusals:
        for error in refusal.errors:
            where = f" {error.pointer}" if error.pointer else ""
            click.echo(f"refused {refusal.place}:{where} {error.message}", err=True)
    told = [f"{count} {outcome}" for outcome, count in sorted(report.outcomes.items())]
    click.echo(", ".join([*told, f"{len(report.refusals)} refused"]) + ".")


def _as_json(refusal: Refusal) -> str:
    found = [{"pointer": error.pointer, "message": error.message} for error in refusal.errors]
    return json.dumps({"place": refusal.place, "errors": found}, ensure_ascii=False)
