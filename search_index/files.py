"""Storage for Whoosh that is durable, and that leaves no file open behind a failure."""

from __future__ import annotations

import os
import struct
import weakref
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

from search_index.errors import IndexUnusable
from search_index.lineage import FileStorage

_SEAL = struct.Struct("<8sI")
_SEALED = b"SBSEALED"


class IndexFiles(FileStorage):  # type: ignore[misc]  # untyped
    """A folder of Whoosh's files.

    What is written is on the disk before the table of contents names it: no lineage of Whoosh syncs anything. A file
    that Whoosh opens and forgets, when what it reads is damaged or the disk is full, is closed by ``close_all``.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._created: set[str] = set()
        self._streams: weakref.WeakSet[Any] = weakref.WeakSet()

    def create_file(self, name: str, **options: Any) -> Any:
        """Open a new file, and remember to sync it."""
        self._created.add(name)
        return self._tracked(super().create_file(name, **options))

    def open_file(self, name: str, **options: Any) -> Any:
        """Open a file to read."""
        return self._tracked(super().open_file(name, **options))

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002 - Whoosh's
        """Put a table of contents in place, sealed, after everything that it names."""
        self.sync_created()
        _seal(Path(self.folder) / oldname)
        super().rename_file(oldname, newname, safe=safe)
        sync_folder(Path(self.folder))

    def sync_created(self) -> None:
        """Put what was created on the disk."""
        for name in self._created:
            with suppress(FileNotFoundError):  # renamed or removed since
                _sync(Path(self.folder) / name)
        self._created.clear()

    def close_all(self) -> None:
        """Close every file that is still open."""
        for stream in list(self._streams):
            with suppress(Exception):  # a full disk refuses what is still to be written
                stream.file.close()

    def _tracked(self, stream: Any) -> Any:
        self._streams.add(stream)
        return stream


def check_seal(path: Path) -> None:
    """Raise IndexUnusable unless a table of contents is what was written: it is a pickle, and pickles can run code."""
    content = path.read_bytes()
    body, seal = content[: -_SEAL.size], content[-_SEAL.size :]
    if len(content) < _SEAL.size or _SEAL.unpack(seal) != (_SEALED, zlib.crc32(body)):
        raise IndexUnusable(f"{path.name} is cut short or damaged")


def _seal(path: Path) -> None:
    # Whoosh reads what it needs from the front and never looks at what follows.
    with path.open("r+b") as stream:
        crc = zlib.crc32(stream.read())
        stream.write(_SEAL.pack(_SEALED, crc))
        stream.flush()
        os.fsync(stream.fileno())


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
