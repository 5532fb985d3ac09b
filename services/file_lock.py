"""A lock that threads and processes of one machine share, and that a killed process leaves behind open."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FIRST_PAUSE = 0.002
_LONGEST_PAUSE = 0.05


class FileLock:
    """An exclusive ``flock`` on a file. Each acquisition opens the file anew, which is what keeps threads apart."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def acquire(self, wait: float | None = None) -> Iterator[bool]:
        """Whether the lock was had within ``wait`` seconds (None: however long it takes); released at the end."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            yield _lock(descriptor, wait)
        finally:
            os.close(descriptor)


def _lock(descriptor: int, wait: float | None) -> bool:
    if wait is None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return True
    deadline, pause = time.monotonic() + wait, _FIRST_PAUSE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(min(pause, max(0.0, deadline - time.monotonic())))
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            return True
