"""The Spanish pack of the fixtures, installed as a distribution would be, and what it finds in short form."""

from __future__ import annotations

import sys
import tomllib
from datetime import date
from pathlib import Path

from extraction.document import Article, Document, Fact, Role
from extraction.languages.discovery import GROUP, find_language
from extraction.pipeline import Pipeline
from extraction.registry import load_packs

FIXTURE = Path(__file__).parents[3] / "fixtures" / "spanish"
PUBLISHED = date(2026, 3, 12)


def write_metadata(folder: Path) -> None:
    """The metadata that an installer would make of the fixture's pyproject.toml."""
    project = tomllib.loads((FIXTURE / "pyproject.toml").read_text("utf-8"))["project"]
    metadata = folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    metadata.mkdir()
    points = "".join(f"{name} = {value}\n" for name, value in project["entry-points"][GROUP].items())
    (metadata / "entry_points.txt").write_text(f"[{GROUP}]\n{points}")
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: 0.1\n")


def read(pipeline: Pipeline, text: str) -> Document:
    return pipeline.extract(Article(text, "es", PUBLISHED))


def told(text: str, document: Document) -> set[str]:
    """Every fact in the notation of ``sentences.txt``."""
    return {_told(text, fact) for fact in document.facts}


def _told(text: str, fact: Fact) -> str:
    time = fact.time.edtf if fact.time is not None and fact.time.edtf else "-"
    if fact.event is not None:
        cells = [fact.event.predicate.lemma, _words(text, fact.event.subject), _words(text, fact.event.object)]
        return _row("event", *cells, fact.polarity, fact.modality, time)
    if fact.quantity is not None:
        amount = fact.quantity
        value = f"{amount.value:g}" if amount.value is not None else f"{amount.lower:g}..{amount.upper:g}"
        words = amount.anchor.of(text)
        return _row("quantity", words, value, amount.unit or "-", _words(text, amount.of), amount.qualifier, time)
    assert fact.quotation is not None
    source = fact.attribution
    assert source is not None
    cue = source.cue.lemma if source.cue is not None else "-"
    return _row("quotation", fact.quotation.style, fact.quotation.content.of(text), source.name or "-", cue)


def _words(text: str, role: Role | None) -> str:
    return role.span.of(text) if role is not None else "-"


def _row(kind: str, *cells: str) -> str:
    return f"{kind}: {' | '.join(cells)}"


def blocks(name: str) -> list[tuple[str, set[str]]]:
    """The sentences of a file of the fixture, each with the facts that are said of it."""
    lines = [line for line in (FIXTURE / name).read_text("utf-8").splitlines() if not line.startswith("#")]
    parts = "\n".join(lines).strip().split("\n\n")
    return [(part.splitlines()[0], set(part.splitlines()[1:])) for part in parts]


def main() -> None:
    """Print what the pack finds in the sentences that its rules had not seen."""
    if find_language("es") is None:
        sys.exit("The Spanish pack is not installed: pip install tests/fixtures/spanish")
    pipeline = Pipeline(load_packs({"fr": "none"}))
    wanted = found = right = 0
    for text, facts in blocks("unseen.txt"):
        answered = told(text, read(pipeline, text))
        wanted, found, right = wanted + len(facts), found + len(answered), right + len(facts & answered)
    sys.stdout.write(f"{wanted} facts wanted, {found} found, {right} right in every field\n")


if __name__ == "__main__":
    main()
