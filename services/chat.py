"""Asks a language model behind an OpenAI-compatible interface: one question, one JSON value, within a time.

Whoever answers is not trusted: what comes is bounded in size and time, redirects are not followed (they would carry the
article and the key elsewhere), and nothing of a text, an answer or a key ends in an error or a log. The standard
library's client is used since a connection a question is all there is to it. Interface:
https://platform.openai.com/docs/api-reference/chat/create, as also served by llama.cpp, vLLM, Ollama, Mistral.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

from services.strict_json import MalformedJson, find_unacceptable, read_json

MAX_ANSWER_BYTES = 1_000_000
_MAX_TOKENS = 4_096
_CHUNK = 65_536


class ModelFailure(Exception):  # noqa: N818  # named as the other errors of services are
    """The model gave no answer that can be read. The message is a few words of ours, never the other side's."""


class ChatModel:
    """A model at an address such as ``https://llm.example.org/v1``. Holds no connection: threads and forks share it."""

    def __init__(self, url: str, model: str, api_key: str | None = None) -> None:
        parts = urlsplit(url)
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname or "", parts.port
        self._path = parts.path.rstrip("/") + "/chat/completions"
        self._model, self._api_key = model, api_key

    def ask(self, messages: Sequence[dict[str, str]], seconds: float) -> object:
        """The JSON value that the model answers with, within ``seconds`` for everything. Raises ModelFailure."""
        return _value_in(_content_of(self._post(self._body(messages), seconds)))

    def _body(self, messages: Sequence[dict[str, str]]) -> bytes:
        question = {
            "model": self._model,
            "messages": list(messages),
            "temperature": 0,
            "max_tokens": _MAX_TOKENS,
            "response_format": {"type": "json_object"},
            "stream": False,
        }
        return json.dumps(question, ensure_ascii=False).encode("utf-8")

    def _headers(self) -> dict[str, str]:
        key = {"Authorization": f"Bearer {self._api_key}"} if self._api_key else {}
        return {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close", **key}

    def _post(self, body: bytes, seconds: float) -> bytes:
        deadline = time.monotonic() + seconds
        connection = _Connection(self._host, self._port, secure=self._secure, deadline=deadline)
        # A time-out of a socket begins anew with each byte, so that somebody else has to end it.
        watch = threading.Timer(seconds, connection.cut)
        watch.daemon = True
        watch.start()
        try:
            connection.request("POST", self._path, body, self._headers())
            return _read(connection.getresponse(), deadline)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise ModelFailure(_why(error, late=time.monotonic() >= deadline)) from None
        finally:
            watch.cancel()
            connection.close()


class _Connection(http.client.HTTPConnection):
    """A connection that is made, over TLS or not, before a deadline, and that another thread can end."""

    def __init__(self, host: str, port: int | None, *, secure: bool, deadline: float) -> None:
        super().__init__(host, port or (443 if secure else 80))
        self._secure, self._deadline = secure, deadline
        self._wire: socket.socket | None = None

    def connect(self) -> None:
        """Connect to the first address that takes it; looking up the name takes what the system's resolver takes."""
        self.sock = self._wire = self._first_that_takes_it()
        if self._secure:
            context = ssl.create_default_context()
            wrapped = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock = self._wire = wrapped
            wrapped.do_handshake()

    def _first_that_takes_it(self) -> socket.socket:
        error: OSError = TimeoutError()
        for family, kind, protocol, _, address in socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM):
            found = socket.socket(family, kind, protocol)
            try:
                found.settimeout(_remaining(self._deadline))
                found.connect(address)
            except OSError as failure:
                found.close()
                error = failure
            else:
                return found
        raise error

    def cut(self) -> None:
        """End the connection, also under a response that is being read: whoever waits for it is told so at once."""
        try:
            if self._wire is not None:
                socket.socket.shutdown(self._wire, socket.SHUT_RDWR)
        except OSError:
            pass  # it has ended by itself


def _why(error: Exception, *, late: bool) -> str:
    """What an operator can look after, in words of ours."""
    if late or isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, socket.gaierror):
        return "host not found"
    if isinstance(error, ssl.SSLError):
        return "no trusted TLS connection"
    return "connection refused" if isinstance(error, ConnectionRefusedError) else "connection cut off"


def _remaining(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _read(response: http.client.HTTPResponse, deadline: float) -> bytes:
    """The body of a good response, whole. Raises ModelFailure for any other, and for one that is too long."""
    with response:
        if response.status != http.HTTPStatus.OK:
            raise ModelFailure(f"status {response.status}")
        received = bytearray()
        while chunk := response.read1(_CHUNK):
            received += chunk
            if len(received) > MAX_ANSWER_BYTES:
                raise ModelFailure("answer too long")
            _remaining(deadline)
    _remaining(deadline)  # a connection that was cut looks like one that has ended
    return bytes(received)


def _content_of(raw: bytes) -> str:
    """What the model wrote, from the interface's envelope."""
    envelope = _json(raw)
    choices = envelope.get("choices") if isinstance(envelope, dict) else None
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    content = message.get("content") if isinstance(message, dict) else None
    if not isinstance(choice, dict) or not isinstance(content, str):
        raise ModelFailure("no answer in the response")
    if choice.get("finish_reason") == "length":
        raise ModelFailure("answer cut off")
    return content


def _value_in(content: str) -> object:
    """The JSON object in what the model wrote, without the fence or the remarks that some put around it."""
    return _json(content[content.find("{") : content.rfind("}") + 1].encode("utf-8"))


def _json(raw: bytes) -> object:
    try:
        value = read_json(raw)
    except MalformedJson:
        raise ModelFailure("answer is no JSON") from None
    if find_unacceptable(value):
        raise ModelFailure("answer is no JSON")
    return value
