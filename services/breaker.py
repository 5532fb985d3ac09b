"""Leaves a service alone for a while after it has failed several times in a row."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FAILURES = 3
PAUSE = 60.0


class Breaker:
    """Counts failures in a row; shared by threads. ``clock`` gives seconds that only grow."""

    def __init__(
        self, *, failures: int = FAILURES, pause: float = PAUSE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.pause = pause
        self._limit, self._clock = failures, clock
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_until: float | None = None

    def allows(self) -> bool:
        """Whether to try now. After a pause one caller may, and the others wait for what becomes of it."""
        with self._lock:
            if self._closed_until is None:
                return True
            if self._clock() < self._closed_until:
                return False
            self._closed_until = self._clock() + self.pause
            return True

    def succeeded(self) -> None:
        """The service answered."""
        with self._lock:
            self._failures, self._closed_until = 0, None

    def failed(self) -> bool:
        """The service did not answer; whether it is left alone from now on."""
        with self._lock:
            self._failures += 1
            if self._failures < self._limit:
                return False
            self._closed_until = self._clock() + self.pause
            return True
