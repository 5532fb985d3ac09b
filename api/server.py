"""Runs the API under gunicorn: the models are loaded once, before the fork; all that holds files is opened after it.

Database connections, the open index and the thread that keeps it current belong to one worker each. Sharing them
across a fork would share file positions and locks.
"""

from __future__ import annotations

import gc
import ipaddress
import json
import os
import re
import shutil
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog
from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # ships no types
from gunicorn.glogging import Logger  # type: ignore[import-untyped]  # as above
from gunicorn.http.message import Request  # type: ignore[import-untyped]  # as above
from gunicorn.http.parser import RequestParser  # type: ignore[import-untyped]  # as above
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]  # as above

from api.app import create_app
from api.config import Settings
from api.errors import BAD_REQUEST, Problem
from api.lifecycle import PROBLEM_MEDIA_TYPE
from api.logs import configure_logs
from api.metrics import Metrics, forget_worker
from api.turnstile import Turnstile
from services.newsroom import Newsroom

_LINE_LIMIT = 8190
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_HEADERS_LIMIT = 64
_ANSWER_SECONDS = 60.0
_STALLED_SECONDS = 30.0
_log = structlog.get_logger("server")


class NotOnLoopback(Exception):  # noqa: N818  # a refusal, not a failure
    """Without keys everybody may do everything, so that only this machine may ask."""


def serve(
    settings: Settings,
    host: str,
    port: int,
    open_worker_newsroom: Callable[[], Newsroom],
    greeting: Callable[[str], str] = "Sourcebook answers at {}".format,
) -> None:
    """Serve until told to stop (SIGTERM, SIGINT); prints ``greeting`` of the address once it answers.

    ``open_worker_newsroom`` opens the newsroom of one worker, after the fork; by now the data folder is migrated, its
    index repaired and the models loaded. Port 0 takes a free one. Raises NotOnLoopback, and OSError for a taken port.
    """
    require_loopback(host)
    configure_logs(settings)
    listener = _listen(host, port)
    metrics = metrics_folder(settings.data_dir)
    address = _address(host, listener.getsockname()[1])
    threading.Thread(target=_announce, args=(address, greeting), daemon=True).start()
    # What is there now stays in shared memory: the collector of a worker would otherwise copy it page by page.
    gc.collect()
    gc.freeze()
    try:
        _Server(settings, listener, metrics, open_worker_newsroom).run()
    finally:
        shutil.rmtree(metrics, ignore_errors=True)


def require_loopback(host: str) -> None:
    """Raises NotOnLoopback for an address that others can reach."""
    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise NotOnLoopback(
            f"{host} can be reached from other machines, and without keys everything is allowed to everybody. "
            "Serve on 127.0.0.1, behind a gateway that asks for keys."
        )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(256)
    listener.set_inheritable(True)
    return listener


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def metrics_folder(data_dir: Path) -> Path:
    """A folder of this server's own; what servers that are gone left behind is removed."""
    parent = data_dir / "metrics"
    parent.mkdir(parents=True, exist_ok=True)
    for old in parent.iterdir():
        if not (old.name.isdigit() and Path(f"/proc/{old.name}").exists()):
            shutil.rmtree(old, ignore_errors=True)
    folder = parent / str(os.getpid())
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder.resolve()


def _announce(address: str, greeting: Callable[[str], str]) -> None:
    deadline = time.monotonic() + _ANSWER_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):  # noqa: S310  # our own address
                break
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    else:
        return
    sys.stdout.write(greeting(address) + "\n")
    sys.stdout.flush()


class _Request(Request):  # type: ignore[misc]  # ships no types
    """A request whose target may have letters beyond ASCII, as curl sends them when somebody types ``q=chômage``.

    RFC 3986 wants them percent-encoded, and gunicorn refuses them; browsers encode them, so we do it for the others.
    """

    def parse_request_line(self, line_bytes: bytes) -> None:
        """Read the first line of a request."""
        super().parse_request_line(_BEYOND_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], bytes(line_bytes)))


class _Worker(ThreadWorker):  # type: ignore[misc]  # ships no types
    """A worker that answers what is no HTTP with a problem as well."""

    def handle_request(self, req: object, conn: Any) -> object:
        """Answer a request; a client that stops sending or reading for half a minute gives its thread back."""
        conn.sock.settimeout(_STALLED_SECONDS)
        return super().handle_request(req, conn)

    def handle_error(self, req: object, client: socket.socket, addr: object, exc: BaseException) -> None:  # noqa: ARG002
        """Answer a request that could not be read."""
        _log.info("unreadable request", error=str(exc))
        detail = "This is no HTTP request that can be read, or one of its parts is too long."
        problem = Problem(type=BAD_REQUEST, detail=detail).to_wire("", uuid.uuid4().hex)
        body = json.dumps(problem).encode("ascii")
        head = (
            "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n"
            f"Content-Type: {PROBLEM_MEDIA_TYPE}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        try:
            client.sendall(head.encode("ascii") + body)
        except OSError as error:
            _log.debug("client gone", error=str(error))


class _QuietLogger(Logger):  # type: ignore[misc]  # ships no types
    """gunicorn's own lines, warnings and worse; requests are logged by ``api.lifecycle``."""

    def access(self, resp: object, req: object, environ: object, request_time: object) -> None:
        """Nothing: the application logs requests."""


class _Server(BaseApplication):  # type: ignore[misc]  # ships no types
    """gunicorn, set up in code."""

    def __init__(
        self, settings: Settings, listener: socket.socket, metrics: Path, open_worker_newsroom: Callable[[], Newsroom]
    ) -> None:
        self.settings = settings
        self.listener = listener
        self.metrics = metrics
        self.open_worker_newsroom = open_worker_newsroom
        self.newsroom: Newsroom | None = None
        super().__init__()

    def load_config(self) -> None:
        """Gunicorn's settings, from ours."""
        chosen: dict[str, Any] = {
            # gunicorn owns the descriptor from here, and closes it.
            "bind": f"fd://{self.listener.detach()}",
            "worker_class": _Worker,
            "http_parser": "python",
            "workers": self.settings.workers,
            "threads": self.settings.threads,
            "timeout": self.settings.request_timeout,
            "graceful_timeout": self.settings.graceful_timeout,
            "keepalive": 15,
            "limit_request_line": _LINE_LIMIT,
            "limit_request_fields": _HEADERS_LIMIT,
            "limit_request_field_size": _LINE_LIMIT,
            "loglevel": "warning",
            "logger_class": _QuietLogger,
            "control_socket_disable": True,
            "proc_name": "sourcebook",
            "worker_exit": self._worker_exit,
            "child_exit": self._child_exit,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application of one worker; called after the fork."""
        RequestParser.mesg_class = _Request
        self.newsroom = self.open_worker_newsroom()
        self.newsroom.start()
        app = create_app(self.newsroom, self.settings, Metrics(self.metrics))
        app.wsgi_app = Turnstile(app.wsgi_app)  # type: ignore[method-assign]  # as Flask documents
        return app

    def _worker_exit(self, _server: object, _worker: object) -> None:
        if self.newsroom is not None:
            self.newsroom.close()

    def _child_exit(self, _server: object, worker: Any) -> None:
        forget_worker(self.metrics, worker.pid)
