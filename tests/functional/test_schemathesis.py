"""Requests made from the description itself, valid and hostile, against the running server: nothing breaks it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.functional.server import Server, run

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "newsroom" / "articles.ndjson"


def _schemathesis(url: str, examples: int) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("schemathesis")
    arguments = ["--config-file", str(ROOT / "schemathesis.toml"), "run", f"{url}/openapi.yaml", "--url", url]
    options = ["--max-examples", str(examples), "--seed", "20260601", "--no-color", "--request-timeout", "20"]
    return subprocess.run(
        [program, *arguments, *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("SOURCEBOOK_")},
        timeout=3600,
        check=False,
    )


@pytest.mark.parametrize("examples", [8, pytest.param(400, marks=pytest.mark.soak)])
def test_schemathesis_finds_no_failure(tmp_path: Path, examples: int) -> None:
    loaded = run(tmp_path, "ingest", str(SAMPLE))
    assert loaded.returncode == 0, loaded.stderr
    with Server(tmp_path) as server:
        result = _schemathesis(server.url, examples)
        assert result.returncode == 0, result.stdout[-6000:] + result.stderr[-2000:]
        assert server.client.get("/healthz").status_code == 200
