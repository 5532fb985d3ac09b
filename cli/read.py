"""Commands that read: search, suggest, facts, export. None of them loads a language model."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from cli.runtime import Output, errors, fail, open_settings_newsroom, settings
from extraction.document import FactKind
from services.filters import MAX_SUGGESTIONS, FactFilters, SearchRequest, SuggestRequest
from services.paging import PageRequest
from services.search_views import SearchHit
from services.views import CitationView, FactView, Json

_LIMIT = click.IntRange(1, 100)
_DAY = click.DateTime(formats=["%Y-%m-%d"])
_KINDS: tuple[FactKind, ...] = ("quantity", "quotation", "event")


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


@click.command()
@click.argument("query")
@click.option("--source", help="Id, host or name of the source.")
@click.option("--language", help="BCP 47 primary language.")
@click.option("--entity", help="Id or name of an entity mentioned.")
@click.option("--published-from", type=_DAY, help="First day of publication.")
@click.option("--published-to", type=_DAY, help="Last day of publication.")
@click.option("--limit", type=_LIMIT, default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
def search(
    query: str,
    source: str | None,
    language: str | None,
    entity: str | None,
    published_from: datetime | None,
    published_to: datetime | None,
    limit: int,
    as_json: bool,
) -> None:
    """Search the passages for QUERY: words, "phrases", +must, -not, field:value, prefix*."""
    request = SearchRequest(
        q=query,
        source=source,
        language=language,
        entity=entity,
        published_from=_day(published_from),
        published_to=_day(published_to),
        limit=limit,
    )
    with open_settings_newsroom(settings()) as newsroom:
        page = newsroom.search.search(request)
    if as_json:
        _write_lines(_hit_as_json(hit) for hit in page.items)
        return
    console = Output()
    for hit in page.items:
        console.print(f"[bold]{escape(_credit(hit.citation))}[/]  [dim]{hit.passage.id}[/]")
        console.print(_marked(hit.passage.text, hit.highlights), "\n")
    errors.print(f"{len(page.items)} of {page.total} passages.")
    if page.did_you_mean is not None:
        errors.print(f"Did you mean: {escape(page.did_you_mean.query)}")


@click.command()
@click.argument("typed")
@click.option("--language", help="BCP 47 primary language of the passages that terms are taken from.")
@click.option("--limit", type=click.IntRange(1, MAX_SUGGESTIONS), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, as the API answers.")
def suggest(typed: str, language: str | None, limit: int, as_json: bool) -> None:
    """Complete what is TYPED so far: words that begin as its last one, and entities with a name that does."""
    with open_settings_newsroom(settings()) as newsroom:
        found = newsroom.suggestions.suggest(SuggestRequest(q=typed, limit=limit, language=language))
    if as_json:
        _write_lines([asdict(found)])
        return
    table = Table("suggestion", "what", "where")
    for entity in found.entities:
        table.add_row(escape(entity.name), entity.type, _counted(entity.articles, "article"))
    for term in found.terms:
        table.add_row(escape(term.term), "word", _counted(term.passages, "passage"))
    Output().print(table)


@click.command()
@click.option("-q", "query", help="Words that the evidence has.")
@click.option("--kind", type=click.Choice(_KINDS))
@click.option("--entity", help="Id or name of an entity in the fact.")
@click.option("--speaker", help="Who says so.")
@click.option("--source", help="Id, host or name of the source.")
@click.option("--polarity", type=click.Choice(["affirmed", "negated", "denied"]))
@click.option("--modality", type=click.Choice(["asserted", "planned", "possible"]))
@click.option("--article", help="Id of an article.")
@click.option("--limit", type=_LIMIT, default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line, as the API answers.")
def facts(
    query: str | None,
    kind: str | None,
    entity: str | None,
    speaker: str | None,
    source: str | None,
    polarity: str | None,
    modality: str | None,
    article: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """List facts, newest article first."""
    filters = FactFilters(
        q=query,
        kind=kind,
        entity=entity,
        speaker=speaker,
        source=source,
        polarity=polarity,
        modality=modality,
        article=article,
    )
    with open_settings_newsroom(settings()) as newsroom:
        page = newsroom.facts.page(filters, PageRequest(limit=limit))
    if as_json:
        _write_lines(view.payload for view in page.items)
        return
    table = Table("kind", "who says so", "what", "when", "status", "source")
    for view in page.items:
        table.add_row(*(escape(cell) for cell in _cells(view)))
    Output().print(table)
    errors.print(f"{len(page.items)} of {page.total} facts.")


@click.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to this file; it appears once it is complete.",
)
def export(output: Path | None) -> None:
    """Write every current fact, with its citation, as NDJSON."""
    with open_settings_newsroom(settings()) as newsroom:
        if output is None:
            _write_lines(newsroom.export.facts())
        else:
            _write_file(newsroom.export.facts(), output)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _write_lines(values: Iterable[Json]) -> None:
    for value in values:
        click.echo(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _write_file(values: Iterable[Json], output: Path) -> None:
    # Written beside its place and moved there, so that nobody ever reads half an export.
    try:
        file = tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=output.parent, delete=False)  # noqa: SIM115  # below
    except OSError as error:
        fail(f"{output} cannot be written: {error.strerror or error}. Choose another with --output.")
    try:
        with file:
            for value in values:
                file.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).chmod(0o644)
        Path(file.name).replace(output)
    except BaseException:
        Path(file.name).unlink(missing_ok=True)
        raise


def _hit_as_json(hit: SearchHit) -> Json:
    return {
        "passage": {"id": hit.passage.id, "kind": hit.passage.kind, "text": hit.passage.text},
        "start": hit.passage.start,
        "end": hit.passage.end,
        "score": hit.score,
        "highlights": [{"start": start, "end": end} for start, end in hit.highlights],
        "article": {"id": hit.citation.article.id, "title": hit.citation.article.title},
        "source": hit.citation.source.name,
        "facts": list(hit.facts),
    }


def _credit(citation: CitationView) -> str:
    article = citation.article
    return ", ".join(part for part in (citation.source.name, article.title, article.published_at) if part)


def _marked(text: str, highlights: Iterable[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in highlights:
        parts += [escape(text[at:start]), "[reverse]", escape(text[start:end]), "[/]"]
        at = end
    return "".join([*parts, escape(text[at:])])


def _cells(view: FactView) -> tuple[str, ...]:
    fact = view.payload
    attribution = fact["attribution"] or {}
    time = fact["time"] or {}
    what = {"quantity": _quantity, "quotation": _quotation, "event": _event}[fact["kind"]](fact)
    status = " ".join(word for word in (fact["polarity"], fact["modality"]) if word not in {"affirmed", "asserted"})
    speaker = attribution.get("name") or attribution.get("exact") or ""
    return (fact["kind"], speaker, what, time.get("edtf") or "", status, view.citation.source.name)


def _quantity(fact: Json) -> str:
    quantity = fact["quantity"]
    counted = (quantity["of"] or {}).get("exact") or quantity["unit"] or ""
    return f"{quantity['anchor']['exact']} · {counted}"


def _quotation(fact: Json) -> str:
    content = str(fact["quotation"]["content"]["exact"])
    return f"« {content} »" if fact["quotation"]["style"] == "direct" else content


def _event(fact: Json) -> str:
    event = fact["event"]
    roles = [(event[role] or {}).get("exact", "–") for role in ("subject", "object")]
    return f"{roles[0]} | {event['predicate']['lemma']} | {roles[1]}"
