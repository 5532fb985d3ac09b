"""Transactions: the only place where a use case begins and commits.

When: every read of more than one row set uses ``reading`` (one snapshot for a page and its total); every change uses
``writing``, which takes the write lock when it begins and commits when the block ends. When not: around anything
slow; extraction and HTML come before. A full disk becomes StorageFull, with nothing written; a database that is away,
locked or damaged becomes DataUnusable.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session

from models.engine import for_writing, refresh_statistics
from services.errors import DataUnusable, StorageFull

Clock = Callable[[], datetime]

# What SQLite says of a file that cannot be used; other errors are mistakes of ours (https://sqlite.org/rescode.html).
_UNUSABLE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)


class Transactions:
    """Sessions over one engine. ``clock`` gives the current instant in UTC."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine = engine
        self._writing_engine = for_writing(engine)
        self.now = clock

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A snapshot of the database. Raises StorageFull where even a read needs room."""
        with storage_errors(), Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that commits at the end of the block, and leaves no trace if the block raises."""
        with storage_errors(), Session(self._writing_engine, expire_on_commit=False, autoflush=False) as session:
            # Begun here and not at the first statement: what the block reads is then what it changes.
            session.connection()
            yield session
            session.commit()

    def refresh_statistics(self) -> None:
        """After many changes: let the database choose its indexes by what is there now."""
        with self.writing() as session:
            refresh_statistics(session.connection())

    def close(self) -> None:
        """Close idle connections; the next transaction opens its own."""
        self.engine.dispose()


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turns what a full disk makes of SQLite and of files into StorageFull, an unusable database into DataUnusable."""
    try:
        yield
    except (DatabaseError, OSError) as error:
        if is_storage_full(error):
            raise StorageFull from error
        if isinstance(error, DatabaseError) and _is_unusable(error):
            raise DataUnusable(str(error.orig)) from error
        raise


def _is_unusable(error: DatabaseError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", None)
    # Other databases tell by the class alone: operational is what is not the program's fault (PEP 249).
    return isinstance(error, OperationalError) if code is None else code & 0xFF in _UNUSABLE


def is_storage_full(error: BaseException | None) -> bool:
    """Whether an error, or one that it comes from, says that there is no room left."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        if isinstance(error, OperationalError) and "disk is full" in str(error.orig):
            return True
        error = error.__cause__ or error.__context__
    return False
