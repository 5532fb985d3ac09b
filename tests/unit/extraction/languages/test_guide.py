"""The guide to adding a language: its snippets stand in the fixture, and its commands print what it shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from extraction.languages.discovery import languages
from tests.unit.extraction.languages.spanish import FIXTURE

ROOT = Path(__file__).parents[4]
GUIDE = (ROOT / "docs" / "languages.md").read_text("utf-8")
_FENCED = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
SNIPPETS = [content for kind, content in _FENCED.findall(GUIDE) if kind != "console"]
SESSIONS = [content for kind, content in _FENCED.findall(GUIDE) if kind == "console"]


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda s: s.splitlines()[0])
def test_every_snippet_stands_in_the_fixture(snippet: str) -> None:
    name, *lines = snippet.removeprefix("# ").splitlines()
    content = (FIXTURE / name).read_text("utf-8")
    if name.endswith((".py", ".toml")):
        assert content.strip() == "\n".join(lines).strip()
        return
    missing = [line for line in lines if line not in content.splitlines()]
    assert [line for line in missing if not _is_part(line, content)] == []


def _is_part(line: str, content: str) -> bool:
    """Whether a row of a table names some of the forms of a row of the fixture, in its other columns alike."""
    forms, tab, rest = line.partition("\t")
    rows = [row.partition("\t") for row in content.splitlines()]
    return bool(tab) and any(rest == other and set(forms.split()) <= set(row.split()) for row, _, other in rows)


def test_the_guide_names_every_file_of_a_pack() -> None:
    named = set(re.findall(r"`([\w/]+\.(?:tsv|txt|json))`", GUIDE))
    shipped = {
        path.relative_to(folder).as_posix()
        for folder in (FIXTURE / "sourcebook_es", ROOT / "extraction" / "languages" / "fr")
        for path in folder.rglob("*.*")
        if path.suffix in {".tsv", ".txt", ".json"}
    }
    assert shipped <= named


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, str]]]:
    """A folder with the distribution in it, and an environment whose pip installs beside the real one."""
    folder = tmp_path_factory.mktemp("guide")
    shutil.copytree(FIXTURE, folder / "spanish", ignore=shutil.ignore_patterns("build", "*.egg-info", "__pycache__"))
    target, commands = folder / "site", Path(sys.executable).parent
    environment = os.environ | {
        "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
        "PIP_TARGET": str(target),
        "PIP_NO_INDEX": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTHONPATH": os.pathsep.join([str(target), str(ROOT)]),
        "SOURCEBOOK_FRENCH_MODEL": "none",
    }
    yield folder, environment
    languages.cache_clear()


def _commands() -> list[tuple[str, list[str]]]:
    found = []
    for session in SESSIONS:
        for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
            command, *shown = part.splitlines()
            found.append((command, shown))
    return found


def test_the_commands_print_what_the_guide_shows(workplace: tuple[Path, dict[str, str]]) -> None:
    folder, environment = workplace
    assert version("setuptools")
    for command, shown in _commands():
        run = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        printed, at = [line.strip() for line in run.stdout.splitlines()], 0
        # "..." stands for lines that the guide leaves out.
        for line in (line.strip() for line in shown if line.strip() not in {"", "..."}):
            assert line in printed[at:], f"not printed (in this order): {line}\n{run.stdout}"
            at = printed.index(line, at) + 1
