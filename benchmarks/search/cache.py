"""Where corpora and indexes are kept, so that they are made once; and what is remembered of their making."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.search.corpus import VERSION
from benchmarks.search.engines.base import Engine

CACHE = "SOURCEBOOK_BENCH_CACHE"


def cache_folder() -> Path:
    """``build/bench-search``, unless the environment names another folder."""
    return Path(os.environ.get(CACHE) or "build/bench-search").resolve()


def index_folder(engine: Engine, size: int) -> Path:
    """Where an engine's index of a corpus is. Raises EngineMissing."""
    return cache_folder() / f"indexes-{VERSION}" / engine.version() / str(size)


def built(engine: Engine, size: int, *, again: bool = False) -> dict[str, Any]:
    """What building the index took, now or when it was built. Raises EngineMissing."""
    folder = index_folder(engine, size)
    report = folder.with_suffix(".json")
    if again or not report.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        command = [sys.executable, "-m", "benchmarks.search.build", engine.name, str(size), str(folder)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    figures: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return figures


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
