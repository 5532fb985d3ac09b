"""Counters for Prometheus, summed over the worker processes.

Labels name the route ("/v1/articles/{article_id}"), never the path, so that clients cannot make new series.
"""

from __future__ import annotations

import os
from pathlib import Path

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, values
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


# Enough for every route, method and status; what the library would add by itself is a hole in the file.
_FILE_BYTES = 1 << 19
_log = structlog.get_logger("metrics")


class Metrics:
    """Requests counted and timed by route.

    ``folder`` is shared by the workers; None keeps counts in this process, and so does a full disk.
    """

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder if folder is not None and _reserve(folder) else None
        self.folder = folder
        self.registry = CollectorRegistry()
        if folder is not None:
            # The library looks at its environment variable when it is first imported; servers learn their folder later.
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
            values.ValueClass = values.MultiProcessValue()  # type: ignore[no-untyped-call]
        self.requests = Counter(
            "sourcebook_requests",
            "Requests answered, by method, route and status.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "sourcebook_request_seconds",
            "Seconds to answer, by method and route.",
            ["method", "route"],
            registry=self.registry,
            buckets=_BUCKETS,
        )

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        known = method if method in _METHODS else "other"
        self.requests.labels(known, route, str(status)).inc()
        self.seconds.labels(known, route).observe(seconds)

    def exposition(self) -> bytes:
        """Prometheus' text format, over all workers."""
        if self.folder is None:
            return generate_latest(self.registry)
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=str(self.folder))  # type: ignore[no-untyped-call]
        return generate_latest(registry)


def _reserve(folder: Path) -> bool:
    """Write this process's files out in full: a counter that met a hole of its file on a full disk would kill it."""
    files = [folder / f"{kind}_{os.getpid()}.db" for kind in ("counter", "histogram")]
    try:
        for file in files:
            file.write_bytes(b"\0" * _FILE_BYTES)
    except OSError as error:
        for file in files:
            file.unlink(missing_ok=True)
        _log.warning("metrics of this worker are not shared", error=str(error))
        return False
    return True


def forget_worker(folder: Path, process: int) -> None:
    """Remove what only a living worker's files say."""
    mark_process_dead(process, path=str(folder))  # type: ignore[no-untyped-call]
