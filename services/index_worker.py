"""The thread that lets the index follow when a request could not: after a full disk, a crash, a rebuild."""

from __future__ import annotations

import threading

import structlog

from services.index_sync import IndexSync

_log = structlog.get_logger(__name__)
_PAUSE = 1.0
_LONGEST_PAUSE = 4.0  # seconds; bounds how long the index stays behind once the cause is gone


class IndexWorker:
    """Repairs the index every second, and less often while that fails. One per serving process."""

    def __init__(self, index: IndexSync, pause: float = _PAUSE) -> None:
        self._index = index
        self._pause = pause
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start, unless it runs already."""
        if self._thread is None or not self._thread.is_alive():
            self._stopping.clear()
            self._thread = threading.Thread(target=self._run, name="index-worker", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop, and wait until what is under way is done."""
        self._stopping.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
        self._thread = None

    def _run(self) -> None:
        pause = self._pause
        while not self._stopping.wait(pause):
            pause = self._pause if self._repair() else min(pause * 2, max(self._pause, _LONGEST_PAUSE))

    def _repair(self) -> bool:
        try:
            self._index.repair()
        except Exception as error:
            _log.warning("index_repair_failed", error=repr(error))
            return False
        return True
