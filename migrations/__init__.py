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


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Migrate to ``revision`` in one transaction; processes that start together queue, and the later find it done."""
    with engine.connect() as connection:
        prepare_file(connection)
    with engine.connect() as connection:
        if current_revision(connection) == head_revision() and revision == "head":
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
