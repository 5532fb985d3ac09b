"""The ``sourcebook`` command. A command's module is imported when it is called, so ``--help`` answers at once."""

from __future__ import annotations

import importlib
import os
import sys
from typing import NoReturn

import click

from extraction.languages.errors import LanguageError
from services.errors import InvalidQuery, ServiceError

# Name of the command -> where it lives and one line for the overview, so that listing them imports none.
_COMMANDS = {
    "serve": ("cli.serve:serve", "Serve the API: migrate, repair the index if need be, answer."),
    "ingest": ("cli.ingest:ingest", "Load articles from text, HTML, NDJSON files or folders."),
    "extract": ("cli.extract:extract", "Print what would be extracted, storing nothing."),
    "search": ("cli.read:search", "Search the passages."),
    "suggest": ("cli.read:suggest", "Complete the last word of a query, and names."),
    "facts": ("cli.read:facts", "List facts by what they say, who says it, when."),
    "re-extract": ("cli.re_extract:re_extract", "Read stored articles again with a newer extractor."),
    "verify": ("cli.maintain:verify", "Re-read every stored citation and compare index with database."),
    "reindex": ("cli.maintain:reindex", "Build the index anew beside the live one and swap."),
    "export": ("cli.read:export", "Write every current fact as NDJSON."),
    "db": ("cli.maintain:database", "Look after the database."),
}


class _Commands(click.Group):
    """A group that knows its commands by name and imports the one that is asked for."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; known failures become one clear line on standard error and exit code 1."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            # The reader of our output has gone ("sourcebook export | head"): nothing is wrong, nothing more to say.
            _forget_output()
            ctx.exit(0)
        except InvalidQuery as error:
            place = "" if error.position is None else f" (at character {error.position})"
            _fail(f"{error.parameter}: {error}{place}")
        except (ServiceError, LanguageError) as error:
            _fail(str(error))
        except OSError as error:
            _forget_output()
            _fail(f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error))

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # as above
        if cmd_name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # as above
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sourcebook")
def cli() -> None:
    """Ask what the news says, and get facts that can be checked.

    Everything is kept in SOURCEBOOK_DATA_DIR (./var unless set); all settings are SOURCEBOOK_* environment variables.
    Exit codes: 0 done; 1 something was refused or did not hold, and standard error says what; 2 wrong usage.
    """


def main() -> None:
    """Entry point."""
    cli.main(prog_name="sourcebook")


def _fail(message: str) -> NoReturn:
    click.echo(f"sourcebook: {message}", err=True)
    sys.exit(1)


def _forget_output() -> None:
    """Let nothing be written to standard output any more, not even what the interpreter flushes at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
