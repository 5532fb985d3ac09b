"""Engines: how this project talks to its database, SQLite unless told otherwise.

For SQLite: write-ahead log, every commit synced to disk (a power cut loses nothing acknowledged), foreign keys on,
and transactions begun by us. The driver's own begin is late and breaks savepoints; ours is ``BEGIN`` for reads, which
gives one snapshot, and ``BEGIN IMMEDIATE`` for writes, so that two processes queue instead of one failing half-way.
"""

from __future__ import annotations

import os
import weakref
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

import sqlalchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_SECONDS = 30
_FOR_WRITING = "sourcebook_for_writing"


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file."""
    return sqlalchemy.URL.create("sqlite", database=str(path)).render_as_string()


def create_engine(url: str) -> Engine:
    """An engine for ``url``. Idle connections are closed before a fork: SQLite's must not cross one."""
    is_sqlite = make_url(url).get_backend_name() == "sqlite"
    arguments = {"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False} if is_sqlite else {}
    engine = sqlalchemy.create_engine(url, connect_args=arguments, pool_size=16, max_overflow=32)
    if is_sqlite:
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
    _close_before_fork(engine)
    return engine


def for_writing(engine: Engine) -> Engine:
    """The same engine, whose transactions take the write lock when they begin."""
    return engine.execution_options(**{_FOR_WRITING: True})


def prepare_file(connection: Connection) -> None:
    """Switch a SQLite file to the write-ahead log, which it remembers; nothing for another database.

    Call it outside a transaction.
    """
    if connection.dialect.name == "sqlite":
        raw = connection.connection.driver_connection
        if isinstance(raw, SqliteConnection):
            raw.execute("PRAGMA journal_mode = WAL").close()


def refresh_statistics(connection: Connection) -> None:
    """Let the database learn what its columns hold, so that it chooses the right index; reads a sample only."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
    if connection.dialect.name in ("sqlite", "postgresql"):
        connection.exec_driver_sql("ANALYZE")


def _configure(connection: SqliteConnection, entry: ConnectionPoolEntry) -> None:
    del entry
    connection.isolation_level = None
    for pragma in ("foreign_keys = ON", "synchronous = FULL", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_FOR_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _close_before_fork(engine: Engine) -> None:
    reference = weakref.ref(engine)

    def close_idle() -> None:
        living = reference()
        if living is not None:
            living.dispose()

    os.register_at_fork(before=close_idle)
