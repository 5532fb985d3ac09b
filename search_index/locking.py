"""A lock between processes and between the threads of one, which the system frees when its holder dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search_index.errors import LockTimeout

_FIRST_WAIT = 0.005
_LONGEST_WAIT = 0.1


class FileLock:
    """An exclusive ``flock`` on a file of its own. Not reentrant: a thread that holds it waits for itself."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def held(self, timeout: float) -> Iterator[None]:
        """Hold the lock for the block. Raises LockTimeout when it is not free within ``timeout`` seconds."""
        # A new descriptor each time: flock belongs to it, so threads of one process exclude each other as well.
        descriptor = os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            self._acquire(descriptor, timeout)
            yield
        finally:
            os.close(descriptor)

    def is_free(self) -> bool:
        """Whether nobody holds it at this moment."""
        try:
            with self.held(0):
                return True
        except LockTimeout:
            return False

    def _acquire(self, descriptor: int, timeout: float) -> None:
        until = time.monotonic() + timeout
        wait = _FIRST_WAIT
        while not _try(descriptor):
            left = until - time.monotonic()
            if left <= 0:
                raise LockTimeout(f"{self.path.name} was not free within {timeout:g} s")
            time.sleep(min(wait, left))
            wait = min(wait * 2, _LONGEST_WAIT)


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
