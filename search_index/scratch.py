"""Arrays to work in, kept from one search to the next: asking the system for megabytes costs more than filling them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from search_index.segment import Floats

_ROOM = 1 << 14


class Scratch:
    """One array of zeros to add up scores in, and another that whoever uses it leaves full of zeros."""

    def __init__(self) -> None:
        self._floats = np.zeros(0, dtype=np.float32)
        self._other = np.zeros(0, dtype=np.float32)

    def floats(self, size: int) -> Floats:
        """So many zeros."""
        if len(self._floats) < size:
            self._floats = np.zeros(size + size // 8 + _ROOM, dtype=np.float32)
        found = self._floats[:size]
        found.fill(0)
        return found

    def other(self, size: int) -> Floats:
        """So many zeros, to be left as zeros."""
        if len(self._other) < size:
            self._other = np.zeros(size + size // 8 + _ROOM, dtype=np.float32)
        return self._other[:size]


_free: list[Scratch] = []
_lock = threading.Lock()
_KEPT = 4  # scratches that wait for a search; more are made when more run at once


@contextmanager
def borrow() -> Iterator[Scratch]:
    """A scratch that nobody else uses during the block."""
    with _lock:
        scratch = _free.pop() if _free else Scratch()
    yield scratch
    # After an error ``other`` may not be zero: then the scratch is dropped.
    with _lock:
        if len(_free) < _KEPT:
            _free.append(scratch)
