"""A clock that moves on by a minute each time it is read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class FakeClock:
    """Starts on 1 March 2025 at noon, UTC."""

    def __init__(self) -> None:
        self.now = datetime(2025, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now
