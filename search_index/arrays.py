"""Named numpy arrays in one file: written once, memory-mapped to read, with a checksum for each.

::

    magic        8 bytes
    arrays       each at a multiple of 64 bytes, little-endian, in the order in which they were reserved
    directory    JSON: {name: [dtype, count, offset, crc32]}
    trailer      24 bytes: offset, length and crc32 of the directory, magic

``ArrayFile`` checks magic, size, trailer and directory when it opens, which reads a few kilobytes. ``check`` reads
everything and compares every checksum. Pages are shared by all processes that map the file.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import DTypeLike, NDArray

from search_index.errors import IndexUnusable

Array = NDArray[Any]

_MAGIC = b"SBARRAY1"
_TRAILER = struct.Struct("<QII8s")
_ALIGNMENT = 64
_CHUNK = 1 << 22


@dataclass(slots=True)
class _Entry:
    dtype: np.dtype[Any]
    count: int
    offset: int
    crc: int = 0
    written: int = 0

    @property
    def size(self) -> int:
        return self.dtype.itemsize * self.count


class ArrayWriter:
    """Writes the arrays of one file to a seekable binary stream.

    Several arrays may grow in turns: ``reserve`` fixes the size of one, ``append`` fills it from front to back.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._entries: dict[str, _Entry] = {}
        self._end = len(_MAGIC)
        stream.write(_MAGIC)

    def reserve(self, name: str, dtype: DTypeLike, count: int) -> None:
        """Make room for an array."""
        offset = -(-self._end // _ALIGNMENT) * _ALIGNMENT
        entry = _Entry(np.dtype(dtype).newbyteorder("<"), count, offset)
        self._entries[name] = entry
        self._end = offset + entry.size

    def append(self, name: str, values: Array) -> None:
        """Write the next values of an array that has room for them."""
        entry = self._entries[name]
        data = np.ascontiguousarray(values, dtype=entry.dtype).data.cast("B") if values.size else b""
        if entry.written + len(data) > entry.size:
            raise ValueError(f"too many values for {name}")
        self._stream.seek(entry.offset + entry.written)
        self._stream.write(data)
        entry.crc = zlib.crc32(data, entry.crc)
        entry.written += len(data)

    def put(self, name: str, values: Array) -> None:
        """Write an array whole."""
        self.reserve(name, values.dtype, len(values))
        self.append(name, values)

    def finish(self) -> None:
        """Write what makes the file readable. Raises ValueError when an array was not filled."""
        unfilled = [name for name, entry in self._entries.items() if entry.written != entry.size]
        if unfilled:
            raise ValueError(f"not filled: {', '.join(unfilled)}")
        described = {name: [e.dtype.str, e.count, e.offset, e.crc] for name, e in self._entries.items()}
        directory = json.dumps(described, separators=(",", ":")).encode()
        self._stream.seek(self._end)
        self._stream.write(directory)
        self._stream.write(_TRAILER.pack(self._end, len(directory), zlib.crc32(directory), _MAGIC))


class ArrayFile:
    """The arrays of a file, mapped. Safe between threads; an array stays valid as long as anybody holds it.

    Raises IndexUnusable for a file that is cut short or whose directory is not what was written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as stream:
            size = stream.seek(0, 2)
            if size < len(_MAGIC) + _TRAILER.size:
                raise IndexUnusable(f"{path.name} is cut short")
            self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        self._entries = _read_directory(self._map, path.name)
        self._arrays: dict[str, Array] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __getitem__(self, name: str) -> Array:
        """A view of an array. Raises KeyError."""
        array = self._arrays.get(name)
        if array is None:
            entry = self._entries[name]
            array = np.frombuffer(self._map, entry.dtype, entry.count, entry.offset)
            self._arrays[name] = array
        return array

    def get(self, name: str) -> Array | None:
        """A view of an array, or None."""
        return self[name] if name in self._entries else None

    def dtype(self, name: str) -> np.dtype[Any]:
        """How an array's values are stored."""
        return self._entries[name].dtype

    def count(self, name: str) -> int:
        """How many values an array has; none where it is absent."""
        entry = self._entries.get(name)
        return entry.count if entry else 0

    def release(self) -> None:
        """Give back the memory of what was read; reading it again maps it again."""
        self._map.madvise(mmap.MADV_DONTNEED)

    def check(self) -> None:
        """Compare every checksum, reading the file without keeping it in memory. Raises IndexUnusable."""
        with self.path.open("rb") as stream:
            if stream.read(len(_MAGIC)) != _MAGIC:
                raise IndexUnusable(f"{self.path.name} does not begin as it should")
            end = len(_MAGIC)
            for name, entry in sorted(self._entries.items(), key=lambda item: item[1].offset):
                if any(stream.read(entry.offset - end)) or _checksum(stream, entry) != entry.crc:
                    raise IndexUnusable(f"{self.path.name} is damaged in {name}")
                end = entry.offset + entry.size


def _checksum(stream: BinaryIO, entry: _Entry) -> int:
    crc, left = 0, entry.size
    stream.seek(entry.offset)
    while left:
        data = stream.read(min(left, _CHUNK))
        if not data:
            return -1
        crc = zlib.crc32(data, crc)
        left -= len(data)
    return crc


def _read_directory(mapped: mmap.mmap, name: str) -> Mapping[str, _Entry]:
    start, length, crc, magic = _TRAILER.unpack(mapped[-_TRAILER.size :])
    raw = mapped[start : start + length]
    if magic != _MAGIC or start + length + _TRAILER.size != len(mapped) or zlib.crc32(raw) != crc:
        raise IndexUnusable(f"{name} is cut short or damaged")
    return {
        key: _Entry(np.dtype(dtype), count, offset, sum_)
        for key, (dtype, count, offset, sum_) in json.loads(raw).items()
    }
