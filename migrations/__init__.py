"""The database's history, and how to bring a database up to it.

Runs from the installed package in any working directory: there is no ini file, the scripts are found beside this one.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from models.engine import for_writing, prepare_file


class UnknownRevision(Exception):  # noqa: N818  # named for the state
    """The database is at a revision that these scripts do not know: a newer version wrote it."""

    def __init__(self, revision: str) -> None:
        super().__init__(f"a newer version has written the database (revision {revision} is not known)")
        self.revision = revision


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Migrate to ``revision`` in one transaction; processes that start together queue, and the later find it done.

    Raises UnknownRevision, and leaves that database as it is.
    """
    with engine.connect() as connection:
        current = current_revision(connection)
    if current is not None and current not in _known_revisions():
        raise UnknownRevision(current)
    with engine.connect() as connection:
        prepare_file(connection)
    if current == head_revision() and revision == "head":
        return
    with for_writing(engine).begin() as connection:
        command.upgrade(config(connection), revision)


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration for these scripts, working on ``connection``."""
    configured = Config()
    configured.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    configured.set_main_option("path_separator", "os")
    configured.attributes["connection"] = connection
    return configured


def current_revision(connection: Connection) -> str | None:
    """Which revision a database is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def head_revision() -> str | None:
    """The newest revision there is."""
    return ScriptDirectory.from_config(config()).get_current_head()


def _known_revisions() -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
