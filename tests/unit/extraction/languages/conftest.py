"""Distributions that add a language, installed for one test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extraction.languages.discovery import GROUP, languages

Install = Callable[..., Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Puts a package with its entry point where Python finds distributions; answers the package's folder."""

    def put(package: str, source: str, point: str, files: dict[str, str] | None = None) -> Path:
        folder = tmp_path / package
        for name, content in {"__init__.py": source, **(files or {})}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content, encoding="utf-8")
        metadata = tmp_path / f"{package}-1.0.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        (metadata / "entry_points.txt").write_text(f"[{GROUP}]\n{point}\n")
        monkeypatch.syspath_prepend(str(tmp_path))
        languages.cache_clear()
        return folder

    yield put
    languages.cache_clear()
