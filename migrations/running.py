"""Running the scripts with Alembic, which takes a quarter of a second to import: only who migrates pays for it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def migrate(connection: Connection, revision: str) -> None:
    """Bring a database to ``revision``, inside the transaction of ``connection``."""
    command.upgrade(config(connection), revision)


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration for these scripts, working on ``connection``."""
    configured = Config()
    configured.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    configured.set_main_option("path_separator", "os")
    configured.attributes["connection"] = connection
    return configured
