"""A newsroom over a real database and index, with an extractor that loads at once and a clock that is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.newsroom import Newsroom, open_newsroom
from tests.fakes.clock import FakeClock
from tests.fakes.extractor import FakeExtractor


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def newsroom(tmp_path: Path, clock: FakeClock) -> Iterator[Newsroom]:
    with open_newsroom(data_dir=tmp_path, extractor=FakeExtractor(), clock=clock) as opened:
        yield opened
