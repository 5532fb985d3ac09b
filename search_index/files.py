"""Storage for Whoosh that is durable, and that leaves no file open behind a failure."""

from __future__ import annotations

import os
import weakref
from contextlib import suppress
from pathlib import Path
from typing import Any

from search_index.lineage import FileStorage


class IndexFiles(FileStorage):  # type: ignore[misc]  # untyped
    """A folder of Whoosh's files.

    What is written is on the disk before the table of contents names it: no lineage of Whoosh syncs anything. A file
    that Whoosh opens and forgets, when what it reads is damaged or the disk is full, is closed by ``close_all``.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._created: set[str] = set()
        self._streams: weakref.WeakSet[Any] = weakref.WeakSet()
        self._temporary: list[IndexFiles] = []

    def create_file(self, name: str, **options: Any) -> Any:
        """Open a new file, and remember to sync it."""
        self._created.add(name)
        return self._tracked(super().create_file(name, **options))

    def open_file(self, name: str, **options: Any) -> Any:
        """Open a file to read."""
        return self._tracked(super().open_file(name, **options))

    def temp_storage(self, name: str | None = None) -> Any:
        """A folder inside for files of the write under way."""
        path = Path(self.folder) / (name or "temporary")
        temporary = type(self)(str(path)).create()
        self._temporary.append(temporary)
        return temporary

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002 - Whoosh's
        """Put a table of contents in place, after everything that it names."""
        for name in self._created:
            with suppress(FileNotFoundError):  # parts of a compound file are gone by now
                _sync(Path(self.folder) / name)
        self._created.clear()
        super().rename_file(oldname, newname, safe=safe)
        sync_folder(Path(self.folder))

    def close_all(self) -> None:
        """Close every file that is still open."""
        for stream in list(self._streams):
            with suppress(Exception):  # a full disk refuses what is still to be written
                stream.file.close()
        for temporary in self._temporary:
            temporary.close_all()

    def _tracked(self, stream: Any) -> Any:
        self._streams.add(stream)
        return stream


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(path: Path, text: str) -> None:
    """Write a file whole or not at all, also when the power fails."""
    temporary = path.with_name(path.name + ".new")
    with temporary.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def _sync(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
