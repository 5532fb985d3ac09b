"""The README's commands do what the README says: each is run against the sample newsroom, its output compared."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.functional.server import Server

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
ADDRESS = "http://127.0.0.1:8000"
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)


def _sessions() -> list[tuple[str, str]]:
    """Each ``$ curl`` command of the README with the output that stands below it."""
    found = []
    for block in _BLOCK.findall(README):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.splitlines()
            length = 1
            while lines[length - 1].endswith("\\"):
                length += 1
            command, output = "\n".join(lines[:length]), "\n".join(lines[length:])
            if "curl" in command:
                found.append((command, output))
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("readme"), extra={}, arguments=["--sample-newsroom"]) as server:
        yield server


def test_readme_shows_at_least_six_requests() -> None:
    assert len(_sessions()) >= 6


@pytest.mark.parametrize(("command", "shown"), _sessions())
def test_readme_command_prints_what_the_readme_shows(server: Server, command: str, shown: str) -> None:
    run = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command.replace(ADDRESS, server.url)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    printed = [line.rstrip() for line in run.stdout.replace(server.url, ADDRESS).splitlines()]
    at = 0
    for line in shown.splitlines():
        # "..." stands for lines that the README leaves out.
        if line.strip() in {"", "..."}:
            continue
        assert line.rstrip() in printed[at:], f"not printed (in this order): {line}\n{run.stdout}"
        at = printed.index(line.rstrip(), at) + 1


def test_server_prints_requests_that_work(server: Server) -> None:
    requests = [line.strip() for line in server.lines if line.strip().startswith("curl ")]
    assert len(requests) >= 3
    for request in requests:
        run = subprocess.run(["bash", "-c", request], capture_output=True, timeout=60, check=False)
        assert run.returncode == 0
        assert json.loads(run.stdout)["total"] > 0, request
