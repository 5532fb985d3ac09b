"""A real HTTP server on loopback that plays a language model: well, wrongly, slowly, or like no server at all."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

Reply = Callable[["Exchange"], None]


class Exchange(BaseHTTPRequestHandler):
    """One request; the server's ``reply`` answers it."""

    server: _Server

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append(self)
        try:
            self.server.reply(self)
        except OSError:
            self.close_connection = True  # who asked has gone

    def question(self) -> Any:
        """The request's body."""
        return json.loads(self.body)

    def passages(self) -> list[dict[str, Any]]:
        """The passages that are asked about."""
        found: list[dict[str, Any]] = json.loads(self.question()["messages"][1]["content"])["passages"]
        return found

    def send(self, body: bytes, status: int = 200, **headers: str) -> None:
        """A whole response."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, reply: Reply) -> None:
        super().__init__(("127.0.0.1", 0), Exchange)
        self.reply = reply
        self.seen: list[Exchange] = []
        self.ending = threading.Event()


class ChatServer:
    """Runs for as long as the ``with`` lasts; ``reply`` can be changed meanwhile."""

    def __init__(self, reply: Reply) -> None:
        self._server = _Server(reply)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        """What the setting takes."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def seen(self) -> list[Exchange]:
        """The requests so far."""
        return self._server.seen

    def answer_with(self, reply: Reply) -> None:
        """Answer otherwise from now on."""
        self._server.reply = reply

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.ending.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def envelope(content: object, finish_reason: str = "stop") -> bytes:
    """The interface's response around what the model wrote."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish_reason}
    return json.dumps({"id": "x", "object": "chat.completion", "choices": [choice]}).encode()


def writes(content: str) -> Reply:
    """The model writes this."""
    return lambda exchange: exchange.send(envelope(content), Content_Type="application/json")


def finds(*facts: object) -> Reply:
    """The model answers well, with these facts."""
    return writes(json.dumps({"facts": list(facts)}))


def responds(body: bytes, status: int = 200, **headers: str) -> Reply:
    """Any response."""
    return lambda exchange: exchange.send(body, status, **headers)


def keeps_silent(exchange: Exchange) -> None:
    """No answer at all."""
    exchange.server.ending.wait(30)


def drips(exchange: Exchange) -> None:
    """A byte now and then, for ever: no single wait is long."""
    exchange.send_response(200)
    exchange.end_headers()
    for byte in _endlessly(b" "):
        exchange.wfile.write(byte)
        if exchange.server.ending.wait(0.02):
            return


def drips_headers(exchange: Exchange) -> None:
    """The same before the response has begun."""
    for byte in _endlessly(b"x"):
        exchange.wfile.write(byte)
        if exchange.server.ending.wait(0.02):
            return


def floods(exchange: Exchange) -> None:
    """An answer without an end."""
    exchange.send_response(200)
    exchange.end_headers()
    for block in _endlessly(b"[" * 65_536):
        exchange.wfile.write(block)


def hangs_up(exchange: Exchange) -> None:
    """Closes the connection instead of answering."""
    exchange.close_connection = True


def breaks_off(exchange: Exchange) -> None:
    """Announces more than it sends."""
    exchange.send_response(200)
    exchange.send_header("Content-Length", "5000")
    exchange.end_headers()
    exchange.wfile.write(envelope('{"facts": []}')[:40])
    exchange.close_connection = True


def babbles(exchange: Exchange) -> None:
    """Something that is no HTTP."""
    exchange.wfile.write(b"\x00\xff220 smtp ready\r\n\r\n" * 10)
    exchange.close_connection = True


def _endlessly(block: bytes) -> Iterator[bytes]:
    while True:
        yield block
