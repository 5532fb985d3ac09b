from __future__ import annotations

from services.breaker import Breaker


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_breaker_pauses_after_failures_in_a_row_and_then_lets_one_try() -> None:
    clock = Clock()
    breaker = Breaker(failures=3, pause=60, clock=clock)
    assert [breaker.failed(), breaker.failed(), breaker.allows()] == [False, False, True]
    assert breaker.failed()
    assert not breaker.allows()
    clock.now += 61
    assert [breaker.allows(), breaker.allows()] == [True, False]
    assert breaker.failed()
    clock.now += 59
    assert not breaker.allows()
    clock.now += 2
    assert breaker.allows()
    breaker.succeeded()
    assert breaker.allows()


def test_breaker_forgets_failures_after_a_success() -> None:
    breaker = Breaker(failures=2)
    assert not breaker.failed()
    breaker.succeeded()
    assert not breaker.failed()
    assert breaker.allows()
