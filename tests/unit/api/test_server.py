import os
from pathlib import Path

import pytest

from api.config import Settings
from api.metrics import Metrics
from api.server import NotOnLoopback, metrics_folder, require_loopback, serve
from services.newsroom import Newsroom


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost"])
def test_loopback_is_served(host: str) -> None:
    require_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "sourcebook.example", "", "127.0.0.1.example"])
def test_what_others_can_reach_is_refused_without_keys(host: str) -> None:
    with pytest.raises(NotOnLoopback, match="without keys"):
        require_loopback(host)


def test_a_refused_host_opens_nothing(tmp_path: Path) -> None:
    def never() -> Newsroom:
        raise AssertionError("nothing may be opened")

    with pytest.raises(NotOnLoopback):
        serve(Settings(data_dir=tmp_path), "0.0.0.0", 0, never)
    assert list(tmp_path.iterdir()) == []


def test_the_counters_of_servers_that_are_gone_are_removed(tmp_path: Path) -> None:
    parent = tmp_path / "metrics"
    for name in ("999999999", "nonsense", str(os.getppid())):
        (parent / name).mkdir(parents=True)
    folder = metrics_folder(tmp_path)
    assert {found.name for found in parent.iterdir()} == {str(os.getppid()), str(os.getpid())}
    assert folder.is_dir()


def test_metrics_of_one_process_are_counted_by_route() -> None:
    metrics = Metrics()
    metrics.observe("GET", "/v1/facts", 200, 0.02)
    metrics.observe("BREW", "/v1/facts", 405, 0.001)
    text = metrics.exposition().decode()
    assert 'sourcebook_requests_total{method="GET",route="/v1/facts",status="200"} 1.0' in text
    assert 'method="other"' in text
    assert 'sourcebook_request_seconds_bucket{le="0.025",method="GET",route="/v1/facts"} 1.0' in text
