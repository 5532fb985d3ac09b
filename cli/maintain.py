"""Commands for who runs a newsroom: check it, rebuild its index, migrate its database."""

from __future__ import annotations

import sys

import click

from cli.runtime import errors, open_settings_newsroom, settings


@click.command()
def verify() -> None:
    """Re-read every stored citation and compare the index with the database.

    Each span must give its exact words, each text its SHA-256, passages must tile their text, ids must derive again,
    and the index must hold what the database does. Changes nothing. Exit code 1 if anything does not hold.
    """
    with open_settings_newsroom(settings(), repair="never") as newsroom, errors.status("Verifying…"):
        report = newsroom.verification.verify()
    for failure in report.failures:
        click.echo(f"{failure.check}\t{failure.id}\t{failure.message}", err=True)
    click.echo(
        f"{report.articles} articles, {report.revisions} revisions, {report.passages} passages, {report.facts} facts, "
        f"{report.indexed} indexed passages: {'all hold' if report.ok else f'{len(report.failures)} failures'}."
    )
    sys.exit(0 if report.ok else 1)


@click.command()
def reindex() -> None:
    """Build the full-text index anew from the database, beside the live one, and swap.

    Reads and writes go on meanwhile.
    """
    with open_settings_newsroom(settings(), repair="never") as newsroom, errors.status("Building the index…"):
        passages = newsroom.index.reindex()
    click.echo(f"{passages} passages indexed.")


@click.group()
def database() -> None:
    """Look after the database."""


@database.command()
def upgrade() -> None:
    """Bring the database's tables up to this version (every command does so by itself)."""
    with open_settings_newsroom(settings(), repair="never"):
        click.echo("The database is up to date.")
