"""``sourcebook re-extract``: a newer extractor over what is stored."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from cli.extractor import make_extractor
from cli.progress import progress
from cli.runtime import open_settings_newsroom, settings


@click.command("re-extract")
@click.option("--all", "everything", is_flag=True, help="Read the articles of this version again as well.")
@click.option("--dry-run", is_flag=True, help="Compare only; store nothing.")
@click.option("--json", "as_json", is_flag=True, help="The summary as one JSON object.")
def re_extract(everything: bool, dry_run: bool, as_json: bool) -> None:
    """Read stored articles again with this version's extractor.

    Only articles that another version read, unless --all. Texts stay as they are; facts that say the same keep their
    ids, those that are no longer found stay citable. Can be stopped at any moment: the next run goes on from there.
    """
    chosen = settings()
    extractor = make_extractor(chosen)
    with open_settings_newsroom(chosen, extractor) as newsroom:
        total = newsroom.re_extraction.count(everything=everything)
        with progress("Reading", total) as advance:
            result = newsroom.re_extraction.run(everything=everything, store=not dry_run, after_each=advance)
    if as_json:
        click.echo(json.dumps({"version": extractor.version, "stored": not dry_run, **asdict(result)}))
        return
    click.echo(
        f"{result.articles} articles read by {extractor.version}: {result.kept} facts kept, {result.altered} altered, "
        f"{result.gone} gone, {result.new} new{'; nothing was stored' if dry_run else ''}."
    )
    if result.incomplete:
        click.echo(f"{result.incomplete} of them lack what the language model finds: run it again later.", err=True)
