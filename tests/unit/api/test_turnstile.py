"""One search at a time, and the turn of who has had least."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from typing import Any

import pytest

from api.turnstile import Gate, Turnstile

GREEDY, MODEST = ("127.0.0.1", "1"), ("127.0.0.1", "2")


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def waiting(gate: Gate, client: tuple[str, str], order: list[str], name: str) -> threading.Thread:
    """A thread that has begun to wait for its turn."""

    def take() -> None:
        with gate.passing(client):
            order.append(name)

    before = len(gate._waiting)
    thread = threading.Thread(target=take)
    thread.start()
    while len(gate._waiting) == before:
        time.sleep(0.001)
    return thread


def test_a_turn_is_taken_by_one_at_a_time() -> None:
    gate, inside, most = Gate(), 0, 0

    def take() -> None:
        nonlocal inside, most
        with gate.passing(GREEDY):
            inside += 1
            most = max(most, inside)
            time.sleep(0.002)
            inside -= 1

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


@pytest.mark.parametrize(
    ("had", "pause", "order"),
    [
        pytest.param(1.0, 0.1, ["later", "greedy"], id="who has had much lets later ones go first"),
        pytest.param(0.2, 0.1, ["greedy", "later"], id="who has had little is served in the order of arrival"),
        pytest.param(1.0, 0.4, ["greedy", "later"], id="nobody waits for ever"),
    ],
)
def test_turns_go_by_what_a_client_has_had_lately(had: float, pause: float, order: list[str]) -> None:
    clock = Clock()
    gate = Gate(clock)
    served: list[str] = []
    with gate.passing(GREEDY):
        clock.now += had
    with gate.passing(MODEST):
        threads = [waiting(gate, GREEDY, served, "greedy")]
        clock.now += pause
        threads.append(waiting(gate, ("127.0.0.1", "3"), served, "later"))
    for thread in threads:
        thread.join()
    assert served == order


def test_a_turn_that_fails_is_over() -> None:
    gate = Gate()
    with pytest.raises(ValueError, match="x"), gate.passing(GREEDY):
        raise ValueError("x")
    with gate.passing(MODEST):
        pass


def test_no_more_clients_are_remembered_than_need_be() -> None:
    clock = Clock()
    gate = Gate(clock)
    for port in range(2_000):
        with gate.passing(("127.0.0.1", str(port))):
            clock.now += 0.0001
    assert len(gate._used) <= 512


@pytest.mark.parametrize(
    ("path", "query", "beside", "waits"),
    [
        ("/v1/search", "q=a", ("/v1/search", "q=b"), True),
        ("/v1/suggest", "q=a", ("/v1/search", "q=b"), True),
        ("/v1/search", "q=a", ("/v1/facts", "q=b"), False),
        ("/v1/search", "q=" + "a" * 700, ("/v1/facts", "q=b"), True),
        ("/healthz", "", ("/v1/search", "q=b"), False),
    ],
)
def test_what_waits_for_what(path: str, query: str, beside: tuple[str, str], *, waits: bool) -> None:
    inside, go, answered = threading.Event(), threading.Event(), threading.Event()

    def application(environ: dict[str, Any], _start: Any) -> Iterable[bytes]:
        if "first" in environ:
            inside.set()
            go.wait(5)
        return [b"x"]

    turnstile = Turnstile(application)
    first = {"PATH_INFO": beside[0], "QUERY_STRING": beside[1], "first": True}
    second = {"PATH_INFO": path, "QUERY_STRING": query}

    def ask() -> None:
        assert turnstile(second, lambda *_: lambda _: None) == [b"x"]
        answered.set()

    threads = [
        threading.Thread(target=lambda: turnstile(first, lambda *_: lambda _: None)),
        threading.Thread(target=ask),
    ]
    threads[0].start()
    assert inside.wait(5)
    threads[1].start()
    assert answered.wait(0.2 if waits else 5) is not waits
    go.set()
    for thread in threads:
        thread.join()
