"""The commands as a shell calls them, in this process, on a folder of their own and without a model to load."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import cli

Run = Callable[..., Result]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(data_dir: Path) -> Run:
    """Runs a command to its end: arguments as typed, ``stdin`` as bytes."""

    def run(*arguments: str | Path, stdin: bytes = b"", **settings: str) -> Result:
        inherited = dict.fromkeys((name for name in os.environ if name.startswith("SOURCEBOOK_")), None)
        chosen = {"SOURCEBOOK_DATA_DIR": str(data_dir), "SOURCEBOOK_FRENCH_MODEL": "none", **settings}
        return CliRunner().invoke(cli, [str(a) for a in arguments], input=stdin, env={**inherited, **chosen})

    return run
