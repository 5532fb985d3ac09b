"""``sourcebook extract``: articles in, extraction documents out, or a page that shows them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from cli.extractor import make_extractor
from cli.records import Defaults, Item, items_of, items_of_lines, record_of
from cli.runtime import fail, html_reader, settings
from services.errors import InvalidRecord, ServiceError, UnsupportedContent
from services.extraction import Extraction
from services.reading import Reader
from services.records import ArticleRecord
from services.strict_json import MalformedJson, read_json
from services.views import Json

_STANDARD_INPUT = "-"


@click.command()
@click.argument("file", default=_STANDARD_INPUT)
@click.option("--html", "as_page", is_flag=True, help="One page for the eye instead of JSON; see above.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the page to this file.")
@click.option("--language", help="Language of a text or HTML file (BCP 47); detected unless given.")
@click.option("--published-at", help="When it was published: a day or an RFC 3339 instant.")
def extract(file: str, as_page: bool, output: Path | None, language: str | None, published_at: str | None) -> None:
    """Print what would be extracted from FILE, one JSON line per article.

    FILE holds NDJSON article records, one JSON record, a text or a page; - stands for NDJSON on standard input.
    Nothing is stored. A bad record's line has its error, the others go on, and the exit code is 1.

    \b
    With --html one self-contained page shows the articles with their passages,
    mentions and facts marked in place, each fact with its fields:
      sourcebook extract --html article.txt > page.html
      sourcebook extract --html article.txt --output page.html
      sourcebook extract --html page.html < articles.ndjson    (FILE does not exist yet)
    """  # noqa: D301  # click reads \b as "keep these lines"
    if output is not None and not as_page:
        raise click.UsageError("--output names the page that --html writes; JSON goes to standard output.")
    file, output = _input_and_output(file, output) if as_page else (file, None)
    defaults = Defaults(source=None, language=language, published_at=published_at)
    chosen = settings()
    extraction = Extraction(Reader(make_extractor(chosen), html_reader(chosen)))
    items = _items(file)
    failed = _write_page(extraction, items, defaults, output) if as_page else _write_lines(extraction, items, defaults)
    sys.exit(1 if failed else 0)


def _input_and_output(file: str, output: Path | None) -> tuple[str, Path | None]:
    """Where to read and where to write: a FILE that is not there, or is a page of ours, is what to write."""
    from cli.extraction_page import GENERATOR  # noqa: PLC0415  # templates are loaded for pages alone

    path = Path(file)
    if output is not None or file == _STANDARD_INPUT:
        return file, output
    is_ours = path.is_file() and GENERATOR in path.read_bytes()[:1000].decode("utf-8", "replace")
    if is_ours or (not path.exists() and path.suffix.lower() in {".html", ".htm"}):
        if sys.stdin.isatty():
            fail(f"{file} is not there to be read. Records for a new page are read from standard input.", 2)
        return _STANDARD_INPUT, path
    return file, None


def _items(file: str) -> Iterator[Item]:
    if file == _STANDARD_INPUT:
        return items_of_lines(sys.stdin.buffer, "standard input")
    if not Path(file).exists():
        fail(f"{file} does not exist.", 2)
    return items_of(Path(file))


def _write_lines(extraction: Extraction, items: Iterable[Item], defaults: Defaults) -> bool:
    """Print a line an item; whether any was refused."""
    failed = False
    for item in items:
        document = _document(extraction, item, defaults)[0]
        failed = failed or "error" in document
        sys.stdout.write(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")
        sys.stdout.flush()
    return failed


def _write_page(extraction: Extraction, items: Iterable[Item], defaults: Defaults, output: Path | None) -> bool:
    """Write the page; whether any item was refused."""
    from cli.extraction_page import Read, render  # noqa: PLC0415  # as above

    articles, problems = [], []
    for item in items:
        document, record = _document(extraction, item, defaults)
        if record is None or "error" in document:
            problems.append(f"{item.place}: {_told(document)}")
        else:
            title = record.title or record.external_id or item.place
            articles.append(Read(title, extraction.text_of(record), document))
    page = render(articles, problems)
    if output is None:
        sys.stdout.buffer.write(page.encode("utf-8"))
        sys.stdout.flush()
    else:
        output.write_text(page, "utf-8")
        click.echo(f"{output}: {len(articles)} articles, {len(problems)} refused.", err=True)
    for problem in problems:
        click.echo(f"refused {problem}", err=True)
    return bool(problems)


def _told(document: Json) -> str:
    error = document["error"]
    fields = [f"{found['pointer']} {found['message']}".strip() for found in error["errors"]]
    return "; ".join(fields) or str(error["detail"])


def _document(extraction: Extraction, item: Item, defaults: Defaults) -> tuple[Json, ArticleRecord | None]:
    try:
        record = record_of(item, defaults)
        return extraction.extract(record), record
    except InvalidRecord as error:
        errors = [{"pointer": found.pointer, "message": found.message} for found in error.errors]
        return _refused(item.raw, "The record is not valid.", str(error), errors), None
    except UnsupportedContent as error:
        errors = [{"pointer": error.pointer, "message": error.message}]
        return _refused(item.raw, "The content cannot be read.", error.message, errors), None
    except ServiceError as error:
        return _refused(item.raw, "The record was refused.", str(error), []), None


def _refused(line: bytes, title: str, detail: str, errors: list[Json]) -> Json:
    problem = {"type": "about:blank", "title": title, "status": 422, "detail": detail, "errors": errors}
    return {"external_id": _external_id(line), "error": problem}


def _external_id(line: bytes) -> str | None:
    try:
        value = read_json(line)
    except MalformedJson:
        return None
    found = value.get("external_id") if isinstance(value, dict) else None
    return found if isinstance(found, str) and found.isprintable() else None
