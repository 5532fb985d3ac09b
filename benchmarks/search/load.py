"""An open-loop load of HTTP requests, light enough to run on the processors of the server that it measures.

Requests are sent when they are due, whether or not earlier ones have been answered, and latency counts from when they
were due: a server that stops for a second cannot hide the requests that waited meanwhile (Tene's "coordinated
omission"). Connections are kept for twenty requests each, so that they spread over the workers.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

_REQUESTS_EACH = 20
_TIMEOUT = 30.0
_OK = range(200, 300)


@dataclass
class Outcome:
    """Milliseconds from when each request was due to its last byte; statuses that are no success, and failures."""

    latencies: list[float] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=dict)

    def add_error(self, name: str) -> None:
        """Count one."""
        self.errors[name] = self.errors.get(name, 0) + 1


class _Connection:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.left = _REQUESTS_EACH

    async def ask(self, request: bytes) -> int:
        """The status of the answer, whose body is read and dropped."""
        self.left -= 1
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        await self.reader.readexactly(content_length(head))
        if b"\r\nconnection: close" in head.lower():
            self.left = 0
        return int(head.split(b" ", 2)[1])


class Client:
    """Sends requests to one server."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._idle: list[_Connection] = []

    def run(self, paths: Sequence[str], rate: float, seconds: float) -> Outcome:
        """``rate`` requests a second for ``seconds``, going round the paths."""
        return asyncio.run(self._run(paths, rate, seconds))

    async def _run(self, paths: Sequence[str], rate: float, seconds: float) -> Outcome:
        outcome = Outcome()
        requests = [_request(self._host, path) for path in paths]
        start = time.perf_counter()
        tasks = []
        for number in range(int(rate * seconds)):
            due = start + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            tasks.append(asyncio.create_task(self._one(requests[number % len(requests)], due, outcome)))
        await asyncio.gather(*tasks)
        for connection in self._idle:
            connection.writer.close()
        self._idle.clear()
        return outcome

    async def _one(self, request: bytes, due: float, outcome: Outcome) -> None:
        try:
            async with asyncio.timeout(_TIMEOUT):
                connection = self._idle.pop() if self._idle else await self._connect()
                status = await connection.ask(request)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            outcome.add_error(type(error).__name__)
            return
        outcome.latencies.append(1000 * (time.perf_counter() - due))
        if status not in _OK:
            outcome.add_error(str(status))
        if connection.left:
            self._idle.append(connection)
        else:
            connection.writer.close()

    async def _connect(self) -> _Connection:
        return _Connection(*await asyncio.open_connection(self._host, self._port, limit=1 << 20))


def content_length(head: bytes) -> int:
    """Bytes of the body that follows these headers. Raises ValueError where they do not say."""
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise ValueError("an answer without Content-Length")


def _request(host: str, path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: application/json\r\n\r\n".encode("ascii")
