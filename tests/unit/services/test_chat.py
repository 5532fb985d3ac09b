"""Asks a real server on loopback, which may be anything."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator

import pytest

from services.chat import ChatModel, ModelFailure
from tests.fakes.chat_server import (
    ChatServer,
    Reply,
    babbles,
    breaks_off,
    drips,
    drips_headers,
    envelope,
    floods,
    hangs_up,
    keeps_silent,
    responds,
    writes,
)

MESSAGES = [{"role": "user", "content": "Brélan ?"}]
GOOD = '{"facts": [1]}'
SECONDS = 0.3


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with ChatServer(writes(GOOD)) as server:
        yield server


def ask(server: ChatServer, reply: Reply) -> object:
    server.answer_with(reply)
    return ChatModel(server.url, "m").ask(MESSAGES, SECONDS)


def test_a_question_is_what_the_interface_wants_and_carries_the_key(server: ChatServer) -> None:
    assert ChatModel(f"{server.url}/", "some/model:8b", "k-123").ask(MESSAGES, 5) == {"facts": [1]}
    (seen,) = server.seen
    assert (seen.path, seen.headers["Authorization"]) == ("/v1/chat/completions", "Bearer k-123")
    question = seen.question()
    assert (question["model"], question["messages"], question["temperature"]) == ("some/model:8b", MESSAGES, 0)
    assert question["response_format"] == {"type": "json_object"}


def test_no_key_is_sent_where_none_is_set(server: ChatServer) -> None:
    ChatModel(server.url, "m").ask(MESSAGES, 5)
    assert "Authorization" not in server.seen[0].headers


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"```\n{GOOD}```",
        f"Here are the facts:\n\n{GOOD}\n\nAnything else?",
        f"\ufeff  {GOOD}",
    ],
)
def test_what_stands_around_the_json_is_passed_over(server: ChatServer, content: str) -> None:
    assert ask(server, writes(content)) == {"facts": [1]}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "I cannot help with that.",
        "}{",
        '{"facts": [NaN]}',
        '{"facts": [Infinity]}',
        '{"facts": [], "facts": [1]}',
        '{"facts": [1e999]}',
        '{"facts": [' + "9" * 5000 + "]}",
        '{"facts": ["\\u0000"]}',
        '{"facts": ["\\ud800"]}',
        '{"facts": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"a":' * 100_000 + "1" + "}" * 100_000,
        "{" + '"a",' * 100_000 + "}",
        GOOD + GOOD,
        "{'facts': []}",
    ],
)
def test_a_model_that_writes_no_clean_json_has_not_answered(server: ChatServer, content: str) -> None:
    with pytest.raises(ModelFailure, match="no JSON"):
        ask(server, writes(content))


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (responds(b"oops", 500), "status 500"),
        (responds(b"", 503, Retry_After="1"), "status 503"),
        (responds(b"{}", 401), "status 401"),
        (responds(envelope(GOOD), 429), "status 429"),
        (responds(envelope(GOOD), 201), "status 201"),
        (responds(b"", 204), "status 204"),
        (responds(b""), "no JSON"),
        (responds(b"<html>Login</html>"), "no JSON"),
        (responds(b"\x1f\x8b\x00"), "no JSON"),
        (responds(b"\xff\xfe" * 100), "no JSON"),
        (responds(b"[]"), "no answer in the response"),
        (responds(b'{"choices": []}'), "no answer in the response"),
        (responds(b'{"choices": [null]}'), "no answer in the response"),
        (responds(b'{"choices": [{"message": "x"}]}'), "no answer in the response"),
        (responds(envelope(None)), "no answer in the response"),
        (responds(envelope([{"type": "text", "text": GOOD}])), "no answer in the response"),
        (responds(envelope(GOOD, "length")), "cut off"),
        (responds(envelope("x" * 2_000_000)), "too long"),
        (floods, "too long|in time"),
        (keeps_silent, "in time"),
        (drips, "in time"),
        (drips_headers, "in time"),
        (hangs_up, "connection cut off"),
        (babbles, "connection cut off"),
        (breaks_off, "no JSON|cut off"),
    ],
)
def test_whatever_else_comes_is_a_failure_within_the_time(server: ChatServer, reply: Reply, reason: str) -> None:
    started = time.monotonic()
    with pytest.raises(ModelFailure, match=reason):
        ask(server, reply)
    assert time.monotonic() - started < SECONDS + 1


def test_a_redirect_is_not_followed(server: ChatServer) -> None:
    with ChatServer(writes(GOOD)) as elsewhere:
        for status in (301, 302, 303, 307, 308):
            with pytest.raises(ModelFailure, match=f"status {status}"):
                ask(server, responds(b"", status, Location=f"{elsewhere.url}/chat/completions"))
        assert elsewhere.seen == []


def test_a_server_that_is_not_there_is_a_failure() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        port = taken.getsockname()[1]
        with pytest.raises(ModelFailure, match="connection refused"):
            ChatModel(f"http://127.0.0.1:{port}/v1", "m").ask(MESSAGES, SECONDS)


def test_a_server_without_tls_is_no_https_server(server: ChatServer) -> None:
    with pytest.raises(ModelFailure, match="no trusted TLS connection"):
        # Loading the authorities' certificates takes its time on a busy machine; the answer itself is immediate.
        ChatModel(server.url.replace("http:", "https:"), "m").ask(MESSAGES, 20 * SECONDS)
    assert server.seen == []


def test_a_proxy_of_the_environment_does_not_see_the_article(
    server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert ask(server, writes(GOOD)) == {"facts": [1]}


def test_a_failure_tells_nothing_of_key_text_or_answer(server: ChatServer) -> None:
    server.answer_with(responds(b"SECRET-BODY", 400))
    with pytest.raises(ModelFailure) as caught:
        ChatModel(server.url, "m", "SECRET-KEY").ask([{"role": "user", "content": "SECRET-TEXT"}], SECONDS)
    told = repr(caught.value) + json.dumps(str(caught.value.__context__))
    assert "SECRET" not in told
