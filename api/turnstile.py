"""Lets the searches of one worker through one at a time, those first who have asked for the least.

The threads of a worker share one interpreter: searches that compute at once slow each other down, and each takes as
long as all of them together. One at a time, a search waits for the one that is being answered, and then for those of
clients who have not had more than their share. So whoever sends search after search as fast as they are answered
makes the others wait for one of them, not for all. What may take long goes through a turnstile of its own.

A client is a connection; when all come through the connections of a gateway, it is who keeps them apart.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Client = tuple[str, str]

_LIGHT = ("/v1/search", "/v1/suggest")
_HEAVY = ("/v1/facts",)
_LONG_QUERY = 600
"""Bytes of a query string beyond which a search counts as one that may take long."""

_ALLOWANCE = 0.25
"""Seconds that a client may have had lately and still be served in the order of arrival."""

_PENALTY = 3.0
"""Seconds that a request stands back behind later ones of others for each second that its client has had beyond."""

_LONGEST = 0.25
"""Seconds that it stands back at most: where all ask for more than there is, all wait much the same."""

_FORGET_SECONDS = 2.0
"""After which a second that a client had counts no longer."""

_MOST_CLIENTS = 512


class Gate:
    """One at a time. ``clock`` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._is_taken = False
        self._waiting: list[tuple[float, int, threading.Event]] = []
        self._number = count()
        self._used: dict[Client, tuple[float, float]] = {}

    @contextmanager
    def passing(self, client: Client) -> Iterator[None]:
        """A turn: waits for it, and is over with the block."""
        self._enter(client)
        start = self._clock()
        try:
            yield
        finally:
            self._leave(client, self._clock() - start)

    def _enter(self, client: Client) -> None:
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return
            turn = threading.Event()
            beyond = max(0.0, self._seconds_of(client) - _ALLOWANCE)
            due = self._clock() + min(_PENALTY * beyond, _LONGEST)
            heapq.heappush(self._waiting, (due, next(self._number), turn))
        turn.wait()

    def _leave(self, client: Client, seconds: float) -> None:
        with self._lock:
            self._used[client] = (self._seconds_of(client) + seconds, self._clock())
            if len(self._used) > _MOST_CLIENTS:
                self._forget()
            if self._waiting:
                heapq.heappop(self._waiting)[2].set()  # it is taken by whoever waited
            else:
                self._is_taken = False

    def _seconds_of(self, client: Client) -> float:
        """What a client has had, the less the longer it is ago."""
        seconds, at = self._used.get(client, (0.0, 0.0))
        return seconds * max(0.0, 1 - (self._clock() - at) / _FORGET_SECONDS)

    def _forget(self) -> None:
        self._used = {client: used for client, used in self._used.items() if self._seconds_of(client) > 0}
        while len(self._used) > _MOST_CLIENTS:
            self._used.pop(next(iter(self._used)))


class Turnstile:
    """A WSGI application around another, whose answers must be complete when it returns."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application
        self._light, self._heavy = Gate(), Gate()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request when it is its turn; what computes little waits for none."""
        gate = self._gate_of(environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""))
        if gate is None:
            return self._application(environ, start_response)
        with gate.passing((environ.get("REMOTE_ADDR", ""), environ.get("REMOTE_PORT", ""))):
            return self._application(environ, start_response)

    def _gate_of(self, path: str, query: str) -> Gate | None:
        if path in _HEAVY or (path in _LIGHT and len(query) > _LONG_QUERY):
            return self._heavy
        return self._light if path in _LIGHT else None
