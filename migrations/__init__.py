"""The database's history, and how to bring a database up to it.

Runs from the installed package in any working directory: there is no ini file, the scripts are found beside this one.
A script's file begins with the number of its revision, and each follows the one before.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

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
    if current is not None and current not in known_revisions():
        raise UnknownRevision(current)
    with engine.connect() as connection:
        prepare_file(connection)
    if current == head_revision() and revision == "head":
        return
    from migrations.running import migrate  # noqa: PLC0415  # slow to import, and most starts have nothing to migrate

    with for_writing(engine).begin() as connection:
        migrate(connection, revision)


def current_revision(connection: Connection) -> str | None:
    """Which revision a database is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def head_revision() -> str:
    """The newest revision there is."""
    return known_revisions()[-1]


@lru_cache(maxsize=1)
def known_revisions() -> tuple[str, ...]:
    """The revisions that there are scripts for, oldest first."""
    scripts = Path(__file__).with_name("versions").glob("[0-9]*.py")
    return tuple(sorted(script.name.partition("_")[0] for script in scripts))
