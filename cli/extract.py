"""``sourcebook extract``: records on standard input, extraction documents on standard output."""

from __future__ import annotations

import json
import sys
from typing import BinaryIO

import click

from api.strict_json import MalformedJson, read_json
from cli.records import read_record, without_signature
from cli.runtime import html_reader, settings
from extraction.pipeline import LazyPipeline
from services.errors import InvalidRecord, ServiceError, UnsupportedContent
from services.extraction import Extraction
from services.reading import Reader
from services.views import Json


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
def extract(file: BinaryIO) -> None:
    """Print what would be extracted from FILE (NDJSON article records; - for standard input), one line per record.

    Nothing is stored. A bad record's line has its error, the others go on, and the exit code is 1.
    """
    chosen = settings()
    extraction = Extraction(Reader(LazyPipeline(chosen.french_model, chosen.english_model), html_reader(chosen)))
    failed = False
    for number, raw in enumerate(file, 1):
        line = raw if number > 1 else without_signature(raw)
        if not line.strip():
            continue
        document = _document(extraction, line)
        failed = failed or "error" in document
        sys.stdout.write(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")
        sys.stdout.flush()
    sys.exit(1 if failed else 0)


def _document(extraction: Extraction, line: bytes) -> Json:
    try:
        return extraction.extract(read_record(line))
    except InvalidRecord as error:
        errors = [{"pointer": found.pointer, "message": found.message} for found in error.errors]
        return _refused(line, "The record is not valid.", str(error), errors)
    except UnsupportedContent as error:
        errors = [{"pointer": error.pointer, "message": error.message}]
        return _refused(line, "The content cannot be read.", error.message, errors)
    except ServiceError as error:
        return _refused(line, "The record was refused.", str(error), [])


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
