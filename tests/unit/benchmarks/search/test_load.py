"""The load of HTTP requests: what is sent, when, and what counts as an error."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from benchmarks.search.http import mixed, path_of
from benchmarks.search.load import Client, content_length
from benchmarks.search.queries import Query


@pytest.mark.parametrize(
    ("head", "length"),
    [(b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n", 12), (b"HTTP/1.1 200 OK\r\ncontent-length:0\r\n\r\n", 0)],
)
def test_content_length_is_read_whatever_its_case(head: bytes, length: int) -> None:
    assert content_length(head) == length


def test_content_length_that_is_absent_is_an_error() -> None:
    with pytest.raises(ValueError, match="Content-Length"):
        content_length(b"HTTP/1.1 200 OK\r\n\r\n")


def test_path_of_asks_with_the_querys_own_filters() -> None:
    query = Query(
        "source and dates", "Combien à Orval ?", ("Orval",), (3,), 7, date(2024, 1, 2), date(2024, 6, 1), page=1
    )
    kind, path = path_of(query)
    assert kind == "source and dates"
    assert parse_qs(urlsplit(path).query) == {
        "q": ["Combien à Orval ?"],
        "source": ["Banc 7"],
        "published_from": ["2024-01-02"],
        "published_to": ["2024-06-01"],
    }


def test_mixed_has_every_path_and_more_questions_than_rare_terms() -> None:
    paths = mixed([("question", "/a"), ("rare term", "/b")])
    assert paths.count("/a") > paths.count("/b") > 0
    assert paths == mixed([("question", "/a"), ("rare term", "/b")])


class _Handler(BaseHTTPRequestHandler):
    """Answers what the path says."""

    protocol_version = "HTTP/1.1"
    seen: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.seen.append(self.path)
        self.send_response(500 if self.path == "/broken" else 200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_arguments: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_client_sends_what_is_due_and_counts_what_is_no_success() -> None:
    _Handler.seen.clear()
    with serving() as port:
        outcome = Client("127.0.0.1", port).run(["/a", "/broken"], rate=200, seconds=0.3)
    assert sorted(_Handler.seen) == ["/a"] * 30 + ["/broken"] * 30
    assert len(outcome.latencies) == 60
    assert outcome.errors == {"500": 30}


def test_client_counts_connections_that_are_refused() -> None:
    with serving() as port:
        pass
    outcome = Client("127.0.0.1", port).run(["/a"], rate=100, seconds=0.05)
    assert outcome.latencies == []
    assert sum(outcome.errors.values()) == 5
